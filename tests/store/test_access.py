"""Tokens of the API."""

from __future__ import annotations

import pytest
from django.db import connections

from nutgraf.errors import InputError
from nutgraf.store.database import Store
from tests.store.examples import NOON, a_brief, an_article


def test_a_token_reads_until_it_is_revoked(store: Store) -> None:
    token = store.make_token("the reading room", now=NOON)
    assert store.is_token(token)
    assert [one.name for one in store.tokens()] == ["the reading room"]
    assert store.revoke_token("the reading room")
    assert not store.is_token(token)
    assert not store.revoke_token("the reading room")


def test_of_a_token_only_a_digest_is_stored(store: Store) -> None:
    token = store.make_token("the reading room", now=NOON)
    with connections[store.alias].cursor() as cursor:
        cursor.execute("SELECT name, digest FROM store_apitoken")
        assert token not in str(cursor.fetchall())


@pytest.mark.parametrize("name", ["", "  ", "n" * 101, "taken"])
def test_a_name_that_cannot_be_used_is_told(store: Store, name: str) -> None:
    store.make_token("taken", now=NOON)
    with pytest.raises(InputError, match="name"):
        store.make_token(name, now=NOON)


def test_changes_come_in_the_order_of_storing_whatever_their_dates(store: Store) -> None:
    def save(story: str, text: str) -> None:
        store.save_brief(a_brief(an_article(text), story=story), composed=NOON, composed_from=text)

    save("one", "The first.")
    (first,) = store.changes(after=0, limit=10)
    save("two", "The second, of an earlier day.")
    save("three", "The third.")
    save("one", "The first, revised.")
    later = store.changes(after=first[0], limit=10)
    assert [brief.id for _, brief, _ in later] == ["two", "three", "one"]
    paged, after = [], 0
    while rows := store.changes(after=after, limit=1):
        after = rows[-1][0]
        paged += [brief.id for _, brief, _ in rows]
    assert paged == ["two", "three", "one"]
