"""What is new since the last edition's brief, and what only one outlet has."""

from dataclasses import replace
from datetime import date

import pytest

from nutgraf.briefs import check
from nutgraf.briefs.changes import with_changes, with_sole
from nutgraf.model import (
    Article,
    Brief,
    Certainty,
    Citation,
    CitedArticle,
    Composed,
    Coverage,
    Line,
    Origin,
    Span,
    Story,
)

DAY = date(2026, 3, 2)
TEXTS = {
    "post": ("Harbour Post", "At least 12 people were hurt when the harbour crane fell into the basin, the port said."),
    "echo": ("Valley Echo", "At least 15 people were hurt when the harbour crane fell into the basin, the port said."),
    "ledger": ("The Ledger", "The maker Brandt denied that its bolts had failed."),
    "gazette": ("Gazette", "Ferries will use the northern quay until the weekend."),
}


def line(key: str, **fields: object) -> Line:
    outlet, text = TEXTS[key]
    return Line(text=text, citations=(Citation(Span(key, 0, len(text)), text),), outlet=outlet, **fields)


DENIAL = line("ledger", speaker="Brandt", denied=True, certainty=Certainty.DENIED)


def brief(*lines: Line) -> Brief:
    return Brief(
        id="crane",
        headline=replace(lines[0], text="The harbour crane fell into the basin"),
        dek=None,
        lines=lines,
        coverage=Coverage(4, 4),
        articles=tuple(
            CitedArticle(id=key, title="", url=None, outlet=outlet, published=DAY, origin=key)
            for key, (outlet, _) in TEXTS.items()
        ),
    )


def test_a_line_that_the_last_edition_did_not_tell_is_new() -> None:
    now = with_changes(brief(line("post"), line("gazette")), brief(line("post")), DAY)
    assert [one.new for one in now.lines] == [False, True]
    assert now.changes is not None
    assert now.changes.since == DAY


def test_a_line_told_in_nearly_the_same_words_is_not_new() -> None:
    shorter = replace(line("gazette"), text="Ferries will use the northern quay.")
    assert with_changes(brief(line("gazette")), brief(shorter), DAY).changes is None


def test_a_brief_that_says_the_same_has_no_changes() -> None:
    same = brief(line("post"), DENIAL)
    assert with_changes(same, same, DAY) == same


def test_a_figure_that_took_the_place_of_another_is_told_with_both_passages() -> None:
    now = with_changes(brief(line("echo")), brief(line("post")), DAY)
    assert now.changes is not None
    (change,) = now.changes.figures
    assert (change.before.words, change.before.outlet) == ("12 people", "Harbour Post")
    assert (change.now.words, change.now.outlet) == ("15 people", "Valley Echo")
    assert change.before.citation.passage == TEXTS["post"][1]
    assert not now.lines[0].new


def test_a_number_of_another_thing_is_no_change() -> None:
    other = replace(line("gazette"), text="Ferries with 15 people will use the northern quay until the weekend.")
    changed = with_changes(brief(other), brief(line("post")), DAY).changes
    assert changed is not None
    assert changed.figures == ()


def test_a_new_denial_is_a_new_line_that_denies() -> None:
    now = with_changes(brief(line("post"), DENIAL), brief(line("post")), DAY)
    assert [(one.new, one.denied) for one in now.lines] == [(False, False), (True, True)]


def test_a_reworded_line_is_compared_as_it_was_composed() -> None:
    reworded = replace(line("gazette"), text="Ferries use the quay.", composed=Composed(TEXTS["gazette"][1]))
    assert with_changes(brief(reworded), brief(line("gazette")), DAY).changes is None


STORY = Story(id="crane", articles=tuple(TEXTS), origins=tuple(Origin((key,)) for key in TEXTS))
ARTICLES = {key: Article(id=key, text=text, outlet=outlet) for key, (outlet, text) in TEXTS.items()}


def test_what_no_other_outlet_has_is_marked() -> None:
    marked = with_sole(brief(line("post"), line("gazette"), DENIAL), STORY, ARTICLES)
    assert [one.sole for one in marked.lines] == [False, True, True]


def test_what_another_report_has_in_half_its_words_is_not_said_to_be_of_one_alone() -> None:
    other = replace(ARTICLES["echo"], text=ARTICLES["echo"].text + "\n\nThe northern quay is for ferries for now.")
    assert not with_sole(brief(line("gazette")), STORY, {**ARTICLES, "echo": other}).lines[0].sole


def test_another_report_of_the_same_outlet_does_not_count() -> None:
    again = replace(ARTICLES["ledger"], id="again")
    story = replace(STORY, articles=(*TEXTS, "again"), origins=(*STORY.origins, Origin(("again",))))
    assert with_sole(brief(DENIAL), story, {**ARTICLES, "again": again}).lines[0].sole


def test_a_story_of_one_outlet_has_no_such_marks() -> None:
    alone = Story(id="crane", articles=("post",), origins=(Origin(("post",)),))
    assert not with_sole(brief(line("post")), alone, ARTICLES).lines[0].sole


@pytest.mark.parametrize("kind", ["figure", "sole"])
def test_the_check_judges_the_marks_too(kind: str) -> None:
    now = with_changes(brief(line("echo")), brief(line("post")), DAY)
    assert [fault.place for fault in check(now) if fault.place.startswith("change")] == []
    assert now.changes is not None
    if kind == "figure":
        (change,) = now.changes.figures
        bad = replace(
            now, changes=replace(now.changes, figures=(replace(change, now=replace(change.now, words="16 people")),))
        )
        assert [(fault.rule, fault.place) for fault in check(bad)] == [("number", "change 1")]
    else:
        two = replace(now.lines[0], citations=(*now.lines[0].citations, *line("post").citations), sole=True)
        assert ("outlet", "line 1") in [(fault.rule, fault.place) for fault in check(replace(now, lines=(two,)))]
