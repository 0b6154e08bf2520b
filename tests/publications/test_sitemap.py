"""Sitemaps, held against the grammar of their protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from nutgraf.publications.sitemap import NEWS, SITEMAP, news_sitemap, sitemap_index, sitemap_page
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
WHERE = "https://briefs.example/story/x/"

GRAMMAR = f"""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"
         ns="{SITEMAP}">
  <start><choice><ref name="index"/><ref name="pages"/></choice></start>
  <define name="loc"><element name="loc"><data type="anyURI">
    <param name="minLength">12</param><param name="maxLength">2048</param></data></element></define>
  <define name="changed"><optional><element name="lastmod"><choice>
    <data type="date"/><data type="dateTime"/></choice></element></optional></define>
  <define name="index"><element name="sitemapindex"><zeroOrMore>
    <element name="sitemap"><ref name="loc"/><ref name="changed"/></element></zeroOrMore></element></define>
  <define name="pages"><element name="urlset"><zeroOrMore>
    <element name="url"><ref name="loc"/><ref name="changed"/><optional><ref name="news"/></optional></element>
  </zeroOrMore></element></define>
  <define name="news"><element name="news" ns="{NEWS}">
    <element name="publication">
      <element name="name"><data type="string"><param name="minLength">1</param></data></element>
      <element name="language"><data type="string">
        <param name="pattern">zh-cn|zh-tw|[a-z]{{2,3}}</param></data></element>
    </element>
    <element name="publication_date"><choice><data type="date"/><data type="dateTime"/></choice></element>
    <element name="title"><data type="string"><param name="minLength">1</param></data></element>
  </element></define>
</grammar>
"""


def valid(body: bytes) -> etree._Element:
    root = etree.fromstring(body)
    grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
    assert grammar.validate(root), grammar.error_log
    return root


def test_an_index_and_a_page_of_addresses_follow_the_protocol() -> None:
    assert len(valid(sitemap_index([WHERE, f"{WHERE}?a=1&b=2"]))) == 2
    page = valid(sitemap_page([(WHERE, NOW), (WHERE, None)]))
    assert page.findtext(f".//{{{SITEMAP}}}lastmod") == "2026-03-05T12:00:00Z"


def test_news_are_those_of_two_days() -> None:
    fresh = replace(CAUSEWAY, language="en-GB", updated=NOW - timedelta(hours=47))
    old = replace(fresh, updated=NOW - timedelta(hours=49))
    unknown = replace(fresh, language=None)
    root = valid(news_sitemap([(WHERE, fresh), (WHERE, old), (WHERE, unknown)], title="The brief", now=NOW))
    assert [e.text for e in root.iter(f"{{{NEWS}}}title")] == [CAUSEWAY.headline.text]
    assert [e.text for e in root.iter(f"{{{NEWS}}}language")] == ["en"]


def test_no_date_lies_in_the_future() -> None:
    late = replace(CAUSEWAY, language="en", updated=NOW + timedelta(days=900))
    root = valid(news_sitemap([(WHERE, late)], title="x", now=NOW))
    assert root.findtext(f".//{{{NEWS}}}publication_date") == "2026-03-05T12:00:00Z"


@pytest.mark.parametrize("text", PAYLOADS)
def test_any_text_can_stand_in_a_sitemap(text: str) -> None:
    valid(news_sitemap([(WHERE, replace(hostile_brief(text), language="en", updated=NOW))], title=text, now=NOW))
