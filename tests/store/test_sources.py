from dataclasses import replace
from datetime import timedelta

import pytest

from nutgraf.errors import StoreError
from nutgraf.model import Item, Source, SourceKind
from nutgraf.ports import Validators
from nutgraf.store.database import Store
from nutgraf.store.sources import host_of
from nutgraf.store.values import Brought, Poll
from tests.store.examples import FEED, NOON, an_article, an_item

LATER = NOON + timedelta(minutes=30)
ETAG = Validators(etag='W/"\u00e9 1"', last_modified="yesterday, about noon")


def a_poll(*items: Item, **given: object) -> Poll:
    return replace(Poll(source=FEED.id, asked=NOON, next_due=LATER, items=items), **given)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _a_feed(store: Store) -> None:
    store.add_sources([FEED], now=NOON)


def test_a_new_source_is_due_at_once(store: Store) -> None:
    assert [one.source for one in store.due_sources(now=NOON)] == [FEED]


def test_a_source_that_is_added_again_keeps_its_state(store: Store) -> None:
    store.save_poll(a_poll(validators=ETAG))
    assert store.add_sources([FEED], now=LATER) == 0
    assert store.sources()[0].validators == ETAG


def test_a_polled_source_is_due_later(store: Store) -> None:
    store.save_poll(a_poll())
    assert not store.due_sources(now=NOON)
    assert store.due_sources(now=LATER)
    assert store.next_due(now=NOON) == LATER


def test_validators_come_back_as_they_were_given(store: Store) -> None:
    store.save_poll(a_poll(validators=ETAG))
    (source,) = store.sources()
    assert source.validators == ETAG


def test_a_poll_without_validators_leaves_the_stored_ones(store: Store) -> None:
    store.save_poll(a_poll(validators=ETAG))
    store.save_poll(a_poll(error="no answer", reason="no-answer"))
    assert store.sources()[0].validators == ETAG


def test_the_same_items_again_bring_nothing(store: Store) -> None:
    assert store.save_poll(a_poll(an_item(1), an_item(2))) == Brought(2, 0)
    assert store.save_poll(a_poll(an_item(1), an_item(2))) == Brought(0, 0)
    assert len(store.waiting_items(now=NOON)) == 2


def test_an_item_of_which_the_title_was_edited_is_read_again(store: Store) -> None:
    store.save_poll(a_poll(an_item()))
    (waiting,) = store.waiting_items(now=NOON)
    store.save_article(an_article(), arrived=NOON, items=[waiting.number])
    assert store.save_poll(a_poll(an_item(title="Ferry is afloat again"))) == Brought(0, 1)
    assert [one.read_before for one in store.waiting_items(now=NOON)] == [True]


def test_an_item_of_which_the_summary_was_edited_is_not_read_again(store: Store) -> None:
    store.save_poll(a_poll(an_item()))
    (waiting,) = store.waiting_items(now=NOON)
    store.save_article(an_article(), arrived=NOON, items=[waiting.number])
    store.save_poll(a_poll(replace(an_item(), summary="12 comments")))
    assert not store.waiting_items(now=NOON)


def test_a_poll_is_stored_as_a_whole_or_not_at_all(store: Store) -> None:
    broken = replace(an_item(2), published="not a date")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.save_poll(a_poll(an_item(1), broken, validators=ETAG))
    (source,) = store.sources()
    assert (source.items, source.validators, source.last_asked) == (0, Validators(), None)


def test_failures_are_counted_until_the_source_answers(store: Store) -> None:
    for _ in range(2):
        store.save_poll(a_poll(error="gave no answer", reason="no-answer"))
    assert (store.sources()[0].failures, store.sources()[0].reason) == (2, "no-answer")
    store.save_poll(a_poll())
    assert (store.sources()[0].failures, store.sources()[0].error) == (0, None)


def test_a_source_that_answers_without_news_is_told_from_one_that_brings_some(store: Store) -> None:
    store.save_poll(a_poll(an_item()))
    store.save_poll(a_poll(an_item(), asked=LATER))
    (source,) = store.sources()
    assert (source.last_answered, source.last_brought) == (LATER, NOON)


def test_a_gone_source_is_not_asked_again(store: Store) -> None:
    store.save_poll(a_poll(error="is gone", reason="gone", gone=True))
    assert not store.due_sources(now=NOON + timedelta(days=400))


