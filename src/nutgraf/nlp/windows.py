"""Windows: whole paragraphs packed into rows of word pieces, as long as a tagger reads at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nutgraf.nlp.wordpiece import BREAK, FIRST, WordPieces
from nutgraf.nlp.words import LOOKS, Word, looks, paragraphs, words

EDGE = LOOKS
"""The look of the pieces that stand between paragraphs."""

LONGEST_WORD = 24
"""Pieces of one word that are read; a word of more is cut off here, so that no word fills a window."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (or a part of one too long for a window), read: for each word its pieces and its look."""

    words: tuple[Word, ...]
    pieces: tuple[tuple[int, ...], ...]
    looks: tuple[int, ...]

    @property
    def size(self) -> int:
        """Return how many pieces it has."""
        return sum(map(len, self.pieces))


@dataclass(slots=True)
class Window:
    """A row of pieces with the look of each; ``firsts`` holds, a paragraph, where the first piece of each word is."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    pieces: list[int] = field(default_factory=lambda: [FIRST])
    looks: list[int] = field(default_factory=lambda: [EDGE])
    firsts: list[list[int]] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        """Put a paragraph at the end, and a break after it."""
        firsts = []
        for pieces, look in zip(paragraph.pieces, paragraph.looks, strict=True):
            firsts.append(len(self.pieces))
            self.pieces.extend(pieces)
            self.looks.extend([look] * len(pieces))
        self.pieces.append(BREAK)
        self.looks.append(EDGE)
        self.paragraphs.append(paragraph)
        self.firsts.append(firsts)


def read(text: str, cut: WordPieces, *, limit: int) -> list[Paragraph]:
    """Read the paragraphs of ``text``; one of more than ``limit`` pieces comes in parts."""
    found: list[Paragraph] = []
    for start, end in paragraphs(text):
        these = words(text, start, end)
        seen = looks(text, these)
        pieces = [cut(word.text)[:LONGEST_WORD] for word in these]
        found.extend(
            Paragraph(these[i:j], tuple(pieces[i:j]), tuple(seen[i:j])) for i, j in parts(map(len, pieces), limit)
        )
    return found


def parts(sizes: Iterable[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges that cut a row of things of these sizes into parts of at most ``limit``."""
    start, room, at = 0, limit, -1
    for at, size in enumerate(sizes):
        if size > room and at > start:
            yield start, at
            start, room = at, limit
        room -= size
    if at >= start:
        yield start, at + 1


def pack(read_paragraphs: Iterable[Paragraph], *, limit: int, first: int | None = None) -> list[Window]:
    """Pack paragraphs, in order, into windows of at most ``limit`` pieces; the first one of at most ``first``.

    A paragraph that is longer than the room of an empty window gets one of its own.
    """
    windows: list[Window] = []
    room = 0
    for paragraph in read_paragraphs:
        if not windows or paragraph.size + 1 > room:
            room = (first if first is not None and not windows else limit) - 1
            windows.append(Window())
        windows[-1].add(paragraph)
        room -= paragraph.size + 1
    return windows
