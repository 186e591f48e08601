"""The 37 organisations, and one thematic group for each of two lasting themes."""

from lna.core.multilingual import Multilingual
from lna.home.demo.files import rows
from lna.partners import actions
from lna.partners.models import GROUP, Organisation

GROUPS = (
    ("Responsible agricultural investment", "RAI", ["FDI", "corporate-responsibility"]),
    ("Customary tenure", "CT", ["community-forestry", "Formalisation-titling"]),
)


def plant_partners() -> dict[str, Organisation]:
    """Add organisations and groups; by name and by acronym."""
    found: dict[str, Organisation] = {}
    for row in rows("organisations.csv"):
        organisation = actions.add_organisation(
            actions.EnterOrganisation(
                name=Multilingual.of(row["name"]),
                acronym=row["acronym"],
                kind=row["kind"],
                actor_group=row["actor_group"],
                country=row["country"],
                countries=tuple(row["works_in"].split()),
                is_another=True,
            )
        )
        found |= {row["name"]: organisation, row["acronym"]: organisation}
    for name, acronym, themes in GROUPS:
        found[acronym] = actions.add_organisation(
            actions.EnterOrganisation(
                name=Multilingual.of(name),
                acronym=acronym,
                kind=GROUP,
                countries=("KH", "LA", "MM", "VN"),
                themes=tuple(themes),
                is_another=True,
            )
        )
    actions.set_members(found["RAI"], tuple(found[each].id for each in ("VFI", "LIWG", "MRLG")))
    actions.set_members(found["CT"], tuple(found[each].id for each in ("RECOFTC", "AIPP", "LCG")))
    return found
