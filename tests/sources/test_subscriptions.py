"""Subscription lists, the broken ones included."""

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model import Reason, Rejected, Source, SourceKind
from nutgraf.sources import read_subscriptions, source_id, write_subscriptions


def read(text: str) -> list[tuple[str, str | None]]:
    sources = read_subscriptions(text.encode(), name="list.opml")
    assert not isinstance(sources, Rejected)
    assert all(source.kind is SourceKind.FEED for source in sources)
    return [(source.address, source.name) for source in sources]


def opml(*outlines: str) -> str:
    return f'<?xml version="1.0"?><opml version="1.0"><body>{"".join(outlines)}</body></opml>'


def test_feeds_in_folders_are_found_in_order_and_once() -> None:
    feed = '<outline type="rss" text="Hill Courier" xmlUrl="https://courier.example/feed"/>'
    other = "<outline title='Valley Post' xmlurl='https://post.example/rss?a=1&amp;b=2'></outline>"
    assert read(opml(f'<outline text="Region">{feed}{other}</outline>', feed)) == [
        ("https://courier.example/feed", "Hill Courier"),
        ("https://post.example/rss?a=1&b=2", "Valley Post"),
    ]


def test_lists_that_no_xml_reader_takes_are_read() -> None:
    broken = (
        '<outline text="Salt & pepper" description="Is 1 < 2 & "3" > 2?" xmlUrl="https://a.example/feed?x=1&y=2" />',
        '<outline text="No blank"title="Jo&#39;s"xmlUrl="https://b.example/"/>',
        '<outline text="Never closed" xmlUrl="https://c.example/"',
        '<outline text="Feed scheme" xmlUrl="feed://d.example/rss"/>',
    )
    assert read(opml(*broken)) == [
        ("https://a.example/feed?x=1&y=2", "Salt & pepper"),
        ("https://b.example/", "Jo's"),
        ("https://c.example/", "Never closed"),
        ("http://d.example/rss", "Feed scheme"),
    ]


def test_outlines_without_a_web_address_and_comments_are_passed_over() -> None:
    assert (
        read(
            opml(
                '<outline text="x"/>',
                '<outline xmlUrl="file:///etc/passwd"/>',
                '<outline xmlUrl="http://["/><outline xmlUrl="https://"/><outline xmlUrl="http://a b/"/>',
                "<!-- <outline xmlUrl='http://e.example/'/> -->",
            )
        )
        == []
    )


def test_no_list_and_an_empty_file_are_rejected_by_name() -> None:
    for body, reason in ((b"", Reason.EMPTY), (b"<html></html>", Reason.BAD_INPUT)):
        result = read_subscriptions(body, name="list.opml")
        assert isinstance(result, Rejected)
        assert (result.subject, result.reason) == ("list.opml", reason)


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Z"]), min_size=1, max_size=20)


@given(
    st.lists(
        st.tuples(st.from_regex(r"https://[a-z]{3,9}\.example/[a-z&?='<\"]{0,8}", fullmatch=True), words), max_size=5
    )
)
def test_what_is_written_is_read_again(feeds: list[tuple[str, str]]) -> None:
    sources = {}
    for address, name in feeds:
        name = name.replace("&", "and")  # a name such as "&amp;" is read as "&", which is what it mostly is
        source = Source(id=source_id(SourceKind.FEED, address), kind=SourceKind.FEED, address=address, name=name)
        sources.setdefault(source.id, source)
    again = read_subscriptions(write_subscriptions(sources.values()), name="list.opml")
    assert not isinstance(again, Rejected)
    assert [source.address for source in again] == [source.address for source in sources.values()]
