"""The API where its owner closed it, and what changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.web import Ways, application
from tests.samples import CAUSEWAY, STRIKE
from tests.store.examples import NOON
from tests.web.conftest import Client

PATHS = ["/editions", "/editions/latest", "/stories", f"/stories/{CAUSEWAY.id}", "/changes", "/topics",
         "/topics/weather", "/outlets/northwire", "/persons/ilse-tammer"]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={"NUTGRAF_API_OPEN": "no"}) as desk:
        desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
        desk.store.save_edition(NOON.date(), [1], made=NOON)
        yield desk


@pytest.fixture
def site(desk: Desk) -> Client:
    return Client(application(desk.store, desk.settings, Ways(tokens=desk.store)))


@pytest.mark.parametrize("path", PATHS)
def test_a_closed_api_answers_who_shows_a_token_and_nobody_else(site: Client, desk: Desk, path: str) -> None:
    token = desk.store.make_token("reader", now=NOON)
    refused = [
        site.get(f"/api/v1{path}"),
        site.get(f"/api/v1{path}", authorization="Bearer nutgraf_wrong"),
        site.get(f"/api/v1{path}", authorization=f"Basic {token}"),
    ]
    assert {answer.status for answer in refused} == {401}
    assert "Ask its owner" in json.loads(refused[0].body)["detail"]
    assert refused[0].headers["WWW-Authenticate"] == "Bearer"
    given = site.get(f"/api/v1{path}", authorization=f"Bearer {token}")
    assert given.status == 200
    assert given.headers["Cache-Control"] == "private, no-store"
    assert site.get(f"/api/v1{path}").status == 401  # and was kept for nobody
    desk.store.revoke_token("reader")
    assert site.get(f"/api/v1{path}", authorization=f"Bearer {token}").status == 401


def test_the_pages_stay_open_to_readers(site: Client) -> None:
    assert site.get(f"/story/{CAUSEWAY.id}/").status == 200


def test_who_asks_again_is_given_what_is_new_or_revised_since(tmp_path: Path, desk: Desk) -> None:
    with open_desk(desk.folder, environment={}) as open_one:
        client = Client(application(open_one.store, open_one.settings))
        first = json.loads(client.get("/api/v1/changes").body)
        assert [one["brief"]["id"] for one in first["changes"]] == [CAUSEWAY.id]
        desk.store.save_brief(STRIKE, composed=NOON, composed_from="2")
        second = json.loads(client.get(f"/api/v1/changes?since={first['next']}").body)
        assert [one["brief"]["id"] for one in second["changes"]] == [STRIKE.id]
        third = json.loads(client.get(f"/api/v1/changes?since={second['next']}").body)
        assert third == {"changes": [], "next": second["next"], "more": False}
