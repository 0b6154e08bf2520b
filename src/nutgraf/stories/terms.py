"""What an article is compared by: its weighted words, its names and its numbers, packed."""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nutgraf.model import Article
from nutgraf.rarity import POSSESSIVE, rarity, term_of, weight_of, words_of

BODY_CHARACTERS = 6000
"""How far into a text words are read. What a report is about stands at its start; later parts recall older events."""

OPENING_CHARACTERS = 1500
"""Where the weekday of the event is looked for."""

LEAD_WORDS = 110
"""The opening paragraphs: who, what, where, when."""

NAMES_KEPT = 8
"""Names of an article that are kept as it writes them, for saying what two share."""

SEARCH_TERMS = 40
"""The strongest words of an article, by which others are found."""

OPENING_NUMBERS = 700
"""Where the numbers of the event itself stand, headline included."""

FOREIGN = 0.4
"""Share of the small-letter words that the background does not know from which an article is in another language."""

FOREIGN_WORDS = 30
"""Small-letter words that it takes to tell."""

FOREIGN_RARITY = 5.5
"""What a word of another language tells at most."""

PARTS = 3
"""Paragraphs with names from which a page can be one of many stories."""

RARE = 5.0
"""Rarity from which a word is rare: fewer than one article in 150 has it."""

# A pattern that starts with one character of a kind is looked for faster than one that starts with several.
_NUMBER = re.compile(r"\d\d*+(?:[.,]\d++)*+")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"^[^|:]{3,30}\|\s+"
    r"|^(?:op-ed columnist|opinion|analysis|exclusive|breaking|update \d*|live updates?|live|watch)\s*:\s+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?:\||[-–—])\s+[^|–—]{2,40}$")

Numbers = NDArray[np.uint32]
Columns = NDArray[np.float16]
Places = NDArray[np.int64]
Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of one article, packed so that 100,000 articles fit in memory.

    ``words`` are the numbers of its terms (see ``number_of``): those of the headline, then the other ones of the
    opening, then the rest. The rows of ``whole`` belong to all of them: their weights in the text, their weights as
    names, and by how much each passes ``RARE``. Those of ``front`` belong to headline and opening: weights there, and
    as names there; those of ``head`` to the headline alone, likewise. Weights of a kind make a vector of length one,
    or are all 0.

    ``search`` are the places in ``words`` of the strongest terms. ``numbers`` are those that can tell events apart,
    ``first_numbers`` all of headline and opening but years. ``weekday`` is the one that the opening names most, 1 to
    7, or 0. ``names`` are the strongest ones as the article writes them.
    """

    words: Numbers
    whole: Columns
    front: Columns
    head: Columns
    search: NDArray[np.int16]
    numbers: Numbers
    first_numbers: Numbers
    weekday: int
    foreign: bool  # whether its language is one that the background and the vectors do not know
    names: tuple[str, ...]


def plain_title(title: str) -> str:
    """Return a headline without what outlets put around it: "Opinion |", "- Harbor Ledger"."""
    return _SUFFIX.sub("", _PREFIX.sub("", title.strip())) or title


_BARE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DATE_WORD = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|a|p|am|pm|for|on|of|st|nd|rd|th"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)


@cache
def _generic_titles() -> frozenset[str]:
    lines = files(__package__).joinpath("generic_titles.tsv").read_text(encoding="utf-8").splitlines()
    titles = (title for line in lines if not line.startswith("#") for title in line.split("\t")[1].split(";"))
    found = (_BARE.findall(title.casefold()) for title in titles)
    return frozenset(" ".join(word for word in words if not _DATE_WORD.fullmatch(word)) for words in found) - {""}


def telling_title(title: str) -> str:
    """Return a headline as it is compared: without what outlets put around it, and nothing of a generic one.

    "Morning briefing" stands over any news, so it says nothing of an event; articles so called are told by their texts.
    """
    plain = plain_title(title) if title.strip() else ""
    bare = " ".join(word for word in _BARE.findall(plain.casefold()) if not _DATE_WORD.fullmatch(word))
    return "" if bare in _generic_titles() else plain


def is_round_up(article: Article) -> bool:
    """Tell whether an article tells many stories: under a generic headline, in parts that share no name.

    Fewer than half of its paragraphs have a name in common with another one. What is so told belongs to no one story.
    """
    if not article.title.strip() or telling_title(article.title):
        return False
    texts = article.text.split("\n\n")
    parts = [{term_of(w) for w in words_of(text) if w[0].isupper() and weight_of(w) > RARE} for text in texts]
    parts = [names for names in parts if names]
    related = sum(any(names & other for other in parts if other is not names) for names in parts)
    return len(parts) >= PARTS and related < len(parts) / 2


def number_of(term: str) -> int:
    """Return the number that stands for a term, the same in every process."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

VOCABULARY = 300_000
"""Words whose readings are kept; with more, they are read anew."""


_APART = bytes(code if code > 127 or chr(code).isalnum() or chr(code) == "'" else ord(" ") for code in range(256))
"""What stands between words in UTF-8, made blanks, as far as one byte tells."""

