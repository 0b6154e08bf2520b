"""Feeds of every kind, whole and broken, become the same plain items each time."""

import gzip
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model import Item, Reason, Rejected
from nutgraf.sources import Feed, read_feed

ADDRESS = "https://courier.example/news/feed.xml"


def read(body: str | bytes, content_type: str | None = None) -> Feed:
    feed = read_feed(
        body.encode() if isinstance(body, str) else body, address=ADDRESS, content_type=content_type, source="s"
    )
    assert isinstance(feed, Feed), feed
    return feed


def rss(*items: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>', about: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    head = "<title>Hill Courier</title><link>https://courier.example/</link>"
    return f'{declaration}<rss version="2.0"><channel>{head}{about}{listed}</channel></rss>'


def atom(*entries: str, about: str = "") -> str:
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Courier</title>{about}{listed}</feed>'


def only(feed: Feed) -> Item:
    assert len(feed.items) == 1
    return feed.items[0]


def titles(feed: Feed) -> list[str | None]:
    return [item.title for item in feed.items]


def keys(body: str) -> list[str]:
    return [item.key for item in read(body).items]


def test_an_rss_item_gives_all_its_fields() -> None:
    feed = read(
        rss(
            "<title>Bridge shut</title><link>/a/bridge</link><guid>b1</guid>"
            "<author>jo@courier.example (Jo Lind)</author>"
            "<description>&lt;p&gt;The old &lt;b&gt;bridge&lt;/b&gt; is shut.&lt;/p&gt;</description>"
            "<pubDate>Tue, 03 Mar 2026 08:00:00 +0100</pubDate>",
            about="<language>en-gb</language><ttl>90</ttl>",
        )
    )
    assert (feed.title, feed.home, feed.language) == ("Hill Courier", "https://courier.example/", "en-gb")
    assert feed.poll_after == 5400.0
    item = only(feed)
    assert item.address == "https://courier.example/a/bridge"
    assert (item.title, item.summary, item.outlet) == ("Bridge shut", "The old bridge is shut.", "Hill Courier")
    assert item.authors == ("Jo Lind",)
    assert item.published == datetime.fromisoformat("2026-03-03T08:00:00+01:00")


def test_an_atom_entry_of_an_aggregator_names_the_outlet_it_comes_from() -> None:
    entry = (
        "<id>1</id><title>A</title><source><title>Valley Post</title></source><updated>2026-03-03T08:00:00Z</updated>"
    )
    item = only(read(atom(entry)))
    assert item.outlet == "Valley Post"
    assert item.updated == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert item.published is None


# keys


def test_without_a_guid_the_link_counts_but_not_its_trackers() -> None:
    one = "<title>Mill burns</title><link>https://courier.example/a/mill?utm_source=feed&amp;mod=rss_1</link>"
    two = "<title>Well runs dry</title><link>https://courier.example/a/well?mod=rss_1</link>"
    first, later = keys(rss(one, two)), keys(rss(two.replace("rss_1", "rss_2"), one.replace("rss_1", "rss_9")))
    assert len(set(first)) == 2
    assert first == later[::-1]


def test_the_query_that_says_which_article_it_is_counts() -> None:
    assert (
        len(
            set(keys(rss("<link>https://courier.example/a?id=1</link>", "<link>https://courier.example/a?id=2</link>")))
        )
        == 2
    )


def test_a_guid_that_changes_scheme_or_loses_its_host_is_the_same() -> None:
    spellings = (
        "https://courier.example/p/7",
        "http://courier.example/p/7/",
        "https://www.courier.example/p/7",
        "/p/7",
    )
    found = {keys(rss(f"<title>Tide</title><guid isPermaLink='false'>{guid}</guid>"))[0] for guid in spellings}
    assert len(found) == 1


def test_an_edited_title_and_link_leave_the_key() -> None:
    before = keys(rss("<guid>x7</guid><title>Mill burns</title><link>https://courier.example/a</link>"))
    assert before == keys(rss("<guid>x7</guid><title>Mill burnt down</title><link>https://courier.example/b</link>"))


def test_one_guid_on_all_items_does_not_make_them_one() -> None:
    item = "<guid>same</guid><title>{0}</title><link>https://courier.example/{0}</link>"
    assert len(set(keys(rss(*(item.format(name) for name in "abc"))))) == 3
    home = "<guid>https://courier.example/</guid><title>{}</title><link>https://courier.example/</link>"
    assert len(set(keys(rss(*(home.format(name) for name in "abc"))))) == 3


def test_empty_guids_fall_back_to_links_then_to_words() -> None:
    assert (
        len(set(keys(rss(*(f"<guid></guid><title>{n}</title><link>https://courier.example/{n}</link>" for n in "ab")))))
        == 2
    )
    assert len(set(keys(rss("<title>One</title>", "<title>Two</title>", "<guid/><title>One</title>")))) == 2


def test_an_item_that_stands_twice_comes_once() -> None:
    item = "<guid>1</guid><title>A</title><link>https://courier.example/1</link>"
    assert len(keys(rss(item, item))) == 1


# titles


@pytest.mark.parametrize(
    ("given_title", "shown"),
    [
        ("Salt &amp; pepper", "Salt & pepper"),
        ("Salt &amp;amp; pepper", "Salt & pepper"),
        ("<![CDATA[Salt &amp; pepper]]>", "Salt & pepper"),
        ("<![CDATA[Salt & <i>pepper</i>]]>", "Salt & pepper"),
        ("Jo&amp;#8217;s mill", "Jo’s mill"),
        ("For&ecirc;t et c&ocirc;te", "Forêt et côte"),
        ("Salt & pepper & oil", "Salt & pepper & oil"),
        ("&lt;img src=x onerror=alert(1)&gt;Mill", "Mill"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Mill", "Mill"),
        ("Mi\x08ll &#8;shut&#x1F;", "Mill shut"),
        ("Mill\n   shut", "Mill shut"),
        ("a \u202egnorw\u202c b", "a gnorw b"),
    ],
)
def test_an_rss_title_in_any_escaping_becomes_plain_text(given_title: str, shown: str) -> None:
    assert only(read(rss(f"<title>{given_title}</title><guid>1</guid>"))).title == shown


@pytest.mark.parametrize(
    ("given_title", "shown"),
    [
        ('<title type="html">&lt;3 Mills</title>', "<3 Mills"),
        ('<title type="html">&amp;lt;3 Mills</title>', "<3 Mills"),
        ('<title type="text">The &amp;lt;i&amp;gt; sign</title>', "The <i> sign"),
        ("<title>Salt &amp;amp; pepper</title>", "Salt & pepper"),
        ('<title type="html">An &lt;em&gt;old&lt;/em&gt; mill &amp;amp; a well</title>', "An old mill & a well"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">An <em>old</em> mill</div></title>',
            "An old mill",
        ),
    ],
)
def test_an_atom_title_is_read_by_its_type(given_title: str, shown: str) -> None:
    assert only(read(atom(f"<id>1</id>{given_title}"))).title == shown


def test_an_item_without_a_title_gets_the_start_of_its_text() -> None:
    item = only(read(rss(f"<guid>1</guid><description>{'The mill is shut. ' * 20}</description>")))
    assert item.title is not None
    assert item.title.startswith("The mill is shut.")
    assert len(item.title) <= 100


# bytes


@pytest.mark.parametrize("blanks", ["", "\n", "\r\n\r\n  "])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_blank_lines_and_marks_before_the_declaration_do_no_harm(blanks: str, charset: str) -> None:
    declared = charset.removesuffix("-sig")
    text = rss("<title>Müller öffnet</title>", declaration=f'{blanks}<?xml version="1.0" encoding="{declared}"?>')
    assert titles(read(text.encode(charset))) == ["Müller öffnet"]


@pytest.mark.parametrize(
    ("charset", "declared", "content_type", "title"),
    [
        ("utf-8", "utf-8", "text/xml", "Café fermé"),
        ("utf-8", "iso-8859-1", None, "Café fermé"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1", "Café fermé"),
        ("cp1252", "utf-8", None, "Café “fermé”"),
        ("cp1252", "no-such-set", None, "Café fermé"),
        ("cp1251", "windows-1251", None, "Мельница закрыта"),
        ("koi8-r", "", "text/xml; charset=koi8-r", "Мельница закрыта"),
        ("gb18030", "gb2312", None, "磨坊关闭"),
        ("cp932", "Shift_JIS", None, "水車小屋"),
        ("euc-kr", "euc-kr", None, "물레방아"),
        ("iso2022_jp", "iso-2022-jp", None, "水車小屋"),
    ],
)
def test_the_true_character_set_is_found(charset: str, declared: str, content_type: str | None, title: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = rss(f"<title>{title}</title>", declaration=declaration)
    assert titles(read(text.encode(charset), content_type)) == [title]


LATIN, GREEK, RUSSIAN = "Café fermé – à bientôt", "Ο μύλος έκλεισε", "Мельница закрыта до среды"
SPELLED = [
    *(
        (charset, LATIN)
        for charset in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "macintosh")
    ),
    *(
        (charset, "Müller öffnet")
        for charset in ("iso-8859-1", "iso-8859-15", "cp850", "cp437", "cp037", "windows-1254")
    ),
    *((charset, "Młyn zamknięty") for charset in ("iso-8859-2", "windows-1250", "cp852")),
    *((charset, "Değirmen kapalı") for charset in ("iso-8859-9", "windows-1254")),
    *((charset, GREEK) for charset in ("iso-8859-7", "windows-1253")),
    *((charset, RUSSIAN) for charset in ("windows-1251", "koi8-r", "iso-8859-5", "cp866")),
    ("koi8-u", "Млин зачинено, їдальню теж"),
    *((charset, "הטחנה סגורה") for charset in ("iso-8859-8", "iso-8859-8-i", "windows-1255")),
    *((charset, "المطحنة مغلقة") for charset in ("iso-8859-6", "windows-1256")),
    *((charset, "Malūnas uždarytas") for charset in ("iso-8859-13", "windows-1257")),
    *((charset, "โรงสีปิด") for charset in ("tis-620", "windows-874")),
    *((charset, "水車小屋は休み") for charset in ("shift_jis", "x-sjis", "euc-jp", "iso-2022-jp")),
    *((charset, "磨坊关闭") for charset in ("gb2312", "gbk", "gb18030")),
    ("big5", "磨坊關閉"),
    ("euc-kr", "물레방아 닫힘"),
]


@pytest.mark.parametrize(("charset", "title"), SPELLED)
def test_a_feed_in_the_character_set_that_it_declares_is_read(charset: str, title: str) -> None:
    python = {"windows-874": "cp874", "x-sjis": "cp932", "iso-8859-8-i": "iso-8859-8"}.get(charset, charset)
    text = rss(f"<title>{title}</title>", declaration=f'<?xml version="1.0" encoding="{charset}"?>')
    assert titles(read(text.encode(python))) == [title]


UNDECLARED = [
    ("koi8-r", RUSSIAN),
    ("cp1251", RUSSIAN),
    ("euc-jp", "水車小屋は月曜日まで休み"),
    ("gb18030", "磨坊将关闭至星期一，市长说"),
    ("euc-kr", "물레방아는 월요일까지 문을 닫는다"),
    ("cp1255", "הטחנה תישאר סגורה עד יום שני"),
    ("cp1252", LATIN),
]


@pytest.mark.parametrize(("charset", "title"), UNDECLARED)
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="utf-8"?>'], ids=["none", "wrong"])
def test_a_character_set_that_nobody_tells_is_told_by_its_bytes(charset: str, title: str, declaration: str) -> None:
    text = rss(f"<title>{title}</title><description>{title}</description>", declaration=declaration)
    assert titles(read(text.encode(charset))) == [title]


def test_one_wrong_byte_spoils_nothing_else() -> None:
    body = rss("<title>Müller öffnet</title>", "<title>X</title>").encode().replace(b"X", b"\x93so\x94")
    assert titles(read(body)) == ["Müller öffnet", "“so”"]


def test_entity_declarations_are_never_unfolded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(12))
    outside = '<!ENTITY x SYSTEM "file:///etc/hostname">'
    text = rss("<title>A &e11; B &x; C</title>", declaration=f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}{outside}]>')
    assert titles(read(text)) == ["A &e11; B &x; C"]


@pytest.mark.parametrize(
    "body", ["<!doctype html><html><body><p>News</p></body></html>", "{}", "[1]", "hello", '{"items": 3}']
)
def test_what_is_no_feed_is_rejected_with_a_next_step(body: str) -> None:
    result = read_feed(body.encode(), address=ADDRESS, source="s")
    assert isinstance(result, Rejected)
    assert (result.subject, result.reason) == (ADDRESS, Reason.BAD_INPUT)
    assert "Give the address of a feed" in result.detail


@pytest.mark.parametrize(
    "start", ["", "<!-- a <!DOCTYPE in a comment -->", "<?style x?>\n<!DOCTYPE rss SYSTEM 'x.dtd'>"]
)
def test_a_document_type_that_is_only_spoken_of_does_no_harm(start: str) -> None:
    body = rss("<title><![CDATA[On <!DOCTYPE and <!ENTITY]]></title>", "<title>On &lt;!ENTITY x&gt;</title>")
    found = titles(read(start + body.partition("?>")[2]))
    assert len(found) == 2
    assert (found[0] or "").startswith("On")


def test_a_document_type_full_of_comments_takes_no_time() -> None:
    text = "<!DOCTYPE rss [" + "<!-- -->" * 50_000 + rss("<title>A</title>")
    assert titles(read(text)) == ["A"]


def test_a_feed_that_is_nested_without_end_is_rejected_at_once() -> None:
    result = read_feed(b"<rss><channel>" + b"<a>" * 100_000, address=ADDRESS, source="s")
    assert isinstance(result, Rejected)
    assert "deep" in result.detail


def test_an_empty_answer_is_rejected_as_empty() -> None:
    result = read_feed(b" \n", address=ADDRESS, source="s")
    assert isinstance(result, Rejected)
    assert result.reason is Reason.EMPTY


@pytest.mark.parametrize("missing", [0, 8])
def test_a_feed_that_is_served_as_a_packed_file_is_read(missing: int) -> None:
    packed = gzip.compress(rss("<title>Mill</title>").encode())
    assert titles(read(packed[: len(packed) - missing])) == ["Mill"]


def test_a_feed_without_items_is_a_feed() -> None:
    assert read(rss()).items == ()


# links


def test_relative_links_follow_xml_base_and_else_the_address() -> None:
    entries = ('<id>1</id><link href="mill"/>', '<id>2</id><link href="/well"/>')
    based = (
        atom(*entries)
        .replace("<feed ", '<feed xml:base="https://paper.example/on/" ')
        .replace("<entry>", '<entry xml:base="2026/">', 1)
    )
    assert [item.address for item in read(based).items] == [
        "https://paper.example/on/2026/mill",
        "https://paper.example/well",
    ]
    plain = [item.address for item in read(atom(*entries)).items]
    assert plain == ["https://courier.example/news/mill", "https://courier.example/well"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "http://[broken", "ftp://courier.example/x"]
)
def test_a_link_that_leads_to_no_page_is_none(link: str) -> None:
    assert only(read(rss(f"<title>A</title><guid isPermaLink='false'>1</guid><link>{link}</link>"))).address is None


