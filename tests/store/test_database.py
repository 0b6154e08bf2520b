from nutgraf.store.database import Store


def test_an_empty_database_gets_its_tables(store: Store) -> None:
    assert store.counts().articles == 0
    assert store.latest_edition() is None
    assert store.topics() == ()
