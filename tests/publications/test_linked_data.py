"""A brief in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from nutgraf.model import Brief
from nutgraf.publications.layout import one_line
from nutgraf.publications.linked_data import linked_data
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY, EDITION


def told(brief: Brief = CAUSEWAY) -> dict[str, Any]:
    text = linked_data(
        brief, title="The brief", address="https://briefs.example", picture="https://briefs.example/c.png"
    )
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def test_a_brief_cites_every_report_by_its_outlet_and_address() -> None:
    record = told()
    assert record["@type"] == "NewsArticle"
    assert record["url"] == f"https://briefs.example/story/{CAUSEWAY.id}/"
    cited = {(one["publisher"]["name"], one["url"]) for one in record["citation"]}
    assert cited == {(article.outlet, article.url) for article in CAUSEWAY.articles}


def test_each_line_is_a_claim_with_whose_word_it_is_and_where_it_appeared() -> None:
    claims = [part for part in told()["hasPart"] if part["@type"] == "Claim"]
    assert [claim["text"] for claim in claims[: len(CAUSEWAY.lines)]] == [one.text for one in CAUSEWAY.lines]
    assert "the harbour authority" in claims[0]["creditText"]
    assert all(claim["appearance"] for claim in claims)


def test_words_in_quotation_marks_are_quotations() -> None:
    quoted = [part["text"] for part in told()["hasPart"] if part["@type"] == "Quotation"]
    assert "the highest surge since records began" in quoted
    assert "simply untrue" in quoted


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_ends_the_script_that_it_stands_in(text: str) -> None:
    brief = hostile_brief(text)
    data = linked_data(brief, title=text, address="https://briefs.example", picture="x")
    page = html.fromstring(f'<html><body><script type="application/ld+json">{data}</script><p>end</p></body></html>')
    assert [str(child.tag) for child in page.find("body").iterchildren()] == ["script", "p"]  # type: ignore[union-attr]  # there is one
    assert json.loads(page.findtext(".//script") or "")["headline"] == one_line(text)


@pytest.mark.parametrize("brief", EDITION.briefs)
def test_nothing_is_told_that_is_not_known(brief: Brief) -> None:
    assert "null" not in linked_data(brief, title="x", address="https://briefs.example", picture="x")
