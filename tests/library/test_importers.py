"""Reading files: what is kept, what is flagged, and how a bad file is refused."""

import os
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from lna.library.importers import Broken, Entry, Limits, Unreadable, read
from lna.library.importers.labels import read_label
from lna.library.importers.names import doi_in, name, serial_numbers
from lna.library.importers.remarks import read_remarks
from lna.library.models import Identifier, Name

FORUM = Path(__file__).parent / "data" / "forum.xml"
FILES = [FORUM, *map(Path, filter(None, [os.environ.get("LNA_MLRF_XML")]))]
"""Ours, and the forum's own export on a machine that has it."""


def entries(path: Path = FORUM) -> list[Entry]:
    with path.open("rb") as file:
        return [found for found in read(file) if isinstance(found, Entry)]


def by_title(start: str) -> Entry:
    return next(e for e in entries() if str(e.details.title).startswith(start))


def record(fields: str) -> bytes:
    return f"<xml><records><record>{fields}</record></records></xml>".encode()


def title(text: str) -> str:
    return f"<titles><title>{text}</title></titles>"


def only(content: bytes, **options: object) -> Entry | Broken:
    (found,) = read(BytesIO(content), **options)
    return found


def raw_labels(path: Path) -> list[list[str]]:
    """The codes of every record that has a title, cut out of the file by hand."""
    records = path.read_text(encoding="utf-8").split("<record>")[1:]
    found = []
    for text in records:
        if re.search(r"<title>\s*<style[^>]*>\s*\S", text):
            label = re.search(r"<label>\s*<style[^>]*>(.*?)</style>", text, re.DOTALL)
            found.append([part for part in label[1].split(";") if part])
    return found


def counted(path: Path, kind: str, full: dict[str, str]) -> Counter[str]:
    """How many records carry each code of a kind; a code cut off counts as the only full one."""
    counts: Counter[str] = Counter()
    for parts in raw_labels(path):
        codes = {p.partition("-")[2].lower() for p in parts if p.startswith(kind) and len(p) > 2}
        for code in codes:
            meant = [ours for theirs, ours in full.items() if theirs.startswith(code)]
            assert len(meant) == 1, code
            counts[meant[0]] += 1
    return counts


