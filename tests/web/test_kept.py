"""Answers kept while nothing changes: none of them is ever an old one."""

import threading
from dataclasses import dataclass, field

from nutgraf.errors import StoreError
from nutgraf.web.kept import SECONDS, Kept
from tests.web.conftest import Client


@dataclass
class Store:
    told: str = "1"

    def revision(self):
        return self.told


@dataclass
class Pages:
    """An application that counts what it makes."""

    made: list = field(default_factory=list)
    status: str = "200 OK"
    headers: tuple = ()
    during: object = None

    def __call__(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        if self.during:
            self.during()
        body = f"page {len(self.made)}".encode()
        tag = ("ETag", f'W/"{len(self.made)}"')
        start_response(self.status, [("Content-Length", str(len(body))), tag, *self.headers])
        return [body]


def kept(pages, store=None, **options):
    return Client(Kept(pages, store or Store(), **options))


def test_a_page_is_made_once_while_nothing_changes():
    pages = Pages()
    client = kept(pages)
    assert [client.get("/").text for _ in range(3)] == ["page 1"] * 3


def test_a_page_is_made_anew_once_something_is_stored():
    pages, store = Pages(), Store()
    client = kept(pages, store)
    client.get("/")
    store.told = "2"
    assert client.get("/").text == "page 2"


def test_what_was_being_made_while_something_was_stored_is_not_kept():
    store = Store()
    pages = Pages()
    client = kept(pages, store)

    def another_reader_comes_after_a_poll():
        pages.during = None
        store.told = "2"
        client.get("/other")

    pages.during = another_reader_comes_after_a_poll
    client.get("/")
    assert client.get("/").text == "page 3"


def test_addresses_questions_encodings_cookies_and_devices_are_kept_apart():
    pages = Pages()
    client = kept(pages)
    client.get("/")
    client.get("/?q=pier")
    client.get("/", accept_encoding="gzip")
    client.get("/", user_agent="iPhone")
    client.get("/", cookie="muted=sport")
    client.get("/", accept_language="fr")
    assert len(pages.made) == 6


def test_errors_and_answers_that_set_a_cookie_are_not_kept():
    for pages in (Pages(status="404 Not Found"), Pages(headers=(("Set-Cookie", "a=b"),))):
        client = kept(pages)
        client.get("/")
        client.get("/")
        assert len(pages.made) == 2


def test_what_comes_with_authorisation_or_is_sent_is_never_answered_from_what_is_kept():
    pages = Pages()
    client = kept(pages)
    client.get("/")
    client.get("/", authorization="Bearer x")
    client.get("/", method="POST")
    assert len(pages.made) == 3


def test_one_who_has_the_page_is_told_so_even_when_it_had_to_be_made():
    client = kept(Pages())
    first = client.get("/", if_none_match='W/"1"')
    again = client.get("/", if_none_match='"0", "1"')
    assert (first.status, first.body, again.status) == (304, b"", 304)
    assert client.get("/", if_none_match='"0"').status == 200


def test_a_question_for_the_heading_alone_has_no_body():
    client = kept(Pages())
    client.get("/")
    answer = client.get("/", method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "6")


def test_nothing_is_kept_for_longer_than_a_minute():
    now = [0.0]
    pages = Pages()
    client = kept(pages, clock=lambda: now[0])
    client.get("/")
    now[0] = SECONDS + 1
    assert client.get("/").text == "page 2"


def test_a_store_that_fails_leaves_the_answer_to_the_pages():
    class Broken:
        def revision(self):
            raise StoreError("briefs.db", "is gone", "Restore it")

    assert kept(Pages(), Broken()).get("/").text == "page 1"


def test_what_is_kept_has_a_bound(monkeypatch):
    monkeypatch.setattr("nutgraf.web.kept.MOST_BYTES", 20)
    pages = Pages()
    client = kept(pages)
    for number in range(10):
        client.get(f"/{number}")
    client.get("/9")
    client.get("/0")
    assert len(pages.made) == 11


def test_many_readers_at_once_are_given_whole_pages():
    pages = Pages()
    client = kept(pages)
    got = []
    readers = [threading.Thread(target=lambda: got.extend(client.get("/").text for _ in range(50))) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(got) == 400
    assert all(text.startswith("page ") for text in got)
