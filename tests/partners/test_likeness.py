import pytest

from lna.core.multilingual import Multilingual
from lna.partners import actions, queries
from tests.factories import make_organisation, make_person


def known(name: str, **fields):
    return make_organisation(name, likeness=queries.likeness_of([name]), **fields)


@pytest.mark.parametrize(
    ("present", "typed"),
    [
        ("STAR Kampuchea", "Star Kampuchea"),
        ("Land Information Working Group", "Land Information Working Group (LIWG)"),
        ("Trung tâm Con người và Thiên nhiên", "Trung tam Con nguoi va Thien nhien"),
        ("អង្គការស្តារកម្ពុជា", "អង្គការ\u200bស្តារកម្ពុជា"),
        ("Village Focus International", "International Village Focus"),
    ],
)
def test_a_name_that_looks_known_is_shown(present, typed):
    organisation = known(present)
    known("Mekong Institute")

    assert [one.id for one in queries.like_organisations([typed])] == [organisation.id]


def test_a_second_organisation_of_a_like_name_needs_a_word():
    known("STAR Kampuchea")
    command = actions.EnterOrganisation(name=Multilingual.of("Star Kampuchea"))

    with pytest.raises(actions.LooksAlike) as refusal:
        actions.add_organisation(command)
    assert [one.name for one in refusal.value.alike] == ["STAR Kampuchea"]

    another = actions.EnterOrganisation(
        name=Multilingual.of("Star Kampuchea"), acronym="SK", is_another=True
    )
    assert actions.add_organisation(another).slug == "sk"


def test_people_are_alike_by_name_in_any_script_or_by_contact():
    thein = make_person(name="U San Thein", likeness=queries.likeness_of(["U San Thein"]))
    hoa = make_person(name="Nguyễn Thị Hoa", likeness=queries.likeness_of(["Nguyễn Thị Hoa"]))
    other = make_person(name="ສົມສີ", phone="+8562055551234")

    assert [one.id for one in queries.like_people(["San Thein"])] == [thein.id]
    assert [one.id for one in queries.like_people(["Nguyen Thi Hoa"])] == [hoa.id]
    assert [one.id for one in queries.like_people(["x"], phone="+8562055551234")] == [other.id]
    assert queries.like_people(["Sokha"]) == []
