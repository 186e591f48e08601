"""The list of activities: the page, the page unchanged, and its 304, beside the bare things.

`python -m benchmarks.lists` takes some 20 s. Times are CPU time of this process for a whole
request through WSGI, log line included; the median of runs that alternate between the ways.
"""

import gc
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime, timedelta
from io import BytesIO
from os import devnull
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from flask import Flask
from sqlalchemy import event

from lna import create_app
from lna.activities import queries
from lna.activities.criteria import Criteria
from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    ActivityOrganiser,
    ActivityPlace,
    Stage,
)
from lna.activities.views.filters import Listing
from lna.config import Settings
from lna.core import log
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.versions import raise_version
from lna.partners.models import Organisation
from lna.themes.models import Theme

ROWS = 50
RUNS = 15
ADDRESS = "/activities"
"""The list as a visitor opens it: a page holds `ROWS` rows, each with its relations."""


def main() -> None:
    with Path(devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            log.configure()  # lines are written as in production, but not kept
        for work in report, statements:
            with tempfile.TemporaryDirectory(prefix="lna-bench-") as folder:
                app = create_app(Settings(data_dir=Path(folder), secret_key="bench"))
                with app.app_context():
                    db.create_all()
                work(app)
                with app.app_context():
                    db.engine.dispose()
    log.configure()


def fill(app: Flask, number: int) -> None:
    """So many coming activities with countries, languages, themes, places and organisers."""
    with app.app_context():
        db.session.add_all(programme_of(number))
        raise_version("activities", "partners", "themes")
        db.session.commit()


def programme_of(number: int) -> Iterator[Activity]:
    begin = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    themes = [
        Theme(code=f"theme-{at}-{number}", kind="key", name=Multilingual.of(f"Theme {at}"))
        for at in range(9)
    ]
    groups = [
        Organisation(slug=f"group-{at}-{number}", name=Multilingual.of(f"Group {at}"), kind="group")
        for at in range(9)
    ]
    db.session.add_all([*themes, *groups])
    db.session.flush()
    for at in range(number):
        start = begin + timedelta(days=at + 20)
        activity = Activity(
            code=f"REG-{number}-{at}",
            type=("learning_visit", "training", "case_study")[at % 3],
            title=Multilingual(
                "en",
                {"en": f"Learning visit to the villages of district {at}", "km": f"ទស្សនកិច្ច {at}"},
            ),
            summary=Multilingual.of("Officials, company staff and farmers visit villages. " * 4),
            starts_at=start,
            ends_at=start + timedelta(days=2, hours=7),
            timezone="Asia/Phnom_Penh",
            stage=Stage.CALL_OPEN,
            published_at=begin,
            capacity=24,
            seats_taken=at % 25,
            registration_closes_at=start - timedelta(days=10),
            group_id=groups[at % 9].id,
        )
        activity.countries = [ActivityCountry(country=code) for code in ("KH", "LA")[: 1 + at % 2]]
        activity.languages = [ActivityLanguage(language=code) for code in ("km", "en")]
        activity.places = [ActivityPlace(country="KH", province="KH-16")]
        activity.themes = [themes[at % 9], themes[(at + 4) % 9]]
        activity.organisers = [ActivityOrganiser(organisation_id=groups[(at + 1) % 9].id)]
        yield activity


def request(app: Any, path: str = ADDRESS, **headers: str) -> tuple[str, list[Any], bytes]:
    """One GET through WSGI: status, headers, body."""
    answer: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
    body: Iterable[bytes] = app(environ, lambda *given: answer.extend(given))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    return answer[0], answer[1], content


def report(app: Flask) -> None:
    """The page in every state of what is known, each way beside the bare thing."""
    fill(app, ROWS)
    hello = Flask("hello")
    hello.add_url_rule(ADDRESS, view_func=lambda: "hello")
    forget(app, "pages", "front")
    _, headers, page = request(app)
    tag = dict(headers)["ETag"]
    assert page.count(b'<article class="row">') == ROWS
    assert request(app, HTTP_IF_NONE_MATCH=tag)[0].startswith("304")

    def fresh(*known: str) -> None:
        forget(app, "pages", "front", *known)
        request(app)

    bare, nothing, rows, kept, packed, unchanged, plain = alternating(
        (bare_jinja(app), 1),
        (lambda: fresh("activity rows"), 1),
        (fresh, 1),
        (lambda: request(app), 50),
        (lambda: request(app, HTTP_ACCEPT_ENCODING="gzip"), 50),
        (lambda: request(app, HTTP_IF_NONE_MATCH=tag), 50),
        (lambda: request(hello), 50),
    )
    show(f"{ROWS} activities by bare Jinja, from memory", bare)
    show("  the page, nothing of it known", nothing, bare, goal=0.5)
    show("  the page, its rows known", rows, bare)
    show("  the page unchanged", kept, bare, goal=4)
    show("  the page unchanged, packed", packed, bare, goal=4)
    show("a bare Flask “hello”", plain)
    show("  the page by 304", unchanged, plain, goal=0.5)


def bare_jinja(app: Flask) -> Callable[[], str]:
    """The same HTML by the same templates, everything they show being in memory."""
    context = app.test_request_context(ADDRESS, base_url="http://127.0.0.1:8000")
    context.push()
    programme = queries.programme()
    found = queries.list_page(programme, Criteria(), "en")
    values: dict[str, Any] = {"may_plan": False}
    app.update_template_context(values)
    template = app.jinja_env.get_template("activities/index.html")
    db.session.remove()

    def render() -> str:
        forget(app, "activity rows")
        return template.render(
            listing=Listing(programme, Criteria(), ADDRESS, found),
            **values,
        )

    return render


def statements(app: Flask) -> None:
    """What a list page asks the database, everything forgotten, at 10 and at 100 activities."""
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
        event.listen(engine, "connect", lambda raw, _: raw.set_trace_callback(asked.append))
    counts = []
    for more in (10, 90):
        fill(app, more)
        engine.dispose()
        forget(app, *app.extensions["lna_caches"])
        asked.clear()
        request(app)
        counts.append(sum(statement.startswith("SELECT") for statement in asked))
    verdict = "reached" if counts[0] == counts[1] <= 5 else "MISSED"
    print(f"statements at 10 and at 100 activities: {counts[0]} and {counts[1]}", end="")
    print(f" (goal: equal, at most 5: {verdict})")


def forget(app: Flask, *names: str) -> None:
    for name in names:
        app.extensions["lna_caches"].pop(name, None)


def alternating(*ways: tuple[Callable[[], object], int]) -> list[float]:
    """The median CPU seconds of each way, taken in turns, each so many times a turn."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(RUNS):
        for (way, turns), taken in zip(ways, times, strict=True):
            gc.collect()
            start = process_time()
            for _ in range(turns):
                way()
            taken.append((process_time() - start) / turns)
    return [median(taken) for taken in times]


def show(what: str, seconds: float, bare: float | None = None, goal: float | None = None) -> None:
    line = f"{what:48}{seconds * 1000:9.3f} ms"
    if bare is not None:
        line += f"{bare / seconds:9.2f} x as fast"
    if goal is not None and bare is not None:
        line += f"   goal {goal:g}: {'reached' if bare / seconds >= goal else 'MISSED'}"
    print(line)


if __name__ == "__main__":
    main()
