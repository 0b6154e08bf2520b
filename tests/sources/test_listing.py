"""Section pages: articles are told from the links around them."""

import pytest

from nutgraf.model import Page, Reason, Rejected
from nutgraf.sources import read_listing
from nutgraf.sources.listing import is_article_link, shape_of

ADDRESS = "https://www.courier.example/region/"


def page(body: str) -> Page:
    return Page(address=ADDRESS, body=f"<html><body>{body}</body></html>".encode())


CARDS = """
<nav><a href="/region/2026/03/03/this-is-in-the-menu">A headline of many words in the menu</a></nav>
<main>
<a href="/2026/03/03/mill-burns-down"><img src="m.jpg"></a>
<h2><a href="/2026/03/03/mill-burns-down#comments">Mill burns down in the night</a></h2>
<h2><a href="/region/well-runs-dry-after-summer-1234567.html">Well runs dry</a></h2>
<h2><a href="https://sport.courier.example/a/cup-final-goes-to-hill-town">Cup final goes to Hill Town</a></h2>
<h2><a href="https://elsewhere.example/2026/03/03/another-outlets-report">Another outlet's report on the mill</a></h2>
<a href="/tag/mill-fire-2026-12345">mill fire</a> <a href="/author/jo-lind-123456">Jo Lind</a>
<a href="/region/?page=2">Next</a> <a href="mailto:desk@courier.example">Write to us</a>
<a href="javascript:void(0)">More</a>
</main>
<div class="site-footer"><a href="/2026/03/01/terms-of-use-of-this-paper">Terms of use of this paper</a></div>
<footer><a href="/about-us-and-our-long-history">About us and our long history here</a></footer>
"""


def test_articles_come_in_order_once_and_under_their_headline() -> None:
    items = read_listing(page(CARDS), source="s")
    assert not isinstance(items, Rejected)
    assert [(item.address, item.title) for item in items] == [
        ("https://www.courier.example/2026/03/03/mill-burns-down", "Mill burns down in the night"),
        ("https://www.courier.example/region/well-runs-dry-after-summer-1234567.html", "Well runs dry"),
        (
            "https://sport.courier.example/a/cup-final-goes-to-hill-town",
            "Cup final goes to Hill Town",
        ),
    ]


def test_an_article_keeps_its_key_when_its_headline_changes() -> None:
    before, after = (read_listing(page(text), source="s") for text in (CARDS, CARDS.replace("in the night", "at dawn")))
    assert not isinstance(before, Rejected)
    assert not isinstance(after, Rejected)
    assert [item.key for item in before] == [item.key for item in after]


@pytest.mark.parametrize(
    "body", ["", "<p>An article without a list.</p>", "<a href='/2026/03/03/one-report'>One report</a>"]
)
def test_a_page_that_lists_nothing_is_rejected(body: str) -> None:
    result = read_listing(page(body), source="s")
    assert isinstance(result, Rejected)
    assert result.reason is Reason.NO_ARTICLE


@pytest.mark.parametrize(
    ("path", "text", "is_one"),
    [
        ("/2026/03/03/mill", "Mill", True),
        ("/news/world-europe-68412345", "", True),
        ("/article/3fa85f64717b", "Mill", True),
        ("/news/mill-burns-down-in-hill-town", "Mill burns down", True),
        ("/news/mill-fire", "Mill burns down in the night, no one hurt", True),
        ("/sport", "Sport", False),
        ("/sport/football", "All the football news of this week here", False),
        ("/topics/mill-fires-in-the-hills", "Mill fires in the hills", False),
        ("/img/2026/03/mill-in-flames.jpg", "Mill in flames", False),
        ("/", "Hill Courier, the paper of the hills and the valley", False),
    ],
)
def test_the_shape_of_a_path_and_the_words_of_a_link_decide(path: str, text: str, is_one: bool) -> None:
    assert is_article_link(f"https://courier.example{path}", text, ADDRESS) is is_one


SHORT = "".join(
    f"<article><h3 class='head'><a href='/{word}'>{word.title()} opens again</a></h3></article>"
    for word in ("mill", "weir")
)
DATED = "".join(
    f"<article><h3 class='head'><a href='/2026/03/0{n}/report-of-the-day'>Report of day {n}</a></h3></article>"
    for n in range(1, 7)
)


def addresses(body: str, *read_before: tuple[str, bool]) -> list[str]:
    items = read_listing(page(body), source="s", read_before=read_before)
    assert not isinstance(items, Rejected)
    return [(item.address or "").removeprefix("https://www.courier.example") for item in items]


def test_links_that_stand_where_the_articles_stand_are_articles_too() -> None:
    found = addresses(f"<main>{DATED}{SHORT}<h3 class='other'><a href='/fair'>The fair opens again</a></h3></main>")
    assert found[-2:] == ["/mill", "/weir"]
    assert "/fair" not in found


def test_a_place_of_few_articles_proves_nothing() -> None:
    assert "/mill" not in addresses(f"<main>{DATED.replace('head', 'top')}{SHORT * 2}</main>")


def test_links_of_a_shape_that_led_to_articles_are_taken() -> None:
    links = "<p><a href='/story/weir'>Weir</a><a href='/shops/weir'>Weir</a></p>"
    body = f"<main>{DATED.replace('head', 'top')}{links}</main>"
    before = [(f"https://www.courier.example/story/{word}", True) for word in ("mill", "fair", "lock")]
    assert "/story/weir" not in addresses(body)
    assert "/story/weir" in addresses(body, *before)
    assert "/shops/weir" not in addresses(body, *before)
    assert "/story/weir" not in addresses(body, *before[:2])


def test_links_of_a_shape_that_never_led_to_an_article_are_left_out() -> None:
    photos = "".join(f"<h2><a href='/photos/best-of-week-{n}0000'>The best of week {n}</a></h2>" for n in range(4))
    before = [(f"https://www.courier.example/photos/best-of-year-{n}0000", False) for n in range(3)]
    assert "/photos/best-of-week-10000" in addresses(f"<main>{DATED}{photos}</main>")
    assert "/photos/best-of-week-10000" not in addresses(f"<main>{DATED}{photos}</main>", *before)
    assert "/photos/best-of-week-10000" in addresses(f"<main>{DATED}{photos}</main>", *before[:2])


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("https://c.example/news/2026/03/mill-burns-down.html", "news/0/0/slug.html"),
        ("https://c.example/2026/03/03/mill", "0/0/0/word"),
        ("https://c.example/News/a1b2", "news/code"),
        ("https://c.example/mill?id=3", "word?"),
        ("https://c.example/", "word"),
    ],
)
def test_the_shape_of_an_address_is_what_those_of_one_kind_share(address: str, shape: str) -> None:
    assert shape_of(address) == shape
