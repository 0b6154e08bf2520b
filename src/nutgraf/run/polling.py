"""Asking the sources for items: each on its own, its failures stored with the reason and the next try."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from nutgraf import articles, sources
from nutgraf.errors import FetchError, InputError, NutgrafError
from nutgraf.model import Item, Page, Reason, Rejected, Source, SourceKind
from nutgraf.ports import Fetched, NotModified, Validators
from nutgraf.run.due import GONE, after_answer, after_failure, reason_of, rhythm_of
from nutgraf.run.lanes import in_lanes
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.run.reading import settle_page
from nutgraf.store.health import REPAIRED
from nutgraf.store.shelf import moment_of
from nutgraf.store.sources import host_of
from nutgraf.store.values import Poll, Reading, StoredSource

NETWORK = {SourceKind.FEED, SourceKind.LISTING}

ReadBefore = Sequence[tuple[str, bool]]
"""Addresses that a source brought, and whether an article was found at each."""

WALLS = {Reason.CHALLENGE_PAGE, Reason.CONSENT_PAGE}
"""What some outlets answer with, as if it were the page that was asked for. It is recognised and never crossed."""

MOST_OF_A_HOST = 60
"""Sources of one host in one round: those left over stay due. With the pause between two requests the thousand feeds of
one large host would otherwise hold up the next round for all others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be polled, and why."""

    source: str
    address: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What a round of polls came to. ``spared`` sources were left alone because their host asked for time."""

    asked: int = 0
    answered: int = 0
    unchanged: int = 0
    spared: int = 0
    new_items: int = 0
    changed_items: int = 0
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one source said, read: its items are ``None`` where nothing changed. ``digest`` stands for its bytes."""

    items: tuple[Item, ...] | None
    validators: Validators | None
    title: str | None = None
    moved_to: str | None = None
    fresh_for: float | None = None
    poll_after: float | None = None
    digest: str = ""
    repaired: bool = False


def poll(parts: Parts, *, only_due: bool = True, progress: Progress = silent) -> PollReport:
    """Poll all sources that are due (or all), store what each brought, and return what it came to.

    Sources are asked at the same time, at most two of one host. A source that fails, in whatever way, stops no other.
    A host that asked for time is left alone, due or not.
    """
    now = parts.clock()
    wanted = parts.store.due_sources(now=now) if only_due else [s for s in parts.store.sources() if not s.gone]
    spare = parts.store.hosts_to_spare(now=now)
    to_ask = [one for one in wanted if host_of(one.source.address) not in spare]
    spared = len(wanted) - len(to_ask)
    if only_due:
        to_ask = _some_of_each_host(to_ask)
    polls: list[tuple[StoredSource, Poll, int, int]] = []
    online = [one for one in to_ask if one.source.kind in NETWORK]
    for one in to_ask:
        if one.source.kind not in NETWORK:
            polls.append(_stored(parts, one, _read_path(parts, one), now=now))
            progress("poll", len(polls), len(to_ask), one.source.address)
    # Looked up here, since other threads are for the network alone.
    read_before = {
        one.source.id: parts.store.read_before(one.source.id) for one in online if one.source.kind is SourceKind.LISTING
    }
    asked = in_lanes(
        online,
        lambda one: _ask(parts, one, read_before.get(one.source.id, ())),
        host=lambda one: host_of(one.source.address),
    )
    for one, outcome in asked:
        polls.append(_stored(parts, one, outcome, now=now))
        progress("poll", len(polls), len(to_ask), one.source.address)
    return _report(polls, spared=spared)


def _some_of_each_host(due: Sequence[StoredSource]) -> list[StoredSource]:
    seen: Counter[str] = Counter()
    chosen = []
    for one in due:  # the longest waiting first
        host = host_of(one.source.address)
        seen[host] += 1
        if not host or seen[host] <= MOST_OF_A_HOST:
            chosen.append(one)
    return chosen


def _ask(parts: Parts, one: StoredSource, read_before: ReadBefore) -> _Answer | Rejected:
    validators = one.validators if one.validators != Validators() else None
    answer = parts.fetcher.fetch(one.source.address, validators)
    repaired = one.reason == REPAIRED
    if isinstance(answer, NotModified):
        return _Answer(None, answer.validators, moved_to=one.moved_to, fresh_for=answer.fresh_for, repaired=repaired)
    if one.source.kind is SourceKind.LISTING and (nested := sources.nested_sitemaps(answer.page)):
        return _ask_nested(parts, one, answer, nested)
    # Most servers give the same bytes again to those who ask for news only; what was read once says the same again.
    told = _Answer(
        None,
        answer.validators,
        moved_to=answer.moved_to,
        fresh_for=answer.fresh_for,
        digest=hashlib.sha256(answer.page.body).hexdigest(),
        repaired=repaired,
    )
    return told if told.digest == one.digest else _read(one, answer, told, read_before)


def _read(one: StoredSource, answer: Fetched, told: _Answer, read_before: ReadBefore) -> _Answer | Rejected:
    page, source = answer.page, one.source
    if source.kind is SourceKind.LISTING:
        if sources.is_sitemap(page.body):
            listed = sources.read_sitemap(page, source=source.id)
        else:
            listed = sources.read_listing(page, source=source.id, read_before=read_before)
        return _instead(page, listed) if isinstance(listed, Rejected) else replace(told, items=listed)
    address = page.address or source.address
    feed = sources.read_feed(page.body, address=address, content_type=page.content_type, source=source.id)
    if isinstance(feed, Rejected):
        return _instead(page, feed)
    return replace(told, items=feed.items, title=feed.title, poll_after=feed.poll_after, repaired=feed.repaired)


def _instead(page: Page, rejected: Rejected) -> Rejected:
    """Say what came in a source's place, where it asks for consent or to prove that a person reads."""
    read = articles.read_article(page)
    return read if isinstance(read, Rejected) and read.reason in WALLS else rejected


