"""A real browser for tests, and a page of it that remembers what it asked for and what its console said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def running_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page that remembers what it asked for and what its console said."""

    def __init__(self, browser: Browser, size: dict[str, int], *, scheme: str = "light", zoom: float = 1.0) -> None:
        self.context = browser.new_context(
            viewport={"width": int(size["width"] / zoom), "height": size["height"]},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def overflow(self) -> int:
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert isinstance(width, int)
        return width

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
