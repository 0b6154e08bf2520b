"""Furniture and captions are told by patterns, each tried only where its mark stands."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.briefs import furniture

KNOWN = [*furniture._FURNITURE, *furniture._CAPTIONS]


@pytest.mark.parametrize(("mark", "pattern"), KNOWN, ids=[mark for mark, _ in KNOWN])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_a_pattern_finds_has_its_mark(mark: str, pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(max_codepoint=255, exclude_categories=["Cc"])))
    found = pattern.search(text)
    assert found is None or mark in found.group().lower()


def test_what_an_article_has_letters_of_is_all_that_its_sentences_are_searched_for() -> None:
    article = "The pier was shut on Monday.\n\nSign\nup for our newsletter."
    known = furniture.known_in(article)
    assert {mark for mark, _ in known} == {"sign up", "newsletter"}
    assert furniture.is_furniture("Sign up for our newsletter.", known)
    assert not furniture.is_furniture("The pier was shut on Monday.", known)
