"""The commands that send and let in: mail, tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutgraf.desk import init_desk, open_desk
from tests.cli.commands import nutgraf
from tests.postman import mailroom
from tests.samples import CAUSEWAY, DAY
from tests.store.examples import NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_desk(tmp_path)
    return tmp_path


def test_a_token_is_made_listed_and_revoked(folder: Path) -> None:
    token = nutgraf("tokens", "make", "reading room", "--folder", folder).stdout.strip()
    with open_desk(folder, environment={}) as desk:
        assert desk.store.is_token(token)
    listed = nutgraf("tokens", "list", "--folder", folder).stdout
    assert "reading room" in listed
    assert token not in listed
    assert nutgraf("tokens", "revoke", "reading room", "--folder", folder).returncode == 0
    again = nutgraf("tokens", "revoke", "reading room", "--folder", folder)
    assert again.returncode == 1
    assert "nutgraf tokens list shows them" in again.stderr


def test_mail_without_a_mail_server_says_how_to_name_one(folder: Path) -> None:
    done = nutgraf("mail", "--folder", folder)
    assert done.returncode == 1
    assert "smtp://USER:PASSWORD@HOST:587" in done.stderr


def test_the_edition_is_mailed_on_demand_and_only_once(folder: Path) -> None:
    with mailroom() as room:
        (folder / "nutgraf.toml").write_text(f'mail_server = "{room.address}"\n')
        with open_desk(folder, environment={}) as desk:
            desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
            token = desk.store.ask_to_subscribe("ada@reader.example", now=NOON)
            assert token
            desk.store.confirm(token, now=NOON)
        none_yet = nutgraf("mail", "--folder", folder)
        assert none_yet.returncode == 1
        assert "has no edition" in none_yet.stderr
        with open_desk(folder, environment={}) as desk:
            desk.store.save_edition(DAY, [1], made=NOON)
        assert "went to 1 of 1" in nutgraf("mail", "--folder", folder).stdout
        assert "went to 0 of 1" in nutgraf("mail", "--folder", folder, "--day", DAY.isoformat()).stdout
        assert room.recipients == ["ada@reader.example"]
