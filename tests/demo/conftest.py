"""The outlets opened once for the tests that only read them."""

from collections.abc import Iterator

import pytest

from nutgraf.demo import Outlets, open_outlets


@pytest.fixture(scope="session")
def opened() -> Iterator[Outlets]:
    with open_outlets() as outlets:
        yield outlets


@pytest.fixture(params=[1, 2], ids=["day 1", "day 2"])
def on_each_day(opened: Outlets, request: pytest.FixtureRequest) -> Iterator[Outlets]:
    opened.turn_to(request.param)
    yield opened
    opened.turn_to(1)
