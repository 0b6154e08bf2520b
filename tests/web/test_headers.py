"""Headers of every route, conditional requests, HEAD."""

import pytest

from nutgraf.web.addresses import photo_key
from nutgraf.web.assets import assets
from tests.samples import PHOTO_URL
from tests.web.conftest import Client
from tests.web.test_views import FILES, MISSING, PAGES

ASSETS = [asset.address for asset in assets().values()]
EVERYTHING = [*PAGES, *FILES, *ASSETS, f"/photo/{photo_key(PHOTO_URL)}", "/favicon.ico"]


@pytest.mark.parametrize("path", [*EVERYTHING, *MISSING])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy or "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", EVERYTHING)
def test_an_unchanged_answer_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path, accept_encoding="gzip")
    again = client.get(path, if_none_match=first.headers["ETag"], accept_encoding="gzip")
    assert (again.status, again.body) == (304, b"")


def test_a_story_not_modified_since_is_not_sent_again(client: Client) -> None:
    path = PAGES[3]
    modified = client.get(path).headers["Last-Modified"]
    assert modified == "Wed, 04 Mar 2026 15:30:00 GMT"
    assert client.get(path, if_modified_since=modified).status == 304
    assert client.get(path, if_modified_since="Wed, 04 Mar 2026 15:29:59 GMT").status == 200


@pytest.mark.parametrize("path", EVERYTHING)
def test_head_tells_what_get_would_send(client: Client, path: str) -> None:
    got, head = client.get(path), client.get(path, method="HEAD")
    assert (head.status, head.body) == (got.status, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.body))
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize("path", [*PAGES, *FILES])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_the_site(client: Client, path: str, method: str) -> None:
    assert client.get(path, method=method).status == 405


@pytest.mark.parametrize("path", ASSETS)
def test_own_files_are_kept_for_good_since_their_address_changes_with_them(client: Client, path: str) -> None:
    assert "immutable" in client.get(path).headers["Cache-Control"]


OWN = ("/new/", "/saved/", "/choices/")


@pytest.mark.parametrize("path", [*PAGES, "/feed.xml"])
def test_pages_are_asked_for_again_and_a_readers_own_are_nobody_elses(client: Client, path: str) -> None:
    kept_by = "private" if path.startswith(OWN) else "public"
    assert client.get(path).headers["Cache-Control"] == f"{kept_by}, no-cache"


def test_a_redirect_is_relative_to_the_site(client: Client) -> None:
    assert client.get("/story/old-causeway/", host="evil.example").headers["Location"].startswith("/story/")
