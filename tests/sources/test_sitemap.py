import gzip

import pytest

from nutgraf.model import Page, Rejected, SourceKind
from nutgraf.sources import is_sitemap, named_sitemaps, nested_sitemaps, read_sitemap, recognise

HERE = "https://weir.example/sitemap-news.xml"
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def page(body: str | bytes) -> Page:
    return Page(address=HERE, body=body.encode() if isinstance(body, str) else body)


def news(name: str, title: str, when: str) -> str:
    publication = "<n:publication><n:name>Weir Post</n:name><n:language>en</n:language></n:publication>"
    told = f"<n:news>{publication}<n:publication_date>{when}</n:publication_date><n:title>{title}</n:title></n:news>"
    return f"<url><loc>https://weir.example/{name}</loc>{told}</url>"


def urls(*entries: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{"".join(entries)}</urlset>'


def index(*addresses: str, changed: str = "2026-03-01") -> str:
    maps = "".join(f"<sitemap><loc>{one}</loc><lastmod>{changed}</lastmod></sitemap>" for one in addresses)
    return f"<sitemapindex {SPACES}>{maps}</sitemapindex>"


TWO = urls(news("a", "Weir &amp; lock", "2026-03-04T07:00:00Z"), news("b", "Ropes", "2026-03-04T10:30:00+02:00"))


@pytest.mark.parametrize("body", [TWO, gzip.compress(TWO.encode())], ids=["plain", "gzipped"])
def test_the_news_of_a_sitemap_come_newest_first_with_what_it_says_of_them(body: str | bytes) -> None:
    items = read_sitemap(page(body), source="s")
    assert not isinstance(items, Rejected)
    assert [(one.address, one.title, one.outlet) for one in items] == [
        ("https://weir.example/b", "Ropes", "Weir Post"),
        ("https://weir.example/a", "Weir & lock", "Weir Post"),
    ]
    assert str(items[0].published) == "2026-03-04 10:30:00+02:00"


def test_of_a_sitemap_without_titles_only_articles_are_taken() -> None:
    paths = ("", "about", "tags/ships", "2026/03/04/weir-opens-again.html")
    listed = urls(*(f"<url><loc>https://weir.example/{path}</loc></url>" for path in paths))
    items = read_sitemap(page(listed), source="s")
    assert not isinstance(items, Rejected)
    assert [one.address for one in items] == ["https://weir.example/2026/03/04/weir-opens-again.html"]


def test_a_sitemap_without_articles_is_rejected_with_a_next_step() -> None:
    rejected = read_sitemap(page(urls("<url><loc>https://weir.example/about</loc></url>")), source="s")
    assert isinstance(rejected, Rejected)
    assert "news sitemap" in rejected.detail


def test_a_sitemap_that_was_cut_off_gives_what_came_before() -> None:
    packed = gzip.compress(urls(*(news(f"a{n}", f"Report {n}", "2026-03-04") for n in range(50))).encode())
    for body in (TWO[: TWO.index("Ropes")], packed[: len(packed) // 2]):
        items = read_sitemap(page(body), source="s")
        assert not isinstance(items, Rejected)
        assert items


def test_the_sitemaps_of_an_index_that_hold_news_come_first() -> None:
    names = ("post-1", "image", "authors", "news", "post-2")
    found = nested_sitemaps(page(index(*(f"https://weir.example/sitemap-{name}.xml" for name in names))))
    assert found[0] == "https://weir.example/sitemap-news.xml"
    assert not any("image" in one or "author" in one for one in found)


def test_prefixes_that_are_declared_nowhere_do_no_harm() -> None:
    for bare in (
        TWO.replace(SPACES, ""),
        TWO.replace(SPACES, "").replace("<url", "<s:url").replace("</url", "</s:url"),
    ):
        items = read_sitemap(page(bare), source="s")
        assert not isinstance(items, Rejected)
        assert [one.title for one in items] == ["Ropes", "Weir & lock"]


def test_a_page_has_no_nested_sitemaps() -> None:
    assert nested_sitemaps(page("<html><sitemap><loc>https://weir.example/x.xml</loc></sitemap></html>")) == ()


def test_robots_txt_names_sitemaps_those_of_news_first() -> None:
    body = (
        b"User-agent: *\nDisallow: /x\nSitemap: /all.xml\nsitemap:https://weir.example/news.xml\nSitemap: ftp://x/y\n"
    )
    robots = Page(address="https://weir.example/robots.txt", body=body)
    assert named_sitemaps(robots) == ("https://weir.example/news.xml", "https://weir.example/all.xml")


def test_a_sitemap_is_a_listing_whatever_its_type_says() -> None:
    assert recognise(HERE, page(TWO)) is SourceKind.LISTING
    assert is_sitemap(index("https://weir.example/a.xml").encode())
    assert not is_sitemap(b"<html><p>urlset</p></html>")
