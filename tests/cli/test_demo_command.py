"""``nutgraf demo``: the whole way, and the anatomy of its first brief."""

import subprocess
from functools import cache
from typing import Any

from tests.cli.commands import nutgraf


@cache
def demo() -> "subprocess.CompletedProcess[str]":
    done: Any = nutgraf("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return done


def first_brief() -> str:
    return demo().stdout.split("\n\n\n")[0].partition("Topics:")[0]


def test_the_demo_polls_two_days_and_prints_at_least_six_briefs() -> None:
    assert "Day 1" in demo().stderr
    assert "Day 2" in demo().stderr
    assert demo().stdout.count("Coverage: ") >= 6


def test_the_first_brief_counts_reprints_as_one_origin() -> None:
    assert "7 outlets, " in first_brief()
    assert "same report: " in first_brief()


def test_the_first_brief_has_a_headline_no_surer_than_its_sources() -> None:
    headline = first_brief().strip().splitlines()[0]
    assert any(word in headline for word in ("May", "may", "believe", "suggest", "say", "Report"))


def test_the_lede_of_the_first_brief_brings_the_denial() -> None:
    lede = first_brief().split("↳")[0]
    assert "hoax" in lede


def test_the_first_brief_has_a_photo_with_credit_and_labelled_bullets_with_passages() -> None:
    assert "Photo: " in first_brief()
    assert first_brief().count("• ") >= 5
    assert first_brief().count("#:~:text=") >= 5


def test_the_demo_says_that_it_is_made_up() -> None:
    assert "made up" in demo().stderr
