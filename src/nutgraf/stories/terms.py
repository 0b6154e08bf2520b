"""What an article is compared by: its weighted words, its names and its numbers."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nutgraf.model import Article

BODY_CHARACTERS = 6000
"""How far into a text words are read. What a report is about stands at its start; later parts recall older events."""

OPENING_CHARACTERS = 1500
"""Where the weekday of the event is looked for."""

LEAD_WORDS = 110
"""The opening paragraphs: who, what, where, when."""

UNKNOWN_DF = 0.5
"""Articles of the background that a word outside the table is taken to occur in."""

RARE = 5.0
"""Rarity from which a word is rare: fewer than one article in 150 has it."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_PREFIX = re.compile(
    r"^[^|:]{3,30}\|\s+"
    r"|^(?:op-ed columnist|opinion|analysis|exclusive|breaking|update \d*|live updates?|live|watch)\s*:\s+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?:\||[-–—])\s+[^|–—]{2,40}$")

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one article. ``body``, ``lead``, ``title`` and ``names`` are vectors of length one (or empty).

    ``rare`` is by how much each rare word of the body passes ``RARE``, ``weekday`` the one its opening names most.
    """

    body: Weights
    lead: Weights
    title: Weights
    names: Weights
    rare: Weights
    numbers: frozenset[str]
    weekday: str


@cache
def background() -> tuple[int, Mapping[str, int]]:
    """Return how many news articles were counted, and in how many of them each word occurs."""
    lines = files(__package__).joinpath("background.tsv").read_text(encoding="utf-8").splitlines()
    counts = dict(_count(line) for line in lines if line and not line.startswith("#"))
    return counts.pop(""), counts


def _count(line: str) -> tuple[str, int]:
    word, count = line.split("\t")
    return word, int(count)


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of an event, of all languages of the table."""
    lines = files(__package__).joinpath("stop_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split())


@lru_cache(maxsize=300_000)
def rarity(word: str) -> float:
    """Return how much a word tells: the inverse document frequency against the background; 0 for a stop word."""
    if word in stop_words():
        return 0.0
    articles, counts = background()
    return math.log(articles / counts.get(word, UNKNOWN_DF))


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order and as written; scripts without spaces give pairs of characters."""
    words: list[str] = _WORD.findall(text)
    if not _UNSPACED.search(text):
        return words
    return [part for word in words for part in (_pairs(word) if _UNSPACED.search(word) else (word,))]


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(max(1, len(word) - 1))]


@lru_cache(maxsize=300_000)
def term_of(word: str) -> str:
    """Return the form that words are compared in: lower case, without a possessive and a plural ending."""
    term = _POSSESSIVE.sub("", word.casefold())
    if len(term) > 3 and term.endswith("s") and not term.endswith(("ss", "us", "is")):
        return term[:-1]
    return term


def plain_title(title: str) -> str:
    """Return a headline without what outlets put around it: "Opinion |", "- Harbor Ledger"."""
    return _SUFFIX.sub("", _PREFIX.sub("", title.strip())) or title


def terms_of(article: Article) -> Terms:
    """Return what ``article`` is compared by; an empty title or text gives empty vectors."""
    title = unicodedata.normalize("NFKC", plain_title(article.title))
    text = unicodedata.normalize("NFKC", article.text[:BODY_CHARACTERS])
    in_title, in_body = words_of(title), words_of(text)
    body = _vector([*in_title, *in_body])
    return Terms(
        body=body,
        lead=_vector([*in_title, *in_body[:LEAD_WORDS]]),
        title=_vector(in_title),
        names=_names(in_body),
        rare={term: rarity(term) - RARE for term in body if rarity(term) > RARE},
        numbers=_numbers(text),
        weekday=_weekday(text[:OPENING_CHARACTERS]),
    )


def _vector(words: Iterable[str]) -> Weights:
    return _unit(Counter(map(term_of, words)))


def _names(words: Iterable[str]) -> Weights:
    """Weigh the words that never occur in small letters: names, wherever in a sentence they stand."""
    counts = Counter(words)
    small = {term_of(word) for word in counts if word[0].islower()}
    capital: Counter[str] = Counter()
    for word, count in counts.items():
        if word[0].isupper() and (term := term_of(word)) not in small:
            capital[term] += count
    return _unit(capital)


def _numbers(text: str) -> frozenset[str]:
    """Return numbers that can tell events apart: not single digits, not years."""
    found = {number.replace(",", "") for number in _NUMBER.findall(text)}
    return frozenset(n for n in found if len(n) > 1 and not (len(n) == 4 and n[:2] in ("19", "20")))


def _weekday(text: str) -> str:
    """Return the weekday named most often, the first of equals; empty where there is none."""
    counts = Counter(day.casefold() for day in _WEEKDAY.findall(text))
    return max(counts, key=counts.__getitem__) if counts else ""


def _unit(counts: Mapping[str, int]) -> Weights:
    weights = {term: (1 + math.log(n)) * rarity(term) for term, n in counts.items() if len(term) > 1}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items() if weight} if length else {}


def shared_words(one: Terms, other: Terms, text: str) -> str:
    """Say for people what two articles share: the strongest names, as ``text`` (the first one's) writes them, and how
    many rare words.
    """
    names = sorted(one.names.keys() & other.names.keys(), key=lambda term: (-one.names[term] * other.names[term], term))
    rare = len(one.rare.keys() & other.rare.keys())
    found = [
        match.group() for term in names[:3] if (match := re.search(rf"\b{re.escape(term)}\b", text, re.IGNORECASE))
    ]
    parts = [f"the names {', '.join(found)}"] if found else []
    parts += [f"{rare} rare words"] if rare else []
    return "shares " + (" and ".join(parts) or "common words only")
