"""The outlets as a reader's machine meets them: over HTTP, on their two days."""

import gzip
import http.client
import json
import socket
import struct
import time
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
import pytest

from nutgraf.demo import Manuscript, Outlets, describe, open_outlets
from nutgraf.demo.manuscripts import Kind, Outlet, outlets
from nutgraf.demo.server import IDLE_SECONDS
from tests.demo.asking import ask

DEAD = {text.path for text in describe() if text.kind is Kind.DEAD}
WITH_FEED = [outlet for outlet in outlets() if outlet.feed]


def links_of_feed(opened: Outlets, outlet_id: str) -> list[str]:
    outlet = next(outlet for outlet in outlets() if outlet.id == outlet_id)
    body = ask(f"{opened.addresses[outlet_id]}{outlet.feed}").body
    if outlet.feed_type == "application/feed+json":
        return [item["url"] for item in json.loads(body)["items"]]
    root = lxml.etree.fromstring(body)
    rss = root.xpath("//*[local-name()='item']/*[local-name()='link']/text()")
    atom = root.xpath("//*[local-name()='entry']/*[local-name()='link']/@href")
    return [str(link) for link in (*rss, *atom)]


def fails(outlet_id: str, opened: Outlets) -> bool:
    return outlet_id == "bote" and opened.now.day == 16


@pytest.mark.parametrize("outlet", WITH_FEED, ids=lambda outlet: outlet.id)
def test_every_link_of_a_feed_answers_but_the_dead_one(on_each_day: Outlets, outlet: Outlet) -> None:
    if fails(outlet.id, on_each_day):
        assert ask(f"{on_each_day.addresses[outlet.id]}{outlet.feed}").status == 500
        return
    links = links_of_feed(on_each_day, outlet.id)
    assert links
    for link in links:
        assert ask(link).status == (404 if urlsplit(link).path in DEAD else 200), link


def test_one_link_of_one_feed_is_dead(opened: Outlets) -> None:
    links = [link for outlet in WITH_FEED for link in links_of_feed(opened, outlet.id)]
    assert len([link for link in links if ask(link).status == 404]) == 1


def test_the_formats_of_the_feeds_all_differ(opened: Outlets) -> None:
    starts = {outlet.id: ask(f"{opened.addresses[outlet.id]}{outlet.feed}").body for outlet in WITH_FEED}
    assert b"content:encoded" in starts["courier"]
    assert "<description>" not in starts["tribune"].decode("utf-16").partition("<item>")[2]
    assert b"http://www.w3.org/2005/Atom" in starts["ledger"]
    assert b"http://purl.org/rss/1.0/" in starts["echo"]
    assert json.loads(starts["skerry"])["version"].startswith("https://jsonfeed.org/version/1")


def test_the_section_page_lists_articles_and_is_no_feed(on_each_day: Outlets) -> None:
    address = f"{on_each_day.addresses['pennant']}/latest/"
    assert address in on_each_day.feeds
    page = lxml.html.fromstring(ask(address).body)
    links = [urljoin(address, link) for link in page.xpath("//a[@class='card-link']/@href")]
    assert len(links) >= 3
    assert {ask(link).status for link in links} == {200}


def test_a_front_page_names_its_feed(opened: Outlets) -> None:
    address = f"{opened.addresses['skerry']}/"
    assert address in opened.feeds
    (link,) = lxml.html.fromstring(ask(address).body).xpath("//link[@rel='alternate']/@href")
    assert json.loads(ask(urljoin(address, str(link))).body)["items"]


@pytest.mark.parametrize("text", [text for text in describe() if text.kind is Kind.ARTICLE], ids=lambda text: text.path)
def test_a_page_decodes_as_declared_and_shows_its_whole_text(opened: Outlets, text: Manuscript) -> None:
    opened.turn_to(text.day)
    try:
        reply = ask(opened.addresses[text.outlet] + text.path)
    finally:
        opened.turn_to(1)
    outlet = next(outlet for outlet in outlets() if outlet.id == text.outlet)
    assert ("charset" in reply.header("Content-Type")) == outlet.charset_in_header
    assert f"charset={outlet.encoding}" in reply.body[:600].decode("latin-1").lower().replace('"', "")
    shown = " ".join(lxml.html.document_fromstring(reply.body.decode(outlet.encoding)).text_content().split())
    for part in (text.title, text.dek, text.caption, text.credit, text.correction, *text.paragraphs):
        assert part in shown


def test_windows_1252_bytes_are_really_sent(opened: Outlets) -> None:
    assert b"\x93" in ask(f"{opened.addresses['echo']}/archive/20241015/what-pyongyang-would-gain.htm").body
    assert ask(f"{opened.addresses['tribune']}/rss/all.xml").body.startswith(b"\xff\xfe")


def test_every_page_says_that_it_is_made_up(opened: Outlets) -> None:
    for text in describe():
        if text.kind is not Kind.DEAD and text.day == 1:
            body = ask(opened.addresses[text.outlet] + text.path).body
            assert b"is a made-up outlet" in body or b"ist erfunden" in body


