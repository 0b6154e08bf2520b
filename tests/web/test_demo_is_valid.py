"""Every page, feed, file and mail of the demo, read by a parser that reports what is wrong."""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Iterator
from email import message_from_bytes, policy

import feedparser
import html5lib
import pytest
from lxml import etree, html
from PIL import Image

from nutgraf.demo import open_outlets
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.net.post import mime_of
from nutgraf.publications.mail import Sender, edition_letter
from nutgraf.run import add_source, cycle
from nutgraf.web import Ways, application
from tests.web.conftest import Answer, Client

ADDRESS = "https://briefs.example"
MOST = 1500


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("demo")
    init_desk(folder, environment={})
    with open_outlets() as outlets:
        settings = {
            "NUTGRAF_ALLOW": ",".join(outlets.hosts),
            "NUTGRAF_DELAY": "0",
            "NUTGRAF_ADDRESS": ADDRESS,
            "NUTGRAF_MAIL_SERVER": "smtp://127.0.0.1:1",
        }
        with open_desk(folder, environment=settings, clock=lambda: outlets.now) as desk:
            for address in outlets.feeds:
                add_source(desk, address)
            for day in (1, 2):
                outlets.turn_to(day)
                cycle(desk, only_due=False)
            yield desk


@pytest.fixture(scope="module")
def answers(desk: Desk) -> dict[str, Answer]:
    """All that can be reached from the first page, the sitemap and the offline list by links of the site's own."""
    store = desk.store
    ways = Ways(subscribers=store, post=desk.post, followers=store, pusher=desk.pusher)
    site = Client(application(store, desk.settings, ways))
    wanted, found = deque(["/", "/sitemap.xml", "/offline.json", "/mail/", "/api/v1/stories"]), {}
    while wanted and len(found) < MOST:
        path = wanted.popleft()
        if path in found:
            continue
        found[path] = answer = site.get(path)
        assert answer.status == 200, path
        wanted.extend(link for link in links_in(answer) if link not in found)
    return found


def links_in(answer: Answer) -> list[str]:
    kind = answer.headers["Content-Type"]
    links: list[str] = []
    if kind.startswith("text/html"):
        page = html.fromstring(answer.body)
        links = [str(link) for link in page.xpath("//a/@href | //link/@href | //img/@src | //script/@src")]
        links += [str(card) for card in page.xpath("//meta[@property='og:image']/@content")]
    elif kind.startswith("application/xml"):
        links = [str(loc.text) for loc in etree.fromstring(answer.body).iter("{*}loc")]
    own = [link.removeprefix(ADDRESS).partition("#")[0] for link in links]
    return [link for link in own if link.startswith("/") and not link.startswith("//")]


def of_kind(answers: dict[str, Answer], kind: str) -> dict[str, Answer]:
    return {path: one for path, one in answers.items() if one.headers["Content-Type"].startswith(kind)}


def faults_of(page: str) -> list[object]:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return list(parser.errors)


def test_every_page_is_well_formed(answers: dict[str, Answer]) -> None:
    pages = of_kind(answers, "text/html")
    assert len(pages) > 20
    assert {path: faults for path, page in pages.items() if (faults := faults_of(page.text))} == {}


def test_every_feed_is_read_without_repair(answers: dict[str, Answer]) -> None:
    feeds = of_kind(answers, "application/atom+xml")
    assert len(feeds) > 5
    for path, feed in feeds.items():
        parsed = feedparser.parse(feed.body)
        assert not parsed.bozo, path
        assert parsed.entries, path


def test_every_file_is_what_it_says(answers: dict[str, Answer]) -> None:
    for path, one in (of_kind(answers, "application/json") | of_kind(answers, "application/manifest+json")).items():
        assert json.loads(one.body) is not None, path
    cards = of_kind(answers, "image/png")
    assert any("/card-" in path for path in cards)
    for one in cards.values():
        Image.open(io.BytesIO(one.body)).verify()
    for page in of_kind(answers, "text/html").values():
        for data in html.fromstring(page.body).xpath("//script[@type='application/ld+json']"):
            assert json.loads(data.text)["@type"] == "NewsArticle"


def test_every_edition_is_a_sound_mail(desk: Desk) -> None:
    sender = Sender(title="The demo brief", address=ADDRESS)
    for day in desk.store.edition_days():
        edition = desk.store.edition(day)
        assert edition
        if not edition.briefs:
            continue
        letter = edition_letter(edition, to="ada@reader.example", token="t", sender=sender, now=desk.clock())
        mail = message_from_bytes(mime_of(letter).as_bytes(), policy=policy.default)
        assert [fault for part in mail.walk() for fault in part.defects] == []
        assert faults_of(letter.html) == []
        assert all(len(row) <= 998 for row in mime_of(letter).as_bytes().split(b"\r\n"))
