"""The trained tagger as it is shipped."""

import pytest

from nutgraf.claims.tagging import find_attributions
from nutgraf.errors import LanguageError
from nutgraf.nlp import open_language
from nutgraf.nlp.tagger import OnnxTagger, installed

TEXT = (
    "The pier of Lund is safe, the harbour master said on Friday.\n\n"
    "“We have looked at every beam,” Ines Aalto told reporters."
)


@pytest.fixture(scope="module")
def tagger():
    return OnnxTagger()


def test_the_weights_come_with_the_program():
    assert installed()


def test_who_says_what_is_found_with_exact_words(tagger):
    found = {
        TEXT[slice(*one.content[0])]: (TEXT[slice(*one.source[0])], TEXT[slice(*one.cue[0])])
        for one in find_attributions(TEXT, tagger)
        if one.source and one.cue
    }
    assert found["The pier of Lund is safe"] == ("the harbour master", "said")
    source, cue = next(who for content, who in found.items() if "We have looked at every beam" in content)
    assert source.endswith("Aalto")
    assert cue == "told"


def test_the_same_text_gets_the_same_scores(tagger):
    first, second = (tagger.read(TEXT) for _ in range(2))
    assert all((a.scores == b.scores).all() for a, b in zip(first, second, strict=True))


def test_missing_weights_are_said_with_the_next_step(tmp_path):
    with pytest.raises(LanguageError, match="weights of the tagger are not there. Install nutgraf again"):
        OnnxTagger(tmp_path).read("Aalto said so.")


def test_rules_alone_can_be_asked_for():
    assert open_language(tagger=False).tagger is None


@pytest.mark.parametrize("text", ["", " \n\n ", "“" * 3000, "SAID " * 4000, "a" * 20_000, "\ud83d\ude00" * 50])
def test_odd_texts_are_read(tagger, text):
    for one in find_attributions(text, tagger):
        assert all(0 <= start < end <= len(text) for start, end in (*one.source, *one.cue, *one.content))
