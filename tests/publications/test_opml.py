"""The site's feeds as a subscription list."""

import pytest
from lxml import etree

from nutgraf.publications.layout import one_line
from nutgraf.publications.opml import Feed, as_opml
from tests.hostile import PAYLOADS


@pytest.mark.parametrize("text", PAYLOADS)
def test_any_name_comes_out_as_it_went_in(text: str) -> None:
    feed = Feed(text, "https://briefs.example/topic/x/feed.xml", "https://briefs.example/topic/x/")
    root = etree.fromstring(as_opml([feed], title=text))
    (outline,) = root.findall("body/outline")
    assert root.findtext("head/title") == outline.get("text") == one_line(text)
    assert (outline.get("xmlUrl"), outline.get("htmlUrl"), outline.get("type")) == (feed.address, feed.page, "rss")


def test_an_empty_list_is_a_list_too() -> None:
    assert etree.fromstring(as_opml([], title="")).find("body") is not None
