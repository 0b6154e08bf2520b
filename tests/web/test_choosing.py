"""What readers keep for themselves: by forms alone, in their own browser, and for nobody else."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from nutgraf.web.reader import COOKIES, LARGEST, MOST, Reader, pack
from tests.samples import CAUSEWAY, LIBRARY, SHELF, STRIKE
from tests.web.conftest import Answer, Client, client_of


class Browser:
    """Sends forms and keeps cookies, as a browser without script does."""

    def __init__(self, **settings: str) -> None:
        self.client = client_of(SHELF, **settings)
        self.cookies: dict[str, str] = {}
        self.attributes: dict[str, set[str]] = {}

    def get(self, path: str) -> Answer:
        return self.client.get(path, cookie="; ".join(f"{name}={value}" for name, value in self.cookies.items()))

    def send(self, path: str, fetch_site: str | None = "same-origin", **fields: str) -> Answer:
        body = urlencode(fields).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        if fetch_site:
            environ["HTTP_SEC_FETCH_SITE"] = fetch_site
        got: list[Any] = []
        parts = self.client.app(environ, lambda status, heads, exc=None: got.extend([status, heads]))
        answer = Answer(int(got[0].split()[0]), dict(got[1]), b"".join(parts))
        for name, value in got[1]:
            if name.lower() == "set-cookie":
                self._keep(value)
        return answer

    def _keep(self, header: str) -> None:
        first, *attributes = [part.strip() for part in header.split(";")]
        name, _, value = first.partition("=")
        self.attributes[name] = {attribute.partition("=")[0].lower() for attribute in attributes}
        if "max-age=0" in header.lower() or not value.strip('"'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


@pytest.fixture
def reader() -> Browser:
    return Browser()


def texts(answer: Answer) -> str:
    return " ".join(html.fromstring(answer.body).text_content().split())


def test_no_page_sets_a_cookie_before_a_reader_chooses() -> None:
    for path in ("/", "/about/", "/new/", "/saved/", "/choices/", f"/story/{CAUSEWAY.id}/"):
        assert "Set-Cookie" not in client_of(SHELF).get(path).headers


def test_a_saved_story_is_listed_until_it_is_taken_off(reader: Browser) -> None:
    answer = reader.send("/choices/saved/", save=STRIKE.id, back=f"/story/{STRIKE.id}/")
    assert (answer.status, answer.headers["Location"]) == (303, f"/story/{STRIKE.id}/")
    assert STRIKE.headline.text in texts(reader.get("/saved/"))
    assert "Saved. Take it off the list" in texts(reader.get(f"/story/{STRIKE.id}/"))
    reader.send("/choices/saved/", forget=STRIKE.id)
    assert "Nothing is saved" in texts(reader.get("/saved/"))
    assert reader.cookies == {}


def test_a_saved_story_that_was_merged_is_still_there(reader: Browser) -> None:
    reader.send("/choices/saved/", save="old-causeway")
    assert CAUSEWAY.headline.text in texts(reader.get("/saved/"))


def test_a_story_that_does_not_exist_cannot_be_saved(reader: Browser) -> None:
    answer = reader.send("/choices/saved/", save="nope")
    assert answer.status == 400
    assert "no such story" in texts(answer)


def test_a_muted_outlet_leaves_brief_and_lists_and_the_page_says_so(reader: Browser) -> None:
    reader.send("/choices/muted/", kind="outlet", mute="The City Post")
    edition = texts(reader.get("/"))
    assert STRIKE.headline.text not in edition
    assert "1 story is left out by what you muted" in edition
    story = reader.get(f"/story/{CAUSEWAY.id}/")
    assert "What you muted is left out of this brief" in texts(story)
    assert "The City Post" not in html.fromstring(story.body).find_class("brief")[0].text_content()
    assert "The City Post" in texts(reader.get(f"/story/{CAUSEWAY.id}/?all"))


def test_a_wholly_muted_edition_has_a_page_that_leads_on(reader: Browser) -> None:
    for outlet in ("The City Post", "Harbour Ledger", "Northwire", "Evening Courier", "Radio North", "صدى الساحل"):
        reader.send("/choices/muted/", kind="outlet", mute=outlet)
    page = reader.get("/")
    assert page.status == 200
    assert "You muted all of it" in texts(page)


def test_a_muted_word_and_topic_leave_lists_and_are_unmuted_again(reader: Browser) -> None:
    reader.send("/choices/muted/", kind="word", mute="tram")
    reader.send("/choices/muted/", kind="topic", mute="Space")
    assert "2 stories are left out" in texts(reader.get("/"))
    page = html.fromstring(reader.get("/choices/").body)
    assert [one.text for one in page.xpath("//li//bdi")] == ["tram", "Space"]
    reader.send("/choices/muted/", kind="word", unmute="tram")
    reader.send("/choices/muted/", kind="topic", unmute="Space")
    assert "left out" not in texts(reader.get("/"))


def test_what_is_new_is_told_since_the_readers_mark_or_the_addresses(reader: Browser) -> None:
    since_ten = texts(reader.get("/new/?since=2026-03-04T10:00:00Z"))
    assert STRIKE.headline.text in since_ten
    assert LIBRARY.headline.text not in since_ten
    reader.send("/choices/seen/", seen="2026-03-04T23:00:00Z")
    assert "You have read it all" in texts(reader.get("/new/"))


@pytest.mark.parametrize(
    "since", ["yesterday", "0001-01-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "\x00"]
)
def test_a_moment_that_is_none_or_out_of_reach_breaks_nothing(reader: Browser, since: str) -> None:
    assert reader.get("/new/?" + urlencode({"since": since})).status == 200


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/choices/tongue/", {"tongue": "tlh"}, 400),
        ("/choices/zone/", {"zone": "Mars/Olympus"}, 400),
        ("/choices/zone/", {"zone": "../../etc/passwd"}, 400),
        ("/choices/muted/", {"kind": "planet", "mute": "x"}, 400),
        ("/choices/muted/", {"kind": "word"}, 400),
        ("/choices/seen/", {"seen": "soon"}, 400),
        ("/choices/nonsense/", {}, 404),
    ],
)
def test_a_choice_that_is_none_is_answered_with_a_page_that_says_so(
    reader: Browser, path: str, fields: dict[str, str], status: int
) -> None:
    answer = reader.send(path, **fields)
    assert answer.status == status
    assert "could not be taken" in texts(answer)
    assert reader.cookies == {}


def test_no_other_site_can_choose_for_a_reader(reader: Browser) -> None:
    answer = reader.send("/choices/muted/", fetch_site="cross-site", kind="outlet", mute="The City Post")
    assert answer.status == 403
    assert reader.cookies == {}
    assert "Set-Cookie" not in reader.get("/choices/nothing/").headers


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/a\r\nX: 1"]
)
def test_a_choice_never_leads_to_another_site(reader: Browser, back: str) -> None:
    location = reader.send("/choices/tongue/", tongue="de", back=back).headers["Location"]
    assert location.startswith("/")
    assert "evil" not in location
    assert "\n" not in location


def test_cookies_are_for_the_server_alone_and_for_secure_addresses_only_where_the_site_has_one() -> None:
    for address, is_secure in (("http://localhost:8000", False), ("https://news.example", True)):
        reader = Browser(address=address)
        reader.send("/choices/tongue/", tongue="de")
        assert {"httponly", "samesite"} <= reader.attributes["tongue"]
        assert ("secure" in reader.attributes["tongue"]) is is_secure


def test_everything_can_be_forgotten(reader: Browser) -> None:
    reader.send("/choices/tongue/", tongue="de")
    reader.send("/choices/saved/", save=STRIKE.id)
    reader.send("/choices/nothing/")
    assert reader.cookies == {}


def test_more_than_a_browser_keeps_is_refused_in_words(reader: Browser) -> None:
    statuses = [reader.send("/choices/muted/", kind="word", mute="ü" * 70 + str(n)).status for n in range(MOST)]
    assert 400 in statuses
    assert len(reader.cookies["muted"]) <= LARGEST


@given(st.dictionaries(st.sampled_from(COOKIES), st.text(max_size=200)))
def test_any_cookie_is_a_choice_or_none(cookies: dict[str, str]) -> None:
    reader = Reader(cookies, "", "en")
    assert reader.tongue.language in ("en", "de", "fr", "es", "ar")
    assert len(reader.saved) <= MOST
    assert reader.muted is not None
    _ = reader.zone, reader.seen


@given(
    st.recursive(
        st.none() | st.text(max_size=9) | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.text(max_size=9), x),
        max_leaves=9,
    )
)
def test_any_packed_value_is_a_choice_or_none(value: object) -> None:
    reader = Reader({"muted": pack(value), "saved": pack(value)}, "", "en")
    assert all(isinstance(name, str) for name in (*reader.saved, *reader.muted.words))


def test_a_story_shows_the_corrections_of_its_reports_unless_their_outlet_is_muted(reader: Browser) -> None:
    path = f"/story/{CAUSEWAY.id}/"
    assert "the wrong hour of the reading" in texts(reader.get(path))
    assert "the wrong hour of the reading" not in texts(reader.get(f"/story/{STRIKE.id}/"))
    reader.send("/choices/muted/", kind="outlet", mute="Radio North")
    assert "the wrong hour of the reading" not in texts(reader.get(path))


def test_the_page_of_corrections_shows_what_outlets_say_of_their_own_reports(client: Client) -> None:
    told = texts(client.get("/corrections/"))
    assert "wrong hour of the reading" in told
    assert CAUSEWAY.headline.text in told
