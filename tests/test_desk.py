from pathlib import Path

import pytest

from nutgraf.config import FILE_NAME
from nutgraf.desk import init_desk, open_desk
from nutgraf.errors import SettingsError, StoreError
from tests.newsroom import Clock, Outlets, PlainLanguage


def test_a_new_folder_becomes_a_desk(tmp_path: Path) -> None:
    init_desk(tmp_path / "my news" / "desk")
    with open_desk(tmp_path / "my news" / "desk", environment={}) as desk:
        assert desk.store.counts().sources == 0
        assert desk.settings.title == "The brief"


def test_a_desk_that_is_made_again_keeps_its_settings(tmp_path: Path) -> None:
    init_desk(tmp_path)
    (tmp_path / FILE_NAME).write_text('title = "Harbour news"\n')
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        assert desk.settings.title == "Harbour news"


def test_a_folder_that_is_no_desk_says_how_to_make_it_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run nutgraf init"):
        open_desk(tmp_path, environment={})


def test_a_typo_in_the_settings_is_named(tmp_path: Path) -> None:
    init_desk(tmp_path)
    (tmp_path / FILE_NAME).write_text("tittle = 1\n")
    with pytest.raises(SettingsError, match='"title"'):
        open_desk(tmp_path, environment={})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        init_desk(tmp_path / "file" / "desk")


def test_what_is_given_is_used_instead_of_the_network_and_the_models(tmp_path: Path) -> None:
    init_desk(tmp_path)
    outlets, language, clock = Outlets(), PlainLanguage(), Clock()
    with open_desk(tmp_path, environment={}, fetcher=outlets, language=language, clock=clock) as desk:
        assert desk.fetcher is outlets
        assert desk.language is language
        assert desk.clock() == clock.now


def test_the_network_is_opened_on_first_use_and_closed(tmp_path: Path) -> None:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        assert desk.fetcher is desk.fetcher
