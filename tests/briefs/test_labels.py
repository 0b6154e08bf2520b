"""The run-in labels of bullets."""

import pytest

from nutgraf.briefs.labels import Labelled, label, label_in
from nutgraf.briefs.phrases import Phrase, best_phrases, phrases_of
from nutgraf.model import Certainty
from nutgraf.nlp import open_language


def name(text, *phrases, used=(), shared=False, **more):
    """Return the label of a line whose best phrases are those words, as they stand in it."""
    found = [
        Phrase(words, words.split()[-1], "nsubj", 0, False, "“" in text.partition(words)[0], shared=shared)
        for words in phrases
    ]
    return label(Labelled(text=text, phrases=found, **more), used=used)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A new pier would cost $3 million.", "The cost"),
        ("Lund blamed rotten beams.", "The cause"),
        ("The fall left two dead and nine injured.", "The toll"),
        ("Bakers condemned the council.", "The reaction"),
        ("At least 40 boats were moored there.", "The scope"),
        ("The port declined to comment on the pier.", "No comment"),
        ("Jo Harrow, 58, was there.", None),
    ],
)
def test_a_label_says_what_the_line_is_about(text, expected):
    assert name(text) == expected


def test_a_quotation_of_nothing_that_the_brief_speaks_of_is_labelled_as_its_speakers_words():
    line = "“It is worth a used car,” Jo Harrow said."
    assert name(line, speaker="Jo Harrow") == "In Harrow's words"


def test_a_description_too_long_for_a_label_gives_a_plain_one():
    line = "A spokesman for Sund's president denied that there was a draft."
    assert name(line, speaker="spokesman for Sund's president", denied=True) == "The denial"


def test_a_denial_is_labelled_as_one():
    assert name("Lund denies that its pier fell.", denied=True) == "The denial"


def test_a_label_is_not_used_twice():
    first = name("At least 40 boats were moored there.")
    assert name("At least 12 boats sank.", used=[first]) not in (None, first)


def test_where_every_label_is_used_there_is_none_rather_than_a_label_twice():
    assert name("The old boats sank.", "The old boats", used=["The old boats"]) is None


def test_a_line_of_which_nothing_can_be_said_has_no_label_rather_than_one_that_says_nothing():
    assert name("Boats sank.") is None


def test_a_label_that_fits_no_word_of_the_line_is_not_given():
    assert name("The lease ends because another ship needs the pier.") != "The cause"


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Ines Rovers", "Rovers' figure"),
        ("Coast Line", "Coast Line's figure"),
        ("A pilot", "Pilot's figure"),
        ("The ministry", "The ministry's figure"),
    ],
)
def test_a_label_names_a_speaker_in_the_shortest_way_with_the_right_ending(speaker, expected):
    assert name(f"{speaker} said that at least 40 boats sank.", speaker=speaker) == expected


@pytest.mark.parametrize(
    ("line", "phrase", "speaker", "expected"),
    [
        ("Jo Harrow said the pier was “rotten.”", "the pier", "Jo Harrow", "Harrow on the pier"),
        ("“The beams give way,” Jo Harrow said.", "The beams", "Jo Harrow", "Harrow on the beams"),
        ("Coastline called the pier “rotten.”", "the pier", "A spokesman", "The pier"),
        ("A welder said the pier was “rotten.”", "the pier", "A welder", "The pier"),
    ],
)
def test_who_with_a_name_is_quoted_on_what_the_brief_speaks_of_gives_the_label(line, phrase, speaker, expected):
    assert name(line, phrase, speaker=speaker, shared=True) == expected


def test_a_noun_that_no_other_line_has_is_not_what_a_speaker_speaks_on():
    assert name("Jo Harrow said the pier was “rotten.”", "the pier", speaker="Jo Harrow") == "The pier"


def test_what_is_to_be_done_is_what_comes_next():
    line = "Divers will look at the pier on Friday."
    assert name(line, "the pier", to_come=True) == "What's next"
    assert name(line, "the pier") == "The pier"


@pytest.mark.parametrize(
    ("text", "certainty", "expected"),
    [
        ("Lund believes that the ships went north.", Certainty.BELIEVED, "The thinking"),
        ("Four ships, not three, now went north.", Certainty.BELIEVED, None),
        ("If that holds, Lund would have to pay.", Certainty.CONDITIONAL, "What it would mean"),
        ("“You would have to hold one,” Lund said.", Certainty.CONDITIONAL, None),
    ],
)
def test_a_line_that_is_not_sure_is_labelled_so_where_its_own_words_show_it(text, certainty, expected):
    assert name(text, certainty=certainty) == expected


def test_what_happens_gives_the_label_before_a_lesser_noun():
    assert name("Two bakers were arrested on the pier.", verbs=["arrest"]) == "The arrest"


def test_a_kind_of_content_that_only_a_hanging_clause_shows_gives_no_label():
    text, main = "The bakers, who plan to leave, met a pilot.", "The bakers met a pilot."
    assert name(text, "a pilot", main=main) == "A pilot"


def test_the_dead_of_another_event_are_no_toll():
    assert name("The storm of ten years ago left 40 dead.", "The storm") != "The toll"


def test_in_another_language_the_label_is_of_that_language_or_there_is_none():
    assert label_in("de", "Der Steg soll im Mai öffnen.", used=[]) == "Wie es weitergeht"
    assert label_in("fr", "Le pont a fait deux morts.", used=[]) == "Le bilan"
    assert label_in("fr", "Le pont a fait deux morts.", used=["Le bilan"]) is None
    assert label_in("nl", "De brug gaat in mei open.", used=[]) is None


@pytest.mark.parametrize(
    ("text", "elsewhere", "expected"),
    [
        ("The old pier cost a fortune.", {}, ["the old pier", "a fortune"]),
        ("Pilots found it in a field.", {}, ["pilots"]),
        ("Pilots found it in a field.", {"field": 1}, ["pilots", "a field"]),
        ("Pilots who keep a diary left.", {}, ["pilots"]),
        ("Pilots who keep a diary left.", {"diary": 1}, ["pilots", "a diary"]),
    ],
)
def test_where_something_was_and_what_is_told_by_the_way_label_a_line_only_if_the_brief_speaks_of_them(
    text, elsewhere, expected
):
    found = best_phrases(list(phrases_of(text, open_language(tagger=False).parse(text))), elsewhere)
    assert sorted(phrase.text for phrase in found) == sorted(expected)
