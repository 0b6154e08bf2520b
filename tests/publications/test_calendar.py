"""Dated plans as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from nutgraf.model import Brief, Certainty
from nutgraf.publications.calendar import as_calendar, dates_in, planned
from tests.hostile import PAYLOADS
from tests.samples import CAUSEWAY, cited, line

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
TEXT = "The harbour authority plans to open a bridge, on 12 May 2026; tolls, it says, are to follow on June 3."


def brief_of(text: str = TEXT, passage: str = TEXT, certainty: Certainty = Certainty.PLANNED) -> Brief:
    told = line(text, cited("a1ledger", passage), outlet="Harbour Ledger", certainty=certainty)
    return replace(CAUSEWAY, lines=(CAUSEWAY.lines[0], told))


def calendar_of(brief: Brief) -> Calendar:
    body = as_calendar([brief], title="The brief", address="https://briefs.example", now=NOW)
    assert all(len(row) <= 75 for row in body.split(b"\r\n"))
    found = Calendar.from_ical(body)
    assert isinstance(found, Calendar)
    assert not [event.errors for event in found.walk() if event.errors]
    return found


def test_each_dated_plan_is_an_event_that_cites_its_passage() -> None:
    events = calendar_of(brief_of()).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [date(2026, 5, 12), date(2026, 6, 3)]
    assert events[0]["SUMMARY"] == CAUSEWAY.headline.text
    assert f"“{TEXT}” (Harbour Ledger)" in events[0]["DESCRIPTION"]
    assert "#:~:text=" in events[0]["DESCRIPTION"]
    assert events[0]["URL"] == f"https://briefs.example/story/{CAUSEWAY.id}/"
    assert len({event["UID"] for event in events}) == 2


@pytest.mark.parametrize("certainty", [one for one in Certainty if one is not Certainty.PLANNED])
def test_what_is_no_plan_is_no_event(certainty: Certainty) -> None:
    assert planned(brief_of(certainty=certainty)) == []


def test_a_day_that_its_passage_does_not_name_or_that_is_past_is_no_event() -> None:
    assert planned(brief_of(passage="The harbour authority plans to open a bridge.")) == []
    past = "The bridge was to open on 2 February 2026 and on 4 March 2026."
    assert planned(brief_of(past, past)) == []


def test_a_day_without_its_year_is_the_next_one_if_that_is_near() -> None:
    since = date(2026, 11, 20)
    assert dates_in("on 3 January, on March 9th and am 5. Mai", since) == [
        date(2027, 1, 3), date(2027, 3, 9), date(2027, 5, 5),
    ]  # fmt: skip
    assert dates_in("on 12 November", since) == []
    assert dates_in("on 31 June, in May, 12 Mayors, 2026-13-40", since) == []


@pytest.mark.parametrize("text", [*PAYLOADS, "a\r\nBEGIN:VEVENT\r\nx", "Ü" * 200, ";,\\n:"])
def test_no_text_breaks_the_calendar(text: str) -> None:
    words = f"{text} on 12 May 2026"
    (event,) = calendar_of(brief_of(words, words)).walk("VEVENT")
    assert event["DTSTART"].dt == date(2026, 5, 12)


def test_a_calendar_without_events_is_valid_too() -> None:
    assert calendar_of(CAUSEWAY).walk("VEVENT") == []
