"""Editions at set times: one each a day in every zone, whatever the clock does and whoever is killed."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import SettingsError
from nutgraf.model import Edition
from nutgraf.publications.editions import edition_as_json, edition_as_markdown
from nutgraf.run.slots import due_slots, moment_of, next_slot
from tests.newsroom import FERRY, MAYOR, START, Clock, Outlets, PlainLanguage

DAY = date(2026, 3, 14)
SLOTS = ("06:30", "17:00")
TIMES = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Asia/Kathmandu", date(2026, 3, 29)),
]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_every_time_of_day_comes_once_on_days_on_which_the_clock_changes(zone: str, day: date) -> None:
    place = ZoneInfo(zone)
    seen: Counter[tuple[date, str]] = Counter()
    now = datetime.combine(day - timedelta(days=1), datetime.min.time(), UTC) - timedelta(hours=14)
    made: set[tuple[date, str]] = set()
    for _ in range(2 * 24 * 4):  # a round each half hour over four days
        now += timedelta(minutes=30)
        for _, of, slot in due_slots(TIMES, place, now):
            if (of, slot) not in made:
                made.add((of, slot))
                seen[of, slot] += 1
    assert [seen[day, slot] for slot in TIMES] == [1] * len(TIMES)


def test_a_time_that_the_clock_leaves_out_comes_when_it_has_passed_and_one_that_comes_twice_the_first_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert moment_of(date(2026, 3, 29), "02:30", berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), "02:30", berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_rest_between_rounds_ends_at_the_next_slot() -> None:
    now = datetime(2026, 3, 14, 16, 58, tzinfo=UTC)
    assert next_slot(SLOTS, ZoneInfo("UTC"), now) == datetime(2026, 3, 14, 17, 0, tzinfo=UTC)
    assert next_slot(SLOTS, ZoneInfo("UTC"), now + timedelta(minutes=2)) == datetime(2026, 3, 15, 6, 30, tzinfo=UTC)
    assert next_slot((), ZoneInfo("UTC"), now) is None


def opened(folder: Path, outlets: Outlets, clock: Clock, **settings: str) -> Desk:
    init_desk(folder)
    environment = {"NUTGRAF_SLOTS": ",".join(SLOTS), **settings}
    return open_desk(folder, environment=environment, clock=clock, fetcher=outlets, language=PlainLanguage())


def publish(desk: Desk, outlets: Outlets, outlet: str, slug: str, title: str, text: str, at: datetime) -> None:
    address = outlets.publish(outlet, slug, title, text, at=at)
    run.add_source(desk, outlets.list_in_feed(outlet, (address, title), at=at))


FERRY_STORY = ("ferry", "Ferry with 212 aboard runs aground off Port Verran", FERRY)
MAYOR_STORY = ("mayor", "Oldmere mayor resigns over stadium money", MAYOR)


def titles(found: Edition | None) -> list[str]:
    return [brief.articles[0].title for brief in found.briefs] if found else []


def test_each_slot_brings_once_what_was_told_since_the_one_before(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)  # 09:00
        run.cycle(desk)
        assert desk.store.slot_editions(limit=9) == ((DAY, "06:30"),)  # late, and not too late
        clock.turn(hours=3)
        publish(desk, outlets, "courier", *MAYOR_STORY, at=clock())
        run.cycle(desk, only_due=False)
        assert desk.store.slot_edition(DAY, "17:00") is None
        clock.turn(hours=5, minutes=1)
        run.cycle(desk, only_due=False)
        evening = desk.store.slot_edition(DAY, "17:00")
        assert titles(desk.store.slot_edition(DAY, "06:30")) == ["Ferry with 212 aboard runs aground off Port Verran"]
        assert titles(evening) == ["Oldmere mayor resigns over stadium money"]
        clock.turn(hours=1)
        assert run.make_slots(desk) == 0
        assert desk.store.slot_edition(DAY, "17:00") == evening


def test_an_edition_that_was_made_stays_as_it_was_made(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.cycle(desk)
        before = desk.store.slot_edition(DAY, "06:30")
        assert before is not None
        twice = Edition(DAY, (), slot="06:30", zone="UTC")
        assert not desk.store.save_slot(twice, [], moment=START, made=START, last=99)
        assert desk.store.slot_edition(DAY, "06:30") == before
        assert (before.zone, before.made) == ("UTC", START)


def test_a_story_is_told_again_only_with_something_new(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.cycle(desk)
        clock.turn(hours=2)
        publish(desk, outlets, "courier", "again", FERRY_STORY[1], FERRY, at=clock())  # a reprint
        run.cycle(desk, only_due=False)
        clock.turn(hours=7)
        run.cycle(desk, only_due=False)
        assert titles(desk.store.slot_edition(DAY, "17:00")) == []
        assert (DAY, "17:00") not in desk.store.slot_editions(limit=9)  # made, and empty


def test_what_came_too_late_for_a_slot_is_in_the_next(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        clock.turn(hours=8, minutes=1)
        run.cycle(desk)  # 17:01, nothing yet
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START + timedelta(hours=7))  # published 16:00, found later
        run.cycle(desk, only_due=False)
        clock.turn(hours=14)
        run.cycle(desk, only_due=False)
        assert len(titles(desk.store.slot_edition(DAY + timedelta(days=1), "06:30"))) == 1


def test_a_desk_that_slept_for_days_makes_the_slots_of_the_last_day_alone(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.cycle(desk)
        clock.turn(days=5)
        assert run.make_slots(desk) == 2


def test_without_slots_none_is_made(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock, NUTGRAF_SLOTS="") as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.cycle(desk)
        assert desk.store.slot_editions(limit=9) == ()
        assert desk.store.edition_days() == (DAY,)


@pytest.mark.parametrize("slots", ["25:00", "06:30,06:30", "noon"])
def test_a_slot_that_is_no_time_of_day_or_comes_twice_is_refused(tmp_path: Path, slots: str) -> None:
    with pytest.raises(SettingsError, match="slots"):
        opened(tmp_path, Outlets(), Clock(), NUTGRAF_SLOTS=slots)


def test_two_runs_at_once_make_one_edition(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.poll(desk)
        run.read_items(desk)
        run.group(desk)
        run.compose(desk)
        made: list[int] = []

        def make() -> None:
            made.append(run.make_slots(desk))
            desk.store.close()

        threads = [Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(made) == 2  # yesterday evening's, empty, and this morning's
        assert len(titles(desk.store.slot_edition(DAY, "06:30"))) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from django.db import connections
import tests.conftest
from tests.run.test_slots import Clock, Outlets, opened, run
from nutgraf.store import models
with opened(Path(sys.argv[1]), Outlets(), Clock()) as desk:
    def die(*args, **more):
        os.kill(os.getpid(), signal.SIGKILL)
    models.SlotBrief.objects.using(desk.store.alias).__class__.bulk_create = die
    run.make_slots(desk)
"""


