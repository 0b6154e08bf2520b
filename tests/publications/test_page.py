"""A brief as a page that stands alone."""

import re

import pytest
from lxml import html

from nutgraf.publications import as_html
from nutgraf.publications.layout import one_line
from tests.hostile import LINKS, PAYLOADS, hostile_brief
from tests.samples import ARABIC, CAUSEWAY


def test_the_page_asks_nothing_of_anyone() -> None:
    page = html.fromstring(as_html(CAUSEWAY))
    assert not page.xpath("//script | //img | //link | //iframe | //form | //@style")
    assert not re.search(r"url\(|@import", page.findtext(".//style") or "")


def test_the_style_has_the_digest_that_the_policy_allows() -> None:
    import base64
    import hashlib

    page = html.fromstring(as_html(CAUSEWAY))
    style = page.findtext(".//style") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.xpath("string(//meta[@http-equiv]/@content)")


def test_caption_and_credit_stand_apart() -> None:
    page = html.fromstring(as_html(CAUSEWAY))
    assert "Mara Lind" not in page.find_class("caption")[0].text_content()
    assert page.find_class("credit")[0].text_content() == "Mara Lind/Harbour Ledger"


def test_every_line_opens_on_its_exact_passages() -> None:
    page = html.fromstring(as_html(CAUSEWAY))
    shown = [quote.text_content() for quote in page.iter("blockquote")]
    for line in (CAUSEWAY.headline, *CAUSEWAY.lines):
        for citation in line.citations:
            assert citation.passage in shown


def test_a_story_in_arabic_is_set_from_the_right() -> None:
    page = html.fromstring(as_html(ARABIC))
    assert page.get("lang") == "ar"
    assert page.get("dir") == "rtl"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup(payload: str) -> None:
    text = as_html(hostile_brief(payload))
    page = html.fromstring(text)
    assert not page.xpath("//script | //img | //svg | //iframe | //*[@onload or @onerror or @onmouseover]")
    assert page.xpath("string(//h1)") == one_line(payload)
    assert page.get("lang") == "en"
    text.encode()


@pytest.mark.parametrize("link", LINKS)
def test_an_address_that_must_not_be_followed_is_no_link(link: str) -> None:
    assert not html.fromstring(as_html(hostile_brief("x", link=link))).xpath("//a")


def test_every_link_out_says_nothing_of_where_it_was_followed() -> None:
    for link in html.fromstring(as_html(CAUSEWAY)).xpath("//a"):
        assert link.get("rel") == "noopener noreferrer nofollow"
        assert link.get("href").startswith("https://")