COUNTRIES = {
    "cambodia": "KH", "laos": "LA", "myanmar": "MM", "vietnam": "VN", "thailand": "TH",
    "regional": "regional", "global": "global",
}  # fmt: skip
THEMES = {
    code.lower(): code
    for code in (
        "AccessToJustice", "AgriculturalModernization", "CivilSociety-Donors",
        "Conversion-FoodSecurity", "Dispossession-grabbing", "Distribution", "Environment", "FDI",
        "Formalisation-titling", "Gender", "MarginalisedPeople", "MigrationLabour", "Policy-law",
        "Urban",
    )
}  # fmt: skip
CLASSES = {"grey literature": "grey literature", "journal": "journal", "book": "book"}
ACCESS = {
    "availablefordownload": "available",
    "contactauthor": "contact_author",
    "copyrightbook": "copyright_book",
    "copyrightjournalarticle": "copyright_journal",
}
STATUS = {"tbd": "tbd", "background": "background", "annotated": "annotated"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_counts_of_countries_classes_access_and_status_are_those_of_the_labels(path):
    found = [entry.details for entry in entries(path)]

    assert len(found) == len(raw_labels(path))
    assert Counter(c for d in found for c in d.countries) == counted(path, "2", COUNTRIES)
    assert Counter(c for d in found for c in d.classes) == counted(path, "4", CLASSES)
    assert Counter(d.access for d in found if d.access != "unspecified") == counted(
        path, "5", ACCESS
    )
    assert Counter(d.status for d in found if d.status) == counted(path, "1", STATUS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_counts_of_themes_are_those_of_the_labels_where_no_label_is_cut(path):
    whole = [e for e in entries(path) if "label_cut" not in e.problems]
    cut = [e for e in entries(path) if "label_cut" in e.problems]
    labels = counted(path, "3", THEMES)

    here = Counter(code for e in whole for code in e.details.themes)
    there = Counter(code for e in cut for code in e.details.themes)
    assert all(here[code] <= labels[code] <= here[code] + there[code] for code in THEMES.values())
    assert cut, "the file must hold a label that is cut off"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_annotation_and_every_paragraph_of_the_file_is_read(path):
    notes = re.findall(r"<notes>(.*?)</notes>", path.read_text(encoding="utf-8"), re.DOTALL)
    heads = Counter(
        head.replace("isation", "ization").replace("_", "").lower()
        for text in (note.replace("ZZZ", " ") for note in notes)
        for head in re.findall(r"\b([A-Z][A-Za-z_]+(?:-[A-Za-z]+)?)-(?:rel|bas):", text)
    )
    found = [entry.remarks for entry in entries(path) if entry.remarks]

    assert len(found) == len(notes)
    assert sum(bool(remarks.research_basis) for remarks in found) == heads["research"]
    assert sum(bool(remarks.overall_relevance) for remarks in found) == heads["overall"]
    themes = Counter(
        code.replace("isation", "ization").lower() for r in found for code, _ in r.by_theme
    )
    assert themes == heads - Counter(research=len(notes), overall=len(notes))
    texts = [text for r in found for _, text in r.by_theme] + [r.research_basis for r in found]
    assert not [
        text for text in texts if "ZZZ" in text or "(Provided by" in text or "-rel:" in text
    ]


def test_an_entry_knows_the_line_it_begins_at():
    lines = FORUM.read_text(encoding="utf-8").splitlines()
    for entry in entries():
        assert lines[entry.line - 1].strip() == "<record>"


def test_names_held_together_by_underscores_stay_whole():
    book = by_title("Law & custom")
    assert [n.inverted for n in book.details.creators] == [
        "Thi Mai Huong",
        "Rice Bank Association",
        "Village Law Network (VLN)",
        "San Tun, U",
        "Borey Jr., Samnang",
        "De Mar, Ana Lucia",
        "Sok Dara Vuth",
        "Lim, Theara",
    ]
    assert [n.role for n in book.details.creators][-1] == "editor"
    assert name("Warr, Peter") == Name(family="Warr", given="Peter")


def test_a_cut_label_is_completed_only_where_one_completion_is_possible():
    guide, map_, annex = map(by_title, ("Counting plots", "Many hands, one map", "Many hands"))
    assert "MarginalisedPeople" in guide.details.themes
    assert guide.details.classes == ()
    assert map_.details.classes == ("grey literature",)
    assert annex.problems == ("label_cut",)
    assert read_label("2-Laos;4-gr").classes == ("grey literature",)
    assert read_label("3-Di").themes == ("Di",)


def test_all_countries_come_from_the_label():
    assert by_title("Law & custom").details.countries == ("KH", "VN")
    assert by_title("Counting plots").details.countries == ("KH", "LA", "MM", "regional", "VN")


def test_spelling_variants_of_themes_are_one():
    assert "Formalisation-titling" in by_title("Law & custom").details.themes
    themes = dict(by_title("Rubber").remarks.by_theme)
    assert list(themes) == [
        "AgriculturalModernization",
        "Conversion-FoodSecurity",
        "MarginalisedPeople",
    ]
    assert themes["Conversion-FoodSecurity"] == "Rice is bought, not grown"


def test_annotators_are_taken_out_of_the_text():
    assert by_title("Who decides").remarks.annotator == "Somphone Demo"
    assert by_title("Rubber").remarks.annotator == "Mali Demo; Ko Demo; Third Demo"


def test_a_paragraph_on_an_unknown_theme_is_kept():
    remarks, problems = read_remarks("A citation; Overall-rel: Good; Fishing-rel: On nets.;ZZZ")
    assert remarks.overall_relevance == "Good\n\nFishing: On nets."
    assert problems == ("theme_unknown",)


def test_a_note_without_marks_is_no_annotation():
    assert read_remarks("Ask the author; 2nd printing") == (None, ())
    note = only(record(title("T") + "<notes>Ask the author</notes>"))
    assert (note.remarks, note.details.note) == (None, "Ask the author")


def test_what_is_wrong_at_the_source_is_flagged():
    assert by_title("The survey").problems == ("identifier_invalid",)
    assert by_title("ច្បាប់").problems == ("buddhist_year",)
    assert by_title("ច្បាប់").details.year is None
    assert by_title("ច្បាប់").details.date == "2544"
    assert by_title("Rubber").details.url.endswith("a%20report%20with%20spaces.pdf")
    assert str(by_title("Farmers").details.title) == "Farmers’ own words"


def test_law_and_language_keep_their_kind():
    law = by_title("ច្បាប់").details
    assert (law.type, law.languages, law.title.original) == ("statute", ("km",), "km")


def test_serial_numbers_are_told_apart_and_checked():
    assert serial_numbers("2158-0103\\r2158-0715")[0] == (
        Identifier("issn", "2158-0103"),
        Identifier("issn", "2158-0715"),
    )
    assert serial_numbers("19326203 (ISSN)") == ((Identifier("issn", "1932-6203"),), True)
    assert serial_numbers("978-0-306-40615-7") == ((Identifier("isbn", "9780306406157"),), True)
    assert serial_numbers("9780306406158")[1] is False
    assert serial_numbers("0-19-852663-6") == ((Identifier("isbn", "0198526636"),), True)


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1000/ABC.12", "10.1000/abc.12"),
        ("http://example.org/doi/10.1000/j.x-i1/abstract", "10.1000/j.x-i1"),
        ("http://example.org/doi/full/10.1000/12?journalCode=a#b", "10.1000/12"),
        ("http://example.org/article?id=10.1000%2F77&type=x", "10.1000/77"),
        ("http://example.org/2010.10/a", ""),
    ],
)
def test_a_doi_is_found_in_an_address(address, doi):
    assert doi_in(address) == doi


