from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.desk import Desk, init_desk, open_desk
from tests.newsroom import Clock, Outlets, PlainLanguage


@pytest.fixture
def outlets() -> Outlets:
    return Outlets()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, outlets: Outlets, clock: Clock) -> Iterator[Desk]:
    init_desk(tmp_path / "desk")
    with open_desk(tmp_path / "desk", environment={}, clock=clock, fetcher=outlets, language=PlainLanguage()) as desk:
        yield desk
