"""``nutgraf stories``: articles are put into stories, as the contract's JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nutgraf.cli.lines import Bad, in_order
from nutgraf.cli.progress import Step
from nutgraf.contract import placement_to_record
from nutgraf.model import Article
from nutgraf.ports import Meaning
from nutgraf.stories import group


def stories(
    values: Iterable[Article | Bad], step: Step, *, window_days: float, meaning: Meaning | None
) -> Iterator[dict[str, Any]]:
    """Yield the contract's line of the story that each article belongs to."""

    def counted(good: Iterator[Article]) -> Iterator[Article]:
        for article in good:
            step()
            yield article

    def work(good: Iterator[Article]) -> Iterator[dict[str, Any]]:
        return map(placement_to_record, group(counted(good), window_days=window_days, meaning=meaning))

    return in_order(values, work)
