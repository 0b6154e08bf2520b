"""RSS and JSON Feed, beside the Atom feed of the same briefs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from nutgraf.publications import as_feed
from nutgraf.publications.feeds import as_json_feed, as_rss
from nutgraf.publications.layout import one_line
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY, EDITION

NOW = datetime(2026, 3, 5, tzinfo=UTC)
MORE = {"address": "https://briefs.example", "path": "/feed.x", "now": NOW}


def test_all_three_feeds_have_the_same_entries_in_the_same_order() -> None:
    atom = feedparser.parse(as_feed(EDITION.briefs, title="x", address="https://briefs.example"))
    rss = feedparser.parse(as_rss(EDITION.briefs, title="x", **MORE))
    items = json.loads(as_json_feed(EDITION.briefs, title="x", **MORE))["items"]
    assert not rss.bozo
    assert [e.id for e in atom.entries] == [e.id for e in rss.entries] == [item["id"] for item in items]
    assert [e.link for e in atom.entries] == [e.link for e in rss.entries] == [item["url"] for item in items]
    assert [e.title for e in rss.entries] == [item["title"] for item in items]


@pytest.mark.parametrize("text", PAYLOADS)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    brief = hostile_brief(text)
    rss = as_rss([brief], title=text, **MORE)
    assert not feedparser.parse(rss).bozo
    root = etree.fromstring(rss)
    (item,) = json.loads(as_json_feed([brief], title=text, **MORE).encode())["items"]
    assert root.findtext("channel/item/title") == item["title"] == one_line(text)
    assert root.findtext("channel/item/description") == item["content_html"]
    assert "<script" not in item["content_html"]


def test_no_date_lies_in_the_future_and_each_has_a_zone() -> None:
    late = replace(CAUSEWAY, updated=datetime(2031, 1, 1, tzinfo=UTC))
    assert b"2031" not in as_rss([late], title="x", **MORE)
    (item,) = json.loads(as_json_feed([late], title="x", **MORE))["items"]
    assert datetime.fromisoformat(item["date_modified"]) == NOW


def test_a_feed_without_entries_is_valid_too() -> None:
    assert not feedparser.parse(as_rss([], title="", **MORE)).bozo
    assert json.loads(as_json_feed([], title="", **MORE))["items"] == []
