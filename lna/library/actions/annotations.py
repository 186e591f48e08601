"""Annotations: written, sent to review, published by somebody else than their annotator."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.core import audit, clock
from lna.core.db import db
from lna.core.refusal import Refused
from lna.library.actions.remarking import NewRemarks, insert_remarks, replace_remarks
from lna.library.actions.storing import announce
from lna.library.models import Annotation, Publication, Remarks
from lna.library.models.annotation import DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN


@dataclass(frozen=True, kw_only=True)
class Annotate:
    """What an annotator writes; `version` is the one read before, None for a new annotation."""

    remarks: Remarks
    licence: str = ""
    version: int | None = None


def annotate(publication: Publication, command: Annotate, *, by: User) -> Annotation:
    """A draft in the name of `by`."""
    _must_say_something(command.remarks)
    new = NewRemarks(
        publication_id=publication.id,
        remarks=command.remarks,
        annotator_id=by.id,
        licence=command.licence,
    )
    annotation = db.session.get_one(Annotation, insert_remarks([new])[0])
    audit.record("annotation written", annotation)
    announce([publication.id])
    return annotation


def edit_annotation(annotation: Annotation, command: Annotate) -> None:
    """Other words, while it is a draft or in review; afterwards it goes back to draft first."""
    _must_say_something(command.remarks)
    db.session.refresh(annotation, with_for_update=True)
    if annotation.state not in {DRAFT, IN_REVIEW}:
        raise Refused(_("Return it to draft before you change it."))
    if command.version != annotation.version:
        raise Refused(_("Somebody else changed this annotation. Please compare and try again."))
    replace_remarks({annotation.id: command.remarks})
    annotation.licence = command.licence
    audit.record("annotation changed", annotation)
    db.session.flush()
    announce([annotation.publication_id])


def send_to_review(annotation: Annotation) -> None:
    """The annotator is done: somebody else reads it now."""
    _move(annotation, {DRAFT}, IN_REVIEW, _("Only a draft can be sent to review."))


def return_to_draft(annotation: Annotation) -> None:
    """The annotator has to work on it again; a published one is no longer shown."""
    allowed = {IN_REVIEW, PUBLISHED, WITHDRAWN}
    _move(annotation, allowed, DRAFT, _("It is a draft already."))


def publish_annotation(annotation: Annotation, *, by: User) -> None:
    """Everybody may read it; `by` has reviewed it and is not its annotator."""
    if by.id == annotation.annotator_id:
        raise Refused(_("Somebody else than the annotator has to review and publish."))
    _move(annotation, {IN_REVIEW}, PUBLISHED, _("Only an annotation in review can be published."))
    annotation.reviewer_id = by.id
    annotation.published_at = clock.now()
    db.session.flush()


def withdraw_annotation(annotation: Annotation) -> None:
    """It is no longer shown; its address says so."""
    _move(annotation, {PUBLISHED}, WITHDRAWN, _("Only a published annotation can be withdrawn."))


def _must_say_something(remarks: Remarks) -> None:
    if not remarks:
        raise Refused(
            _("Please write the research basis, the overall relevance or a paragraph on a theme."),
            field="research_basis",
        )


def _move(annotation: Annotation, allowed: set[str], to: str, otherwise: object) -> None:
    db.session.refresh(annotation, with_for_update=True)  # two reviewers, one decision
    if annotation.state not in allowed:
        raise Refused(str(otherwise))
    annotation.state = to
    annotation.version += 1
    annotation.changed_at = clock.now()
    db.session.flush()
    audit.record(f"annotation {to}", annotation)
    announce([annotation.publication_id])
