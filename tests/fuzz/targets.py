"""What is fuzzed, and what must hold whatever the bytes are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from nutgraf.model import Item, Page, Rejected
from nutgraf.net.headers import fresh_for, http_date, retry_after
from nutgraf.net.robots import read_rules
from nutgraf.sources import (
    Feed,
    discover_feeds,
    named_sitemaps,
    nested_sitemaps,
    read_archive,
    read_date,
    read_feed,
    read_listing,
    read_mailbox,
    read_saved_page,
    read_sitemap,
    read_subscriptions,
    recognise,
)

HERE = "https://weir.example/news/feed"
NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)


def feed(body: bytes) -> None:
    """Same bytes, same items; each key once; links lead to the web; text holds no controls."""
    for content_type in (None, "application/rss+xml; charset=iso-8859-1"):
        read = read_feed(body, address=HERE, content_type=content_type, source="s")
        assert read == read_feed(body, address=HERE, content_type=content_type, source="s")
        if isinstance(read, Feed):
            _check(read.items)


def listing(body: bytes) -> None:
    """Links lead to the web, each once."""
    page = Page(address=HERE, body=body)
    for read in (read_listing(page, source="s"), read_sitemap(page, source="s")):
        if not isinstance(read, Rejected):
            _check(read)
    for address in (*nested_sitemaps(page), *named_sitemaps(page), *discover_feeds(page)):
        assert urlsplit(address).scheme in ("http", "https")
    recognise(HERE, page)


def subscriptions(body: bytes) -> None:
    """Addresses lead to the web, each source once."""
    read = read_subscriptions(body, name="list.opml")
    if not isinstance(read, Rejected):
        assert len({one.id for one in read}) == len(read)
        assert all(urlsplit(one.address).scheme.lower() in ("http", "https") for one in read)


def archive(body: bytes) -> None:
    """Each record is a page within the limit, or says what is wrong with it."""
    with _file(body) as path:
        for limit in (2_000, 15_000_000):
            for one in read_archive(path, largest=limit):
                assert isinstance(one, Rejected) or 0 < len(one.body) <= limit
        read_saved_page(path, largest=2_000)


def mailbox(body: bytes) -> None:
    """Each mail is a page with a key."""
    with _file(body) as path:
        for one in read_mailbox(path, largest=5_000):
            assert isinstance(one, Rejected) or (one.key and one.page.body)


def robots(body: bytes) -> None:
    """Rules permit or do not."""
    rules = read_rules(body, "nutgraf")
    assert rules.permit("/robots.txt")
    assert rules.permit("/" + body[:200].decode("latin-1")) in (True, False)
    assert 0 <= rules.delay < float("inf")


def words(body: bytes) -> None:
    """Dates and headers are read or are nothing."""
    for line in body.decode("utf-8", "replace").splitlines()[:40]:
        when = read_date(line)
        assert when is None or (isinstance(when, date) and 1900 < when.year < 2200)
        wait = retry_after(line, NOW)
        assert wait is None or 0 <= wait <= 86400
        http_date(line)
        fresh = fresh_for({"cache-control": line, "expires": line, "age": line}, NOW)
        assert fresh is None or fresh >= 0


TARGETS: dict[str, Callable[[bytes], None]] = {
    "feed": feed,
    "listing": listing,
    "subscriptions": subscriptions,
    "archive": archive,
    "mailbox": mailbox,
    "robots": robots,
    "words": words,
}
"""By the first part of the names of the corpus's files that are theirs."""


def _check(items: tuple[Item, ...]) -> None:
    assert len({item.key for item in items}) == len(items)
    for item in items:
        assert item.address is None or urlsplit(item.address).scheme in ("http", "https")
        assert not any(ord(sign) < 32 for sign in f"{item.title or ''}{item.summary or ''}")


@contextmanager
def _file(body: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(prefix="nutgraf-fuzz-") as file:
        file.write(body)
        file.flush()
        yield Path(file.name)
