"""Which articles are one group by their scores, and the sums that links rest on."""

import random

import numpy as np
import pytest

from nutgraf.stories.linkage import average_link, average_link_few
from nutgraf.stories.partners import Partners
from nutgraf.stories.trees import INNER, LEAVES, Trees


def scores_of(count: int, seed: int) -> np.ndarray:
    draw = random.Random(seed)
    square = np.zeros((count, count))
    for one in range(count):
        for other in range(one):
            near = one // 6 == other // 6
            if draw.random() < (0.9 if near else 0.1):
                square[one, other] = square[other, one] = round(draw.random() * (1 if near else 0.6), 2)
    return square


def edges_of(ids: list[str], square: np.ndarray) -> dict[str, dict[str, float]]:
    return {
        one: {ids[place]: float(score) for place, score in enumerate(row) if score}
        for one, row in zip(ids, square, strict=True)
    }


@pytest.mark.parametrize("seed", range(12))
def test_few_articles_are_grouped_as_many_are(seed: int) -> None:
    ids = [f"{n:02}" for n in range(40)]
    square = scores_of(40, seed)
    together = [("03", "20"), ("08", "30", "31")]
    apart = {"00": {"01", "17"}, "01": {"00"}, "17": {"00"}} if seed % 2 else {}
    given = {"least": 0.375, "asked": 5, "together": together, "apart": apart}
    assert average_link_few(ids, square, **given) == average_link(ids, edges_of(ids, square), **given)


def test_no_article_is_no_group() -> None:
    assert average_link_few([], np.zeros((0, 0)), least=0.3, asked=5) == []


def filled(square: np.ndarray, order: list[int]) -> Partners:
    partners, seen = Partners(least=0.05), []
    for one in order:
        partners.add(f"{one:02}", [(f"{n:02}", float(square[one, n]), True) for n in seen if square[one, n]])
        seen.append(one)
    return partners


def test_links_are_the_same_in_any_order_of_arrival() -> None:
    square = scores_of(18, 3)
    ids = [f"{n:02}" for n in range(18)]
    forth, back = filled(square, list(range(18))), filled(square, list(range(17, -1, -1)))
    assert forth.scores(ids) == pytest.approx(back.scores(ids))
    assert {key: dict(forth.links(key)) for key in ids} == edges_of(ids, forth.scores(ids))


def test_an_article_that_is_gone_leaves_no_trace_in_links() -> None:
    square = scores_of(18, 4)
    partners = filled(square, list(range(18)))
    partners.links("05")
    for gone in ("02", "09", "17"):
        partners.forget(gone)
    left = [n for n in range(18) if n not in (2, 9, 17)]
    ids = [f"{n:02}" for n in left]
    assert partners.scores(ids) == pytest.approx(filled(square, left).scores(ids))
    partners.add("99", [("05", 0.8, True)])
    assert "99" in partners.links("05")


def test_what_is_reached_is_the_nearest_and_bounded() -> None:
    partners = Partners(least=0.05)
    partners.add("00", [])
    for n in range(1, 30):
        partners.add(f"{n:02}", [(f"{n - 1:02}", 0.99, True)])
    assert partners.reached(["00"], least=0.01, most=5) == {f"{n:02}" for n in range(5)}


def test_trees_find_the_leaf_that_a_walk_ends_at() -> None:
    draw = np.random.default_rng(5)
    trees = Trees(
        base=0.1,
        columns=draw.integers(0, 4, (30, INNER)),
        bounds=draw.choice([0.2, 0.4, 0.6], (30, INNER)),
        leaves=draw.normal(size=(30, LEAVES)),
    )
    rows = draw.choice([0.1, 0.2, 0.4, 0.5, 0.6, 0.9], (50, 4))
    expected = []
    for row in rows:
        total = trees.base
        for tree in range(30):
            node = 0
            while node < INNER:
                node = 2 * node + 1 + (row[trees.columns[tree, node]] > trees.bounds[tree, node])
            total += trees.leaves[tree, node - INNER]
        expected.append(1 / (1 + np.exp(-total)))
    assert trees.likelihoods(rows) == pytest.approx(np.array(expected))
