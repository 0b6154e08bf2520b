"""Django is set up once for all tests; each test that needs a database opens a desk's or a store's own."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from nutgraf.store.settings import set_up

set_up()


@pytest.fixture(autouse=True, scope="session")
def _databases_may_be_used(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Databases of tests lie in their own temporary folders, so that Django's test database is not needed."""
    with django_db_blocker.unblock():
        yield
