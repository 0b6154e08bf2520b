"""Which way of a page gave each field: the order stands, and who says otherwise is kept with the article."""
# ruff: noqa: E501 - markup stays whole

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nutgraf.articles import read_article
from nutgraf.articles.ways import ORDER, Way
from nutgraf.contract import article_from_record, article_to_record
from nutgraf.model import Article, Item, Page, Reading
from tests.articles.pages import BODY, page
from tests.cli.commands import lines, nutgraf

DOCS = Path(__file__).parents[2] / "docs" / "extraction.md"

LINKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Depot of trams to shut","datePublished":"2026-03-04T07:30:00+01:00",'
    '"articleSection":"Transport","author":{"@type":"Person","name":"Ida Brandt"},"publisher":{"name":"Post of Eastmere"}}</script>'
)
METAS = (
    '<meta property="og:title" content="Why the depot had to go"><meta property="og:site_name" content="Eastmere Post">'
    '<meta property="article:published_time" content="2026-03-05T07:30:00+01:00"><meta property="article:section" content="Town">'
    '<meta name="author" content="Olaf Reh">'
)


def why(head: str, *, before: str = "", item: Item | None = None) -> dict[str, Reading]:
    body = page(
        f"<article><h1>Depot of trams to shut in summer</h1>{before}<p>By Ida Brandt</p>{BODY}</article>", head=head
    )
    article = read_article(Page(address="https://eastmere.example/2026/03/06/depot", body=body), item=item)
    assert isinstance(article, Article)
    return {one.field: one for one in article.readings}


def test_the_first_way_in_the_order_is_believed_and_those_that_say_otherwise_are_named() -> None:
    found = why(LINKED + METAS)
    assert found["title"] == Reading("title", "shown", ("linked-data", "open-graph", "title-tag"))
    assert found["outlet"] == Reading("outlet", "open-graph", ("linked-data", "address"))
    assert found["authors"] == Reading("authors", "linked-data", ("meta",))
    assert found["published"] == Reading("published", "linked-data", ("meta", "address"))
    assert found["section"] == Reading("section", "linked-data", ("meta",))


def test_where_the_first_way_is_silent_the_next_is_believed() -> None:
    found = why(METAS)
    assert found["published"].way == "meta"
    assert found["section"].way == "meta"


def test_a_field_that_only_the_source_tells_is_the_sources() -> None:
    item = Item(
        source="feed",
        key="1",
        address="https://eastmere.example/depot",
        title="Tram depot",
        published=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )
    body = page(f"<article><h1>Tram depot to close</h1>{BODY}</article>")
    article = read_article(Page(address="https://eastmere.example/depot", body=body), item=item)
    assert isinstance(article, Article)
    assert {one.field: one.way for one in article.readings}["published"] == "source"


def test_the_language_of_the_text_beats_one_declared_in_error() -> None:
    body = page(f"<article><h1>Tram depot to close</h1>{BODY}</article>").replace(b'lang="en"', b'lang="de"')
    article = read_article(Page(address=None, body=body))
    assert isinstance(article, Article)
    assert Reading("language", "text", ("declared",)) in article.readings


def test_the_reasons_are_kept_with_the_article() -> None:
    article = read_article(
        Page(address="https://eastmere.example/a", body=page(f"<h1>Tram depot to close</h1>{BODY}", head=LINKED))
    )
    assert isinstance(article, Article)
    assert article.readings
    assert article_from_record(json.loads(json.dumps(article_to_record(article)))) == article


@pytest.mark.parametrize("asked", [True, False])
def test_the_command_tells_why_only_where_it_is_asked(tmp_path: Path, asked: bool) -> None:
    saved = tmp_path / "page.html"
    saved.write_bytes(page(f"<h1>Tram depot to close</h1>{BODY}", head=LINKED))
    done = nutgraf("extract", str(saved), *(["--why"] if asked else []))
    (record,) = lines(done.stdout)
    assert ("why" in record) is asked
    if asked:
        assert record["why"]["published"] == {"way": "linked-data", "over": []}


def test_the_documented_order_is_the_one_in_force() -> None:
    rows = [line.split("|")[1:3] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {name.strip(" `"): tuple(Way(way.strip(" `")) for way in order.split(",")) for name, order in rows}
    assert told == dict(ORDER)
