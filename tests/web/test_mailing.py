"""Asking for the edition by mail, confirming, and ending it, over a real store and a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from lxml import html

from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.web import Ways, application
from tests.postman import Mailroom, mailroom
from tests.samples import CAUSEWAY, DAY
from tests.store.examples import NOON
from tests.web.conftest import Client


@pytest.fixture
def room() -> Iterator[Mailroom]:
    with mailroom() as room:
        yield room


@pytest.fixture
def desk(tmp_path: Path, room: Mailroom) -> Iterator[Desk]:
    init_desk(tmp_path)
    environment = {"NUTGRAF_MAIL_SERVER": room.address, "NUTGRAF_ADDRESS": "https://briefs.example"}
    with open_desk(tmp_path, environment=environment) as desk:
        yield desk


@pytest.fixture
def site(desk: Desk) -> Client:
    return Client(application(desk.store, desk.settings, Ways(subscribers=desk.store, post=desk.post)))


def ask(site: Client, address: str = "ada@reader.example", **headers: str) -> int:
    return site.post("/mail/", {"address": address}, **headers).status


def link_in(room: Mailroom) -> str:
    body = room.letters[-1].get_body(("plain",))
    assert body is not None
    found = re.search(r"https://briefs\.example(/mail/yes/\S+)", body.get_content())
    assert found
    return found[1]


def test_an_address_is_subscribed_once_its_owner_pressed_the_button(site: Client, room: Mailroom, desk: Desk) -> None:
    assert ask(site) == 200
    assert room.recipients == ["ada@reader.example"]
    link = link_in(room)
    page = html.fromstring(site.get(link).body)
    assert desk.store.subscribers() == 0  # a program that opens links has confirmed nothing
    assert page.xpath("//main//form/@action") == [link]
    assert site.post(link, {}).status == 200
    assert desk.store.subscribers() == 1


def test_pages_and_letter_speak_the_readers_language(site: Client, room: Mailroom, desk: Desk) -> None:
    assert "Die Ausgabe per Mail" in site.get("/mail/", accept_language="de").text
    assert ask(site, accept_language="de") == 200
    assert room.letters[-1]["Subject"] == "Bitte bestätigen: The brief per Mail"
    link = link_in(room)
    for path in (link, link.replace("/yes/", "/off/"), "/mail/yes/nobody/", "/mail/off/nobody/"):
        assert html.fromstring(site.get(path, accept_language="de").body).get("lang") == "de"
    site.post(link, {}, accept_language="de")
    mailing = desk.store.claim_mailing(DAY, now=NOON)
    assert mailing
    assert mailing.language == "de"


def test_a_mail_program_ends_the_mails_with_one_request(site: Client, room: Mailroom, desk: Desk) -> None:
    ask(site)
    site.post(link_in(room), {})
    off = link_in(room).replace("/yes/", "/off/")
    assert site.get(off).status == 200
    assert desk.store.subscribers() == 1
    assert site.post(off, {"List-Unsubscribe": "One-Click"}).status == 200
    assert desk.store.subscribers() == 0
    assert site.post(off, {"List-Unsubscribe": "One-Click"}).status == 200


def test_the_answer_tells_nobody_whether_an_address_is_subscribed(site: Client, room: Mailroom) -> None:
    first = site.post("/mail/", {"address": "ada@reader.example"}).body
    site.post(link_in(room), {})
    assert site.post("/mail/", {"address": "ada@reader.example"}).body == first
    assert len(room.letters) == 1


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "a@b@c.example", "ada@reader.example\r\nBcc: x@victim.example", f"{'a' * 250}@reader.example",
     "ada@reader.example, bo@reader.example", "<script>@x.example"],
)  # fmt: skip
def test_what_is_no_address_is_told_and_gets_no_letter(site: Client, room: Mailroom, address: str) -> None:
    assert ask(site, address) == 422
    assert room.letters == []


def test_another_site_cannot_send_the_form(site: Client, room: Mailroom) -> None:
    assert ask(site, sec_fetch_site="cross-site") == 403
    assert room.letters == []


def test_a_letter_that_cannot_be_sent_is_told_and_can_be_asked_for_at_once(site: Client, room: Mailroom) -> None:
    room.refuse = lambda address: "451 later"
    assert ask(site) == 503
    room.refuse = lambda address: ""
    assert ask(site) == 200
    assert len(room.letters) == 1


def test_a_link_that_has_run_out_says_so(site: Client) -> None:
    assert site.get("/mail/yes/nobody/").status == 404
    assert "Ask for a new one" in site.get("/mail/yes/nobody/").text


def test_a_site_without_a_mail_server_has_no_such_page(client: Client) -> None:
    assert client.get("/mail/").status == 404


def test_the_pages_are_well_formed_and_kept_by_nobody(site: Client, room: Mailroom) -> None:
    ask(site)
    token = link_in(room).split("/")[-2]
    for path in ("/mail/", f"/mail/yes/{token}/", f"/mail/off/{token}/", "/mail/off/nobody/"):
        answer = site.get(path)
        parser = html5lib.HTMLParser()
        parser.parse(answer.text)
        assert parser.errors == []
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_of_ways_to_follow_names_the_mail_only_where_the_site_mails(site: Client, client: Client) -> None:
    assert html.fromstring(site.get("/follow/").body).xpath("//main//a[@href='/mail/']")
    assert not html.fromstring(client.get("/follow/").body).xpath("//a[@href='/mail/']")


def test_a_story_leads_to_the_form_where_the_site_mails(site: Client, desk: Desk, client: Client) -> None:
    desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
    path = f"/story/{CAUSEWAY.id}/"
    assert html.fromstring(site.get(path).body).xpath("//a[@href='/mail/']")
    assert not html.fromstring(client.get(path).body).xpath("//a[@href='/mail/']")
