"""Figures: what is found, what is none, what compares and agrees."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.claims.figures import agree, comparable, find_figures, toll_of
from nutgraf.model import Figure
from tests.claims.pairs import wrong


def only(text: str) -> Figure:
    figures = find_figures(text, article="a")
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("At least 14 passengers got off.", "At least 14", 14, None),
        ("As many as 11,000 troops came.", "As many as 11,000", None, 11000),
        ("A dozen cows escaped.", "A dozen", 12, 12),
        ("There were “several thousand” soldiers.", "several thousand", 2000, 8000),
        ("Tens of thousands of people fled.", "Tens of thousands", 20000, 99999),
        ("It sold half a million books.", "half a million", 500000, 500000),
        ("Between 20 and 30 cows escaped.", "Between 20 and 30", 20, 30),
        ("The 20-30 cows escaped.", "20-30", 20, 30),
        ("It cost $2-3 million.", "$2-3 million", 2e6, 3e6),
        ("Fewer than 5 cows escaped.", "Fewer than 5", None, 5),
        ("Two hundred and six cows escaped.", "Two hundred and six", 206, 206),
    ],
)
def test_a_figure_has_its_words_and_bounds(text: str, words: str, low: float | None, high: float | None) -> None:
    figure = only(text)
    assert (figure.text, figure.low, figure.high) == (words, low, high)


@pytest.mark.parametrize("text", ["A fire has killed one person and {} structures.", "Two died and {} homes burned."])
def test_things_that_stand_beside_the_dead_are_not_killed(text):
    figure = next(one for one in find_figures(text.format(140), article="a") if one.text == "140")
    assert toll_of(figure) is None
    assert "killed" not in (figure.counts or "")


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("14 people were killed.", "killed"),
        ("Seven workers were injured.", "injured"),
        ("14 children were killed.", None),
        ("14 people were arrested.", None),
        ("14 boats sailed.", None),
    ],
)
def test_a_toll_is_of_all_whom_an_event_has_struck(text, toll):
    assert toll_of(find_figures(text, article="a")[0]) == toll


@pytest.mark.parametrize(
    ("text", "unit", "counts"),
    [
        ("3,000 North Korean soldiers came.", None, "soldiers"),
        ("The army sent 3,000 infantry.", None, "soldiers"),
        ("The blast killed 14 people.", None, "killed"),
        ("In all, 14 were hurt.", None, "injured"),
        ("The death toll has risen to 21.", None, "killed"),
        ("14 passengers died.", None, "passengers killed"),
        ("The number of people known to have died in the Tarn flood rose to 19.", None, "killed"),
        ("The number of people hurt in the crash now stands at 17.", None, "injured"),
        ("They gave $1.2 billion in aid.", "USD", "aid"),
        ("Some 5 percent of voters stayed home.", "%", "voters"),
        ("It fell by 4 percent.", "%", "fall"),
        ("It moved 0.5 percentage points.", "pp", None),
        ("The road is 40 km long.", "km", None),
        ("They held a three-day meeting.", "day", None),
        ("Es gab drei Tote.", None, "killed"),
        ("Der Schaden wird auf 3,4 Mrd. Euro geschätzt.", "EUR", None),
        ("Au moins 14 personnes ont été tuées.", None, "killed"),
    ],
)
def test_a_figure_has_its_unit_and_what_it_counts(text: str, unit: str | None, counts: str | None) -> None:
    figure = only(text)
    assert (figure.unit, figure.counts) == (unit, counts)


@pytest.mark.parametrize(
    "text",
    [
        "It opened on March 7, 2024.",
        "It opens at 7:30 p.m. or 8 am.",
        "Jo Harrow, 34, was there.",
        "A 35-year-old man spoke.",
        "It was the 12th time since 1999.",
        "They won 3-1 and lost 2-4.",
        "Flight 447 met F-16 jets over No. 10.",
        "Call 555-1234-22.",
        "This is one of the reasons.",
        "1. Flour\n2. Sugar",
        "She lives at 12 Main Street.",
        "Es begann am 7. März 2024 um 14 Uhr.",
    ],
)
def test_dates_ages_scores_and_names_are_no_figures(text: str) -> None:
    assert find_figures(text, article="a") == ()


def test_a_stretch_bounds_what_is_found() -> None:
    text = "Six cows. Nine pigs. Ten hens."
    assert [figure.text for figure in find_figures(text, article="a", start=10, end=20)] == ["Nine"]


def test_each_number_after_one_verb_counts_its_own_kind() -> None:
    figures = find_figures("The raid killed 14 soldiers and three civilians.", article="a")
    assert [figure.counts for figure in figures] == ["soldiers killed", "civilians killed"]


def test_an_estimate_far_below_a_ceiling_disagrees_with_it() -> None:
    assert not agree(only("as many as 11,000 soldiers"), only("about 3,000 troops"))
    assert agree(only("several thousand soldiers"), only("3,000 troops"))


def test_a_part_of_the_dead_does_not_compare_with_all() -> None:
    assert not comparable(only("Two children were killed."), only("Fourteen people were killed."))


_PIECES = st.sampled_from(
    [
        "at least",
        "between",
        "and",
        "20",
        "30",
        "-",
        "3,000",
        "million",
        "a",
        "half",
        "dozen",
        "$",
        "€",
        "%",
        "percent",
        "killed",
        "people",
        "to",
        "of",
        ".",
        ",",
        "\n",
        "one",
        "two",
        "hundred",
        "toll",
        "rose",
        "2024",
        "March",
        "years old",
        "drei",
        "und",
        "3.000",
        "vingt",
        "m",
        "bn",
        ":",
        "/",
        "“",
        "’",
        "several",
        "thousand",
        "points",
        "in",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.lists(_PIECES).map("".join)))
def test_spans_lie_in_order_and_hold_the_figures_words(text: str) -> None:
    last = 0
    for figure in find_figures(text, article="a"):
        assert figure.span.of(text) == figure.text
        assert figure.span.start >= last
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        last = figure.span.end


@pytest.mark.parametrize("piece", ["at least ", "half a ", "two-", "1-", "million ", "toll to ", "a hundred ", "5 "])
def test_time_grows_with_length_alone(piece: str) -> None:
    started = time.process_time()
    find_figures(piece * 20_000, article="a")
    assert time.process_time() - started < 20


@pytest.mark.parametrize(("half", "floor"), [("build", 33), ("measure", 33)])
def test_pairs_of_figures_are_told_apart(half: str, floor: int) -> None:
    faults, asked = wrong("figures", half)
    right = asked - len(faults)
    assert right >= floor, f"{half}: {right} of {asked} right" + ("\n" + "\n".join(faults) if half == "build" else "")
