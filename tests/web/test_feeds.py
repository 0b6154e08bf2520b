"""Pages lead to their feeds, and the list of feeds to all of them."""

import pytest
from lxml import etree, html

from tests.samples import CAUSEWAY
from tests.web.conftest import Client

KINDS = {"application/atom+xml", "application/rss+xml", "application/feed+json"}


@pytest.mark.parametrize(
    ("path", "start"),
    [("/", "/feed."), ("/topic/weather/", "/topic/weather/feed."), ("/search/?q=causeway", "/search/feed.")],
)
def test_a_page_names_its_feeds_in_all_three_forms(client: Client, path: str, start: str) -> None:
    page = html.fromstring(client.get(path).body)
    named = {one.get("type"): one.get("href") for one in page.xpath("//link[@rel='alternate']")}
    assert set(named) == KINDS
    for kind, address in named.items():
        assert address.startswith(start)
        answer = client.get(address)
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith(kind)
        assert CAUSEWAY.headline.text in answer.text


def test_the_list_of_feeds_leads_to_feeds_that_are_there(client: Client) -> None:
    outlines = etree.fromstring(client.get("/feeds.opml").body).findall("body/outline")
    assert len(outlines) > 4
    for one in outlines:
        for name in ("xmlUrl", "htmlUrl"):
            address = one.get(name)
            assert address
            assert client.get(address.removeprefix("http://localhost:8000")).status == 200


def test_topics_that_share_a_page_stand_in_the_list_once(client: Client) -> None:
    found = [one.get("xmlUrl") for one in etree.fromstring(client.get("/feeds.opml").body).iter("outline")]
    assert len(found) == len(set(found))


def test_every_page_leads_to_the_ways_to_follow(client: Client) -> None:
    for path in ("/", "/about/", f"/story/{CAUSEWAY.id}/", "/nope/"):
        assert html.fromstring(client.get(path).body).xpath("//footer//a[@href='/follow/']")
