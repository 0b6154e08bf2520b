"""Certainty: what is denied, open, believed, planned, and what only looks like it."""

import pytest

from nutgraf.model import Certainty
from tests.claims.gold_sets import faults, judged, unmark


def certainty(marked: str) -> Certainty:
    return judged(unmark(marked)).certainty


def words(marked: str) -> list[str]:
    given = unmark(marked)
    return [given.text[slice(*part)] for part in judged(given).words]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<The port> [denied] {that the buoy had drifted}.", Certainty.DENIED),
        ("<The port> [did not deny] {that the buoy had drifted}.", Certainty.POSSIBLE),
        ("<The port> [could no longer deny] {that the buoy had drifted}.", Certainty.FACT),
        ("<The port> [denied] {a request to move the buoy}.", Certainty.FACT),
        ("<The port> [rejected] {reports that the buoy had drifted}.", Certainty.DENIED),
        ("<The port> [rejected] {an offer to move the buoy}.", Certainty.FACT),
        ("<The port> [said] {there was no truth to the story}.", Certainty.DENIED),
    ],
)
def test_a_denial_is_of_what_was_claimed_and_a_negation_turns_it(marked: str, expected: Certainty) -> None:
    assert certainty(marked) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<The port> [said] {the man who may have moved the buoy was held}.", Certainty.FACT),
        ("<The port> [said] {the buoy may have moved}.", Certainty.POSSIBLE),
        ("<The port> [said] {it would move the buoy}.", Certainty.PLANNED),
        ("<The port> [said] {a chain would hold the buoy}.", Certainty.CONDITIONAL),
        ("<The port> [said] {he would often row out to the buoy}.", Certainty.FACT),
    ],
)
def test_a_hedge_holds_for_its_own_clause(marked: str, expected: Certainty) -> None:
    assert certainty(marked) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<The mayor> [said] {it would take hours}.", Certainty.CONDITIONAL),
        ("<The bank> [said] {it would close a branch}.", Certainty.PLANNED),
        ("<The mayor> [warned] {things are going to break}.", Certainty.FACT),
        ("<The mayor> [considers] {Ray a friend}.", Certainty.FACT),
        ("<The mayor> [asked] {whether the buoy had moved}.", Certainty.POSSIBLE),
        ("<The mayor> [told] {what had moved the buoy}.", Certainty.FACT),
        ("<The poll> [found] {that a third of likely voters stayed home}.", Certainty.FACT),
    ],
)
def test_a_forecast_is_no_plan_and_a_likely_voter_no_doubt(marked: str, expected: Certainty) -> None:
    assert certainty(marked) is expected


def test_the_words_that_make_it_so_are_given() -> None:
    assert words("<The port> [said] {the buoy had reportedly moved}.") == ["reportedly"]
    assert words("<The port> [flatly denied] {that the buoy had moved}.") == ["flatly denied"]
    assert words("<The port> [said] {the buoy had moved}.") == []


@pytest.mark.parametrize(
    ("name", "half", "floor"),
    [
        ("certainty", "build", 148),
        ("certainty", "measure", 146),
        ("certainty-found", "build", 134),
        ("certainty-found", "measure", 131),
    ],
)
def test_the_gold_set_of_certainty_is_answered(name: str, half: str, floor: int) -> None:
    wrong, asked = faults(name, half)
    assert asked - len(wrong) >= floor, f"{name} {half}: {asked - len(wrong)} of {asked}"
