"""Each file of the fuzzing corpus, and a few thousand changed ones, are read without a fault."""

import random
from pathlib import Path

import pytest

from tests.fuzz.__main__ import CORPUS, tried
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

FILES = sorted(CORPUS.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_the_corpus_and_thirty_changed_ones_are_read(path: Path) -> None:
    name = next(name for name in TARGETS if path.name.startswith(name))
    body, others, chance = path.read_bytes(), [one.read_bytes() for one in FILES], random.Random(path.name)
    for given in (body, *(mutated(body, others, chance) for _ in range(30))):
        _, fault = tried(name, given)
        assert not fault, (fault, given)


def test_every_target_has_a_corpus() -> None:
    assert all(any(path.name.startswith(name) for path in FILES) for name in TARGETS)
