"""Commands for operators: serve, send letters, keep the schema, copy and check the database."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from lna.config import settings
from lna.core import audit, backup, log, mail, outbox, schema, throttle
from lna.core.db import db

CHORES: list[Callable[[], None]] = [
    audit.forget_old,
    outbox.forget_bodies,
    throttle.forget_old,
]
"""What the worker does once an hour; features append theirs. They change, the worker commits."""
DOCTORS: list[Callable[[], list[str]]] = []
"""Checks of features for `lna doctor`: each returns sentences saying what is wrong."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
@click.option("--with-worker/--without-worker", default=True, show_default=True)
@with_appcontext
def serve(host: str, port: int, threads: int, with_worker: bool) -> None:
    """Serve the site, and do the worker's rounds in the same process."""
    import waitress  # noqa: PLC0415 - loads when first used

    if trouble := schema.trouble():
        raise click.ClickException(trouble)
    log.configure()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if with_worker:
        Thread(target=_work_beside, args=(app,), daemon=True).start()
    click.echo(f"LNA is ready on http://{host}:{port}  (stop with Ctrl+C)")
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=threads,
        connection_limit=1000,
        channel_timeout=20,
        max_request_body_size=settings().max_upload + 1024 * 1024,
        ident=None,
        clear_untrusted_proxy_headers=settings().proxies == 0,
    )


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop, for a timer.")
@click.option("--every", default=15, show_default=True, help="Seconds between rounds.")
@with_appcontext
def worker(once: bool, every: int) -> None:
    """Send the letters that are due, and once an hour do the house's chores."""
    log.configure()
    if once:
        sent, unsent = _round(chores=True)
        click.echo(f"{sent} letters sent, {unsent} not sent.")
        return
    _rounds(every)


def _work_beside(app: Flask) -> None:
    with app.app_context():
        _rounds(every=15)


def _rounds(every: int) -> None:
    chores_due = 0.0
    while True:
        hourly = time.monotonic() >= chores_due
        try:
            _round(chores=hourly)
        except SQLAlchemyError as error:  # a database that is away for a while comes back
            db.session.rollback()
            log.log.error("worker", error=type(error).__name__)
        if hourly:
            chores_due = time.monotonic() + 3600
        time.sleep(every)


def _round(*, chores: bool) -> tuple[int, int]:
    for chore in CHORES if chores else ():
        chore()
        db.session.commit()
    sent, unsent = send_due()
    if sent or unsent:
        log.log.info("letters", sent=sent, unsent=unsent)
    return sent, unsent


def send_due(most: int = 200) -> tuple[int, int]:
    """Send up to `most` due letters; how many left, and how many did not.

    A letter is claimed and settled in transactions of their own: several workers share the
    work, and one that is killed in between loses nothing. Without a mail server all wait.
    """
    sent = unsent = 0
    while settings().smtp_host and sent + unsent < most and (letter := outbox.claim()):
        db.session.commit()
        try:
            mail.send(letter, settings())
        except mail.NotSent as problem:
            outbox.mark_unsent(letter, str(problem), for_good=problem.for_good)
            unsent += 1
        else:
            outbox.mark_sent(letter)
            sent += 1
        db.session.commit()
    db.session.rollback()
    return sent, unsent


@click.command()
@click.option("--to", "revision", default="head", show_default=True)
@with_appcontext
def migrate(revision: str) -> None:
    """Bring the database to the shape this program needs."""
    schema.upgrade(revision)
    click.echo("The database is up to date.")


@click.command()
@with_appcontext
def doctor() -> None:
    """Say what is wrong and what to do about it; exit code 1 if anything is."""
    findings = [trouble] if (trouble := schema.trouble()) else _checked()
    for finding in findings:
        click.echo(f"- {finding}")
    if findings:
        raise SystemExit(1)
    click.echo("Everything is in order.")


def _checked() -> list[str]:
    findings = []
    if line := audit.broken_at():
        findings.append(f"The audit trail does not follow at line {line}: somebody changed it.")
    unsent, since = outbox.waiting()
    if unsent and not settings().smtp_host:
        findings.append(f"{unsent} letters wait: set LNA_SMTP_HOST and LNA_MAIL_FROM.")
    elif unsent and since:
        findings.append(f"{unsent} letters wait since {since:%d %b %Y, %H:%M} UTC: see /board.")
    return findings + [finding for check in DOCTORS for finding in check()]


@click.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path, exists=False))
@with_appcontext
def make_backup(file: Path) -> None:
    """Write the database, uploads and their checksums into one FILE (.tar)."""
    backup.write(file)
    click.echo(f"Written: {file}")


@click.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def restore_backup(file: Path) -> None:
    """Put a backup FILE in the place of an empty database, after checking its checksums."""
    try:
        backup.restore(file)
    except backup.Unusable as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Restored.")


COMMANDS = serve, worker, migrate, doctor, make_backup, restore_backup
