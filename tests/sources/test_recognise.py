"""What an address is, and where its feeds may be."""

from nutgraf.model import Page, Rejected, SourceKind
from nutgraf.sources import discover_feeds, recognise, source_id

ADDRESS = "https://courier.example/"


def page(body: str, content_type: str | None = "text/html") -> Page:
    return Page(address=ADDRESS, body=body.encode(), content_type=content_type)


LINKS = "".join(f"<a href='/2026/03/0{n}/report-number-{n}'>Report number {n}</a>" for n in range(1, 6))


def test_feeds_and_listings_are_told_apart_whatever_their_type_says() -> None:
    assert recognise(ADDRESS, page("<rss version='2.0'><channel><title>x</title></channel></rss>")) is SourceKind.FEED
    assert recognise(ADDRESS, page('{"version": "https://jsonfeed.org/version/1", "items": []}')) is SourceKind.FEED
    assert recognise(ADDRESS, page(f"<html><body>{LINKS}</body></html>", "application/rss+xml")) is SourceKind.LISTING


def test_a_subscription_list_and_a_lone_page_are_rejected_with_a_next_step() -> None:
    result = recognise(ADDRESS, page("<opml version='2.0'><body/></opml>"))
    assert isinstance(result, Rejected)
    assert "Import it" in result.detail
    assert isinstance(recognise(ADDRESS, page("<p>One report.</p>")), Rejected)


def test_the_feeds_that_a_page_names_come_first_and_those_of_comments_last() -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed'>"
        "<LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='atom.xml'>"
        "<link rel='alternate' type='text/html' hreflang='de' href='/de'>"
        "<link rel='alternate' type='application/json' href='/wp-json/posts/1'>"
        "<link rel='alternate' type='application/rss+xml' href='javascript:x'>"
    )
    assert discover_feeds(page(f"<head>{head}</head>")) == (f"{ADDRESS}atom.xml", f"{ADDRESS}comments/feed")


def test_a_page_without_names_for_machines_may_link_to_its_feeds_for_people() -> None:
    body = (
        "<a href='/about'>About our feed of news</a><a href='/index.html'>Home</a><a href='/feeding-birds'>Birds</a>"
        "<a href='/service/rss.xml'>Subscribe</a><a href='/x?id=7'>RSS feed</a><a href='/news.rss#top'>News</a>"
        "<a href='/comments/feed/'>Comments</a><a href='mailto:a@b.example'>Atom</a>"
    )
    assert discover_feeds(page(body)) == tuple(
        f"{ADDRESS}{path}" for path in ("service/rss.xml", "x?id=7", "news.rss", "comments/feed/")
    )


def test_where_a_page_names_none_the_usual_places_are_offered() -> None:
    found = discover_feeds(page("<p>x</p>"))
    assert found[:2] == (f"{ADDRESS}feed", f"{ADDRESS}rss")
    assert discover_feeds(Page(address=None, body=b"")) == ()


def test_a_source_keeps_its_id_over_scheme_and_case_of_its_host() -> None:
    same = {
        source_id(SourceKind.FEED, address)
        for address in ("https://Courier.example/Feed", "http://courier.example/Feed")
    }
    assert len(same) == 1
    assert source_id(SourceKind.FEED, ADDRESS) != source_id(SourceKind.LISTING, ADDRESS)
    assert source_id(SourceKind.FEED, f"{ADDRESS}A") != source_id(SourceKind.FEED, f"{ADDRESS}a")
