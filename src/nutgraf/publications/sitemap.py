"""Sitemaps (sitemaps.org 0.9): an index, pages of addresses, and the news of the last two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from lxml import etree

from nutgraf.model import Brief, instant
from nutgraf.publications.layout import lay_out, one_line

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_AGE = timedelta(days=2)
MOST_NEWS = 1000
A_PAGE = 10_000
"""Numbers of briefs that one page of addresses covers; a page may hold 50,000 addresses at the most."""


def sitemap_index(addresses: Sequence[str]) -> bytes:
    """Return the list of sitemaps."""
    root = _root("sitemapindex")
    for address in addresses:
        _add(_add(root, "sitemap"), "loc", address)
    return _written(root)


def sitemap_page(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Return a page of addresses, each with when it last changed, where that is known."""
    root = _root("urlset")
    for address, changed in pages:
        url = _add(root, "url")
        _add(url, "loc", address)
        if changed is not None:
            _add(url, "lastmod", _stamp(changed))
    return _written(root)


def news_sitemap(briefs: Iterable[tuple[str, Brief]], *, title: str, now: datetime) -> bytes:
    """Return the briefs of the last two days, each with its address; those without language or time are left out."""
    root = _root("urlset", news=NEWS)
    recent = (one for one in briefs if _is_recent(one[1], now))
    for address, brief in list(recent)[:MOST_NEWS]:
        shown = lay_out(brief)
        if shown.language is None or brief.updated is None:
            continue
        url = _add(root, "url")
        _add(url, "loc", address)
        news = etree.SubElement(url, f"{{{NEWS}}}news")
        publication = etree.SubElement(news, f"{{{NEWS}}}publication")
        etree.SubElement(publication, f"{{{NEWS}}}name").text = one_line(title) or "Briefs"
        etree.SubElement(publication, f"{{{NEWS}}}language").text = shown.language.partition("-")[0].lower()
        etree.SubElement(news, f"{{{NEWS}}}publication_date").text = _stamp(min(instant(brief.updated), now))
        etree.SubElement(news, f"{{{NEWS}}}title").text = shown.headline.text
    return _written(root)


def _is_recent(brief: Brief, now: datetime) -> bool:
    return brief.updated is not None and now - NEWS_AGE <= instant(brief.updated)


def _root(name: str, **more: str) -> etree._Element:
    return etree.Element(f"{{{SITEMAP}}}{name}", nsmap={None: SITEMAP, **more})  # type: ignore[dict-item]  # lxml's own way


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{SITEMAP}}}{name}")
    child.text = text
    return child


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
