"""Where sentences end: abbreviations, initials, ordinals, quotations."""

import pytest

from nutgraf.nlp.sentences import split


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Aalto ran for the U.S. Senate in Lund.",
        "The head of the U.S. Agency for Piers spoke.",
        "A judge freed O.J. Aalto from the port.",
        "J.K. Engen wrote about the pier.",
        "Die Bücherei öffnet vom 3. November an auch sonntags.",
        "Die Brücke stammt aus dem 19. Jahrhundert und hält.",
        "“Is it safe?” asked Aalto.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The pilots went back to the U.S.", "Aalto stayed."),
        ("They asked O.J.", "He said no."),
        ("The boats sailed from Norfolk in the U.K.", "The pier was shut."),
        ("Der Eintritt kostet 3.", "November ist nass."),
        ("They met at 9 a.m.", "Aalto spoke first."),
    ],
)
def test_a_full_stop_that_ends_a_sentence_ends_it(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]
