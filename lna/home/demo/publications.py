"""The library of the demonstration: 640 records, 22 checked ones, and what four of them say."""

from pathlib import Path

from lna.accounts.models import User
from lna.home.queries.front import publications_titled
from lna.library import actions
from lna.library.actions import Annotate, Options
from lna.library.importers import read
from lna.library.models import Remarks

HERE = Path(__file__).parent
FILES = ("records.csv", "publications.csv")
REMARKS = {
    "Governing Dispossession: Relational Land Grabbing in Laos": Remarks(
        research_basis="Twenty months of fieldwork in eight villages beside two plantations.",
        overall_relevance=(
            "Shows that the same concession law leads to very different results, depending on how"
            " company, state and village stand to each other. Useful for anyone who prepares a"
            " visit to a concession. (Written for the demonstration.)"
        ),
        by_theme=(
            ("FDI", "Investors could not use all the land they were granted; where, and why."),
            ("Dispossession-grabbing", "Dispossession is decided village by village."),
            (
                "MarginalisedPeople",
                "Ties to officials and unity protect a village.",
            ),
        ),
    ),
    "State of Land in the Mekong Region": Remarks(
        research_basis="National statistics of five countries, brought to one form and mapped.",
        overall_relevance=(
            "The first place to look for comparable figures on land in the five countries."
            " (Written for the demonstration.)"
        ),
        by_theme=(
            ("Distribution", "How unequally farmland is held, country by country."),
            ("Gender", "What the censuses say of women who hold land, and what they leave out."),
        ),
    ),
    "Powers of Exclusion: Land Dilemmas in Southeast Asia": Remarks(
        research_basis="Three authors compare cases from several countries and decades.",
        overall_relevance=(
            "Gives four words, regulation, force, the market and legitimation, with which people"
            " of different sides can talk about the same conflict. (Written for the demonstration.)"
        ),
        by_theme=(("Policy-law", "Titling excludes as well as it includes."),),
    ),
}
"""Short annotations in our own words."""


def plant_publications(annotator: User, reviewer: User) -> int:
    """Import the records and annotate some; how many publications there are then."""
    total = 0
    for name in FILES:
        with (HERE / name).open("rb") as file:
            run = actions.import_publications(read(file), Options(), filename=name)
        total += run.counts.get("new", 0)
    for title, remarks in REMARKS.items():
        for publication in publications_titled(title):
            annotation = actions.annotate(publication, Annotate(remarks=remarks), by=annotator)
            actions.send_to_review(annotation)
            actions.publish_annotation(annotation, by=reviewer)
    return total