def test_structured_data_is_valid_json(on_each_day: Outlets) -> None:
    for outlet_id in ("kestrel", "courier", "skerry"):
        for link in links_of_feed(on_each_day, outlet_id):
            scripts = lxml.html.fromstring(ask(link).body).xpath("//script[@type='application/ld+json']/text()")
            assert len(scripts) == 1
            json.loads(scripts[0])


def test_photos_of_pages_are_served_and_small(on_each_day: Outlets) -> None:
    photos = set()
    for outlet in outlets():
        for text in describe():
            if text.outlet == outlet.id and text.photo:
                photos.add(on_each_day.addresses[outlet.id] + outlet.photos + text.photo)
    for photo in photos:
        if fails("bote", on_each_day) and photo.startswith(on_each_day.addresses["bote"]):
            continue
        reply = ask(photo)
        assert reply.status == 200, photo
        assert reply.header("Content-Type") == "image/png"
        assert reply.body.startswith(b"\x89PNG")
        assert len(reply.body) < 40_000


def test_robots_close_the_members_part(opened: Outlets) -> None:
    robots = ask(f"{opened.addresses['pennant']}/robots.txt")
    (closed,) = [text for text in describe() if text.kind is Kind.RESERVED]
    assert robots.header("Content-Type") == "text/plain"
    assert b"Disallow: /members/" in robots.body
    assert closed.path.startswith("/members/")


def test_the_days_differ() -> None:
    with open_outlets() as fresh:
        before = {address: ask(address) for address in fresh.feeds}
        fresh.turn_to(2)
        after = {address: ask(address) for address in fresh.feeds}
    assert {reply.status for reply in before.values()} == {200}
    assert sum(reply.status == 500 for reply in after.values()) == 1
    assert sum(before[address].body != after[address].body for address in before) >= 5


def test_a_day_that_there_is_not_is_refused(opened: Outlets) -> None:
    with pytest.raises(ValueError, match="not 3"):
        opened.turn_to(3)


def test_the_clock_follows_the_day_and_nothing_comes_from_its_future() -> None:
    with open_outlets() as fresh:
        first = fresh.now
        fresh.turn_to(2)
        assert fresh.now - first == timedelta(days=1)
        evenings = {1: first, 2: fresh.now}
    assert [text.slug for text in describe() if text.modified > evenings[text.day]] == []


def test_an_unchanged_page_is_not_sent_again(opened: Outlets) -> None:
    address = f"{opened.addresses['ledger']}/2024/10/15/world/how-many-north-koreans.html"
    first = ask(address)
    assert ask(address, If_None_Match=first.header("ETag")).status == 304
    assert ask(address, If_Modified_Since=first.header("Last-Modified")).status == 304
    assert ask(address, If_None_Match='"other"').body == first.body


def test_a_corrected_page_is_sent_again() -> None:
    with open_outlets() as fresh:
        address = f"{fresh.addresses['ledger']}/2024/10/15/world/how-many-north-koreans.html"
        first = ask(address)
        fresh.turn_to(2)
        again = ask(address, If_None_Match=first.header("ETag"), If_Modified_Since=first.header("Last-Modified"))
    assert again.status == 200
    assert b"A correction was made" in again.body


def test_pages_are_compressed_for_those_who_ask(opened: Outlets) -> None:
    address = f"{opened.addresses['courier']}/feed/"
    packed = ask(address, Accept_Encoding="gzip, deflate")
    assert packed.header("Content-Encoding") == "gzip"
    assert gzip.decompress(packed.body) == ask(address).body


def test_head_answers_without_a_body(opened: Outlets) -> None:
    address = f"{opened.addresses['courier']}/feed/"
    reply = ask(address, method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.header("Content-Length")) == len(ask(address).body)


def test_an_unknown_path_is_a_404_in_words(opened: Outlets) -> None:
    reply = ask(f"{opened.addresses['courier']}/wp-content/uploads/2024/10/../../../etc/passwd")
    assert reply.status == 404
    assert b"Page not found" in reply.body


def test_two_demos_run_at_once_on_days_of_their_own() -> None:
    with open_outlets() as one, open_outlets() as other:
        one.turn_to(2)
        assert set(one.feeds).isdisjoint(other.feeds)
        assert (one.now - other.now).days == 1
        assert ask(f"{one.addresses['bote']}/").status == 500
        assert ask(f"{other.addresses['bote']}/").status == 200


def test_servers_stop_at_once_although_a_client_holds_its_connection() -> None:
    with open_outlets() as fresh:
        parts = urlsplit(fresh.feeds[0])
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().read()
        begun = time.monotonic()
    assert time.monotonic() - begun < IDLE_SECONDS / 3
    connection.close()
    assert parts.port is not None
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", parts.port), timeout=5):
        pass


def test_a_client_that_leaves_early_is_no_error(capfd: pytest.CaptureFixture[str]) -> None:
    with open_outlets() as fresh:
        parts = urlsplit(fresh.addresses["courier"])
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # reset, not a farewell
            client.sendall(b"GET /feed/ HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
        assert ask(f"{fresh.addresses['courier']}/robots.txt").status == 200
    assert capfd.readouterr().err == ""