def test_a_host_that_asks_for_time_gets_it_for_all_its_feeds(store: Store) -> None:
    other = Source(id="sport", kind=SourceKind.FEED, address="https://HARBOUR.example/sport")
    store.add_sources([other], now=NOON)
    store.save_poll(a_poll(error="asks to wait", reason="asked-to-wait", host="harbour.example", not_before=LATER))
    assert not store.due_sources(now=LATER - timedelta(seconds=1))
    assert store.due_sources(now=LATER)


def test_a_shorter_wait_does_not_replace_a_longer_one(store: Store) -> None:
    store.spare_host("harbour.example", LATER)
    store.spare_host("harbour.example", NOON)
    assert store.hosts_to_spare(now=NOON) == {"harbour.example": LATER}


def test_a_permanent_redirect_is_followed_for_good_after_three_days(store: Store) -> None:
    new = "https://harbour.example/new-feed"
    for day in range(4):
        assert store.sources()[0].source.address == FEED.address
        store.save_poll(a_poll(moved_to=new, asked=NOON + timedelta(days=day)))
    (source,) = store.sources()
    assert (source.source.id, source.source.address, source.earlier_addresses) == (FEED.id, new, (FEED.address,))


def test_many_polls_of_one_day_do_not_move_a_source(store: Store) -> None:
    for minute in range(20):
        store.save_poll(a_poll(moved_to="https://harbour.example/x", asked=NOON + timedelta(minutes=minute)))
    assert store.sources()[0].source.address == FEED.address


def test_a_redirect_that_ends_is_forgotten(store: Store) -> None:
    for day, target in enumerate(["https://harbour.example/x", None, "https://harbour.example/x"]):
        store.save_poll(a_poll(moved_to=target, asked=NOON + timedelta(days=3 * day)))
    (source,) = store.sources()
    assert (source.source.address, source.moved_seen) == (FEED.address, 1)


def test_an_item_without_an_address_is_a_rejection(store: Store) -> None:
    store.save_poll(a_poll(replace(an_item(), address=None)))
    assert not store.waiting_items(now=NOON)
    assert "leads to no page" in store.rejections()[0].detail


def test_items_wait_in_the_order_in_which_they_were_published(store: Store) -> None:
    late, early = replace(an_item(1), published=NOON), replace(an_item(2), published=NOON - timedelta(hours=1))
    store.save_poll(a_poll(late, early, asked=LATER))
    assert [one.item for one in store.waiting_items(now=LATER)] == [early, late]


def test_a_page_that_another_source_brought_is_not_fetched_twice(store: Store) -> None:
    other = Source(id="agency", kind=SourceKind.FEED, address="https://agency.example/feed")
    store.add_sources([other], now=NOON)
    store.save_poll(a_poll(an_item()))
    (waiting,) = store.waiting_items(now=NOON)
    store.save_article(an_article(), arrived=NOON, items=[waiting.number])
    store.save_items(other.id, [an_item(source=other.id)], arrived=NOON)
    assert store.take_known_pages() == 1
    assert not store.waiting_items(now=NOON)


def test_an_item_that_is_put_off_waits(store: Store) -> None:
    store.save_poll(a_poll(an_item()))
    (waiting,) = store.waiting_items(now=NOON)
    store.put_off([waiting.number], LATER)
    assert not store.waiting_items(now=NOON)
    assert [one.tries for one in store.waiting_items(now=LATER)] == [1]


def test_a_removed_source_leaves_its_articles(store: Store) -> None:
    store.save_poll(a_poll(an_item()))
    (waiting,) = store.waiting_items(now=NOON)
    store.save_article(an_article(), arrived=NOON, items=[waiting.number])
    assert store.remove_source(FEED.id)
    assert store.counts().articles == 1
    assert store.counts().items == 0


def test_ten_thousand_sources_are_added_at_once(store: Store) -> None:
    many = [replace(FEED, id=f"s{n}", address=f"https://s{n}.example/") for n in range(10_000)]
    assert store.add_sources(many, now=NOON) == 10_000


def test_items_of_an_unknown_source_are_an_error_that_names_the_source(store: Store) -> None:
    with pytest.raises(StoreError, match="nobody"):
        store.save_items("nobody", [an_item()], arrived=NOON)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Example.ORG/x", "example.org"),
        ("http://127.0.0.1:8001/feed", "127.0.0.1:8001"),
        ("/srv/pages", ""),
        ("https://[broken/", ""),
        ("https://example.org:port/", ""),
    ],
)
def test_a_host_is_read_from_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
