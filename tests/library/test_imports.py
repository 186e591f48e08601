"""Importing: twice the same file is once; nothing is written before a yes; all of it one undo."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from lna.library import actions, queries
from lna.library.exporters import table
from lna.library.importers import Entry, read
from lna.library.importers.entry import TERMINAL
from lna.library.models import (
    Annotation,
    AnnotationParagraph,
    Identifier,
    Import,
    ImportEntry,
    Name,
    Publication,
    PublicationTerm,
    PublicationTheme,
    Remarks,
)
from lna.themes.models import Theme
from tests.factories import make_user
from tests.library.factories import make_annotation, make_details, make_publication

FORUM = Path(__file__).parent / "data" / "forum.xml"
FILES = [FORUM, *map(Path, filter(None, [os.environ.get("LNA_MLRF_XML")]))]
OPTIONS = actions.Options()


def entries(path: Path = FORUM) -> list[object]:
    with path.open("rb") as file:
        return list(read(file, TERMINAL))


def run(found: list[object]) -> Import:
    return actions.import_publications(found, OPTIONS, filename="forum.xml")


def entry(line: int = 1, remarks: Remarks | None = None, **fields: object) -> Entry:
    return Entry(line=line, details=make_details(**fields), remarks=remarks)


def number_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def counts_by(column: object, *where: object) -> Counter[str]:
    return Counter(
        dict(db.session.execute(select(column, func.count()).where(*where).group_by(column)).all())
    )


def stored(title: str) -> queries.PublicationRow:
    for row in queries.publication_rows(list(db.session.scalars(select(Publication.id)))):
        if str(row.details.title).startswith(title):
            return row
    raise LookupError(title)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_importing_twice_adds_every_record_once(path):
    found = entries(path)
    good = [each for each in found if isinstance(each, Entry)]

    first = run(found)
    assert first.counts == {
        "new": len(good), "changed": 0, "same": 0, "doubtful": 0, "broken": len(found) - len(good),
    }  # fmt: skip
    second = run(found)
    assert second.counts == first.counts | {"new": 0, "same": len(good)}
    assert number_of(Publication) == len(good)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_read_is_stored(path):
    found = [each for each in entries(path) if isinstance(each, Entry)]
    run(found)

    details = [each.details for each in found]
    remarks = [each.remarks for each in found if each.remarks]
    term, kind = PublicationTerm.code, PublicationTerm.kind
    assert counts_by(term, kind == "country") == Counter(c for d in details for c in d.countries)
    assert counts_by(term, kind == "class") == Counter(c for d in details for c in d.classes)
    assert counts_by(Publication.access) == Counter(d.access for d in details)
    assert counts_by(Publication.status) == Counter(d.status for d in details)
    themed = select(Theme.code, func.count()).join(PublicationTheme).group_by(Theme.code)
    assert dict(db.session.execute(themed).all()) == Counter(c for d in details for c in d.themes)
    assert number_of(Annotation) == len(remarks)
    assert number_of(AnnotationParagraph) == sum(len(r.by_theme) for r in remarks)


def test_what_is_stored_reads_back_as_it_was():
    run(entries())
    book = stored("Law & custom")
    assert [n.inverted for n in book.details.creators][:3] == [
        "Thi Mai Huong",
        "Rice Bank Association",
        "Village Law Network (VLN)",
    ]
    assert book.key == "thi-mai-huong-2015-law"
    assert book.details.identifier("source") == "mlrf:102"
    law = stored("ច្បាប់")
    assert (law.details.title.original, law.flags) == ("km", ("buddhist_year",))
    article = stored("Who decides")
    (annotation,) = article.annotations
    assert annotation.remarks.annotator == "Somphone Demo"
    assert [code for code, _ in annotation.remarks.by_theme] == ["Policy-law", "FDI"]


def test_abstracts_of_a_file_stay_with_editors_unless_wanted():
    run(entries())
    row = stored("Who decides")
    assert (bool(row.details.abstract), row.abstract_public) == (True, False)
    record = row.record("https://example.org", may_read_abstract=row.abstract_public)
    assert not record.details.abstract
    wanted = replace(OPTIONS, abstracts_public=True)
    more = [entry(title="Another", abstract=Multilingual.of("Text"))]
    actions.import_publications(more, wanted, filename="b")
    assert stored("Another").abstract_public


def test_a_preview_writes_nothing_until_the_yes():
    preview = actions.preview_import(entries(), OPTIONS, filename="forum.xml", by_id=None)
    assert preview.counts == {"new": 9, "changed": 0, "same": 0, "doubtful": 0, "broken": 1}
    assert number_of(Publication) == 0

    actions.confirm_import(preview)
    assert number_of(Publication) == 9
    assert number_of(Annotation) == 2
    assert preview.counts == {"new": 9, "changed": 0, "same": 0, "doubtful": 0, "broken": 1}
    assert preview.state == "done"
    assert not db.session.scalars(
        select(ImportEntry.entry).where(ImportEntry.entry.is_not(None))
    ).all()
    with pytest.raises(Refused, match="decided already"):
        actions.confirm_import(preview)
    assert run(entries()).counts["same"] == 9


def test_what_came_in_between_preview_and_yes_is_not_doubled():
    preview = actions.preview_import(entries(), OPTIONS, filename="forum.xml", by_id=None)
    run(entries())
    actions.confirm_import(preview)
    assert preview.counts["same"] == 9
    assert number_of(Publication) == 9


def test_a_discarded_preview_leaves_nothing():
    preview = actions.preview_import(entries(), OPTIONS, filename="forum.xml", by_id=None)
    actions.discard_import(preview)
    assert (number_of(Import), number_of(ImportEntry), number_of(Publication)) == (0, 0, 0)


def test_a_changed_number_of_the_source_is_not_a_new_publication():
    run([entry(title="Land & water", identifiers=(Identifier("source", "1"),))])
    again = run(
        [
            entry(
                title="LAND AND WATER",
                identifiers=(Identifier("source", "99"),),
            )
        ]
    )
    assert (again.counts["new"], again.counts["changed"]) == (0, 1)
    assert {n.value for n in stored("LAND").details.identifiers} == {"mlrf:1", "mlrf:99"}


def test_the_same_number_with_another_title_is_another_publication():
    run([entry(title="Land and water", identifiers=(Identifier("source", "1"),))])
    other = [entry(title="Rubber prices in one district", identifiers=(Identifier("source", "1"),))]
    assert run(other).counts["new"] == 1


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"title": "Land: and   WÁTER!"}, "changed"),
        ({"date": "2016"}, "changed"),
        ({"date": "2019"}, "doubtful"),
        ({"creators": (Name(literal="Nok Demo"),)}, "changed"),
        ({"creators": (Name(family="Holm", given="A."),)}, "doubtful"),
        ({"date": "2019", "creators": (Name(family="Holm", given="A."),)}, "new"),
        ({"title": "Land and fire"}, "new"),
        ({"identifiers": (Identifier("doi", "10.1/x"),), "title": "Rubber"}, "doubtful"),
        (
            {"identifiers": (Identifier("doi", "10.1/x"),), "title": "Land and water: part"},
            "changed",
        ),
    ],
)
def test_an_entry_is_recognised_or_doubted(fields, outcome):
    same = {
        "title": "Land and water",
        "date": "2015",
        "creators": (Name(family="Demo", given="Nok"),),
    }
    run([entry(**same, identifiers=(Identifier("doi", "10.1/x"),))])
    assert run([entry(**same | fields)]).counts[outcome] == 1


def test_twins_in_one_file_are_doubted_once():
    twins = [entry(line=n, title="Land and water") for n in (3, 9)]
    report = run(twins)
    assert (report.counts["new"], report.counts["doubtful"]) == (1, 1)
    doubt = db.session.scalars(select(ImportEntry).where(ImportEntry.outcome == "doubtful")).one()
    assert (doubt.line, doubt.reason) == (9, "Line 3 of this file is the same publication.")
    assert run(twins).counts == {"new": 0, "changed": 0, "same": 1, "doubtful": 1, "broken": 0}


def test_a_doubtful_entry_comes_in_when_somebody_says_so():
    run([entry(title="Land and water", date="2010")])
    doubtful = [entry(title="Land and water", date="2015")]
    preview = actions.preview_import(doubtful, OPTIONS, filename="b", by_id=None)
    (row,) = db.session.scalars(select(ImportEntry).where(ImportEntry.import_id == preview.id))
    assert "another year" in row.reason
    actions.confirm_import(preview, doubtful={row.id})
    assert number_of(Publication) == 2
    assert preview.counts["new"] == 1


def test_changes_are_told_field_by_field_and_silence_changes_nothing():
    run([entry(title="Land", publisher="River", pages="1-9", countries=("KH", "LA"))])
    changed = entry(title="Land", publisher="Sea", place="Hue", countries=("LA", "KH"))
    preview = actions.preview_import([changed], OPTIONS, filename="b", by_id=None)
    (row,) = db.session.scalars(select(ImportEntry).where(ImportEntry.import_id == preview.id))
    assert row.changes == {"publisher": ["River", "Sea"], "place": ["", "Hue"]}
    actions.confirm_import(preview)
    details = stored("Land").details
    assert (details.publisher, details.place, details.pages) == ("Sea", "Hue", "1-9")


def test_a_corrected_annotation_takes_the_place_of_the_old_one():
    first = Remarks(research_basis="Old words", annotator="Somphone Demo")
    run([entry(title="Land", remarks=first)])
    report = run([entry(title="Land", remarks=replace(first, research_basis="New words"))])
    (annotation,) = stored("Land").annotations
    assert annotation.remarks.research_basis == "New words"
    assert report.counts["changed"] == 1
    run([entry(title="Land", remarks=replace(first, annotator="Mali Demo"))])
    assert [a.number for a in stored("Land").annotations] == [1, 2]


def test_an_annotation_written_here_is_never_replaced():
    publication = make_publication(title="Land")
    make_annotation(publication, by=make_user(name="Somphone Demo"), research_basis="Mine")
    run([entry(title="Land", remarks=Remarks(research_basis="Theirs", annotator="Somphone Demo"))])
    assert [a.remarks.research_basis for a in stored("Land").annotations] == ["Mine", "Theirs"]


def test_an_import_is_one_undo():
    kept = make_publication(title="Land", publisher="River")
    old = Remarks(research_basis="Old", annotator="A")
    run([entry(title="Land", publisher="River", remarks=old)])
    report = run(
        [
            entry(
                line=1, title="Land", publisher="Sea", remarks=replace(old, research_basis="New")
            ),
            entry(line=2, title="Brand new", remarks=old),
        ]
    )
    assert (report.counts["new"], report.counts["changed"]) == (1, 1)

    assert actions.undo_import(report) == 0
    (row,) = queries.publication_rows(list(db.session.scalars(select(Publication.id))))
    assert (row.id, row.details.publisher) == (kept.id, "River")
    assert [a.remarks.research_basis for a in row.annotations] == ["Old"]
    assert report.state == "undone"
    with pytest.raises(Refused, match="can be undone"):
        actions.undo_import(report)


def test_an_undo_leaves_alone_what_people_worked_on_since():
    report = run(
        [entry(line=1, title="Land"), entry(line=2, title="Water"), entry(line=3, title="Fire")]
    )
    by_title = {str(p.title): p for p in db.session.scalars(select(Publication))}
    make_annotation(by_title["Land"], by=make_user())
    actions.withdraw_publication(by_title["Water"])
    assert actions.undo_import(report) == 2
    assert {str(t) for t in db.session.scalars(select(Publication.title))} == {"Land", "Water"}


def test_keys_are_readable_stay_free_and_never_change():
    run([entry(title="The land of the Mekong"), entry(line=2, title="Land of rivers", date="2015")])
    keys = sorted(db.session.scalars(select(Publication.key)))
    assert keys[0] == "demo-2015-land"
    assert keys[1].startswith("demo-2015-land-")
    publication = queries.get_publication("demo-2015-land")
    before = publication.key
    command = actions.Describe(details=make_details(title="Renamed"), version=1)
    actions.edit_publication(publication, command)
    assert (publication.key, publication.version) == (before, 2)


def test_the_number_of_statements_does_not_grow_with_the_batch(statements):
    def count_for(size: int) -> int:
        found = [entry(line=n, title=f"Work {size} {n}") for n in range(size)]
        with statements() as seen:
            run(found)
        return len(seen)

    count_for(1)  # themes are planted and remembered
    assert count_for(2) == count_for(40)


def pairs() -> list[tuple[Path, Path]]:
    """An export and a table of a later year, where this machine has the forum's own."""
    table = os.environ.get("LNA_MLRF_CSV")
    return [(FILES[1], Path(table))] if table and len(FILES) > 1 else []


def test_a_later_table_holds_what_the_export_held_under_other_numbers(tmp_path):
    """Numbers change between exports; titles, years and first authors do not."""
    later = tmp_path / "later.csv"
    run(entries())
    rows = queries.publication_rows(list(db.session.scalars(select(Publication.id))))
    records = [row.record("https://example.org", may_read_abstract=False) for row in rows]
    lines = [
        ["ext_id", *table.HEAD],
        *([f"9{n}", *row] for n, row in enumerate(table.rows(records))),
        ["999", "", "A later one", "2020", *[""] * 11, "Report", *[""] * 9],
    ]
    later.write_text(
        "\n".join(",".join(f'"{c.replace(chr(34), "")}"' for c in row) for row in lines)
    )
    _only_the_later_one_is_new([(FORUM, later)], 10)


def test_the_forums_table_of_a_year_later_holds_126_more():
    _only_the_later_one_is_new(pairs(), 640, new=126)


def _only_the_later_one_is_new(found: list[tuple[Path, Path]], total: int, new: int = 1) -> None:
    for export, later in found:
        run(entries(export))
        report = run(entries(later))
        assert (report.counts["new"], report.counts["doubtful"]) == (new, 0)
        assert number_of(Publication) == total
