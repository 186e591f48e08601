"""What other programs get: whole names, correct escaping, the annotation."""

import re

import pytest

from lna.core.multilingual import Multilingual
from lna.library.exporters import bibtex, ris
from lna.library.exporters.citation import cite, initials, short_names
from lna.library.models import Details, Identifier, Name, Record, Remarks

THEMES = {"FDI": "Foreign investment", "Gender": "Gender & land"}
HIRSCH = Name(family="Demo", given="Nok Anne-Marie")
NGUYEN = Name(literal="Huy Quynh Nguyen")
WATCH = Name(literal="Ministry of Land, Water and Rights")
REMARKS = Remarks(
    research_basis="Two villages; 40 % women.",
    overall_relevance="Read it.",
    by_theme=(("FDI", "Rents rise by 10_000 {kip} & more."),),
    annotator="Somphone Demo",
)


def make_record(**fields: object) -> Record:
    remarks = fields.pop("remarks", ())
    defaults = {
        "type": "journal_article",
        "title": Multilingual.of("Land & water in Lao PDR: 100% of_it"),
        "creators": (HIRSCH, NGUYEN, WATCH),
        "date": "2016",
    }
    return Record(
        key="demo-2016-land",
        details=Details(**defaults | fields),
        remarks=remarks,
        address="https://example.org/library/demo-2016-land",
    )


def bibtex_fields(text: str) -> dict[str, str]:
    """Fields of one entry by counting braces, as BibTeX itself does."""
    found, position = {}, text.index(",") + 1
    while match := re.compile(r"\s*(\w+) = \{").match(text, position):
        depth, end = 1, match.end()
        while depth:
            escaped = text[end] == "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(text[end], 0)
            end += 2 if escaped else 1
        found[match[1]] = text[match.end() : end - 1]
        position = end + 1
    assert text[position:].strip() == "}"
    return found


def ris_fields(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.split("\r\n"):
        if match := re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line):
            found.append((match[1], match[2]))
        elif line:
            tag, value = found.pop()
            found.append((tag, f"{value}\n{line}"))
    return found


def test_bibtex_keeps_literal_names_whole_and_others_turned():
    author = bibtex_fields(bibtex.entry(make_record(), THEMES))["author"]
    assert author == (
        "Demo, Nok Anne-Marie and {Huy Quynh Nguyen} and {Ministry of Land, Water and Rights}"
    )
    jr = make_record(creators=(Name(family="Borey, Jr.", given="Sam and Co"),))
    assert bibtex_fields(bibtex.entry(jr, {}))["author"] == "{Borey, Jr.}, {Sam and Co}"


def test_bibtex_escapes_text_but_not_addresses():
    record = make_record(
        url="https://example.org/a_b%20c#d&e~f{g}", identifiers=(Identifier("doi", "10.1/a_b"),)
    )
    fields = bibtex_fields(bibtex.entry(record, THEMES))
    assert fields["title"] == r"Land \& water in {Lao} {PDR}: 100\% of\_it"
    assert fields["url"] == "https://example.org/a_b%20c#d&e~f%7Bg%7D"
    assert fields["doi"] == "10.1/a_b"


def test_bibtex_says_the_annotation_and_the_themes_by_name():
    fields = bibtex_fields(
        bibtex.entry(make_record(remarks=(REMARKS,), themes=("FDI", "Gender")), THEMES)
    )
    assert fields["annote"].split("\n\n") == [
        r"Research basis: Two villages; 40 \% women.",
        "Overall relevance: Read it.",
        r"Foreign investment: Rents rise by 10\_000 \{kip\} \& more.",
        "Annotation by: Somphone Demo",
    ]
    assert fields["keywords"] == r"Foreign investment, Gender \& land"


@pytest.mark.parametrize(
    ("kind", "entry", "word"),
    [
        ("journal_article", "article", None),
        ("report", "techreport", None),
        ("case_study", "techreport", "Case study"),
        ("statute", "misc", "Statute"),
        ("book_section", "incollection", None),
        ("training_material", "manual", "Training material"),
        ("thesis", "phdthesis", None),
    ],
)
def test_every_type_keeps_its_kind_in_bibtex(kind, entry, word):
    text = bibtex.entry(make_record(type=kind, container="In here"), {})
    assert text.startswith(f"@{entry}{{demo-2016-land,")
    assert bibtex_fields(text).get("type") == word


