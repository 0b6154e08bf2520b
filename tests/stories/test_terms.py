"""How the words of an article are read."""

import random

import pytest

from nutgraf.model import Article
from nutgraf.rarity import words_of
from nutgraf.stories.terms import read, vocabulary

LETTERS = "abAB'’ _-“”é中文ที่\ud800\u00ad\u200b—1.٣\n\x1c\x85\u2028ʼ𝒳😀"


def read_as(text: str) -> list[str]:
    known = vocabulary()
    return [known.words[place] for place in known.places(text).tolist()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'",
        "The mayor’s “no” — and the council's ‘yes’…",
        "à côté l’été ’twas rock'n'roll ''over''",
        "के लिए बाद साथ",
        "東京で会議が開かれた 2026年",
        "well‐documented\u200btea©2026",
    ],
)
def test_an_article_is_read_as_the_words_of_its_text(text: str) -> None:
    assert read_as(text) == words_of(text)
    assert read_as(text) == words_of(text)  # the second time all of it is known


@pytest.mark.parametrize("seed", range(5))
def test_no_row_of_characters_is_read_as_other_words(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(400):
        text = "".join(draw.choices(LETTERS, k=draw.randrange(14)))
        assert read_as(text) == words_of(text)


def test_words_go_on_where_reading_for_terms_ends() -> None:
    reading = read(Article(id="a", title="Dam burst", text="flood " * 1500))
    assert (len(reading.title), len(reading.text), len(reading.rest)) == (2, 1000, 500)
