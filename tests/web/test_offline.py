"""Reading without a network, in a real browser with the server stopped."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.web import Ways, serve_in_background
from tests.samples import CAUSEWAY, EDITION, SHELF, STRIKE, Shelf
from tests.web.conftest import settings_for

KEPT = """async () => {
  const cache = await caches.open('nutgraf / pages');
  return (await cache.keys()).map(request => new URL(request.url).pathname);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def read_once(page: Page, address: str, shelf: Shelf = SHELF) -> None:
    """Open the edition once and wait until all of it is kept."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wanted = len(shelf.editions[0].briefs) + 2  # the edition itself, and the page for what was not kept
    wait_until(page, f"async () => (await ({KEPT})()).length >= {wanted}")


def wait_until(page: Page, told: str) -> None:
    """Ask again until it is so; a browser that waits by itself takes the promise of an answer for a yes."""
    for _ in range(300):
        if page.evaluate(told):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within 30 seconds: {told}")


def test_the_edition_its_stories_passages_and_pictures_are_read_with_the_server_stopped(page: Page) -> None:
    with ExitStack() as running:
        address = running.enter_context(serve_in_background(SHELF, settings_for()))
        read_once(page, f"{address}/")
        wait_until(page, "async () => (await (await caches.open('nutgraf / pictures')).keys()).length > 0")
        running.close()
        page.goto(f"{address}/")
        assert page.locator("h1, h2").first.is_visible()
        page.goto(f"{address}/story/{CAUSEWAY.id}/")
        assert CAUSEWAY.headline.text in page.locator("h1").inner_text()
        assert page.locator("details.sources blockquote").count() > 0
        width = page.evaluate("document.querySelector('figure img').naturalWidth")
        assert width > 0


def test_a_kept_page_says_how_old_it_is(page: Page) -> None:
    with ExitStack() as running:
        address = running.enter_context(serve_in_background(SHELF, settings_for()))
        read_once(page, f"{address}/")
        assert page.locator(".kept").count() == 0
        running.close()
        page.goto(f"{address}/")
        page.wait_for_selector(".kept")
        assert "You are offline" in page.locator(".kept").inner_text()


def test_a_page_that_was_not_kept_leads_back_to_the_edition(page: Page) -> None:
    with ExitStack() as running:
        address = running.enter_context(serve_in_background(SHELF, settings_for()))
        read_once(page, f"{address}/")
        running.close()
        page.goto(f"{address}/topics/")
        assert page.locator("h1").inner_text() == "You are offline"
        page.click("text=Read the kept edition")
        page.locator("article.brief").wait_for()
        assert page.url == f"{address}/"


def test_with_a_network_no_page_is_an_old_one(page: Page) -> None:
    class Changing:
        def __init__(self) -> None:
            self.shelf = SHELF
            self.number = 1

        def revision(self) -> str:
            return str(self.number)

        def __getattr__(self, name: str) -> object:
            return getattr(self.shelf, name)

    shelf = Changing()
    with serve_in_background(shelf, settings_for()) as address:  # type: ignore[arg-type]
        read_once(page, f"{address}/")
        shelf.shelf = Shelf((replace(EDITION, briefs=(STRIKE,)),))
        shelf.number = 2
        page.goto(f"{address}/")
        assert STRIKE.headline.text in page.locator("article.brief").inner_text()


def test_a_page_that_was_read_before_is_read_again_offline(page: Page) -> None:
    with ExitStack() as running:
        address = running.enter_context(serve_in_background(SHELF, settings_for()))
        read_once(page, f"{address}/")
        page.goto(f"{address}/edition/2026-03-03/")
        wait_until(page, f"async () => (await ({KEPT})()).includes('/edition/2026-03-03/')")
        running.close()
        page.goto(f"{address}/edition/2026-03-03/")
        assert page.locator("time[datetime='2026-03-03']").count() == 1


def test_what_is_kept_goes_with_a_readers_choices(page: Page) -> None:
    with serve_in_background(SHELF, settings_for()) as address:
        read_once(page, f"{address}/")
        page.goto(f"{address}/saved/")
        wait_until(page, f"async () => (await ({KEPT})()).includes('/saved/')")
        page.goto(f"{address}/choices/")
        page.click("text=Forget my choices")
        wait_until(page, f"async () => !(await ({KEPT})()).includes('/saved/')")


def test_a_page_for_nobody_to_keep_is_not_kept(page: Page, tmp_path: Path) -> None:
    def desk() -> Desk:
        init_desk(tmp_path)
        return open_desk(tmp_path, environment={"NUTGRAF_MAIL_SERVER": "smtp://127.0.0.1:1"})

    with ThreadPoolExecutor(1) as thread:  # Django refuses a database beside the browser's loop
        opened = thread.submit(desk).result()
        thread.submit(opened.store.close).result()
    ways = Ways(subscribers=opened.store, post=opened.post)
    with serve_in_background(SHELF, settings_for(), ways) as address:
        read_once(page, f"{address}/")
        page.goto(f"{address}/mail/")
        assert page.locator("input[type=email]").count() == 1
        page.goto(f"{address}/about/")
        wait_until(page, f"async () => (await ({KEPT})()).includes('/about/')")
        assert "/mail/" not in page.evaluate(KEPT)


def test_errors_are_never_kept(page: Page) -> None:
    with serve_in_background(SHELF, settings_for()) as address:
        read_once(page, f"{address}/")
        page.goto(f"{address}/story/nope/")
        assert "/story/nope/" not in page.evaluate(KEPT)
