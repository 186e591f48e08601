"""Who may do what in the library. Gates are `editors` and `annotators` of accounts."""

from lna.accounts.models import Identity
from lna.accounts.policies import annotators, editors
from lna.library.models import Annotation, Publication
from lna.library.models import annotation as of
from lna.library.models import publication as to


def can_see_publication(user: Identity, state: str) -> bool:
    """A draft is for editors and annotators; a withdrawn one leaves its tombstone to all."""
    return state in {to.PUBLISHED, to.WITHDRAWN} or annotators(user)


def can_read_abstract(user: Identity, *, abstract_public: bool) -> bool:
    """Most abstracts are the publishers' text: shown to those who work with them."""
    return abstract_public or annotators(user)


def can_publish(user: Identity, publication: Publication) -> bool:
    return publication.state != to.PUBLISHED and editors(user)


def can_withdraw(user: Identity, publication: Publication) -> bool:
    return publication.state == to.PUBLISHED and editors(user)


def can_see_annotation(user: Identity, state: str) -> bool:
    return state in {of.PUBLISHED, of.WITHDRAWN} or annotators(user)


def can_edit_annotation(user: Identity, annotation: Annotation) -> bool:
    """Before it is published: its annotator and editors."""
    return annotation.state in {of.DRAFT, of.IN_REVIEW} and (
        editors(user) or is_annotator_of(user, annotation)
    )


def can_send_to_review(user: Identity, annotation: Annotation) -> bool:
    return annotation.state == of.DRAFT and can_edit_annotation(user, annotation)


def can_publish_annotation(user: Identity, annotation: Annotation) -> bool:
    """Editors, but never the annotator's own."""
    return (
        annotation.state == of.IN_REVIEW and editors(user) and not is_annotator_of(user, annotation)
    )


def can_return_annotation(user: Identity, annotation: Annotation) -> bool:
    """Back to draft: its annotator while it is in review, editors at any time."""
    if annotation.state == of.DRAFT:
        return False
    own = annotation.state == of.IN_REVIEW and is_annotator_of(user, annotation)
    return own or editors(user)


def can_withdraw_annotation(user: Identity, annotation: Annotation) -> bool:
    return annotation.state == of.PUBLISHED and editors(user)


def steps_of_annotation(user: Identity, annotation: Annotation) -> dict[str, bool]:
    """What this person may do with it now."""
    return {
        "edit": can_edit_annotation(user, annotation),
        "send": can_send_to_review(user, annotation),
        "publish": can_publish_annotation(user, annotation),
        "return": can_return_annotation(user, annotation),
        "withdraw": can_withdraw_annotation(user, annotation),
    }


def is_annotator_of(user: Identity, annotation: Annotation) -> bool:
    return bool(user.is_authenticated) and annotation.annotator_id == user.id
