"""Which sentences may become lines."""

import pytest

from nutgraf.briefs.passages import has_open_quotation, passages_of
from nutgraf.model import Article
from tests.briefs.newsroom import LANGUAGE


def texts(text: str) -> list[str]:
    return [passage.text for passage in passages_of(Article(id="a", text=text), (), LANGUAGE)]


@pytest.mark.parametrize(
    "furniture",
    [
        "Click here to see the pier of Lund in pictures.",
        "Sign up for the letter of the Harbour Post today.",
        "Ines Aalto is seen on the pier of Lund in a storm.",
        "In this March photo, divers look at the pier of Lund.",
        "Read more about the piers of Lund and of Sund.",
        "Follow us to the pier at https://pier.example/lund today.",
        "WATCH THE PIER OF LUND FALL INTO THE SEA.",
        "Photo by Ada Quist of the pier in Lund.",
        "The pier of Lund and of Sund",
        "Correction: The pier of Lund belongs to Sund.",
        "An earlier version of this report gave another pier.",
        "Shut.",
        "(See ten pictures of the pier of Lund.)",
        "TRAILER: See the pier of Lund fall.",
    ],
)
def test_furniture_captions_and_fragments_are_no_passages(furniture):
    assert texts(f"{furniture}\n\nThe pier of Lund stays shut this week.") == ["The pier of Lund stays shut this week."]


def test_a_quotation_of_two_sentences_stays_whole():
    text = "“The pier fell. It fell at night,” Ines Aalto said in Lund. Divers start on Monday at the pier."
    assert texts(text)[0] == "“The pier fell. It fell at night,” Ines Aalto said in Lund."


def test_a_quotation_that_runs_over_paragraphs_is_not_cut_into_a_line():
    text = "“The gauges fell, Elin Moberg said.\n\n“So far we stayed under the red line.”\n\nThe council of Lund meets."
    assert "“The gauges fell, Elin Moberg said." not in texts(text)


@pytest.mark.parametrize(
    ("text", "is_open"), [("“a”", False), ("“a", True), ('"a', True), ("it's", False), ('"a" b', False)]
)
def test_an_open_quotation_is_known(text, is_open):
    assert has_open_quotation(text) is is_open


def test_a_passage_is_where_it_says_it_is():
    article = Article(id="a", text="The pier of Lund stays shut.\n\nDivers  start\ton Monday in Lund.")
    for passage in passages_of(article, (), LANGUAGE):
        assert " ".join(passage.citation.passage.split()) == passage.text
