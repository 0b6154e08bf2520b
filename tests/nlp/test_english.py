"""The parse of English, whoever multiplies its matrices."""

import pytest

from nutgraf.nlp import open_language
from nutgraf.nlp.english import THREADS

TEXT = (
    "The harbour pier was shut on Monday after divers had found cracks in it, the town's mayor said.\n\n"
    "“Nobody was hurt,” Ida Fields added; ferries will carry food and fuel to the island from Thursday."
)


def test_the_parse_is_the_same_whoever_multiplies(monkeypatch: pytest.MonkeyPatch) -> None:
    parses = []
    for threads in ("1", "2"):  # numpy's products in one thread, spaCy's own beside several
        monkeypatch.setenv(THREADS, threads)
        parses.append(list(open_language(tagger=False).parse(TEXT)))
    assert parses[0] == parses[1]
    assert [token.text for token in parses[0] if token.head == parses[0].index(token)] == ["said", "added", "carry"]
