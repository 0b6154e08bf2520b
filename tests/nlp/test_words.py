import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.nlp.words import CASES, LOOKS, QUOTED, letter_case, looks, paragraphs, quotations, words


def quoted(text: str, kind: str) -> str:
    """The words of a text that stand inside quotations of a kind."""
    found = words(text, 0, len(text))
    states = quotations(text, found)
    return " ".join(word.text for word, state in zip(found, states, strict=True) if QUOTED[state] == kind)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “dams leak” often", "“ dams leak ”"),
        ('He said "dams leak" often', '" dams leak "'),
        ('"Dams," he said, "leak"', '" Dams , " " leak "'),
        ("„Dämme lecken“, sagte er", "„ Dämme lecken “"),
        ("Les « digues » fuient", "« digues »"),
        ("He said “dams leak", "“ dams leak"),
        ("No words of others", ""),
    ],
)
def test_words_between_double_marks_are_quoted(text: str, inside: str) -> None:
    assert quoted(text, "double") == inside


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said 'dams leak' often", "' dams leak '"),
        ("He said ‘dams don’t leak’ often", "‘ dams don ’ t leak ’"),
        ("The workers' dams don't leak", ""),
        ("In the '90s dams leaked", ""),
    ],
)
def test_single_marks_quote_only_where_they_are_no_apostrophes(text: str, inside: str) -> None:
    assert quoted(text, "single") == inside


@pytest.mark.parametrize(
    ("word", "case"),
    [("dam", "lower"), ("Dam", "title"), ("A", "title"), ("UN", "upper"), ("McKay", "mixed"), ("7", "none")],
)
def test_letter_case_is_seen(word: str, case: str) -> None:
    assert CASES[letter_case(word)] == case


def test_paragraphs_are_parted_by_empty_lines() -> None:
    text = "\n One line\nand another \n \n\nSecond\n"
    assert [text[a:b] for a, b in paragraphs(text)] == ["One line\nand another", "Second"]


@given(st.text("aB1 '\"“”‘’.\n\u00a0é_", max_size=60))
def test_words_cover_all_that_is_not_white_space_once_and_have_a_look(text: str) -> None:
    covered = []
    for start, end in paragraphs(text):
        found = words(text, start, end)
        assert all(text[word.start : word.end] == word.text for word in found)
        covered += [i for word in found for i in range(word.start, word.end)]
        seen = looks(text, found)
        assert len(seen) == len(found)
        assert all(0 <= look < LOOKS for look in seen)
    assert covered == [i for i, c in enumerate(text) if not c.isspace()]