_MARKS = "“”‘–—…•"
"""The commonest marks that take more than one byte; of "’" only the words around it tell whether it parts them."""

SEVERAL = -1
"""The place of what is no one word."""

LONG = 32
"""Bytes from which what is no one word is not kept: whole sentences of scripts without blanks."""


class _Vocabulary(dict[bytes, int]):
    """Places of words in columns that tell how each is read; a new word is read when it is first asked for.

    Keys are what blanks part, in UTF-8: a word, or one with marks around it that are not ASCII. ``code`` is for runs
    of words; see ``origins.shingles``.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self.words: list[str] = []
        self.code = np.zeros(1024, np.uint32)
        self.number = np.zeros(1024, np.uint32)
        self.told = np.zeros(1024)
        self.small = np.zeros(1024, np.bool_)
        self.capital = np.zeros(1024, np.bool_)
        self.weekday = np.zeros(1024, np.int8)

    def __missing__(self, part: bytes) -> int:
        words = words_of(part.decode("utf-8", "surrogatepass"))
        if len(words) != 1:
            if len(part) < LONG:
                self[part] = SEVERAL
            return SEVERAL
        own = words[0].encode("utf-8", "surrogatepass")
        with self._lock:
            if (place := self.get(own)) is None:
                place = self[own] = self._read(words[0])
            self[part] = place
            return place

    def _read(self, word: str) -> int:
        place, term = len(self.words), term_of(word)
        if place == len(self.number):
            self._grow()
        self.words.append(word)
        self.code[place] = number_of(word.casefold())
        self.number[place] = number_of(term)
        self.told[place] = weight_of(word) if len(term) > 1 else 0.0
        self.small[place], self.capital[place] = word[0].islower(), word[0].isupper()
        day = _WEEKDAY.search(word)
        self.weekday[place] = 1 + WEEKDAYS.index(day.group()[:3].casefold()) if day else 0
        return place

    def _grow(self) -> None:
        for name in ("code", "number", "told", "small", "capital", "weekday"):
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.zeros_like(column)]))

    def places(self, text: str) -> Places:
        """Return the places of the words of a text in order: those of ``words_of``."""
        if not text.isascii():
            for mark in _MARKS:
                text = text.replace(mark, " ")
        parts = text.encode("utf-8", "surrogatepass").translate(_APART).split()
        places = np.fromiter(map(self.__getitem__, parts), np.int64, len(parts))
        found, start = [], 0
        for odd in np.flatnonzero(places == SEVERAL).tolist():
            found += [places[start:odd], self._apart(parts[odd])]
            start = odd + 1
        return np.concatenate([*found, places[start:]]) if found else places

    def _apart(self, part: bytes) -> Places:
        words = words_of(part.decode("utf-8", "surrogatepass"))
        return np.array([self[word.encode("utf-8", "surrogatepass")] for word in words], np.int64)


_kept = [_Vocabulary()]


def vocabulary() -> _Vocabulary:
    """Return the readings of the words that were met; what is asked of it goes on holding for the one returned."""
    if len(_kept[0]) > VOCABULARY:
        _kept[0] = _Vocabulary()
    return _kept[0]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The words of an article: those of the headline, of the text as far as terms are read, and of the rest of it."""

    known: _Vocabulary
    title: Places
    text: Places
    rest: Places
    headline: str
    start: str  # the text as far as terms are read, its characters in their plain forms


def read(article: Article) -> Reading:
    """Return the words of an article, so that they are taken apart once for all that is made of them."""
    headline = unicodedata.normalize("NFKC", telling_title(article.title))
    start = unicodedata.normalize("NFKC", article.text[:BODY_CHARACTERS])
    rest = unicodedata.normalize("NFKC", article.text[BODY_CHARACTERS:])
    known = vocabulary()
    return Reading(
        known=known,
        title=known.places(headline),
        text=known.places(start),
        rest=known.places(rest),
        headline=headline,
        start=start,
    )


