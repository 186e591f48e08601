"""A crowd at one moment: as many seats as there are, an order without gap, nothing lost."""

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from urllib.parse import urlencode

from lna.config import Settings
from lna.core import tokens
from lna.core.db import db
from lna.core.outbox import Letter
from lna.registrations import queries
from lna.registrations.actions import sign_up
from lna.registrations.models import Registration, RegistrationChange, State
from tests.factories import make_activity
from tests.registrations.crowd import PROCESSES, Press, disagreements, press_all, serve
from tests.registrations.factories import VISITOR, filled, sign_up_command


def open_for(capacity):
    """An activity's code; nothing of this process is left in a transaction."""
    code = make_activity(capacity=capacity).code
    let_go()
    return code


def let_go():
    db.session.commit()
    db.session.remove()


def form_of(code):
    return f"/activities/{code}/registration"


def states_of(activity):
    return Counter(
        db.session.scalars(db.select(Registration.state).filter_by(activity_id=activity.id))
    )


def test_a_hundred_at_once_for_ten_seats(settings: Settings):
    code = open_for(capacity=10)
    crowd = [Press(form_of(code), filled(), visitor) for visitor in range(100)]

    got = press_all(settings, crowd)

    activity = queries.get_activity(code)
    assert Counter(each.status for each in got) == {303: 100}
    assert disagreements(activity) == []
    assert states_of(activity) == {State.CONFIRMED: 10, State.WAITING: 90}
    numbers = db.session.scalars(
        db.select(Registration.queue_number).where(Registration.state == State.WAITING)
    )
    assert sorted(numbers) == list(range(1, 91))


def test_five_presses_each_of_twenty_people_at_once(settings: Settings):
    code = open_for(capacity=15)
    forms = [filled() for _ in range(20)]
    crowd = [Press(form_of(code), form, number) for number, form in enumerate(forms)] * 5

    got = press_all(settings, crowd)

    activity = queries.get_activity(code)
    assert Counter(each.status for each in got) == {303: 100}
    assert disagreements(activity) == []
    assert states_of(activity) == {State.CONFIRMED: 15, State.WAITING: 5}
    assert db.session.query(Letter).count() == 20


def test_while_some_leave_and_seats_are_added(settings: Settings):
    code = open_for(capacity=10)
    activity = queries.get_activity(code)
    known = [sign_up(activity, sign_up_command(), by=VISITOR) for _ in range(30)]
    let_go()
    crowd = [Press(form_of(code), filled(), visitor) for visitor in range(50)]
    leaving = [f"/registrations/{answer.secret}/withdrawal" for answer in known[::2]]
    crowd += [Press(each, {}, 100 + number) for number, each in enumerate(leaving)] * 2
    crowd += [Press(to_capacity=(code, 17))]

    got = press_all(settings, crowd)

    activity = queries.get_activity(code)
    assert Counter(each.status for each in got) == {303: 80, 0: 1}
    assert disagreements(activity) == []
    assert states_of(activity) == {State.CONFIRMED: 17, State.WAITING: 48, State.WITHDRAWN: 15}


def test_what_a_client_was_told_survives_the_death_of_the_server(settings: Settings):
    code = open_for(capacity=30)
    path = form_of(code)
    port: object = PROCESSES.SimpleQueue()
    server = PROCESSES.Process(target=serve, args=(settings, port))
    server.start()
    number = port.get()
    told: list[str] = []

    def press_until_it_is_gone(_person: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        while True:
            try:
                line.request("POST", path, urlencode(filled()), kind)
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 303:
                told.append(answer.getheader("Location") or "")

    with ThreadPoolExecutor(8) as people:
        pressing = [people.submit(press_until_it_is_gone, person) for person in range(8)]
        while len(told) < 40 and not all(each.done() for each in pressing):
            sleep(0.01)
        server.kill()
    server.join()

    assert len(told) >= 40
    for location in told:
        assert queries.registration_behind(location.rsplit("/", 1)[-1]), location
    assert disagreements(queries.get_activity(code)) == []
    registrations = db.session.query(Registration).count()
    assert registrations >= len(told)
    for each in Letter, RegistrationChange, tokens.Token:
        assert db.session.query(each).count() == registrations
