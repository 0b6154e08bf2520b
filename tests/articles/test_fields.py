"""The fields of an article, in the order of trust."""
# ruff: noqa: E501 - sentences of pages stay whole

from datetime import date, datetime

import pytest

from nutgraf.articles.bylines import names_in
from nutgraf.articles.times import day_in_address, read_time, shown_time
from nutgraf.model import ArticleKind
from tests.articles.pages import BODY, PARAGRAPHS, page, read, story


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_headline_is_neither_the_sites_name_nor_carries_it() -> None:
    body = f"<header><h1>Eastmere Post</h1></header><h1></h1><article><h2>Depot to close: what riders need</h2>{BODY}</article>"
    head = '<meta property="og:site_name" content="Eastmere Post"><meta property="og:title" content="Depot to close: what riders need - Eastmere Post">'
    assert read(page(body, head=head)).title == "Depot to close: what riders need"


def test_a_title_loses_the_site_and_the_author_behind_it_and_keeps_its_colon() -> None:
    body = f"<header><h1><a href='/'>Eastmere Post</a></h1></header><h1></h1><article>{BODY}</article>"
    head = '<meta property="og:site_name" content="Eastmere Post">'
    title = "Depot to close: what riders need | Eastmere Post | by Ida Brandt"
    assert read(page(body, head=head, title=title)).title == "Depot to close: what riders need"


def test_names_of_other_stories_and_of_readers_are_no_authors() -> None:
    beside = '<div class="trending"><p class="byline">Omar Lind</p></div><section id="comments"><p class="author">Zoe Marsh</p></section>'
    body = f'<article><h1>Tram depot to close</h1><p class="byline">By <a rel="author">Ida Brandt</a></p>{BODY}</article>{beside}'
    assert read(page(body)).authors == ("Ida Brandt",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By ABBY TORBY, Toby Bysted and ROBERT BYRD", ["Abby Torby", "Toby Bysted", "Robert Byrd"]),
        ("By Ida Brandt, Staff Writer", ["Ida Brandt"]),
        ("Von Jörg Vogt und Dilek Aydın", ["Jörg Vogt", "Dilek Aydın"]),
        ("Par Anaïs Le Goff", ["Anaïs Le Goff"]),
        ("Words: Aron Bunt", ["Aron Bunt"]),
        ("Eastmere Post Staff", []),
        ("Reuters", []),
        ("Ida Brandt (ida@eastmere.example)", ["Ida Brandt"]),
        ("Luigi Di Maio", ["Luigi Di Maio"]),
    ],
)
def test_a_byline_gives_people_alone(byline: str, names: list[str]) -> None:
    assert names_in(byline, outlet="Eastmere Post") == names


def test_a_system_in_linked_data_gives_way_to_the_person_shown() -> None:
    head = ld(
        '{"@type":"NewsArticle","author":{"@type":"Person","name":"Import feed"},"publisher":{"@type":"Organization","name":"Eastmere Post"}}'
    )
    article = read(story(before='<p class="byline">Words: Aron Bunt</p>', head=head))
    assert article.authors == ("Aron Bunt",)
    assert article.outlet == "Eastmere Post"


def test_linked_data_is_read_in_any_shape() -> None:
    head = (
        ld(
            '[null,{"@graph":[null,{"@type":["NewsArticle"],"headline":"Tram depot to close",'
            '"author":{"givenName":"Ida","familyName":"Brandt"},"datePublished":["2026-03-03"],"image":null}]}]'
        )
        + ld('{"@type":"NewsArticle", broken')
        + ld("")
    )
    article = read(story(head=head))
    assert article.authors == ("Ida Brandt",)
    assert article.published == date(2026, 3, 3)


def test_published_and_modified_keep_their_zones_and_apart() -> None:
    head = ld(
        '{"@type":"NewsArticle","datePublished":"2026-03-03T01:57:00+01:00","dateModified":"2026-03-03T19:20:45+01:00"}'
    )
    article = read(
        story(before='<time itemprop="dateModified" datetime="2026-03-03T19:20:45+01:00">03/03/2026</time>', head=head)
    )
    assert article.published == datetime.fromisoformat("2026-03-03T01:57:00+01:00")
    assert article.modified == datetime.fromisoformat("2026-03-03T19:20:45+01:00")


def test_times_that_are_shown_over_the_text_are_no_text() -> None:
    shown = '<time datetime="2026-03-03T00:57:00Z">Published 3 March, 1:57</time><p class="stamp">Updated: 3 March 2026, 19:20</p>'
    article = read(story(before=shown))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.published == datetime.fromisoformat("2026-03-03T00:57:00+00:00")


def test_what_the_page_declares_beats_its_address() -> None:
    article = read(story(head='<meta name="dc.date" content="2023-01-02">'), "https://eastmere.example/2023/12/depot")
    assert article.published == date(2023, 1, 2)


def test_a_year_and_month_in_an_address_give_no_day() -> None:
    assert day_in_address("https://eastmere.example/a/2023/12") is None
    assert day_in_address("https://eastmere.example/2018/05/18/depot.html") == date(2018, 5, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Posted Oct 16, 2024 9:11 AM CDT", "2024-10-16T09:11:00-05:00"),
        ("Stand: 3. März 2026, 14:05 Uhr", "2026-03-03T14:05:00"),
        ("Publié le 12 août 2023 à 07h30", "2023-08-12T07:30:00"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("опубликовано 5 июня 2024", "2024-06-05"),
    ],
)
def test_a_shown_time_is_read(text: str, expected: str) -> None:
    when = shown_time(text)
    assert when is not None
    assert when.isoformat() == expected


def test_a_day_that_can_be_read_two_ways_is_not_read() -> None:
    assert shown_time("05/03/2024") is None


def test_a_placeholder_is_no_time() -> None:
    assert read_time("0001-01-01T00:00:00Z") is None


def test_a_live_blog_without_entries_is_read() -> None:
    head = ld('{"@type":"LiveBlogPosting","headline":"Storm live","coverageStartTime":"2026-03-03T08:00:00Z"}')
    assert read(story(head=head)).kind is ArticleKind.LIVE


def test_a_link_to_more_stories_names_the_topic() -> None:
    assert read(story(after='<p><a href="/t">More Eastmere stories »</a></p>')).topics == ("Eastmere",)


def test_the_same_page_has_the_same_id_anywhere() -> None:
    head = '<link rel="canonical" href="https://eastmere.example/news/depot">'
    assert read(story(head=head)).id == read(story(head=head), "https://mirror.example/depot").id


@pytest.mark.parametrize("mark", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="{}">'])
def test_a_front_page_is_no_articles_address(mark: str) -> None:
    for front in ("https://eastmere.example", "https://eastmere.example/", "/"):
        assert read(story(head=mark.format(front))).canonical is None
