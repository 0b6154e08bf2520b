"""Fetching the pages of items that wait, and making articles of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urldefrag

from nutgraf import articles
from nutgraf.errors import FetchError, RefusedAddress
from nutgraf.model import Article, Item, Page, Reason, Rejected
from nutgraf.run.due import FOR_GOOD, LAST_TRY, after_failure
from nutgraf.run.lanes import in_lanes
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.store.sources import host_of
from nutgraf.store.values import Kept, WaitingItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What became of the pages that waited; ``put_off`` are to be tried again later."""

    new: int = 0
    versions: int = 0
    same: int = 0
    rejected: int = 0
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """One page that one or several items lead to, the earliest first."""

    address: str
    items: tuple[WaitingItem, ...]

    @property
    def numbers(self) -> list[int]:
        return [one.number for one in self.items]


def read_items(parts: Parts, *, progress: Progress = silent) -> ReadReport:
    """Read the pages of all waiting items: each becomes an article, a rejection, or is put off to be tried again."""
    now = parts.clock()
    counts: dict[str, int] = defaultdict(int)
    counts["same"] += parts.store.take_known_pages()
    spare = parts.store.hosts_to_spare(now=now)
    jobs = _jobs(parts.store.waiting_items(now=now))
    for job in jobs:
        if until := spare.get(host_of(job.address)):
            parts.store.put_off(job.numbers, until, count=False)
            counts["put_off"] += 1
    ready = [job for job in jobs if host_of(job.address) not in spare]
    fetched = in_lanes(ready, lambda job: parts.fetcher.get(job.address), host=lambda job: host_of(job.address))
    for done, (job, outcome) in enumerate(fetched, 1):
        counts[_settle(parts, job, outcome)] += 1
        progress("read", done, len(ready), job.address)
    return _report(counts)


def settle_page(parts: Parts, page: Page, item: Item, digest: str) -> Kept | None:
    """Make an article of a page that came with its item and store it; ``None`` where it was rejected."""
    article = _article_of(page, item)
    if isinstance(article, Rejected):
        parts.store.reject_page(article, item, digest, moment=parts.clock())
        return None
    article = replace(article, outlet=article.outlet or item.outlet)  # a mail's letterhead names its outlet
    return parts.store.save_page_article(article, item, digest, arrived=parts.clock())


def _jobs(waiting: Sequence[WaitingItem]) -> list[_Job]:
    by_address: dict[str, list[WaitingItem]] = defaultdict(list)
    for one in waiting:
        by_address[urldefrag(one.item.address or "").url].append(one)
    return [_Job(address, tuple(items)) for address, items in by_address.items()]


def _settle(parts: Parts, job: _Job, outcome: Page | Exception) -> str:
    if isinstance(outcome, FetchError):
        return _missed(parts, job, outcome)
    if isinstance(outcome, Exception):
        return _reject(parts, job, _fault(job.address, outcome))
    article = _article_of(outcome, job.items[0].item)
    if isinstance(article, Rejected):
        return _reject(parts, job, replace(article, subject=job.address))
    kept = parts.store.save_article(article, arrived=parts.clock(), items=job.numbers)
    return {Kept.NEW: "new", Kept.VERSION: "versions", Kept.SAME: "same"}[kept]


def _article_of(page: Page, item: Item) -> Article | Rejected:
    try:
        return articles.read_article(page, item=item)
    except (
        Exception
    ) as error:  # one page must not stop the others, even where the fault is ours; it is stored and shown
        return _fault(page.address or item.key, error)


def _fault(subject: str, error: Exception) -> Rejected:
    detail = f"A fault in nutgraf ({type(error).__name__}: {error}); please report it with this address"
    return Rejected(subject=subject, reason=Reason.UNREADABLE, detail=detail)


def _missed(parts: Parts, job: _Job, error: FetchError) -> str:
    """Put a page off or, where another try would change nothing, reject it."""
    tries = max(one.tries for one in job.items) + 1
    refused = isinstance(error, RefusedAddress)
    if refused or error.status in FOR_GOOD or tries >= LAST_TRY:
        reason = Reason.RESERVED if refused and "robots.txt" in error.problem else Reason.UNREADABLE
        detail = f"{error.problem[:1].upper()}{error.problem[1:]}. {error.remedy}"
        return _reject(parts, job, Rejected(subject=job.address, reason=reason, detail=detail))
    pause = timedelta(minutes=parts.settings.poll_minutes)
    until = after_failure(parts.clock(), pause=pause, failures=tries, retry_after=error.retry_after)
    asks_for_time = error.status == 429 or (error.status == 503 and error.retry_after is not None)
    if asks_for_time and (host := host_of(error.subject) or host_of(job.address)):
        parts.store.spare_host(host, until)
    parts.store.put_off(job.numbers, until)
    return "put_off"


def _reject(parts: Parts, job: _Job, rejected: Rejected) -> str:
    parts.store.reject_items(rejected, job.numbers, moment=parts.clock(), source=job.items[0].item.source)
    return "rejected"


def _report(counts: Mapping[str, int]) -> ReadReport:
    return ReadReport(**counts)
