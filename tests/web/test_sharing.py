"""Cards, linked data and sitemaps of a site."""

from __future__ import annotations

import json

from lxml import etree, html

from nutgraf.publications.cards import card_version
from nutgraf.publications.sitemap import SITEMAP
from tests.samples import CAUSEWAY, SHELF
from tests.web.conftest import Client, client_of

STORY = f"/story/{CAUSEWAY.id}/"


def test_a_story_names_its_card_where_other_programs_look() -> None:
    client = client_of(SHELF, address="https://briefs.example")
    page = html.fromstring(client.get(STORY).body)
    (card,) = page.xpath("//meta[@property='og:image']/@content")
    assert page.xpath("//meta[@name='twitter:image']/@content") == [card]
    assert card.startswith("https://briefs.example/story/")
    answer = client.get(card.removeprefix("https://briefs.example"))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.body.startswith(b"\x89PNG")
    assert "immutable" in answer.headers["Cache-Control"]
    assert page.xpath("//meta[@property='og:title']/@content") == [CAUSEWAY.headline.text]


def test_a_card_of_an_earlier_version_leads_to_the_present_one(client: Client) -> None:
    answer = client.get(f"/story/{CAUSEWAY.id}/card-0123456789ab.png")
    assert answer.status == 302
    assert answer.headers["Location"].endswith(f"card-{card_version(CAUSEWAY, 'The brief')}.png")
    assert client.get("/story/nope/card-0123456789ab.png").status == 404


def test_a_story_carries_its_linked_data(client: Client) -> None:
    page = html.fromstring(client.get(STORY).body)
    record = json.loads(page.findtext(".//script[@type='application/ld+json']") or "")
    assert record["headline"] == CAUSEWAY.headline.text
    assert record["image"]["url"] == page.xpath("//meta[@property='og:image']/@content")[0]


def test_every_story_stands_in_a_sitemap_that_robots_are_told_of() -> None:
    client = client_of(SHELF, address="https://briefs.example")
    where = client.get("/robots.txt").text.split("Sitemap: ")[1].strip()
    listed: list[str] = []
    for address in locations(client, where):
        listed += locations(client, address)
    paths = [address.removeprefix("https://briefs.example") for address in listed]
    assert STORY in paths
    assert {client.get(path).status for path in paths} == {200}


def test_there_are_no_more_pages_of_a_sitemap_than_stories_fill(client: Client) -> None:
    assert client.get("/sitemap/stories-1.xml").status == 404


def locations(client: Client, address: str) -> list[str]:
    body = client.get(address.removeprefix("https://briefs.example")).body
    return [str(loc.text) for loc in etree.fromstring(body).iter(f"{{{SITEMAP}}}loc")]
