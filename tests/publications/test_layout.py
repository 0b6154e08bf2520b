"""What is shown of a brief: times, coverage, names."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from nutgraf.model import Coverage
from nutgraf.publications.layout import UNNAMED, coverage_words, lay_out, moment, one_line, printable
from tests.samples import CAUSEWAY, cited, line


def test_coverage_counts_outlets_and_origins() -> None:
    assert coverage_words(Coverage(5, 3)) == "5 outlets, 3 origins"
    assert coverage_words(Coverage(1, 1)) == "1 outlet, 1 origin"


def test_a_moment_is_shown_in_the_zone_of_the_desk_and_kept_in_utc() -> None:
    shown = moment(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), ZoneInfo("Asia/Kathmandu"))
    assert shown is not None
    assert (shown.text, shown.iso) == ("5 March 2026, 05:15 +0545", "2026-03-04T23:30:00Z")


def test_a_day_without_a_time_is_shown_as_a_day_in_every_zone() -> None:
    shown = moment(date(2026, 3, 4), ZoneInfo("America/Los_Angeles"))
    assert shown is not None
    assert (shown.text, shown.iso, shown.clock) == ("4 March 2026", "2026-03-04", "")


def test_an_article_without_a_time_of_day_is_not_called_the_first() -> None:
    shown = lay_out(CAUSEWAY)
    assert shown.first is not None
    assert shown.latest is not None
    assert (shown.first.outlet, shown.latest.outlet) == ("Harbour Ledger", "Evening Courier")


def test_articles_of_one_origin_stand_together_the_report_itself_first() -> None:
    brief = replace(CAUSEWAY, articles=tuple(reversed(CAUSEWAY.articles)))
    groups = [
        (origin.first.outlet, [article.outlet for article in origin.repeats]) for origin in lay_out(brief).origins
    ]
    assert ("Northwire", ["The City Post"]) in groups


def test_the_chain_runs_from_the_outlet_to_the_speaker() -> None:
    assert lay_out(CAUSEWAY).bullets[2].chain == ("Evening Courier", "a spokeswoman", "the transport ministry")


def test_a_line_that_cites_an_unknown_article_is_shown_without_a_link() -> None:
    source = lay_out(replace(CAUSEWAY, lines=(line("Text.", cited("gone", "Text.")),))).lede.sources[0]
    assert (source.link, source.article.outlet) == (None, UNNAMED)


def test_what_cannot_be_shown_is_left_out() -> None:
    assert printable("a\x00b\x1b[31m\ud800\ufffe\nc") == "ab[31m\nc"
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"
