"""Front pages, section pages and tag pages are told apart from articles."""
# ruff: noqa: E501 - markup stays whole

import pytest

from nutgraf.articles import read_article
from nutgraf.model import Article, Page, Reason, Rejected
from tests.articles.pages import BODY, page

HEADLINES = [
    "Council votes to close the old tram depot",
    "Divers find rust in the legs of the harbour crane",
    "School choir sings for the bridge that nobody wanted",
    "Night trains to the coast return in the spring",
    "Market moves under the railway arches for a year",
    "Two rivals claim the same field of the fair",
    "Library keeps its longest queue since the flood",
    "Bakers strike over the price of a kilo of flour",
    "Mill that ground for a century falls silent",
    "Ferry crews ask for a second boat in the summer",
    "Judge rules that the old wall may be painted",
    "Snow closes the pass for the third time this month",
]
CARDS = "".join(
    f'<div class="card"><h3><a href="/n/{place}">{text}</a></h3></div>' for place, text in enumerate(HEADLINES)
)
TEASERS = "".join(
    f'<div><h2><a href="/n/{place}">{text}</a></h2><p>What happened, who says so and what comes next, told in a few words for those in haste.</p></div>'
    for place, text in enumerate(HEADLINES)
)


def answer(body: bytes, address: str) -> Article | Rejected:
    return read_article(Page(address=address, body=body))


@pytest.mark.parametrize(
    "address", ["https://eastmere.example/", "https://eastmere.example/town", "https://eastmere.example/tag/harbour"]
)
@pytest.mark.parametrize("body", [CARDS, TEASERS], ids=["headlines", "headlines with teasers"])
def test_a_page_of_headlines_is_a_list_page_and_says_what_to_do(address: str, body: str) -> None:
    found = answer(page(f"<h1>Town</h1>{body}", title="Town | Eastmere Post"), address)
    assert isinstance(found, Rejected)
    assert found.reason is Reason.LIST_PAGE
    assert "source" in found.detail


def test_an_article_with_a_long_list_of_other_stories_is_an_article() -> None:
    head = '<meta property="og:type" content="article">'
    found = answer(
        page(f"<article><h1>Tram depot to close</h1>{BODY}</article>{CARDS}", head=head),
        "https://eastmere.example/town/depot",
    )
    assert isinstance(found, Article)
    assert not any(text in found.text for text in HEADLINES)


def test_an_article_that_links_to_others_in_its_sentences_is_an_article() -> None:
    linked = "".join(
        f'<p>Last year it was otherwise: <a href="/n/{n}">{text}</a>, as this paper told its readers at the time, and not all believed it.</p>'
        for n, text in enumerate(HEADLINES[:3])
    )
    found = answer(
        page(f"<article><h1>Tram depot to close</h1>{BODY}{linked}</article>"), "https://eastmere.example/town/depot"
    )
    assert isinstance(found, Article)


def test_a_page_that_calls_itself_an_article_is_never_a_list_page() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Twelve stories of the year"}</script>'
    found = answer(
        page(f"<article><h1>Twelve stories of the year</h1>{TEASERS}</article>", head=head),
        "https://eastmere.example/year",
    )
    assert not (isinstance(found, Rejected) and found.reason is Reason.LIST_PAGE)
