"""Many people pressing at once: real processes, each with its own application, one database."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier
from time import perf_counter
from typing import Any

from flask import Flask

from lna import create_app
from lna.activities import actions as activities
from lna.activities.actions import Outline, Revise
from lna.activities.models import Activity
from lna.config import Settings
from lna.core.db import db
from lna.registrations import queries
from lna.registrations.models import SEATED, Registration, State

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])  # imported once for all of them
PATIENCE = 300
"""Seconds in which all processes have to be there."""


@dataclass(frozen=True)
class Press:
    """One form sent by one visitor; `to_capacity` instead: staff give an activity more seats."""

    address: str = ""
    form: dict[str, Any] | None = None
    visitor: int = 0
    to_capacity: tuple[str, int] | None = None


@dataclass(frozen=True)
class Got:
    """What came back, and after how many seconds."""

    status: int
    location: str
    seconds: float


def press_all(settings: Settings, presses: Sequence[Press], processes: int = 4) -> list[Got]:
    """Send everything at the same moment from several processes; answers in no order."""
    return press_rounds(settings, [presses], processes)[0]


def press_rounds(
    settings: Settings, rounds: Sequence[Sequence[Press]], processes: int = 4
) -> list[list[Got]]:
    """The same several times, one crowd after another."""
    ready = PROCESSES.Barrier(processes)
    answers: Any = PROCESSES.Queue()
    shares = [[crowd[at::processes] for crowd in rounds] for at in range(processes)]
    workers = [
        PROCESSES.Process(target=_work, args=(settings, share, ready, answers)) for share in shares
    ]
    for worker in workers:
        worker.start()
    told = [answers.get(timeout=PATIENCE) for _worker in workers]
    for worker in workers:
        worker.join()
    return [[one for share in crowd for one in share] for crowd in zip(*told, strict=True)]


def _work(settings: Settings, crowds: Sequence[Sequence[Press]], ready: Any, answers: Any) -> None:
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client().post("/registrations/link", data={"email": "a@example.org"})  # all imported
    told = []
    for crowd in crowds:
        ready.wait(PATIENCE)
        told.append(_press_together(app, crowd))
    with app.app_context():
        db.engine.dispose()
    answers.put(told)


def _press_together(app: Flask, presses: Sequence[Press]) -> list[Got]:
    together = Barrier(len(presses))

    def press(one: Press) -> Got:
        together.wait()
        begun = perf_counter()
        if one.to_capacity:
            _raise(app, *one.to_capacity)
            return Got(0, "", perf_counter() - begun)
        n = one.visitor
        address = {"REMOTE_ADDR": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"}
        answer = app.test_client().post(one.address, data=one.form, environ_base=address)
        return Got(answer.status_code, answer.location or "", perf_counter() - begun)

    with ThreadPoolExecutor(len(presses)) as people:
        return list(people.map(press, presses))


def _raise(app: Flask, code: str, capacity: int) -> None:
    with app.app_context():
        activity = queries.get_activity(code)
        outline = Outline.of(activity)
        more = Revise(outline=replace(outline, capacity=capacity), seen=outline.prints())
        activities.revise(activity, more, by=None)
        db.session.commit()


def serve(settings: Settings, address: Any) -> None:
    """Serve the site on a free port of this machine, which goes into `address`, until killed."""
    import waitress

    app = create_app(settings, WTF_CSRF_ENABLED=False)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    address.put(server.effective_port)
    server.run()


def disagreements(activity: Activity) -> list[str]:
    """What does not fit together about the seats of an activity; nothing, if all is well."""
    db.session.expire_all()
    rows = db.session.scalars(
        db.select(Registration).filter_by(activity_id=activity.id).order_by(Registration.id)
    ).all()
    seated = [row for row in rows if row.state in SEATED]
    waiting = [row for row in rows if row.state is State.WAITING]
    numbers = {row.queue_number for row in waiting}
    places = sorted(queries.place_of(row) or 0 for row in waiting)
    free = (activity.capacity or 0) - len(seated)
    checks = {
        f"{-free} seats too many are given": free < 0,
        f"{activity.seats_taken} counted, {len(seated)} seated": activity.seats_taken
        != len(seated),
        f"{activity.waiting} counted, {len(waiting)} waiting": activity.waiting != len(waiting),
        f"{free} free while {len(waiting)} wait": free > 0 and bool(waiting),
        "a number twice": len(numbers) != len(waiting),
        "a gap in the places": places != list(range(1, len(places) + 1)),
        "a state without history": any(row.changes[-1].to_state != row.state for row in rows),
    }
    return [what for what, is_wrong in checks.items() if is_wrong]
