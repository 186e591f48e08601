"""Every change to accounts. Actions flush; whoever calls them commits."""

from lna.accounts.actions.erasure import ERASERS, erase, forget_letters, truncate_log
from lna.accounts.actions.joining import (
    Invite,
    Join,
    add_user,
    change_password,
    choose_password,
    invite,
    invite_again,
    join,
    set_first_password,
)
from lna.accounts.actions.links import (
    ask_for_password,
    ask_for_sign_in_link,
    ask_to_join,
    issue,
    use_sign_in_link,
)
from lna.accounts.actions.own_data import export_own_data
from lna.accounts.actions.passwords import (
    LEAST,
    MOST,
    check_strength,
    hashed,
    is_right,
    least_length,
)
from lna.accounts.actions.profile import (
    ChangeProfile,
    ask_for_new_email,
    change_email,
    change_profile,
)
from lna.accounts.actions.retention import forget_old
from lna.accounts.actions.roles import (
    GrantRole,
    NameSubstitute,
    end_grant,
    grant_role,
    name_substitute,
    reinstate,
    suspend,
)
from lna.accounts.actions.second_factor import (
    new_recovery_codes,
    new_secret,
    picture_of,
    remove_own_second_factor,
    remove_second_factor,
    set_second_factor,
)
from lna.accounts.actions.sessions import end_session, end_sessions, note_seen, open_session
from lna.accounts.actions.sign_in import (
    ask_for_second_step,
    matching_step,
    pass_second_step,
    sign_in,
)

__all__ = [
    "ERASERS",
    "LEAST",
    "MOST",
    "ChangeProfile",
    "GrantRole",
    "Invite",
    "Join",
    "NameSubstitute",
    "add_user",
    "ask_for_new_email",
    "ask_for_password",
    "ask_for_second_step",
    "ask_for_sign_in_link",
    "ask_to_join",
    "change_email",
    "change_password",
    "change_profile",
    "check_strength",
    "choose_password",
    "end_grant",
    "end_session",
    "end_sessions",
    "erase",
    "export_own_data",
    "forget_letters",
    "forget_old",
    "grant_role",
    "hashed",
    "invite",
    "invite_again",
    "is_right",
    "issue",
    "join",
    "least_length",
    "name_substitute",
    "matching_step",
    "new_recovery_codes",
    "new_secret",
    "note_seen",
    "open_session",
    "pass_second_step",
    "picture_of",
    "reinstate",
    "remove_own_second_factor",
    "remove_second_factor",
    "set_first_password",
    "set_second_factor",
    "sign_in",
    "suspend",
    "truncate_log",
    "use_sign_in_link",
]
