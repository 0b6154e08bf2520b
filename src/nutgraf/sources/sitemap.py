"""Sitemaps: the addresses that an outlet lists for machines, with titles and times where it lists its news."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from nutgraf.model import Item, Page, Reason, Rejected, instant
from nutgraf.sources.keys import Identity, keys_for
from nutgraf.sources.listing import is_article_link
from nutgraf.sources.repair import decode, repair
from nutgraf.sources.saved import GZIP, LARGEST, unpack
from nutgraf.sources.when import read_date
from nutgraf.sources.words import from_text

MOST = 500  # items taken of a sitemap, the newest first; a news sitemap holds the last two days
MOST_NESTED = 3  # sitemaps asked of an index
ROOT = re.compile(r"<(?:[\w.-]+:)?(urlset|sitemapindex)\b", re.I)
SITEMAP_LINE = re.compile(rb"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
NEWS = re.compile(r"news|latest|recent", re.I)
NO_NEWS = re.compile(r"image|video|author|tag|categor|topic|section|page[-_]sitemap|static", re.I)


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str
    title: str
    published: str
    changed: str
    outlet: str


def is_sitemap(body: bytes) -> bool:
    """Tell whether bytes are a sitemap or an index of sitemaps, gzipped or not."""
    return ROOT.search(_text(body[:4000])[:2000]) is not None


def read_sitemap(page: Page, *, source: str) -> tuple[Item, ...] | Rejected:
    """Return the articles that a sitemap lists, the newest first; those of an index are none. Never raises."""
    subject = page.address or source
    entries = [one for one in _entries(page, "url") if one.title or _is_article(one, subject)]
    entries.sort(key=lambda one: _when(one), reverse=True)
    entries = entries[:MOST]
    keys = keys_for([Identity("", one.address, "", "") for one in entries], base=subject)
    items: dict[str, Item] = {}
    for key, one in zip(keys, entries, strict=True):
        items.setdefault(key, _item(one, key, source))
    if not items and not nested_sitemaps(page):
        detail = "is a sitemap that lists no articles. Give the address of the outlet's news sitemap, or of a feed"
        return Rejected(subject=subject, reason=Reason.NO_ARTICLE, detail=detail)
    return tuple(items.values())


def nested_sitemaps(page: Page) -> tuple[str, ...]:
    """Return the sitemaps of an index that are worth asking: those of news, or else the last changed."""
    if not is_sitemap(page.body):
        return ()
    entries = _entries(page, "sitemap")
    entries = [one for one in entries if not NO_NEWS.search(urlsplit(one.address).path)] or entries
    entries.sort(key=lambda one: (bool(NEWS.search(urlsplit(one.address).path)), _when(one)), reverse=True)
    return tuple(dict.fromkeys(one.address for one in entries))[:MOST_NESTED]


def named_sitemaps(robots: Page) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, those of news first."""
    lines = (found.decode("ascii", errors="ignore") for found in SITEMAP_LINE.findall(robots.body))
    found = dict.fromkeys(address for line in lines if (address := _address(line, robots.address or "")))
    return tuple(sorted(found, key=lambda address: not NEWS.search(address)))


def _entries(page: Page, name: str) -> list[_Entry]:
    root = _parse(_text(page.body))
    found = []
    for entry in root.iter(etree.Element) if root is not None else ():
        if _local(str(entry.tag)) != name:
            continue
        told: dict[str, str] = {}
        for part in entry.iter(etree.Element):
            told.setdefault(_local(str(part.tag)).lower(), (part.text or "").strip())
        if address := _address(told.get("loc", ""), page.address or ""):
            published, changed = told.get("publication_date", ""), told.get("lastmod", "")
            title, outlet = from_text(told.get("title", "")), from_text(told.get("name", ""))
            found.append(_Entry(address, title, published, changed, outlet))
    return found


def _local(tag: str) -> str:
    """Return an element's name without its prefix, declared or not."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _item(one: _Entry, key: str, source: str) -> Item:
    return Item(
        source=source,
        key=key,
        address=one.address,
        title=one.title or None,
        published=read_date(one.published),
        updated=read_date(one.changed),
        outlet=one.outlet or None,
    )


def _is_article(one: _Entry, subject: str) -> bool:
    return is_article_link(one.address, "", subject)


def _when(one: _Entry) -> str:
    """Return what entries are ordered by: a moment in UTC, nothing for those without one."""
    when = read_date(one.published) or read_date(one.changed)
    try:
        return instant(when).isoformat() if when else ""
    except OverflowError:
        return ""


def _address(text: str, base: str) -> str | None:
    try:
        address = urljoin(base, text)
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _parse(text: str) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, no_network=True, resolve_entities=False)
    try:
        return etree.fromstring(repair(text).encode(errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _text(body: bytes) -> str:
    if body.startswith(GZIP):
        body = unpack(body, LARGEST, to_the_end=False) or b""
    return decode(body)
