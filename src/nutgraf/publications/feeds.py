"""Briefs as RSS 2.0 and as JSON Feed 1.1, with the ids, the texts and the order that the Atom feed has."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from lxml import etree

from nutgraf.model import Brief
from nutgraf.publications.feed import ATOM, _tag, _updated
from nutgraf.publications.layout import lay_out, one_line
from nutgraf.publications.page import brief_fragment
from nutgraf.publications.tongue import tongue_for

ABOUT = "One short brief of each story, every line led back to its source."


def as_rss(briefs: Sequence[Brief], *, title: str, address: str, path: str, now: datetime, about: str = ABOUT) -> bytes:
    """Return the RSS feed of ``briefs`` at ``address`` + ``path``; no date in it is after ``now``."""
    address = address.rstrip("/")
    rss = etree.Element("rss", version="2.0", nsmap={"atom": ATOM})
    channel = etree.SubElement(rss, "channel")
    _add(channel, "title", one_line(title) or "Briefs")
    _add(channel, "link", f"{address}/")
    _add(channel, "description", about)
    own = {"rel": "self", "type": "application/rss+xml", "href": f"{address}{path}"}
    etree.SubElement(channel, f"{{{ATOM}}}link", own)
    _add(channel, "generator", "nutgraf")
    dates = [_updated(brief, now) for brief in briefs]
    if dates:
        _add(channel, "lastBuildDate", format_datetime(max(dates)))
    for brief, when in zip(briefs, dates, strict=True):
        shown = lay_out(brief, tongue=tongue_for(brief.language))
        item = etree.SubElement(channel, "item")
        _add(item, "title", shown.headline.text)
        _add(item, "link", _page(address, brief))
        _add(item, "description", brief_fragment(shown))
        for topic in shown.topics:
            _add(item, "category", topic)
        _add(item, "guid", _id(address, brief)).set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(when))
    return etree.tostring(rss, xml_declaration=True, encoding="utf-8", pretty_print=True)


def as_json_feed(
    briefs: Sequence[Brief], *, title: str, address: str, path: str, now: datetime, about: str = ABOUT
) -> str:
    """Return the JSON Feed of ``briefs`` at ``address`` + ``path``; no date in it is after ``now``."""
    address = address.rstrip("/")
    record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(title) or "Briefs",
        "description": about,
        "home_page_url": f"{address}/",
        "feed_url": f"{address}{path}",
        "items": [_item(brief, address, now) for brief in briefs],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return re.sub("[\ud800-\udfff]", "\ufffd", text) + "\n"  # half a character cannot be encoded


def _item(brief: Brief, address: str, now: datetime) -> dict[str, Any]:
    shown = lay_out(brief, tongue=tongue_for(brief.language))
    item: dict[str, Any] = {
        "id": _id(address, brief),
        "url": _page(address, brief),
        "title": shown.headline.text,
        "summary": shown.dek.text if shown.dek else shown.lede.text,
        "content_html": brief_fragment(shown),
        "date_modified": _updated(brief, now).isoformat(timespec="seconds"),
        "tags": list(shown.topics),
    }
    return {**item, "language": shown.language} if shown.language else item


def _id(address: str, brief: Brief) -> str:
    return f"{_tag(address)}story/{quote(brief.id, safe='', errors='replace')}"


def _page(address: str, brief: Brief) -> str:
    return f"{address}/story/{quote(brief.id, safe='', errors='replace')}/"


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, name)
    child.text = text
    return child
