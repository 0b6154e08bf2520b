"""Texts of both directions: content runs as its script does, and never turns the page around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html
from playwright.sync_api import Browser

from nutgraf.model import Edition
from nutgraf.publications.feeds import as_json_feed
from nutgraf.publications.layout import lay_out
from nutgraf.publications.mail import Sender, edition_letter
from nutgraf.publications.page import brief_fragment
from nutgraf.web import serve_in_background
from tests.samples import ARABIC, CAUSEWAY, DAY, Shelf, line
from tests.web.browsing import Watched
from tests.web.conftest import Client, settings_for

HEBREW = replace(
    ARABIC,
    id="hebrew-port",
    language="he",
    headline=line("הנמל נפתח מחדש (Harbour Ledger) אחרי הסערה", ARABIC.headline.citations[0], outlet="קול החוף"),
    topics=("נמל",),
)
MIXED = replace(CAUSEWAY, id="mixed", headline=line("Port reopens, (הנמל) says", CAUSEWAY.headline.citations[0]))
SIZES = [{"width": 360, "height": 800}, {"width": 1280, "height": 900}]


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


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    shelf = Shelf((Edition(DAY, (CAUSEWAY, ARABIC, HEBREW, MIXED)),))
    with serve_in_background(shelf, settings_for()) as address:
        yield address


def direction(page: object, words: str) -> str:
    """Return how the heading that holds these words runs in the browser."""
    found = page.locator("h1, h2", has_text=words).first.evaluate("one => getComputedStyle(one).direction")  # type: ignore[attr-defined]
    return str(found)


@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
@pytest.mark.parametrize(("locale", "frame"), [("en", "ltr"), ("ar", "rtl")])
def test_each_heading_runs_as_its_script_does_in_a_frame_that_runs_as_the_interface_does(
    browser: Browser, site: str, size: dict[str, int], locale: str, frame: str
) -> None:
    with browser.new_context(viewport=size, locale=locale) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site)
        assert page.evaluate("getComputedStyle(document.body).direction") == frame
        assert direction(page, "Causeway") == "ltr"
        assert direction(page, "الميناء") == "rtl"
        assert direction(page, "הנמל נפתח") == "rtl"
        assert direction(page, "Port reopens") == "ltr"
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_names_in_feeds_and_mails_are_set_apart_and_each_block_finds_its_direction() -> None:
    sender = Sender(title="The brief", address="https://briefs.example")
    now = datetime(2026, 3, 4, 17, tzinfo=UTC)
    letter = edition_letter(Edition(DAY, (HEBREW,)), to="a@reader.example", token="t", sender=sender, now=now)
    for markup in (brief_fragment(lay_out(HEBREW)), letter.html):
        page = html.fromstring(f"<div>{markup}</div>")
        assert HEBREW.articles[0].outlet in page.xpath("//bdi/text()")
        around = blocks_in(page, HEBREW.lines[0].text)
        assert around
        assert all(one.get("dir") == "auto" for one in around)
    assert '"language": "he"' in as_json_feed([HEBREW], title="x", address="https://b.example", path="/x", now=now)


def blocks_in(page: html.HtmlElement, text: str) -> list[html.HtmlElement]:
    """Return the paragraphs and items that hold a text."""
    return [one for one in page.iter("p", "li") if text in " ".join(one.text_content().split())]


def test_nothing_lies_under_a_notch_or_a_home_bar(browser: Browser, site: str) -> None:
    with Watched(browser, {"width": 390, "height": 844}) as watched:
        devtools = watched.context.new_cdp_session(watched.page)
        devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"top": 47, "bottom": 34}})
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        brand = page.locator(".brand").bounding_box()
        assert brand
        assert brand["y"] >= 47
        beneath = "document.documentElement.scrollHeight - scrollY"
        last = page.locator(".foot .frame").evaluate("one => one.getBoundingClientRect().bottom")
        assert page.evaluate(beneath) - last >= 34


def test_a_source_opens_beside_the_app_which_stays_where_it_was(browser: Browser, site: str) -> None:
    with Watched(browser, {"width": 390, "height": 844}) as watched:
        watched.context.route("**/*.example/**", lambda route: route.fulfill(body="the outlet"))
        page = watched.open(site)
        page.click(f"a[href='/story/{CAUSEWAY.id}/']")
        page.locator(".lede summary").click()
        with watched.context.expect_page() as opened:
            page.locator(".lede .from a").first.click()
        assert opened.value.url.startswith("https://")
        assert opened.value.evaluate("window.opener") is None
        assert page.url == f"{site}/story/{CAUSEWAY.id}/"
        page.click(".back a")
        assert page.url == f"{site}/"
