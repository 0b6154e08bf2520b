"""Headlines, deks and labels."""

import pytest

from nutgraf.briefs.casing import manner_of
from nutgraf.briefs.clauses import is_clause
from nutgraf.briefs.headline import (
    LONGEST_CUT,
    clean_title,
    cut,
    deks,
    headlines,
    titles_by_centrality,
    whole_and_parts,
)
from nutgraf.briefs.passages import passages_of
from nutgraf.model import Article, Certainty, Line
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


def centre(*titles: str) -> str:
    """Return the headline that comes first above articles of one opening."""
    text = "The pier of Lund fell into the sea on Monday after divers had found cracks in its beams, the port said."
    articles = [Article(id=title, title=title, text=text) for title in titles]
    return titles_by_centrality(articles)[0].title


def test_a_headline_of_words_that_tell_comes_before_one_of_words_that_anything_has():
    assert centre("On Monday it was said after all", "Divers found cracks in pier") == "Divers found cracks in pier"


def test_of_two_headlines_of_words_that_the_opening_has_the_one_of_rarer_words_comes_first():
    assert centre("Port found the sea fell", "Divers at pier beams") == "Divers at pier beams"


@pytest.mark.parametrize(
    "other",
    [
        "How the pier of Lund fell into the sea",
        "Pier of Lund fell into the sea and we all saw it",
        "'Cracks': Pier of Lund fell into the sea",
        "Pier of Lund fell into the sea?",
    ],
)
def test_a_headline_that_only_points_or_asks_or_has_a_voice_comes_after_one_that_says_what_happened(other):
    assert centre(other, "Lund pier fell, port said") == "Lund pier fell, port said"


def test_of_two_headlines_that_tell_as_much_the_short_one_comes_first():
    long = "Pier of Lund fell into the sea in one go on that day"
    assert centre(long, "Pier of Lund fell into the sea") != long


def test_the_clause_after_a_colon_and_the_one_before_a_semicolon_can_stand_for_a_headline(language):
    article = Article(id="a", title="x", text="x", language="en")
    title = "Pier, day two: divers of Lund found cracks in the beams; port shut"
    parts = list(whole_and_parts(title, article, language))
    assert parts[0] == title
    assert "Divers of Lund found cracks in the beams; port shut" in parts


def test_what_is_no_sentence_never_stands_for_a_headline(language):
    article = Article(id="a", title="x", text="x", language="en")
    title = "Divers found cracks in the beams: the long story of a pier"
    assert list(whole_and_parts(title, article, language)) == [title]


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


def test_a_headline_whose_ground_is_found_elsewhere_alone_is_its_finders_word(language):
    told = "The old pier of Lund fell into the sea on Monday after a storm, the port of the town said."
    mine = Article(
        id="a", title="Old pier of Lund fell into the sea", outlet="Harbour Post", text="Look.", language="en"
    )
    other = Article(id="b", title="Lund", outlet="The Ledger", text=told, language="en")
    found = {"a": (), "b": passages_of(other, (), language)}
    lines = [Line(text=told, citations=(found["b"][0].citation,), outlet="The Ledger", certainty=Certainty.FACT)]
    first = next(headlines([mine, other], found, lines, lambda: manner_of([told]), language, origins=2))
    assert first.text.startswith("Old pier of Lund fell into the sea")
    assert first.outlet == "The Ledger"


def test_a_headline_that_only_names_its_subject_comes_after_the_ledes_own_words(language):
    told = "The old pier of Lund fell into the sea on Monday after a storm, the port of the town said."
    only = Article(id="a", title="Old Lund pier", outlet="Harbour Post", text=told, language="en")
    found = {"a": passages_of(only, (), language)}
    lines = [Line(text=told, citations=(found["a"][0].citation,), outlet="Harbour Post", certainty=Certainty.FACT)]
    above = [one.text for one in headlines([only], found, lines, lambda: manner_of([told]), language, origins=1)]
    assert above[0].startswith("The old pier of Lund fell")
    assert any(text.startswith("Old Lund pier") for text in above)


def test_a_lede_of_two_sentences_gives_its_first_as_a_headline(language):
    told = "The old pier of Lund fell into the sea on Monday, the port said."
    only = Article(id="a", title="Old Lund pier", outlet="Harbour Post", text=told, language="en")
    found = {"a": passages_of(only, (), language)}
    text = f"{told} It was built in the year of the great storm, when Lund had no other pier."
    lines = [Line(text=text, citations=(found["a"][0].citation,), outlet="Harbour Post", certainty=Certainty.FACT)]
    first = next(headlines([only], found, lines, lambda: manner_of([told]), language, origins=1))
    assert first.text == "The old pier of Lund fell into the sea on Monday, the port said"


def test_every_other_headline_that_adds_something_may_be_the_dek(language):
    texts = {
        "a": "The old pier of Lund fell into the sea on Monday.",
        "b": "Divers found deep cracks in the beams last spring, the guild of pilots said.",
        "c": "Ferries to the islands stay in harbour until Friday, the company announced.",
    }
    titles = {"a": "Old pier of Lund fell", "b": "Divers found deep cracks last spring", "c": "Ferries stay in harbour"}
    articles = [Article(id=k, title=titles[k], outlet=k.upper(), text=t, language="en") for k, t in texts.items()]
    found = {one.id: passages_of(one, (), language) for one in articles}
    above = Line(text=titles["a"], citations=(found["a"][0].citation,), outlet="A", certainty=Certainty.FACT)
    under = deks(articles, found, above, above, lambda: manner_of(texts.values()), language)
    assert {dek.text for dek in under} == {titles["b"], titles["c"]}
