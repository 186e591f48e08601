"""Publications entered and changed by hand, shown to everybody, and withdrawn."""

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from lna.accounts.models import User
from lna.core import audit, clock
from lna.core.db import db
from lna.core.i18n import BUDDHIST_ERA
from lna.core.refusal import Refused
from lna.library.actions import matching
from lna.library.actions.matching import Marks
from lna.library.actions.storing import New, announce, insert_publications, replace_details
from lna.library.models import Details, Publication
from lna.library.models.publication import DRAFT, PUBLISHED, WITHDRAWN
from lna.library.queries.matching import Known, candidates
from lna.library.vocabulary import document_types

BUDDHIST_YEAR = re.compile(r"2[4-6]\d\d(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Describe:
    """What an editor says about a publication.

    `is_another` says that a look-alike is not the same; `version` is the one read before.
    """

    details: Details
    abstract_public: bool = False
    is_another: bool = False
    version: int | None = None


def create_publication(command: Describe, *, by: User) -> Publication:
    """A draft; refused, with the look-alike's key, when it seems to be here already."""
    _check(command.details)
    _must_be_new(command)
    new = New(
        details=command.details,
        state=DRAFT,
        abstract_public=command.abstract_public,
        by_id=by.id,
    )
    publication = db.session.get_one(Publication, insert_publications([new])[0])
    audit.record("publication entered", publication)
    announce([publication.id])
    return publication


def edit_publication(publication: Publication, command: Describe) -> None:
    """Say something else about it; refused when somebody changed it since it was read."""
    _check(command.details)
    db.session.refresh(publication, with_for_update=True)
    if command.version != publication.version:
        raise Refused(_("Somebody else changed this publication. Please compare and try again."))
    replace_details({publication.id: command.details})
    shown = update(Publication).where(Publication.id == publication.id)
    db.session.execute(shown.values(abstract_public=command.abstract_public))
    db.session.refresh(publication)
    audit.record("publication changed", publication)
    announce([publication.id])


def publish_publication(publication: Publication) -> None:
    """Everybody finds and reads it."""
    if publication.state == PUBLISHED:
        raise Refused(_("It is published already."))
    publication.published_at = publication.published_at or clock.now()
    _become(publication, PUBLISHED)


def withdraw_publication(publication: Publication) -> None:
    """Nobody finds it any more; its address says that it was here."""
    if publication.state != PUBLISHED:
        raise Refused(_("Only a published publication can be withdrawn."))
    _become(publication, WITHDRAWN)


def _become(publication: Publication, state: str) -> None:
    publication.state = state
    publication.version += 1
    publication.changed_at = clock.now()
    db.session.flush()
    audit.record(f"publication {state}", publication)
    announce([publication.id])


def _check(details: Details) -> None:
    """What the form cannot know alone."""
    if not details.title:
        raise Refused(_("A publication needs a title."), field="title")
    if details.type not in document_types():
        raise Refused(_("Please choose a type."), field="type")
    if BUDDHIST_YEAR.match(details.date):
        meant = int(details.date[:4]) - BUDDHIST_ERA
        raise Refused(_("Did you mean %(year)s?", year=meant), field="date")
    if details.date and details.year is None:
        raise Refused(_("Please begin the date with a year of four digits."), field="date")


def _must_be_new(command: Describe) -> None:
    marks = Marks.of(command.details)
    here = candidates([marks.doi] if marks.doi else [], [], [marks.title])
    found = matching.find(marks, here)
    if isinstance(found, Known):
        raise Refused(_("It is here already: %(key)s.", key=found.key), field="title")
    if found and not command.is_another:
        raise Refused(found, field="is_another")
