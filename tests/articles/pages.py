"""Small pages of invented outlets to read in tests."""

from nutgraf.articles import read_article
from nutgraf.model import Article, Page, Rejected

PARAGRAPHS = (
    "The council of Eastmere voted on Monday night to close the old tram depot, a decision that ends four years of argument.",
    "Some two hundred people had gathered outside the hall, among them drivers who fear for their posts after the summer.",
    "Mayor Lena Okafor said that the city would offer each of them work in the new depot on the other side of the river.",
    "The building, put up in 1911 and enlarged twice since, is to become a library and a market by the end of the decade.",
)
BODY = "".join(f"<p>{text}</p>\n" for text in PARAGRAPHS)


def page(body: str, *, head: str = "", title: str = "Tram depot to close | Eastmere Post") -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def story(*, before: str = "", after: str = "", head: str = "", headline: str = "Tram depot to close") -> bytes:
    return page(f"<article><h1>{headline}</h1>{before}{BODY}{after}</article>", head=head)


def read(body: bytes, address: str | None = "https://eastmere.example/news/depot") -> Article:
    article = read_article(Page(address=address, body=body))
    assert isinstance(article, Article), article
    return article


def rejected(body: bytes) -> Rejected:
    answer = read_article(Page(address="https://eastmere.example/x", body=body))
    assert isinstance(answer, Rejected), answer
    return answer
