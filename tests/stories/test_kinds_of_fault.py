"""Kinds of fault that readers of other news programs reported: each kind with texts of our own."""

from datetime import date

import pytest

from nutgraf.model import Article
from nutgraf.stories import group, stories_of
from nutgraf.stories.terms import plain_title, terms_of

DAY = date(2026, 3, 3)
LOCK = (
    "The lock at Pell stays closed until the spring, the canal board said on Friday. Engineers found cracks in both "
    "gates. Forty barges wait below the town, and the board will pay for their moorings. A new gate is being cast in "
    "Leinfeld and should arrive in March."
)


def article(key: str, text: str, *, outlet: str, title: str = "Pell lock stays closed until spring") -> Article:
    host = outlet.lower().replace(" ", "")
    return Article(id=key, title=title, text=text, outlet=outlet, url=f"https://{host}.example/{key}", published=DAY)


def origins(*articles: Article) -> list[set[str]]:
    (story,) = stories_of(group(articles), {one.id: one for one in articles})
    return [set(origin.articles) for origin in story.origins]


CANAL = (
    "Forty barges cannot pass Pell: the canal board found cracks in both gates of the lock and keeps it closed until "
    "spring. Leinfeld is casting a new gate, to come in March."
)
THESIS = "Ada Lenz left the ministry in Estmark on Monday. Her thesis at Brenn University held 40 pages by Karel Dunn."
ROW = (
    "After 40 pages by Karel Dunn were found in the thesis that Ada Lenz gave in at Brenn University, she resigned on "
    "Monday."
)
SAME = [
    (("Barges stuck below Pell as gates crack", LOCK), ("Canal board: no traffic before spring", CANAL)),
    (("Minister quits over forged thesis", THESIS), ("Estmark's Lenz out in plagiarism row", ROW)),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_event_under_headlines_that_share_no_word_is_one_story(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    placed = list(
        group(
            [
                article("a", one[1], title=one[0], outlet="Harbor Ledger"),
                article("b", other[1], title=other[0], outlet="Inland Post"),
            ]
        )
    )
    assert placed[0].story == placed[1].story


def test_editions_of_one_newsroom_are_one_origin() -> None:
    sites = ("https://ledger.example/a", "https://asia.ledger.example/b", "https://m.ledger.example/c")
    texts = (LOCK, LOCK.replace("Forty", "Some forty"), LOCK + " Skippers wait.")
    found = [
        Article(id=str(n), title="Pell lock stays closed", text=text, url=url, outlet=f"Ledger {n}", published=DAY)
        for n, (url, text) in enumerate(zip(sites, texts, strict=True))
    ]
    assert origins(*found) == [{"0", "1", "2"}]


def test_an_agencys_text_in_three_papers_is_one_origin() -> None:
    own = LOCK + "\n\nSkippers at the quay told the Echo that they had heard nothing from the board for a week."
    found = origins(
        article("a", f"PELL (Coast Wire) - {LOCK}", outlet="Northern Paper"),
        article("b", f"{LOCK} (CW)", outlet="Southern Paper"),
        article("c", own, outlet="Valley Echo"),
    )
    assert found == [{"a", "b", "c"}]


@pytest.mark.parametrize(
    "title",
    [
        "Opinion | Pell lock stays closed until spring",
        "Pell lock stays closed until spring - Harbor Ledger",
        "Pell lock stays closed until spring | Harbor Ledger",
        "BREAKING: Pell lock stays closed until spring",
        "UPDATE 2: Pell lock stays closed until spring",
    ],
)
def test_what_outlets_put_around_a_headline_does_not_count(title: str) -> None:
    assert plain_title(title) == "Pell lock stays closed until spring"


def test_one_article_under_three_dressed_headlines_is_one_story_of_one_origin() -> None:
    dressed = ("Opinion | Pell lock stays closed", "Pell lock stays closed - Echo", "Pell lock stays closed")
    found = [article(str(n), LOCK, title=title, outlet=f"Paper {n}") for n, title in enumerate(dressed)]
    assert origins(*found) == [{"0", "1", "2"}]


def test_one_address_written_two_ways_is_one_origin() -> None:
    found = [
        Article(id=str(n), title="Pell lock", text=LOCK, url=url, outlet="Ledger", published=DAY)
        for n, url in enumerate(
            ("https://ledger.example/a?utm_source=x", "http://www.ledger.example/a/", "https://amp.ledger.example/a")
        )
    ]
    assert origins(*found) == [{"0", "1", "2"}]


def test_a_cosmetic_change_moves_no_article_to_another_story() -> None:
    first, second = LOCK, LOCK.replace(". ", ".\n\n") + "\n\n"
    placed = list(group([article("a", first, outlet="Ledger"), article("b", second, outlet="Ledger")]))
    assert placed[0].story == placed[1].story
    assert placed[1].origin == "a"


@pytest.mark.parametrize("word", ["après", "Miércoles", "lunes", "très", "bereits"])
def test_a_stop_word_that_ends_as_a_plural_does_tells_nothing(word: str) -> None:
    assert not terms_of(Article(id="a", title=word, text=f"{word} {word}")).words.size
