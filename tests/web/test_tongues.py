"""The site in five languages: chosen by the reader, else by the browser, else by the setting."""

import pytest
from lxml import html

from nutgraf.publications.tongue import TONGUES
from tests.samples import CAUSEWAY, SHELF, Shelf
from tests.web.conftest import Client, client_of
from tests.web.test_views import PAGES, BrokenShelf

NAMES = {"JSON", "Markdown", "API", "UTC", "The brief", "Atom", "RSS", "OPML"}


@pytest.mark.parametrize(
    ("settings", "headers", "language"),
    [
        ({}, {}, "en"),
        ({"language": "fr"}, {}, "fr"),
        ({"language": "fr"}, {"accept_language": "sv, es;q=0.5, de;q=0.9"}, "de"),
        ({"language": "fr"}, {"accept_language": "sv"}, "fr"),
        ({}, {"accept_language": "de-AT,de;q=0.9", "cookie": "tongue=es"}, "es"),
        ({}, {"accept_language": "de", "cookie": "tongue=tlh; other=1"}, "de"),
        ({}, {"accept_language": "*;q=x,,;", "cookie": "=;;\x00"}, "en"),
    ],
)
def test_a_page_speaks_what_is_asked_for(settings: dict[str, str], headers: dict[str, str], language: str) -> None:
    answer = client_of(SHELF, **settings).get("/", **headers)
    assert html.fromstring(answer.body).get("lang") == language
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].replace(" ", "").split(","))


def test_readers_of_other_languages_do_not_get_each_others_kept_page() -> None:
    client = client_of(SHELF, language="de")
    told = [
        html.fromstring(client.get("/", accept_language=asked).body).get("lang") for asked in ("en", "sv", "en", "ar")
    ]
    assert told == ["en", "de", "en", "ar"]


def outside_of_content(page: html.HtmlElement) -> list[str]:
    """Return the texts and labels of a page that are the interface's own."""
    for other in page.xpath("//*[@dir='auto'] | //button[@lang] | //bdi | //code | //option"):
        other.text = ""
        for child in other:
            other.remove(child)
    found = [text for text in page.xpath("//body//text() | //@aria-label | //@placeholder") if text.strip()]
    return [" ".join(text.split()) for text in found]


@pytest.mark.parametrize("path", [*PAGES, "/nope/"])
def test_no_interface_word_of_an_arabic_page_is_left_in_latin_letters(client: Client, path: str) -> None:
    page = html.fromstring(client.get(path, accept_language="ar").body)
    assert page.get("dir") == "rtl"
    latin = {text for text in outside_of_content(page) if any("a" <= c.lower() <= "z" for c in text)}
    assert {text for text in latin if not any(name in text for name in NAMES)} == set()


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("shelf", [Shelf(), BrokenShelf()], ids=["empty", "broken"])
def test_pages_without_a_brief_speak_the_language_too(shelf: Shelf, language: str) -> None:
    page = html.fromstring(client_of(shelf).get("/", accept_language=language).body)
    heading = page.findtext(".//h1")
    english = html.fromstring(client_of(shelf).get("/").body).findtext(".//h1")
    assert page.get("lang") == language
    assert (heading == english) == (language == "en")


def test_each_text_of_a_brief_is_marked_with_its_own_language(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/", accept_language="fr").body)
    brief = page.find_class("brief")[0]
    assert [e.get("lang") for e in brief.xpath(".//h1 | .//div[contains(@class, 'lede')]/p | .//blockquote")][:4] == [
        "en"
    ] * 4
    assert brief.get("lang") is None
    assert "Premier" not in brief.text_content()
    assert "Contesté" in brief.text_content()


def test_the_reader_chooses_a_language_by_a_form_that_names_each_in_itself(client: Client) -> None:
    page = html.fromstring(client.get("/about/", cookie="tongue=de").body)
    buttons = page.xpath("//form[@class='tongues']//button")
    assert [button.text for button in buttons] == list(TONGUES.values())
    assert [button.get("lang") for button in buttons if button.get("aria-pressed") == "true"] == ["de"]


def test_times_are_shown_in_the_readers_zone(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/", cookie="zone=Asia/Tokyo").body)
    times = {one.get("datetime"): one.text for one in page.iter("time")}
    assert times["2026-03-04T15:20:00Z"] == "5 March 2026, 00:20 JST"
