"""Headlines, deks and labels."""

import pytest

from nutgraf.briefs.clauses import is_clause
from nutgraf.briefs.headline import LONGEST_CUT, clean_title, cut, titles_by_centrality
from nutgraf.model import Article
from nutgraf.nlp import open_language


@pytest.mark.parametrize(
    "title",
    [
        "Pier of Lund falls into the sea - Harbour Post",
        "Pier of Lund falls into the sea | Harbour Post",
        "Opinion | Pier of Lund falls into the sea",
        "WATCH: Pier of Lund falls into the sea",
        "Pier of Lund falls into the sea",
    ],
)
def test_a_title_loses_its_outlet_and_its_column(title):
    assert (
        clean_title(Article(id="a", title=title, outlet="Harbour Post", text="x")) == "Pier of Lund falls into the sea"
    )


def test_the_title_that_says_what_the_others_say_comes_first_and_a_question_or_a_denial_late():
    titles = ["Why did it fall at all?", "Lund denies pier fell", "Pier of Lund falls", "Market moves inland"]
    articles = [Article(id=title, title=title, text="The pier of Lund falls.") for title in titles]
    assert titles_by_centrality(articles)[0].title == "Pier of Lund falls"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("The pier of Lund fell into the sea.", "The pier of Lund fell into the sea"),
        ("The old pier of Lund fell into the sea, divers said.", "The old pier of Lund fell into the sea"),
        (
            "The old pier of the harbour of Lund fell into the sea after a storm that lasted for three days and more.",
            "The old pier of the harbour of Lund fell into the sea",
        ),
    ],
)
def test_a_sentence_is_cut_at_a_joint(text, headline):
    assert cut(text, LONGEST_CUT) == headline


def test_a_cut_never_splits_a_quotation_where_there_is_another_joint():
    text = (
        "Ines Aalto of the port of Lund said, “the pier of the town is rotten, and was rotten in all of its old beams.”"
    )
    assert cut(text, LONGEST_CUT).count("“") == cut(text, LONGEST_CUT).count("”")


@pytest.fixture(scope="module")
def language():
    return open_language()


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        (
            "Speaking at the mayor's morning round",
            "Speaking at the mayor's morning round, Ines Aalto said that the pier had to go.",
        ),
        (
            "The toll of a storm that left three streets under water",
            "The toll of a storm that left three streets under water rose to nine on Friday.",
        ),
        ("Once the pier is gone", "Once the pier is gone, the town will build another."),
    ],
)
def test_half_a_clause_is_no_headline(opening, sentence, language):
    assert not is_clause(opening, sentence, language)


def test_the_main_clause_alone_is_a_headline(language):
    sentence = "The old pier of Lund fell into the sea after a storm that lasted for three days."
    assert is_clause("The old pier of Lund fell into the sea", sentence, language)


def test_what_stands_before_the_first_of_two_colons_is_left_out():
    told = Article(id="a", title="Floods: After the breach: Town counts its losses", outlet="Harbour Post", text="x")
    assert clean_title(told) == "After the breach: Town counts its losses"
