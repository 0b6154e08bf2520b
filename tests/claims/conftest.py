import pytest

from nutgraf.nlp import open_language
from nutgraf.ports import Language


@pytest.fixture(scope="session")
def language() -> Language:
    return open_language()
