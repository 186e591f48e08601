from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.themes import actions, queries
from lna.themes.models import KEY, STRATEGY
from lna.themes.vocabulary import STRATEGY_THEMES


def test_a_fresh_install_holds_the_nine_themes_verbatim_and_fourteen_key_themes():
    assert actions.plant_themes() == 23

    strategy = queries.themes_of_kind(STRATEGY)
    assert [str(theme.name) for theme in strategy] == list(STRATEGY_THEMES.values())
    assert len(strategy) == 9
    assert len(queries.themes_of_kind(KEY)) == 14
    assert all(theme.key_codes for theme in strategy)


def test_planting_twice_changes_nothing():
    actions.plant_themes()
    assert actions.plant_themes() == 0


def test_renaming_keeps_the_address_and_is_seen_at_once():
    actions.plant_themes()
    theme = queries.get_theme("fishing-rights")
    name = Multilingual("en", {"en": "Fishing rights", "km": "សិទ្ធិនេសាទ"})

    actions.change_theme(
        theme, actions.ChangeTheme(name=name, is_open=False, key_themes=("Gender",))
    )
    db.session.flush()

    row = queries.themes_by_code()["fishing-rights"]
    assert (row.name, row.is_open, row.key_codes) == (name, False, ("Gender",))
