"""Small boosted trees, all of depth three, read from a trained table. No news logic here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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
        table = self._table
        apart = np.clip(rows[:, table.columns], table.least, table.most) + table.shifts
        left = np.bitwise_and.reduce(table.kept[(np.searchsorted(table.bounds, apart) + table.skipped).T], axis=0)
        total = self.base + table.leaves[table.trees, left].sum(axis=1)
        found: Rows = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return found

    @cached_property
    def _table(self) -> _Table:
        """Return for each column which leaves of each tree a value above so many of its bounds leaves.

        A node whose bound is passed rules out the leaves at its left. Of the leaves that no node rules out the first is
        the one that a walk down the tree would end at (Lucchese and others, 2015).
        """
        columns = np.unique(self.columns)
        bounds, kept = zip(*map(self._kept_leaves, columns.tolist()), strict=True)
        least, most = float(self.bounds.min()) - 1, float(self.bounds.max()) + 1
        shifts = np.arange(len(columns), dtype=np.float64) * (most - least + 1)
        return _Table(
            columns=columns,
            least=least,
            most=most,
            shifts=shifts,
            bounds=np.concatenate([own + shift for own, shift in zip(bounds, shifts, strict=True)]),
            skipped=np.arange(len(columns)),
            kept=np.concatenate(kept),
            trees=np.arange(len(self.leaves)),
            leaves=self.leaves[:, _FIRST_LEAF],
        )

    def _kept_leaves(self, column: int) -> tuple[Rows, NDArray[np.uint8]]:
        """Return the bounds of a column, and a row of what is left of each tree for every number of bounds passed."""
        trees, nodes = np.nonzero(self.columns == column)
        order = np.argsort(self.bounds[trees, nodes], kind="stable")
        trees, nodes = trees[order], nodes[order]
        kept = np.full((len(trees) + 1, len(self.columns)), 2**LEAVES - 1, np.uint8)
        for place, (tree, node) in enumerate(zip(trees.tolist(), nodes.tolist(), strict=True)):
            kept[place + 1 :, tree] &= _RIGHT[node]
        return self.bounds[trees, nodes], kept


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The nodes of trees by column. Values and bounds of a column are shifted, so that one search serves all columns.

    ``kept`` has the rows of all columns, one more each than it has bounds: ``skipped`` before a column. ``leaves`` has
    the value of every tree's first leaf by the set of those that are left.
    """

    columns: NDArray[np.intp]
    least: float
    most: float
    shifts: Rows
    bounds: Rows
    skipped: NDArray[np.intp]
    kept: NDArray[np.uint8]
    trees: NDArray[np.intp]
    leaves: Rows


def _leaves_under(node: int) -> set[int]:
    return {node - INNER} if node >= INNER else _leaves_under(2 * node + 1) | _leaves_under(2 * node + 2)


_RIGHT = [2**LEAVES - 1 - sum(1 << leaf for leaf in _leaves_under(2 * node + 1)) for node in range(INNER)]
_FIRST_LEAF = np.array([0, *((mask & -mask).bit_length() - 1 for mask in range(1, 2**LEAVES))])


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
