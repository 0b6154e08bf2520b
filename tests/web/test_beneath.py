"""The site under a path of a host that has other sites too, behind a server that hands the path on or cuts it off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, BrowserContext

from nutgraf.publications.mail import Sender
from nutgraf.web import application, serve_in_background
from tests.samples import CAUSEWAY, DAY, SHELF
from tests.web.conftest import Client, settings_for
from tests.web.test_views import PAGES

ADDRESS = "https://example.org/news/"
FEEDS = [
    *(f"/feed.{form}" for form in ("xml", "rss", "json")),
    *(f"/topic/weather/feed.{form}" for form in ("xml", "rss", "json")),
    *(f"/search/feed.{form}?q=causeway" for form in ("xml", "rss", "json")),
    "/outlet/northwire/feed.xml",
    "/person/ilse-tammer/feed.xml",
]


@pytest.fixture(scope="module")
def site() -> Client:
    return Client(application(SHELF, settings_for(address=ADDRESS)))


@contextmanager
def proxied(address: str, *, cut: bool) -> Iterator[str]:
    """Stand before a site as a server does that has other sites too: what begins with /news/ is the site's."""
    place = address.removeprefix("http://")

    class Proxy(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            path = self.path
            if not path.startswith("/news/"):
                self.answer(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><title>Another site</title>")
                return
            connection = HTTPConnection(place, timeout=10)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection.request(self.command, path.removeprefix("/news") if cut else path, body, dict(self.headers))
            given = connection.getresponse()
            self.answer(given.status, dict(given.getheaders()), given.read())
            connection.close()

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("server", "date", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = pass_on  # noqa: N815  # the server's own names

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("before", ["/news", ""], ids=["handed on", "cut off"])
def test_every_address_on_every_page_stands_beneath_and_is_answered(site: Client, before: str) -> None:
    found: set[str] = set()
    for path in PAGES:
        answer = site.get(before + path)
        assert answer.status == 200, path
        page = html.fromstring(answer.body)
        found |= {one for one in page.xpath("//@href | //@src | //@action") if not one.startswith(("http", "#", "?"))}
        assert all(one.startswith("/news/") for one in page.xpath("//input[@name='back']/@value"))
    assert all(one.startswith("/news/") for one in found), found
    for one in sorted(found):
        assert site.get(one).status in (200, 302), one  # 302: what a form sends to


@pytest.mark.parametrize("path", PAGES)
def test_no_whole_address_names_the_path_twice_or_leaves_it_out(site: Client, path: str) -> None:
    text = site.get(f"/news{path}").text
    assert not re.search(r"https://example\.org/(?!news/)", text)
    assert "/news/news" not in text


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_name_themselves_and_their_stories_beneath(site: Client, path: str) -> None:
    text = site.get(f"/news{path}").text
    assert f"https://example.org/news{path}" in text.replace("&amp;", "&")
    assert f"https://example.org/news/story/{CAUSEWAY.id}/" in text
    assert not re.search(r"https://example\.org/(?!news/)", text)


def test_each_feed_has_a_name_and_an_address_of_its_own(site: Client) -> None:
    atoms = [etree.fromstring(site.get(f"/news{path}").body) for path in FEEDS if ".xml" in path]
    space = {"a": "http://www.w3.org/2005/Atom"}
    for what in ("string(a:id)", "string(a:link[@rel='self']/@href)"):
        assert len({atom.xpath(what, namespaces=space) for atom in atoms}) == len(atoms)


def test_two_sites_under_one_host_name_their_stories_apart(site: Client) -> None:
    other = Client(application(SHELF, settings_for(address="https://example.org/sport/")))
    names = [
        {item["id"] for item in json.loads(one.get(path).body)["items"]}
        for one, path in ((site, "/news/feed.json"), (other, "/sport/feed.json"))
    ]
    assert names[0]
    assert not names[0] & names[1]


@pytest.mark.parametrize(
    "path",
    ["/sitemap.xml", "/sitemap/news.xml", "/sitemap/pages.xml", "/sitemap/stories-0.xml", "/robots.txt",
     "/calendar.ics", "/api/v1/openapi.json", "/offline.json", "/manifest.webmanifest", "/api/nope"],
)  # fmt: skip
def test_files_name_addresses_beneath(site: Client, path: str) -> None:
    text = site.get(f"/news{path}").text
    assert "/news/" in text or path in ("/calendar.ics", "/sitemap/news.xml")  # nothing here is ahead, or of today
    assert "/news/news" not in text
    assert not re.search(r"https://example\.org/(?!news/)", text)


def test_the_list_of_what_is_kept_offline_is_answered(site: Client) -> None:
    kept = json.loads(site.get("/news/offline.json").body)
    for path in kept["pages"] + kept["pictures"]:
        assert path.startswith("/news/")
        assert site.get(path).status == 200


def test_links_of_mails_are_answered(site: Client) -> None:
    sender = Sender(title="The brief", address=ADDRESS)
    for link in (sender.link("story", CAUSEWAY.id), sender.link("edition", DAY.isoformat())):
        assert link.startswith(ADDRESS)
        assert site.get(link.removeprefix("https://example.org")).status == 200


def test_redirects_lead_beneath(site: Client) -> None:
    assert site.get("/news").headers["Location"] == "/news/"
    assert site.get("/news/story/old-causeway/").headers["Location"] == f"/news/story/{CAUSEWAY.id}/"
    assert (
        site.post("/news/choices/zone/", {"zone": "UTC", "back": "/news/about/"}).headers["Location"] == "/news/about/"
    )
    assert site.post("/news/choices/zone/", {"zone": "UTC"}).headers["Location"] == "/news/choices/"


def test_cookies_are_told_to_this_site_alone(site: Client) -> None:
    chosen = site.post("/news/choices/tongue/", {"tongue": "de"}).headers["Set-Cookie"]
    forgotten = site.post("/news/choices/nothing/", {}).headers["Set-Cookie"]
    assert "Path=/news/;" in chosen
    assert "Path=/news/;" in forgotten


def test_a_cookie_of_another_site_of_the_host_changes_nothing(site: Client) -> None:
    page = site.get("/news/", cookie="tongue=de; tongue=fr")  # browsers name the nearest path first (RFC 6265, 5.4)
    assert html.fromstring(page.body).get("lang") == "de"


def test_a_path_in_any_script_is_a_place(site: Client) -> None:
    other = Client(application(SHELF, settings_for(address="https://example.org/nachrichten-süd/")))
    page = other.get("/nachrichten-s%C3%BCd/about/")
    assert page.status == 200
    for link in html.fromstring(page.body).xpath("//link/@href | //a[starts-with(@href, '/')]/@href"):
        assert link.startswith("/nachrichten-s%C3%BCd/")
        assert other.get(link).status == 200


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context


@pytest.mark.parametrize("cut", [False, True], ids=["handed on", "cut off"])
def test_a_browser_can_install_it_and_reads_it_with_the_server_stopped(context: BrowserContext, cut: bool) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with ExitStack() as running:
        inner = running.enter_context(serve_in_background(SHELF, settings_for(address=ADDRESS)))
        host = running.enter_context(proxied(inner, cut=cut))
        page.goto(f"{host}/")
        page.evaluate("caches.open('another site')")  # what other sites of the host keep is theirs
        page.goto(f"{host}/news/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        assert page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)") == f"{host}/news/"
        devtools = context.new_cdp_session(page)
        errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [one["errorId"] for one in errors] == ["in-incognito"]  # which every browser of a test is
        described = devtools.send("Page.getAppManifest")
        assert described["errors"] == []
        assert devtools.send("Page.getAppId")["appId"] == f"{host}/news/"
        kept = "async () => (await (await caches.open('nutgraf /news/ pages')).keys()).length >= 4"
        for _ in range(300):
            if page.evaluate(kept):
                break
            page.wait_for_timeout(100)
        page.click("text=Deutsch")
        page.wait_for_load_state("load")
        assert page.locator("html").get_attribute("lang") == "de"
        page.goto(f"{host}/")
        assert page.title() == "Another site"
        assert page.evaluate("document.cookie") == ""
        assert page.evaluate("caches.has('another site')")
        running.close()
        page.goto(f"{host}/news/story/{CAUSEWAY.id}/")
        assert CAUSEWAY.headline.text in page.locator("h1").inner_text()
    assert all(one.startswith(f"{host}/news/") for one in asked if one not in (f"{host}/", f"{host}/favicon.ico"))
