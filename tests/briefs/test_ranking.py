"""The learned trees, laid side by side."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.briefs.ranking import FEATURES, Tree, ranker, ranker_of

COLUMNS = 4
numbers = st.floats(-2, 2, width=16)
trees = st.recursive(
    numbers, lambda inner: st.tuples(st.integers(0, COLUMNS - 1), numbers, inner, inner).map(list), max_leaves=9
)


def walked(tree: Tree, row: np.ndarray) -> float:
    while isinstance(tree, list):
        column, bound, low, high = tree
        tree = low if row[column] <= bound else high
    return tree


@given(st.lists(trees, min_size=1, max_size=5), st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=1))
def test_trees_side_by_side_say_what_a_walk_down_each_of_them_says(those: list[Tree], rows: list[list[float]]) -> None:
    table = np.array(rows)
    expected = [1.0 + sum(walked(tree, row) for tree in those) for row in table]
    assert np.allclose(ranker_of(1.0, those).scores(table), expected)


def test_a_row_scores_the_same_alone_and_among_others() -> None:
    table = np.random.default_rng(1).normal(size=(50, len(FEATURES)))
    together = ranker().scores(table)
    assert [float(ranker().scores(row[None])[0]) for row in table] == together.tolist()
