"""A line laid beside a passage, word by word: what both have, and what its names and numbers stand next to."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from nutgraf.briefs import words

NEAR = 4
"""Words between a doubt or a negation and what it bears on, or between a name and what it is told of."""

Kind = Callable[["Token"], bool]
"""Which tokens make a run: names, or numbers."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, case folded, whether it was written with a capital, and whether a mark parts it from the one before."""

    word: str
    capital: bool
    parted: bool = False

    @property
    def means(self) -> bool:
        """Whether the word carries meaning."""
        return self.word not in words.STOP and len(self.word) > 1

    @property
    def is_doubt(self) -> bool:
        """Whether the word takes certainty away; "May" with a capital is a month."""
        return self.word in words.STRONG_HEDGES and not (self.word == "may" and self.capital)

    @property
    def is_negation(self) -> bool:
        """Whether the word turns a claim round."""
        return self.word in words.NEGATIONS


@lru_cache(maxsize=1 << 11)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of ``text``, "isn't" as "is not"."""
    flat = words.fold(text)
    small = flat.casefold()
    if any(mark in small for mark in _MARKS_OF_THEM):
        for pattern, plain in _TAKEN_APART:
            flat = pattern.sub(plain, flat)
    found, at = [], 0
    for match in _WORD.finditer(flat):
        word, parted = match.group(), bool(flat[at : match.start()].strip(_NO_MARK))
        found.append(Token(words.without_possessive(word.casefold()).rstrip(","), word[:1].isupper(), parted))
        at = match.end()
    return tuple(found)


_TAKEN_APART = (
    (re.compile(r"\bNo\. (?=\d)"), "number "),
    (re.compile(r"(?i)\bcan(?:'t|not)\b"), "can not"),
    (re.compile(r"(?i)\bwon't\b"), "will not"),
    (re.compile(r"(?i)n't\b"), " not"),
)
_MARKS_OF_THEM = ("no. ", "n't", "cannot")
"""Letters that a text has, in small, where any of these stands in it."""

_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|\w+(?:'\w+)?")
_NO_MARK = " '-"
"""What stands between words that no mark parts; folded text has no other white space."""


def rooted(those: Sequence[Token], small: Container[str] = ()) -> tuple[Token, ...]:
    """Return tokens with names of peoples as those of their countries: a headline has "Russia" for "Russian".

    ``small`` holds words that are no names, whatever their capital: "Shutdown" at the beginning of a headline.
    """
    kept = words.HEDGES | words.DENYING
    return tuple(
        replace(token, word=words.root(token.word))
        if is_name(token) and token.word not in kept and token.word not in small
        else token
        for token in those
    )


def share(theirs: Sequence[Token], mine: Sequence[Token], matcher: SequenceMatcher[str]) -> float:
    """Return the share of the meaning words of the shorter that stand in both, in one order."""
    matched = sum(
        theirs[i].means for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)
    )
    least = min(sum(t.means for t in theirs), sum(t.means for t in mine))
    return matched / max(1, least)


def runs(those: Sequence[Token], kind: Kind) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens of one kind that follow one another with no mark in between."""
    start = None
    for place, token in enumerate([*those, Token("", capital=False)]):
        if start is not None and (token.parted or not kind(token)):
            yield start, place
            start = None
        if kind(token) and start is None:
            start = place


def stands_so(mine: Sequence[Token], run: tuple[int, int], theirs: Sequence[Token], kind: Kind) -> bool:
    """Tell whether the passage has a run of a line, next to a meaning word that it is next to in the line."""
    before, after = _beside(mine, *run, reach=1)
    return not (before or after) or any(
        before & their_before or after & their_after
        for their_before, their_after in (_beside(theirs, *there, reach=1) for there in _same(mine, run, theirs, kind))
    )


def stands_near(mine: Sequence[Token], run: tuple[int, int], theirs: Sequence[Token], kind: Kind) -> bool:
    """Tell whether the passage has a run of a heading, near a meaning word that it is near in the heading."""
    reach = NEAR // 2 if kind is is_number else NEAR  # what a number counts is close by
    near = set[str]().union(*_beside(mine, *run, reach=reach))
    return not near or any(
        near & set[str]().union(*_beside(theirs, *there, reach=reach + 2)) for there in _same(mine, run, theirs, kind)
    )


def is_one_name(mine: Sequence[Token], run: tuple[int, int], theirs: Sequence[Token], kind: Kind) -> bool:
    """Tell whether the passage has a run of a line as one name."""
    return any(True for _ in _same(mine, run, theirs, kind))


def _same(
    mine: Sequence[Token], run: tuple[int, int], theirs: Sequence[Token], kind: Kind
) -> Iterator[tuple[int, int]]:
    """Yield the runs of a passage that have all of a run that is in the passage at all, in the same order."""
    known = {t.word for t in theirs if kind(t)}
    said = [t.word for t in mine[slice(*run)] if t.word in known]
    for there in runs(theirs, kind):
        if said and [t.word for t in theirs[slice(*there)] if t.word in said] == said:
            yield there


def _beside(those: Sequence[Token], start: int, end: int, *, reach: int) -> tuple[set[str], set[str]]:
    """Return the stems of the nearest meaning words before a range and after it, ``reach`` of each."""
    before = [words.stem(t.word) for t in reversed(those[:start]) if t.means]
    after = [words.stem(t.word) for t in those[end:] if t.means]
    return set(before[:reach]), set(after[:reach])


def is_name(token: Token) -> bool:
    """Tell whether a token is (a word of) a name."""
    return token.capital and token.means and token.word not in words.OWN_WORDS


def is_number(token: Token) -> bool:
    """Tell whether a token is a number, in digits or in words."""
    return words.is_number(token.word)
