"""Parses are taken from analysed articles, and made once where there are none."""

from collections.abc import Iterable, Iterator, Sequence

from nutgraf.analysis import analysis_of
from nutgraf.briefs.clauses import ParsedOnce
from nutgraf.nlp import open_language
from nutgraf.ports import Sentence, Token

TOOLS = open_language(tagger=False)
ARTICLE = "The harbour pier was shut on Monday. Divers found cracks in it."


class Counting:
    """The language tools, which note what they are asked to parse."""

    tagger = None

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.calls = 0

    def sentences(self, text: str) -> Sequence[Sentence]:
        return TOOLS.sentences(text)

    def parse(self, text: str) -> Sequence[Token]:
        return next(self.parse_many([text]))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        wanted = list(texts)
        self.asked += wanted
        self.calls += 1
        return TOOLS.parse_many(wanted)


def analysed() -> tuple[ParsedOnce, Counting]:
    tools = Counting()
    analysis = analysis_of(ARTICLE, TOOLS.parse(ARTICLE), TOOLS.sentences(ARTICLE))
    return ParsedOnce(tools, [analysis]), tools


def test_a_sentence_of_an_analysed_article_is_not_parsed_again() -> None:
    language, tools = analysed()
    assert [token.text for token in language.parse("Divers found cracks in it.")][:2] == ["Divers", "found"]
    assert tools.asked == []


def test_the_tools_are_not_called_for_nothing() -> None:
    language, tools = analysed()
    language.parse("Divers found cracks in it.")
    assert len(list(language.parse_many([ARTICLE, "Divers found cracks in it."]))) == 2
    assert tools.calls == 0


def test_of_two_sentences_only_the_new_one_is_parsed() -> None:
    language, tools = analysed()
    text = "Divers found cracks in it. The mayor was not there."
    tokens = language.parse(text)
    assert tools.asked == ["The mayor was not there."]
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [tokens[token.head].text for token in tokens if token.text in ("Divers", "mayor")] == ["found", "was"]


def test_a_sentence_is_parsed_once() -> None:
    language, tools = analysed()
    for _ in range(2):
        language.parse("The mayor was not there.")
    assert tools.asked == ["The mayor was not there."]


SAID = "But the pier was shut. On Monday, she said that it had cracks."


def reworded() -> tuple[ParsedOnce, Counting]:
    tools = Counting()
    return ParsedOnce(tools, [analysis_of(SAID, TOOLS.parse(SAID), TOOLS.sentences(SAID))]), tools


def test_a_sentence_without_its_opening_has_the_parse_that_it_has_behind_it() -> None:
    language, tools = reworded()
    tokens = language.parse("The pier was shut.")
    assert tools.asked == []
    assert [(token.text, token.start, tokens[token.head].text) for token in tokens][:2] == [
        ("The", 0, "pier"),
        ("pier", 4, "shut"),
    ]


def test_a_name_in_place_of_a_pronoun_hangs_together_as_the_pronoun_did() -> None:
    language, tools = reworded()
    text = "On Monday, Ida Fields said that it had cracks."
    language.note_rewordings({text: "On Monday, she said that it had cracks."})
    tokens = language.parse(text)
    assert tools.asked == []
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    asked_anew = TOOLS.parse(text)
    assert [(t.text, t.tag, t.dep, t.head) for t in tokens] == [(t.text, t.tag, t.dep, t.head) for t in asked_anew]


def test_a_sentence_with_more_changed_than_a_name_is_parsed() -> None:
    language, tools = reworded()
    text = "On Monday, the mayor said that it had cracks."
    language.note_rewordings({text: "On Monday, she said that it had cracks."})
    language.parse(text)
    assert tools.asked == [text]
