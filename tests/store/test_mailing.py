"""Subscribers, and mailings that are claimed before they are sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from nutgraf.store.database import Store
from nutgraf.store.mailing import LEASE, MOST_AN_HOUR, MOST_REFUSALS
from nutgraf.store.values import ClaimedMailing
from tests.store.examples import NOON

DAY = date(2026, 3, 14)


def subscribed(store: Store, address: str = "ada@reader.example") -> str:
    token = store.ask_to_subscribe(address, now=NOON)
    assert token
    store.confirm(token, now=NOON)
    return token


def claimed(store: Store, minutes: float = 0) -> ClaimedMailing | None:
    return store.claim_mailing(DAY, now=NOON + timedelta(minutes=minutes))


def test_an_address_gets_nothing_until_it_is_confirmed(store: Store) -> None:
    token = store.ask_to_subscribe("ada@reader.example", now=NOON)
    assert token
    assert claimed(store) is None
    assert store.confirm(token, now=NOON)
    assert claimed(store) == ClaimedMailing(DAY, "ada@reader.example", token, again=False)


def test_who_is_unknown_cannot_confirm(store: Store) -> None:
    assert not store.confirm("nobody", now=NOON)
    assert store.is_subscriber("nobody") is None


def test_an_address_is_asked_once_a_day_and_never_once_confirmed(store: Store) -> None:
    first = store.ask_to_subscribe("ada@reader.example", now=NOON)
    assert first
    assert store.ask_to_subscribe("ADA@reader.example", now=NOON + timedelta(hours=23)) is None
    assert store.ask_to_subscribe("ada@reader.example", now=NOON + timedelta(hours=25)) == first
    store.confirm(first, now=NOON)
    assert store.ask_to_subscribe("ada@reader.example", now=NOON + timedelta(days=9)) is None


def test_what_was_never_confirmed_is_forgotten_after_a_week(store: Store) -> None:
    first = store.ask_to_subscribe("ada@reader.example", now=NOON)
    assert store.ask_to_subscribe("ada@reader.example", now=NOON + timedelta(days=8)) not in (None, first)


def test_not_many_strangers_can_be_asked_within_an_hour(store: Store) -> None:
    for number in range(MOST_AN_HOUR):
        assert store.ask_to_subscribe(f"reader{number}@reader.example", now=NOON)
    assert store.ask_to_subscribe("one-more@reader.example", now=NOON) is None
    assert store.ask_to_subscribe("one-more@reader.example", now=NOON + timedelta(hours=2))


def test_who_unsubscribes_is_forgotten_and_doing_so_again_is_no_error(store: Store) -> None:
    token = subscribed(store)
    store.unsubscribe(token)
    store.unsubscribe(token)
    assert store.subscribers() == 0
    assert claimed(store) is None


def test_a_mail_is_claimed_once_by_however_many(store: Store) -> None:
    for number in range(4):
        subscribed(store, f"reader{number}@reader.example")

    def claim(_: int) -> ClaimedMailing | None:
        try:
            return claimed(store)
        finally:
            store.close()

    with ThreadPoolExecutor(4) as threads:
        got = [one for one in threads.map(claim, range(12)) if one]
    assert sorted(one.address for one in got) == [f"reader{number}@reader.example" for number in range(4)]


def test_a_mail_that_was_claimed_and_not_done_is_claimed_again_after_a_while(store: Store) -> None:
    token = subscribed(store)
    assert claimed(store)
    assert claimed(store, LEASE.total_seconds() / 60 - 1) is None
    assert claimed(store, -60) is None  # the clock was set back
    assert claimed(store, 10) == ClaimedMailing(DAY, "ada@reader.example", token, again=True)


def test_a_mail_that_was_done_is_never_claimed_again(store: Store) -> None:
    subscribed(store)
    mailing = claimed(store)
    assert mailing
    store.end_mailing(mailing, refused=False)
    assert claimed(store, 1000) is None


def test_a_mail_that_is_given_back_can_be_claimed_at_once(store: Store) -> None:
    subscribed(store)
    mailing = claimed(store)
    assert mailing
    store.release_mailing(mailing)
    assert claimed(store) == mailing


def test_who_refuses_several_in_a_row_gets_none_any_more(store: Store) -> None:
    subscribed(store)
    for day in range(MOST_REFUSALS):
        mailing = store.claim_mailing(DAY + timedelta(days=day), now=NOON)
        assert mailing
        store.end_mailing(mailing, refused=True)
    assert store.subscribers() == 0
