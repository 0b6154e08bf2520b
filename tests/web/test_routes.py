"""Every route has its row: what it answers, as what, under which policy, and how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.model import Edition
from nutgraf.ports import StoredPhoto
from nutgraf.publications.cards import card_version
from nutgraf.web import Ways, application
from nutgraf.web.addresses import photo_key
from nutgraf.web.assets import assets
from nutgraf.web.headers import ALWAYS, CHECK_FIRST, FOREVER, POLICY, POLICY_OF_FILES, POLICY_OF_WORKER
from tests.samples import CAUSEWAY, DAY, PHOTO, PHOTO_URL
from tests.store.examples import NOON
from tests.web.conftest import Client

HTML, JSON, ATOM, XML = "text/html", "application/json", "application/atom+xml", "application/xml"
STORY = f"story/{CAUSEWAY.id}"
CARD = f"{STORY}/card-{card_version(CAUSEWAY, 'The brief')}.png"

# route → (an address of it, status, content type, policy, how it is kept)
Row = tuple[str, int, str, str, str]
PAGE = (200, HTML, POLICY, CHECK_FIRST)
FEED = (200, ATOM, POLICY_OF_FILES, CHECK_FIRST)
DATA = (200, JSON, POLICY_OF_FILES, CHECK_FIRST)
MAP = (200, XML, POLICY_OF_FILES, CHECK_FIRST)
OWN = (HTML, POLICY, "no-store")
TABLE: dict[str, Row] = {
    "": ("", *PAGE),
    "editions/": ("editions/", *PAGE),
    "edition/<str:day>/": (f"edition/{DAY}/", *PAGE),
    "story/<str:name>.json": (f"{STORY}.json", *DATA),
    "story/<str:name>.md": (f"{STORY}.md", 200, "text/markdown", POLICY_OF_FILES, CHECK_FIRST),
    "story/<str:name>/": (f"{STORY}/", *PAGE),
    "story/<str:name>/card-<str:version>.png": (CARD, 200, "image/png", POLICY_OF_FILES, FOREVER),
    "topics/": ("topics/", *PAGE),
    "topic/<str:slug>/": ("topic/weather/", *PAGE),
    "topic/<str:slug>/feed.xml": ("topic/weather/feed.xml", *FEED),
    "outlet/<str:slug>/": ("outlet/northwire/", *PAGE),
    "outlet/<str:slug>/feed.xml": ("outlet/northwire/feed.xml", *FEED),
    "person/<str:slug>/": ("person/ilse-tammer/", *PAGE),
    "person/<str:slug>/feed.xml": ("person/ilse-tammer/feed.xml", *FEED),
    "search/": ("search/?q=causeway", *PAGE),
    "search/feed.xml": ("search/feed.xml?q=causeway", *FEED),
    "feed.xml": ("feed.xml", *FEED),
    r"^feed\.(?P<form>json|rss)$": ("feed.json", 200, "application/feed+json", POLICY_OF_FILES, CHECK_FIRST),
    r"^search/feed\.(?P<form>json|rss)$": (
        "search/feed.rss?q=causeway", 200, "application/rss+xml", POLICY_OF_FILES, CHECK_FIRST,
    ),
    r"^(?P<route>topic|outlet|person)/(?P<slug>[^/]+)/feed\.(?P<form>json|rss)$": (
        "topic/weather/feed.rss", 200, "application/rss+xml", POLICY_OF_FILES, CHECK_FIRST,
    ),
    "photo/<str:key>": (f"photo/{photo_key(PHOTO_URL)}", 200, PHOTO.content_type, POLICY_OF_FILES, FOREVER),
    "feeds.opml": ("feeds.opml", 200, "text/x-opml", POLICY_OF_FILES, CHECK_FIRST),
    "follow/": ("follow/", *PAGE),
    "sources/": ("sources/", *PAGE),
    "edition/<str:day>.json": (f"edition/{DAY}.json", *DATA),
    "edition/<str:day>.md": (f"edition/{DAY}.md", 200, "text/markdown", POLICY_OF_FILES, CHECK_FIRST),
    "edition/<str:day>/<str:slot>/": (f"edition/{DAY}/17-00/", *PAGE),
    "edition/<str:day>/<str:slot>.json": (f"edition/{DAY}/17-00.json", *DATA),
    "edition/<str:day>/<str:slot>.md": (f"edition/{DAY}/17-00.md", 200, "text/markdown", POLICY_OF_FILES, CHECK_FIRST),
    "about/": ("about/", *PAGE),
    "new/": ("new/", 200, HTML, POLICY, "private, no-cache"),
    "saved/": ("saved/", 200, HTML, POLICY, "private, no-cache"),
    "choices/": ("choices/", 200, HTML, POLICY, "private, no-cache"),
    "choices/<str:what>/": ("choices/saved/", 302, HTML, POLICY, "private, no-cache"),
    "corrections/": ("corrections/", *PAGE),
    "mail/": ("mail/", 200, *OWN),
    "mail/yes/<str:token>/": ("mail/yes/nobody/", 404, *OWN),
    "mail/off/<str:token>/": ("mail/off/nobody/", 200, *OWN),
    "push/key": ("push/key", *DATA),
    "push/follow": ("push/follow", 405, HTML, POLICY, "no-store"),
    "push/unfollow": ("push/unfollow", 405, HTML, POLICY, "no-store"),
    "manifest.webmanifest": (
        "manifest.webmanifest", 200, "application/manifest+json", POLICY_OF_FILES, CHECK_FIRST,
    ),
    "worker.js": ("worker.js", 200, "text/javascript", POLICY_OF_WORKER, CHECK_FIRST),
    "offline.json": ("offline.json", *DATA),
    "offline/": ("offline/", *PAGE),
    "api/v1/openapi.json": ("api/v1/openapi.json", *DATA),
    "api/v1/editions": ("api/v1/editions", *DATA),
    "api/v1/editions/<day>": ("api/v1/editions/latest", *DATA),
    "api/v1/stories": ("api/v1/stories", *DATA),
    "api/v1/changes": ("api/v1/changes", *DATA),
    "api/v1/stories/<name>": (f"api/v1/stories/{CAUSEWAY.id}", *DATA),
    "api/v1/topics": ("api/v1/topics", *DATA),
    "api/v1/topics/<slug>": ("api/v1/topics/weather", *DATA),
    "api/v1/outlets/<slug>": ("api/v1/outlets/northwire", *DATA),
    "api/v1/persons/<slug>": ("api/v1/persons/ilse-tammer", *DATA),
    "api/v1/": ("api/v1/", 404, HTML, POLICY, "no-store"),
    "api/<path:rest>": ("api/nope", 404, JSON, POLICY_OF_FILES, "no-store"),
    "api/": ("api/", 404, JSON, POLICY_OF_FILES, "no-store"),
    "calendar.ics": ("calendar.ics", 200, "text/calendar", POLICY_OF_FILES, CHECK_FIRST),
    "sitemap.xml": ("sitemap.xml", *MAP),
    "sitemap/news.xml": ("sitemap/news.xml", *MAP),
    "sitemap/pages.xml": ("sitemap/pages.xml", *MAP),
    "sitemap/stories-<int:number>.xml": ("sitemap/stories-0.xml", *MAP),
    "robots.txt": ("robots.txt", 200, "text/plain", POLICY_OF_FILES, CHECK_FIRST),
    "favicon.ico": ("favicon.ico", 200, "image/png", POLICY_OF_FILES, CHECK_FIRST),
    "static/<str:file>": (assets()["style.css"].address[1:], 200, "text/css", POLICY_OF_FILES, FOREVER),
}  # fmt: skip


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from routes(pattern, here)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={"NUTGRAF_MAIL_SERVER": "smtp://127.0.0.1:1"}) as desk:
        desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
        desk.store.save_edition(DAY, [1], made=NOON)
        desk.store.save_slot(Edition(DAY, (), slot="17:00", zone="UTC"), [1], moment=NOON, made=NOON, last=1)
        desk.store.save_photo(PHOTO_URL, StoredPhoto(PHOTO.body, PHOTO.content_type, PHOTO.width, PHOTO.height))
        yield desk


def test_every_route_answers_as_its_row_says(desk: Desk) -> None:
    store = desk.store
    ways = Ways(subscribers=store, post=desk.post, tokens=store, followers=store, pusher=desk.pusher)
    site = Client(application(store, desk.settings, ways))
    given = set(routes(get_resolver()))
    assert set(TABLE) == given, "every route has a row, and every row a route"
    for path, status, kind, policy, kept in TABLE.values():
        answer = site.get(f"/{path}")
        assert answer.status == status, path
        assert answer.headers["Content-Type"].partition(";")[0] == kind, path
        assert answer.headers["Content-Security-Policy"] == policy, path
        assert answer.headers["Cache-Control"] == kept, path
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS, path
        assert "Set-Cookie" not in answer.headers, path


def test_no_policy_lets_inline_code_or_another_host_in() -> None:
    for policy in (POLICY, POLICY_OF_FILES, POLICY_OF_WORKER):
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "http" not in policy
        assert "data:" not in policy
