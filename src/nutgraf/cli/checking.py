"""``nutgraf check``: the faults of briefs, whoever wrote them, as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nutgraf.briefs import check
from nutgraf.cli.lines import in_order, read_values
from nutgraf.contract import brief_from_record
from nutgraf.model import Brief


def faults(path: str) -> Iterator[dict[str, Any]]:
    """Yield what the check finds in each brief of a file of JSON lines, with an ``error`` where there are faults."""

    def work(good: Iterator[Brief]) -> Iterator[dict[str, Any]]:
        for brief in good:
            found = check(brief)
            record: dict[str, Any] = {
                "id": brief.id,
                "faults": [{"rule": fault.rule, "place": fault.place, "message": fault.message} for fault in found],
            }
            if found:
                record["error"] = f"brief {brief.id} breaks {len(found)} of the rules"
            yield record

    return in_order(read_values(path, lambda record, name: brief_from_record(record, name=name)), work)
