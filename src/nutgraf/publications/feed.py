"""Briefs as an Atom feed (RFC 4287). Any text comes out of a reader as it went in, less what XML cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from lxml import etree

from nutgraf.model import Brief, instant
from nutgraf.publications.layout import Layout, lay_out, one_line
from nutgraf.publications.page import brief_fragment
from nutgraf.publications.tongue import tongue_for

ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
# A tag: URI (RFC 4151) names its owner by a host and a day on which the host was theirs; the day must never change.
_TAG_DAY = "2026"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def as_feed(
    briefs: Sequence[Brief],
    *,
    title: str,
    address: str,
    path: str = "/feed.xml",
    now: datetime | None = None,
) -> bytes:
    """Return the Atom feed of ``briefs`` at ``address`` + ``path``; no date in it is after ``now``, where given.

    An entry's id is made of the site's host and the story's name, so it stays through every revision.
    """
    address = address.rstrip("/")
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml's own way to name the default
    updated = [_updated(brief, now) for brief in briefs]
    _add(feed, "id", f"{_tag(address)}feed{path}")
    _add(feed, "title", one_line(title) or "Briefs")
    _add(feed, "updated", _stamp(max(updated, default=_NEVER)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{address}{path}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{address}/")
    _add(_add(feed, "author"), "name", one_line(title) or "Briefs")
    _add(feed, "generator", "nutgraf")
    for brief, when in zip(briefs, updated, strict=True):
        _entry(feed, lay_out(brief, tongue=tongue_for(brief.language)), when, address)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(feed: etree._Element, brief: Layout, updated: datetime, address: str) -> None:
    entry = _add(feed, "entry")
    if brief.language:
        entry.set(f"{{{_XML}}}lang", brief.language)
    _add(entry, "id", f"{_tag(address)}story/{quote(brief.id, safe='', errors='replace')}")
    _add(entry, "title", brief.headline.text)
    _add(entry, "updated", _stamp(updated))
    link = f"{address}/story/{quote(brief.id, safe='', errors='replace')}/"
    _add(entry, "link", rel="alternate", type="text/html", href=link)
    for topic in brief.topics:
        _add(entry, "category", term=topic)
    _add(entry, "summary", brief.dek.text if brief.dek else brief.lede.text)
    _add(entry, "content", brief_fragment(brief), type="html")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _updated(brief: Brief, now: datetime | None) -> datetime:
    dates = [brief.updated] if brief.updated else [article.published for article in brief.articles]
    when = max((instant(day) for day in dates if day), default=_NEVER)
    return min(when, instant(now)) if now else when


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tag(address: str) -> str:
    """Return what every name of ours begins with; two sites under one host have different ones."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    return f"tag:{parts.hostname or 'localhost'},{_TAG_DAY}:{f'{path}/' if path else ''}"
