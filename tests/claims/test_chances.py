"""The chances of spans: those of counting every row of labels, and the best ones that do not overlap."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.claims.chances import LABELS, ROLES, Stretch, best_apart, stretches, with_unsure_ends
from nutgraf.ports import LabelScores, ScoredParagraph
from tests.claims.labels import random_labels


def paragraph(dice: np.random.Generator, size: int) -> ScoredParagraph:
    scores = dice.normal(size=(size, len(LABELS))).astype(np.float32) * 2
    return ScoredParagraph(tuple((2 * i, 2 * i + 1) for i in range(size)), scores)


def every_row(length: int) -> list[tuple[int, ...]]:
    return list(itertools.product(range(len(LABELS)), repeat=length))


def value(row: tuple[int, ...], scores: np.ndarray, labels: LabelScores) -> float:
    steps = sum(labels.moves[a, b] for a, b in itertools.pairwise(row))
    return float(sum(scores[range(len(row)), list(row)]) + steps + labels.start[row[0]] + labels.stop[row[-1]])


def spans_in(row: tuple[int, ...]) -> set[tuple[str, int, int]]:
    """The spans of a row of labels."""
    found = set()
    for start, label in enumerate(row):
        if label % 2:
            end = start + 1
            while end < len(row) and row[end] == label + 1:
                end += 1
            found.add((ROLES[label // 2], start, end))
    return found


@settings(deadline=None)
@given(st.integers(0, 2**32), st.lists(st.integers(0, 3), max_size=2))
def test_the_chance_of_a_span_is_the_share_of_all_rows_that_have_it(seed: int, sizes: list[int]) -> None:
    dice = np.random.default_rng(seed)
    labels, given_ = random_labels(dice), [paragraph(dice, size) for size in sizes]
    found = list(stretches(given_, labels, 0.05))
    assert len(found) == sum(size > 0 for size in sizes)
    for one, able, _ in found:
        rows = {row: np.exp(value(row, one.scores, labels)) for row in every_row(len(one.words))}
        shares: dict[tuple[str, int, int], float] = {}
        for row, weight in rows.items():
            for span in spans_in(row):
                shares[span] = shares.get(span, 0.0) + weight / sum(rows.values())
        chances = {(role, start, end): chance for role, start, end, chance in able}
        assert {span for span, share in shares.items() if share > 0.051} <= set(chances)
        for span, chance in chances.items():
            assert chance == pytest.approx(shares[span], abs=1e-3)


one_stretch = st.builds(
    lambda role, start, size, chance: Stretch(role, start, start + size, chance),
    st.sampled_from(ROLES), st.integers(0, 8), st.integers(1, 4), st.floats(0, 1),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(one_stretch, max_size=7))
def test_of_stretches_that_overlap_those_are_chosen_that_are_worth_most_together(able: list[Stretch]) -> None:
    def worth(some: tuple[Stretch, ...] | list[Stretch]) -> float:
        return sum(one.chance - 0.2 for one in some)

    def apart(some: tuple[Stretch, ...] | list[Stretch]) -> bool:
        return all(a.end <= b.start or b.end <= a.start for a, b in itertools.combinations(some, 2))

    chosen = best_apart(able, 0.2)
    every_choice = (some for count in range(len(able) + 1) for some in itertools.combinations(able, count))
    assert apart(chosen)
    assert [one.start for one in chosen] == sorted(one.start for one in chosen)
    assert worth(chosen) == pytest.approx(max(worth(some) for some in every_choice if apart(some)))


def contents(*rows: tuple[int, int, float]) -> list[Stretch]:
    """Contents by first word, end and chance."""
    return [Stretch("content", *row) for row in rows]


def test_where_something_is_said_for_sure_but_no_beginning_is_the_likeliest_content_is_taken() -> None:
    sharing = contents((4, 9, 0.15), (5, 9, 0.17), (6, 9, 0.16), (7, 9, 0.15))
    assert with_unsure_ends([], sharing, 0.6) == [sharing[1]]
    assert with_unsure_ends([], sharing[:3], 0.6) == []


def test_no_content_is_put_over_one_that_is_chosen_and_no_cue_is_taken_so() -> None:
    sharing = contents((4, 9, 0.15), (5, 9, 0.17), (6, 9, 0.16), (7, 9, 0.15))
    chosen = [Stretch("cue", 8, 10, 0.9)]
    assert with_unsure_ends(chosen, sharing, 0.6) == chosen
    assert with_unsure_ends([], [one._replace(role="cue") for one in sharing], 0.6) == []


def test_two_places_where_something_is_said_give_two_contents_in_order() -> None:
    sharing = contents((14, 19, 0.35), (15, 19, 0.3), (4, 9, 0.32), (5, 9, 0.33))
    assert [one.start for one in with_unsure_ends([], sharing, 0.6)] == [5, 14]
