"""Every change to registrations. Actions flush; whoever calls them commits."""

from lna.registrations.actions.erasure import erase, erase_own
from lna.registrations.actions.own import change_details, open_own, send_links, withdraw
from lna.registrations.actions.seats import locked_activity, promote
from lna.registrations.actions.signup import Answer, Details, SignUp, enter, sign_up, why_closed
from lna.registrations.actions.staff import (
    VERBS,
    Change,
    Outcome,
    change,
    correct,
    give_link,
    hide,
)

__all__ = [
    "VERBS", "Answer", "Change", "Details", "Outcome", "SignUp", "change", "change_details",
    "correct", "enter", "erase", "erase_own", "give_link", "hide", "locked_activity",
    "open_own", "promote",
    "send_links", "sign_up", "why_closed", "withdraw",
]  # fmt: skip
