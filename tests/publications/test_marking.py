"""The words of a passage that a line carries are marked, and the passage stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.publications import as_html
from nutgraf.publications.marking import carried
from tests.hostile import PAYLOADS, hostile_brief


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_parts_joined_are_the_passage(passage: str, text: str) -> None:
    assert "".join(part for part, _ in carried(passage, text)) == passage


def test_a_run_of_words_that_the_line_carries_is_told_apart() -> None:
    passage = "On Monday, the mayor said that nobody was missing."
    assert list(carried(passage, "The mayor said that all were found.")) == [
        ("On Monday, ", False),
        ("the mayor said that", True),
        (" nobody was missing.", False),
    ]


def test_two_words_in_a_row_are_chance() -> None:
    assert [told for _, told in carried("It was in the end nothing", "All of it in the bag")] == [False]


def test_a_passage_in_another_script_has_its_words_too() -> None:
    assert (("الميناء فتح أرصفته", True)) in list(carried("أعاد الميناء فتح أرصفته.", "قال إن الميناء فتح أرصفته"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_marking_makes_no_markup_of_a_text(payload: str) -> None:
    assert "<script>" not in as_html(hostile_brief(payload)).split("<body", 1)[1]
