"""Adding sources: a feed, a page or sitemap that lists articles, a site, a subscription list, an archive, a folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

from nutgraf import sources
from nutgraf.errors import FetchError, InputError
from nutgraf.model import Page, Rejected, Source, SourceKind
from nutgraf.run.parts import Parts

ARCHIVES = (".warc", ".warc.gz", ".arc", ".arc.gz")

MOST_TRIED = 4
"""Addresses of feeds that are asked for one site: those it names, or the usual places."""


def add_source(parts: Parts, address_or_path: str) -> tuple[Source, ...]:
    """Add what an address or a path leads to and return its sources, new or known.

    Raises ``InputError`` for what is no source, saying what would be, and ``FetchError`` where an address does not
    answer.
    """
    path = Path(address_or_path).expanduser()
    found = _at_path(path.absolute()) if _exists(path) else _at_address(parts, _address(address_or_path))
    parts.store.add_sources(found, now=parts.clock())
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # longer than any path, or with a zero byte
        return False


def _address(given: str) -> str:
    """Complete an address that was given without its scheme; raises ``InputError`` for what is none."""
    given = given.strip()
    if "://" in given:
        return given
    host = given.partition("/")[0].partition(":")[0]
    if not given.startswith((".", "/", "~")) and ("." in host or host == "localhost"):
        return f"https://{given}"
    raise InputError(given, "there is no such file, and it is no address", "Give a path, or an address with https://")


# paths


def _at_path(path: Path) -> tuple[Source, ...]:
    if path.is_dir():
        return (_source(SourceKind.FOLDER, str(path)),)
    if path.name.lower().endswith(ARCHIVES) or sources.is_mailbox(path):
        return (_source(SourceKind.ARCHIVE, str(path)),)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check its permissions") from error
    if not sources.is_subscriptions(body):
        raise InputError(
            str(path),
            "is neither an OPML list nor a WARC, ARC or mbox file nor a folder",
            "For saved pages, give the folder that they lie in",
        )
    return _subscriptions(body, name=str(path))


def _subscriptions(body: bytes, *, name: str) -> tuple[Source, ...]:
    read = sources.read_subscriptions(body, name=name)
    if isinstance(read, Rejected):
        raise InputError(read.subject, read.detail, "Nothing was added")
    if not read:
        raise InputError(name, "lists no feeds", "Export it again from your feed reader")
    return tuple(read)


# addresses


def _at_address(parts: Parts, address: str) -> tuple[Source, ...]:
    page = parts.fetcher.get(address)
    if sources.is_subscriptions(page.body):
        return _subscriptions(page.body, name=address)
    kind = sources.recognise(address, page)
    if kind is SourceKind.FEED or (kind is SourceKind.LISTING and sources.is_sitemap(page.body)):
        return (_source(kind, address),)
    if feed := _feed_of_site(parts, page, usual_places=isinstance(kind, Rejected)):
        return (_source(SourceKind.FEED, feed),)
    if sitemap := _sitemap_of_site(parts, page, only_news=kind is SourceKind.LISTING):
        return (_source(SourceKind.LISTING, sitemap),)
    if isinstance(kind, Rejected):
        raise InputError(address, kind.detail, "Nothing was added")
    return (_source(kind, address),)


def _feed_of_site(parts: Parts, page: Page, *, usual_places: bool) -> str | None:
    """Return the first address that really gives a feed; guessed places only where a page lists no articles."""
    here = urlsplit(page.address or "").path
    if not usual_places and here.strip("/"):
        return None  # a section page: the feeds it names are mostly those of the whole site
    for address in sources.discover_feeds(page)[:MOST_TRIED]:
        try:
            body = parts.fetcher.get(address)
        except FetchError:  # one that the site names but does not have, or that may not be asked
            continue
        if sources.recognise(address, body) is SourceKind.FEED:
            return address
    return None


def _sitemap_of_site(parts: Parts, page: Page, *, only_news: bool) -> str | None:
    """Return the first sitemap that the site's robots.txt names and that lists articles.

    A front page that lists articles itself is better than a sitemap of everything; one of news is better than both.
    """
    if page.address is None or urlsplit(page.address).path.strip("/"):
        return None
    try:
        named = sources.named_sitemaps(parts.fetcher.get(urljoin(page.address, "/robots.txt")))
    except FetchError:
        return None
    for address in named[:MOST_TRIED]:
        if only_news and "news" not in address.lower():
            continue
        try:
            found = parts.fetcher.get(address)
        except FetchError:
            continue
        if sources.is_sitemap(found.body) and not isinstance(sources.read_sitemap(found, source=""), Rejected):
            return address
    return None


def _source(kind: SourceKind, address: str) -> Source:
    return Source(id=sources.source_id(kind, address), kind=kind, address=address)
