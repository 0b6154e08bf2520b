"""What a rewording has to keep: cuts and a moved attribution stand, everything else is refused and says why."""

from dataclasses import replace

import pytest

from nutgraf.briefs.keeping import Rewording, lost, lost_label
from nutgraf.model import Certainty, Citation, Line, Span

TEXT = (
    "Captain Ines Aalto, who runs the old port, said on Monday that the narrow pier may not open before 12 May, and "
    "called the plan “rotten to the core,” the Harbour Post reports."
)
TAGS = {
    word: frozenset({tag})
    for word, tag in (("old", "JJ"), ("narrow", "JJ"), ("before", "IN"), ("pier", "NN"), ("plan", "NN"))
}


def line(text: str = TEXT, **fields: object) -> Line:
    made = Line(
        text=text,
        citations=(Citation(Span("a", 0, len(text)), text),),
        outlet="Harbour Post",
        speaker="Ines Aalto",
        certainty=Certainty.POSSIBLE,
    )
    return replace(made, **fields)


def rules(text: str, of: Line | None = None, **more: object) -> set[str]:
    return {one.rule for one in lost(Rewording(of or line(), text, TAGS, **more))}


KEPT = {
    "an adjective left out": TEXT.replace("narrow ", ""),
    "an aside left out": TEXT.replace(", who runs the old port,", ""),
    "who is": "Captain Ines Aalto, the pilot, said the pier is shut, the Harbour Post reports.",
    "that left out": TEXT.replace("that the", "the"),
    "the outlet moved to the front": "The Harbour Post reports that "
    + TEXT.replace(",” the Harbour Post reports", "”"),
}


@pytest.mark.parametrize("kind", KEPT)
def test_a_cut_and_a_moved_attribution_stand(kind: str) -> None:
    of = line(KEPT[kind].replace("Aalto, the", "Aalto, who is the")) if kind == "who is" else line()
    assert rules(KEPT[kind], of) == set()


BROKEN = {
    "a doubt lost": (TEXT.replace("may not", "will not"), "words"),
    "a doubt left out": (TEXT.replace("may not", "not"), "certainty"),
    "a negation left out": (TEXT.replace("may not", "may"), "negation"),
    "a negation put in": (TEXT.replace("called", "not called"), "words"),
    "a number changed": (TEXT.replace("12 May", "13 May"), "words"),
    "a number left out": (TEXT.replace("12 May", "May"), "number"),
    "a bound left out": (TEXT.replace(" before 12 May", " 12 May"), "certainty"),
    "a name put in": (TEXT.replace("the narrow pier", "the narrow Lund pier"), "words"),
    "a name left out": (TEXT.replace("Captain ", ""), "name"),
    "another word": (TEXT.replace("open", "reopen"), "words"),
    "another form of a word": (TEXT.replace("open", "opened"), "words"),
    "a verb left out": (TEXT.replace("may not open", "may not"), "words"),
    "another order": (TEXT.replace("the plan “rotten to the core,”", "“rotten to the core,” the plan"), "words"),
    "a quotation changed": (TEXT.replace("rotten to", "rotten at"), "quote"),
    "a quotation without its marks": (TEXT.replace("“", "").replace("”", ""), "quote"),
    "a quotation put in": (TEXT.replace("the plan", "“the plan”"), "quote"),
    "the speaker left out": (TEXT.replace("Captain Ines Aalto, who runs the old port, said", "It was said"), "speaker"),
    "the outlet left out": (TEXT.replace(",” the Harbour Post reports", "”"), "speaker"),
    "a surer word of saying": (TEXT.replace("said on", "confirmed on"), "speaker"),
    "a link": (TEXT + " https://evil.example", "form"),
    "markup": (TEXT.replace("narrow", "<b>narrow</b>"), "form"),
    "a picture": (TEXT + " ![x](y)", "form"),
    "characters that nobody sees": (TEXT.replace("narrow", "nar\u202erow"), "form"),
    "half a sentence": (TEXT.rstrip("."), "form"),
    "much longer": (TEXT + " The pier, the pier, the pier, the pier, the pier, the pier.", "length"),
    "all but a part left out": ("Captain Ines Aalto said, the Harbour Post reports: “rotten to the core.”", "words"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_whatever_changes_what_is_said_is_refused_by_its_rule(kind: str) -> None:
    text, rule = BROKEN[kind]
    assert rule in rules(text)


@pytest.mark.parametrize(
    ("composed", "offered", "rule"),
    [
        ("The bridge cost $4 million.", "The bridge cost 4 million.", "number"),
        ("Prices rose by 3% in May.", "Prices rose by 3 in May.", "number"),
        ("A man was shot by police near the pier.", "A man was shot police near the pier.", "words"),
        ("Crews stopped using the pumps.", "Crews using the pumps.", "words"),
        ("No one on the ferry was hurt.", "No one was hurt.", "words"),
        ("Engen told Harrow that the pier is shut.", "Harrow told Engen that the pier is shut.", "words"),
        ("The pier is shut. It fell in May.", "The pier is shut.", "words"),
        ("Old pier is shut", "Old pier is shut.", "form"),
        ("Dogs chased cats across the yard.", "Cats chased dogs across the yard.", "words"),
        ("Police claimed the pier is shut.", "Police said the pier is shut.", "speaker"),
        ("The former mayor left the town hall.", "The mayor left the town hall.", "certainty"),
    ],
)
def test_small_words_that_carry_the_sense_stay(composed: str, offered: str, rule: str) -> None:
    tags = {word: frozenset({"IN"}) for word in ("on", "by", "near")} | {
        word: frozenset({"NN"}) for word in ("ferry", "pier", "police")
    }
    of = line(composed, outlet=None, speaker=None)
    assert rule in [one.rule for one in lost(Rewording(of, offered, tags))]


def test_nobody_else_becomes_the_one_who_says_it() -> None:
    of = line("Harrow watched as Engen left, Harrow said.", outlet=None, speaker="Jo Harrow")
    assert "speaker" in rules("Harrow watched as Engen said, Harrow left.", of)


def test_in_another_language_no_word_may_go() -> None:
    of = line("Der alte Kai bleibt womöglich bis Mai zu.", outlet=None, speaker=None)
    assert rules("Der Kai bleibt womöglich bis Mai zu.", of, english=False)
    assert not rules("Der alte Kai bleibt womöglich bis Mai zu.", of, english=False)


def test_a_label_is_of_the_lines_own_words() -> None:
    plain = line("Divers look at the old pylons of the pier.", outlet=None, speaker=None)
    assert [one.rule for one in lost_label(plain, "The pylons")] == []
    assert [one.rule for one in lost_label(plain, "The scandal")] == ["words"]
    assert [one.rule for one in lost_label(plain, "<b>The pylons</b>")] == ["form"]
    assert "form" in [one.rule for one in lost_label(plain, "The old pylons of the pier of the divers")]


def test_a_line_with_a_doubt_keeps_its_label() -> None:
    assert [one.rule for one in lost_label(line(), "The pier")] == ["certainty"]
