"""Ready-made things for tests. Say only what the test is about; the rest is plausible."""

from datetime import timedelta
from itertools import count
from typing import Any

from lna.accounts.models import Grant, Role, User
from lna.activities.models import Activity, ActivityCountry, Stage
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.partners.models import Organisation, Person
from lna.themes.models import KEY, Theme

_number = count(1)


def make_user(role: Role | None = None, country: str | None = None, **fields: Any) -> User:
    n = next(_number)
    defaults = {
        "email": f"user{n}@example.org",
        "name": f"User {n}",
        "confirmed_at": clock.now() - timedelta(days=30),
    }
    user = User(**defaults | fields)
    if role:
        user.grants.append(Grant(role=role, country=country, since=clock.now()))
    return save(user)


def make_theme(name: str = "Gender", **fields: Any) -> Theme:
    n = next(_number)
    defaults = {"code": f"theme-{n}", "kind": KEY, "name": Multilingual.of(name), "position": n}
    return save(Theme(**defaults | fields))


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    n = next(_number)
    title = Multilingual.of(name or f"Organisation {n}")
    defaults = {"slug": f"organisation-{n}", "name": title, "actor_group": "cso", "country": "KH"}
    return save(Organisation(**defaults | fields))


def make_person(**fields: Any) -> Person:
    n = next(_number)
    return save(Person(**{"name": f"Person {n}", "email": f"person{n}@example.org"} | fields))


def make_activity(countries: tuple[str, ...] = ("KH",), **fields: Any) -> Activity:
    """A published learning visit of three days in two months, open to all, unless said."""
    n = next(_number)
    start = (clock.now() + timedelta(days=60)).replace(hour=2, minute=0, second=0, microsecond=0)
    defaults = {
        "code": f"XX-{n}",
        "type": "learning_visit",
        "title": Multilingual.of(f"Activity {n}"),
        "starts_at": start,
        "ends_at": start + timedelta(days=2, hours=7),
        "stage": Stage.CALL_OPEN,
        "published_at": clock.now() - timedelta(days=1),
        "timezone": "Asia/Phnom_Penh",
    }
    activity = Activity(**defaults | fields)
    activity.countries = [
        ActivityCountry(country=code, position=at) for at, code in enumerate(countries)
    ]
    return save(activity)


def save(thing: Any) -> Any:
    db.session.add(thing)
    db.session.flush()
    return thing
