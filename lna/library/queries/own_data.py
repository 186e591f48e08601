"""What the library holds of somebody with an account, for their own export."""

from collections.abc import Iterable

from sqlalchemy import select

from lna.accounts.models import User
from lna.accounts.queries.own_data import OWN_DATA, Part
from lna.core.db import db
from lna.library.models import Annotation, Publication


def own_data(user: User) -> Iterable[Part]:
    """Every annotation this person wrote, whatever its state."""
    found = (
        select(
            Publication.key.label("publication"),
            Annotation.number,
            Annotation.state,
            Annotation.annotator_name,
            Annotation.research_basis,
            Annotation.overall_relevance,
            Annotation.created_at,
            Annotation.published_at,
        )
        .join(Publication, Publication.id == Annotation.publication_id)
        .where(Annotation.annotator_id == user.id)
        .order_by(Annotation.id)
    )
    return [Part("annotations", [dict(row) for row in db.session.execute(found).mappings()])]


OWN_DATA.append(own_data)
