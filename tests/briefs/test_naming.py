"""How a brief calls its persons."""

from nutgraf.briefs.naming import named_in_turn
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.wording import word
from nutgraf.claims import find_claims
from nutgraf.model import Article
from nutgraf.nlp import open_language

LANGUAGE = open_language()


def wordings(text):
    """Return the wordings of an article with its claims."""
    article = Article(id="a", text=text, language="en")
    return [word(passage) for passage in passages_of(article, find_claims(article, LANGUAGE), LANGUAGE)]


TEXT = (
    "Pilot Ines Aalto heads the guild of Lund. “The pier is rotten,” Aalto said. "
    "The boats will stay, she told the town."
)


def test_the_first_line_that_a_speaker_is_named_in_names_him_in_full_and_cites_where_he_is_named():
    _, quoted, _ = wordings(TEXT)
    [first] = named_in_turn([quoted])
    assert first.text == "“The pier is rotten,” Ines Aalto said."
    assert first.speaker == "Ines Aalto"
    assert [one.passage for one in first.citations] == ["“The pier is rotten,” Aalto said.", TEXT.split(". ")[0] + "."]


def test_a_name_that_was_brought_in_for_a_pronoun_is_the_last_name_where_the_brief_has_told_the_whole():
    opening, _, told = wordings(TEXT)
    assert told.text == "The boats will stay, Ines Aalto told the town."
    assert named_in_turn([opening, told])[1].text == "The boats will stay, Aalto told the town."
    assert named_in_turn([told])[0].text == told.text


def test_the_last_name_stays_where_the_brief_has_told_the_whole():
    opening, quoted, _ = wordings(TEXT)
    assert named_in_turn([opening, quoted]) == [opening, quoted]


def test_what_an_article_writes_itself_is_not_shortened():
    opening, again = wordings("Pilot Ines Aalto heads the guild. “The pier is rotten,” Ines Aalto said.")
    assert named_in_turn([opening, again]) == [opening, again]


def test_no_name_inside_a_quotation_is_touched():
    text = "Pilot Ines Aalto heads the guild of Lund. “Aalto knows the pier,” Aalto said."
    [first] = named_in_turn(wordings(text)[1:])
    assert first.text == "“Aalto knows the pier,” Ines Aalto said."


def test_a_courtesy_title_gives_way_to_the_whole_name():
    [first] = named_in_turn(
        wordings("Pilot Ines Aalto heads the guild of Lund. Ms Aalto said the pier was rotten.")[1:]
    )
    assert first.text == "Ines Aalto said the pier was rotten."


def test_a_sentence_that_denies_is_not_cited_for_the_name_in_it():
    text = "Pilot Ines Aalto denied that the boats sank. “The pier is rotten,” Aalto said."
    quoted = wordings(text)[1]
    assert named_in_turn([quoted]) == [quoted]


def test_in_a_line_of_two_sentences_the_first_still_ends_where_it_ended():
    _, quoted, _ = wordings(TEXT)
    both = quoted.__class__(passage=quoted.passage, text=f"{quoted.text} It fell.", opening=len(quoted.text))
    [first] = named_in_turn([both])
    assert first.text[: first.opening] == "“The pier is rotten,” Ines Aalto said."
