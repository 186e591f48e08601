"""Ready-made publications and annotations. Say only what the test is about."""

from itertools import count
from typing import Any

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.library.actions.remarking import NewRemarks, insert_remarks
from lna.library.actions.storing import New, announce, insert_publications
from lna.library.models import Annotation, Details, Name, Publication, Remarks
from lna.themes.actions import plant_themes
from lna.themes.queries import themes_by_code

_number = count(1)
NOK = Name(family="Demo", given="Nok")


def make_details(**fields: Any) -> Details:
    n = next(_number)
    defaults = {
        "type": "report",
        "title": f"Publication {n}",
        "creators": (NOK,),
        "date": "2015",
        "languages": ("en",),
    }
    fields = defaults | fields
    if isinstance(fields["title"], str):
        fields["title"] = Multilingual.of(fields["title"])
    return Details(**fields)


def make_publication(
    *, state: str = "published", abstract_public: bool = False, **fields: Any
) -> Publication:
    """A published report of 2015 by Nok Demo unless said; key themes are planted."""
    if not themes_by_code():
        plant_themes()
    new = New(details=make_details(**fields), state=state, abstract_public=abstract_public)
    ids = insert_publications([new])
    announce(ids)
    return db.session.get_one(Publication, ids[0])


def make_annotation(
    publication: Publication, *, state: str = "published", by: Any = None, **fields: Any
) -> Annotation:
    """A published annotation of somebody elsewhere unless said."""
    defaults = {"research_basis": "Two villages.", "annotator": by.name if by else "Somphone Demo"}
    new = NewRemarks(
        publication_id=publication.id,
        remarks=Remarks(**defaults | fields),
        state=state,
        annotator_id=by.id if by else None,
    )
    number = insert_remarks([new])[0]
    announce([publication.id])
    return db.session.get_one(Annotation, number)
