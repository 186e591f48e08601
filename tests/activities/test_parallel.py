from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from lna.accounts.models import Role
from lna.activities import actions
from lna.activities.actions import Outline, Plan, Revise
from lna.activities.models import Activity
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from tests.factories import make_user

MANY = 8


def at_once(app, work):
    """What each of several workers comes back with, all having begun at the same moment."""
    barrier = Barrier(MANY)

    def one(number):
        with app.app_context():
            barrier.wait()
            try:
                answer = work(number)
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                answer = refusal.field
            finally:
                db.session.remove()
            return answer

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def outline(**fields):
    said = {"title": Multilingual.of("Visit"), "type": "learning_visit", "countries": ("LA",)}
    return Outline(**said | fields)


def test_codes_stay_unique_when_many_plan_at_once(app):
    db.session.remove()

    codes = at_once(app, lambda _: actions.plan(Plan(outline=outline()), by=None).code)

    assert sorted(int(code.rsplit("-", 1)[1]) for code in codes) == list(range(1, MANY + 1))


def test_one_form_sent_many_times_at_once_makes_one_activity(app):
    ana = make_user(role=Role.REGIONAL_COORDINATOR).id
    db.session.commit()
    db.session.remove()
    command = Plan(outline=outline(), key="8a5ab2ba-9f3b-4b4c-9c52-6d3ecf0d9b1b")

    codes = at_once(
        app, lambda _: actions.plan(command, by=db.session.get(type(make_user()), ana)).code
    )

    assert len(set(codes)) == 1


def test_of_editors_at_once_each_change_is_saved_or_told(app):
    activity = actions.plan(Plan(outline=outline()), by=None)
    db.session.commit()
    id, seen = activity.id, Outline.of(activity).prints()
    db.session.remove()

    def revise(number):
        activity = db.session.get(Activity, id)
        command = Revise(outline=outline(amount_usd=number + 1), seen=seen)
        actions.revise(activity, command, by=None)
        return number + 1

    answers = at_once(app, revise)

    saved = [answer for answer in answers if answer != "seen"]
    assert len(saved) == 1
    assert db.session.get(Activity, id).amount_usd == saved[0]
