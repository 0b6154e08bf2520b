"""What an article is compared by: its weighted words, its names and its numbers, packed."""

from __future__ import annotations

import math
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from nutgraf.model import Article

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

Weights = Mapping[int, float]
"""Weights by the number of their term."""

Numbers = NDArray[np.uint32]
Columns = NDArray[np.float16]


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
    parts = [{term_of(word) for word in words_of(part) if word[0].isupper()} for part in article.text.split("\n\n")]
    parts = [{term for term in names if rarity(term) > RARE} for names in parts]
    parts = [names for names in parts if names]
    related = sum(any(names & other for other in parts if other is not names) for names in parts)
    return len(parts) >= PARTS and related < len(parts) / 2


def number_of(term: str) -> int:
    """Return the number that stands for a term, the same in every process."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=300_000)
def _read(word: str) -> tuple[int, float]:
    """Return the number of a word's term and how much it tells, 0 where it tells nothing."""
    term = term_of(word)
    return number_of(term), rarity(term) if len(term) > 1 else 0.0


def terms_of(article: Article) -> Terms:
    """Return what ``article`` is compared by; an empty title or text gives empty vectors."""
    title = unicodedata.normalize("NFKC", telling_title(article.title))
    text = unicodedata.normalize("NFKC", article.text[:BODY_CHARACTERS])
    in_title, in_text = words_of(title), words_of(text)
    head, front = Counter(in_title), Counter(in_title + in_text[:LEAD_WORDS])
    whole = Counter(in_text)
    known = _known(whole.keys() | head.keys())
    rarities = {number: told for number, told in known.values() if told}
    body = _weights(known, rarities, whole, head)
    names, written, small = _names(whole, known, rarities)
    as_head, as_front = _weights(known, rarities, head), _weights(known, rarities, front)
    head_names = {word: n for word, n in head.items() if word[0].isupper() and known[word][0] not in small}
    order = [*as_head, *(n for n in as_front if n not in as_head), *(n for n in body if n not in as_front)]
    rare = {number: told - RARE for number, told in rarities.items() if told > RARE}
    opening = {word: known[word][0] for word in front}
    first_names = _among(Counter(in_text[:LEAD_WORDS]), opening, names, rarities)
    return Terms(
        words=np.array(order, np.uint32),
        whole=_columns(order, body, names, rare),
        front=_columns(order[: len(as_front)], as_front, first_names),
        head=_columns(order[: len(as_head)], as_head, _among(head_names, opening, names, rarities)),
        search=_strongest(order, body),
        numbers=_numbers(text, least=2),
        first_numbers=_numbers(f"{title} {text[:OPENING_NUMBERS]}", least=1),
        weekday=_weekday(text[:OPENING_CHARACTERS]),
        foreign=bool(rarities) and len(known) >= FOREIGN_WORDS and max(rarities.values()) <= FOREIGN_RARITY,
        names=tuple(
            sys.intern(_POSSESSIVE.sub("", written[n]))
            for n in sorted(names, key=lambda n: (-names[n], n))[:NAMES_KEPT]
        ),
    )


Known = Mapping[str, tuple[int, float]]
"""Words as they are written, with the number of their term and how much it tells."""


def _known(words: Set[str]) -> Known:
    """Return what words tell.

    The background counts English articles. In another language its not knowing a word says little, so the words of an
    article that is mostly made of such count as barely rare.
    """
    known = {word: _read(word) for word in words}
    small = [told for word, (_, told) in known.items() if told and word[0].islower()]
    unknown = rarity("\x00")
    if len(small) < FOREIGN_WORDS or sum(told == unknown for told in small) <= FOREIGN * len(small):
        return known
    return {word: (number, min(told, FOREIGN_RARITY)) for word, (number, told) in known.items()}


def _weights(known: Known, rarities: Mapping[int, float], *counted: Mapping[str, int]) -> Weights:
    """Weigh the terms of counted words."""
    found: dict[int, int] = {}
    for counts in counted:
        for word, count in counts.items():
            number, told = known[word]
            if told:
                found[number] = found.get(number, 0) + count
    return _unit(found, rarities)


def _unit(counts: Mapping[int, int], rarities: Mapping[int, float]) -> Weights:
    weights = {number: (1 + math.log(n)) * rarities[number] for number, n in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {number: weight / length for number, weight in weights.items()}


def _names(
    counts: Mapping[str, int], known: Known, rarities: Mapping[int, float]
) -> tuple[Weights, dict[int, str], set[int]]:
    """Weigh the words that never occur in small letters: names, wherever in a sentence they stand.

    Returned with how each is written, and with the terms that do occur in small letters.
    """
    small = {known[word][0] for word in counts if word[0].islower()}
    found: dict[int, int] = {}
    written: dict[int, str] = {}
    for word, count in counts.items():
        if word[0].isupper() and (number := known[word][0]) not in small and number in rarities:
            found[number] = found.get(number, 0) + count
            written.setdefault(number, word)
    return _unit(found, rarities), written, small


def _among(
    counts: Mapping[str, int], numbers: Mapping[str, int], names: Weights, rarities: Mapping[int, float]
) -> Weights:
    """Weigh those of counted words that are an article's names."""
    found: dict[int, int] = {}
    for word, count in counts.items():
        if (number := numbers[word]) in names:
            found[number] = found.get(number, 0) + count
    return _unit(found, rarities)


def _columns(order: Sequence[int], every: Weights, *some: Weights) -> Columns:
    """Return a row of weights a kind: the first kind has all terms, the others only some."""
    table = np.zeros((1 + len(some), len(order)), np.float16)
    table[0] = [every[number] for number in order]
    place = {number: n for n, number in enumerate(order)}
    for row, kind in enumerate(some, 1):
        inside = [number for number in kind if number in place]
        table[row, [place[number] for number in inside]] = [kind[number] for number in inside]
    return table


def _strongest(order: Sequence[int], body: Weights) -> NDArray[np.int16]:
    weights = np.array([body[number] for number in order])
    return np.lexsort((np.array(order), -weights))[:SEARCH_TERMS].astype(np.int16)


def _numbers(text: str, *, least: int) -> Numbers:
    """Return numbers of ``least`` characters or more; years are left out, any event has them."""
    found = {number.replace(",", "") for number in _NUMBER.findall(text)}
    kept = (n for n in found if len(n) >= least and not (len(n) == 4 and n[:2] in ("19", "20")))
    return np.array(sorted(map(number_of, kept)), np.uint32)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(text: str) -> int:
    """Return the weekday named most often, 1 to 7, the first of equals; 0 where there is none."""
    counts = Counter(day[:3].casefold() for day in _WEEKDAY.findall(text))
    return 1 + WEEKDAYS.index(max(counts, key=counts.__getitem__)) if counts else 0


def shared_words(one: Terms, other: Terms) -> str:
    """Say for people what two articles share: names as the first one writes them; rare words are counted."""
    theirs = {int(n): (name, rare) for n, name, rare in zip(other.words, other.whole[1], other.whole[2], strict=True)}
    rare = sum(told > 0 and theirs.get(int(n), (0, 0))[1] > 0 for n, told in zip(one.words, one.whole[2], strict=True))
    names = [name for name in one.names if theirs.get(number_of(term_of(name)), (0, 0))[0] > 0][:3]
    parts = [f"the names {', '.join(names)}"] if names else []
    parts += [f"{rare} rare words"] if rare else []
    return "shares " + (" and ".join(parts) or "common words only")
