"""Dates in the forms and languages that feeds write."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.sources import read_date

MOMENTS = [
    ("2026-03-03T08:05:00Z", "2026-03-03T08:05:00+00:00"),
    ("2026-03-03T08:05:00-0500", "2026-03-03T08:05:00-05:00"),
    ("2026-03-03 08:05:00 GMT", "2026-03-03T08:05:00+00:00"),
    ("2026-03-03 08:05:00.0", "2026-03-03T08:05:00"),
    ("2026/03/03 08:05", "2026-03-03T08:05:00"),
    ("Tue, 03 Mar 2026 08:05:00 GMT", "2026-03-03T08:05:00+00:00"),
    ("Tue, 3 Mar 26 08:05 EST", "2026-03-03T08:05:00-05:00"),
    ("Tue, 03 Mar 2026 08:05:00 +0530", "2026-03-03T08:05:00+05:30"),
    ("Tue, 03 Mar 2026 24:00:00 GMT", "2026-03-04T00:00:00+00:00"),
    ("Tue Mar  3 08:05:00 PST 2026", "2026-03-03T08:05:00-08:00"),
    ("Tuesday, March 3rd, 2026 at 8:05 p.m. ET", "2026-03-03T20:05:00-05:00"),
    ("Mar 3, 2026 12:05 AM", "2026-03-03T00:05:00"),
    ("03.03.2026 08:05 Uhr", "2026-03-03T08:05:00"),
    ("Di, 03 Mär 2026 08:05:00 +0100", "2026-03-03T08:05:00+01:00"),
    ("3. März 2026, 8:05", "2026-03-03T08:05:00"),
    ("mar, 18 ott 2022 13:28:06 +0200", "2022-10-18T13:28:06+02:00"),
    ("mar., 3 févr. 2026 08:05:00 +0100", "2026-02-03T08:05:00+01:00"),
    ("Ke, 30 Lok 2013 11:34:37 +0000", "2013-10-30T11:34:37+00:00"),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"),
    ("2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"),
    ("2026년 03월 03일 08:05:00", "2026-03-03T08:05:00"),
    ("2026-03-03 오후 11:05:17", "2026-03-03T23:05:17"),
    ("2026年3月3日 08:05", "2026-03-03T08:05:00"),
    ("3 марта 2026 г. 08:05", "2026-03-03T08:05:00"),
    ("12 مارس 2026 08:05", "2026-03-12T08:05:00"),
    ("wto, 03 mar 2026 08:05:00 +0100", "2026-03-03T08:05:00+01:00"),
]


@pytest.mark.parametrize(("text", "when"), MOMENTS)
def test_a_moment_is_read_with_the_zone_that_is_given(text: str, when: str) -> None:
    assert read_date(text) == datetime.fromisoformat(when)


@pytest.mark.parametrize(
    "text", ["2026-05-01", "20260501", "1 de mayo de 2025", "Fri, 1 May 2026", "01.05.2026", "13/05/2026"]
)
def test_a_day_without_a_time_stays_a_day(text: str) -> None:
    assert type(read_date(text)) is date


@pytest.mark.parametrize(
    "text",
    [None, "", "soon", "2026", "2026-03", "03/04/2026", "il y a 3 heures", "20 minutes ago", "yesterday", "30 Foo 2026",
     "Tue, 31 Feb 2026 08:00:00 GMT", "99:99", "2026-13-45T00:00:00Z", "x" * 200],
)  # fmt: skip
def test_what_is_not_certain_is_no_date(text: str | None) -> None:
    assert read_date(text) is None


@settings(deadline=None)  # the first look at another language reads its tables
@given(
    st.text(max_size=40) | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}[ T]\d\d:\d\d( [+-]\d{4})?", fullmatch=True)
)
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert isinstance(read_date(text), date | None)
