"""The stories of one matter are told as a chain, also where months of other news lie between."""

from datetime import UTC, datetime, timedelta

from nutgraf.desk import Desk
from nutgraf.model import Article
from nutgraf.run import compose, find_claims, group, make_edition, story_topic, why
from tests.newsroom import Clock

WHEN = datetime(2026, 3, 3, 9, tzinfo=UTC)
WRECK = (
    "A ferry, the Linda Rose, capsized off Karsa on Tuesday under Captain Olaf Brenner. 70 were pulled from the bay."
)
RETOLD = "The Linda Rose, a ferry, went over off Karsa on Tuesday. 70 of Captain Olaf Brenner's passengers were saved."
TRIAL = "Olaf Brenner, captain of the Linda Rose, went on trial in Karsa on Monday. He says that the ferry was sound."
STRIKE = "Teachers in Arlen ended a six-week strike on Sunday after the city offered 7%. Rosa Timm was content."


def put(desk: Desk, key: str, text: str, *, days: float) -> None:
    when, address = WHEN + timedelta(days), f"https://{key}.example/r"
    article = Article(id=key, title=text.split(".")[0], text=text, url=address, outlet=key, published=when)
    desk.store.save_article(article, arrived=when, items=[])


def name_of(desk: Desk, key: str) -> str:
    placement = desk.store.placement_of(key)
    assert placement is not None
    return desk.store.current_name(placement.story) or ""


def test_a_story_names_those_that_it_goes_on_with(desk: Desk) -> None:
    for key, text, days in (("wreck", WRECK, 0), ("strike", STRIKE, 3), ("trial", TRIAL, 20)):
        put(desk, key, text, days=days)
    group(desk)
    chain = [(name_of(desk, key), WHEN + timedelta(days)) for key, days in (("wreck", 0), ("trial", 20))]
    for key in ("wreck", "trial"):
        assert [(one.story, one.began) for one in story_topic(desk, name_of(desk, key))] == chain
    told = why(desk, name_of(desk, "trial")).story
    assert told is not None
    assert [one.title for one in told.topic] == [WRECK.split(".")[0], TRIAL.split(".")[0]]


def test_a_story_that_goes_on_with_none_has_no_topic(desk: Desk) -> None:
    for key, text, days in (("wreck", WRECK, 0), ("strike", STRIKE, 3), ("late", TRIAL, 90)):
        put(desk, key, text, days=days)
    group(desk)
    assert [story_topic(desk, name_of(desk, key)) for key in ("wreck", "strike", "late")] == [(), (), ()]


def test_an_edition_is_led_by_what_weighs_most_and_keeps_its_order(desk: Desk, clock: Clock) -> None:
    for key, text, days in (("first", WRECK, -0.3), ("second", RETOLD, -0.29), ("third", STRIKE, 0.5)):
        put(desk, key, text, days=days)
    clock.turn(minutes=60 * 24)
    group(desk)
    assert name_of(desk, "first") == name_of(desk, "second") != name_of(desk, "third")
    find_claims(desk)
    compose(desk)
    make_edition(desk, WHEN.date())
    fresh, wide = name_of(desk, "third"), name_of(desk, "first")
    edition = desk.store.edition(WHEN.date())
    assert edition is not None
    assert [brief.id for brief in edition.briefs] == [fresh, wide]
    clock.turn(minutes=60 * 24)
    make_edition(desk, WHEN.date())
    assert desk.store.edition(WHEN.date()) == edition
