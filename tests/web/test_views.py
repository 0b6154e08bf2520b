"""What stands at each address."""

import gzip
import json
import logging
from dataclasses import dataclass, replace
from datetime import date

import pytest
from lxml import etree, html

from nutgraf.model import Brief, Edition
from nutgraf.ports import StoredPhoto
from nutgraf.publications import as_json, as_markdown
from nutgraf.web.addresses import photo_key, photo_url, topic_slug
from nutgraf.web.views import whole_names
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY, DAY, EDITION, PHOTO, PHOTO_URL, SHELF, STRIKE, Shelf
from tests.web.conftest import Client, client_of

PAGES = [
    "/",
    "/edition/2026-03-04/",
    "/editions/",
    f"/story/{CAUSEWAY.id}/",
    "/story/arabic-port/",
    "/topics/",
    "/topic/weather/",
    "/about/",
    "/follow/",
    "/offline/",
    "/sources/",
    "/outlet/the-city-post/",
    "/person/ilse-tammer/",
    "/corrections/",
    "/new/",
    "/new/?since=2026-03-04T00:00:00Z",
    "/saved/",
    "/choices/",
    "/search/",
    "/search/?q=causeway",
    "/search/?q=nothing+has+this",
    "/search/?q=since:yesterday+%22open+phrase",
]
FILES = [
    "/feed.xml",
    "/feed.rss",
    "/feed.json",
    "/feeds.opml",
    "/calendar.ics",
    f"/story/{CAUSEWAY.id}.json",
    f"/story/{CAUSEWAY.id}.md",
    "/manifest.webmanifest",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/news.xml",
    "/sitemap/pages.xml",
    "/sitemap/stories-0.xml",
    "/worker.js",
    "/offline.json",
]
MISSING = [
    "/nope/",
    "/story/nope/",
    "/story/nope.json",
    "/story/nope.md",
    "/edition/2020-01-01/",
    "/edition/2026-02-30/",
    "/edition/20260304/",
    "/edition/today/",
    "/topic/nope/",
    "/topic/nope/feed.xml",
    "/outlet/nope/",
    "/person/nope/feed.xml",
    "/photo/nope",
    "/photo/%C3%BC",
    "/static/nope.css",
    "/static/..%2Fviews.py",
    "/story/%3Cscript%3Ewindow.pwned=1%3C/script%3E/",
    "/%FF%FE",
]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_with_its_landmarks(client: Client, path: str) -> None:
    answer = client.get(path)
    page = html.fromstring(answer.body)
    assert answer.status == 200
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == 1
    assert [page.xpath(f"count(//{name})") for name in ("main", "body/header", "header//nav", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]


@pytest.mark.parametrize("path", PAGES)
def test_headings_leave_out_no_level(client: Client, path: str) -> None:
    levels = [int(str(e.tag)[1]) for e in html.fromstring(client.get(path).body).xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_inline_style_or_asks_another_host(client: Client, path: str) -> None:
    page = html.fromstring(client.get(path).body)
    assert not page.xpath(
        "//script[not(@src) and not(@type='application/ld+json')] | //style | //iframe | //@style | //@onclick"
    )
    assert all(action.startswith("/") for action in page.xpath("//form/@action"))
    loaded = page.xpath("//img/@src | //script/@src | //link[@rel != 'alternate' and @rel != 'canonical']/@href")
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_every_inner_link_leads_somewhere(client: Client, path: str) -> None:
    page = html.fromstring(client.get(path).body)
    inner = {link for link in page.xpath("//a/@href | //link/@href | //img/@src") if link.startswith("/")}
    assert {client.get(link).status for link in inner} == {200}


@pytest.mark.parametrize("path", PAGES)
def test_every_picture_keeps_its_place(client: Client, path: str) -> None:
    for picture in html.fromstring(client.get(path).body).xpath("//img"):
        assert int(picture.get("width")) > 0
        assert int(picture.get("height")) > 0
        assert picture.get("alt") is not None


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_answered_with_a_page_that_helps(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 404
    assert "Today’s edition" in answer.text
    assert "window.pwned" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_edition_shows_its_lead_in_full_and_the_others_as_cards(client: Client) -> None:
    page = html.fromstring(client.get("/").body)
    assert [article.get("class") for article in page.iter("article")] == ["brief", *["card"] * 4]
    assert page.xpath("string(//article[@class='brief']//h2)") == CAUSEWAY.headline.text
    assert STRIKE.headline.text in page.text_content()


def test_the_day_of_an_edition_is_written_out(client: Client) -> None:
    assert html.fromstring(client.get("/edition/2026-03-03/").body).findtext(".//h1/time") == "Tuesday, 3 March 2026"


def test_times_are_shown_in_the_zone_of_the_site_and_given_in_utc() -> None:
    page = html.fromstring(client_of(SHELF, zone="Europe/Berlin").get(f"/story/{CAUSEWAY.id}/").body)
    times = {time.get("datetime"): time.text for time in page.iter("time")}
    assert times["2026-03-04T15:20:00Z"] == "4 March 2026, 16:20 CET"


def test_a_line_opens_on_passage_speaker_certainty_and_a_link_to_the_passage(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body)
    sources = page.xpath("//div[@class='line lede']/details")[0]
    assert [quote.text_content() for quote in sources.iter("blockquote")] == [
        c.passage for c in CAUSEWAY.lines[0].citations
    ]
    assert sources.find_class("chain")[0].text_content().split("possible")[0].split() == [
        "Northwire",
        "citing",
        "the",
        "harbour",
        "authority",
    ]
    assert sources.find_class("certainty")[0].text == "possible"
    assert "#:~:text=The%20road%20may%20stay" in sources.xpath(".//a/@href")[0]


def test_all_coverage_stands_by_origin(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body)
    origins = page.xpath("//ol[@class='origins']/li")
    assert len(origins) == CAUSEWAY.coverage.origins
    assert [outlet.text_content() for outlet in origins[1].find_class("outlet")] == ["Northwire", "The City Post"]


def test_a_story_leads_to_more_stories_of_its_topics(client: Client) -> None:
    page = html.fromstring(client.get(f"/story/{CAUSEWAY.id}/").body)
    assert page.xpath("//div[@class='more']/a/@href") == ["/topic/sel-island/", "/topic/weather/"]


@pytest.mark.parametrize("form", ["/", ".json", ".md"])
def test_the_old_name_of_a_merged_story_leads_to_the_new_one(client: Client, form: str) -> None:
    answer = client.get(f"/story/old-causeway{form}")
    assert (answer.status, answer.headers["Location"]) == (301, f"/story/{CAUSEWAY.id}{form}")


def test_json_and_markdown_are_the_stored_brief(client: Client) -> None:
    assert client.get(f"/story/{CAUSEWAY.id}.json").text == as_json(CAUSEWAY)
    assert client.get(f"/story/{CAUSEWAY.id}.md").text == as_markdown(CAUSEWAY)


def test_every_surface_gives_the_lines_of_the_one_stored_brief(client: Client) -> None:
    lines = [line.text for line in CAUSEWAY.lines]
    record = json.loads(client.get(f"/story/{CAUSEWAY.id}.json").body)
    assert [line["text"] for line in record["lines"]] == lines
    feed = etree.fromstring(client.get("/feed.xml").body)
    content = html.fromstring(feed.findtext("{*}entry/{*}content") or "").text_content()
    for path in ("/", f"/story/{CAUSEWAY.id}/", "/edition/2026-03-04/"):
        page = html.fromstring(client.get(path).body).text_content()
        assert [line for line in lines if line in page and line in content] == lines


def test_the_feed_holds_each_story_once_in_its_newest_form(client: Client) -> None:
    feed = etree.fromstring(client.get("/feed.xml").body)
    links = [link.get("href") for link in feed.findall("{*}entry/{*}link")]
    assert links == [f"http://localhost:8000/story/{brief.id}/" for brief in EDITION.briefs]


def test_topics_that_differ_in_case_alone_share_a_page() -> None:
    shelf = Shelf((Edition(DAY, (replace(CAUSEWAY, topics=("SEL island",)), replace(STRIKE, topics=("Sel Island",)))),))
    client = client_of(shelf)
    assert client.get("/topics/").text.count("/topic/sel-island/") == 1
    assert client.get("/topic/sel-island/").text.count("<article") == 2


@pytest.mark.parametrize("topic", ["Sel Island", "الطقس", "C++", "???", "a/b", "../x", "%2F"])
def test_every_topic_has_an_address(topic: str) -> None:
    client = client_of(Shelf((Edition(DAY, (replace(CAUSEWAY, topics=(topic,)),)),)))
    assert client.get(f"/topic/{topic_slug(topic)}/").status == 200


def test_a_stored_picture_is_served_as_it_is(client: Client) -> None:
    answer = client.get(f"/photo/{photo_key(PHOTO_URL)}")
    assert (answer.status, answer.body) == (200, PHOTO.body)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "application/pdf"])
def test_what_is_no_raster_picture_is_never_served(kind: str) -> None:
    client = client_of(Shelf((EDITION,), {PHOTO_URL: StoredPhoto(b"<svg onload=x>", kind, 9, 9)}))
    assert client.get(f"/photo/{photo_key(PHOTO_URL)}").status == 404
    assert not html.fromstring(client.get("/").body).xpath("//article//img")


def test_the_key_of_a_picture_is_read_back() -> None:
    for url in ("https://a.example/ä?b#c", "x", ""):
        assert photo_url(photo_key(url)) == url
    assert photo_url("a") is None


def test_a_story_without_a_stored_picture_says_whose_the_picture_is() -> None:
    page = html.fromstring(client_of(Shelf((EDITION,))).get("/").body)
    assert page.find_class("credit")[0].text == "Mara Lind/Harbour Ledger"


def test_the_manifest_makes_the_site_installable(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    manifest = json.loads(answer.body)
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).headers["Content-Type"] == icon["type"]


@pytest.mark.parametrize("path", ["/", "/editions/", "/topics/", "/feed.xml", "/about/"])
def test_an_empty_site_has_its_pages_too(path: str) -> None:
    assert client_of(Shelf()).get(path).status == 200


def test_an_empty_site_says_what_to_do() -> None:
    assert "nutgraf add" in client_of(Shelf()).get("/").text


@dataclass(frozen=True)
class BrokenShelf(Shelf):
    def latest_edition(self) -> Edition | None:
        raise OSError("the disk said <no>")

    def brief(self, story: str) -> Brief | None:
        raise OSError("the disk said <no>")


def test_a_failure_is_a_page_that_tells_no_secret_and_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="nutgraf.web"):
        answer = client_of(BrokenShelf()).get("/")
    assert answer.status == 500
    assert "could not be made" in answer.text
    assert "disk" not in answer.text
    assert "the disk said" in caplog.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_on_any_page(payload: str) -> None:
    briefs = (hostile_brief(payload), hostile_brief(payload, story="second"))
    client = client_of(Shelf((Edition(DAY, briefs),)), title=payload)
    for path in ("/", "/story/hostile/", f"/topic/{topic_slug(payload)}/", "/topics/"):
        answer = client.get(path)
        page = html.fromstring(answer.body)
        assert answer.status == 200
        live = "//script[not(@src) and not(@type='application/ld+json')] | //iframe | //svg"
        assert not page.xpath(f"{live} | //*[@onload or @onerror or @onmouseover]")
        assert all(src.startswith(("/static/", "/photo/")) for src in page.xpath("//img/@src"))
        assert all(href.startswith("/") for href in page.xpath("//article//a/@href"))


