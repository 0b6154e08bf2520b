"""A line points at nothing that it does not name."""

import pytest

from nutgraf.briefs.dangling import dangles
from nutgraf.nlp import open_language

LANGUAGE = open_language(tagger=False)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The judge did not believe him.", "him"),
        ("One of them, the critic Jo Harrow, said the vote was taken by telephone.", "them"),
        ("From December she will run a city of 640,000 people.", "she"),
        ("The rules have required it since last year.", "it"),
        ("Ines Aalto drove that bus for eleven years.", "that"),
        ("The harbour master did not recognise this account.", "this"),
        ("All seven were on a call, said Jo Harrow.", "seven"),
        ("The dyke board denied it.", "it"),
        ("Jo Harrow, who leads the pilots' guild, called it “a disgrace”.", "it"),
        ("In it a man turns to run towards the pier.", "it"),
        ("“The port logged every ship,” said its director, Jo Harrow.", "its"),
        ("The company did not respond to a request for comment on that.", "that"),
        ("President Rolf Engen called her “our conscience”.", "her"),
    ],
)
def test_a_word_that_points_outside_of_its_sentence_is_found(sentence: str, word: str) -> None:
    assert dangles(sentence, LANGUAGE.parse(sentence)) == word


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Aalto said she would sue the port.",
        "When she left the port, Ines Aalto took the records with her.",
        "The company denied that it had switched off its alarm.",
        "In her first interview, Ines Aalto spoke of the pier.",
        "It is understood that the port owes Ines Aalto a year's wages.",
        "The board denied that cost had been the deciding factor.",
        "“I looked for them for a day and a half,” Judge Jo Harrow said.",
        "Five people were killed and seven were hurt when the pier of Lund fell.",
        "The Sund ministry said it had borrowed no ferries this year.",
        "Divers found cracks in two piers and said those cracks were old.",
        "Rolf Engen was in hospital that night, his lawyer said.",
        "The players told reporters they would not travel to Lund.",
    ],
)
def test_a_sentence_that_names_all_it_points_at_stands_alone(sentence: str) -> None:
    assert dangles(sentence, LANGUAGE.parse(sentence)) is None
