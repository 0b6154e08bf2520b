"""The shelf of sources and their items: what is due, what a poll brought, which pages wait to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, F, Q

from nutgraf.errors import StoreError
from nutgraf.model import Item, Reason, Rejected, Source, SourceKind, instant, read_when
from nutgraf.ports import Faring, SilentSources, Validators
from nutgraf.store import models
from nutgraf.store.health import ON_PATHS, Health, faring_of, health_of, is_silent_today
from nutgraf.store.rejections import Rejections
from nutgraf.store.shelf import batches, digest, moment_of
from nutgraf.store.values import Brought, LastReading, Poll, Rhythm, StoredSource, WaitingItem

NO_ARTICLE_THERE = (Reason.NO_ARTICLE, Reason.LIST_PAGE)
"""Reasons for which a page is dropped that say what kind of page its address leads to."""

WAITING, READ, REJECTED = "waiting", "read", "rejected"

MOVE_AFTER = timedelta(days=3)
"""How long a permanent redirect must hold before its target becomes the source's address: maintenance pages and
captive networks answer with permanent redirects too, for hours."""
MOVE_POLLS = 3

READ_AGAIN = timedelta(minutes=30)
"""A page whose entry says at every poll that it was updated is read again after this, and twice as late each time that
its text was the same: some outlets give the time of the request."""
READ_AGAIN_AT_MOST = timedelta(hours=24)

MOST_RENAMED = 1000
"""Keys that are remembered of one source; the longest feeds list some hundred items."""


class Sources(Rejections):
    """Sources and items."""

    def add_sources(self, sources: Iterable[Source], *, now: datetime) -> int:
        """Store sources, due at once; returns how many are new. A known one stays as it is; gone is asked again."""
        given = list(sources)
        rows = [
            models.Source(
                name=one.id, kind=one.kind.value, address=one.address, title=one.name, added=now, next_due=now
            )
            for one in given
        ]
        with self._writing():
            before = models.Source.objects.using(self.alias).count()
            models.Source.objects.using(self.alias).bulk_create(rows, batch_size=500, ignore_conflicts=True)
            gone = models.Source.objects.using(self.alias).filter(gone=True)
            for names in batches([one.id for one in given]):
                gone.filter(name__in=names).update(gone=False, next_due=now)
            return models.Source.objects.using(self.alias).count() - before

    def remove_source(self, source: str) -> bool:
        """Forget a source and its items, and keep their articles; tells whether there was one."""
        with self._writing():
            return models.Source.objects.using(self.alias).filter(name=source).delete()[0] > 0

    def sources(self) -> Sequence[StoredSource]:
        """Return all sources, in the order they were added."""
        with self._reading():
            rows = models.Source.objects.using(self.alias).annotate(items=Count("item")).order_by("id")
            return tuple(_source(row, items=row.items) for row in rows)

    def source(self, source: str) -> StoredSource | None:
        """Return the source of that id."""
        with self._reading():
            row = models.Source.objects.using(self.alias).filter(name=source).first()
            return _source(row) if row else None

    def due_sources(self, *, now: datetime) -> Sequence[StoredSource]:
        """Return the sources to poll now, the longest waiting first; hosts that asked for time are left alone."""
        with self._reading():
            rows = models.Source.objects.using(self.alias).filter(next_due__lte=now, gone=False)
            blocked = self.hosts_to_spare(now=now)
            due = (_source(row) for row in rows.order_by("next_due", "id"))
            return tuple(one for one in due if host_of(one.source.address) not in blocked)

    def hosts_to_spare(self, *, now: datetime) -> Mapping[str, datetime]:
        """Return the hosts that asked not to be asked yet, and until when."""
        with self._reading():
            rows = models.Host.objects.using(self.alias).filter(not_before__gt=now)
            return {row.name: row.not_before for row in rows}

    def next_due(self, *, now: datetime) -> datetime | None:
        """Return when the next source is due that may be asked then, or ``None`` where there is none."""
        with self._reading():
            spare = self.hosts_to_spare(now=now)
            rows = models.Source.objects.using(self.alias).filter(gone=False).order_by("next_due")
            soonest: datetime | None = None
            for address, due in rows.values_list("address", "next_due").iterator(chunk_size=100):
                if soonest is not None and due >= soonest:
                    break
                until = spare.get(host_of(address), due)
                soonest = max(due, until) if soonest is None else min(soonest, max(due, until))
            return soonest

    def silent_sources(self, *, now: datetime) -> SilentSources:
        """Return how many of the outlets' sources readers miss today."""
        asked = [one for one in self.sources() if one.source.kind not in ON_PATHS]
        return SilentSources(sum(is_silent_today(one, now=now) for one in asked), len(asked))

    def faring(self, *, now: datetime) -> Sequence[Faring]:
        """Return how each source fares, the worst first."""
        order = {state: place for place, state in enumerate(Health)}
        ranked = sorted(self.sources(), key=lambda one: (order[health_of(one, now=now)], one.source.name or ""))
        return tuple(faring_of(one, now=now) for one in ranked)

    def last_reading(self, source: str) -> LastReading:
        """Return what a source listed when it was last read."""
        with self._reading():
            row = models.Source.objects.using(self.alias).filter(name=source).first()
            if row is None:
                return LastReading()
            keys = {key: place for place, key in enumerate(row.listed)}
            items: list[models.Item] = []
            for some in batches(row.listed):
                items += models.Item.objects.using(self.alias).filter(source=row, key__in=some).select_related("source")
            items.sort(key=lambda one: keys[one.key])
            return LastReading(tuple((_item(one), one.moment) for one in items), row.renamed)

    def spare_host(self, host: str, until: datetime) -> None:
        """Remember that a host asked not to be asked before ``until``; a later moment stands."""
        with self._writing():
            self._spare_host(host, until)

    def save_poll(self, poll: Poll) -> Brought:
        """Store all of one poll together: its items, the validators, how it went and when the next one is due."""
        with self._writing():
            row = models.Source.objects.using(self.alias).select_for_update().filter(name=poll.source).first()
            if row is None:  # removed while it was polled
                return Brought()
            brought = self._save_items(row, poll.items, arrived=poll.asked)
            _take_in(row, poll, brought=brought)
            if poll.reading is not None:
                _take_in_reading(row, poll)
            row.save(using=self.alias)
            if poll.host and poll.not_before:
                self._spare_host(poll.host, poll.not_before)
            return brought

    def save_items(self, source: str, items: Iterable[Item], *, arrived: datetime) -> Brought:
        """Store items of a source outside a poll."""
        with self._writing():
            return self._save_items(self._source(source), items, arrived=arrived)

    def waiting_items(self, *, now: datetime, limit: int | None = None) -> Sequence[WaitingItem]:
        """Return the items whose pages are to be read now, the earliest published first."""
        with self._reading():
            rows = models.Item.objects.using(self.alias).filter(state=WAITING, address__isnull=False)
            rows = rows.filter(Q(next_try__isnull=True) | Q(next_try__lte=now)).select_related("source")
            return tuple(_waiting(row) for row in rows.order_by("moment", "address_key", "id")[:limit])

    def put_off(self, numbers: Iterable[int], until: datetime, *, count: bool = True) -> None:
        """Let items wait until a moment; ``count`` says that a try failed."""
        with self._writing():
            rows = models.Item.objects.using(self.alias).filter(pk__in=list(numbers))
            rows.update(next_try=until, tries=F("tries") + int(count))

    def take_known_pages(self) -> int:
        """Mark those waiting items as read whose page another source brought already; returns how many."""
        with self._writing():
            items = models.Item.objects.using(self.alias)
            read = items.filter(state=READ, article__isnull=False)
            waiting = items.filter(state=WAITING, article__isnull=True, address__isnull=False)
            known = list(waiting.filter(address_key__in=read.values("address_key")))
            for row in known:
                row.state = READ
                row.article = read.filter(address_key=row.address_key).order_by("-id")[0].article
                row.save(using=self.alias, update_fields=["state", "article"])
            return len(known)

    def items_at(self, address: str) -> Sequence[tuple[Item, str]]:
        """Return the items that lead to an address, each with its state: waiting, read or rejected."""
        with self._reading():
            rows = models.Item.objects.using(self.alias).filter(address_key=digest(address)).select_related("source")
            return tuple((_item(row), row.state) for row in rows.order_by("id"))

    def read_before(self, source: str, *, limit: int = 500) -> Sequence[tuple[str, bool]]:
        """Return the last addresses of a source that were read, and whether an article was found at each."""
        with self._reading():
            rows = models.Item.objects.using(self.alias).filter(source__name=source, address__isnull=False)
            found = rows.filter(article__isnull=False).order_by("-id").values_list("address", flat=True)[:limit]
            none = models.Rejection.objects.using(self.alias).filter(
                source__name=source, reason__in=[one.value for one in NO_ARTICLE_THERE]
            )
            subjects = none.order_by("-id").values_list("subject", flat=True)[:limit]
            return (*((str(address), True) for address in found), *((subject, False) for subject in subjects))

    def page_known(self, source: str, key: str, page_digest: str) -> bool:
        """Tell whether that source brought these very bytes under that key, and they were dealt with."""
        with self._reading():
            rows = models.Item.objects.using(self.alias).filter(source__name=source, key=digest(key))
            return rows.filter(digest=page_digest).exclude(state=WAITING).exists()

    def _source(self, name: str) -> models.Source:
        row = models.Source.objects.using(self.alias).filter(name=name).first()
        if row is None:
            raise StoreError(name, "is no source", "See nutgraf list sources")
        return row

    def _spare_host(self, host: str, until: datetime) -> None:
        row, new = models.Host.objects.using(self.alias).get_or_create(name=host, defaults={"not_before": until})
        if not new and row.not_before < until:
            row.not_before = until
            row.save(using=self.alias)

    def _save_items(
        self, source: models.Source, items: Iterable[Item], *, arrived: datetime, with_page: bool = False
    ) -> Brought:
        rows = models.Item.objects.using(self.alias)
        given = {digest(item.key): item for item in items}
        known = {row.key: row for keys in batches(list(given)) for row in rows.filter(source=source, key__in=keys)}
        changed = 0
        for key, row in known.items():
            record = _item_record(given[key])
            if record == row.record:
                continue
            if _worth_reading_again(row.record, record):
                changed += 1
                row.state, row.next_try, row.tries = WAITING, _not_before(row, record), 0
            row.record, row.address = record, given[key].address
            row.address_key = digest(row.address or "")
            row.save(using=self.alias)
        new = [_item_row(source, key, item, arrived=arrived) for key, item in given.items() if key not in known]
        rows.bulk_create(new, batch_size=500)
        for key, item in given.items():
            if key not in known and not item.address and not with_page:
                self._reject(_without_address(item), moment=arrived, source=item.source)
        return Brought(len(new), changed)

    def _settle_items(
        self,
        numbers: Iterable[int],
        state: str,
        article: models.Article | None,
        *,
        moment: datetime,
        in_vain: bool = False,
    ) -> None:
        rows = models.Item.objects.using(self.alias).filter(pk__in=list(numbers))
        again = F("in_vain") + 1 if in_vain else 0
        rows.update(state=state, next_try=None, last_read=moment, in_vain=again)
        if article is not None:
            rows.update(article=article)

    def _item_of_page(self, item: Item, page_digest: str, *, arrived: datetime) -> int:
        source = self._source(item.source)
        self._save_items(source, (item,), arrived=arrived, with_page=True)
        row = models.Item.objects.using(self.alias).get(source=source, key=digest(item.key))
        row.digest = page_digest
        row.save(using=self.alias, update_fields=["digest"])
        return row.pk


