"""Sentences cut down by their grammar."""

import pytest

from nutgraf.briefs.shortening import keeps_its_grammar, shortened
from nutgraf.nlp import open_language


@pytest.fixture(scope="module")
def language():
    return open_language()


@pytest.mark.parametrize(
    ("sentence", "core"),
    [
        (
            "On Monday, divers found cracks in the old pier of Lund, which had been closed for the winter.",
            "On Monday, divers found cracks in the old pier of Lund",
        ),
        (
            "The captain, a former diver from the small port of Lund, told the council that the pier was unsafe.",
            "The captain told the council that the pier was unsafe",
        ),
        (
            "A ferry that had been sold to Norvik last year by the council of the town of Lund sank in the strait.",
            "A ferry sank",
        ),
        (
            "The council closed the pier on Monday and asked divers from Norvik to look at every single pylon.",
            "The council closed the pier",
        ),
    ],
)
def test_what_hangs_on_something_else_goes(sentence, core, language):
    assert shortened(sentence, language.parse(sentence), [60]) == [core]


@pytest.mark.parametrize(
    "sentence",
    [
        "The pier will open on the first of May if divers of the harbour of Lund find no more cracks in it.",
        "The captain did not say that the pier was safe without the divers from the harbour of Lund.",
        "The council will keep the pier closed until divers of the harbour of Lund have looked at every pylon.",
    ],
)
def test_conditions_and_negations_stay(sentence, language):
    (core,) = shortened(sentence, language.parse(sentence), [60])
    assert core is None or any(word in core for word in (" if ", " without ", " until "))


def test_a_sentence_that_cannot_be_cut_to_the_length_gives_nothing(language):
    sentence = "The captain of the ferry between Lund and Norvik has sold the grey boats of the harbour to the pilots."
    assert shortened(sentence, language.parse(sentence), [30]) == [None]


def test_a_short_sentence_stays_whole(language):
    assert shortened("Divers found cracks.", language.parse("Divers found cracks."), [60]) == ["Divers found cracks"]


def test_a_word_that_occurs_twice_is_found_where_it_stands_after_a_cut(language):
    whole = "The pier of Lund has fallen, taking the toll to nine, the company said."
    core = "The pier of Lund has fallen, the company said"
    assert keeps_its_grammar(language.parse(core), language.parse(whole))
    assert not keeps_its_grammar(language.parse("The toll has fallen, the company said"), language.parse(whole))
