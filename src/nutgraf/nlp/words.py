"""Words and marks of a text with their offsets, and the look of each: letter case, inside a quotation or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+|\S")
PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.DOTALL)
BREAK = re.compile(r"\n\s*\n")

OPENING = {"“": "”", "«": "»", "„": "“"}
"""Marks that only open a quotation, with what closes it."""

CASES = ("lower", "title", "upper", "mixed", "none")
QUOTED = ("outside", "double", "single")
LOOKS = len(CASES) * len(QUOTED)
"""How many looks a word can have; see ``looks``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, or one other mark; ``start`` and ``end`` are characters of the text."""

    start: int
    end: int
    text: str


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph: no empty line inside, no white space at the ends."""
    at = 0
    for gap in [*BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        body = PARAGRAPH.search(text, at, end)
        if body:
            yield body.span()
        at = gap.end() if gap else end


def words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words and marks between ``start`` and ``end``, in order."""
    return tuple(Word(*found.span(), found.group()) for found in WORD.finditer(text, start, end))


def looks(text: str, paragraph: tuple[Word, ...]) -> list[int]:
    """Return the look of each word of one paragraph: its letter case, and whether it stands inside a quotation."""
    quoted = quotations(text, paragraph)
    return [quoted[i] * len(CASES) + letter_case(word.text) for i, word in enumerate(paragraph)]


def letter_case(word: str) -> int:
    """Return the index in ``CASES`` of how a word is written."""
    if not any(c.isalpha() for c in word):
        return 4
    if word.islower():
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3


def quotations(text: str, paragraph: tuple[Word, ...]) -> list[int]:
    """Return for each word an index in ``QUOTED``, the marks themselves counted as inside.

    A quotation in double marks that nothing closes runs to the end of its paragraph, as where a speaker goes on in
    the next; one in single marks must be closed, for most single marks are apostrophes.
    """
    state = [0] * len(paragraph)
    opened, closes = -1, ""
    single = -1
    for i, word in enumerate(paragraph):
        mark = word.text
        if opened >= 0:
            if mark == closes:
                state[opened : i + 1] = [1] * (i + 1 - opened)
                opened = -1
        elif mark in OPENING or mark == '"':
            opened, closes = i, OPENING.get(mark, mark)
            single = -1
        elif single < 0 and opens_single(text, word):
            single = i
        elif single >= 0 and closes_single(text, word):
            state[single : i + 1] = [2] * (i + 1 - single)
            single = -1
    if opened >= 0:
        state[opened:] = [1] * (len(paragraph) - opened)
    return state


def opens_single(text: str, word: Word) -> bool:
    """Tell whether a single mark may open a quotation: nothing but space or a bracket before it, a word after it."""
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    return word.text in "'‘" and not (before.isalnum() or before in set('.,!?;:%)’”"')) and after.isalnum()


def closes_single(text: str, word: Word) -> bool:
    """Tell whether a single mark may close a quotation: no letter or digit right after it."""
    return word.text in "'’" and not text[word.end : word.end + 1].isalnum()
