"""Feeds that are nearly XML are read as what they were meant to be, and nothing of them unfolds or is lost."""

import time

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model import Item, Rejected
from nutgraf.sources import Feed, read_feed
from nutgraf.sources.mending import mend

ADDRESS = "https://courier.example/news/feed.xml"


def items(body: str) -> list[Item]:
    feed = read_feed(body.encode(), address=ADDRESS, source="s")
    assert isinstance(feed, Feed), feed
    return list(feed.items)


def rss(inside: str, *, doctype: str = "", root: str = "<rss version='2.0'>") -> str:
    return f"<?xml version='1.0'?>{doctype}{root}<channel><title>Hill Courier</title>{inside}</channel></rss>"


# ids and links are what stands there


def test_a_bare_word_is_an_id_and_no_link() -> None:
    for tag, body in (
        ("guid", rss("<item><title>Mill</title><guid>abc123</guid></item>")),
        ("id", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>abc123</id><title>Mill</title></entry></feed>"),
    ):
        (item,) = items(body)
        assert item.address is None, tag
        moved = read_feed(body.encode(), address="https://elsewhere.example/rss", source="s")
        assert isinstance(moved, Feed)
        assert moved.items[0].key == item.key, tag


def test_an_id_that_is_an_address_still_leads_there() -> None:
    for guid in ("https://courier.example/mill", "/mill"):
        (item,) = items(rss(f"<item><title>Mill</title><guid>{guid}</guid></item>"))
        assert item.address == "https://courier.example/mill"


def test_an_id_with_markup_in_it_is_an_id() -> None:
    first, second = items(rss("<item><guid><b>m1</b></guid></item><item><guid><b>m2</b></guid></item>"))
    assert first.key != second.key


def test_an_address_between_the_tags_of_a_link_goes_before_its_attributes() -> None:
    link = "<link uri='at://did:plc:x/app.feed.post/1'>https://courier.example/mill</link>"
    (item,) = items(rss(f"<item><title>Mill</title>{link}</item>"))
    assert item.address == "https://courier.example/mill"


# prefixes


def test_prefixes_that_are_declared_nowhere_are_known_by_custom() -> None:
    entry = (
        "<item><title>Mill</title><dc:creator>Jo Lind</dc:creator><dc:date>2026-03-03T08:00:00Z</dc:date>"
        "<content:encoded>The mill is shut.</content:encoded><odd:thing odd:more='1'>x</odd:thing></item>"
    )
    feed = read_feed(
        rss(f"<atom:link rel='alternate' href='https://courier.example/'/>{entry}").encode(),
        address=ADDRESS,
        source="s",
    )
    assert isinstance(feed, Feed)
    (item,) = feed.items
    assert (feed.home, item.authors, item.summary) == ("https://courier.example/", ("Jo Lind",), "The mill is shut.")
    assert item.published is not None or item.updated is not None


# what is not closed


@pytest.mark.parametrize(
    "end",
    [
        "</item></channel></rss",
        "</item>",
        "",
        "<description>More",
        "<guid",
        "<![CDATA[",
        "<![CD",
        "<link href='x",
        "</",
    ],
)
def test_a_feed_that_ends_too_early_keeps_what_came_before(end: str) -> None:
    (item,) = items(f"<rss><channel><item><title>Mill &amp; well</title><link>{ADDRESS}?a=1&amp;b=2</link>{end}")
    assert (item.title, item.address) == ("Mill & well", f"{ADDRESS}?a=1&b=2")


def test_an_element_that_another_ones_tag_closes_keeps_its_words() -> None:
    entry = "<entry><id>1</id><title type='xhtml'><div>Mill <b>shut</b></div></subtitle></entry>"
    (item,) = items(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    assert item.title == "Mill shut"


def test_no_entry_is_lost_where_one_of_them_is_broken() -> None:
    listed = "".join(
        f"<item><title>Report {n}</title><guid>r{n}</guid>{'</b></i><br' if n == 2 else ''}</item>" for n in range(5)
    )
    assert [item.title for item in items(rss(listed))] == [f"Report {n}" for n in range(5)]


# what a document type declares


def test_short_words_that_a_document_type_declares_are_put_in_place() -> None:
    doctype = "<!DOCTYPE rss [<!ENTITY paper 'Hill&#32;Courier'><!ENTITY outer '&paper; and &paper;'>]>"
    (item,) = items(rss("<item><title>By &paper; not &outer;</title></item>", doctype=doctype))
    assert item.title == "By Hill Courier not &outer;"


def test_what_is_declared_never_fills_the_memory() -> None:
    doctype = f"<!DOCTYPE rss [<!ENTITY a '{'x' * 200}'>]>"
    body = rss(f"<item><title>Mill</title><description>{'&a;' * 200_000}</description></item>", doctype=doctype)
    start = time.process_time()
    (item,) = items(body)
    assert item.title == "Mill"
    assert time.process_time() - start < 5


# CDF, of which some are left


def test_a_channel_of_old_is_a_feed() -> None:
    old = (
        "<CHANNEL HREF='https://courier.example/'><TITLE>Hill Courier</TITLE>"
        "<ITEM HREF='https://courier.example/mill' LASTMOD='2026-03-03T08:00:00Z'><TITLE>Mill</TITLE></ITEM></CHANNEL>"
    )
    feed = read_feed(old.encode(), address=ADDRESS, source="s")
    assert isinstance(feed, Feed)
    assert (feed.title, feed.items[0].address) == ("Hill Courier", "https://courier.example/mill")


# readers that fail


def test_an_extension_that_the_reader_stumbles_over_costs_no_entry() -> None:
    chapters = (
        "<psc:chapters xmlns:psc='http://podlove.org/simple-chapters'><psc:chapter title='no start'/></psc:chapters>"
    )
    (item,) = items(rss(f"<item><title>Mill</title>{chapters}<guid>m1</guid></item>"))
    assert item.title == "Mill"


def test_a_feed_that_no_reader_takes_is_rejected_and_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **more: object) -> None:
        raise TypeError("expected string")

    monkeypatch.setattr(feedparser, "parse", fail)
    result = read_feed(rss("<item/>").encode(), address=ADDRESS, source="s")
    assert isinstance(result, Rejected)
    assert "Tell the outlet" in result.detail


pieces = st.sampled_from(
    [
        "<a>",
        "</a>",
        "<b:c d:e='1'>",
        "<guid>",
        "</guid>",
        "<link x='1'>",
        "https://x.example",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
    ]
    + ["&amp;", "<item>", "</item>", "xmlns:b='u'", "<id", "<!--", "-->", "<?x", "?>", "'", '"', "ü", "\ufffd"]
)


@given(st.lists(pieces | st.text(max_size=3), max_size=25))
def test_mending_takes_any_text(parts: list[str]) -> None:
    assert isinstance(mend("".join(parts)), str)


def test_what_is_well_formed_stays_as_it_is() -> None:
    text = "<rss><channel><item><guid isPermaLink='false'>m1</guid><title>Mill</title></item></channel></rss>"
    assert mend(text) == text
