"""The trained tagger of who says what, run on one core: weights of one byte that come with the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from nutgraf.errors import LanguageError
from nutgraf.nlp.onnx import Network
from nutgraf.nlp.windows import Window, pack, read
from nutgraf.nlp.wordpiece import shipped_pieces
from nutgraf.ports import LabelScores, ScoredParagraph

WINDOW = 190
"""Pieces read at once. Trained on windows of up to 254; on dev 190 finds most (126 loses .005 to .01)."""

SHIPPED = Path(__file__).parent / "who_says_what"
NETWORK, LABELS = "tagger.onnx", "labels.json"


class OnnxTagger:
    """A tagger (``ports.Tagger``) whose weights are a folder: ``tagger.onnx`` and ``labels.json``.

    Loaded at the first text. The same text gets the same scores in any process on one kind of machine.
    """

    def __init__(self, folder: Path = SHIPPED, *, window: int = WINDOW) -> None:
        self._folder = folder
        self._window = window

    @cached_property
    def labels(self) -> LabelScores:
        """Return the scores that do not hang on the text."""
        return labels_from(json.loads(_there(self._folder / LABELS).read_text(encoding="utf-8")))

    @cached_property
    def _network(self) -> Network:
        return Network(_there(self._folder / NETWORK))

    def read(self, text: str) -> Sequence[ScoredParagraph]:
        """Score the words of ``text``, window by window. Raises ``LanguageError`` where the weights are missing."""
        windows = pack(read(text, shipped_pieces(), limit=self._window - 2), limit=self._window)
        return [paragraph for window in windows for paragraph in self._score(window)]

    def _score(self, window: Window) -> list[ScoredParagraph]:
        scores = self._network({"pieces": np.array([window.pieces]), "looks": np.array([window.looks])})[0]
        return [
            ScoredParagraph(tuple((word.start, word.end) for word in paragraph.words), scores[firsts])
            for paragraph, firsts in zip(window.paragraphs, window.firsts, strict=True)
        ]


def installed(folder: Path = SHIPPED) -> bool:
    """Tell whether the weights are there."""
    return (folder / NETWORK).is_file() and (folder / LABELS).is_file()


def _there(path: Path) -> Path:
    if not path.is_file():
        raise LanguageError(str(path), "the weights of the tagger are not there", "Install nutgraf again")
    return path


def labels_from(record: dict[str, list[object]]) -> LabelScores:
    """Read the scores of labels in a row from their record: lists by name."""
    return LabelScores(**{name: np.array(values, np.float32) for name, values in record.items()})
