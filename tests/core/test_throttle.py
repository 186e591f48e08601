from datetime import timedelta

from lna.core import clock, throttle
from lna.core.db import db


def test_so_many_attempts_and_then_a_wait_that_ends(monkeypatch):
    start = clock.now().replace(minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "read", lambda: start)
    waits = [throttle.attempt("door 1.2.3.4", times=3, seconds=60) for _ in range(5)]
    assert waits == [0, 0, 0, 60, 60]
    assert throttle.attempt("door 1.2.3.5", times=3, seconds=60) == 0
    assert throttle.attempt("door 1.2.3.4", times=3, seconds=600) == 0

    monkeypatch.setattr(clock, "read", lambda: start + timedelta(seconds=61))
    assert throttle.attempt("door 1.2.3.4", times=3, seconds=60) == 0


def test_ended_windows_are_forgotten(monkeypatch):
    throttle.attempt("door", times=3, seconds=60)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "read", lambda: later)
    throttle.attempt("window", times=3, seconds=600)
    throttle.forget_old()
    assert db.session.query(throttle.Throttle).count() == 1


def test_neighbours_in_one_ipv6_network_count_together(app):
    counted = set()
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            counted.add(throttle.client())
    assert counted == {"2001:0db8:0001:0002"}
