"""Every page by keyboard alone, in the order in which it is read aloud, at any size, without motion, and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from nutgraf.web import serve_in_background
from tests.samples import CAUSEWAY, SHELF
from tests.web.browsing import NARROW, PHONE, WIDE, Watched
from tests.web.conftest import settings_for
from tests.web.test_views import PAGES

REACHABLE = "a[href], button:not([hidden]), summary, input:not([type=hidden]), select"

WALK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {
    number: [...document.querySelectorAll('REACHABLE')].filter(e => e.checkVisibility()).indexOf(one),
    name: (one.getAttribute('aria-label') || one.innerText || one.id).trim().slice(0, 40),
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}""".replace("REACHABLE", REACHABLE)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve_in_background(SHELF, settings_for()) as address:
        yield address


def walk(page: Page, most: int = 200) -> list[dict[str, object]]:
    """Press Tab until the page ends; return what had the focus, in order."""
    steps: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step = page.evaluate(WALK)
        if step is None or (steps and step["number"] == 0):
            return steps
        steps.append(step)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize("path", ["/", f"/story/{CAUSEWAY.id}/", "/search/?q=causeway", "/choices/", "/nope/"])
def test_tab_reaches_everything_once_in_order_and_shows_where_it_is(browser: Browser, site: str, path: str) -> None:
    with Watched(browser, PHONE) as watched:
        page = watched.open(site + path)
        steps = walk(page)
        here = f"[...document.querySelectorAll('{REACHABLE}')].filter(e => e.checkVisibility()).length"
        assert [step["number"] for step in steps] == list(range(page.evaluate(here)))
        assert [step for step in steps if not step["shown"] or not step["ring"]] == []


def test_a_story_is_read_opened_saved_and_left_by_keyboard_alone(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(site)
        press_until(page, CAUSEWAY.headline.text[:20])
        page.keyboard.press("Enter")
        page.wait_for_url("**/story/**")
        press_until(page, "Source:")
        page.keyboard.press("Space")
        assert page.locator(".lede blockquote").first.is_visible()
        press_until(page, "Save for later")
        page.keyboard.press("Enter")
        page.get_by_text("Saved. Take it off the list").wait_for()
        press_until(page, "Saved")
        page.keyboard.press("Enter")
        page.wait_for_url("**/saved/")
        assert page.get_by_role("link", name=CAUSEWAY.headline.text).is_visible()


def press_until(page: Page, name: str) -> None:
    page.evaluate("document.activeElement.blur()")
    for _ in range(150):
        page.keyboard.press("Tab")
        if (step := page.evaluate(WALK)) and str(step["name"]).startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name}")


def spoken(page: Page) -> list[str]:
    """Return what a screen reader would read, part by part, from the browser's own tree of accessibility."""
    snapshot = page.locator("body").aria_snapshot()
    return [line.strip("- ").rstrip(":") for line in snapshot.splitlines()]


def test_a_story_is_read_aloud_in_the_order_of_its_sense(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        told = "\n".join(spoken(page))
    order = [
        "Skip to the text",
        'navigation "Site"',
        "main",
        f'heading "{CAUSEWAY.headline.text}" [level=1]',
        CAUSEWAY.dek.text if CAUSEWAY.dek else "",
        "5 outlets, 4 origins",
        "The only road to Sel Island",
        "blockquote",
        "Storm leaves Sel causeway under water",
        "On the island:",
        'heading "In dispute" [level=2]',
        "Claimed",
        "Denied",
        'heading "Figures that differ" [level=2]',
        'columnheader "On whose word"',
        "Save for later",
        'complementary "Coverage"',
        'heading "All coverage" [level=2]',
        "contentinfo",
        'group "Language"',
    ]
    at = -1
    for part in order:
        found = told.find(part, at + 1)
        assert found > at, f"{part!r} is not read after what stands before it"
        at = found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["de", "ar"])
def test_every_page_fits_320_pixels_in_long_words_and_from_the_right(
    browser: Browser, site: str, path: str, locale: str
) -> None:
    context = browser.new_context(viewport=NARROW, locale=locale)
    page = context.new_page()
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert wider <= 0


def test_text_can_be_twice_as_large_without_being_cut_off(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        cut = page.evaluate(
            "[...document.querySelectorAll('main *, header *, footer *')]"
            ".filter(e => !e.closest('.visually-hidden') && e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0"
            " && getComputedStyle(e).overflowX !== 'visible' && !e.matches('select, input')).length"
        )
        assert cut == 0
        assert watched.overflow() <= 0


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, site: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/story/{CAUSEWAY.id}/")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')]"
        ".flatMap(e => [null, '::before', '::after'].map(part => getComputedStyle(e, part)))"
        ".filter(s => s.animationName !== 'none'"
        " || (s.transitionDuration !== '0s' && s.transitionProperty !== 'none')).length"
    )
    context.close()
    assert moving == 0


def test_paper_carries_the_brief_its_passages_and_their_addresses_and_no_buttons(browser: Browser, site: str) -> None:
    with Watched(browser, WIDE) as watched:
        page = watched.open(f"{site}/story/{CAUSEWAY.id}/")
        page.emulate_media(media="print")
        assert page.locator(".lede blockquote").first.is_visible()
        assert not page.locator("nav, button, .foot, .mutes").locator("visible=true").count()
        after = "getComputedStyle(document.querySelector('.passages .from .out'), '::after').content"
        assert "https://" in page.evaluate(after)


def test_without_script_every_choice_is_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/story/{CAUSEWAY.id}/")
    page.get_by_role("button", name="Deutsch").click()
    assert page.url == f"{site}/story/{CAUSEWAY.id}/"
    assert page.get_by_role("heading", name="Umstritten").is_visible()
    page.get_by_role("button", name="Für später merken").click()
    page.get_by_role("link", name="Gemerkt").click()
    assert page.get_by_role("link", name=CAUSEWAY.headline.text).is_visible()
    context.close()


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Tokyo", "5 March 2026 at 00:20 GMT+9"),
        ("Europe/London", "4 March 2026 at 15:20 GMT"),  # as the site's zone in January, not in July
    ],
)
def test_a_browser_elsewhere_shows_times_of_its_own_zone(zone: str, told: str, browser: Browser, site: str) -> None:
    assert the_time(browser, site, zone) == told


def test_a_browser_in_the_sites_zone_shows_times_as_the_page_has_them(browser: Browser, site: str) -> None:
    assert the_time(browser, site, "UTC") == "4 March 2026, 15:20 UTC"


def the_time(browser: Browser, site: str, zone: str) -> str:
    """Return how a browser of some zone shows a time of a story."""
    context = browser.new_context(timezone_id=zone, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site}/story/{CAUSEWAY.id}/")
    told = page.locator("time[datetime='2026-03-04T15:20:00Z']").first.inner_text()
    context.close()
    return told


def test_what_is_new_since_the_last_visit_is_marked(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    assert page.locator(".fresh").count() == 0
    visit = {"since": 0, "at": 1772618400000}  # 10 o'clock on 4 March 2026, in UTC
    page.evaluate("visit => localStorage.setItem('nutgraf / visit', JSON.stringify(visit))", visit)
    page.reload()
    assert page.locator(".fresh").count() == 3
    page.get_by_role("link", name="New", exact=True).click()
    assert "since=2026-03-04T10:00:00Z" in page.url
    assert page.locator("article").count() == 3
    context.close()
