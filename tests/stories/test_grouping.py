"""Stories as articles arrive: together or apart, under names that last, whatever the order."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.model import Article, Placement
from nutgraf.stories import Grouping, group

PAIRS = [json.loads(line) for line in Path(__file__).with_name("golden.jsonl").read_text(encoding="utf-8").splitlines()]
DAY = date(2026, 3, 3)


def pair(record: dict) -> list[Article]:
    return [
        Article(id="one", outlet="Harbor Ledger", published=DAY, **record["one"]),
        Article(id="other", outlet="Inland Post", published=DAY + timedelta(record["days"]), **record["other"]),
    ]


def stories(placements: tuple[Placement, ...] | list[Placement]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for placement in placements:
        found.setdefault(placement.story, set()).add(placement.article)
    return {frozenset(members) for members in found.values()}


def together(record: dict) -> bool:
    one, other = group(pair(record))
    return one.story == other.story


SAME = [record for record in PAIRS if record["together"]]
OTHER = [record for record in PAIRS if not record["together"]]


NOT_YET = {"same-22"}
"""Pairs that words alone still keep apart; a pair may leave this list and none may enter it."""


def every_article() -> list[Article]:
    return [
        Article(id=f"{record['pair']}-{side}", published=DAY, **record[side])
        for record in SAME
        for side in ("one", "other")
    ]


@pytest.mark.parametrize("record", SAME, ids=lambda record: record["pair"])
def test_one_event_in_other_words_is_one_story(record: dict) -> None:
    assert together(record) == (record["pair"] not in NOT_YET)


@pytest.mark.parametrize("record", OTHER, ids=lambda record: record["pair"])
def test_another_event_in_the_same_words_is_another_story(record: dict) -> None:
    assert not together(record)


def test_the_order_of_arrival_does_not_change_the_stories() -> None:
    articles = every_article()
    expected = stories(list(group(articles)))
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert stories(list(group(shuffled))) == expected


def test_articles_that_come_days_late_are_in_the_same_stories() -> None:
    articles = [replace(one, published=DAY + timedelta(n // 2 % 3)) for n, one in enumerate(every_article())]
    in_time = sorted(articles, key=lambda one: one.published)
    expected = stories(list(group(in_time)))
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert stories(list(group(shuffled))) == expected


def test_the_same_input_gives_the_same_placements() -> None:
    articles = every_article()
    assert list(group(articles)) == list(group(articles))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 119), st.integers(0, 6)), max_size=14, unique_by=lambda one: one[0]))
def test_any_input_given_twice_gives_the_same_placements(chosen: list[tuple[int, int]]) -> None:
    every = every_article()
    articles = [replace(every[n % len(every)], published=DAY + timedelta(days)) for n, days in chosen]
    assert list(group(articles)) == list(group(articles))


def test_placements_come_in_the_order_of_the_input() -> None:
    articles = every_article()
    assert [placement.article for placement in group(articles)] == [article.id for article in articles]


def test_placements_of_closed_days_come_before_the_end() -> None:
    def stream():
        for number in range(60):
            seen.append(number)
            text = f"Item{number} about matter{number} of place{number}."
            yield Article(id=str(number), text=text, published=DAY + timedelta(number))

    seen: list[int] = []
    next(group(stream()))
    assert len(seen) < 60


def test_an_article_without_title_text_and_date_stands_alone() -> None:
    grouping = Grouping()
    grouping.place(pair(SAME[0])[0])
    bare = [grouping.place(Article(id=f"bare{i}", text="")) for i in range(2)]
    assert len({placement.story for placement in bare}) == 2


def test_an_undated_article_arrives_with_the_latest() -> None:
    one, other = pair(SAME[0])
    grouping = Grouping()
    first = grouping.place(one)
    assert grouping.place(Article(id="undated", title=other.title, text=other.text)).story == first.story


def test_an_unknown_script_is_read_too() -> None:
    texts = ["渡轮在卡尔萨港外倾覆，四十人失踪，海岸警卫队说。", "卡尔萨港外渡轮倾覆，海岸警卫队说四十人失踪。"]
    placed = list(group(Article(id=str(i), text=text) for i, text in enumerate(texts)))
    assert placed[0].story == placed[1].story


def test_a_hundred_copies_are_one_story_of_one_origin() -> None:
    text = SAME[0]["one"]["text"]
    placed = list(group(Article(id=f"{i:03}", title="Ferry", text=text, published=DAY) for i in range(100)))
    assert {placement.story for placement in placed} == {placed[0].story}
    assert [placement.origin for placement in placed] == [None] + ["000"] * 99


def test_the_same_article_again_changes_nothing() -> None:
    one, _ = pair(SAME[0])
    grouping = Grouping()
    assert grouping.place(one) == grouping.place(one)
    assert len(grouping.placements()) == 1


def test_moved_tells_each_change_once() -> None:
    one, other = pair(SAME[0])
    grouping = Grouping()
    grouping.place(one)
    grouping.moved()
    grouping.place(other)
    assert "other" in [placement.article for placement in grouping.moved()]
    assert grouping.moved() == ()


def test_a_date_far_in_the_future_does_not_close_the_window() -> None:
    one, other = pair(SAME[0])
    grouping = Grouping()
    first = grouping.place(one)
    grouping.place(Article(id="wrong", text="A calendar of 2099.", published=date(2099, 1, 1)))
    assert grouping.place(other).story == first.story


def test_a_date_after_now_counts_as_now() -> None:
    one, other = pair(SAME[0])
    now = datetime(2026, 3, 4, tzinfo=UTC)
    late = Article(id="late", title=other.title, text=other.text, published=date(2031, 1, 1))
    grouping = Grouping()
    assert grouping.place(one, now=now).story == grouping.place(late, now=now).story


def test_events_further_apart_than_the_window_are_not_joined() -> None:
    one, other = pair({**SAME[0], "days": 9})
    assert len({placement.story for placement in group([one, other])}) == 2


def test_a_restored_grouping_goes_on_as_the_first_would_have() -> None:
    articles = every_article()
    half, rest = articles[:31], articles[31:]
    first = Grouping()
    for article in half:
        first.place(article)
    second = Grouping.restore(half, first.placements())
    assert second.placements() == first.placements()
    for article in rest:
        first.place(article)
        second.place(article)
    assert second.placements() == first.placements()


def test_every_old_name_leads_to_a_story_that_exists() -> None:
    grouping = Grouping()
    names = {grouping.place(article).story for article in random.Random(3).sample(every_article(), 60)}
    living = {placement.story for placement in grouping.placements()}
    assert all(name in living or grouping.merged_names()[name] in living for name in names)


def test_grounds_name_what_drew_an_article_in() -> None:
    _, other = group(pair(SAME[0]))
    assert "Linda" in other.grounds[0]
    assert "Ferry capsizes off Karsa" in other.grounds[0]
