"""Headlines, deks and labels."""

import pytest

from nutgraf.briefs.headline import LONGEST_CUT, clean_title, cut, is_clause, titles_by_centrality
from nutgraf.briefs.labels import Labelled, label, label_in, lateness
from nutgraf.model import Article, Certainty
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


def name(text, *, speaker=None, certainty=Certainty.FACT, denied=False, used=()):
    return label(Labelled(text=text, speaker=speaker, certainty=certainty, denied=denied), used=used)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Divers will look at the pier on Friday.", "What's next"),
        ("A new pier would cost $3 million.", "The cost"),
        ("Lund blamed rotten beams.", "The cause"),
        ("The fall left two dead and nine injured.", "The toll"),
        ("Bakers condemned the council.", "The reaction"),
        ("At least 40 boats were moored there.", "The scope"),
    ],
)
def test_a_label_says_what_the_line_is_about(text, expected):
    assert name(text) == expected


def test_a_denial_is_labelled_as_one():
    assert name("Lund denies that its pier fell.", denied=True) == "The denial"


def test_a_label_is_not_used_twice():
    first = name("At least 40 boats were moored there.")
    assert name("At least 12 boats sank.", used=[first]) not in (None, first)


def test_where_every_label_is_used_there_is_none_rather_than_a_label_twice():
    assert name("Boats sank.", used=["The details"]) is None


def test_a_label_that_fits_no_word_of_the_line_is_not_given():
    assert name("The lease ends because another ship needs the pier.") != "The cause"


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Ines Rovers", "Rovers' words"),
        ("Coast Line", "Coast Line's words"),
        ("A pilot", "Pilot's words"),
        ("The ministry", "The ministry's words"),
    ],
)
def test_a_label_names_a_speaker_in_the_shortest_way_with_the_right_ending(speaker, expected):
    assert name(f"{speaker} called it “a rotten pier.”", speaker=speaker) == expected


def test_who_is_quoted_gives_the_label():
    assert name("Jo Harrow said the pier was “rotten.”", speaker="Jo Harrow") == "Harrow's words"


def test_in_another_language_the_label_is_of_that_language_or_there_is_none():
    assert label_in("de", "Der Steg soll im Mai öffnen.", used=[]) == "Wie es weitergeht"
    assert label_in("fr", "Le pont a fait deux morts.", used=[]) == "Le bilan"
    assert label_in("fr", "Le pont a fait deux morts.", used=["Le bilan"]) is None
    assert label_in("nl", "De brug gaat in mei open.", used=[]) is None


def test_what_comes_next_is_later_than_background_and_background_than_news():
    assert lateness("The pier fell.") < lateness("The pier fell two years ago.") < lateness("The pier will be mended.")
