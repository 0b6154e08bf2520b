"""The invitation to install: worded for the device, shown on one visit, dismissible, and never in the app itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from nutgraf.web import serve_in_background
from nutgraf.web.install import ELSEWHERE, install_steps
from tests.samples import CAUSEWAY, SHELF
from tests.web.browsing import OPTIONS, PHONE, WIDE
from tests.web.conftest import settings_for

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
TABLET = IPHONE.replace("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Macintosh; Intel Mac OS X 10_15_7")
STORY = f"/story/{CAUSEWAY.id}/"


@pytest.mark.parametrize(
    ("user_agent", "second"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Add to Home Screen"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36", "Install app"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Add to Dock"),
    ],
)
def test_each_device_has_its_own_two_steps(user_agent: str, second: str) -> None:
    assert second in install_steps(user_agent)[1]


def test_an_unknown_device_is_told_of_the_browsers_menu() -> None:
    assert install_steps("") == ELSEWHERE


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve_in_background(SHELF, settings_for()) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=PHONE, user_agent=IPHONE, has_touch=True) as context:  # type: ignore[arg-type]
        yield context


def is_invited(page: Page, address: str) -> bool:
    page.goto(address)
    page.wait_for_load_state("load")
    return page.locator(".invitation").is_visible()


def offer(page: Page) -> None:
    """Do what a browser does that has a prompt of its own."""
    page.evaluate(
        "() => { const offer = new Event('beforeinstallprompt');"
        " offer.prompt = () => { window.prompted = true; }; window.dispatchEvent(offer); }"
    )


def test_a_phone_without_a_prompt_is_told_the_two_steps_from_the_second_page_on(
    phone: BrowserContext, site: str
) -> None:
    page = phone.new_page()
    assert not is_invited(page, site)
    assert is_invited(page, site + STORY)
    assert page.locator(".invitation li").all_inner_texts() == [
        "Tap Share in the bar of Safari",
        "Tap Add to Home Screen",
    ]
    assert not page.locator(".invitation [data-install]").is_visible()


def test_who_dismisses_the_invitation_never_sees_it_again(phone: BrowserContext, site: str) -> None:
    page = phone.new_page()
    is_invited(page, site)
    assert is_invited(page, site)
    page.click(".invitation [data-dismiss]")
    assert not page.locator(".invitation").is_visible()
    assert not is_invited(page, site + STORY)
    assert not is_invited(phone.new_page(), site)


def test_who_lets_it_stand_sees_it_on_this_visit_alone(phone: BrowserContext, site: str) -> None:
    page = phone.new_page()
    is_invited(page, site)
    assert is_invited(page, site)
    assert is_invited(page, site + STORY)
    assert not is_invited(phone.new_page(), site)  # a new tab is another visit


def test_a_tablet_that_calls_itself_a_desks_machine_is_told_the_steps_of_a_tablet(browser: Browser, site: str) -> None:
    with browser.new_context(viewport=WIDE, user_agent=TABLET, has_touch=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'maxTouchPoints', { get: () => 5 })")
        is_invited(page, site)
        assert is_invited(page, site)
        page.click(".install summary")
        assert page.locator(".install li:visible").all_inner_texts() == [
            "Tap Share in the bar of Safari",
            "Tap Add to Home Screen",
        ]


def test_a_browser_with_a_prompt_of_its_own_gets_a_button_for_it(browser: Browser, site: str) -> None:
    with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        assert not is_invited(page, site)
        assert not is_invited(page, site)  # before the browser offers it there is nothing to press
        offer(page)
        assert page.locator(".invitation").is_visible()
        assert not page.locator(".invitation ol").is_visible()
        page.click(".invitation [data-install]")
        assert page.evaluate("window.prompted")
        assert not page.locator(".invitation").is_visible()
        page.goto(site)
        offer(page)
        assert not page.locator(".invitation").is_visible()
        page.click(".install summary")  # where it is found by who looks for it
        assert page.locator(".install [data-install]").is_visible()


def test_the_app_itself_never_invites(browser: Browser, site: str, tmp_path: Path) -> None:
    app = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path="/usr/bin/chromium", args=[*OPTIONS, f"--app={site}"], user_agent=IPHONE
    )
    with app:
        page = app.pages[0]
        for path in ("", STORY, STORY):
            assert not is_invited(page, site + path)
            assert page.evaluate("matchMedia('(display-mode: standalone)').matches")
            offer(page)
            assert not page.locator(".invitation").is_visible()
            assert not page.locator(".install").is_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_invitation_fits_is_accessible_and_moves_nothing(browser: Browser, site: str, language: str) -> None:
    narrow = {"width": 320, "height": 568}
    with browser.new_context(viewport=narrow, user_agent=IPHONE, locale=language) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        is_invited(page, site)
        assert is_invited(page, site + STORY)
        assert page.evaluate("window.shift") == 0
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert Axe().run(page).response["violations"] == []
        box = page.locator(".invitation").bounding_box()
        assert box
        assert box["height"] < narrow["height"] / 2
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last = page.locator(".foot .install").bounding_box()
        assert last
        assert last["y"] + last["height"] <= box["y"]  # nothing of the page is out of reach beneath it
