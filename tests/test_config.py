"""Settings as an operator writes them."""

from pathlib import Path

import pytest

from lna.config import SettingError, Settings

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("base", ["https://lna.example", "https://lna.example/"])
def test_a_slash_at_the_end_of_the_address_of_the_site_changes_no_link(base: str) -> None:
    assert Settings(base_url=base).address("/activities/LA-1") == (
        "https://lna.example/activities/LA-1"
    )


def test_a_setting_that_cannot_be_used_is_named_with_what_it_takes() -> None:
    with pytest.raises(SettingError, match="LNA_PROXIES='many': this setting takes a whole number"):
        Settings.from_environment({"LNA_PROXIES": "many"})


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = Settings(data_dir=tmp_path).key()
    assert Settings(data_dir=tmp_path).key() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
