"""Language tools behind the port ``Language``: sentences by rule, English grammar by a pinned spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from nutgraf.nlp import tagger as tagging
from nutgraf.nlp import vectors
from nutgraf.nlp.english import English
from nutgraf.nlp.sentences import split
from nutgraf.nlp.tagger import OnnxTagger
from nutgraf.nlp.vectors import Headlines
from nutgraf.ports import Language, Meaning, Sentence, Tagger, Token


class _Tools:
    def __init__(self, *, names: bool, tagger: bool) -> None:
        self._english = English(split, names=names)
        self._wanted = tagger

    @cached_property
    def tagger(self) -> Tagger | None:
        return OnnxTagger() if self._wanted and tagging.installed() else None

    def sentences(self, text: str) -> Sequence[Sentence]:
        return split(text)

    def parse(self, text: str) -> Sequence[Token]:
        return next(self._english.parse_many((text,)))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        return self._english.parse_many(texts)


def open_language(*, names: bool = False, tagger: bool = True) -> Language:
    """Return the language tools; with ``names`` the tokens also tell named entities, at half the speed.

    Without ``tagger`` rules alone find who says what. Nothing is loaded until it is first used, which raises
    ``LanguageError`` if it cannot be.
    """
    return _Tools(names=names, tagger=tagger)


def open_meaning() -> Meaning | None:
    """Return the model that compares headlines by what they mean, or ``None`` where its package is not installed.

    Nothing is loaded until the first headline.
    """
    return Headlines() if vectors.installed() else None
