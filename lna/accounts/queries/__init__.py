"""Every read of accounts that is worth a name."""

from lna.accounts.queries.links import subject_of, user_of
from lna.accounts.queries.own_data import OWN_DATA, Part, letters_to, own_data_of
from lna.accounts.queries.people import (
    PAGE,
    Credentials,
    accounts,
    count_accounts,
    credentials_of,
    facilitators_of,
    get_grant_of,
    get_substitute_of,
    get_user,
    history_of,
    names_of,
    substitutes_of,
    user_by_email,
    users_with_role,
)
from lna.accounts.queries.sessions import get_session_of, live_session, sessions_of

__all__ = [
    "OWN_DATA",
    "PAGE",
    "Credentials",
    "Part",
    "accounts",
    "count_accounts",
    "credentials_of",
    "facilitators_of",
    "get_grant_of",
    "get_session_of",
    "get_substitute_of",
    "get_user",
    "history_of",
    "letters_to",
    "live_session",
    "names_of",
    "own_data_of",
    "sessions_of",
    "subject_of",
    "substitutes_of",
    "user_by_email",
    "user_of",
    "users_with_role",
]