def test_a_record_without_a_title_is_broken_and_the_rest_is_read():
    with FORUM.open("rb") as file:
        broken = [found for found in read(file) if isinstance(found, Broken)]
    assert [str(b.reason) for b in broken] == ["There is no title."]
    assert FORUM.read_text(encoding="utf-8").splitlines()[broken[0].line - 1].strip() == "<record>"
    assert "Demo, Nok" in broken[0].raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1258"])
def test_encodings_are_read_as_declared(encoding):
    text = record(title("Land café")).decode()
    names = {"utf-8-sig": "utf-8", "cp1258": "windows-1258"}
    declared = f"<?xml version='1.0' encoding='{names.get(encoding, encoding)}'?>{text}"
    assert str(only(declared.encode(encoding)).details.title) == "Land café"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<xml>\n<records>\n<record><titles>\n</records>", r"Line 4: This is not correct XML"),
        (b"<xml><records>\n<record>", "Line 2: This is not correct XML"),
        (b"<xml><records></records></xml>", "There is no record"),
        (b"", "The first line must name the columns"),
        (b"<html><body>Sign in</body></html>", "There is no record"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"<xml>\n\xff\xfe</xml>", "Line 2: The text is not in UTF-8"),
        (b"<?xml version='1.0' encoding='rot13'?><xml/>", "We cannot read the encoding rot13"),
        (b"<xml><records><record>\n<titles><title>\x01", "Line 2: This is not correct XML"),
        (b'<!DOCTYPE a [<!ENTITY b "b">]>\n<xml>&b;</xml>', "document type or entities"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><xml/>', "document type or entities"),
        (b"<xml><records><record>" + b"<a>" * 50, "nested too deeply"),
        (b'title,doc_type\n"never closed,Report\n', "Line 2: This is not a correct CSV table"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content, reason):
    with pytest.raises(Unreadable, match=reason) as refusal:
        list(read(BytesIO(content)))
    assert "Traceback" not in str(refusal.value)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(size=1000), "larger than"),
        (Limits(records=3), "more than 3 records"),
        (Limits(text=200), "One record is too long"),
    ],
)
def test_limits_stop_a_reading(limits, reason):
    with FORUM.open("rb") as file, pytest.raises(Unreadable, match=reason):
        list(read(file, limits))


def test_endnotes_own_fields_are_read():
    entry = only(
        record(
            '<ref-type name="Thesis">32</ref-type>'
            "<contributors><authors><author>Demo, Nok</author></authors></contributors>"
            + title("A <style>styled</style> title")
            + "<periodical><full-title>A series</full-title></periodical>"
            "<electronic-resource-num>10.1000/X1</electronic-resource-num>"
            "<urls><related-urls><url>https://example.org/x</url></related-urls></urls>"
            "<dates><year>๒๕๖๕</year></dates><language>Thai</language>"
        )
    )
    assert entry.details.type == "thesis"
    assert str(entry.details.title) == "A styled title"
    assert entry.details.container == "A series"
    assert entry.details.identifier("doi") == "10.1000/x1"
    assert entry.details.languages == ("th",)
    assert entry.problems == ("buddhist_year",)


def test_a_table_is_read_like_the_export():
    table = (
        "\ufeffext_id,title,year,authors,editors,doc_type,countries,key_themes,access,status\n"
        '7,"Two lines,\nof title",2019,"Huy Quynh Nguyen; Warr, Peter",,Statute,'
        "Laos|Regional,FDI|Urban,unspecified,background\n"
        "8,Short row\n"
        "9,After it,2020,,,Map,,,,\n"
    )
    first, short, after = read(BytesIO(table.encode()))
    assert (first.line, short.line, after.line) == (2, 4, 5)
    assert str(first.details.title) == "Two lines, of title"
    assert [n.inverted for n in first.details.creators] == ["Huy Quynh Nguyen", "Warr, Peter"]
    assert first.details.countries == ("LA", "regional")
    assert first.details.themes == ("FDI", "Urban")
    assert (first.details.type, first.details.status) == ("statute", "background")
    assert isinstance(short, Broken)
    assert after.problems == ("no_creator",)
