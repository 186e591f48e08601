from lna.core.db import db
from lna.core.versions import raise_version, versions_of


def test_a_raised_topic_changes_its_version_and_no_other():
    raise_version("activities", "library")
    db.session.commit()
    before = versions_of("activities"), versions_of("library")

    raise_version("activities")
    db.session.commit()

    assert versions_of("activities") != before[0]
    assert versions_of("library") == before[1]


def test_a_version_that_is_not_saved_is_never_the_same_twice():
    raise_version("activities")

    assert versions_of("activities") != versions_of("activities")
    assert versions_of("library") == versions_of("library")
    db.session.rollback()
    assert versions_of("activities") == ""