def _ask_nested(parts: Parts, one: StoredSource, index: Fetched, nested: tuple[str, ...]) -> _Answer | Rejected:
    """Read the sitemaps of an index as one listing; each that fails is passed over as long as another answers."""
    pages, problems = [], []
    for address in nested:
        try:
            pages.append(parts.fetcher.get(address))
        except FetchError as error:
            problems.append(error)
    if not pages:
        raise problems[0]
    bodies = hashlib.sha256(b"\0".join(page.body for page in pages)).hexdigest()
    # Without validators: an index may say that nothing changed while its sitemaps did.
    told = _Answer(None, Validators(), moved_to=index.moved_to, fresh_for=index.fresh_for, digest=bodies)
    if bodies == one.digest:
        return told
    items: dict[str, Item] = {}
    for page in pages:
        listed = sources.read_sitemap(page, source=one.source.id)
        if not isinstance(listed, Rejected):
            items.update({item.key: item for item in listed})
    return replace(told, items=tuple(items.values()))


def _stored(
    parts: Parts, one: StoredSource, outcome: _Answer | Rejected | Exception, *, now: datetime
) -> tuple[StoredSource, Poll, int, int]:
    pause = timedelta(minutes=parts.settings.poll_minutes)
    if not isinstance(outcome, _Answer):
        done = _failed(one, outcome, now=now, pause=pause)
    elif outcome.items is None or not outcome.digest:
        done = _answered(one, outcome, now=now, pause=pause)
    else:
        items, reading = _compared(parts, one, outcome, outcome.items, now=now)
        one = replace(one, rhythm=reading.rhythm, newest=reading.newest, poll_after=reading.poll_after)
        done = replace(_answered(one, outcome, now=now, pause=pause), items=items, reading=reading)
    brought = parts.store.save_poll(done)
    return one, done, brought.new, brought.changed


def _answered(one: StoredSource, answer: _Answer, *, now: datetime, pause: timedelta) -> Poll:
    asks = max(answer.fresh_for or 0.0, one.poll_after or 0.0)
    return Poll(
        source=one.source.id,
        asked=now,
        next_due=after_answer(now, pause=pause, rhythm=one.rhythm, newest=one.newest, asks=asks),
        items=answer.items or (),
        validators=answer.validators,
        title=answer.title,
        moved_to=answer.moved_to,
        unchanged=answer.items is None,
        reason=REPAIRED if answer.repaired else None,
    )


def _compared(
    parts: Parts, one: StoredSource, answer: _Answer, listed: tuple[Item, ...], *, now: datetime
) -> tuple[tuple[Item, ...], Reading]:
    """Hold a reading against the last one: give items the keys that they had, and find the source's rhythm."""
    last = parts.store.last_reading(one.source.id)
    had = tuple(replace(item, key=last.renamed.get(item.key, item.key)) for item in listed)
    before = [item for item, _ in last.items]
    kept = sources.keep_addresses(sources.keep_keys(had, before), before)
    renamed = {now_.key: then.key for now_, then in zip(listed, kept, strict=True) if now_.key != then.key}
    known = {item.key: moment for item, moment in last.items}
    moments = [known.get(item.key) or moment_of(item.published or item.updated, now) for item in kept]
    reading = Reading(
        digest=answer.digest,
        renamed={**{key: name for key, name in last.renamed.items() if key not in renamed}, **renamed},
        rhythm=rhythm_of(moments),
        newest=max(moments, default=None),
        poll_after=answer.poll_after,
    )
    return kept, reading


