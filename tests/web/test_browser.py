"""The site in a real browser: quiet console, no request elsewhere, nothing wider than a phone, nothing runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from nutgraf.model import Edition
from nutgraf.publications import as_html
from nutgraf.web import serve_in_background
from nutgraf.web.addresses import topic_slug
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY, DAY, SHELF, Shelf
from tests.web.browsing import PHONE, WIDE, Watched
from tests.web.conftest import settings_for
from tests.web.test_views import PAGES

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve_in_background(SHELF, settings_for()) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_site() -> Iterator[str]:
    briefs = [hostile_brief(text, story=f"story-{number}") for number, text in enumerate((*PAYLOADS, LONG))]
    with serve_in_background(Shelf((Edition(DAY, tuple(briefs)),)), settings_for(title="<b>&</b>")) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (WIDE, "dark")], ids=["phone", "wide"])
def test_each_page_is_quiet_fits_and_asks_no_other_host(
    browser: Browser, site: str, path: str, size: dict[str, int], scheme: str
) -> None:
    with Watched(browser, size, scheme=scheme) as watched:
        page = watched.open(site + path)
        for summary in page.locator("summary").all():
            summary.click()
        assert watched.said == []
        assert all(address.startswith(site) for address in watched.asked)
        assert watched.overflow() <= 0


def test_pages_fit_when_text_is_twice_as_large(browser: Browser, site: str) -> None:
    with Watched(browser, PHONE, zoom=2.0) as watched:
        for path in PAGES:
            watched.open(site + path)
            assert watched.overflow() <= 0, path


def test_a_missing_page_is_shown_in_the_style_of_the_site(browser: Browser, site: str) -> None:
    with Watched(browser, PHONE) as watched:
        page = watched.open(f"{site}/nope/")
        assert page.locator("h1").inner_text() == "Nothing stands here"
        assert len(watched.said) == 1  # the browser's own word on a 404
        assert watched.overflow() <= 0


def test_a_source_opens_with_the_keyboard_alone(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        page.locator(".lede summary").focus()
        assert not page.locator(".lede blockquote").first.is_visible()
        page.keyboard.press("Enter")
        assert page.locator(".lede blockquote").first.is_visible()
        page.keyboard.press("Tab")
        assert "#:~:text=" in str(page.evaluate("document.activeElement.href"))


def test_the_first_press_of_tab_offers_to_skip_to_the_text(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_what_can_be_touched_is_large_enough(browser: Browser, site: str) -> None:
    with Watched(browser, PHONE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        for element in page.locator("nav a, summary, .more a, .back a, .foot a").all():
            box = element.bounding_box()
            assert box
            assert box["height"] >= 40


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_shifts_as_a_page_loads(browser: Browser, site: str, size: dict[str, int]) -> None:
    with Watched(browser, size) as watched:
        watched.page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page = watched.open(site)
        page.wait_for_load_state("load")
        assert page.evaluate("window.shift") == 0


def test_no_text_of_a_brief_runs_or_leads_anywhere(browser: Browser, hostile_site: str) -> None:
    stories = [f"/story/story-{number}/" for number in range(len(PAYLOADS) + 1)]
    with Watched(browser, PHONE) as watched:
        for path in ["/", "/topics/", *stories, f"/topic/{topic_slug(PAYLOADS[0])}/"]:
            page = watched.open(hostile_site + path)
            assert page.evaluate("window.pwned") is None, path
            assert watched.overflow() <= 0, path
        assert watched.said == []
        assert all(address.startswith(hostile_site) for address in watched.asked)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_runs_on_a_page_that_stands_alone_even_without_its_policy(browser: Browser, payload: str) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.set_content(as_html(hostile_brief(payload)))
        assert page.evaluate("window.pwned") is None
        assert page.locator("details").count() > 0


def test_a_printed_story_shows_its_passages(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        page.emulate_media(media="print")
        assert page.locator(".lede blockquote").first.is_visible()
        assert not page.locator("nav").locator("visible=true").count()


def test_a_passage_link_leads_to_the_passage_in_a_browser(browser: Browser) -> None:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    from nutgraf.publications import passage_link

    passage = "The mayor, well-known & loud, said: “No one is missing – not one.”"
    filler = "<p>Some other words stand here.</p>" * 200
    body = f"<!DOCTYPE html><meta charset=utf-8><body>{filler}<p id=hit>{passage.replace('&', '&amp;')}</p>{filler}"

    class Outlet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Watched(browser, PHONE) as watched:
            page = watched.open(passage_link(f"http://127.0.0.1:{server.server_port}/", passage))
            page.wait_for_function("window.scrollY > 0")
            top = page.evaluate("document.getElementById('hit').getBoundingClientRect().top")
            assert 0 <= top <= PHONE["height"]
    finally:
        server.shutdown()
        server.server_close()
