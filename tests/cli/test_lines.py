"""JSON lines: in order, past bad ones, whatever reads ahead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nutgraf.cli.lines import Bad, in_order, read_lines, read_values
from nutgraf.errors import InputError


def echo(record: dict[str, Any], name: str) -> int:
    if "n" not in record:
        raise InputError(name, 'has no "n"', "Give it one")
    return int(record["n"])


def one_by_one(good: Iterator[int]) -> Iterator[dict[str, Any]]:
    return ({"n": n} for n in good)


def all_at_the_end(good: Iterator[int]) -> Iterator[dict[str, Any]]:
    return iter([{"n": n} for n in good])


@pytest.mark.parametrize("work", [one_by_one, all_at_the_end])
def test_results_and_errors_come_in_the_order_of_the_input(work: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1}\n{"n": 1}\nnot json\n{"n": 2}\n\n{"n": 3}\n[]\n', encoding="utf-8")
    found = list(in_order(read_values(str(path), echo), work))
    assert [record.get("n", "bad") for record in found] == ["bad", 1, "bad", 2, 3, "bad"]


def test_an_error_names_the_file_and_the_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"n": 1}\n{"id": "x"}\n', encoding="utf-8")
    _, bad = read_values(str(path), echo)
    assert isinstance(bad, Bad)
    assert bad.record["id"] == "x"
    assert "in.jsonl, line 2" in bad.record["error"]


def test_bytes_that_are_no_text_are_one_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"n": 1}\n\xff\xfe\x00\n{"n": 2}\n')
    assert [isinstance(value, Bad) for value in read_values(str(path), echo)] == [False, True, False]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere.jsonl"):
        list(read_lines(str(tmp_path / "nowhere.jsonl")))
