"""One search box for everything: the first of each kind, and how many there are."""

from dataclasses import dataclass

from lna.activities.criteria import Criteria as ActivityCriteria
from lna.activities.queries import Listed, list_page, programme
from lna.core.i18n import language
from lna.library.criteria import Criteria as LibraryCriteria
from lna.library.search import Results, search
from lna.partners.criteria import DirectoryCriteria
from lna.partners.queries import DirectoryPage, directory

FIRST = 5


@dataclass(frozen=True)
class Everything:
    """What the words find among activities (past ones too), publications and partners."""

    q: str
    activities: list[Listed]
    activities_total: int
    publications: Results
    partners: DirectoryPage
    activities_address: str
    publications_address: str
    partners_address: str

    @property
    def total(self) -> int:
        return self.activities_total + self.publications.total + self.partners.total


def everything(q: str) -> Everything:
    """Search all that is public for these words."""
    planned = ActivityCriteria(q=q, when="all")
    published = LibraryCriteria(q=q)
    listed = DirectoryCriteria(q=q)
    found = list_page(programme(), planned, language())
    return Everything(
        q,
        list(found.rows[:FIRST]),
        found.total,
        search(published, size=FIRST),
        directory(listed),
        planned.at("/activities"),
        published.at("/library"),
        listed.at("/partners"),
    )
