"""Headlines in sentence case, with names as the articles write them."""

import pytest

from nutgraf.briefs.casing import is_title_case, manner_of, sentence_case
from nutgraf.nlp import open_language

TEXTS = (
    (
        "On Monday the White House said that the pier of Lund was shut. The NPC, a body of pilots, did not object.\n\n"
        "Captain Ines Aalto of the house of pilots called the old pier unsafe, and divers of the port found cracks."
    ),
    "In Lund the pier was shut on Monday after divers had found cracks, Aalto said.",
)


@pytest.fixture(scope="module")
def language():
    return open_language()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Divers Find Cracks in the Old Pier of Lund", "Divers find cracks in the old pier of Lund"),
        ("Aalto Calls Old Pier Unsafe", "Aalto calls old pier unsafe"),
        ("NPC Does Not Object to Pier Closure", "NPC does not object to pier closure"),
        ("Why the White House Shut the Pier", "Why the White House shut the pier"),
        ("Pilots: Old Pier Unsafe for Divers", "Pilots: Old pier unsafe for divers"),
        ("OLD PIER OF LUND UNSAFE, AALTO SAYS", "Old pier of Lund unsafe, Aalto says"),
        ("Divers find cracks in the old pier of Lund", "Divers find cracks in the old pier of Lund"),
        ("McRae Slams Divers Over Old Pier", "McRae slams divers over old pier"),
        ("Town Halts Work in a Blast of Doubt", "Town halts work in a blast of doubt"),
        ("Old Pier Bought by Kestrel", "Old pier bought by Kestrel"),
        ("N.P.C. Leaves Lund in a Hurry", "N.P.C. leaves Lund in a hurry"),
    ],
)
def test_a_word_is_a_name_where_the_articles_write_it_so(title, shown, language):
    assert sentence_case(title, manner_of(TEXTS), language.parse) == shown


def test_a_headline_that_stands_in_an_article_does_not_make_its_words_names(language):
    text = "Divers Find Cracks in Old Pier\n\nThe divers of Lund found cracks in the old pier."
    assert sentence_case("Divers Find Cracks in Old Pier", manner_of([text]), language.parse).endswith("in old pier")


@pytest.mark.parametrize(
    ("title", "does"),
    [("Pier Shut in Lund Today", True), ("Pier shut in Lund", False), ("Don't Worry about Piers Yet", True)],
)
def test_title_case_is_told_by_the_longer_words(title, does):
    assert is_title_case(title) is does
