"""The edition by mail, over a real mail server: once to each subscriber, whatever ends or fails in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import PostError
from nutgraf.ports import Letter
from nutgraf.publications.mail import Sender, confirming_letter
from nutgraf.store.mailing import LEASE
from tests.hostile import PAYLOADS, hostile_brief
from tests.newsroom import Clock, Outlets, PlainLanguage
from tests.postman import Mailroom, mailroom
from tests.samples import CAUSEWAY, DAY, STRIKE

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from nutgraf import run
from nutgraf.desk import open_desk
from nutgraf.store.database import Store
from nutgraf.net.post import SmtpPost

die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before":
    SmtpPost.send = die
else:
    Store.end_mailing = die
moment = datetime.fromisoformat(sys.argv[3])
with open_desk(Path(sys.argv[1]), clock=lambda: moment) as desk:
    run.mail_due(desk)
"""


@pytest.fixture
def room() -> Iterator[Mailroom]:
    with mailroom() as room:
        yield room


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = EVENING
    return clock


def environment_of(room: Mailroom) -> dict[str, str]:
    return {"NUTGRAF_MAIL_SERVER": room.address, "NUTGRAF_ADDRESS": "https://briefs.example"}


@pytest.fixture
def desk(tmp_path: Path, room: Mailroom, clock: Clock) -> Iterator[Desk]:
    init_desk(tmp_path)
    environment = environment_of(room)
    with open_desk(tmp_path, environment=environment, clock=clock, fetcher=Outlets(), language=PlainLanguage()) as desk:
        for number, brief in enumerate((CAUSEWAY, STRIKE)):
            desk.store.save_brief(brief, composed=EVENING - timedelta(hours=1), composed_from=str(number))
        stored = [one.number for one in desk.store.briefs()]
        desk.store.save_edition(DAY, stored, made=EVENING - timedelta(hours=1))
        yield desk


def subscribe(desk: Desk, *names: str) -> None:
    for name in names:
        token = desk.store.ask_to_subscribe(f"{name}@reader.example", now=EVENING)
        assert token
        desk.store.confirm(token, now=EVENING)


def test_every_subscriber_gets_the_edition_once(desk: Desk, room: Mailroom) -> None:
    subscribe(desk, "ada", "bo")
    assert run.mail_due(desk).sent == 2
    assert run.mail_due(desk).sent == 0
    assert sorted(room.recipients) == ["ada@reader.example", "bo@reader.example"]
    assert len({letter["Message-ID"] for letter in room.letters}) == 2
    assert [len(letter["To"].addresses) for letter in room.letters] == [1, 1]


def test_the_edition_speaks_the_language_in_which_it_was_asked_for(desk: Desk, room: Mailroom) -> None:
    for name, language in (("ada", "de"), ("bo", "ar"), ("cy", "")):
        token = desk.store.ask_to_subscribe(f"{name}@reader.example", now=EVENING, language=language)
        assert token
        desk.store.confirm(token, now=EVENING)
    run.mail_due(desk)
    subjects = dict(zip(room.recipients, (letter["Subject"] for letter in room.letters), strict=True))
    assert subjects["ada@reader.example"].endswith("4. März 2026")
    assert subjects["bo@reader.example"].endswith("4 مارس 2026")
    assert subjects["cy@reader.example"].endswith("4 March 2026")  # that of the setting


