"""A story that goes on is told in a later edition with what is new since the earlier one."""

from datetime import date, timedelta

from nutgraf import run
from nutgraf.desk import Desk
from tests.newsroom import START, Clock, Outlets

FIRST = (
    "At least 12 people were hurt when the harbour crane Alma fell into the basin of Verran, port chief Ana "
    "Tolled said.\n\n"
    "The basin of Verran is shut to ships, the port said."
)
LATER = (
    "The number of people hurt by the harbour crane Alma in the basin of Verran rose to 15, Ana Tolled said.\n\n"
    "Brandt Works of Oldmere, which made the crane in 2009, denied that its bolts had failed.\n\n"
    "Divers of the coast police will look at the floor of the basin on Monday, a spokesman said."
)


def test_the_brief_of_a_later_edition_says_what_is_new_since_the_earlier_one(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    first = outlets.publish("harbour", "crane", "Harbour crane Alma falls into basin of Verran", FIRST)
    run.add_source(desk, outlets.list_in_feed("harbour", (first, "Harbour crane Alma falls into basin of Verran")))
    run.cycle(desk)
    (before,) = [stored.brief for stored in desk.store.briefs()]
    assert before.changes is None
    assert not any(line.new or line.sole for line in before.lines)

    clock.turn(days=1)
    at = START + timedelta(days=1)
    later = outlets.publish(
        "courier", "crane", "Maker of harbour crane Alma in Verran denies its bolts failed", LATER, at=at
    )
    run.add_source(desk, outlets.list_in_feed("courier", (later, "Maker denies its bolts failed"), at=at))
    run.cycle(desk, only_due=False)
    (now,) = [stored.brief for stored in desk.store.briefs()]
    assert now.changes is not None
    assert now.changes.since == date(2026, 3, 14)
    assert any(line.new and "denied" in line.text for line in now.lines)
    assert any(line.sole and "denied" in line.text for line in now.lines)
    assert run.compose(desk) == run.ComposeReport()  # nothing changes until something does
