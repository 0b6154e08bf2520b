"""What the tagger found, as the other finders give it."""

import pytest

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.tagged import UNSPOKEN, as_found


def place(text, part):
    start = text.index(part)
    return ((start, start + len(part)),)


@pytest.mark.parametrize(
    ("text", "cue", "verb"),
    [
        ("The pier is safe, Aalto said.", "said", "say"),
        ("Aalto has repeatedly denied that the pier sank.", "has repeatedly denied", "deny"),
        ("The pier is safe, according to Aalto.", "according to", "accord"),
        ("Aalto was going on to insist that the pier is safe.", "was going on to insist", "insist"),
        ("Aalto's hope of a new pier is gone.", "hope of", "of"),
    ],
)
def test_the_verb_of_a_cue_is_its_verb_of_saying(text, cue, verb, language):
    one = Attribution(source=place(text, "Aalto"), cue=place(text, cue), content=place(text, "pier"))
    assert as_found([one], language.parse(text))[0].verb == verb


def test_a_quotation_without_a_cue_is_said(language):
    text = "“The pier is safe.”"
    one = Attribution(source=(), cue=(), content=place(text, "The pier is safe"))
    assert as_found([one], language.parse(text))[0].verb == UNSPOKEN


def test_attributions_come_in_the_order_of_the_text(language):
    text = "Aalto said the pier is safe. Holm said the ferry is late."
    first = Attribution(source=place(text, "Aalto"), cue=place(text, "said"), content=place(text, "the pier is safe"))
    second = Attribution(source=place(text, "Holm"), cue=((33, 37),), content=place(text, "the ferry is late"))
    assert [one.source for one in as_found([second, first], language.parse(text))] == [first.source, second.source]
