"""Invented people, one for each role, with passwords made anew on each planting."""

import secrets
from dataclasses import dataclass

from lna.accounts import actions
from lna.accounts.models import Grant, Role, User
from lna.core import clock
from lna.core.db import db

PEOPLE = (
    ("coordinator", "Malee Example", Role.REGIONAL_COORDINATOR, None),
    ("facilitator.kh", "Sokha Example", Role.NATIONAL_FACILITATOR, "KH"),
    ("facilitator.la", "Noy Example", Role.NATIONAL_FACILITATOR, "LA"),
    ("facilitator.mm", "Daw Hla Example", Role.NATIONAL_FACILITATOR, "MM"),
    ("facilitator.vn", "Lan Example", Role.NATIONAL_FACILITATOR, "VN"),
    ("piu", "Ana Example", Role.PIU_MANAGER, None),
    ("editor", "Boun Example", Role.EDITOR, None),
    ("annotator", "Thida Example", Role.ANNOTATOR, None),
    ("admin", "Chan Example", Role.ADMINISTRATOR, None),
    ("stakeholder", "Dara Example", Role.STAKEHOLDER, None),
)
WORDS = [
    *("rice", "river", "teak", "lotus", "mango", "bamboo", "buffalo", "monsoon", "paddy", "ferry"),
    *("market", "basket", "spring", "garden", "harvest", "temple", "valley", "orchid", "silk"),
]


@dataclass(frozen=True)
class SignIn:
    """What the newcomer is told once."""

    role: str
    email: str
    password: str


def plant_accounts() -> list[SignIn]:
    """Add the invented people; how to sign in as each."""
    told = []
    for name, full_name, role, country in PEOPLE:
        password = "-".join(secrets.choice(WORDS) for _ in range(3))
        password += f"-{secrets.randbelow(900) + 100}"
        user = User(
            email=f"{name}@demo.example",
            name=full_name,
            language="en",
            confirmed_at=clock.now(),
            password_hash=actions.hashed(password),
        )
        if role is not Role.STAKEHOLDER:
            user.grants.append(Grant(role=role, country=country, since=clock.now()))
        db.session.add(user)
        told.append(SignIn(role.value.replace("_", " "), user.email, password))
    db.session.flush()
    return told
