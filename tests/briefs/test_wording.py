"""From passages to words that stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.briefs import words
from nutgraf.briefs.attributing import attribute, the, unattributed
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.wording import word
from nutgraf.model import Article, Claim, Span
from tests.briefs.newsroom import LANGUAGE


def wording(text: str, *, of: int = 0, claims: tuple[Claim, ...] = ()):
    return word(passages_of(Article(id="a", text=text), claims, LANGUAGE)[of])


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("LUND (CW) — The pier of the town stays shut.", "The pier of the town stays shut."),
        ("LUND, Sund -- The pier of the town stays shut.", "The pier of the town stays shut."),
        ("Lund, Sund (Coast Wire) The pier of the town stays shut.", "The pier of the town stays shut."),
        ("20:40 The pier of the town stays shut.", "The pier of the town stays shut."),
        ("7.15 p.m. – The pier of the town stays shut.", "The pier of the town stays shut."),
        ("20 piers of the town stay shut this week.", "20 piers of the town stay shut this week."),
        ("But the pier of the town stays shut.", "The pier of the town stays shut."),
        ("However, the pier of the town stays shut.", "The pier of the town stays shut."),
        ("Meanwhile, in addition, the pier of the town stays shut.", "The pier of the town stays shut."),
        ("Why it matters: The pier of the town stays shut.", "The pier of the town stays shut."),
        ("Here’s the catch: The pier of the town stays shut.", "The pier of the town stays shut."),
        ("The pilots: The pier of the town stays shut.", "The pilots: The pier of the town stays shut."),
        ("Still waters run deep in Lund and in Sund.", "Still waters run deep in Lund and in Sund."),
        ("“But the pier of Lund is shut,” Ines Aalto said.", "“But the pier of Lund is shut,” Ines Aalto said."),
    ],
)
def test_a_dateline_or_a_word_that_ties_sentences_is_taken_off_outside_quotations(text, stands):
    assert wording(text).text == stands


@pytest.mark.parametrize(
    "text",
    [
        "He kept the pier of Lund for ten years.",
        "These are the piers that the town of Lund will shut.",
        "The pier of Lund, she said, will fall into the sea.",
        "Well, the pier of the town of Lund was shut.",
        "“Nobody told us about the pier,” she said.",
        "The town of Lund said much the same of Sund.",
        "“Nobody told us about the old pier of Lund.”",
        '“Nobody told us about the old pier of Lund."',
    ],
)
def test_a_sentence_that_needs_the_one_before_it_is_known(text):
    assert wording(text).leans


@pytest.mark.parametrize(
    "text",
    [
        "Jo Harrow kept the pier of Lund for ten years.",
        "“Nobody told us about the pier,” Meg Olsen said.",
        "There will be no market on the pier of Lund.",
    ],
)
def test_a_sentence_that_stands_alone_is_known(text):
    assert not wording(text).leans


def test_an_article_that_speaks_of_itself_is_known_but_not_a_speaker_who_does():
    assert wording("We asked the town of Lund about its pier.").own_voice
    assert not wording("“We keep the pier of Lund,” Ines Aalto said.").own_voice
    assert not wording("The US sent divers to the pier of Lund.").own_voice


def test_a_pronoun_inside_a_quotation_is_never_replaced():
    text = "Jo Harrow keeps the old pier of Lund. “He said it was rotten,” he said on Monday."
    inside, outside = text.index("“He") + 1, text.rindex("he said")
    content = Span("a", text.index("“He"), text.index(" he said on"))
    claim = Claim(
        article="a", source=(Span("a", outside, outside + 2),), cue=(), content=(content,), speaker="Jo Harrow"
    )
    made = wording(text, of=1, claims=(claim,))
    assert made.text == "“He said it was rotten,” Jo Harrow said on Monday."
    quoted = Claim(
        article="a", source=(Span("a", inside, inside + 2),), cue=(), content=(content,), speaker="Jo Harrow"
    )
    assert wording(text, of=1, claims=(quoted,)).text == "“He said it was rotten,” he said on Monday."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A spokesman sat by the pier. “There is no paper,” he said.", "“There is no paper,” the spokesman said."),
        ("A spokesman sat by the pier. He said there was no paper.", "The spokesman said there was no paper."),
        (
            "The ministry of Sund is shut. “No paper,” it said of the old pier.",
            "“No paper,” the ministry said of the old pier.",
        ),
    ],
)
def test_a_description_in_place_of_a_pronoun_is_written_as_its_place_asks(text, named):
    speaker = text.split(" sat")[0] if " sat" in text else "The ministry"
    at = max(text.rfind(f" {pronoun} ") for pronoun in ("he", "it", "He")) + 1
    second = text.index(". ") + 2
    content = Span("a", second, len(text))
    claim = Claim(article="a", source=(Span("a", at, at + 2),), cue=(), content=(content,), speaker=speaker)
    assert wording(text, of=1, claims=(claim,)).text == named


def test_a_plain_first_word_loses_its_capital_and_a_name_keeps_it():
    article = Article(id="a", text="Talks on the pier are to start on May 4. Divers of Lund wait.", outlet="Post")
    talks = attribute("Talks on the pier are to start on May 4.", article, manner=0, tag="NNS")
    assert talks == "According to the Post, talks on the pier are to start on May 4."
    lund = Article(id="b", text="Lund waits until May 4. The town of Lund is shut.", outlet="Post")
    assert attribute("Lund waits until May 4.", lund, manner=0, tag="NN").startswith("According to the Post, Lund")
    titled = attribute("Transport Minister Ada Quist waits until May 4.", article, manner=0, tag="NN")
    assert titled.startswith("According to the Post, Transport Minister")


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("Harbour Post", "the Harbour Post"),
        ("The Ledger", "the Ledger"),
        ("Coast Wire", "Coast Wire"),
        ("Courier", "the Courier"),
    ],
)
def test_an_outlet_is_named_as_running_text_names_it(outlet, name):
    assert the(outlet) == name


ARTICLE = Article(id="a", outlet="Harbour Post", text="The old pier is shut. It is the town's.")


@pytest.mark.parametrize(
    ("text", "manner", "line"),
    [
        ("The pier is shut.", 0, "The pier is shut, the Harbour Post reports."),
        ("The pier is shut.", 1, "The pier is shut, per the Harbour Post."),
        ("The pier is shut.", 2, "The Harbour Post reports that the pier is shut."),
        ("Lund shut its pier.", 2, "Lund shut its pier, the Harbour Post reports."),
        ("Lund sold it to Pier Inc.", 0, "According to the Harbour Post, Lund sold it to Pier Inc."),
        ("The pier shut in 2019.", 0, "According to the Harbour Post, the pier shut in 2019."),
        ("Lund is “rotten.”", 0, "According to the Harbour Post, Lund is “rotten.”"),
        ("She told the Harbour Post so.", 0, "She told the Harbour Post so."),
    ],
)
def test_the_outlet_is_named_once(text, manner, line):
    assert attribute(text, ARTICLE, manner=manner) == line


def test_an_outlet_that_calls_itself_by_its_last_word_is_not_named_again():
    article = Article(id="a", text="x", outlet="Harbour Post")
    told = "Jo Harrow told the Post that the pier was rotten."
    assert attribute(told, article, manner=0) == told
    quoted = "“Ask the Post,” Jo Harrow said of the pier."
    assert attribute(quoted, article, manner=0) != quoted


def test_without_an_outlet_nothing_is_added():
    assert attribute("The pier is shut.", Article(id="a", text="x"), manner=0) == "The pier is shut."


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de-AT", "Der Steg ist zu (laut Uferbote)."),
        ("fr", "Der Steg ist zu (selon Uferbote)."),
        ("nl", "Der Steg ist zu (Uferbote)."),
    ],
)
def test_in_another_language_no_english_word_names_the_outlet(language, line):
    article = Article(id="a", outlet="Uferbote", text="Der Steg ist zu.", language=language)
    assert attribute(article.text, article, manner=0) == line
    assert unattributed(line, "Uferbote") == article.text


@pytest.mark.parametrize("manner", range(8))
@pytest.mark.parametrize("text", ["The pier is shut.", "Lund shut its pier.", "The pier shut in 2019.", "Lund is it?"])
def test_a_line_without_its_attribution_is_what_it_was(text, manner):
    assert unattributed(attribute(text, ARTICLE, manner=manner), ARTICLE.outlet) == text


@given(st.text(max_size=200), st.integers(0, 3))
def test_naming_an_outlet_keeps_every_word(text, manner):
    kept = words.plain_words(text)
    line = words.plain_words(attribute(text, ARTICLE, manner=manner))
    assert len(line) >= len(kept)


@given(st.text(alphabet="He said. “But” it, \n\nAB\"'.", max_size=300))
def test_any_text_is_worded_and_every_citation_is_of_it(text):
    article = Article(id="a", text=text)
    for passage in passages_of(article, (), LANGUAGE):
        assert word(passage).citations[0].passage in text


def test_after_a_speaker_the_outlet_is_named_in_as_few_words_as_can_be():
    assert attribute("The pier is shut, pilots said.", ARTICLE, manner=0) == (
        "The pier is shut, pilots said, per the Harbour Post."
    )


def test_in_a_line_of_two_sentences_the_first_names_the_outlet():
    first = "Lund shut its pier."
    line = attribute(f"{first} It said that beams were rotten.", ARTICLE, manner=0, opening=len(first))
    assert line == "Lund shut its pier, the Harbour Post reports. It said that beams were rotten."
    assert unattributed(line, ARTICLE.outlet) == f"{first} It said that beams were rotten."
