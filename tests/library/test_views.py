"""The library's pages as readers, annotators and editors meet them."""

import io
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from lna.accounts import actions as accounts
from lna.accounts.models import Role
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.library import actions, policies, queries
from lna.library.importers import read
from lna.library.models import Annotation, Identifier, Name, Publication
from tests.factories import make_user
from tests.library.factories import make_annotation, make_publication

FORUM = Path(__file__).parent / "data" / "forum.xml"


@pytest.fixture
def editor(signed_in):
    return signed_in(make_user(role=Role.EDITOR, name="Edda"))


@pytest.fixture
def annotator(signed_in):
    return signed_in(make_user(role=Role.ANNOTATOR, name="Anna"))


def article(**fields):
    defaults = {
        "type": "journal_article",
        "title": "Who decides?",
        "container": "Journal of Land",
        "volume": "12",
        "pages": "201-219",
        "themes": ("FDI", "Gender"),
        "countries": ("LA", "regional"),
        "identifiers": (Identifier("doi", "10.9999/x"), Identifier("source", "mlrf:1")),
        "abstract": Multilingual.of("The secret abstract."),
        "url": "https://example.org/a.pdf",
    }
    return make_publication(**defaults | fields)


def test_a_record_page_says_everything_public(client):
    publication = article()
    make_annotation(
        publication, research_basis="Four villages.", by_theme=(("FDI", "Rents rise."),)
    )
    db.session.commit()

    page = client.get(f"/library/{publication.key}").text
    for words in ("Who decides?", "Journal of Land", "Four villages.", "Rents rise.", "Laos"):
        assert words in page
    assert "Regional" in page
    assert 'href="/library?theme=FDI"' in page
    assert 'href="https://doi.org/10.9999/x"' in page
    assert 'data-copy="#citation"' in page
    assert f'href="/library/{publication.key}.bib"' in page


def test_an_abstract_not_cleared_is_never_shown_to_the_public(client, editor, annotator):
    hidden, cleared = article(), article(title="Other", abstract_public=True)
    db.session.commit()

    for ending in ("", ".bib", ".ris", ".json"):
        assert "secret abstract" not in client.get(f"/library/{hidden.key}{ending}").text
        assert "secret abstract" in client.get(f"/library/{cleared.key}{ending}").text
        for staff in (editor, annotator):
            assert "secret abstract" in staff.get(f"/library/{hidden.key}{ending}").text


def test_notes_and_source_numbers_stay_inside(client):
    publication = article(note="Ask the author")
    db.session.commit()
    for ending in ("", ".bib", ".ris", ".json"):
        assert "Ask the author" not in client.get(f"/library/{publication.key}{ending}").text


def test_the_head_names_the_work_for_scholars_and_harvesters(client):
    publication = article(creators=(Name(family="Demo", given="Nok"), Name(literal="Rice Bank")))
    law = make_publication(type="statute", title="A law")
    db.session.commit()

    tags = re.findall(
        r'<meta name="([\w.]+)" content="([^"]*)">', client.get(f"/library/{publication.key}").text
    )
    assert ("citation_title", "Who decides?") in tags
    assert [text for name, text in tags if name == "citation_author"] == ["Demo, Nok", "Rice Bank"]
    assert ("citation_journal_title", "Journal of Land") in tags
    assert ("citation_firstpage", "201") in tags
    assert ("DC.identifier", "doi:10.9999/x") in tags
    page = client.get(f"/library/{law.key}").text
    assert "citation_title" not in page
    assert 'name="DC.type" content="Statute"' in page


def test_drafts_are_for_those_who_work_on_them(client, annotator):
    draft = make_publication(state="draft")
    publication = make_publication()
    make_annotation(publication, state="in_review", research_basis="Not yet public")
    db.session.commit()

    for ending in ("", ".bib", ".json"):
        assert client.get(f"/library/{draft.key}{ending}").status_code == 404
    assert annotator.get(f"/library/{draft.key}").status_code == 200
    for ending in ("", ".bib", ".ris", ".json"):
        assert "Not yet public" not in client.get(f"/library/{publication.key}{ending}").text
    assert client.get(f"/library/{publication.key}/annotations/1").status_code == 404
    assert "Not yet public" in annotator.get(f"/library/{publication.key}").text


