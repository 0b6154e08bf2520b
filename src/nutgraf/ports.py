"""What the stages need from outside, as small protocols. Edges provide them; tests give plain objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from nutgraf.model import Page


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parse. ``head`` is the index of its governor in the same parse (its own index for a root).

    ``dep`` are ClearNLP labels, ``tag`` Penn Treebank tags, ``name`` the kind of a named entity ("PERSON", "ORG",
    "GPE", …) that the token belongs to, or "".
    """

    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int
    name: str


Sentence = tuple[int, int]
"""Start and end (excluded) of one sentence, in characters of the text that was split."""


class Language(Protocol):
    """Language tools for one text at a time."""

    def sentences(self, text: str) -> Sequence[Sentence]:
        """Split ``text``: in order, not overlapping, white space at the ends left out, never across a paragraph."""
        ...

    def parse(self, text: str) -> Sequence[Token]:
        """Parse English ``text``; offsets are characters of ``text``. Linear in its length, whatever the text holds."""
        ...

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        """Parse several texts, in order, faster than one at a time."""
        ...


class Fetcher(Protocol):
    """Gets pages from addresses, politely and guarded."""

    def get(self, address: str) -> Page:
        """Return the page; raises ``FetchError`` naming the address where there is none."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, with its zone."""
        ...
