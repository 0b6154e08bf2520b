"""What readers get depends on the site's zone and theirs, never on the clock's zone or the language of the server."""

from __future__ import annotations

import locale
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from nutgraf.publications.mail import Sender, edition_letter
from tests.samples import EDITION, SHELF, STRIKE
from tests.web.conftest import Client, client_of
from tests.web.test_views import FILES, PAGES

ZONES = ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]
FEEDS = ["/feed.rss", "/feed.json", "/calendar.ics", "/api/v1/editions/latest"]
ALIKE = [path for path in [*PAGES, *FILES, *FEEDS] if path != "/new/"]  # which tells its moment to the second


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def everything(zone: str, elsewhere: pytest.MonkeyPatch) -> dict[str, bytes]:
    elsewhere.setenv("TZ", zone)
    time.tzset()
    client = client_of(SHELF, zone="Asia/Kathmandu")
    return {path: client.get(path).body for path in ALIKE if "since" not in path}


def test_pages_feeds_and_files_are_alike_wherever_the_server_stands(elsewhere: pytest.MonkeyPatch) -> None:
    here, *others = (everything(zone, elsewhere) for zone in ZONES)
    for other in others:
        assert other == here


def test_a_mail_is_alike_wherever_the_server_stands(elsewhere: pytest.MonkeyPatch) -> None:
    letters = []
    for zone in ZONES:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        sender = Sender(title="The brief", address="https://briefs.example")
        now = datetime(2026, 3, 4, 17, tzinfo=UTC)
        letters.append(edition_letter(EDITION, to="a@reader.example", token="t", sender=sender, now=now))
    assert letters[0] == letters[1] == letters[2]


def test_the_language_of_the_server_changes_nothing(client: Client) -> None:
    before = client.get("/", accept_language="de").text
    given = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    try:
        assert client_of(SHELF).get("/", accept_language="de").text == before
    finally:
        locale.setlocale(locale.LC_ALL, given)


def test_every_moment_is_given_in_utc_beside_its_words() -> None:
    page = client_of(SHELF, zone="Asia/Kathmandu").get(f"/story/{STRIKE.id}/").text
    assert '<time datetime="2026-03-04T10:05:00Z">4 March 2026, 15:50 +0545</time>' in page