def test_a_withdrawn_publication_leaves_a_tombstone(client, editor):
    publication = article()
    db.session.commit()
    assert editor.post(f"/library/{publication.key}/withdraw").status_code == 303

    answer = client.get(f"/library/{publication.key}")
    assert (answer.status_code, "Who decides?" in answer.text) == (410, True)
    assert client.get(f"/library/{publication.key}.bib").status_code == 404
    editor.post(f"/library/{publication.key}/publish")
    assert client.get(f"/library/{publication.key}").status_code == 200


def test_forms_for_other_programs_have_their_types(client):
    publication = article()
    db.session.commit()
    bib, ris, data = (client.get(f"/library/{publication.key}.{e}") for e in ("bib", "ris", "json"))
    assert bib.mimetype == "application/x-bibtex"
    assert bib.text.startswith(f"@article{{{publication.key},")
    assert ris.mimetype == "application/x-research-info-systems"
    assert data.json["key"] == publication.key
    assert data.json["address"].endswith(f"/library/{publication.key}")
    assert "note" not in data.json


def test_titles_of_another_language_are_marked(client):
    law = make_publication(
        type="statute", title=Multilingual("km", {"km": "ច្បាប់ភូមិបាល", "en": "Land law"})
    )
    db.session.commit()
    page = client.get(f"/library/{law.key}").text
    assert '<h1 lang="km">ច្បាប់ភូមិបាល</h1>' in page
    assert "<p>Land law</p>" in page