def test_a_run_that_is_killed_in_the_middle_of_an_edition_leaves_none_and_the_next_makes_it_whole(
    tmp_path: Path,
) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock, NUTGRAF_SLOTS="") as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        run.cycle(desk)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["", *sys.path])}
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    with opened(tmp_path, outlets, clock) as desk:
        assert desk.store.slot_edition(DAY, "06:30") is None
        assert run.make_slots(desk) == 2
        assert len(titles(desk.store.slot_edition(DAY, "06:30"))) == 1


def test_an_edition_is_json_and_markdown_with_its_lead_first(tmp_path: Path) -> None:
    outlets, clock = Outlets(), Clock()
    with opened(tmp_path, outlets, clock) as desk:
        publish(desk, outlets, "harbour", *FERRY_STORY, at=START)
        publish(desk, outlets, "courier", *MAYOR_STORY, at=START)
        run.cycle(desk)
        found = desk.store.slot_edition(DAY, "06:30")
        assert found is not None
        record = json.loads(edition_as_json(found))
    assert (record["schema"], record["day"], record["slot"], record["zone"]) == (1, "2026-03-14", "06:30", "UTC")
    assert record["lead"] == record["briefs"][0]["id"] == found.briefs[0].id
    assert len(record["briefs"]) == 2
    schema = json.loads((Path(__file__).parents[2] / "docs" / "edition.schema.json").read_text(encoding="utf-8"))
    assert set(record) == set(schema["required"]) == set(schema["properties"])
    text = edition_as_markdown(found)
    assert text.startswith("# Saturday, 14 March 2026, 06:30 (UTC)\n")
    assert text.index(found.briefs[0].headline.text) < text.index(found.briefs[1].headline.text)
