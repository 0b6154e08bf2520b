"""Cutting words into the pieces of a BERT vocabulary: greedy, longest first, lower case, accents off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

PAD, UNKNOWN, FIRST, BREAK, MASK = 0, 100, 101, 102, 103
"""Piece numbers with a meaning of their own, the same in every uncased BERT vocabulary."""

LONGEST = 100
"""Letters of the longest word that is cut; what is longer is unknown, as in BERT."""


class WordPieces:
    """Cuts words by a vocabulary: piece to number, pieces inside a word marked by ``##``."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of one word; at least one, the unknown one where no pieces make it up."""
        pieces = self._known.get(word)
        if pieces is None:
            pieces = self._cut(plain(word))
            if len(self._known) < 200_000:
                self._known[word] = pieces
        return pieces

    def _cut(self, word: str) -> tuple[int, ...]:
        if not 0 < len(word) <= LONGEST:
            return (UNKNOWN,)
        pieces, at = [], 0
        while at < len(word):
            for end in range(len(word), at, -1):
                number = self._numbers.get(("##" if at else "") + word[at:end])
                if number is not None:
                    break
            else:
                return (UNKNOWN,)
            pieces.append(number)
            at = end
        return tuple(pieces)


@cache
def shipped_pieces() -> WordPieces:
    """Return the cutter of the vocabulary that MiniLM and BERT share, which comes with the program."""
    return WordPieces(files(__package__).joinpath("pieces.txt").read_text(encoding="utf-8").splitlines())


def plain(word: str) -> str:
    """Return ``word`` in lower case without its accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