def _failed(one: StoredSource, outcome: Rejected | Exception, *, now: datetime, pause: timedelta) -> Poll:
    failures = one.failures + 1
    if isinstance(outcome, FetchError):
        retry = outcome.retry_after
        next_due = after_failure(now, pause=pause, failures=failures, retry_after=retry)
        asks_for_time = outcome.status == 429 or (outcome.status == 503 and retry is not None)
        return Poll(
            source=one.source.id,
            asked=now,
            next_due=next_due,
            error=str(outcome),
            reason=reason_of(outcome),
            gone=outcome.status == GONE,
            host=(host_of(outcome.subject) or host_of(one.source.address)) if asks_for_time else None,
            not_before=next_due if asks_for_time else None,
        )
    next_due = after_failure(now, pause=pause, failures=failures)
    problem, reason = _told(outcome)
    return Poll(source=one.source.id, asked=now, next_due=next_due, error=problem, reason=reason)


def _told(outcome: Rejected | Exception) -> tuple[str, str]:
    if isinstance(outcome, Rejected):
        return f"{outcome.subject}: {outcome.detail}", outcome.reason.value
    if isinstance(outcome, NutgrafError):
        return str(outcome), Reason.UNREADABLE.value
    # One source must not stop the others even where the fault is ours; it is stored and shown like any other failure.
    return f"a fault in nutgraf: {type(outcome).__name__}: {outcome}. Please report it with this address", "fault"


def _report(polls: Iterable[tuple[StoredSource, Poll, int, int]], *, spared: int) -> PollReport:
    polls = list(polls)
    failed = sorted(
        (Failure(one.source.id, one.source.address, done.error) for one, done, _, _ in polls if done.error),
        key=lambda failure: (failure.address, failure.source),
    )
    return PollReport(
        asked=len(polls),
        answered=len(polls) - len(failed),
        unchanged=sum(done.unchanged for _, done, _, _ in polls),
        spared=spared,
        new_items=sum(new for _, _, new, _ in polls),
        changed_items=sum(changed for _, _, _, changed in polls),
        failed=tuple(failed),
    )


# archives and folders: their pages come with them


def _read_path(parts: Parts, one: StoredSource) -> _Answer | Rejected | Exception:
    path = Path(one.source.address)
    try:
        fingerprint = Validators(etag=_fingerprint(path))
        if fingerprint == one.validators:
            return _Answer(None, fingerprint)
        for item, page in _pages(one.source, path):
            _keep_page(parts, item, page)
    except OSError as error:
        return InputError(str(path), f"cannot be read ({error.strerror})", "Check that it is there and may be read")
    except NutgrafError as error:
        return error
    return _Answer((), fingerprint)


def _pages(source: Source, path: Path) -> Iterator[tuple[Item, Page | Rejected]]:
    """Yield each page with its item: told by the file's path in a folder, by a mail's id, by its address or bytes."""
    if source.kind is SourceKind.FOLDER:
        for file, page in sources.read_folder(path):
            yield Item(source=source.id, key=str(file.relative_to(path)), address=_address_of(page)), page
    elif sources.is_mailbox(path):
        for mail in sources.read_mailbox(path):
            yield _mail_item(source.id, mail), mail.page if isinstance(mail, sources.Mail) else mail
    else:
        for page in sources.read_archive(path):
            key = "" if isinstance(page, Rejected) else page.address or hashlib.sha256(page.body).hexdigest()
            yield Item(source=source.id, key=key, address=_address_of(page)), page


def _mail_item(source: str, mail: sources.Mail | Rejected) -> Item:
    if isinstance(mail, Rejected):
        return Item(source=source, key=mail.subject, address=None)
    return Item(
        source=source,
        key=mail.key,
        address=mail.page.address,
        title=mail.title,
        published=mail.sent,
        outlet=mail.sender,
    )


def _address_of(page: Page | Rejected) -> str | None:
    return None if isinstance(page, Rejected) else page.address


def _keep_page(parts: Parts, item: Item, page: Page | Rejected) -> None:
    if isinstance(page, Rejected):
        parts.store.save_rejection(page, moment=parts.clock(), source=item.source)
        return
    digest = hashlib.sha256(page.body).hexdigest()
    if not parts.store.page_known(item.source, item.key, digest):
        settle_page(parts, page, item, digest)


def _fingerprint(path: Path) -> str:
    """Return what changes when the file, or any file in the folder, does."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    if not path.exists():
        path.stat()  # says why
    states = (f"{one.relative_to(path)}\0{one.stat().st_size}\0{one.stat().st_mtime_ns}" for one in files)
    return hashlib.sha256("\n".join(states).encode("utf-8", "surrogateescape")).hexdigest()
