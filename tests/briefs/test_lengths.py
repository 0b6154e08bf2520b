"""The three lengths of a brief."""

from nutgraf.briefs import compose
from nutgraf.briefs.lengths import words_for
from nutgraf.model import Brief, Length
from tests.briefs.newsroom import ARTICLES, CLAIMS, LANGUAGE, STORY, lone_story


def lines_at(length: Length) -> int:
    made = compose(STORY, ARTICLES, CLAIMS, LANGUAGE, words=words_for(length, 60))
    assert isinstance(made, Brief)
    return len(made.lines)


def test_a_line_is_one_line_and_a_long_brief_has_more_than_a_usual_one():
    assert lines_at(Length.LINE) == 1 < lines_at(Length.BRIEF) < lines_at(Length.LONG)


def test_a_long_brief_is_twice_a_usual_one():
    assert words_for(Length.LONG, 230) == 460


def test_a_line_is_never_longer_than_the_brief_asked_for():
    assert words_for(Length.LINE, 30) == 30


def test_where_every_sentence_is_longer_than_asked_for_the_brief_is_one_of_them():
    text = (
        "The council of Lund, which met for the ninth time since the pier was shut in the week before the feast of the "
        "boats, voted to have its beams looked at by divers from the port of Storr before the winter is over."
    )
    made = compose(*lone_story(text, outlet="Harbour Post"), {}, LANGUAGE, words=20)
    assert isinstance(made, Brief)
    assert len(made.lines) == 1
