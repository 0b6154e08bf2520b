"""Which articles are one group by their scores, and the sums that links rest on."""

import random
from itertools import combinations

import numpy as np
import pytest

from nutgraf.stories import linkage
from nutgraf.stories.linkage import Links, average_link
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


def links_of(square: np.ndarray) -> Links:
    one, other = np.nonzero(np.triu(square))
    return Links(one, other, square[one, other])


def joined_one_by_one(
    square: np.ndarray, *, least: float, together: list[tuple[int, ...]], apart: set[tuple[int, int]]
) -> list[list[int]]:
    """Join the two groups of the highest mean again and again, as average linkage is told in books."""
    groups = [[n] for n in range(len(square))]
    for given in together:
        those = [group for group in groups if not set(group).isdisjoint(given)]
        groups = [group for group in groups if group not in those] + [sum(those, [])]
    while True:
        offers = [
            (-round(float(square[np.ix_(one, other)].mean()), 9), sorted([min(one), min(other)]), one, other)
            for one, other in combinations(groups, 2)
            if not any((a, b) in apart or (b, a) in apart for a in one for b in other)
        ]
        if not offers or -min(offers)[0] < least:
            return sorted(sorted(group) for group in groups)
        _, _, one, other = min(offers)
        groups = [group for group in groups if group not in (one, other)] + [one + other]


@pytest.mark.parametrize("few", [0, 60, 10**6])
@pytest.mark.parametrize("seed", range(12))
def test_groups_are_those_of_joining_the_likest_two_again_and_again(
    seed: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage, "FEW", few)  # by arrays, by arrays and then in plain Python, in plain Python
    ids, square = [f"{n:02}" for n in range(40)], scores_of(40, seed)
    together = [(3, 20), (8, 30, 31)] if seed % 3 else []
    apart = {(0, 1), (0, 17)} if seed % 2 else set()
    found = average_link(
        ids,
        links_of(square),
        least=0.375,
        asked=40,
        together=[[ids[n] for n in group] for group in together],
        apart={"00": {"01", "17"}, "01": {"00"}, "17": {"00"}} if apart else {},
    )
    expected = joined_one_by_one(square, least=0.375, together=together, apart=apart)
    assert found == [[ids[n] for n in group] for group in expected]


def test_of_equal_scores_the_smaller_ids_are_joined() -> None:
    square = np.zeros((3, 3))
    square[0, 1] = square[1, 2] = 0.7
    assert average_link(["0", "1", "2"], links_of(square), least=0.375, asked=3) == [["0", "1"], ["2"]]


def test_no_article_is_no_group() -> None:
    assert average_link([], links_of(np.zeros((0, 0))), least=0.3, asked=5) == []


def filled(square: np.ndarray, order: list[int]) -> Partners:
    partners, seen = Partners(least=0.05), []
    for one in order:
        partners.add(f"{one:02}", [(f"{n:02}", float(square[one, n]), True) for n in seen if square[one, n]])
        seen.append(one)
    return partners


def square_of(partners: Partners, ids: list[str]) -> np.ndarray:
    links = partners.between(ids)
    found = np.zeros((len(ids), len(ids)))
    np.add.at(found, (links.one, links.other), links.scores)
    np.add.at(found, (links.other, links.one), links.scores)
    return found


def test_links_are_the_same_in_any_order_of_arrival() -> None:
    square = scores_of(18, 3)
    ids = [f"{n:02}" for n in range(18)]
    forth, back = filled(square, list(range(18))), filled(square, list(range(17, -1, -1)))
    assert square_of(forth, ids) == pytest.approx(square_of(back, ids))
    for key, row in zip(ids, square_of(forth, ids), strict=True):
        assert dict(forth.links(key)) == {ids[place]: score for place, score in enumerate(row) if score}


def test_an_article_that_is_gone_leaves_no_trace_in_links() -> None:
    square = scores_of(18, 4)
    partners = filled(square, list(range(18)))
    partners.links("05")
    for gone in ("02", "09", "17"):
        partners.forget(gone)
    left = [n for n in range(18) if n not in (2, 9, 17)]
    ids = [f"{n:02}" for n in left]
    assert square_of(partners, ids) == pytest.approx(square_of(filled(square, left), ids))
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
    rows = draw.choice([-5.0, 0.1, 0.2, 0.4, 0.5, 0.6, 0.9, 70.0], (50, 4))
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
