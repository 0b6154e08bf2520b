"""Language tools behind the port ``Language``: sentences by rule, English grammar by a pinned spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nutgraf.nlp.english import English
from nutgraf.nlp.sentences import split
from nutgraf.nlp.vectors import Headlines, installed
from nutgraf.ports import Language, Meaning, Sentence, Token


class _Tools:
    def __init__(self, *, names: bool) -> None:
        self._english = English(split, names=names)

    def sentences(self, text: str) -> Sequence[Sentence]:
        return split(text)

    def parse(self, text: str) -> Sequence[Token]:
        return next(self._english.parse_many((text,)))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        return self._english.parse_many(texts)


def open_language(*, names: bool = False) -> Language:
    """Return the language tools; with ``names`` the tokens also tell named entities, at half the speed.

    Nothing is loaded until the first parse, which raises ``LanguageError`` if it cannot.
    """
    return _Tools(names=names)


def open_meaning() -> Meaning | None:
    """Return the model that compares headlines by what they mean, or ``None`` where its package is not installed.

    Nothing is loaded until the first headline.
    """
    return Headlines() if installed() else None
