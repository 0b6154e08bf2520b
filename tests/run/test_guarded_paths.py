"""No feed, page, picture, redirect, robots.txt or sitemap leads to a guarded address, however it is spelled."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import FetchError, InputError
from nutgraf.model import Source, SourceKind
from tests.net.server import Outlet, Reply, serving
from tests.net.test_fetcher import SPELLINGS
from tests.newsroom import FERRY, START, Clock, PlainLanguage, page_of
from tests.store.examples import a_brief, an_article, with_photo


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """Listen on all addresses of this machine, old and new; the list holds who connected, once the block has ended."""
    try:
        listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    except OSError:  # a machine without IPv6
        listener = socket.create_server(("0.0.0.0", 0))
    listener.setblocking(False)
    came: list[str] = []
    with listener:
        yield listener.getsockname()[1], came
        while True:
            try:
                connection, peer = listener.accept()
            except BlockingIOError:
                return
            connection.close()
            came.append(str(peer))


@contextmanager
def desk_beside(tmp_path: Path, outlet: Outlet) -> Iterator[Desk]:
    """Open a desk with the real network, which may ask the outlet and nobody else on this machine."""
    init_desk(tmp_path / "desk")
    allow = {"NUTGRAF_ALLOW": f"127.0.0.1:{outlet.port}", "NUTGRAF_TIMEOUT": "5"}
    with open_desk(tmp_path / "desk", environment=allow, clock=Clock(), language=PlainLanguage()) as desk:
        yield desk


def spelled(port: int) -> list[str]:
    return [one.format(port=port) for one in SPELLINGS]


def feed_to(addresses: list[str]) -> Reply:
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><title>Report {n}</title><link>{escape(one)}</link></item>"
        for n, one in enumerate(addresses)
    )
    return Reply(body=f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode())


def redirects_to(addresses: list[str]) -> dict[str, Reply]:
    headers = [{"Location": one.encode("ascii", "xmlcharrefreplace").decode()} for one in addresses]
    return {f"/hop/{n}": Reply(status=(301, 302, 303, 307, 308)[n % 5], headers=one) for n, one in enumerate(headers)}


def test_no_source_is_added_or_polled_there(tmp_path: Path) -> None:
    with listening() as (port, came), serving({}) as outlet, desk_beside(tmp_path, outlet) as desk:
        for address in spelled(port):
            with pytest.raises((FetchError, InputError)):
                run.add_source(desk, address)
        sources = [
            Source(id=f"s{n}{kind.value}", kind=kind, address=address)
            for n, address in enumerate(spelled(port))
            for kind in (SourceKind.FEED, SourceKind.LISTING)
        ]
        desk.store.add_sources(sources, now=START)
        assert len(run.poll(desk).failed) == len(sources)
        assert {one.reason for one in desk.store.sources()} == {"refused"}
    assert came == []


def test_no_page_that_a_feed_lists_is_read_there(tmp_path: Path) -> None:
    replies: dict[str, Reply] = {}
    with listening() as (port, came), serving(replies) as outlet, desk_beside(tmp_path, outlet) as desk:
        # An address without a host is read as one of the host "path", which is only not known.
        replies["/feed"] = feed_to([one for one in spelled(port) if not one.startswith("http:///")])
        run.add_source(desk, outlet.url("/feed"))
        run.poll(desk)
        read = run.read_items(desk)
        waiting = desk.store.waiting_items(now=START + timedelta(days=1))
        assert (read.new, [one.item.address for one in waiting]) == (0, [])
        assert len(desk.store.rejections()) > 25
    assert came == []


def test_no_redirect_of_a_feed_or_a_page_leads_there(tmp_path: Path) -> None:
    replies: dict[str, Reply] = {}
    with listening() as (port, came), serving(replies) as outlet, desk_beside(tmp_path, outlet) as desk:
        replies |= redirects_to(spelled(port))
        hops = [outlet.url(path) for path in list(replies)]
        replies["/feed"] = feed_to(hops)
        run.add_source(desk, outlet.url("/feed"))
        desk.store.add_sources(
            [Source(id=f"s{n}", kind=SourceKind.FEED, address=hop) for n, hop in enumerate(hops)], now=START
        )
        assert len(run.poll(desk).failed) == len(hops)
        assert run.read_items(desk).new == 0
        assert all(one.moved_to is None for one in desk.store.sources())
    assert came == []


def test_no_robots_txt_and_no_sitemap_leads_there(tmp_path: Path) -> None:
    replies: dict[str, Reply] = {"/": Reply(body=b"<html><body>Hello</body></html>")}
    with listening() as (port, came), serving(replies) as outlet, desk_beside(tmp_path, outlet) as desk:
        listed = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>" for one in spelled(port))
        replies["/maps.xml"] = Reply(body=f"<sitemapindex>{listed}</sitemapindex>".encode())
        lines = "".join(f"Sitemap: {one}\n" for one in spelled(port))
        replies["/robots.txt"] = Reply(body=lines.encode())
        with pytest.raises(InputError):
            run.add_source(desk, outlet.url("/"))
        desk.store.add_sources([Source(id="m", kind=SourceKind.LISTING, address=outlet.url("/maps.xml"))], now=START)
        assert len(run.poll(desk).failed) == 1
    assert came == []


def test_no_robots_txt_is_redirected_there(tmp_path: Path) -> None:
    for number, address in enumerate(one for one in SPELLINGS if re.match(r"\w+:(?://[^/]|\w)", one)):
        replies: dict[str, Reply] = {"/a": Reply(body=b"x")}
        with listening() as (port, came), serving(replies) as outlet:
            there = address.format(port=port).encode("ascii", "xmlcharrefreplace").decode()
            replies["/robots.txt"] = Reply(status=302, headers={"Location": there})
            with desk_beside(tmp_path / str(number), outlet) as desk, pytest.raises(FetchError):
                desk.fetcher.get(outlet.url("/a"))
        assert came == []


def test_no_feed_that_a_site_names_is_asked_there(tmp_path: Path) -> None:
    replies: dict[str, Reply] = {}
    with listening() as (port, came), serving(replies) as outlet, desk_beside(tmp_path, outlet) as desk:
        for number, address in enumerate(spelled(port)):
            link = f"<link rel='alternate' type='application/rss+xml' href='{escape(address)}'>"
            replies[f"/{number}/"] = Reply(body=f"<html><head>{link}</head><body>Hello</body></html>".encode())
            with pytest.raises(InputError):
                run.add_source(desk, outlet.url(f"/{number}/"))
    assert came == []


def test_no_picture_is_fetched_there(tmp_path: Path) -> None:
    with listening() as (port, came), serving({}) as outlet, desk_beside(tmp_path, outlet) as desk:
        for number, address in enumerate(spelled(port)):
            article = an_article(f"Report {number}.", url=f"https://harbour.example/{number}")
            desk.store.save_article(article, arrived=START, items=[])
            brief = with_photo(a_brief(article, story=f"story{number}"), address)
            desk.store.save_brief(brief, composed=START, composed_from="")
        assert run.fetch_photos(desk) == 0
        assert len(desk.store.rejections()) >= len(set(SPELLINGS)) - 5
    assert came == []


def test_a_page_read_from_a_list_says_no_more_of_a_closed_port_than_of_an_open_one(tmp_path: Path) -> None:
    with listening() as (port, came), serving({}) as outlet, desk_beside(tmp_path, outlet) as desk:
        messages = []
        for number in (port, 1):
            with pytest.raises(FetchError) as caught:
                desk.fetcher.get(f"http://127.0.0.1:{number}/")
            messages.append(str(caught.value).replace(f":{number}/", ""))
        assert messages[0] == messages[1]
    assert came == []


def test_what_is_allowed_is_read_and_only_that(tmp_path: Path) -> None:
    replies = {"/ferry": Reply(body=page_of("weir", "Ferry aground", FERRY))}
    with serving(replies) as outlet, desk_beside(tmp_path, outlet) as desk:
        replies["/feed"] = feed_to([outlet.url("/ferry")])
        run.add_source(desk, outlet.url("/feed"))
        run.poll(desk)
        assert run.read_items(desk).new == 1
        assert [one.article.text for one in desk.store.articles()] == [FERRY]
