"""The nouns refuse to be built broken."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from nutgraf.model import (
    Article,
    Citation,
    Claim,
    Coverage,
    Line,
    Origin,
    Span,
    Story,
    article_id,
    instant,
    read_when,
)

SPAN = Span("a", 0, 4)


def test_a_span_that_holds_no_text_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="holds no text"):
        Span("a", 3, 3)


def test_a_span_gives_the_very_text_that_stands_there() -> None:
    assert Span("a", 4, 8).of("The mill burned") == "mill"


def test_a_span_past_the_end_of_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="reaches past"):
        Span("a", 4, 80).of("The mill burned")


def test_spans_of_two_articles_never_overlap() -> None:
    assert not Span("a", 0, 9).overlaps(Span("b", 0, 9))


def test_a_citation_holds_as_many_characters_as_its_span() -> None:
    with pytest.raises(ValueError, match="cited as"):
        Citation(SPAN, "too long a passage")


def test_an_article_cites_only_itself() -> None:
    article = Article(id="a", text="The mill burned")
    assert article.cite(article.span(4, 8)).passage == "mill"
    with pytest.raises(ValueError, match="not of article"):
        article.cite(Span("b", 0, 3))


def test_the_same_article_always_has_the_same_id_and_a_revised_one_another() -> None:
    first = article_id("https://courier.example/1", "Mill burns", "The mill burned.")
    assert first == article_id("https://courier.example/1", "Mill burns", "The mill burned.")
    assert first != article_id("https://courier.example/1", "Mill burns", "The old mill burned.")


def test_every_article_of_a_story_belongs_to_exactly_one_origin() -> None:
    with pytest.raises(ValueError, match="exactly one origin"):
        Story(id="s", articles=("a", "b"), origins=(Origin(("a",)),))


def test_a_claim_has_no_spans_of_another_article() -> None:
    with pytest.raises(ValueError, match="spans of another"):
        Claim(article="b", source=(SPAN,), cue=(), content=())


def test_a_line_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no citation"):
        Line(text="The mill burned.", citations=())


def test_there_are_never_more_origins_than_outlets() -> None:
    with pytest.raises(ValueError, match="origins"):
        Coverage(outlets=2, origins=3)


def test_a_bare_day_stays_a_day_and_a_moment_keeps_its_zone() -> None:
    assert read_when("2026-03-01") == date(2026, 3, 1)
    zone = timezone(timedelta(hours=-5))
    assert read_when("2026-03-01T09:11:00-05:00") == datetime(2026, 3, 1, 9, 11, tzinfo=zone)
    assert read_when("yesterday") is None


def test_moments_compare_in_utc() -> None:
    assert instant(date(2026, 3, 1)) == datetime(2026, 3, 1, tzinfo=UTC)
    east = datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert instant(east) == datetime(2026, 3, 1, tzinfo=UTC)
