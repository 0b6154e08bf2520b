"""The search page, the pages of outlets and persons, and their feeds."""

from urllib.parse import quote

import pytest
from lxml import etree, html

from nutgraf.store.tokens import mark
from nutgraf.web.addresses import topic_slug
from tests.hostile import PAYLOADS
from tests.samples import CAUSEWAY
from tests.web.conftest import Client

ATOM = "{http://www.w3.org/2005/Atom}"


def found(client: Client, path: str) -> list[str]:
    return html.fromstring(client.get(path).body).xpath("//article[@class='card']//h2/a/@href")


def test_a_word_of_a_brief_finds_it(client: Client) -> None:
    word = CAUSEWAY.headline.text.split()[1]
    assert f"/story/{CAUSEWAY.id}/" in found(client, f"/search/?q={quote(word)}")


def test_what_nobody_wrote_is_answered_with_what_to_try(client: Client) -> None:
    answer = client.get("/search/?q=submarine+sandwich")
    assert answer.status == 200
    assert "Try fewer words" in answer.text


def test_every_outlet_and_person_of_a_story_has_a_page_and_a_feed(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body)
    links = page.xpath("//section[@aria-label='More stories']//a/@href")
    assert links
    for link in links:
        assert f"/story/{CAUSEWAY.id}/" in found(client, link)
        entries = etree.fromstring(client.get(f"{link}feed.xml").body).findall(f"{ATOM}entry")
        assert any(CAUSEWAY.id in etree.tostring(entry).decode() for entry in entries)


def test_a_search_can_be_followed_as_a_feed(client: Client) -> None:
    page = html.fromstring(client.get("/search/?q=causeway").body)
    (feed,) = page.xpath("//link[@type='application/atom+xml'][contains(@href, 'search')]/@href")
    assert etree.fromstring(client.get(feed).body).find(f"{ATOM}title").text.startswith("causeway")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_stays_text(client: Client, payload: str) -> None:
    answer = client.get(f"/search/?q={quote(payload, errors='replace')}")
    page = html.fromstring(answer.body)
    assert not page.xpath("//script[not(@src)] | //svg | //@onload | //@onmouseover")
    assert len(page.xpath("//input[@id='q']/@value")) == 1


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "١"])
def test_a_place_to_go_on_from_that_is_none_is_the_beginning(client: Client, before: str) -> None:
    assert client.get(f"/search/?q=causeway&before={quote(before)}").status == 200


@pytest.mark.parametrize(
    "name", ["Verran's state radio", "Verran’s state radio", "A.B. Harrow", "Post/Wire", "!!!", "R&D", "C_D", "ﬁve"]
)
def test_the_page_of_a_name_with_signs_is_found_by_its_address(name: str) -> None:
    assert mark("person", name) == mark("person", topic_slug(name))
