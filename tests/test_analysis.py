"""What is kept of an article's text beside its claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.analysis import Analysis, analysis_from, analysis_of
from nutgraf.claims import analysed_claims_of
from nutgraf.model import Article
from nutgraf.nlp import open_language
from nutgraf.ports import Token

LANGUAGE = open_language(tagger=False)
TEXT = (
    "LUND — Divers found 12 cracks in the harbour pier.\n\n"
    "The mayor said\nit stays shut. She wouldn’t say for how long."
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    ((_, found),) = analysed_claims_of([Article(id="a", text=TEXT, language="en")], LANGUAGE)
    return found


def test_an_analysis_comes_back_as_it_was_packed(analysis: Analysis) -> None:
    assert analysis.figures
    assert analysis.sentences
    assert len(analysis.starts) > 20
    assert analysis_from(analysis.to_bytes(), article="a", text=TEXT) == analysis


def test_a_sentence_of_the_text_has_the_parse_that_it_has_there(analysis: Analysis) -> None:
    sentence = "She wouldn’t say for how long."
    found = analysis.parse(sentence)
    assert found is not None
    assert [sentence[token.start : token.end] for token in found] == [token.text for token in found]
    assert [(token.text, token.tag) for token in found[:3]] == [("She", "PRP"), ("would", "MD"), ("n’t", "RB")]
    assert found[found[0].head].text == "say"


@pytest.mark.parametrize(
    "words",
    [
        "She could not say.",  # not in the text
        "the harbour pier.",  # hangs on words that are left out
        "ivers found 12 cracks in the harbour pier.",  # begins inside a word
        "",
    ],
)
def test_words_that_do_not_stand_alone_in_the_text_have_no_parse_there(analysis: Analysis, words: str) -> None:
    assert analysis.parse(words) is None


def test_a_text_that_was_not_parsed_keeps_its_sentences_and_figures() -> None:
    article = Article(id="b", text="Il ponte resta chiuso. 14 persone sono ferite.", language="it")
    ((_, found),) = analysed_claims_of([article], LANGUAGE)
    assert not found.starts
    assert len(found.sentences) == 2
    assert analysis_from(found.to_bytes(), article="b", text=article.text) == found


def test_a_damaged_record_is_named() -> None:
    with pytest.raises(ValueError, match="article a"):
        analysis_from(b"not packed", article="a", text=TEXT)


@given(st.lists(st.text(min_size=1, max_size=5), max_size=8))
def test_any_words_and_base_forms_come_back(words: list[str]) -> None:
    text, tokens = "", []
    for number, word in enumerate(words):
        text += " "
        token = Token(len(text), len(text) + len(word), word, word.lower(), "", "-", max(0, number - 1), "")
        tokens.append(token)
        text += word
    made = analysis_of(text, tokens, [(0, len(text))])
    back = analysis_from(made.to_bytes(), article="a", text=text)
    assert (back.starts, back.ends, back.lemmas, back.heads) == (made.starts, made.ends, made.lemmas, made.heads)
