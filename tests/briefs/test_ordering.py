"""The order of a brief's bullets."""

from datetime import UTC, date, datetime

import pytest

from nutgraf.briefs.ordering import comes_next, in_order
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.wording import word
from nutgraf.model import Article
from nutgraf.nlp import open_language

LANGUAGE = open_language(tagger=False)


def wordings(text, name="a", hour=9):
    """Return the wordings of an article."""
    article = Article(id=name, text=text, published=datetime(2026, 3, 2, hour, tzinfo=UTC))
    return [word(passage) for passage in passages_of(article, (), LANGUAGE)]


def told(bullets):
    """Return what bullets say."""
    return [bullet.text for bullet in bullets]


@pytest.mark.parametrize(
    "sentence",
    [
        "Divers will look at the pier on Friday.",
        "The port said that divers will look at the pier.",
        "A report on the pier is due by the end of March.",
        "Talks about the pier are to start in May.",
        "The port expects to run one ferry in six.",
        "The pier will stay closed until Friday.",
        "The mayor wants the pier mended by June.",
    ],
)
def test_a_step_that_is_to_be_taken_comes_next(sentence):
    assert comes_next(sentence, LANGUAGE.parse(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The pier will be 600 metres long.",
        "“We will never close the pier,” Jo Harrow said.",
        "Pilots say that nobody will come in May.",
        "The ministers had planned to close the pier.",
        "Divers will not look at the pier on Friday.",
        "The bakers, who will leave in May, met a pilot.",
        "Analysts think the pier will fall.",
        "Bakers expect about 90 crowns a loaf.",
    ],
)
def test_what_is_so_or_is_only_thought_does_not_come_next(sentence):
    assert not comes_next(sentence, LANGUAGE.parse(sentence))


def test_background_comes_after_the_news_and_what_is_to_come_after_that():
    lede, next_, back, news = wordings(
        "The long pier of Lund fell into the sea. Divers will look at the stones on Friday. "
        "The stones were cut some forty years ago. Two boats sank with all their nets."
    )
    assert in_order(lede, [next_, back, news], LANGUAGE) == [news, back, next_]


def test_what_a_report_tells_earlier_comes_earlier():
    lede, first, second, third = wordings(
        "The long pier of Lund fell into the sea. The deciding vote was cast by Jo Harrow. "
        "“I do not need a model of traffic,” said Harrow. Sellers of fish had asked for it."
    )
    assert told(in_order(lede, [third, second, first], LANGUAGE)) == told([first, second, third])


def test_times_of_which_one_has_no_zone_or_no_hour_are_compared_all_the_same():
    lede = wordings("The long pier of Lund fell into the sea on Monday.")[0]
    for when in (datetime(2026, 3, 2, 11), date(2026, 3, 3), None):  # noqa: DTZ001  # as pages without a zone have it
        article = Article(id="b", text="The pier of Lund fell on Monday into the sea.", published=when)
        again = word(passages_of(article, (), LANGUAGE)[0])
        assert in_order(lede, [again], LANGUAGE) == [again]


@pytest.mark.parametrize(("hour", "first"), [(8, "Two boats sank with all their nets."), (11, None)])
def test_an_opening_that_tells_the_lede_again_comes_later_unless_its_report_is_a_later_one(hour, first):
    lede, second = wordings("The long pier of Lund fell into the sea on Monday. Two boats sank with all their nets.")
    again = wordings("The old pier of Lund fell into the sea on Monday.", name="b", hour=hour)[0]
    assert told(in_order(lede, [again, second], LANGUAGE))[0] == (first or again.text)


def test_who_is_brought_in_by_an_opening_that_comes_later_does_not_speak_before_it():
    lede, *rest = wordings(
        "The long pier of Lund fell into the sea on Monday. Two boats sank with all their nets. Sellers of fish had "
        "asked for it. The vote was cast by Jo Harrow. Pilots had seen the cracks. Divers had found stones there."
    )
    opening, speaks = wordings(
        "The old pier of Lund fell into the sea on Monday, an official in Sund said. The official spoke of a storm.",
        name="b",
        hour=8,
    )
    found = in_order(lede, [speaks, *rest, opening], LANGUAGE)
    assert found.index(opening) < found.index(speaks)
    assert found.index(rest[0]) < found.index(opening)
