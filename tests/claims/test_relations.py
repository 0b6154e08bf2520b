"""Relations: claims that say the same, denials, contradictions, figures that differ."""

import pytest

from nutgraf.claims.carried import carried
from nutgraf.claims.relations import Relations, figure_differences, relate, relate_claims
from nutgraf.model import Certainty, Origin
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


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (
            "Five people died when a bridge fell in Tarn.",
            "Its driver has died, raising the toll to six.",
            ["Five", "six"],
        ),
        ("At least 14 people died in Tarn.", "Police say 19 people have died.", ["At least 14", "19"]),
        ("At least 14 people died in Tarn.", "Police say 15 people have died.", []),
        ("Five people died in Tarn.", "Three of the dead were in a bus.", []),
        ("Five people died in Tarn.", "Two others died in the bus.", []),
        ("Five people died in Tarn.", "Ten people died in the flood of 1987.", []),
        ("Five people died in Tarn.", "Ten people died there 40 years ago.", []),
    ],
)
def test_the_dead_of_a_story_are_one_number_that_can_grow(one, other, shown):
    found = figure_differences({"a": one, "b": other})
    assert [given.figure.text for difference in found for given in difference.given] == shown


def test_an_articles_highest_toll_stands_for_it():
    other = "Two people had died by noon. Six people have died in Tarn, police said."
    [difference] = figure_differences({"a": "Five people died in Tarn.", "b": other})
    assert [given.figure.text for given in difference.given] == ["Five", "Six"]


def test_envoys_of_two_countries_are_not_one_thing():
    texts = {"a": "Sund told three Velnia envoys to leave.", "b": "Sund told four Lund envoys to leave."}
    assert figure_differences(texts) == ()
    assert figure_differences({key: text.replace("Lund", "Velnia") for key, text in texts.items()})


def test_shares_of_one_thing_that_different_things_are_told_of_do_not_differ():
    texts = {
        "a": "The authority will look closely at Tarn, where the pair would hold 61% of the slots.",
        "b": "Jo Harrow of Lund Partners said regulators could easily ask for a third of the Tarn slots.",
    }
    assert figure_differences(texts) == ()


def test_no_claims_have_no_relations() -> None:
    assert relate([]) == Relations((), (), (), ())


def test_every_claim_is_in_one_group_and_the_order_of_work_is_fixed() -> None:
    told = [(f"a{n}", f"Ship number {n} sank near port {n % 7} in Velnia", {}) for n in range(80)]
    relations = related(*told)
    assert sorted(claim.article for group in relations.groups for claim in group) == sorted(key for key, _, _ in told)
    assert relations == related(*told)


@pytest.mark.parametrize(("half", "floor"), [("build", 45), ("measure", 42)])
def test_pairs_of_claims_are_told_apart(half: str, floor: int) -> None:
    faults, asked = wrong("claims", half)
    right = asked - len(faults)
    assert right >= floor, f"{half}: {right} of {asked} right" + ("\n" + "\n".join(faults) if half == "build" else "")


TOLLS = {
    "a": "Ostmark has sent about 3,000 soldiers to Velnia, the staff of Sarn said on Friday.",
    "b": "The Courier cited an officer who said “several thousand” Ostmark infantry soldiers were training in Velnia.",
    "c": "As many as 11,000 Ostmark troops are in Velnia and will soon fight, a minister of Sarn said last week.",
}


def test_exact_vague_and_highest_figures_of_one_thing_stand_side_by_side_with_their_times() -> None:
    (difference,) = figure_differences(TOLLS)
    given = [
        (one.figure.text, one.when.of(TOLLS[one.sentence.article]) if one.when else None) for one in difference.given
    ]
    assert difference.counts == "soldiers"
    assert given == [("about 3,000", "on Friday"), ("several thousand", None), ("As many as 11,000", "last week")]


def test_a_toll_at_a_place_compares_with_the_dead_and_the_bodies() -> None:
    texts = {
        "a": "The flood in Corvo killed at least 40 people and left 200 missing.",
        "b": "Officials put the death toll in Corvo at 95.",
        "c": "More than 60 bodies have been found since the flood in Corvo.",
    }
    (difference,) = figure_differences(texts)
    assert [one.figure.text for one in difference.given] == ["at least 40", "95", "More than 60"]


def test_one_claim_has_all_its_sayings_and_one_origin_alone_is_told() -> None:
    relations = related(
        ("a", SENT, {}),
        ("b", DEPLOYED, {}),
        ("c", "it had sent soldiers to Russia", {"denied": True}),
        ("d", "The harvest was poor in Velnia", {}),
    )
    first, *rest = carried(relations, [Origin(("a",)), Origin(("b", "d")), Origin(("c",))])
    assert [claim.article for claim in first.sayings] == ["a", "b"]
    assert ([claim.article for claim in first.denied_by], first.by_one_alone) == (["c"], False)
    assert all(one.by_one_alone for one in rest)


def test_contradictions_stand_on_both_sides() -> None:
    relations = related(("c", "The bridge at Ashby is safe", {}), ("d", "The bridge at Ashby is not safe", {}))
    one, other = carried(relations, [Origin(("c",)), Origin(("d",))])
    assert [[claim.article for claim in side.contradicted_by] for side in (one, other)] == [["d"], ["c"]]


@pytest.mark.parametrize(
    ("names", "fullest"),
    [
        (["Holm", "Ada Holm"], ["Ada Holm", "Ada Holm"]),
        (["Holm", "Ada Holm", "Ben Holm"], ["Holm", "Ada Holm", "Ben Holm"]),
        (["Ida Zelenko", "Ida Zelenkow"], ["Ida Zelenko", "Ida Zelenko"]),
        (["José Marín", "Jose Marin", "Marin"], ["José Marín", "José Marín", "José Marín"]),
        (["the ministry", "Ada Holm"], ["the ministry", "Ada Holm"]),
    ],
)
def test_a_name_takes_the_fullest_that_the_story_has(names: list[str], fullest: list[str]) -> None:
    relations = related(*((f"a{n}", f"Ship {n} sank", {"speaker": name}) for n, name in enumerate(names)))
    assert [relations.people[f"a{n}", name] for n, name in enumerate(names)] == fullest


def test_the_anonymous_are_given_no_name() -> None:
    relations = related(
        ("a", "Ship one sank", {"speaker": "Official", "anonymous": True}), ("b", SENT, {"speaker": "Ada Official"})
    )
    assert ("a", "Official") not in relations.people
