"""No text and no address runs anything, even in a browser that heeds no policy: escaping is the first wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from nutgraf.model import Edition
from nutgraf.publications.feeds import as_json_feed
from nutgraf.publications.layout import lay_out
from nutgraf.publications.mail import Sender, confirming_letter, edition_letter
from nutgraf.publications.page import brief_fragment
from nutgraf.web import serve_in_background
from nutgraf.web.addresses import topic_slug
from tests.hostile import LINKS, PAYLOADS, hostile_brief
from tests.samples import DAY, Shelf
from tests.web.conftest import settings_for

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
RUNS = [payload for payload in PAYLOADS if "pwned" in payload]
BREAKING = [payload for payload in RUNS if "<svg" in payload]  # out of an element, and out of an attribute
ODD_PLACES = [
    "/{}/", "/story/{}/", "/story/{}.json", "/topic/{}/", "/outlet/{}/", "/photo/{}", "/static/{}", "/edition/{}/",
    "/search/?q={}", "/search/?q=pier&before={}", "/new/?since={}", "/choices/{}/", "/api/{}", "/api/v1/stories/{}",
    "/mail/yes/{}/", "/sitemap/stories-{}.xml",
]  # fmt: skip


@pytest.fixture(scope="module")
def heedless(browser: Browser) -> Iterator[Page]:
    """A page that heeds no content policy, and asks no host but this machine."""
    with browser.new_context(bypass_csp=True) as context:
        context.route("**/*", lambda route: route.continue_() if "//127.0.0.1" in route.request.url else route.abort())
        yield context.new_page()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    briefs = [hostile_brief(text, story=f"story-{number}") for number, text in enumerate(PAYLOADS)]
    with serve_in_background(Shelf((Edition(DAY, tuple(briefs)),)), settings_for(title=RUNS[1])) as address:
        yield address


def test_no_text_runs_on_any_page(heedless: Page, site: str) -> None:
    stories = [f"/story/story-{number}/" for number in range(len(PAYLOADS))]
    for path in ["/", "/topics/", "/corrections/", "/search/?q=x", *stories, f"/topic/{topic_slug(PAYLOADS[0])}/"]:
        heedless.goto(site + path)
        heedless.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert heedless.evaluate("window.pwned") is None, path


@pytest.mark.parametrize("place", ODD_PLACES)
def test_no_address_runs_or_comes_back_as_markup(heedless: Page, site: str, place: str) -> None:
    for payload in BREAKING:
        answer = heedless.goto(site + place.format(quote(payload, safe="", errors="replace")))
        assert answer
        assert heedless.evaluate("window.pwned") is None, payload
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert heedless.locator("main script, main svg, main img[onerror], main iframe").count() == 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_runs_in_a_feed_reader_or_a_mail_program(heedless: Page, payload: str) -> None:
    brief = hostile_brief(payload)
    sender = Sender(title=payload, address="https://briefs.example")
    letter = edition_letter(Edition(DAY, (brief,)), to="a@reader.example", token="t", sender=sender, now=NOW)
    asking = confirming_letter(to="a@reader.example", token="t", sender=sender, now=NOW)
    for markup in (brief_fragment(lay_out(brief)), letter.html, asking.html):
        heedless.set_content(f"<!DOCTYPE html><body>{markup}")
        assert heedless.evaluate("window.pwned") is None
        assert heedless.locator("svg, script, iframe, form, object, [onerror], [onload], [onmouseover]").count() == 0


@pytest.mark.parametrize("link", LINKS)
def test_no_address_of_a_report_is_followed_unless_it_is_one_of_the_web(heedless: Page, link: str) -> None:
    brief = hostile_brief("plain", link=link)
    feed = as_json_feed([brief], title="x", address="https://briefs.example", path="/feed.json", now=NOW)
    assert "pwned" not in feed
    heedless.set_content(f"<!DOCTYPE html><body>{brief_fragment(lay_out(brief))}")
    for address in heedless.evaluate("[...document.links].map(one => one.protocol)"):
        assert address in ("http:", "https:")