def terms_of(article: Article, reading: Reading | None = None) -> Terms:
    """Return what ``article`` is compared by; an empty title or text gives empty vectors."""
    reading = reading or read(article)
    known, words = reading.known, np.concatenate([reading.title, reading.text])
    told, start = known.told[words], len(reading.title)
    if foreign := _is_foreign(known, words, told):
        told = np.minimum(told, FOREIGN_RARITY)
    telling = np.flatnonzero(told)
    found = _Counted.of(known, words[telling], told[telling], telling - start)
    body, names, front, _, head, _ = found.weights
    order = np.argsort((front == 0).astype(np.int8) + (head == 0), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    opening, first = np.count_nonzero(front), np.count_nonzero(head)
    rare = np.maximum(0, found.rarities - RARE)
    columns = np.concatenate([found.weights, rare[None]])[:, order].astype(np.float16)
    # Terms come sorted, so that of equal weights the smaller term stays first.
    kept = np.argsort(-names, kind="stable")[: min(NAMES_KEPT, np.count_nonzero(names))]
    return Terms(
        words=found.terms[order],
        whole=columns[[0, 1, 6]],
        front=columns[2:4, :opening].copy(),
        head=columns[4:6, :first].copy(),
        search=place[np.argsort(-body, kind="stable")[:SEARCH_TERMS]].astype(np.int16),
        numbers=_numbers(reading.start, least=2),
        first_numbers=_numbers(f"{reading.headline} {reading.start[:OPENING_NUMBERS]}", least=1),
        weekday=_weekday(known.weekday[reading.text], reading.start),
        foreign=foreign,
        names=tuple(
            sys.intern(POSSESSIVE.sub("", known.words[at])) for at in reading.text[found.written[kept]].tolist()
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """The terms of an article with how rare each is, a row of weights a kind, and where the text first names each.

    Kinds: in headline and text, in headline and opening, in the headline, each followed by the same for names alone.
    """

    terms: Numbers
    rarities: Row
    weights: Row
    written: Places

    @classmethod
    def of(cls, known: _Vocabulary, words: Places, told: Row, place: Places) -> _Counted:
        """Count telling words, given with where each stands in the text; a negative place is in the headline."""
        if not len(words):
            return cls(np.zeros(0, np.uint32), np.zeros(0), np.zeros((6, 0)), np.zeros(0, np.int64))
        numbers = known.number[words]
        by_term = np.argsort(numbers, kind="stable")
        numbers, words, place, told = numbers[by_term], words[by_term], place[by_term], told[by_term]
        new = np.concatenate([[True], numbers[1:] != numbers[:-1]])
        starts, capital = np.flatnonzero(new), known.capital[words]
        head, front, text = place < 0, place < LEAD_WORDS, place >= 0
        named = capital & text
        kinds = [head | text, named, front, front & text, head, capital & head, known.small[words] & text]
        counts = np.add.reduceat(np.array(kinds, np.int64), starts, axis=1)
        # A name never occurs in small letters, and wherever it stands in the opening it counts there.
        counts[1:6:2, (counts[6] > 0) | (counts[1] == 0)] = 0
        rarities, at = told[starts], np.flatnonzero(named)[::-1]
        written = np.zeros(len(starts), np.int64)
        written[np.cumsum(new)[at] - 1] = place[at]  # of several places the first is set last
        return cls(numbers[starts], rarities, _unit(counts[:6], rarities), written)


def _unit(counts: NDArray[np.int64], rarities: Row) -> Row:
    """Weigh terms by how often they occur and how much they tell; each row is a vector of length one, or all 0."""
    weights = np.where(counts > 0, (1 + np.log(np.maximum(counts, 1))) * rarities, 0.0)
    lengths = np.sqrt(np.einsum("ij,ij->i", weights, weights))
    unit: Row = weights / np.where(lengths > 0, lengths, 1)[:, None]
    return unit


def _is_foreign(known: _Vocabulary, words: Places, told: Row) -> bool:
    """Tell whether an article is mostly made of words that the background does not know.

    The background counts English articles. In another language its not knowing a word says little, so the words of such
    an article count as barely rare.
    """
    unknown = rarity("\x00")
    if np.count_nonzero((told == unknown) & known.small[words]) <= FOREIGN * FOREIGN_WORDS:
        return False  # too few, each counted once or not
    several = np.unique(words)
    small = known.told[several][known.small[several]]
    small = small[small > 0]
    return len(small) >= FOREIGN_WORDS and bool(np.count_nonzero(small == unknown) > FOREIGN * len(small))


def _numbers(text: str, *, least: int) -> Numbers:
    """Return numbers of ``least`` characters or more; years are left out, any event has them."""
    found = {number.replace(",", "") for number in _NUMBER.findall(text)}
    kept = (n for n in found if len(n) >= least and not (len(n) == 4 and n[:2] in ("19", "20")))
    return np.array(sorted(map(number_of, kept)), np.uint32)


def _weekday(days: NDArray[np.int8], start: str) -> int:
    """Return the weekday that occurs most often in the opening, 1 to 7, the first of equals; 0 where there is none."""
    if not days[:OPENING_CHARACTERS].any():
        return 0
    named = days[: len(words_of(start[:OPENING_CHARACTERS]))]
    named = named[named > 0]
    return Counter(named.tolist()).most_common(1)[0][0] if len(named) else 0


def shared_words(one: Terms, other: Terms) -> str:
    """Say for people what two articles share: names as the first one writes them; rare words are counted."""
    rare = len(_where(one, one.whole[2]) & _where(other, other.whole[2]))
    theirs = _where(other, other.whole[1])
    names = [name for name in one.names if number_of(term_of(name)) in theirs][:3]
    parts = [f"the names {', '.join(names)}"] if names else []
    parts += [f"{rare} rare words"] if rare else []
    return "shares " + (" and ".join(parts) or "common words only")


def _where(terms: Terms, weights: NDArray[np.float16]) -> set[int]:
    """Return the terms that have a weight."""
    return set(terms.words[weights > 0].tolist())
