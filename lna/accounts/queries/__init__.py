"""Every read of accounts that is worth a name."""

from lna.accounts.queries.links import subject_of, user_of
from lna.accounts.queries.own_data import (
    OWN_DATA,
    Part,
    addresses_of,
    leaving,
    letters_to,
    own_data_of,
    own_letters,
)
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
    "addresses_of",
    "count_accounts",
    "credentials_of",
    "facilitators_of",
    "get_grant_of",
    "get_session_of",
    "get_substitute_of",
    "get_user",
    "history_of",
    "leaving",
    "letters_to",
    "live_session",
    "names_of",
    "own_data_of",
    "own_letters",
    "sessions_of",
    "subject_of",
    "substitutes_of",
    "user_by_email",
    "user_of",
    "users_with_role",
]
