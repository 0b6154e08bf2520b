"""Many things done at once, at most two of one host; results come as they are done. No news logic here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Full, Queue
from threading import Event
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORKERS = 32
"""More than the twenty dead servers that must not delay a good one."""

PER_HOST = 2


def in_lanes(
    work: Sequence[T], do: Callable[[T], R], *, host: Callable[[T], str], workers: int = WORKERS
) -> Iterator[tuple[T, R | Exception]]:
    """Yield each thing with what ``do`` returned or raised, in the order in which they are done.

    ``do`` runs in other threads. Leaving the iteration early starts nothing more.
    """
    lanes = _lanes(work, host)
    results: Queue[tuple[T, R | Exception]] = Queue(maxsize=workers)
    stopped = Event()
    pool = ThreadPoolExecutor(max_workers=max(1, min(workers, len(lanes))), thread_name_prefix="lane")
    try:
        for lane in lanes:
            pool.submit(_run, lane, do, results, stopped)
        for _ in work:
            yield results.get()
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _lanes(work: Sequence[T], host: Callable[[T], str]) -> list[list[T]]:
    """Split the work into lanes, each done one after the other; a thing without a host has a lane of its own."""
    by_host: dict[str, list[T]] = defaultdict(list)
    alone = []
    for one in work:
        name = host(one)
        if name:
            by_host[name].append(one)
        else:
            alone.append([one])
    lanes = [things[start::PER_HOST] for things in by_host.values() for start in range(min(PER_HOST, len(things)))]
    return lanes + alone


def _run(lane: list[T], do: Callable[[T], R], results: Queue[tuple[T, R | Exception]], stopped: Event) -> None:
    for one in lane:
        if stopped.is_set():
            return
        outcome: R | Exception
        try:
            outcome = do(one)
        except Exception as error:  # told to the caller, who knows whose fault it is
            outcome = error
        while not stopped.is_set():
            try:
                results.put((one, outcome), timeout=0.2)
                break
            except Full:
                continue