def host_of(address: str) -> str:
    """Return the host of an address, in lower case, with its port where it has one; empty for a path."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return f"{host}:{port}" if host and port else host


def _take_in(row: models.Source, poll: Poll, *, brought: Brought) -> None:
    row.last_asked, row.next_due, row.gone = poll.asked, poll.next_due, poll.gone
    row.last_error, row.last_reason = poll.error, poll.reason
    if poll.error is not None:
        row.failures += 1
        return
    row.failures, row.last_answered = 0, poll.asked
    if brought.new or brought.changed:
        row.last_brought = poll.asked
    if poll.validators is not None:
        row.etag, row.last_modified = poll.validators.etag, poll.validators.last_modified
    row.title = row.title or poll.title
    _move(row, poll.moved_to, now=poll.asked)


def _take_in_reading(row: models.Source, poll: Poll) -> None:
    reading = poll.reading
    assert reading is not None
    row.digest, row.poll_after, row.lists = reading.digest, reading.poll_after, len(poll.items)
    if poll.items:  # one empty reading between two must not make the source forget what it lists
        row.listed = [digest(item.key) for item in poll.items]
    row.renamed = dict(list(reading.renamed.items())[-MOST_RENAMED:])
    row.newest = reading.newest or row.newest
    if reading.rhythm is not None:
        row.every, row.longest = reading.rhythm.every.total_seconds(), reading.rhythm.longest.total_seconds()


def _move(row: models.Source, target: str | None, *, now: datetime) -> None:
    """Follow a permanent redirect once it has held for several polls and days; the earlier address is kept."""
    if target is None or target == row.address:
        row.moved_to, row.moved_since, row.moved_seen = None, None, 0
        return
    if target != row.moved_to or row.moved_since is None:
        row.moved_to, row.moved_since, row.moved_seen = target, now, 0
    row.moved_seen += 1
    if row.moved_seen >= MOVE_POLLS and now - row.moved_since >= MOVE_AFTER:
        row.earlier_addresses = [*row.earlier_addresses, row.address]
        row.address, row.moved_to, row.moved_since, row.moved_seen = target, None, None, 0


def _source(row: models.Source, *, items: int = 0) -> StoredSource:
    return StoredSource(
        source=Source(id=row.name, kind=SourceKind(row.kind), address=row.address, name=row.title),
        validators=Validators(row.etag, row.last_modified),
        next_due=row.next_due,
        last_asked=row.last_asked,
        last_answered=row.last_answered,
        last_brought=row.last_brought,
        error=row.last_error,
        reason=row.last_reason,
        failures=row.failures,
        gone=row.gone,
        moved_to=row.moved_to,
        moved_since=row.moved_since,
        moved_seen=row.moved_seen,
        earlier_addresses=tuple(row.earlier_addresses),
        items=items,
        added=row.added,
        lists=row.lists,
        rhythm=_rhythm(row),
        newest=row.newest,
        digest=row.digest,
        poll_after=row.poll_after,
    )


def _rhythm(row: models.Source) -> Rhythm | None:
    if row.every is None or row.longest is None:
        return None
    return Rhythm(timedelta(seconds=row.every), timedelta(seconds=row.longest))


def _without_address(item: Item) -> Rejected:
    return Rejected(
        subject=f"{item.source} {item.key}",
        reason=Reason.BAD_INPUT,
        detail=f"The entry “{item.title or item.key}” leads to no page; ask the outlet to give it a link",
    )


def _item_row(source: models.Source, key: str, item: Item, *, arrived: datetime) -> models.Item:
    return models.Item(
        source=source,
        key=key,
        address=item.address,
        address_key=digest(item.address or ""),
        record=_item_record(item),
        state=WAITING if item.address else REJECTED,
        arrived=arrived,
        moment=moment_of(item.published or item.updated, instant(arrived)),
    )


def _worth_reading_again(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether the page may have changed: an edited summary or byline of the entry alone says nothing of it."""
    return any(before[name] != after[name] for name in ("address", "title", "updated"))


def _not_before(row: models.Item, after: Mapping[str, Any]) -> datetime | None:
    """Return when to read a page again of which only the entry's ``updated`` changed; ``None`` is at once."""
    if row.last_read is None or any(row.record[name] != after[name] for name in ("address", "title")):
        return None
    pause: timedelta = min(READ_AGAIN * 2 ** min(row.in_vain, 10), READ_AGAIN_AT_MOST)
    return row.last_read + pause if row.in_vain else None


def _item_record(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "address": item.address,
        "title": item.title,
        "summary": item.summary,
        "authors": list(item.authors),
        "published": item.published.isoformat() if item.published else None,
        "updated": item.updated.isoformat() if item.updated else None,
        "outlet": item.outlet,
    }


def _item(row: models.Item) -> Item:
    record = row.record
    return Item(
        source=row.source.name,
        key=record["key"],
        address=record["address"],
        title=record["title"],
        summary=record["summary"],
        authors=tuple(record["authors"]),
        published=read_when(record["published"]),
        updated=read_when(record["updated"]),
        outlet=record["outlet"],
    )


def _waiting(row: models.Item) -> WaitingItem:
    return WaitingItem(number=row.pk, item=_item(row), tries=row.tries, read_before=row.article_id is not None)
