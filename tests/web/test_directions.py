"""Texts of both directions: content runs as its script does, and never turns the page around it."""

import pytest
from lxml import html

from tests.samples import ARABIC, CAUSEWAY
from tests.web.conftest import Client


def blocks_of(page: html.HtmlElement, text: str) -> list[html.HtmlElement]:
    """Return the smallest elements of the body that hold a text whole."""
    holds = [
        e for e in page.find("body").iter() if isinstance(e.tag, str) and text in " ".join(e.text_content().split())
    ]
    return [e for e in holds if not any(child in holds for child in e)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("brief", [ARABIC, CAUSEWAY], ids=["Arabic", "English"])
def test_every_text_of_a_brief_finds_its_own_direction(client: Client, brief: object, language: str) -> None:
    page = html.fromstring(client.get(f"/story/{brief.id}/", accept_language=language).body)  # type: ignore[attr-defined]
    article = brief.articles[0]  # type: ignore[attr-defined]
    texts = [brief.headline.text, brief.lines[0].text, brief.lines[0].citations[0].passage]  # type: ignore[attr-defined]
    for text in (*texts, article.outlet, article.title):
        found = blocks_of(page, text)
        assert found, text
        for block in found:
            around = [block, *block.iterancestors()]
            assert any(e.get("dir") == "auto" or e.tag == "bdi" for e in around), text


@pytest.mark.parametrize(("language", "direction"), [("en", None), ("ar", "rtl")])
def test_content_does_not_turn_the_page(client: Client, language: str, direction: str | None) -> None:
    page = html.fromstring(client.get(f"/story/{ARABIC.id}/", accept_language=language).body)
    assert page.get("dir") == direction
    assert {e.get("dir") for e in page.xpath("//main//*[@dir]")} == {"auto"}


def test_names_inside_interface_texts_are_set_apart(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/", accept_language="ar").body)
    assert [one.text for one in page.xpath("//p[@class='byline']//bdi")] == ["Harbour Ledger", "Evening Courier"]


def test_every_page_but_the_first_leads_back_and_sources_open_outside(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body)
    assert page.xpath("//p[@class='back']/a/@href") == ["/"]
    outside = page.xpath("//a[starts-with(@href, 'http')]")
    assert outside
    assert all(one.get("target") == "_blank" and "noopener" in one.get("rel") for one in outside)


def test_the_frame_keeps_clear_of_notches(client: Client) -> None:
    page = html.fromstring(client.get("/").body)
    assert "viewport-fit=cover" in page.xpath("//meta[@name='viewport']/@content")[0]
    style = client.get(page.xpath("//link[@rel='stylesheet']/@href")[0]).text
    for rule in (".masthead {", ".foot {", ".frame {"):
        assert "safe-area-inset" in style.split(rule, 1)[1].split("}", 1)[0]
