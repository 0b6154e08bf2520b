"""Relations: claims that say the same, denials, contradictions, figures that differ."""

import pytest

from nutgraf.claims.relations import Relations, figure_differences, relate, relate_claims
from nutgraf.model import Certainty
from tests.claims.pairs import claim, wrong

SENT = "North Korea has sent soldiers to Russia, officials believe"
DEPLOYED = "North Korean troops were deployed to Russia"


def related(*told: tuple[str, str, dict[str, object]]) -> Relations:
    return relate([(claim(article, text, **fields), text) for article, text, fields in told])


def denied_in(relations: Relations) -> list[tuple[str, list[str]]]:
    return [(pair.denial.article, [claim.article for claim in pair.denied]) for pair in relations.denials]


def test_claims_in_other_words_are_one_group() -> None:
    relations = related(("a", SENT, {}), ("b", DEPLOYED, {}), ("c", "The harvest was poor in Velnia", {}))
    assert [[claim.article for claim in group] for group in relations.groups] == [["a", "b"], ["c"]]


def test_a_denial_that_names_its_matter_is_bound_in_every_article() -> None:
    relations = related(("a", SENT, {}), ("b", DEPLOYED, {}), ("c", "it had sent soldiers to Russia", {"denied": True}))
    assert denied_in(relations) == [("c", ["a", "b"])]


def test_a_denial_of_the_reports_means_the_main_disputed_claim() -> None:
    relations = related(
        ("z", "The mayor opened a library", {}),
        ("a", SENT, {"certainty": Certainty.BELIEVED}),
        ("b", DEPLOYED, {"certainty": Certainty.REPORTED}),
        ("c", "the reports", {"certainty": Certainty.DENIED}),
    )
    assert denied_in(relations) == [("c", ["a", "b"])]


def test_a_denial_of_what_nobody_said_is_bound_to_nothing() -> None:
    relations = related(("a", SENT, {}), ("b", "the accusation of spying on Ruritania", {"denied": True}))
    assert denied_in(relations) == []


def test_a_denial_in_other_forms_of_its_words_is_bound() -> None:
    relations = related(
        ("a", "The mayor took bribes from builders", {}), ("b", SENT, {}), ("c", "taking bribes", {"denied": True})
    )
    assert denied_in(relations) == [("c", ["a"])]


def test_the_opposite_contradicts_and_so_does_another_figure() -> None:
    relations = related(
        ("a", "The storm killed 14 people in Velnia", {}),
        ("b", "The storm killed 40 people in Velnia", {}),
        ("c", "The bridge at Ashby is safe", {}),
        ("d", "The bridge at Ashby is not safe", {}),
    )
    found = [(pair.one.article, pair.other.article, pair.figures) for pair in relations.contradictions]
    assert found == [("a", "b", True), ("c", "d", False)]


def test_figures_that_differ_are_given_by_article_with_their_claims() -> None:
    texts = {"a": "The storm killed 14 people in Velnia.", "b": "The storm killed 40 people in Velnia."}
    relations = relate_claims([claim(key, text) for key, text in texts.items()], texts)
    given = relations.differences[0].given
    assert [(one.figure.text, one.claim is not None and one.claim.article) for one in given] == [
        ("14", "a"),
        ("40", "b"),
    ]


def test_an_articles_later_figure_stands_for_it() -> None:
    texts = {
        "a": "The ferry Corrie sank. At least 14 people were killed when the ferry Corrie sank, police said.",
        "b": "Nine people died when the ferry Corrie sank. Correction: 15 people died when the ferry Corrie sank.",
    }
    assert figure_differences(texts) == ()


def test_figures_of_another_year_or_matter_do_not_differ() -> None:
    texts = {
        "a": "The ferry Corrie sank off Harrow Bay and 14 people died.",
        "b": "In 1999 a ferry sank off Harrow Bay and 300 people died.",
        "c": "Three people died in a bus crash in Velnia.",
    }
    assert figure_differences(texts) == ()


def test_no_claims_have_no_relations() -> None:
    assert relate([]) == Relations((), (), (), ())


def test_every_claim_is_in_one_group_and_the_order_of_work_is_fixed() -> None:
    told = [(f"a{n}", f"Ship number {n} sank near port {n % 7} in Velnia", {}) for n in range(80)]
    relations = related(*told)
    assert sorted(claim.article for group in relations.groups for claim in group) == sorted(key for key, _, _ in told)
    assert relations == related(*told)


@pytest.mark.parametrize(("half", "floor"), [("build", 32), ("measure", 30)])
def test_pairs_of_claims_are_told_apart(half: str, floor: int) -> None:
    faults, asked = wrong("claims", half)
    right = asked - len(faults)
    assert right >= floor, f"{half}: {right} of {asked} right" + ("\n" + "\n".join(faults) if half == "build" else "")
