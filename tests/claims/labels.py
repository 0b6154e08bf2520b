"""Scores of labels in a row, for tests of what is made of a tagger's scores."""

import numpy as np

from nutgraf.claims.chances import LABELS
from nutgraf.ports import LabelScores

NEVER = -1e4


def plain_labels() -> LabelScores:
    """Scores that bar only what cannot be: going on with a span that is not open."""
    count = len(LABELS)
    start, moves = np.zeros(count, np.float32), np.zeros((count, count), np.float32)
    for inner in (2, 4, 6):
        start[inner] = NEVER
        moves[:, inner] = NEVER
        moves[[inner - 1, inner], inner] = 0
    return LabelScores(start, moves, np.zeros(count, np.float32), np.zeros((2, 16), np.float32))


def random_labels(dice: np.random.Generator) -> LabelScores:
    base = plain_labels()
    return LabelScores(
        base.start + dice.normal(size=7).astype(np.float32),
        base.moves + dice.normal(size=(7, 7)).astype(np.float32),
        dice.normal(size=7).astype(np.float32),
        base.far,
    )
