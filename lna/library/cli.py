"""The library from the terminal: importing publications, building the search index."""

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from lna.core.cli import DOCTORS
from lna.core.db import db
from lna.library import actions, queries
from lna.library.actions.indexing import reindex as index_anew
from lna.library.importers import Unreadable, read
from lna.library.importers.entry import TERMINAL
from lna.library.models import Import
from lna.library.models.imports import BROKEN, CHANGED, DOUBTFUL
from lna.library.search import number_not_indexed

MOST_SHOWN = 50


@click.command(name="import-publications")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--source", default="mlrf", show_default=True, help="Where its numbers come from.")
@click.option("--language", default="en", show_default=True, help="Where the file names none.")
@click.option(
    "--encoding", default="", help="Of the text, if the file does not say and it is not UTF-8."
)
@click.option("--licence", default="", help="Of what is imported.")
@click.option("--public-abstracts", is_flag=True, help="Everybody may read the abstracts.")
@click.option("--review-annotations", is_flag=True, help="Annotations wait for review first.")
@with_appcontext
def import_publications(
    file: Path,
    dry_run: bool,
    source: str,
    language: str,
    encoding: str,
    licence: str,
    public_abstracts: bool,
    review_annotations: bool,
) -> None:
    """Bring the publications of an EndNote XML or CSV FILE into the library.

    What is here already is recognised; doubtful entries are left out and listed.
    """
    options = actions.Options(
        source=source,
        language=language,
        licence=licence,
        abstracts_public=public_abstracts,
        annotations="in_review" if review_annotations else "published",
    )
    try:
        with file.open("rb") as stream:
            entries = read(stream, TERMINAL, encoding)
            run = actions.import_publications(
                entries, options, filename=file.name, progress=_progress()
            )
    except Unreadable as problem:
        db.session.rollback()
        raise click.ClickException(f"{file}: {problem}") from problem
    _tell(run)
    if dry_run:
        db.session.rollback()
        click.echo("Nothing was changed: this was a dry run.")
    else:
        db.session.commit()


def _progress() -> Callable[[int], None]:
    done = 0

    def show(count: int) -> None:
        nonlocal done
        done += count
        click.echo(f"{done} entries …", err=True)

    return show


def _tell(run: Import) -> None:
    for outcome in (CHANGED, DOUBTFUL, BROKEN):
        for entry in queries.reported_entries(run, outcome, limit=MOST_SHOWN):
            fields = ", ".join(entry.changes)
            click.echo(
                f"{outcome}, line {entry.line}: {entry.title} {entry.reason or fields}".strip()
            )
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in run.counts.items()))


@click.command(name="reindex")
@with_appcontext
def reindex() -> None:
    """Build the search index of the library anew, as after an upgrade that asks for it."""
    count = index_anew(lambda done, of: click.echo(f"{done} of {of} …", err=True))
    db.session.commit()
    click.echo(f"{count} publications are indexed.")


def unfindable() -> list[str]:
    """Whether the search misses publications."""
    if missing := number_not_indexed():
        return [f"The search misses {missing} publications: run `lna reindex`."]
    return []


DOCTORS.append(unfindable)
COMMANDS = (import_publications, reindex)
