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
        ("<!doctype html><title>Not found</title><p>Disallow: /</p>", "/a", True),
        ("User-agent: nutgraf\n\nUser-agent: other\nDisallow: /a", "/a", False),
        ("User-agent: nutgraf\nAllow: /\n\nUser-agent: *\nDisallow: /a", "/a", True),
        ("User-agent: nutgrafbot\nDisallow: /a", "/a", True),
        ("USER-AGENT:nutgraf\nDISALLOW:/a", "/a", False),
        ("User-agent: *\nDisallow: /A", "/a", True),
        ("User-agent: *\nDisallow: a", "/a", True),
        ("User-agent: *\nDisallow: *", "/a", False),
        ("User-agent: *\nDisallow: /a?b=1", "/a?b=12", False),
        ("User-agent: *\nDisallow: /a?b=1", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /$", "/", True),
        ("User-agent: *\nDisallow: /\nAllow: /$", "/a", False),
        ("User-agent: *\nAllow: /p\nDisallow: /", "/page", True),
        ("User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/page", True),
        ("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("User-agent: *\nAllow: /page\nDisallow: /*.ph", "/page.php5", True),
        ("User-agent: *\nDisallow: /file%2A.html", "/file-x.html", True),
        ("User-agent: *\nDisallow: /file%2A.html", "/file*.html", False),
        ("User-agent: *\nDisallow: /a$b", "/a$bc", False),
        ("User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
        ("User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\nunknown: x\nDisallow: /a", "/a", False),
        ("User-agent: * # all\nDisallow: /a", "/a", False),
        ("\x00\x01\nUser-agent: *\nDisallow: /a", "/a", False),
        ("Sitemap: https://courier.example/s.xml\nUser-agent: *\nSitemap: x\nDisallow: /a", "/a", False),
    ],
)
def test_rules_hold_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    assert may(text, path) is allowed


def test_a_crawl_delay_is_read_and_nonsense_is_none() -> None:
    assert read_rules(b"User-agent: *\nCrawl-delay: 2.5", "nutgraf").delay == 2.5
    assert read_rules(b"User-agent: *\nCrawl-delay: soon", "nutgraf").delay == 0.0


def test_what_lies_behind_half_a_megabyte_is_not_read() -> None:
    assert not may("User-agent: *\n" + "# x\n" * 100_000 + "Disallow: /a", "/a")
    assert may("User-agent: *\n" + "# x\n" * 200_000 + "Disallow: /a", "/a")


def test_many_stars_take_no_time() -> None:
    assert may("User-agent: *\nDisallow: /" + "*a" * 500 + "b$", "/" + "a" * 20_000)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_rules(body: bytes, path: str) -> None:
    assert read_rules(body, "nutgraf").permit("/" + path) in (True, False)