def test_the_first_page_is_light_with_its_style_and_script_and_forty_stories() -> None:
    many = tuple(replace(brief, id=f"{brief.id}-{number}") for number in range(10) for brief in EDITION.briefs[1:])
    client = client_of(Shelf((Edition(DAY, (CAUSEWAY, *many)),), {PHOTO_URL: PHOTO}))
    page = html.fromstring(client.get("/").body)
    files = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    sent = [client.get(path, accept_encoding="gzip").body for path in ("/", *files)]
    assert len(gzip.decompress(sent[0])) > 30_000
    assert len(files) == 3
    assert sum(len(body) for body in sent) < 60_000


def test_a_future_day_has_no_edition(client: Client) -> None:
    assert SHELF.edition(date(2030, 1, 1)) is None
    assert client.get("/edition/2030-01-01/").status == 404


def test_readers_are_told_how_many_sources_are_silent(client: Client) -> None:
    assert "4 of 60 sources silent today" in client.get("/about/").text


def test_the_page_of_sources_tells_each_state_apart_and_what_was_said(client: Client) -> None:
    page = html.fromstring(client.get("/sources/").body)
    states = [" ".join(heading.text_content().split()) for heading in page.xpath("//section/h2")]
    assert [state.split()[0] for state in states] == ["Gone", "Silent", "Healthy"]
    told = page.text_content()
    for words in ("4 of 60 sources silent today", "longer than usual", "moved: ledger.example", "never answered"):
        assert words in told


def test_the_list_of_editions_leads_to_those_of_slots_and_each_can_be_had_as_data() -> None:
    client = client_of(SHELF)
    assert f'href="/edition/{DAY}/17-00/"' in client.get("/editions/").text
    shown = client.get(f"/edition/{DAY}/17-00/")
    assert shown.status == 200
    assert "17:00</time></h1>" in shown.text
    assert json.loads(client.get(f"/edition/{DAY}/17-00.json").text)["slot"] == "17:00"
    assert client.get(f"/edition/{DAY}.md").text.startswith("# Wednesday, 4 March 2026")


@pytest.mark.parametrize("address", ["17-00", "06-30/", "25-00/", "17:00/", "1700/", "17-00.xml", "%D9%A1%D9%A7-00/"])
def test_a_slot_without_an_edition_is_not_found(address: str) -> None:
    answer = client_of(SHELF).get(f"/edition/{DAY}/{address}")
    assert answer.status in (301, 404)


def test_a_person_whom_one_line_names_in_full_and_one_by_the_last_name_is_one():
    assert whole_names(["Jo Harrow", None, "Harrow", "Engen", "The port"]) == ["Jo Harrow", "Engen", "The port"]
