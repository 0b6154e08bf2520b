"""Faults planted in the demo's briefs: every one is found, and the briefs as they are have none."""

from collections import Counter
from collections.abc import Mapping

import pytest
from eval.planting import Planted, planted

from nutgraf.briefs import check
from nutgraf.cli.claiming import claims_by_article
from nutgraf.cli.composing import compose_story
from nutgraf.demo.manuscripts import Kind, describe, outlets
from nutgraf.model import Article, Brief, Rejected
from nutgraf.nlp import open_language
from nutgraf.stories import story_of

IN_OTHER_WORDS = "name swapped in a headline"
"""A headline is in its outlet's own words: who does what to whom cannot be held to a passage word for word."""


@pytest.fixture(scope="module")
def briefs() -> list[Brief]:
    """Compose every story of the demo, by rules alone."""
    language = open_language(tagger=False)
    names = {outlet.id: outlet.name for outlet in outlets()}
    tongues = {outlet.id: outlet.language for outlet in outlets()}
    told: dict[str, dict[str, Article]] = {}
    for text in describe():
        if text.kind is Kind.ARTICLE and text.story:
            article = Article(
                id=f"{text.outlet}/{text.slug}",
                title=text.title,
                text="\n\n".join(text.paragraphs),
                outlet=names[text.outlet],
                published=text.published,
                language=tongues[text.outlet],
            )
            told.setdefault(text.story, {})[article.id] = article
    made: list[Brief | Rejected] = []
    for name, articles in told.items():
        story = story_of(name, tuple(articles.values()))
        claims: Mapping = claims_by_article(tuple(articles.values()), language)
        made.append(compose_story(story, articles, claims, language, words=230))
    return [brief for brief in made if isinstance(brief, Brief)]


@pytest.fixture(scope="module")
def faults(briefs: list[Brief]) -> list[Planted]:
    return [fault for brief in briefs for fault in planted(brief)]


def test_no_fault_is_found_in_an_untouched_brief(briefs: list[Brief]) -> None:
    assert len(briefs) >= 8
    assert [(brief.id, fault) for brief in briefs for fault in check(brief)] == []


def test_faults_of_every_kind_are_planted_two_hundred_at_least(faults: list[Planted]) -> None:
    kinds = Counter(fault.kind for fault in faults)
    assert kinds.total() >= 200
    assert set(kinds) >= {
        "number",
        "name swapped",
        "name invented",
        "lost not",
        "lost doubt",
        "quotation",
        "citation",
        "speaker",
        "denial",
    }


def test_every_fault_but_one_kind_is_found(faults: list[Planted]) -> None:
    missed = [fault for fault in faults if fault.kind != IN_OTHER_WORDS and not check(fault.brief)]
    assert [(fault.kind, fault.place, fault.brief.id, _text(fault)) for fault in missed] == []


def test_most_names_that_change_places_in_a_headline_are_found(faults: list[Planted]) -> None:
    found = [bool(check(fault.brief)) for fault in faults if fault.kind == IN_OTHER_WORDS]
    assert sum(found) >= 0.8 * len(found)


def _text(fault: Planted) -> str:
    kind, _, number = fault.place.partition(" ")
    return fault.brief.lines[int(number) - 1].text if kind == "line" else fault.brief.headline.text
