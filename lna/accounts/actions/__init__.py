"""Every change to accounts. Actions flush; whoever calls them commits."""

from lna.accounts.actions.sessions import end_session, end_sessions, open_session

__all__ = ["end_session", "end_sessions", "open_session"]
