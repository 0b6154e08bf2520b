"""Small values for the store's tests."""

from dataclasses import replace
from datetime import UTC, datetime

from nutgraf.model import (
    Article,
    Brief,
    CitedArticle,
    Coverage,
    Item,
    Line,
    Photo,
    Placement,
    Source,
    SourceKind,
    article_id,
)

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FEED = Source(id="harbour", kind=SourceKind.FEED, address="https://harbour.example/feed", name="Harbour Post")


def an_item(number: int = 1, *, source: str = FEED.id, title: str = "Ferry runs aground") -> Item:
    return Item(source=source, key=f"tag:{number}", address=f"https://harbour.example/{number}", title=title)


def an_article(text: str = "The ferry ran aground.", *, url: str | None = "https://harbour.example/1") -> Article:
    title = "Ferry runs aground"
    return Article(id=article_id(url, title, text), text=text, title=title, url=url, outlet="Harbour Post")


def a_brief(article: Article, *, story: str = "ferry", topics: tuple[str, ...] = ()) -> Brief:
    citation = article.cite(article.span(0, len(article.text)))
    line = Line(text=article.text, citations=(citation,), outlet=article.outlet)
    cited = CitedArticle(
        id=article.id, title=article.title, url=article.url, outlet=article.outlet, published=None, origin=article.id
    )
    return Brief(
        id=story, headline=line, dek=None, lines=(line,), coverage=Coverage(1, 1), articles=(cited,), topics=topics
    )


def with_photo(brief: Brief, url: str) -> Brief:
    return replace(brief, photo=Photo(url=url, article=brief.articles[0].id, caption="The ferry"))


def placed(article: Article, story: str = "ferry", *, origin: str | None = None) -> Placement:
    return Placement(article=article.id, story=story, origin=origin, grounds=("same names",))