def test_bibtex_places_pages_container_and_publisher():
    chapter = make_record(
        type="book_section",
        container="A whole",
        pages="33-58",
        publisher="River",
        place="Vientiane",
    )
    fields = bibtex_fields(bibtex.entry(chapter, {}))
    assert fields["booktitle"] == "A whole"
    assert (fields["pages"], fields["publisher"], fields["address"]) == (
        "33--58",
        "River",
        "Vientiane",
    )
    report = bibtex_fields(bibtex.entry(make_record(type="report", publisher="River"), {}))
    assert report["institution"] == "River"


def test_ris_is_one_tag_a_line_and_ends():
    text = ris.entry(make_record(pages="201-219", type="case_study"), THEMES)
    assert text.startswith("TY  - RPRT\r\n")
    assert text.endswith("ER  - \r\n\r\n")
    fields = ris_fields(text)
    assert [value for tag, value in fields if tag == "AU"] == [
        "Demo, Nok Anne-Marie",
        "Huy Quynh Nguyen",
        "Ministry of Land,, Water and Rights",
    ]
    assert ("SP", "201") in fields
    assert ("EP", "219") in fields
    assert ("M3", "Case study") in fields


def test_ris_holds_the_annotation_in_one_note():
    text = ris.entry(
        make_record(remarks=(REMARKS,), title=Multilingual.of("A\nB\r\nER  - ")), THEMES
    )
    fields = ris_fields(text)
    assert [value for tag, value in fields if tag == "N1"] == [
        "Research basis: Two villages; 40 % women.\nOverall relevance: Read it.\n"
        "Foreign investment: Rents rise by 10_000 {kip} & more.\nAnnotation by: Somphone Demo"
    ]
    assert ("TI", "A B ER -") in fields
    assert [tag for tag, _ in fields].count("ER") == 1


def test_ris_keeps_pages_that_are_no_simple_range():
    assert ("SP", "i-xii, 1-180") in ris_fields(ris.entry(make_record(pages="i-xii, 1-180"), {}))


def test_a_citation_of_an_article():
    details = make_record(
        title=Multilingual.of("Who decides?"),
        container="Journal of Land",
        volume="12",
        issue="3",
        pages="201-219",
        identifiers=(Identifier("doi", "10.9999/x"),),
        url="https://example.org",
    ).details
    found = cite(details)
    assert str(found) == (
        "Demo, N. A.-M., Huy Quynh Nguyen, & Ministry of Land, Water and Rights. (2016). "
        "Who decides? Journal of Land, 12(3), 201–219. https://doi.org/10.9999/x"
    )
    assert [piece.text for piece in found.pieces if piece.italic] == ["Journal of Land"]


def test_a_citation_of_a_chapter_and_of_a_book():
    editor = Name(role="editor", family="Lim", given="Theara")
    chapter = make_record(
        type="book_section", creators=(HIRSCH, editor), title=Multilingual.of("Own words"),
        container="Voices", pages="33-58", publisher="River Press", place="Chiang Mai",
    )  # fmt: skip
    assert str(cite(chapter.details)) == (
        "Demo, N. A.-M. (2016). Own words. In Lim, T. (Ed.), Voices, 33–58. "
        "Chiang Mai, River Press."
    )
    book = make_record(type="book", creators=(editor,), title=Multilingual.of("Voices"), date="")
    assert str(cite(book.details)) == "Lim, T. (Ed.). (n.d.). Voices."
    assert cite(book.details).pieces[-1].italic


def test_without_a_creator_the_title_comes_first_and_once():
    law = make_record(type="statute", creators=(), title=Multilingual.of("ច្បាប់ភូមិបាល", "km"))
    assert str(cite(law.details, "https://example.org/l")) == (
        "ច្បាប់ភូមិបាល. (2016). https://example.org/l"
    )


def test_names_of_other_customs_are_not_turned_into_initials():
    assert initials("U") == "U"
    assert initials("សុខា") == "សុខា"
    assert short_names((HIRSCH, NGUYEN)) == "Demo, N. A.-M.; Huy Quynh Nguyen"
    assert short_names((HIRSCH,) * 4) == "Demo, N. A.-M.; Demo, N. A.-M.; Demo, N. A.-M. et al."


def test_a_long_list_of_names_is_shortened_as_apa_says():
    names = tuple(Name(family=f"Name{n}", given="A") for n in range(1, 25))
    text = str(cite(make_record(creators=names).details))
    assert "Name19, A., … Name24, A." in text
    assert "Name20" not in text
