"""Axe, the checker of accessibility, finds nothing on any kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from nutgraf.web import serve_in_background
from tests.samples import SHELF, Shelf
from tests.web.browsing import PHONE, WIDE
from tests.web.conftest import settings_for
from tests.web.test_views import PAGES, BrokenShelf

KINDS = [*PAGES, "/nope/", "/story/nope/"]
LOOKS = {
    "light, phone": ("light", PHONE, "en"),
    "dark, wide": ("dark", WIDE, "en"),
    "right to left": ("light", PHONE, "ar"),
}


@pytest.fixture(scope="module", params=LOOKS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme, size, locale = LOOKS[request.param]
    context = browser.new_context(color_scheme=scheme, viewport=size, locale=locale)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, str]]:
    shelves = {"full": SHELF, "empty": Shelf(), "broken": BrokenShelf()}
    with ExitStack() as running:
        yield {
            name: running.enter_context(serve_in_background(shelf, settings_for())) for name, shelf in shelves.items()
        }


def faults(page: Page, address: str) -> list[str]:
    """Open a page and all that opens on it; return what axe finds, one line a fault."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(page: Page, sites: dict[str, str], path: str) -> None:
    assert faults(page, sites["full"] + path) == []


@pytest.mark.parametrize("path", ["/", "/editions/", "/topics/", "/search/?q=pier"])
def test_axe_finds_nothing_where_nothing_is_stored(page: Page, sites: dict[str, str], path: str) -> None:
    assert faults(page, sites["empty"] + path) == []


def test_axe_finds_nothing_where_something_broke(page: Page, sites: dict[str, str]) -> None:
    assert faults(page, sites["broken"] + "/") == []


def test_axe_would_tell_of_a_fault(page: Page) -> None:
    page.goto("about:blank")
    page.set_content("<html><body><p style='color:#aaa'>pale</p><img src='x.png'></body></html>")
    found = {one["id"] for one in Axe().run(page).response["violations"]}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= found
