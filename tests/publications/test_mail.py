"""An edition as a letter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import html5lib
import pytest
from lxml import html

from nutgraf.model import Edition
from nutgraf.net.post import mime_of
from nutgraf.ports import Letter
from nutgraf.publications.mail import Sender, confirming_letter, edition_letter
from nutgraf.publications.tongue import TONGUES, tongue
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import ARABIC, CAUSEWAY, DAY, EDITION, line

SENDER = Sender(title="The brief", address="https://briefs.example", mail_from="brief@briefs.example")
NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
LONG = "Übersicht: Schleuse am Nordhafen bleibt bis Montag zu – Fischer fordern Ersatz, drei Boote fahren später aus"


def letter_of(*briefs: object, sender: Sender = SENDER, token: str = "t0ken") -> Letter:
    return edition_letter(Edition(DAY, tuple(briefs)), to="ada@reader.example", token=token, sender=sender, now=NOW)  # type: ignore[arg-type]  # as given


def sent(letter: Letter) -> EmailMessage:
    """The letter as it comes out of a mail program."""
    parsed = message_from_bytes(mime_of(letter).as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_letter_is_text_then_html_of_the_same_briefs_in_the_same_order() -> None:
    mail = sent(letter_of(*EDITION.briefs))
    assert mail.get_content_type() == "multipart/alternative"
    assert [one.get_content_type() for one in mail.iter_parts()] == ["text/plain", "text/html"]
    page = html.fromstring(part(mail, "html"))
    assert [heading.text_content() for heading in page.iter("h2")] == [b.headline.text for b in EDITION.briefs]
    words = " ".join(part(mail, "plain").split())
    at = [words.casefold().index(" ".join(b.lines[0].text.split()).casefold()) for b in EDITION.briefs]
    assert at == sorted(at)


def test_every_line_names_its_outlet_and_leads_to_its_passage_in_both_forms() -> None:
    mail = sent(letter_of(CAUSEWAY))
    links = html.fromstring(part(mail, "html")).xpath("//a/@href")
    text = part(mail, "plain")
    for link in [link for link in links if "#:~:text=" in link]:
        assert link in text
    assert sum("#:~:text=" in link for link in links) >= sum(len(one.citations) for one in CAUSEWAY.lines)


def test_a_letter_has_the_headers_of_a_list_and_ends_with_one_press() -> None:
    mail = sent(letter_of(CAUSEWAY))
    assert mail["List-Unsubscribe"] == "<https://briefs.example/mail/off/t0ken/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<edition.briefs.example>"
    assert mail["Date"].datetime == NOW
    assert mail["From"].addresses[0].addr_spec == "brief@briefs.example"
    assert "https://briefs.example/mail/off/t0ken/" in part(mail, "plain")


def test_the_name_of_a_letter_is_that_of_the_edition_and_the_subscriber_and_tells_nobody_the_token() -> None:
    one, again, other = letter_of(CAUSEWAY), letter_of(*EDITION.briefs), letter_of(CAUSEWAY, token="0ther")
    names = [dict(letter.headers)["Message-ID"] for letter in (one, again, other)]
    assert names[0] == names[1] != names[2]
    assert "t0ken" not in names[0]


def test_a_long_subject_in_any_script_comes_out_as_it_went_in() -> None:
    mail = sent(letter_of(replace(CAUSEWAY, headline=line(LONG, CAUSEWAY.headline.citations[0]))))
    assert mail["Subject"] == f"{LONG} – The brief, 4 March 2026"
    assert all(len(row) <= 78 for row in mail.as_bytes().split(b"\n\n")[0].splitlines() if row.startswith(b"Subject"))


@pytest.mark.parametrize("text", [*PAYLOADS, "Harbour\nNotes", "Brief\r\nBcc: x@victim.example"])
def test_no_text_adds_a_header_or_runs(text: str) -> None:
    hostile = replace(SENDER, title=text)
    for letter in (
        letter_of(hostile_brief(text), sender=hostile),
        confirming_letter(to="ada@reader.example", token="t", sender=hostile, now=NOW),
    ):
        mail = sent(letter)
        assert set(mail.keys()) <= {
            "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
            "Precedence", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
        }  # fmt: skip
        assert [one.addr_spec for one in mail["From"].addresses] == ["brief@briefs.example"]
        assert not mail.defects
        page = html.fromstring(part(mail, "html"))
        tags = {str(element.tag) for element in page.iter() if isinstance(element.tag, str)}
        assert not tags & {"script", "img", "svg", "iframe", "form", "object", "link", "base"}
        assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]
        assert all(link.startswith("http") for link in page.xpath("//a/@href"))


@pytest.mark.parametrize("brief", [*EDITION.briefs, *(hostile_brief(text) for text in PAYLOADS)])
def test_the_html_of_a_letter_is_well_formed_and_loads_nothing(brief: object) -> None:
    letter = letter_of(brief)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(letter.html)
    assert [error for _, error, _ in parser.errors if error != "invalid-codepoint"] == []
    assert "url(" not in letter.html
    assert " src=" not in letter.html.replace("&lt;img src=", "")


def visible(letter: Letter) -> str:
    """Return what both forms of a letter show, less what stands in a brief, a name or an address."""
    page = html.fromstring(letter.html)
    for one in page.xpath("//style | //bdi | //h2 | //*[@dir='auto'] | //title | //*[@aria-hidden]"):
        one.drop_tree()
    return f"{page.text_content()} {letter.subject.rpartition('–')[2]}"


@pytest.mark.parametrize("language", TONGUES)
def test_letters_speak_the_readers_language_and_briefs_their_own(language: str) -> None:
    spoken = tongue(language)
    for letter in (
        edition_letter(
            Edition(DAY, (CAUSEWAY, ARABIC)), to="a@b.example", token="t", sender=SENDER, now=NOW, tongue=spoken
        ),
        confirming_letter(to="a@b.example", token="t", sender=SENDER, now=NOW, tongue=spoken),
    ):
        page = html.fromstring(letter.html)
        assert page.get("lang") == language
        assert page.get("dir") == (spoken.direction if spoken.direction == "rtl" else None)
        parser = html5lib.HTMLParser()
        parser.parse(letter.html)
        assert parser.errors == []
        if language == "ar":
            assert not re.search("[A-Za-z]{3}", visible(letter).replace("The brief", "")), visible(letter)
    marked = {one.get("lang") for one in page.xpath("//h2")}
    assert language not in marked


def test_a_letter_says_how_it_looks_in_the_dark() -> None:
    assert "prefers-color-scheme: dark" in letter_of(CAUSEWAY).html
