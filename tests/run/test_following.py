"""Notices of followed stories, over a real push service, read as a browser reads them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import RefusedAddress
from nutgraf.model import Brief
from nutgraf.net.push import KEY_FILE
from nutgraf.ports import Browser
from nutgraf.store.following import MOST_FAILURES, MOST_STORIES
from tests.hostile import PAYLOADS, hostile_brief
from tests.newsroom import Clock
from tests.pushing import Reader, Service, is_signed, push_service, text_of
from tests.samples import CAUSEWAY, STRIKE


@pytest.fixture
def service() -> Iterator[Service]:
    with push_service() as service:
        yield service


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={"NUTGRAF_ALLOW": "127.0.0.1"}, clock=clock) as desk:
        store(desk, CAUSEWAY)
        yield desk


def store(desk: Desk, brief: Brief) -> None:
    desk.store.save_brief(brief, composed=desk.clock(), composed_from="x")


def goes_on(desk: Desk, clock: Clock, brief: Brief = CAUSEWAY, *, topics: tuple[str, ...] = ("news",)) -> None:
    clock.turn(hours=1)
    store(desk, replace(brief, topics=(*topics, str(clock.now))))


def test_a_browser_is_told_when_a_story_goes_on_and_reads_it(desk: Desk, clock: Clock, service: Service) -> None:
    reader = Reader(service.address)
    desk.store.follow(reader.browser, CAUSEWAY.id, now=clock())
    assert run.push_notices(desk).told == 0  # it knows the present brief
    goes_on(desk, clock)
    assert run.push_notices(desk).told == 1
    assert run.push_notices(desk).told == 0
    ((path, headers, body),) = service.came
    assert path == "/push/one"
    assert (headers["Content-Encoding"], int(headers["TTL"]) > 0) == ("aes128gcm", True)
    assert is_signed(headers, desk.pusher.public_key)
    assert reader.read(body)["title"] == CAUSEWAY.headline.text
    assert CAUSEWAY.headline.text.encode() not in body


def test_nobody_is_told_of_a_story_that_was_not_followed(desk: Desk, clock: Clock, service: Service) -> None:
    desk.store.follow(Reader(service.address).browser, CAUSEWAY.id, now=clock())
    store(desk, STRIKE)
    desk.store.unfollow(Reader(service.address).browser.endpoint, CAUSEWAY.id)
    goes_on(desk, clock)
    assert run.push_notices(desk) == run.PushReport()
    assert desk.store.browsers() == 0


def test_a_story_that_changes_often_is_told_of_every_half_hour_at_most(
    desk: Desk, clock: Clock, service: Service
) -> None:
    desk.store.follow(Reader(service.address).browser, CAUSEWAY.id, now=clock())
    told = 0
    for minutes in range(60):
        clock.turn(minutes=1)
        store(desk, replace(CAUSEWAY, topics=(str(minutes),)))
        told += run.push_notices(desk).told
    assert told == 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(desk: Desk, clock: Clock, service: Service, status: int) -> None:
    desk.store.follow(Reader(service.address).browser, CAUSEWAY.id, now=clock())
    service.status = status
    goes_on(desk, clock)
    assert run.push_notices(desk).gone == 1
    assert desk.store.browsers() == 0


def test_a_service_in_trouble_is_asked_again_later_and_not_for_ever(desk: Desk, clock: Clock, service: Service) -> None:
    desk.store.follow(Reader(service.address).browser, CAUSEWAY.id, now=clock())
    service.status = 503
    goes_on(desk, clock)
    assert run.push_notices(desk).failed == 1
    assert run.push_notices(desk).failed == 0  # not at once
    clock.turn(hours=1)
    service.status = 201
    assert run.push_notices(desk).told == 1
    service.status = 503
    goes_on(desk, clock)
    for _ in range(MOST_FAILURES):
        run.push_notices(desk)
        clock.turn(hours=1)
    assert desk.store.browsers() == 0


def test_who_follows_a_story_that_was_merged_follows_what_it_became(desk: Desk, clock: Clock, service: Service) -> None:
    reader = Reader(service.address)
    store(desk, STRIKE)
    desk.store.follow(reader.browser, STRIKE.id, now=clock())
    from nutgraf.store import models

    models.Story.objects.using(desk.store.alias).filter(name=STRIKE.id).update(merged_into=CAUSEWAY.id)
    goes_on(desk, clock)
    assert run.push_notices(desk).told == 1
    assert reader.read(service.came[0][2])["story"] == CAUSEWAY.id


@pytest.mark.parametrize("text", PAYLOADS)
def test_any_text_can_be_told(desk: Desk, clock: Clock, service: Service, text: str) -> None:
    reader = Reader(service.address)
    desk.store.follow(reader.browser, "hostile", now=clock() - timedelta(hours=1))
    store(desk, hostile_brief(text * 40))
    assert run.push_notices(desk).told == 1
    assert set(reader.read(service.came[0][2])) == {"title", "body", "story"}


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:1/", "https://192.168.0.1/p", "https://[::1]/p", "http://push.example/p", "file:///etc/passwd",
     "https://push.example:25/p", "https://user:word@push.example/p", "nonsense", ""],
)  # fmt: skip
def test_an_endpoint_that_must_not_be_asked_is_refused(tmp_path: Path, endpoint: str) -> None:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        browser = replace(Reader("https://push.example").browser, endpoint=endpoint)
        with pytest.raises(RefusedAddress):
            desk.pusher.check(browser)
        with pytest.raises(RefusedAddress):
            desk.pusher.push(browser, "x", topic="t")


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("x", "x"), (text_of(b"\4" + bytes(64)), text_of(bytes(16)))])
def test_what_are_no_keys_is_refused(desk: Desk, p256dh: str, auth: str) -> None:
    with pytest.raises(RefusedAddress):
        desk.pusher.check(Browser("https://push.example/p", p256dh, auth))


def test_the_key_is_made_once_and_only_its_owner_can_read_it(desk: Desk) -> None:
    key = desk.pusher.public_key
    assert stat.S_IMODE((desk.folder / KEY_FILE).stat().st_mode) == 0o600
    with open_desk(desk.folder, environment={}) as again:
        assert again.pusher.public_key == key


def test_a_browser_cannot_follow_very_many_stories(desk: Desk, clock: Clock) -> None:
    browser = Reader("https://push.example").browser
    followed = [desk.store.follow(browser, f"story-{number}", now=clock()) for number in range(MOST_STORIES + 1)]
    assert followed == [True] * MOST_STORIES + [False]
