"""Every surface shows the one stored brief: the same stories in the same order, the same lines, the same sources."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from lxml import etree, html

from nutgraf.publications.layout import lay_out
from nutgraf.publications.mail import Sender, edition_letter
from tests.samples import DAY, EDITION
from tests.web.conftest import Client

LETTER = edition_letter(
    EDITION,
    to="ada@reader.example",
    token="t",
    sender=Sender(title="The brief", address="http://localhost:8000"),
    now=datetime(2026, 3, 4, 17, tzinfo=UTC),
)


def in_html(markup: str) -> tuple[str, list[str]]:
    """Return the words and the links of a piece of HTML."""
    page = html.fromstring(markup)
    return " ".join(page.text_content().split()), [str(link) for link in page.xpath("//a/@href")]


def of_page(client: Client) -> tuple[str, list[str]]:
    words, links = in_html(client.get("/").text)
    stories = [in_html(client.get(f"/story/{brief.id}/").text) for brief in EDITION.briefs]
    return (
        " ".join([words, *(told for told, _ in stories)]),
        [*links, *(link for _, more in stories for link in more)],
    )


def of_offline(client: Client) -> tuple[str, list[str]]:
    kept = json.loads(client.get("/offline.json").body)["pages"]
    told = [in_html(client.get(path).text) for path in kept if path.startswith("/story/")]
    stories = [path for path in kept if path.startswith("/story/")]
    return " ".join(words for words, _ in told), [*stories, *(link for _, links in told for link in links)]


def of_api(client: Client) -> tuple[str, list[str]]:
    stories = json.loads(client.get(f"/api/v1/editions/{DAY}").body)["stories"]
    words = " ".join(line["text"] for story in stories for line in story["lines"])
    return words, [f"/story/{story['id']}/" for story in stories]


def of_xml(path: str) -> object:
    def read(client: Client) -> tuple[str, list[str]]:
        feed = etree.fromstring(client.get(path).body)
        contents = feed.findall(".//{*}entry/{*}content") or feed.findall(".//item/description")
        links = [
            one.get("href") or one.text for one in feed.iter("{*}link") if "/story/" in (one.get("href") or one.text)
        ]
        told = [in_html(content.text) for content in contents]
        return " ".join(words for words, _ in told), [*links, *(link for _, more in told for link in more)]

    return read


def of_json_feed(client: Client) -> tuple[str, list[str]]:
    items = json.loads(client.get("/feed.json").body)["items"]
    told = [in_html(item["content_html"]) for item in items]
    return (
        " ".join(words for words, _ in told),
        [*(item["url"] for item in items), *(link for _, links in told for link in links)],
    )


def of_mail_text(client: Client) -> tuple[str, list[str]]:
    return " ".join(LETTER.text.replace("\n* ", "\n").split()), re.findall(r"https?://\S+", LETTER.text)


SURFACES = {
    "pages": of_page,
    "kept offline": of_offline,
    "api": of_api,
    "atom": of_xml("/feed.xml"),
    "rss": of_xml("/feed.rss"),
    "json feed": of_json_feed,
    "mail, html": lambda client: in_html(LETTER.html),
    "mail, text": of_mail_text,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_has_the_stories_of_the_edition_in_its_order_with_all_their_lines(
    client: Client, surface: str
) -> None:
    words, links = SURFACES[surface](client)  # type: ignore[operator]  # all of one shape
    stories = [found[1] for link in links if (found := re.search(r"/story/([^/]+)/$", link))]
    assert list(dict.fromkeys(stories)) == [brief.id for brief in EDITION.briefs]
    for brief in EDITION.briefs:
        shown = lay_out(brief)
        for line in (shown.lede, *shown.bullets):
            assert " ".join(line.text.split()) in words


@pytest.mark.parametrize("surface", [name for name in SURFACES if name != "api"])
def test_a_surface_leads_to_every_passage_that_a_line_rests_on(client: Client, surface: str) -> None:
    _, links = SURFACES[surface](client)  # type: ignore[operator]  # all of one shape
    for brief in EDITION.briefs:
        shown = lay_out(brief)
        wanted = {source.link for line in (shown.lede, *shown.bullets) for source in line.sources if source.link}
        assert wanted <= set(links)
