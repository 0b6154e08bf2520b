"""Small boosted trees, all of depth three, read from a trained table. No news logic here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 3
INNER = 2**DEPTH - 1
LEAVES = 2**DEPTH

Rows = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trees:
    """Trees whose leaves add up to a logit.

    A tree's inner nodes come level by level: the children of ``n`` are ``2n + 1``, for values up to its bound, and
    ``2n + 2``; leaves come from left to right.
    """

    base: float
    columns: NDArray[np.intp]
    bounds: Rows
    leaves: Rows

    def likelihoods(self, rows: Rows) -> Rows:
        """Return for each row of measures a likelihood, 0 to 1."""
        if not len(rows):
            return np.zeros(0)
        trees = np.arange(len(self.columns))
        node = np.zeros((len(rows), len(trees)), np.intp)
        each = np.arange(len(rows))[:, None]
        for _ in range(DEPTH):
            node = 2 * node + 1 + (rows[each, self.columns[trees, node]] > self.bounds[trees, node])
        total = self.base + self.leaves[trees, node - INNER].sum(axis=1)
        found: Rows = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return found


def trees_from(record: Mapping[str, Any]) -> Trees:
    """Read trees from their record, which ``record_of`` wrote."""
    table = np.array(record["trees"], np.float64).reshape(-1, 2 * INNER + LEAVES)
    return Trees(
        base=float(record["base"]),
        columns=table[:, :INNER].astype(np.intp),
        bounds=table[:, INNER : 2 * INNER],
        leaves=table[:, 2 * INNER :],
    )


def record_of(trees: Trees) -> dict[str, Any]:
    """Return trees as numbers: of each tree its columns, then its bounds, then its leaves.

    Bounds keep more digits than measures have: one that lies on a value must stay on it.
    """
    rows = zip(trees.columns.tolist(), trees.bounds.tolist(), trees.leaves.tolist(), strict=True)
    return {
        "base": round(trees.base, 6),
        "trees": [
            [*columns, *(round(b, 9) for b in bounds), *(round(v, 5) for v in leaves)]
            for columns, bounds, leaves in rows
        ],
    }
