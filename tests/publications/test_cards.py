"""Cards: nothing cut, nothing shown in signs of missing letters."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import pytest
from PIL import Image, ImageChops

from nutgraf.model import Brief
from nutgraf.publications import cards
from nutgraf.publications.cards import MARGIN, PAPER, SIZE, card_version, draw_card, font_for, wrap
from tests.hostile import PAYLOADS
from tests.samples import CAUSEWAY, EDITION, line

LONG = "Harbour council votes again on the width of the new lock and on who is to pay for it, three members say " * 3
HEADLINES = [
    "Short",
    LONG,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "ميناء الشمال يغلق أبوابه أسبوعا بعد العاصفة",
    "נמל הצפון נסגר לשבוע (Port North)",
    "北港が嵐のあと一週間閉鎖、漁師は補償を求める",
    "Северный порт закрыт на неделю после шторма",
    *PAYLOADS,
]


def headed(headline: str) -> Brief:
    return replace(CAUSEWAY, headline=line(headline, CAUSEWAY.headline.citations[0]))


def picture(brief: Brief, title: str = "The brief") -> Image.Image:
    return Image.open(io.BytesIO(draw_card(brief, title))).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox()


@pytest.mark.parametrize("headline", HEADLINES)
def test_no_text_touches_the_margins_or_the_foot(headline: str) -> None:
    image = picture(headed(headline))
    assert image.size == SIZE
    for box in ((20, 0, SIZE[0] - 20, 40), (20, 0, 56, SIZE[1] - 110), (SIZE[0] - 56, 0, SIZE[0] - 20, SIZE[1] - 110)):
        assert ink(image, box) is None
    assert ink(image, (56, SIZE[1] - 112, SIZE[0] - 56, SIZE[1] - cards.FOOT - 4)) is None  # between headline and foot
    assert ink(image, (56, 40, SIZE[0] - 56, SIZE[1] - 112))


def test_the_coverage_stands_on_every_card() -> None:
    few = replace(CAUSEWAY, coverage=replace(CAUSEWAY.coverage, outlets=9))
    assert draw_card(CAUSEWAY, "The brief") != draw_card(few, "The brief")
    foot = (MARGIN, SIZE[1] - cards.FOOT + 10, 500, SIZE[1])
    assert ink(picture(headed("ꙮ" * 3 + "\u1400")), foot)


def test_a_headline_from_right_to_left_starts_at_the_right() -> None:
    image = picture(headed("ميناء الشمال"))
    found = ink(image, (20, 40, SIZE[0] - 20, SIZE[1] - 112))
    assert found
    assert found[0] > SIZE[0] / 3


def test_what_no_font_has_is_left_out_and_the_coverage_stands_for_a_headline_of_it() -> None:
    assert font_for("\U00013000\U000e0041 x") is None or font_for("\U00013000 x") is not None
    assert font_for("🛳 ship") == (None, "ship")
    unknown = "".join(chr(code) for code in range(0x1E900, 0x1E910))  # Adlam, which few machines have
    if font_for(unknown) is None:
        assert ink(picture(headed(unknown)), (56, 40, SIZE[0] - 56, SIZE[1] - 112))


def test_lines_are_broken_at_blanks_and_where_a_script_writes_none() -> None:
    assert wrap("one two three", 7, len) == ["one two", "three"]
    assert wrap("a verylongword b", 6, len) == ["a", "verylo", "ngword", "b"]
    assert wrap("北港が嵐のあと", 3, len) == ["北港が", "嵐のあ", "と"]
    assert wrap("", 3, len) == []
    for text, width in product((LONG, "x " * 40), (5, 20, 77)):
        assert "".join(wrap(text, width, len)).replace(" ", "") == text.replace(" ", "")
        assert max(map(len, wrap(text, width, len))) <= width


def test_the_address_changes_with_what_the_card_shows_and_with_nothing_else() -> None:
    assert card_version(CAUSEWAY, "The brief") == card_version(replace(CAUSEWAY, topics=()), "The brief")
    assert (
        len({card_version(brief, title) for brief, title in product(EDITION.briefs, "ab")}) == len(EDITION.briefs) * 2
    )


def test_the_same_brief_gives_the_same_bytes() -> None:
    first = draw_card(CAUSEWAY, "The brief")
    cards._drawn.cache_clear()
    assert draw_card(CAUSEWAY, "The brief") == first