def test_markup_in_a_record_is_shown_as_text(client):
    publication = article(title="<script>alert(1)</script>", container='"><img src=x>')
    make_annotation(publication, research_basis="<b>bold</b>", annotator="<i>x</i>")
    db.session.commit()
    page = client.get(f"/library/{publication.key}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>bold" not in page


def form_data(**fields):
    return {
        "type": "report",
        "title-en": "A new report",
        "title-original": "en",
        "authors": "Demo, Nok\nRice Bank Association",
        "date": "2019",
        "access": "available",
    } | fields


def test_an_editor_enters_and_publishes_a_publication(client, editor):
    answer = editor.post(
        "/library/new",
        data=form_data(
            serials="978-0-306-40615-7", doi="https://doi.org/10.1000/AB", languages=["en", "km"],
            countries=["LA", "regional"], keywords="rice, water", editors="{Land, Water and Co}",
        ),
    )  # fmt: skip
    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>[^<]*', answer.text)
    key = answer.location.rsplit("/", 1)[-1]
    assert client.get(f"/library/{key}").status_code == 404
    editor.post(f"/library/{key}/publish")
    assert client.get(f"/library/{key}").status_code == 200
    details = queries.publication_row(key).details
    assert [n.inverted for n in details.creators] == [
        "Demo, Nok", "Rice Bank Association", "Land, Water and Co",
    ]  # fmt: skip
    assert details.identifier("isbn") == "9780306406157"
    assert details.identifier("doi") == "10.1000/ab"
    assert details.keywords == ("rice", "water")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title-en": ""}, "title", "Please fill this in"),
        ({"date": "2565"}, "date", "Did you mean 2022?"),
        ({"date": "soon"}, "date", "year of four digits"),
        ({"doi": "abc"}, "doi", "looks like 10.1234"),
        ({"serials": "123"}, "serials", "not a valid ISBN"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https"),
        ({"title-en": "x" * 1001}, "title", "At most 1000"),
        ({"title-en": "Here already"}, "title", "It is here already"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    editor, fields, field, words
):
    make_publication(title="Here already", date="2019")
    db.session.commit()
    answer = editor.post("/library/new", data=form_data(**fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Rice Bank Association" in answer.text
    assert f'href="#{field}' in answer.text


def test_a_look_alike_needs_a_tick(editor):
    make_publication(title="Land law", date="2010")
    db.session.commit()
    first = editor.post("/library/new", data=form_data(**{"title-en": "Land law"}))
    assert first.status_code == 422
    assert "another year" in first.text
    data = form_data(**{"title-en": "Land law", "is_another": "y"})
    assert editor.post("/library/new", data=data).status_code == 303


def test_editing_keeps_what_the_form_does_not_ask_for(editor):
    publication = article(classes=("journal",), status="tbd")
    publication_key = publication.key
    db.session.commit()
    page = editor.get(f"/library/{publication_key}/edit").text
    assert "The secret abstract." in page
    answer = editor.post(
        f"/library/{publication_key}/edit", data=form_data(version="1", doi="10.9999/x")
    )
    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>[^<]*', answer.text)
    details = queries.publication_row(publication_key).details
    assert str(details.title) == "A new report"
    assert (details.classes, details.status) == (("journal",), "tbd")
    assert details.identifier("source") == "mlrf:1"


def test_a_change_by_somebody_else_is_not_overwritten(editor):
    publication = article()
    db.session.commit()
    editor.post(f"/library/{publication.key}/edit", data=form_data(version="1"))
    second = editor.post(f"/library/{publication.key}/edit", data=form_data(version="1"))
    assert second.status_code == 422
    assert "Somebody else changed" in second.text


def test_an_annotation_is_written_reviewed_by_another_and_shown(client, signed_in):
    anna = make_user(role=Role.ANNOTATOR, name="Anna")
    annotator, editor = signed_in(anna), signed_in(make_user(role=Role.EDITOR))
    publication = article()
    db.session.commit()
    place = f"/library/{publication.key}/annotations"

    empty = annotator.post(f"{place}/new", data={"language": "en"})
    assert (empty.status_code, "Please write the research basis" in empty.text) == (422, True)
    data = {
        "language": "en",
        "research_basis": "Two villages",
        "theme-FDI": "Rents",
        "licence": "CC BY",
    }
    assert annotator.post(f"{place}/new", data=data).location == f"{place}/1"
    assert "Two villages" not in client.get(f"/library/{publication.key}").text

    assert editor.post(f"{place}/1/publish").status_code == 403  # still a draft
    assert annotator.post(f"{place}/1/review").status_code == 303
    assert annotator.post(f"{place}/1/publish").status_code == 403
    assert "Two villages" in editor.get(f"{place}/1").text
    assert editor.post(f"{place}/1/publish").status_code == 303
    page = client.get(f"/library/{publication.key}").text
    assert "Two villages" in page
    assert "Anna" in page
    assert client.get(f"{place}/1").status_code == 200
    assert editor.post(f"{place}/1/withdraw").status_code == 303
    assert client.get(f"{place}/1").status_code == 410


def test_an_editor_cannot_publish_the_own_annotation(signed_in):
    edda = make_user(role=Role.EDITOR)
    publication = article()
    make_annotation(publication, state="in_review", by=edda)
    db.session.commit()
    editor = signed_in(edda)
    place = f"/library/{publication.key}/annotations/1"
    assert editor.post(f"{place}/publish").status_code == 403
    assert db.session.scalar(select(Annotation.state)) == "in_review"


def test_an_annotator_edits_the_own_draft_only(signed_in):
    anna, mali = make_user(role=Role.ANNOTATOR), make_user(role=Role.ANNOTATOR)
    publication = article()
    make_annotation(publication, state="draft", by=anna)
    db.session.commit()
    place = f"/library/{publication.key}/annotations/1"
    data = {"language": "en", "research_basis": "Better", "version": "1"}
    assert signed_in(mali).post(f"{place}/edit", data=data).status_code == 403
    assert signed_in(anna).post(f"{place}/edit", data=data).status_code == 303
    again = signed_in(anna).post(f"{place}/edit", data=data)
    assert (again.status_code, "Somebody else changed" in again.text) == (422, True)
    reviews = signed_in(anna).get("/library/reviews").text
    assert "Who decides?" in reviews
    assert "Who decides?" not in signed_in(mali).get("/library/reviews").text


def upload(client, content=None, **fields):
    file = (io.BytesIO(content if content is not None else FORUM.read_bytes()), "forum.xml")
    data = {"file": file, "source": "mlrf", "language": "en", "annotations": "published"}
    return client.post("/library/imports/new", data=data | fields)


def test_a_file_is_previewed_then_imported_then_undone(client, editor):
    answer = upload(editor)
    assert answer.status_code == 303, answer.text
    page = editor.get(answer.location).text
    assert "Who decides on a hillside field?" in page
    assert "Nothing is written yet" in page
    assert db.session.scalars(select(Publication.id)).all() == []
    broken = editor.get(f"{answer.location}?outcome=broken").text
    assert "There is no title." in broken

    assert editor.post(f"{answer.location}/confirm").status_code == 303
    assert "vannasouk-2016-decides" in editor.get(answer.location).text
    assert client.get("/library/vannasouk-2016-decides").status_code == 200
    assert editor.post(f"{answer.location}/undo").status_code == 303
    assert client.get("/library/vannasouk-2016-decides").status_code == 404
    assert "Undone" in editor.get("/library/imports").text


def test_changes_are_shown_before_the_yes(editor):
    make_publication(title="Rubber, rain and rent", date="2009", publisher="Ours",
                     creators=(Name(family="Chanthavy", given="Dao"),))  # fmt: skip
    db.session.commit()
    address = upload(editor).location
    page = editor.get(f"{address}?outcome=changed").text
    assert "Key themes" in page
    assert "Annotation" in page
    assert "Two surveys" in page or "A plain account" in page


def test_a_bad_file_is_refused_at_its_field(editor):
    answer = upload(editor, b"<xml><records>\n<record>")
    assert answer.status_code == 422
    assert "Line 2: This is not correct XML" in answer.text
    assert 'id="file-error"' in answer.text
    assert editor.post("/library/imports/new", data={"source": "x"}).status_code == 422


def test_a_file_larger_than_a_request_may_come_in(editor, settings):
    filler = b"<!-- " + b"x" * settings.max_request + b" -->"
    file = FORUM.read_bytes().replace(b"<xml>", b"<xml>" + filler)
    parts = [("source", b"mlrf"), ("language", b"en"), ("annotations", b"published")]
    body = b"".join(
        b'--cut\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), text)
        for name, text in parts
    )
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n'
    body += head + file + b"\r\n--cut--\r\n"
    kind = "multipart/form-data; boundary=cut"
    answer = editor.post("/library/imports/new", data=body, content_type=kind)
    assert answer.status_code == 303
    assert editor.post("/library/new", data=body, content_type=kind).status_code == 413


def test_quality_lists_what_contradicts_itself(editor):
    address = upload(editor).location
    editor.post(f"{address}/confirm")
    page = editor.get("/library/quality").text
    for words in (
        "Rubber, rain and rent",
        "The survey that was never annotated",
        "cut off",
        "Buddhist era",
    ):
        assert words in page
    assert [one.key for one in queries.annotated_but_unclassified()] == ["chanthavy-2009-rubber"]


STAFF_PAGES = ["new", "imports", "imports/new", "quality", "reviews"]


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_staff_pages_are_closed_to_others(client, signed_in, page):
    db.session.commit()
    assert client.get(f"/library/{page}").status_code == 303
    assert signed_in(make_user()).get(f"/library/{page}").status_code == 403


@pytest.mark.parametrize(
    "address", ["nothing", "nothing.bib", "nothing.exe", "x/annotations/1", "imports/9"]
)
def test_what_is_not_there_is_a_404(editor, address):
    db.session.commit()
    assert editor.get(f"/library/{address}").status_code == 404


def test_the_catalogue_lists_searches_and_filters_by_get(client):
    article()
    make_publication(title="Rubber prices", date="2010", countries=("TH",), themes=("FDI",))
    make_publication(title="A draft about rubber", state="draft")
    db.session.commit()

    page = client.get("/library").text
    assert "Who decides?" in page
    assert "2 publications" in page
    assert "A draft about rubber" not in page
    found = client.get("/library?q=rubber").text
    assert "<mark>Rubber</mark> prices" in found
    assert "1 publication<" in found
    assert "Who decides?" not in found
    assert "Rubber prices" not in client.get("/library?theme=Gender").text
    assert 'href="/library?theme=FDI&amp;country=TH"' in client.get("/library?theme=FDI").text
    assert "Rubber prices" in client.get("/library?year=2009..2011").text
    assert "Nothing was found." in client.get("/library?q=xyzzy").text


def test_counts_stand_beside_their_links_and_chips_take_filters_away(client):
    for number in range(3):
        make_publication(title=f"Work {number}", countries=("LA",))
    db.session.commit()
    page = client.get("/library?country=LA").text
    assert re.search(r'aria-current="true"><span>Laos</span> <span class="count">3<', page)
    assert re.search(r'<ul class="chips".*?href="/library"', page, re.DOTALL)


def test_what_was_not_understood_is_said_and_answered(client):
    make_publication(title="Land")
    db.session.commit()
    for odd in ("country=XX", "page=0", "year=abc", "sort=up", 'q="', "q=((", "q=%00", "theme[]=1"):
        assert client.get(f"/library?{odd}").status_code == 200, odd
    assert "is not known here" in client.get("/library?country=XX").text
    assert client.get("/library.bib?country=XX").status_code == 400


def whole(client, address):
    """A streamed answer, read to its end."""
    return client.get(address, buffered=True)


def test_a_whole_result_leaves_in_four_forms(client, editor):
    for number in range(25):
        make_publication(
            title=f"Rice {number}",
            themes=("FDI",),
            abstract=Multilingual.of("The secret abstract."),
        )
    make_publication(title="Other")
    db.session.commit()

    address = "/library{}?q=rice"
    bib, ris, table, data = (
        whole(client, address.format(f".{e}")) for e in ("bib", "ris", "csv", "json")
    )
    assert bib.text.count("@techreport{") == 25
    assert ris.text.count("TY  - ") == ris.text.count("ER  - ") == 25
    assert len(table.text.splitlines()) == 26
    assert len(data.json["publications"]) == 25
    for answer in (bib, ris, table, data):
        assert "secret abstract" not in answer.text
        assert "attachment" in answer.headers["Content-Disposition"]
    assert "secret abstract" in whole(editor, address.format(".bib")).text
    assert whole(client, "/library.json?q=xyzzy").json == {"publications": []}


def test_the_table_of_the_whole_library_is_read_back_as_the_same(client, editor):
    address = upload(editor).location
    editor.post(f"{address}/confirm")
    table = whole(client, "/library.csv").data
    run = actions.import_publications(read(io.BytesIO(table)), actions.Options(), filename="t.csv")
    assert run.counts["new"] == run.counts["doubtful"] == run.counts["broken"] == 0


@pytest.mark.parametrize("rows", [1, 20])
def test_the_catalogue_asks_the_database_few_times(client, statements, rows):
    for number in range(rows):
        article(title=f"Work {number}", identifiers=())
    db.session.commit()
    client.get("/library?q=warm")
    with statements() as seen:
        client.get("/library?q=work")
    asked = [text for text in seen if "topic_version" not in text]
    assert len(asked) <= 6, asked


def test_an_unchanged_catalogue_is_answered_304(client):
    make_publication()
    db.session.commit()
    first = client.get("/library")
    again = client.get("/library", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    make_publication()
    db.session.commit()
    assert (
        client.get("/library", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    )


def test_a_forgotten_annotator_has_no_name_anywhere(client, signed_in):
    anna = make_user(role=Role.ANNOTATOR, name="Anna Forgotten")
    publication = article()
    make_annotation(publication, by=anna, research_basis="What she found")
    db.session.commit()
    (part,) = queries.own_data(anna)
    assert part.rows[0]["research_basis"] == "What she found"
    assert "Anna Forgotten" in client.get(f"/library/{publication.key}").text

    accounts.erase(anna)
    db.session.commit()
    for address in (f"/library/{publication.key}{end}" for end in ("", ".bib", ".ris", ".json")):
        text = client.get(address).text
        assert "Anna Forgotten" not in text
        assert "What she found" in text
    assert "0 publications" in client.get("/library?q=annotator:forgotten").text


def test_who_comes_second_is_told_and_nothing_breaks(editor, monkeypatch):
    publication = article()
    make_annotation(publication)
    db.session.commit()
    for name in ("can_publish", "can_withdraw", "can_publish_annotation", "can_send_to_review"):
        monkeypatch.setattr(policies, name, lambda *_: True)
    place = f"/library/{publication.key}"
    for late in ("publish", "annotations/1/publish", "annotations/1/review"):
        answer = editor.post(f"{place}/{late}", follow_redirects=True)
        assert answer.status_code == 200
        assert 'class="warning"' in answer.text
    address = upload(editor).location
    for _twice in range(2):
        answer = editor.post(f"{address}/confirm", follow_redirects=True)
    assert "This import was decided already." in answer.text


def test_a_doubtful_entry_is_entered_when_ticked(editor):
    make_publication(title="Rubber, rain and rent", date="1990",
                     creators=(Name(family="Chanthavy", given="Dao"),))  # fmt: skip
    db.session.commit()
    address = upload(editor).location
    page = editor.get(address).text
    assert "has this title and author, but another year" in page
    number = re.search(r'name="doubtful" value="(\d+)"', page)[1]
    assert editor.get(address, query_string={"page": "9" * 5000}).status_code == 200
    editor.post(f"{address}/confirm", data={"doubtful": [number, "x", "9" * 5000]})
    assert len(db.session.scalars(select(Publication.id)).all()) == 10
