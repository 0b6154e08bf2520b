"""How much a word tells: how rare it is in the news, and which words say nothing of an event."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

UNKNOWN_DF = 0.5
"""Articles of the background that a word outside the table is taken to occur in."""

_WORD = re.compile(r"[^\W_]++(?:['’][^\W_]++)*+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
POSSESSIVE = re.compile(r"['’]s?$")


@cache
def background() -> tuple[int, Mapping[str, int]]:
    """Return how many news articles were counted, and in how many of them each word occurs."""
    counts = {word: int(count) for word, count, *_ in _rows("background.tsv")}
    return counts.pop(""), counts


@cache
def _names() -> frozenset[str]:
    return frozenset(row[0] for row in _rows("background.tsv") if row[2:] == ["name"])


def _rows(table: str) -> list[list[str]]:
    lines = files(__package__).joinpath(table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def is_common(word: str) -> bool:
    """Tell whether the news writes a word small at least three times of four; not so one that is unknown."""
    term = term_of(word)
    return term in stop_words() or term in background()[1] and term not in _names()


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of an event, of all languages of the table."""
    return frozenset(word for _, those in _rows("stop_words.tsv") for word in those.split())


@lru_cache(maxsize=300_000)
def rarity(word: str) -> float:
    """Return how much a word tells: the inverse document frequency against the background; 0 for a stop word."""
    if word in stop_words():
        return 0.0
    articles, counts = background()
    return math.log(articles / counts.get(word, UNKNOWN_DF))


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order and as written; scripts without spaces give pairs of characters.

    Each of them is the one word of itself.
    """
    words: list[str] = _WORD.findall(text)
    if not _UNSPACED.search(text):
        return words
    return [part for word in words for part in (_pairs(word) if _UNSPACED.search(word) else (word,))]


def _pairs(word: str) -> list[str]:
    word = word.replace("'", "").replace("’", "")
    return [word[i : i + 2] for i in range(max(1, len(word) - 1))]


@lru_cache(maxsize=300_000)
def term_of(word: str) -> str:
    """Return the form that words are compared in: lower case, without a possessive and a plural ending."""
    term = POSSESSIVE.sub("", word.casefold())
    if len(term) > 3 and term.endswith("s") and not term.endswith(("ss", "us", "is")):
        return term[:-1]
    return term


def weight_of(word: str) -> float:
    """Return how much a word tells as it is written; 0 for a stop word, also one such as "après" that loses its s."""
    return 0.0 if word.casefold() in stop_words() else rarity(term_of(word))
