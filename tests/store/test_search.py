"""Searching briefs: the same answers on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.ports import Question
from nutgraf.store.tokens import mark, tokens
from tests.store.examples import NOON, a_brief, an_article, placed

TEXTS = {
    "ferry": "The ferry Sigrun ran aground off Lund on Friday.",
    "pier": "The old pier of Lund fell into the sea, divers said.",
    "cafe": "A café in Straße 9 reopened after the flood; its owner wept.",
    "tokyo": "東京の港で火災が発生した。",
    "greek": "Ο δήμαρχος του Πειραιά παραιτήθηκε.",
}


@pytest.fixture
def filled(store):
    for day, (story, text) in enumerate(TEXTS.items()):
        keep(store, story, text, day=day)
    return store


def keep(store, story, text, *, day=0, topics=(), outlet="Harbour Post", speaker=None):
    article = replace(an_article(text, url=f"https://harbour.example/{story}/{day}"), outlet=outlet)
    store.save_article(article, arrived=NOON)
    store.save_placements([placed(article, story)])
    brief = a_brief(article, story=story, topics=topics)
    brief = replace(brief, lines=tuple(replace(line, speaker=speaker) for line in brief.lines))
    store.save_brief(brief, composed=NOON + timedelta(days=day), composed_from=text)


def stories(store, **question):
    return [brief.id for _, brief in store.search(Question(**question), limit=50)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"words": ("lund",)}, ["pier", "ferry"]),
        ({"words": ("LUND", "divers")}, ["pier"]),
        ({"words": ("cafe", "strasse")}, ["cafe"]),
        ({"phrases": ("into the sea",)}, ["pier"]),
        ({"phrases": ("sea the into",)}, []),
        ({"beginnings": ("div",)}, ["pier"]),
        ({"words": ("lund",), "without": ("sigrun",)}, ["pier"]),
        ({"without": ("lund",)}, ["greek", "tokyo", "cafe"]),
        ({"words": ("東京",)}, ["tokyo"]),
        ({"words": ("港",)}, []),
        ({"beginnings": ("港",)}, ["tokyo"]),
        ({"words": ("πειραια",)}, ["greek"]),
        ({"words": ("submarine",)}, []),
    ],
)
def test_briefs_are_found_by_their_words(filled, question, expected):
    assert stories(filled, **question) == expected


def test_briefs_are_found_by_outlet_topic_and_person_however_they_are_spelt(store):
    keep(store, "a", TEXTS["ferry"], topics=("Sea Rescue",), outlet="The Courier")
    keep(store, "b", TEXTS["pier"], topics=("Harbours",), speaker="Ines Aalto")
    assert stories(store, topic="sea-rescue") == ["a"]
    assert stories(store, outlet="the courier") == ["a"]
    assert stories(store, person="INES AALTO") == ["b"]
    assert stories(store, person="Ines") == []


def test_briefs_are_found_by_the_days_on_which_they_were_composed(filled):
    day = NOON.date()
    assert stories(filled, since=day + timedelta(days=3)) == ["greek", "tokyo"]
    assert stories(filled, until=day) == ["ferry"]
    assert stories(filled, words=("lund",), since=day, until=day) == ["ferry"]


def test_only_the_newest_brief_of_a_story_is_found(store):
    keep(store, "ferry", TEXTS["ferry"])
    keep(store, "ferry", "The ferry was towed into port.", day=1)
    assert stories(store, words=("sigrun",)) == []
    assert stories(store, words=("towed",)) == ["ferry"]


def test_what_was_found_can_be_leafed_through(filled):
    first = filled.search(Question(), limit=2)
    rest = filled.search(Question(), limit=50, before=first[-1][0])
    assert [brief.id for _, brief in (*first, *rest)] == list(reversed(TEXTS))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(filled, text):
    for field in ("words", "phrases", "beginnings", "without"):
        stories(filled, **{field: (text,)})
    stories(filled, outlet=text or None, topic=text or None, person=text or None)


@given(st.text())
def test_tokens_are_plain_and_folding_changes_nothing_more(text):
    found = tokens(text)
    assert all(token.isascii() and token.isalnum() for token in found)
    assert mark("outlet", text).isalnum()


@given(st.text(alphabet="abcdeéß", min_size=1), st.text(alphabet="abcdeéß", min_size=1))
def test_a_longer_word_begins_with_the_token_of_its_beginning(start, rest):
    whole, part = tokens(start + rest), tokens(start)
    assert whole[0].startswith(part[0])
