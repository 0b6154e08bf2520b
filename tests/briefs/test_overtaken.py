"""Tolls that a later report has overtaken."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nutgraf.briefs import compose
from nutgraf.briefs.overtaken import overtaken
from nutgraf.briefs.passages import passages_of
from nutgraf.claims import find_claims
from nutgraf.claims.relations import relate_claims
from nutgraf.model import Article, Brief, Origin, Story
from nutgraf.nlp import open_language

LANGUAGE = open_language()


def report(key, hour, title, text):
    """Return an article of that hour."""
    when = datetime(2026, 3, 2, hour, tzinfo=UTC)
    return Article(id=key, title=title, text=text, outlet=f"Courier {key}", language="en", published=when)


EARLY = report(
    "a", 9, "Nine die as pier of Lund falls", "Nine people died when the old pier of Lund fell into the sea."
)
LATE = report(
    "b",
    15,
    "Pier of Lund: toll rises to 12",
    "The number of people known to have died at the old pier of Lund rose to 12, the port said.",
)


def related(*articles):
    """Return how the articles' claims stand to each other, with them by id."""
    texts = {one.id: one.text for one in articles}
    claims = {one.id: find_claims(one, LANGUAGE) for one in articles}
    return relate_claims([claim for those in claims.values() for claim in those], texts), claims


def old(*articles):
    """Return the overtaken tolls of articles."""
    return overtaken(related(*articles)[0], {one.id: one for one in articles})


def test_a_toll_that_a_later_report_gives_higher_is_overtaken():
    found = old(EARLY, LATE)
    assert found.in_headline(EARLY)
    assert found.in_passage(passages_of(EARLY, (), LANGUAGE)[0])
    assert not found.in_headline(LATE)
    assert not found.in_passage(passages_of(LATE, (), LANGUAGE)[0])


@pytest.mark.parametrize("when", [datetime(2026, 3, 2, 8, tzinfo=UTC), None])
def test_a_higher_toll_of_an_earlier_report_or_of_unknown_time_overtakes_none(when):
    assert not old(EARLY, replace(LATE, published=when)).tolls


def test_those_who_are_missing_are_found_so_that_no_later_number_overtakes_the_first():
    missing = report("a", 9, "Pier", "Nine people were missing in Lund after the fall of the pier.")
    more = report("b", 15, "Pier", "Twenty people were missing in Lund after the fall of the pier.")
    assert not old(missing, more).tolls


def test_a_brief_opens_with_the_latest_toll_and_has_it_in_its_headline():
    relations, claims = related(EARLY, LATE)
    story = Story(id="pier", articles=("a", "b"), origins=(Origin(("a",)), Origin(("b",))))
    made = compose(story, {"a": EARLY, "b": LATE}, claims, LANGUAGE, relations=relations)
    assert isinstance(made, Brief)
    assert "12" in made.lines[0].text
    assert "Nine" not in made.headline.text
    assert [saying.words for saying in made.figures[0].sayings] == ["Nine", "12"]


def test_an_opening_that_most_reports_share_is_no_lede_once_its_toll_is_overtaken():
    early = [replace(EARLY, id=key, outlet=f"Courier {key}") for key in ("a", "c", "d")]
    reports = {one.id: one for one in (*early, LATE)}
    relations, claims = related(*reports.values())
    story = Story(id="pier", articles=tuple(reports), origins=tuple(Origin((key,)) for key in reports))
    made = compose(story, reports, claims, LANGUAGE, relations=relations)
    assert isinstance(made, Brief)
    assert "12" in made.lines[0].text
