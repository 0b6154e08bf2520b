"""What a writer is asked, how its answer is read, and which of it stands."""

import json
from dataclasses import replace

import pytest

from nutgraf.briefs import check
from nutgraf.briefs.rewriting import INSTRUCTIONS, LONGEST_ANSWER, items_of, prompt_of, read_answer, reword
from nutgraf.model import Brief, Citation, CitedArticle, Composed, Coverage, Line, Span
from nutgraf.nlp import open_language
from nutgraf.ports import Language
from tests.briefs.newsroom import LANGUAGE

PASSAGES = {
    "post": "The old pier in Lund, which is owned by the town, stays shut until divers have looked at it.",
    "ledger": "Ines Aalto said that the town may sell the pier. She called the plan “a cold necessity.”",
    "echo": "Divers start on Monday, the town said.",
}
OUTLETS = {"post": "Harbour Post", "ledger": "The Ledger", "echo": "Valley Echo"}


def line(key: str, text: str, **fields: object) -> Line:
    passage = PASSAGES[key]
    return Line(text=text, citations=(Citation(Span(key, 0, len(passage)), passage),), outlet=OUTLETS[key], **fields)


BRIEF = Brief(
    id="pier",
    headline=line("post", "Old pier in Lund stays shut until divers have looked"),
    dek=None,
    lines=(
        line("post", PASSAGES["post"].replace("it.", "it, the Harbour Post reports.")),
        line("ledger", PASSAGES["ledger"].replace("She", "Aalto"), label="The plan", speaker="Ines Aalto"),
        line("echo", "Divers start on Monday, the town said, per the Valley Echo.", label="The divers"),
    ),
    coverage=Coverage(3, 3),
    articles=tuple(
        CitedArticle(id=k, title="", url=None, outlet=o, published=None, origin=k) for k, o in OUTLETS.items()
    ),
)
LEDE = "The old pier in Lund stays shut until divers have looked at it, the Harbour Post reports."


@pytest.fixture(scope="module")
def language() -> Language:
    return open_language(tagger=False)


def number(place: str) -> int:
    return next(item.number for item in items_of(BRIEF) if item.place == place)


def test_a_question_holds_the_lines_and_their_passages_as_data_and_nothing_else() -> None:
    prompt = prompt_of(BRIEF)
    asked = json.loads(prompt.question)
    assert [one["kind"] for one in asked] == ["headline", "line", "line", "label", "line", "label"]
    assert [one["n"] for one in asked] == [1, 2, 3, 4, 5, 6]
    assert asked[2]["passages"] == [PASSAGES["ledger"]]
    assert {key for one in asked for key in one} == {"n", "kind", "text", "passages"}
    assert prompt.instructions == INSTRUCTIONS


def test_what_nobody_can_see_is_not_shown_to_a_model() -> None:
    hidden = "The old pier\u202e\u200b\U000e0049\U000e0067 stays shut."
    shown = replace(BRIEF.lines[0], citations=(Citation(Span("post", 0, len(hidden)), hidden),))
    asked = json.loads(prompt_of(replace(BRIEF, lines=(shown,))).question)
    assert asked[1]["passages"] == ["The old pier stays shut."]


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ('{"1": "Pier shut", "3": "x"}', {1: "Pier shut", 3: "x"}),
        ('```json\n{"1": "Pier\\n shut"}\n```', {1: "Pier shut"}),
        ('{"1": 5, "2": null, "3": ["x"], "4": {"text": "x"}, "5": " ", "6": "ok"}', {6: "ok"}),
        ('{"0": "x", "7": "x", "headline": "x", "-1": "x"}', {}),
        ("I am sorry, but", {}),
        ("[1, 2]", {}),
        ("", {}),
        ("[" * 100_000, {}),
        ('{"1": "' + "x" * LONGEST_ANSWER + '"}', {}),
    ],
)
def test_an_answer_is_read_as_numbers_and_texts_and_all_else_is_left_out(answer: str, read: dict[int, str]) -> None:
    assert read_answer(answer, items_of(BRIEF)) == read


def test_a_line_that_holds_is_taken_and_keeps_its_composed_wording(language: Language) -> None:
    made = reword(BRIEF, {number("line 1"): LEDE}, language)
    assert made.taken == ("line 1",)
    assert made.brief.lines[0] == replace(BRIEF.lines[0], text=LEDE, composed=Composed(BRIEF.lines[0].text))
    assert made.brief.lines[1:] == BRIEF.lines[1:]
    assert check(made.brief) == ()


def test_each_line_stands_or_falls_by_itself(language: Language) -> None:
    offers = {
        number("line 1"): LEDE,
        number("line 2"): "Ines Aalto said that the town will sell the pier. Aalto called the plan “a cold necessity.”",
        number("label 3"): "The scandal",
    }
    made = reword(BRIEF, offers, language)
    assert made.taken == ("line 1",)
    assert [(one.place, one.text) for one in made.refused] == [
        ("line 2", offers[number("line 2")]),
        ("label 3", "The scandal"),
    ]
    assert made.brief.lines[1:] == BRIEF.lines[1:]


def test_what_the_check_refuses_falls_even_where_nothing_of_the_line_is_lost(language: Language) -> None:
    leaning = replace(BRIEF.lines[2], text="Monday divers start, the town said, per the Valley Echo. They start.")
    brief = replace(BRIEF, lines=(*BRIEF.lines[:2], leaning))
    item = next(item for item in items_of(brief) if item.place == "line 3")
    made = reword(brief, {item.number: "They start."}, language)
    assert made.brief == brief


def test_a_label_and_its_line_can_both_be_reworded_and_show_what_was_composed(language: Language) -> None:
    brief = replace(BRIEF, lines=(*BRIEF.lines[:2], replace(BRIEF.lines[2], label="The town divers")))
    text = "Divers start on Monday, the town said, the Valley Echo reports."
    made = reword(
        brief,
        {5: text.replace(", the Valley Echo reports", ", according to the Valley Echo"), 6: "The divers"},
        language,
    )
    assert made.brief.lines[2].label == "The divers"
    assert made.brief.lines[2].composed == Composed(BRIEF.lines[2].text, "The town divers")


def test_the_same_offers_give_the_same_brief_and_no_offer_leaves_it_as_it_was(language: Language) -> None:
    assert reword(BRIEF, {}, LANGUAGE).brief == BRIEF
    assert reword(BRIEF, {2: BRIEF.lines[0].text}, LANGUAGE).taken == ()
    assert reword(BRIEF, {2: LEDE}, language) == reword(BRIEF, {2: LEDE}, language)
