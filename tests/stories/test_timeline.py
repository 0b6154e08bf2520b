"""What a story's reports add, what is news since a moment, how stories chain, and what a story weighs."""

from datetime import UTC, datetime, timedelta

import pytest

from nutgraf.model import Article, Story
from nutgraf.stories import news_since, story_of, timeline, topic_of, topics, weigh

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
FIRST = "A ferry, the Linda Rose, capsized off Karsa on Tuesday with 112 aboard, the coast guard said."
RETOLD = "The Linda Rose, a ferry with 112 aboard, lies on its side off Karsa since Tuesday, said the coast guard."
NEWS = (
    "Divers found the captain of the Linda Rose, Olaf Brenner, alive in an air pocket off Karsa, the Ostwell hospital "
    "said. He is 58 years old and had 37 men under him."
)


def article(key: str, text: str, *, hours: float = 0, url: str | None = None, outlet: str | None = None) -> Article:
    return Article(
        id=key,
        title=text[:40],
        text=text,
        outlet=outlet or key,
        url=url or f"https://{key}.example/x",
        published=NOON + timedelta(hours=hours),
    )


def told(*articles: Article) -> tuple[Story, dict[str, Article]]:
    return story_of("story", articles), {one.id: one for one in articles}


def test_a_time_line_has_one_step_an_origin_the_earliest_first() -> None:
    steps = timeline(*told(article("b", NEWS, hours=20), article("a", FIRST), article("copy", FIRST, hours=1)))
    assert [step.article for step in steps] == ["a", "b"]


def test_a_step_names_what_nobody_had_before() -> None:
    _, later = timeline(*told(article("a", FIRST), article("b", NEWS, hours=20)))
    assert {"Olaf", "Brenner", "Ostwell"} <= set(later.adds)
    assert "Karsa" not in later.adds


def test_a_retelling_is_no_news_the_next_day() -> None:
    steps = timeline(*told(article("a", FIRST), article("b", RETOLD, hours=20)))
    assert news_since(steps, NOON + timedelta(hours=12)) == ()


def test_what_is_new_is_news_the_next_day() -> None:
    steps = timeline(*told(article("a", FIRST), article("b", NEWS, hours=20)))
    assert [step.article for step in news_since(steps, NOON + timedelta(hours=12))] == ["b"]


def test_an_undated_report_comes_last_and_is_not_news_since_any_moment() -> None:
    undated = Article(id="u", text=NEWS, outlet="u")
    steps = timeline(*told(undated, article("a", FIRST)))
    assert [step.article for step in steps] == ["a", "u"]
    assert [step.article for step in news_since(steps, NOON - timedelta(days=1))] == ["a"]


def test_the_events_of_one_matter_are_one_topic() -> None:
    trial = "Olaf Brenner, captain of the Linda Rose, went on trial in Karsa on Monday over the ferry disaster."
    strike = "Teachers in Arlen ended a strike on Sunday. Rosa Timm called the offer fair."
    found = []
    for name, text, hours in (("wreck", FIRST + " " + NEWS, 0), ("strike", strike, 5), ("trial", trial, 900)):
        one = article(name, text, hours=hours)
        found.append((story_of(name, [one]), {one.id: one}))
    assert topics(found) == (("wreck", "trial"), ("strike",))
    assert [topic_of(name, found) for name in ("trial", "strike")] == [("wreck", "trial"), ("strike",)]


def test_independent_reports_weigh_more_than_reprints() -> None:
    independent = told(article("a", FIRST), article("b", NEWS))
    reprinted = told(article("a", FIRST), article("b", FIRST))
    assert weigh(*independent, now=NOON).total > weigh(*reprinted, now=NOON).total


def test_a_story_weighs_less_as_it_grows_old() -> None:
    one = told(article("a", FIRST))
    assert weigh(*one, now=NOON + timedelta(hours=18)).freshness == pytest.approx(0.5)


def test_a_story_told_in_two_countries_weighs_more() -> None:
    here = told(article("a", FIRST, url="https://a.example.no/1"), article("b", NEWS, url="https://b.example2.no/1"))
    both = told(article("a", FIRST, url="https://a.example.no/1"), article("b", NEWS, url="https://b.example2.se/1"))
    assert weigh(*both, now=NOON).total > weigh(*here, now=NOON).total


def test_a_weight_is_told_in_numbers() -> None:
    line = weigh(*told(article("a", FIRST)), now=NOON).told()
    assert line.startswith("weight ")
    assert "1 origins 2.00" in line
    assert "1.00 for freshness" in line


def test_a_date_in_the_future_is_as_fresh_as_now_and_no_fresher() -> None:
    assert weigh(*told(article("a", FIRST, hours=48)), now=NOON).freshness == 1
