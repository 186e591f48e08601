"""People with passwords and second factors, and what their letters say."""

import re
from typing import Any

import pyotp
from flask.testing import FlaskClient
from sqlalchemy import select

from lna.accounts import actions
from lna.accounts.models import Role, User
from lna.core import clock
from lna.core.db import db
from lna.core.outbox import Letter
from tests.factories import make_user

PASSWORD = "rivers carry silt in june"
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_account(role: Role | None = None, country: str | None = None, **fields: Any) -> User:
    """Somebody with `PASSWORD`, committed."""
    user = make_user(role, country, password_hash=actions.hashed(PASSWORD), **fields)
    db.session.commit()
    return user


def letters() -> list[Letter]:
    """All letters, oldest first, read anew."""
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    """The path of the last link in a letter."""
    return re.findall(r"http://127\.0\.0\.1:8000(/\S+)", letter.body)[-1]


def code_of(secret: str, ahead: int = 0) -> str:
    """The code an app shows now, or so many steps later."""
    return pyotp.TOTP(secret).at(clock.now(), counter_offset=ahead)


def sign_in(client: FlaskClient, user: User | str, password: str = PASSWORD, **query: str) -> Any:
    email = user if isinstance(user, str) else user.email
    return client.post("/sign-in", query_string=query, data={"email": email, "password": password})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200
