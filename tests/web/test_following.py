"""Following a story from its page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.web import Ways, application
from tests.pushing import Reader
from tests.samples import CAUSEWAY
from tests.store.examples import NOON
from tests.web.conftest import Answer, Client


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
        yield desk


@pytest.fixture
def site(desk: Desk) -> Client:
    return Client(application(desk.store, desk.settings, Ways(followers=desk.store, pusher=desk.pusher)))


def subscription(service: str = "https://push.example") -> dict[str, Any]:
    browser = asdict(Reader(service).browser)
    return {"endpoint": browser["endpoint"], "keys": {"p256dh": browser["p256dh"], "auth": browser["auth"]}}


def send(site: Client, path: str, values: object, **headers: str) -> Answer:
    return site.get(path, "POST", json.dumps(values).encode(), content_type="application/json", **headers)


def test_a_browser_follows_and_leaves_a_story(site: Client, desk: Desk) -> None:
    given = subscription()
    assert send(site, "/push/follow", {**given, "story": CAUSEWAY.id}).status == 200
    assert desk.store.browsers() == 1
    assert send(site, "/push/unfollow", {"endpoint": given["endpoint"], "story": CAUSEWAY.id}).status == 200
    assert desk.store.browsers() == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        [],
        "x",
        {**subscription(), "story": "nope"},
        {"endpoint": "https://push.example/x", "story": CAUSEWAY.id},
        {**subscription("http://127.0.0.1:9"), "story": CAUSEWAY.id},
        {**subscription("https://169.254.169.254"), "story": CAUSEWAY.id},
        {"endpoint": 1, "keys": {"p256dh": None, "auth": []}, "story": CAUSEWAY.id},
    ],
)
def test_what_is_no_subscription_is_told(site: Client, desk: Desk, given: object) -> None:
    answer = send(site, "/push/follow", given)
    assert answer.status == 422
    assert json.loads(answer.body)["detail"]
    assert desk.store.browsers() == 0


def test_another_site_cannot_let_a_browser_follow(site: Client, desk: Desk) -> None:
    assert (
        send(site, "/push/follow", {**subscription(), "story": CAUSEWAY.id}, sec_fetch_site="cross-site").status == 422
    )
    assert desk.store.browsers() == 0


def test_a_story_offers_to_be_followed_where_the_site_can_tell(site: Client, client: Client) -> None:
    page = html.fromstring(site.get(f"/story/{CAUSEWAY.id}/").body)
    (button,) = page.xpath("//button[@data-follow]")
    assert button.get("hidden") is not None  # a browser without script is offered nothing that it cannot do
    assert not html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body).xpath("//button[@data-follow]")
    assert client.get("/push/key").status == 404


def test_the_key_of_the_site_is_given(site: Client, desk: Desk) -> None:
    assert json.loads(site.get("/push/key").body) == {"key": desk.pusher.public_key}
