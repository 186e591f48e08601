"""What the library forgets with a person: the name under annotations; what they say stays."""

from sqlalchemy import select, update

from lna.accounts.actions import ERASERS
from lna.accounts.models import User
from lna.core.db import db
from lna.library.actions.storing import announce
from lna.library.models import Annotation


def erase_own(user: User) -> None:
    """Annotations lose their annotator's name, on pages, in exports and in search."""
    own = Annotation.annotator_id == user.id
    ids = list(db.session.scalars(select(Annotation.publication_id).where(own).distinct()))
    db.session.execute(
        update(Annotation).where(own).values(annotator_name=""),
        execution_options={"synchronize_session": "fetch"},
    )
    announce(ids)


ERASERS.append(erase_own)
