"""Settings: one table, a file, the environment, and messages that say what to do."""

from pathlib import Path

import pytest

from nutgraf.config import FILE_NAME, TABLE, load_settings, settings_file
from nutgraf.errors import SettingsError


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert all(getattr(settings, setting.name) == setting.default for setting in TABLE)


def test_a_new_settings_file_changes_nothing_and_names_every_setting(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(settings_file(), encoding="utf-8")
    assert load_settings(tmp_path, {}) == load_settings(tmp_path / "elsewhere", {})
    assert all(f"# {setting.name} = " in settings_file() for setting in TABLE)


def test_every_default_passes_its_own_check() -> None:
    assert [setting.name for setting in TABLE if setting.check(setting.default)] == []


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("words = 100\nzone = 'Europe/Berlin'\n", encoding="utf-8")
    settings = load_settings(tmp_path, {"NUTGRAF_WORDS": "300", "NUTGRAF_ALLOW": "127.0.0.1, ::1"})
    assert (settings.words, settings.zone, settings.allow) == (300, "Europe/Berlin", ("127.0.0.1", "::1"))


def test_a_misspelt_setting_is_answered_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("wrods = 100\n", encoding="utf-8")
    with pytest.raises(SettingsError, match='no setting "wrods".*mean "words"'):
        load_settings(tmp_path, {})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("words = 'many'", '"words" is "many"'),
        ("words = -1", "must be more than 0"),
        ("zone = 'Mars/Base'", "must be a time zone"),
        ("database = 'mysql://x'", "must start with"),
        ("words = ", "not valid TOML"),
        ("allow = '127.0.0.1'", "Give it the form of"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / FILE_NAME).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_settings(tmp_path, {})


def test_a_wrong_variable_is_named_by_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NUTGRAF_WORDS"):
        load_settings(tmp_path, {"NUTGRAF_WORDS": "lots"})
