"""robots.txt after RFC 9309."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.net.robots import read_rules


def may(text: str, path: str) -> bool:
    return read_rules(text.encode(), "nutgraf").permit(path)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: otherbot\nDisallow: /", "/a", True),
        ("user-agent: NutGraf/1.0\ndisallow: /a", "/a", False),
        ("User-agent: nutgraf\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: nutgraf\nDisallow: /a", "/a", False),
        ("User-agent: nutgraf\nDisallow: /a\nUser-agent: b\nAllow: /\nUser-agent: nutgraf\nDisallow: /c", "/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /~jo", "/%7Ejo/x", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a # all of it", "/a", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /", "/a", True),
        ("Sitemap: https://courier.example/s.xml\nUser-agent: *\nSitemap: x\nDisallow: /a", "/a", False),
    ],
)
def test_rules_hold_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    assert may(text, path) is allowed


def test_a_crawl_delay_is_read_and_nonsense_is_none() -> None:
    assert read_rules(b"User-agent: *\nCrawl-delay: 2.5", "nutgraf").delay == 2.5
    assert read_rules(b"User-agent: *\nCrawl-delay: soon", "nutgraf").delay == 0.0


def test_many_stars_take_no_time() -> None:
    assert may("User-agent: *\nDisallow: /" + "*a" * 500 + "b$", "/" + "a" * 20_000)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_rules(body: bytes, path: str) -> None:
    assert read_rules(body, "nutgraf").permit("/" + path) in (True, False)
