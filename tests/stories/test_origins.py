"""Who repeats whom: copies, agencies, newsrooms, and reports that follow another outlet's."""

from dataclasses import replace
from datetime import date

import pytest

from nutgraf.model import Article, Placement
from nutgraf.stories import group, stories_of, story_of
from nutgraf.stories.origins import agency_of, follows, overlap, shingles, site_of

REPORT = (
    "The lock at Pell stays closed until the spring, the canal board said on Friday. Engineers found cracks in both "
    "gates. Forty barges wait below the town, and the board will pay for their moorings. A new gate is being cast in "
    "Leinfeld and should arrive in March."
)


def origins(*articles: Article) -> list[set[str]]:
    placements = list(group(articles))
    assert len({placement.story for placement in placements}) == 1
    (story,) = stories_of(placements, {article.id: article for article in articles})
    return [set(origin.articles) for origin in story.origins]


def article(key: str, text: str, **fields: str) -> Article:
    return Article(id=key, title="Pell lock stays closed until spring", text=text, **fields)


def test_a_reprint_cut_short_is_a_copy() -> None:
    assert origins(article("a", REPORT), article("b", REPORT[:150])) == [{"a", "b"}]


def test_a_reprint_with_a_paragraph_of_its_own_is_a_copy() -> None:
    longer = REPORT + "\n\nSkippers at the quay told the Echo that they had heard nothing from the board for a week."
    assert origins(article("a", REPORT), article("b", longer)) == [{"a", "b"}]


def test_one_text_with_and_without_the_agencys_name_is_one_origin() -> None:
    credited, signed = f"PELL (Coast Wire) - {REPORT}", f"{REPORT} (CW)"
    assert origins(article("a", credited), article("b", signed), article("c", REPORT)) == [{"a", "b", "c"}]


def test_two_reports_of_their_own_are_two_origins() -> None:
    other = (
        "Barges will lie below Pell for months. Cracked gates keep the lock closed until spring, said the canal board "
        "on Friday; a foundry in Leinfeld has begun on a gate. Moorings cost skippers nothing."
    )
    assert len(origins(article("a", REPORT, outlet="Ledger"), article("b", other, outlet="Post"))) == 2


def test_editions_of_one_newsroom_are_one_origin() -> None:
    other = (
        "Cracks in the gates keep the lock at Pell closed until spring; barges wait, the canal board said on Friday."
    )
    ours = article("a", REPORT, url="https://asia.coastwire.example/1")
    theirs = article("b", other, url="https://coastwire.example/e/1")
    assert origins(ours, theirs) == [{"a", "b"}]


def test_a_report_that_follows_another_outlets_is_of_its_origin() -> None:
    scoop = article("a", REPORT, outlet="The Pell Courier")
    after = article("b", "Cracks keep the lock at Pell closed until spring, the Pell Courier reported.", outlet="Post")
    assert follows(after, scoop)
    assert not follows(scoop, after)


def test_an_article_without_text_repeats_nothing() -> None:
    assert overlap(shingles(""), shingles(REPORT)) == 0


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KYIV (AP) — Shells fell.", "AP"),
        ("LONDON (Reuters) - Rates rose.", "Reuters"),
        ("Berlin (dpa) - Die Wahl ist vorbei.", "dpa"),
        ("PARIS, AFP – Le ministre part.", "AFP"),
        ("MOSKVA (ТАСС) — Slovo.", "TASS"),
        ("NORTHAVEN (Coast Wire) - The pier stays shut.", "Coast Wire"),
        ("Rates rose. (Reuters)", "Reuters"),
        ("An ap (a small programme) - is useful.", None),
        ("The Associated Press was founded long ago in a building that stands no more.", None),
    ],
)
def test_an_agency_is_read_from_dateline_or_credit(text: str, agency: str | None) -> None:
    assert agency_of(Article(id="a", text=text)) == agency


def test_the_site_leaves_out_sections_of_a_host() -> None:
    assert site_of(Article(id="a", text="", url="https://www.ledger.co.uk/x")) == "ledger.co.uk"
    assert site_of(Article(id="a", text="", url="https://asia.coastwire.example:80/x")) == "coastwire.example"
    assert site_of(Article(id="a", text="", url="http://[broken")) is None


def test_an_origin_of_another_story_counts_as_its_own() -> None:
    articles = {"a": article("a", REPORT)}
    (story,) = stories_of([Placement(article="a", story="s", origin="gone")], articles)
    assert story.origins[0].articles == ("a",)


def test_a_story_given_whole_keeps_its_articles_and_finds_their_origins() -> None:
    copy = article("b", REPORT[:180], outlet="Post")
    other = article("c", "Snow fell on the hills all night and the road is shut.", outlet="Echo")
    story = story_of("given", [article("a", REPORT, outlet="Ledger"), copy, other])
    assert story.id == "given"
    assert story.articles == ("a", "b", "c")
    assert [origin.articles for origin in story.origins] == [("a", "b"), ("c",)]


def test_in_a_story_given_whole_the_earliest_is_the_origin_whatever_the_order() -> None:
    first = article("first", REPORT, outlet="The Pell Courier")
    first = replace(first, published=date(2026, 3, 3))
    after = replace(
        article("after", "Cracks keep the lock at Pell closed, the Pell Courier reported.", outlet="Post"),
        published=date(2026, 3, 4),
    )
    for order in ([first, after], [after, first]):
        assert [set(origin.articles) for origin in story_of("given", order).origins] == [{"first", "after"}]


def test_a_story_needs_an_article_and_each_once() -> None:
    for articles in ([], [article("a", REPORT), article("a", REPORT)]):
        with pytest.raises(ValueError, match="at least one article"):
            story_of("given", articles)


def test_outlets_on_one_network_address_are_told_apart_by_their_ports() -> None:
    one = Article(id="a", text="A mill burned.", url="http://127.0.0.1:4001/mill", outlet="Courier")
    other = Article(id="b", text="The council met on Monday.", url="http://127.0.0.1:4002/mill", outlet="Ledger")
    assert len(story_of("s", [one, other]).origins) == 2
