"""What grouping answers where articles lack something, are many at once, or are not one report."""

from datetime import date
from typing import Any

import pytest

from nutgraf.model import Article, ArticleKind
from nutgraf.stories import Grouping, group
from nutgraf.stories.terms import telling_title

DAY = date(2026, 3, 3)
FERRY = (
    "A passenger ferry capsized off the port of Karsa early on Tuesday, and at least 40 people are missing, the coast "
    "guard said. The Linda Rose had left Karsa for Ostwell with 112 people aboard."
)
SHIP = (
    "Rescuers were looking for dozens of people on Tuesday after the Linda Rose, a ferry with 112 aboard, went down "
    "between Karsa and Ostwell. The coast guard pulled 70 survivors from the bay."
)
RATE = (
    "The Norland central bank raised its key interest rate by a quarter point to 4.25% on Thursday. Governor Ilse "
    "Brandt said inflation remained too high."
)
BRANDT = (
    "Governor Ilse Brandt surprised economists on Thursday when the Norland central bank lifted interest rates to "
    "4.25%, a quarter point more."
)


def stories(*articles: Article) -> set[str]:
    found: dict[str, str] = {}
    for placement in group(articles):
        found[placement.story] = found.get(placement.story, "") + placement.article
    return set(found.values())


def article(key: str, text: str, title: str = "", **fields: Any) -> Article:
    return Article(id=key, title=title, text=text, **{"published": DAY, **fields})


def test_an_article_without_a_date_counts_as_of_the_latest_day() -> None:
    assert stories(article("a", FERRY), article("b", SHIP, published=None)) == {"ab"}


def test_an_article_without_a_headline_is_told_by_its_text() -> None:
    assert stories(article("a", FERRY), article("b", SHIP), article("c", RATE)) == {"ab", "c"}


@pytest.mark.parametrize("text", ["", " \n", "—", "…"])
def test_articles_without_text_and_headline_are_alone_each(text: str) -> None:
    assert stories(article("a", text), article("b", text)) == {"a", "b"}


def test_an_unknown_language_is_told_by_its_words() -> None:
    one = "Zorvak tel Minshara dro qapla vendu, Rokhar tel Sulan miri dorva Tenmar."
    other = "Rokhar tel Sulan dorva Tenmar: zorvak Minshara qapla vendu miri."
    assert stories(article("a", one), article("b", other), article("c", RATE)) == {"ab", "c"}


def test_a_hundred_copies_are_one_story_whatever_comes_between() -> None:
    copies = [article(f"{n:03}", FERRY, "Ferry capsizes off Karsa") for n in range(100)]
    placed = list(group([*copies[:50], article("rate", RATE, "Rate raised"), *copies[50:]]))
    assert len({one.story for one in placed}) == 2


def test_a_page_of_many_stories_joins_none_of_them_to_another() -> None:
    letter = article("n", f"{FERRY}\n\n{RATE}\n\nThe apple fair in Tarn drew 9,000 visitors.", "Morning briefing")
    found = stories(article("a", FERRY), article("b", SHIP), letter, article("c", RATE), article("d", BRANDT))
    assert not any("a" in story and "c" in story for story in found)
    assert any({"a", "b"} <= set(story) for story in found)
    assert any({"c", "d"} <= set(story) for story in found)


def test_a_page_of_many_stories_is_of_a_story_with_its_copy_alone() -> None:
    text = f"{FERRY}\n\n{RATE}\n\nThe apple fair in Tarn drew 9,000 visitors."
    assert stories(article("m", text, "Morning briefing"), article("n", text, "Morning briefing")) == {"mn"}


def test_a_live_blog_is_of_the_story_that_it_tells() -> None:
    blog = article("l", f"{SHIP} {FERRY}", "Live updates: ferry capsizes", kind=ArticleKind.LIVE)
    assert stories(article("a", FERRY, "Ferry capsizes off Karsa"), blog) == {"al"}


@pytest.mark.parametrize(
    "title",
    ["Morning briefing", "Morning Briefing: Tuesday, 3 March", "LIVE UPDATES", "Live updates – 14:30", "En direct"],
)
def test_a_generic_headline_tells_nothing(title: str) -> None:
    assert telling_title(title) == ""


@pytest.mark.parametrize(
    "title", ["Live updates: ferry capsizes off Karsa", "Fed lifts rates", "Corrections officers strike"]
)
def test_a_headline_of_an_event_tells_it(title: str) -> None:
    assert telling_title(title)


def test_posts_of_one_generic_headline_are_apart() -> None:
    assert stories(article("a", FERRY, "Morning briefing"), article("b", RATE, "Morning briefing")) == {"a", "b"}


def test_a_post_is_no_repeat_of_another_under_the_same_headline() -> None:
    placed = group([article("a", FERRY, "Notes from the harbour"), article("b", RATE, "Notes from the harbour")])
    assert [one.origin for one in placed] == [None, None]


@pytest.mark.parametrize("text", ["\x00\ufffd" * 50, "a" * 100_000, "🙂 " * 5000, "1 " * 3000])
def test_any_characters_are_grouped_without_a_fault(text: str) -> None:
    assert stories(article("a", text), article("b", FERRY)) == {"a", "b"}


def test_an_article_that_comes_twice_is_there_once() -> None:
    grouping = Grouping()
    for _ in range(3):
        grouping.place(article("a", FERRY))
    assert len(grouping.placements()) == 1
