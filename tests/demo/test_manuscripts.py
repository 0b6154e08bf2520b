"""What the demo holds: stories, origins, versions."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from nutgraf.demo.manuscripts import FOLDER, Kind, Manuscript, describe, outlets, read_manuscript, up_on

ARTICLES = tuple(text for text in describe() if text.kind is Kind.ARTICLE)


def told(story: str) -> list[Manuscript]:
    return [text for text in ARTICLES if text.story == story]


def one(outlet: str, slug: str, day: int = 1) -> Manuscript:
    return next(text for text in describe() if (text.outlet, text.slug, text.day) == (outlet, slug, day))


def test_there_are_eight_outlets_and_enough_stories_and_articles() -> None:
    addresses = {(text.outlet, text.path) for text in ARTICLES}
    stories = {text.story for text in ARTICLES}
    assert len(outlets()) == 8
    assert len(addresses) >= 26
    assert len(stories) >= 6


def test_every_article_belongs_to_a_story() -> None:
    assert [text.slug for text in ARTICLES if not text.story] == []


@pytest.mark.parametrize("text", ARTICLES, ids=lambda text: f"{text.outlet}/{text.slug}/{text.day}")
def test_an_article_is_as_long_as_a_news_report(text: Manuscript) -> None:
    assert 150 <= sum(len(paragraph.split()) for paragraph in text.paragraphs) <= 500


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.txt")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_placeholder_is_left_in_a_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?i)lorem|ipsum|placeholder|\b(?:TODO|TBD|XXX|FIXME|foo)\b|[{}<>]", text) == []


def test_the_texts_are_dated_on_the_day_that_they_are_up_from() -> None:
    for text in describe():
        assert text.modified.day == 14 + text.day, text.slug
        assert (text.published.year, text.published.month) == (2024, 10), text.slug
        assert text.published <= text.modified, text.slug


def test_the_great_story_has_five_reports_of_its_own_and_two_reprints() -> None:
    first_day = [text for text in told("soldiers") if text.day == 1]
    reprints = {text.outlet for text in first_day if text.origin != f"{text.outlet}/{text.slug}"}
    assert len({text.outlet for text in first_day}) == 7
    assert len({text.origin for text in first_day}) == 5
    assert reprints == {"courier", "tribune"}


def test_reprints_carry_the_agencys_very_words_and_its_name() -> None:
    report = one("kestrel", "north-korea-soldiers-ukraine")
    cut = one("courier", "ukraine-believes-north-korea-sends-soldiers")
    longer = one("tribune", "nkorea-soldiers-russia")
    assert cut.paragraphs == report.paragraphs[: len(cut.paragraphs)]
    assert len(cut.paragraphs) < len(report.paragraphs)
    assert set(report.paragraphs[1:]) < set(longer.paragraphs)
    assert sum("told the Tribune" in paragraph for paragraph in longer.paragraphs) == 1
    assert cut.agency == longer.agency == "Kestrel"


def test_reports_of_ones_own_share_no_paragraph() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for text in ARTICLES:
        for paragraph in text.paragraphs:
            seen[paragraph].add(text.origin)
    assert [paragraph for paragraph, origins in seen.items() if len(origins) > 1] == []


def test_the_great_story_is_denied_and_its_figures_differ() -> None:
    words = {text.outlet: " ".join(text.paragraphs) for text in told("soldiers") if text.day == 1}
    assert all("denie" in text or "“hoax”" in text or '"hoax"' in text for text in words.values())
    assert "about 3,000" in words["kestrel"]
    assert "several thousand" in words["echo"]
    assert "As many as 11,000" in words["ledger"]


@pytest.mark.parametrize(
    ("outlet", "slug", "wrong"),
    [("ledger", "how-many-north-koreans", "11,000"), ("skerry", "marna-accident-harrow-bay", "One person has died")],
)
def test_a_correction_revises_the_same_address(outlet: str, slug: str, wrong: str) -> None:
    before, after = one(outlet, slug, 1), one(outlet, slug, 2)
    assert before.path == after.path
    assert before.published == after.published < after.modified
    assert wrong in before.paragraphs[0]
    assert before.paragraphs[0] != after.paragraphs[0]
    assert after.correction
    assert not before.correction


def test_the_figures_of_the_ferry_accident_differ_and_grow() -> None:
    words = {(text.outlet, text.day): f"{text.title} {' '.join(text.paragraphs)}" for text in told("ferry")}
    assert "Twelve people" in words["courier", 1]
    assert "at least 14" in words["kestrel", 1]
    assert "nine injured" in words["skerry", 1]
    assert "now stands at 17" in words["courier", 2]


def test_two_banks_decide_on_one_day_in_two_stories() -> None:
    estmark, velnia = told("estmark-rate"), told("velnia-rate")
    assert len(estmark) >= 2
    assert len(velnia) >= 2
    assert {text.published.date() for text in estmark} == {text.published.date() for text in velnia}


def test_a_later_version_takes_the_place_of_the_earlier() -> None:
    assert [text.day for text in up_on(2, "ledger") if text.slug == "how-many-north-koreans"] == [2]
    assert [text.day for text in up_on(1, "ledger") if text.slug == "how-many-north-koreans"] == [1]


def test_some_addresses_hold_no_article() -> None:
    assert {text.kind for text in describe()} == set(Kind)


def test_a_header_line_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Titel: Falsch geschrieben\n\nText", encoding="utf-8")
    with pytest.raises(ValueError, match="Titel: Falsch geschrieben"):
        read_manuscript(path, outlets()[0], 1)


def test_a_missing_header_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Title: No day\nSection: Local\n\nText", encoding="utf-8")
    with pytest.raises(ValueError, match="Published"):
        read_manuscript(path, outlets()[0], 1)