def test_nothing_is_sent_before_its_time_by_the_clock_of_the_zone(desk: Desk, room: Mailroom, clock: Clock) -> None:
    subscribe(desk, "ada")
    clock.now = EVENING - timedelta(minutes=31)
    assert run.mail_due(desk).sent == 0
    clock.now = EVENING - timedelta(minutes=30)
    assert run.mail_due(desk).sent == 1


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/Berlin", "02:30", datetime(2026, 10, 25, tzinfo=UTC)),  # 02:30 comes twice
        ("Europe/Berlin", "02:30", datetime(2026, 3, 29, tzinfo=UTC)),  # 02:30 never comes
        ("America/Los_Angeles", "07:00", datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("Asia/Kathmandu", "00:15", datetime(2026, 3, 3, 18, 15, tzinfo=UTC)),
    ],
)
def test_each_local_day_brings_one_mail_also_when_clocks_change(
    tmp_path: Path, room: Mailroom, clock: Clock, zone: str, at: str, day: datetime
) -> None:
    init_desk(tmp_path)
    environment = environment_of(room) | {"NUTGRAF_ZONE": zone, "NUTGRAF_MAIL_AT": at}
    with open_desk(tmp_path, environment=environment, clock=clock, fetcher=Outlets()) as desk:
        desk.store.save_brief(CAUSEWAY, composed=day, composed_from="1")
        for days in (-1, 0, 1, 2):
            desk.store.save_edition(day.date() + timedelta(days=days), [1], made=day)
        subscribe(desk, "ada")
        for hours in range(-12, 36):
            clock.now = day + timedelta(hours=hours, minutes=45)
            run.mail_due(desk)
        days = [letter["Subject"].rpartition(", ")[2] for letter in room.letters]
        assert len(days) == len(set(days))
        assert len(days) in (2, 3)


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_sender_that_is_killed_leaves_one_mail_or_two_of_one_name(
    desk: Desk, room: Mailroom, clock: Clock, when: str, copies: int, caplog: pytest.LogCaptureFixture
) -> None:
    subscribe(desk, "ada")
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": os.environ["PATH"], **environment_of(room)}
    command = [sys.executable, "-c", KILLED, str(desk.folder), when, EVENING.isoformat()]
    assert subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert run.mail_due(desk).sent == 0  # it may still be at work
    clock.now = EVENING + LEASE
    report = run.mail_due(desk)
    assert (report.sent, report.perhaps_again) == (1, 1)
    assert "possible duplicate" in caplog.text
    assert len(room.letters) == copies
    assert len({letter["Message-ID"] for letter in room.letters}) == 1
    clock.now = EVENING + timedelta(hours=2)
    assert run.mail_due(desk).sent == 0


def test_two_senders_at_once_send_each_mail_once(desk: Desk, room: Mailroom) -> None:
    subscribe(desk, *(f"reader{number}" for number in range(12)))
    together = threading.Barrier(2)

    def send(_: int) -> int:
        together.wait()
        try:
            return run.mail_due(desk).sent
        finally:
            desk.store.close()

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(send, range(2))) == 12
    assert len(set(room.recipients)) == len(room.recipients) == 12


def test_a_server_that_refuses_one_keeps_the_mail_from_nobody_else(desk: Desk, room: Mailroom) -> None:
    subscribe(desk, "ada", "bo", "cy")
    room.refuse = lambda address: {"ada": "550 no such box", "bo": "451 later"}.get(address.partition("@")[0], "")
    report = run.mail_due(desk)
    assert (report.sent, len(report.problems)) == (1, 2)
    room.refuse = lambda address: ""
    assert run.mail_due(desk).sent == 1  # bo, who was told to try later; ada's box was said not to exist
    assert room.recipients == ["cy@reader.example", "bo@reader.example"]


def test_a_server_that_is_away_is_told_and_the_mail_goes_out_later(tmp_path: Path, clock: Clock, desk: Desk) -> None:
    subscribe(desk, "ada")
    away = {"NUTGRAF_MAIL_SERVER": "smtp://127.0.0.1:1", "NUTGRAF_ADDRESS": "https://briefs.example"}
    with open_desk(desk.folder, environment=away, clock=clock) as other:
        report = run.mail_due(other)
        assert report.sent == 0
        assert "mail server cannot be used" in report.problems[0]
        assert other.post
        with pytest.raises(PostError, match="mail_server"):
            other.post.send(_letter())
    assert run.mail_due(desk).sent == 1


def test_odd_texts_keep_the_mail_from_nobody(desk: Desk, room: Mailroom) -> None:
    subscribe(desk, "ada", "bo")
    for number, text in enumerate((*PAYLOADS, "Brief\r\nBcc: x@victim.example")):
        day = DAY + timedelta(days=number + 1)
        brief = hostile_brief(text, story=f"odd-{number}")
        desk.store.save_brief(brief, composed=EVENING, composed_from=str(number))
        stored = desk.store.stored_brief(brief.id)
        assert stored
        desk.store.save_edition(day, [stored.number], made=EVENING)
        report = run.mail_edition(desk, day)
        assert (report.sent, report.problems) == (2, ())
    assert set(room.recipients) == {"ada@reader.example", "bo@reader.example"}
    assert not [letter for letter in room.letters if letter["Bcc"]]


def test_without_a_mail_server_nothing_is_sent(tmp_path: Path, clock: Clock) -> None:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}, clock=clock) as desk:
        assert run.mail_due(desk) == run.MailReport()


def _letter() -> Letter:
    sender = Sender(title="The brief", address="https://briefs.example")
    return confirming_letter(to="ada@reader.example", token="t", sender=sender, now=EVENING)
