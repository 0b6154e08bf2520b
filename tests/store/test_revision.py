"""A value that tells whether anything was stored since."""

from datetime import date

from tests.store.examples import NOON


def test_it_stays_the_same_while_nothing_is_stored(store):
    store.latest_edition()
    assert store.revision() == store.revision()


def test_it_changes_with_what_this_process_stores(store):
    before = store.revision()
    store.save_edition(date(2026, 3, 1), (), made=NOON)
    assert store.revision() != before


def test_it_changes_with_what_another_process_stores(store, another):
    before = store.revision()
    another.save_edition(date(2026, 3, 1), (), made=NOON)
    assert store.revision() != before