@pytest.mark.parametrize("guid", ["http://[", "https://", "http://[::1", "HTTP://"])
def test_an_id_that_only_looks_like_an_address_leads_nowhere(guid: str) -> None:
    assert only(read(rss(f"<title>A</title><guid>{guid}</guid>"))).address is None


# JSON Feed


def test_json_feed_fields_of_the_wrong_shape_are_read_as_they_were_meant() -> None:
    found = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Hill Courier",
                "home_page_url": "https://courier.example/",
                "authors": {"name": "The Desk"},
                "items": [
                    {"id": 17, "url": "/1", "title": "Mill", "author": "Jo Lind", "date_published": "2026-03-03"},
                    {"url": "/2", "title": None, "content_html": "<p>No id</p>", "authors": [{"url": "x"}, None, 3]},
                    {"id": "3", "content_text": "Neither link nor title", "author": {"name": "Ola Berg"}, "tags": 1},
                    {"id": True, "url": ["x"], "title": {"a": 1}},
                    {"id": "5", "title": "By the feed's author"},
                    "no entry",
                ],
            }
        )
    )
    assert titles(found) == ["Mill", "No id", "Neither link nor title", "By the feed's author"]
    assert [item.authors for item in found.items] == [("Jo Lind",), (), ("Ola Berg",), ("The Desk",)]
    assert [item.address for item in found.items][:3] == [
        "https://courier.example/1",
        "https://courier.example/2",
        None,
    ]
    assert found.items[0].published == date(2026, 3, 3)


