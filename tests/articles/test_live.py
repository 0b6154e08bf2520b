"""Live blogs: entries kept apart, each with its own time."""
# ruff: noqa: E501 - sentences of pages stay whole

import json

from nutgraf.model import Article, ArticleKind
from tests.articles.pages import page, read

OPENING = (
    "Snow has closed both passes above Eastmere since the early morning, and the valley can be reached by rail alone."
)
POSTS = (
    (
        "2026-03-03T10:00:00+01:00",
        "Ploughs at work",
        "Six ploughs are on the northern road, the county said, and a seventh is to come from the airport by noon.",
    ),
    (
        "2026-03-03T09:15:00+01:00",
        "Schools shut",
        "All schools of the upper valley stay shut for the day, and the exams that were set for the morning are put off.",
    ),
    (
        "2026-03-03T08:05:00+01:00",
        "First train runs",
        "The first train left Eastmere four minutes late with two hundred people on board, the railway told passengers.",
    ),
)


def shown(posts: tuple[tuple[str, str, str], ...] = POSTS, opening: str = f"<p>{OPENING}</p>") -> str:
    parts = "".join(
        f'<div class="post"><time datetime="{when}">{when[11:16]}</time><h2>{headline}</h2><p>{text}</p></div>'
        for when, headline, text in posts
    )
    return f"<article><h1>Snow in the valley: live</h1>{opening}{parts}</article>"


def told(updates: object) -> str:
    node = {"@type": "LiveBlogPosting", "headline": "Snow in the valley: live", "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def updates() -> list[object]:
    return [
        {"@type": "BlogPosting", "headline": headline, "datePublished": when, "articleBody": text}
        for when, headline, text in POSTS
    ]


def entries_of(article: Article) -> list[tuple[str, str]]:
    """Return the time and the first line of each entry."""
    return [
        (str(one.when.isoformat() if one.when else None), article.text[one.start :].split("\n\n")[0])
        for one in article.entries
    ]


WANTED = [(when, headline) for when, headline, _ in POSTS]


def test_entries_of_linked_data_keep_their_times_in_the_order_of_the_page() -> None:
    article = read(page(shown(opening=""), head=told(updates())))
    assert article.kind is ArticleKind.LIVE
    assert entries_of(article) == WANTED


def test_entries_that_only_the_page_shows_keep_their_times() -> None:
    article = read(page(shown(), head=told(None)))
    assert [one.when.isoformat() for one in article.entries if one.when] == [when for when, _, _ in POSTS]
    assert OPENING in article.text


def test_an_entry_that_is_null_or_has_no_text_costs_no_other() -> None:
    article = read(page(shown(opening=""), head=told([None, "x", {"@type": "BlogPosting"}, *updates()])))
    assert entries_of(article) == WANTED


def test_an_entry_without_a_time_has_none_instead_of_its_neighbours() -> None:
    given = updates()
    del given[1]["datePublished"]
    article = read(page(shown(opening=""), head=told(given)))
    assert [one.when is None for one in article.entries] == [False, True, False]


def test_every_entrys_text_stands_behind_its_start() -> None:
    article = read(page(shown(), head=told(updates())))
    ends = [one.start for one in article.entries[1:]] + [len(article.text)]
    for one, end, (_, _, text) in zip(article.entries, ends, POSTS, strict=True):
        assert text in article.text[one.start : end]


def test_markup_in_an_entry_told_becomes_paragraphs_without_tags() -> None:
    given = updates()
    given[0]["articleBody"] = f"<p>{POSTS[0][2]}</p><p>More are &amp; were to come <b>by noon</b>.</p>"
    text = read(page(shown(opening=""), head=told(given))).text
    assert f"{POSTS[0][2]}\n\nMore are & were to come by noon." in text


def test_a_single_entry_makes_no_list_of_entries() -> None:
    article = read(page(shown(POSTS[:1]), head=told(updates()[:1])))
    assert article.kind is ArticleKind.LIVE
    assert article.entries == ()
    assert POSTS[0][2] in article.text
