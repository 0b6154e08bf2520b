"""Bad pages are answered with a reason, and nothing raises."""
# ruff: noqa: E501 - sentences of pages stay whole

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.articles import read_article
from nutgraf.model import Article, Page, Reason, Rejected
from tests.articles.pages import PARAGRAPHS, page, read, rejected, story


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t ", Reason.EMPTY),
        (b"%PDF-1.7 ...", Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, Reason.BINARY),
        (bytes(range(256)) * 8, Reason.BINARY),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', Reason.FEED_NOT_PAGE),
        (page("<h1>Page not found</h1><p>404</p>", title="Page not found"), Reason.ERROR_PAGE),
        (page("<p>Checking your browser before you go on.</p>", title="Just a moment..."), Reason.CHALLENGE_PAGE),
        (
            page("<p>We use cookies. By your consent we and our partners read data.</p>", title="Privacy"),
            Reason.CONSENT_PAGE,
        ),
        (page("<p>Hello.</p>", title="Hello"), Reason.NO_ARTICLE),
        (page(""), Reason.EMPTY),
        (b"<html><body>" + b"\x81\x8d\x8f\x90\x9d" * 200, Reason.UNKNOWN_ENCODING),
        (b"\xef\xbb\xbf<html><body>" + b"\x93\xa4\xb8" * 200, Reason.UNKNOWN_ENCODING),
        (story(head='<meta name="robots" content="noarchive">'), Reason.RESERVED),
        (story(head='<meta name="tdm-reservation" content="1">'), Reason.RESERVED),
    ],
)
def test_each_bad_page_has_its_reason(body: bytes, reason: Reason) -> None:
    answer = rejected(body)
    assert answer.reason is reason
    assert answer.detail


def test_noindex_is_no_reservation() -> None:
    read(story(head='<meta name="robots" content="noindex,nofollow">'))


def test_a_reserved_page_is_read_where_its_reader_hands_it_over() -> None:
    body = story(head='<meta name="robots" content="noarchive">')
    assert isinstance(read_article(Page(address=None, body=body), heed_wishes=False), Article)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-16", ""),
        ("cp1252", "windows-1252"),
        ("cp1252", ""),
        ("cp1251", "windows-1251"),
        ("iso-8859-2", "iso-8859-2"),
        ("utf-8", "iso-8859-1"),
    ],
)
def test_text_survives_its_encoding(encoding: str, declared: str) -> None:
    words = {"cp1251": "Мэр города сказала", "iso-8859-2": "Burmistrz powiedział, że ścieżka"}.get(
        encoding, "La maire a déclaré à Évry"
    )
    sentence = f"{words} {PARAGRAPHS[0].encode('ascii').decode()}"
    meta = f'<meta charset="{declared}">' if declared else ""
    html = f"<html><head>{meta}<title>Depot</title></head><body><article><h1>Depot</h1><p>{sentence}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
    assert sentence in read(html.encode(encoding)).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    assert isinstance(read_article(Page(address=None, body=body)), Article | Rejected)


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='ad'>",
        "</div>",
        "<table><tr>",
        "<td>",
        "</table>",
        "<!--",
        "-->",
        "<script type='application/ld+json'>",
        '{"@type":',
        "</script>",
    ]
    + [
        "<h1>",
        "<figure>",
        "<figcaption>",
        "&#0;",
        "&#xD800;",
        "\ud800",
        "<time datetime='x'>",
        "[[[[",
        "<aside>",
        "\x00",
        "<br>",
        "é",
        "<svg>",
        "</body>",
        *PARAGRAPHS,
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40))
def test_no_mangled_markup_raises(pieces: list[str]) -> None:
    answer = read_article(Page(address="http://[x", body="".join(pieces).encode("utf-8", "surrogatepass")))
    assert isinstance(answer, Article | Rejected)


@pytest.mark.parametrize("opening", [b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<blockquote>"])
def test_deep_nesting_is_answered(opening: bytes) -> None:
    body = opening * 100_000 + PARAGRAPHS[0].encode()
    assert isinstance(read_article(Page(address=None, body=body)), Article | Rejected)


def test_deep_linked_data_is_answered() -> None:
    read(story(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"))


def test_many_nodes_are_answered() -> None:
    read(page("<article><h1>Depot</h1>" + f"<p>{PARAGRAPHS[0]}</p>" + "<p><b>x</b></p>" * 60_000 + "</article>"))