# always

SAMPLE = rss(
    "<title><![CDATA[Mill <b>burns</b>]]></title><guid>1</guid><pubDate>Tue, 3 Mar 2026 08:00 GMT</pubDate>",
    "<title>Well &amp; water</title><link>https://courier.example/w</link>",
    declaration="<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]>",
).encode()


@pytest.mark.parametrize("end", range(0, len(SAMPLE), 16))
def test_a_feed_cut_anywhere_is_read_as_far_as_it_goes_or_rejected(end: int) -> None:
    assert isinstance(read_feed(SAMPLE[:end], address=ADDRESS, source="s"), (Feed, Rejected))


pieces = st.sampled_from(
    [
        b"<rss>",
        b"<channel>",
        b"<item>",
        b"</item>",
        b"<title>",
        b"</title>",
        b"<guid>",
        b"<link>",
        b"<![CDATA[",
        b"]]>",
        b"&amp;",
    ]
    + [
        b"&#0;",
        b"&#x110000;",
        b"&nbsp;",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<entry>",
        b"<!DOCTYPE",
        b"[",
        b"<!ENTITY",
    ]
    + [
        b"<pubDate>",
        b"<id>",
        b"<updated>2026-13-45</updated>",
        b"<?xml encoding='utf-16'?>",
        b"{",
        b'"items": [{}]',
        b"}",
        b"\xff\xfe",
    ]
)


@given(st.lists(pieces | st.binary(max_size=6), max_size=30))
def test_any_bytes_are_read_twice_alike_and_never_raise(parts: list[bytes]) -> None:
    body = b"".join(parts)
    first = read_feed(body, address=ADDRESS, source="s")
    assert first == read_feed(body, address=ADDRESS, source="s")
    if isinstance(first, Feed):
        assert len({item.key for item in first.items}) == len(first.items)


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(st.lists(st.tuples(text, text), max_size=5))
def test_reading_the_same_entries_again_in_any_order_gives_the_same_keys(entries: list[tuple[str, str]]) -> None:
    def build(listed: list[tuple[str, str]]) -> bytes:
        items = [{"id": guid, "title": title} for guid, title in listed]
        return json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()

    one = read_feed(build(entries), address=ADDRESS, source="s")
    two = read_feed(build(entries[::-1]), address=ADDRESS, source="s")
    assert isinstance(one, Feed)
    assert isinstance(two, Feed)
    assert {item.key for item in one.items} == {item.key for item in two.items}
