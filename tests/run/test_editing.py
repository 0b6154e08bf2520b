"""Editors split and merge stories; what they decide outlives the process and the next grouping."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nutgraf.desk import Desk
from nutgraf.errors import InputError
from nutgraf.model import Article
from nutgraf.run import group, merge_stories, ruled_cases, split_story
from tests.newsroom import Clock

WHEN = datetime(2026, 3, 3, 9, tzinfo=UTC)
FERRY = "A ferry, the Linda Rose, capsized off Karsa on Tuesday with 112 aboard. 70 were pulled from the bay."
STRIKE = "Teachers in Arlen ended a six-week strike on Sunday after the city offered 7%. Rosa Timm was content."


def put(desk: Desk, key: str, text: str) -> None:
    address = f"https://{key}.example/report"
    article = Article(id=key, title=text.split(".")[0], text=f"{text} ({key})", url=address, outlet=key, published=WHEN)
    desk.store.save_article(article, arrived=WHEN, items=[])


def story(desk: Desk, key: str) -> str | None:
    placement = desk.store.placement_of(key)
    return desk.store.current_name(placement.story) if placement else None


@pytest.fixture
def grouped(desk: Desk, clock: Clock, tmp_path: Path) -> Desk:
    for key, text in (("a", FERRY), ("b", FERRY), ("c", FERRY), ("d", STRIKE)):
        put(desk, key, text)
    group(desk)
    assert story(desk, "a") == story(desk, "b") == story(desk, "c") != story(desk, "d")
    return desk


def test_a_split_gives_the_articles_a_story_of_their_own(grouped: Desk) -> None:
    name = split_story(grouped, ["https://b.example/report"])
    assert story(grouped, "b") == name
    assert story(grouped, "a") == story(grouped, "c") != name


def test_a_split_holds_when_the_next_articles_come(grouped: Desk) -> None:
    split_story(grouped, ["b"])
    put(grouped, "e", FERRY)
    group(grouped)
    assert story(grouped, "a") != story(grouped, "b")


def test_a_merge_leads_the_old_name_on(grouped: Desk) -> None:
    old = story(grouped, "d")
    assert old is not None
    name = merge_stories(grouped, [story(grouped, "a") or "", old])
    assert {story(grouped, key) for key in "abcd"} == {name}
    assert grouped.store.current_name(old) == name


def test_decisions_become_cases_with_their_articles(grouped: Desk) -> None:
    split_story(grouped, ["b"])
    (case,) = ruled_cases(grouped)
    assert case["together"] is False
    assert [one["id"] for one in case["one"]] == ["b"]
    assert all(one["text"] for one in (*case["one"], *case["other"]))


@pytest.mark.parametrize(
    ("articles", "told"),
    [(["nowhere"], "nowhere: is no article"), (["a", "d"], "of another story"), (["a", "b", "c"], "Leave one out")],
)
def test_a_split_that_makes_no_sense_says_why(grouped: Desk, articles: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        split_story(grouped, articles)


def test_a_merge_that_makes_no_sense_says_why(grouped: Desk) -> None:
    with pytest.raises(InputError, match="is no story's name"):
        merge_stories(grouped, ["nowhere", "elsewhere"])
    with pytest.raises(InputError, match="is one story already"):
        merge_stories(grouped, [story(grouped, "a") or ""])


def test_nothing_is_stored_of_a_split_that_failed(grouped: Desk) -> None:
    with pytest.raises(InputError):
        split_story(grouped, ["a", "d"])
    assert list(ruled_cases(grouped)) == []


def test_vectors_of_headlines_are_kept(grouped: Desk) -> None:
    assert {len(one) for one in grouped.store.vectors_between(WHEN, WHEN).values()} == {768}
