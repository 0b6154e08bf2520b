"""The trained tagger of who says what, run on one core by onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from nutgraf.nlp.windows import pack, read
from nutgraf.nlp.wordpiece import WordPieces
from nutgraf.ports import LabelScores, ScoredParagraph

WINDOW = 126
"""Pieces read at once. Trained on windows of up to 254; shorter ones are faster."""


class OnnxTagger:
    """A tagger (``ports.Tagger``) whose weights are a folder: ``tagger.onnx``, ``pieces.txt``, ``labels.json``.

    The same text gets the same scores in any process on one kind of machine. Not for use from several threads at once
    with an expectation of more speed: it keeps to one core.
    """

    def __init__(self, folder: Path, *, window: int = WINDOW) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / "tagger.onnx", options)
        self._cut = WordPieces((folder / "pieces.txt").read_text(encoding="utf-8").splitlines())
        self._window = window
        self._labels = labels_from(json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    @property
    def labels(self) -> LabelScores:
        """Return the scores that do not hang on the text."""
        return self._labels

    def read(self, text: str) -> Sequence[ScoredParagraph]:
        """Score the words of ``text``, window by window."""
        found = []
        for window in pack(read(text, self._cut, limit=self._window - 2), limit=self._window):
            feed = {"pieces": np.array([window.pieces]), "looks": np.array([window.looks])}
            scores = self._session.run(["scores"], feed)[0][0]
            for paragraph, firsts in zip(window.paragraphs, window.firsts, strict=True):
                spans = tuple((word.start, word.end) for word in paragraph.words)
                found.append(ScoredParagraph(spans, scores[firsts]))
        return found


def labels_from(record: dict[str, list[object]]) -> LabelScores:
    """Read the scores of labels in a row from their record: lists by name."""
    return LabelScores(**{name: np.array(values, np.float32) for name, values in record.items()})
