"""Base forms, by the pipeline's own tables."""

import pytest

from nutgraf.nlp import open_language


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The mayor denied it.", "denied", "deny"),
        ("She has said so.", "said", "say"),
        ("He hopes to win.", "hopes", "hope"),
        ("They are late.", "are", "be"),
        ("Two ministries objected.", "ministries", "ministry"),
        ("Ida Fields spoke.", "Fields", "Fields"),
    ],
)
def test_a_word_has_the_base_form_that_a_dictionary_gives(text: str, word: str, lemma: str) -> None:
    tokens = open_language().parse(text)
    assert [token.lemma for token in tokens if token.text == word] == [lemma]
