"""The Atom feed."""

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from nutgraf.publications import as_feed
from nutgraf.publications.feed import ATOM
from nutgraf.publications.layout import one_line
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY, EDITION

ADDRESS = "https://briefs.example"
NOW = datetime(2026, 3, 5, tzinfo=UTC)


def parse(body: bytes) -> etree._Element:
    return etree.fromstring(body)


def text_of(parent: etree._Element, name: str) -> str:
    return parent.findtext(f"{{{ATOM}}}{name}") or ""


def test_a_feed_has_all_that_atom_demands() -> None:
    feed = parse(as_feed(EDITION.briefs, title="The brief", address=ADDRESS, now=NOW))
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert len(entries) == len(EDITION.briefs)
    for element in (feed, *entries):
        assert text_of(element, "id").startswith("tag:briefs.example,")
        assert text_of(element, "title")
        assert datetime.fromisoformat(text_of(element, "updated")) <= NOW
        links = element.findall(f"{{{ATOM}}}link[@rel='alternate']")
        assert [link.get("href", "").startswith(ADDRESS) for link in links] == [True]
    assert feed.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    assert feed.find(f"{{{ATOM}}}link[@rel='self']").get("href") == f"{ADDRESS}/feed.xml"  # type: ignore[union-attr]  # there is one


def test_an_entry_keeps_its_id_when_the_brief_is_revised() -> None:
    revised = replace(CAUSEWAY, headline=EDITION.briefs[1].headline, updated=NOW)
    ids = [
        text_of(parse(as_feed([brief], title="x", address=ADDRESS)).find(f"{{{ATOM}}}entry"), "id")  # type: ignore[arg-type]  # there is one
        for brief in (CAUSEWAY, revised)
    ]
    assert ids[0] == ids[1]


def test_no_date_lies_in_the_future() -> None:
    late = replace(CAUSEWAY, updated=datetime(2031, 1, 1, tzinfo=UTC))
    assert b"2031" not in as_feed([late], title="x", address=ADDRESS, now=NOW)


def test_a_feed_without_entries_is_valid_too() -> None:
    body = as_feed([], title="x", address=ADDRESS)
    assert text_of(parse(body), "updated") == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_any_text_comes_out_as_it_went_in(payload: str) -> None:
    body = as_feed([hostile_brief(payload)], title=payload, address=ADDRESS)
    feed = parse(body)
    entry = feed.find(f"{{{ATOM}}}entry")
    assert entry is not None
    assert text_of(entry, "title") == one_line(payload)
    assert text_of(feed, "title") == one_line(payload)
    category = entry.find(f"{{{ATOM}}}category")
    assert category is not None
    assert category.get("term") == one_line(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_reader_finds_the_feed_well_formed(payload: str) -> None:
    parsed = feedparser.parse(as_feed([hostile_brief(payload)], title=payload, address=ADDRESS))
    assert not parsed.bozo


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_content_of_an_entry_holds_no_live_markup(payload: str) -> None:
    entry = parse(as_feed([hostile_brief(payload)], title="x", address=ADDRESS)).find(f"{{{ATOM}}}entry")
    assert entry is not None
    content = etree.fromstring(f"<div>{text_of(entry, 'content')}</div>", etree.HTMLParser())
    tags = {element.tag for element in content.iter() if isinstance(element.tag, str)}
    assert tags <= {"html", "body", "div", "p", "ul", "li", "b", "small", "a", "bdi"}
    assert not [name for element in content.iter() for name in element.attrib if str(name).startswith("on")]
