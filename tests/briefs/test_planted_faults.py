"""Faults planted in the demo's briefs: every one is found, and the briefs as they are have none."""

from collections import Counter
from collections.abc import Mapping

import pytest
from eval.demo import demo_stories
from eval.planting import Planted, planted

from nutgraf.briefs import check
from nutgraf.cli.claiming import claims_by_article
from nutgraf.cli.composing import compose_story
from nutgraf.model import Brief, Rejected
from nutgraf.nlp import open_language
from nutgraf.stories import story_of

IN_OTHER_WORDS = "name swapped in a headline"
"""A headline is in its outlet's own words: who does what to whom cannot be held to a passage word for word."""


@pytest.fixture(scope="module")
def briefs() -> list[Brief]:
    """Compose every story of the demo, by rules alone."""
    language = open_language(tagger=False)
    made: list[Brief | Rejected] = []
    for name, articles in demo_stories().items():
        claims: Mapping = claims_by_article(articles, language)
        by_id = {article.id: article for article in articles}
        made.append(compose_story(story_of(name, articles), by_id, claims, language, words=230))
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
