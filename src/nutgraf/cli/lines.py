"""JSON lines in and out: one object a line, in input order, going on past bad ones. No news logic here."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from nutgraf.errors import InputError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Bad:
    """An input line that could not be read: the line to write for it instead of a result."""

    record: dict[str, Any]


def read_lines(path: str) -> Iterator[bytes]:
    """Yield the lines of a file, or of standard input for ``-``; raises ``InputError`` for one that cannot be read."""
    if path == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "Check the name and its permissions") from error


def read_values(path: str, read: Callable[[dict[str, Any], str], Value]) -> Iterator[Value | Bad]:
    """Yield what ``read(record, name)`` makes of each line, or ``Bad`` for a line that holds no such record."""
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        name = f"{'standard input' if path == '-' else path}, line {number}"
        key: Any = None
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise InputError(name, "is not a JSON object", "Write one object a line")
            key = record.get("id")
            yield read(record, name)
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            yield Bad({"id": key, "error": f"{name}: is not JSON ({error}). Write one object a line, in UTF-8"})
        except InputError as error:
            yield Bad({"id": key, "error": str(error)})


def in_order(
    values: Iterable[Value | Bad], work: Callable[[Iterator[Value]], Iterable[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Yield ``work``'s record for each good value and the stand-in for each bad one, in the order they came.

    ``work`` may read ahead of what it yields; it must yield one record for each value, in order.
    """
    waiting: list[Bad | None] = []  # what came and is not yet answered; None stands for a good value

    def good() -> Iterator[Value]:
        for value in values:
            if isinstance(value, Bad):
                waiting.append(value)
            else:
                waiting.append(None)
                yield value

    for record in work(good()):
        yield from _bad_ones(waiting)
        waiting.pop(0)
        yield record
    yield from _bad_ones(waiting)


def _bad_ones(waiting: list[Bad | None]) -> Iterator[dict[str, Any]]:
    while waiting and (first := waiting[0]) is not None:
        waiting.pop(0)
        yield first.record


def write_lines(records: Iterable[dict[str, Any]]) -> bool:
    """Write one object a line to standard output; tell whether none of them has an ``error``."""
    well = True
    for record in records:
        well = well and "error" not in record
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return well


@contextmanager
def closed_pipe_is_no_error() -> Iterator[None]:
    """End quietly where the reader of standard output has gone (``nutgraf … | head``)."""
    try:
        yield
    except BrokenPipeError:
        sys.stdout = None  # or Python complains again when it flushes at exit
        raise SystemExit(0) from None
