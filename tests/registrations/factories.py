"""Ready-made registrations. Say only what the test is about; the rest is plausible."""

from itertools import count
from typing import Any

from flask_login import AnonymousUserMixin

from lna.activities.models import Activity
from lna.registrations.actions import Details, SignUp, sign_up
from lna.registrations.models import Registration

VISITOR = AnonymousUserMixin()
_number = count(1)


def sign_up_command(**fields: Any) -> SignUp:
    n = next(_number)
    key = fields.pop("key", f"form-{n}")
    details = {
        "name": f"Person {n}",
        "email": f"person{n}@example.org",
        "country": "KH",
        "actor_group": "cso",
    }
    return SignUp(details=Details(**details | fields), key=key)


def register(activity: Activity, **fields: Any) -> Registration:
    """Somebody who filled in the public form."""
    return sign_up(activity, sign_up_command(**fields), by=VISITOR).registration


def filled(**fields: Any) -> dict[str, Any]:
    """The public form as a browser sends it; a field given as None is left out."""
    n = next(_number)
    form = {
        "key": f"form-{n}",
        "name": f"Person {n}",
        "contact": f"person{n}@example.org",
        "country": "KH",
        "organisation": "",
        "actor_group": "cso",
        "language": "en",
        "sex": "",
        "shares": "y",
        "consents": "y",
        "latin_name": "",
        "address_as": "",
        "age_band": "",
        "channel": "",
        "sharing": "",
    }
    return {name: value for name, value in (form | fields).items() if value is not None}
