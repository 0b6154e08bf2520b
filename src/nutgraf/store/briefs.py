"""The shelf of briefs: every version of each, the editions they stood in, their topics and photos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Max, Min, QuerySet, TextField
from django.db.models.functions import Cast

from nutgraf.contract import brief_from_record, brief_to_record
from nutgraf.model import Brief, Edition, Rejected
from nutgraf.ports import CorrectedReport, PhotoSize, Question, StoredPhoto
from nutgraf.store import models
from nutgraf.store.search import Search
from nutgraf.store.shelf import batches, digest
from nutgraf.store.stories import Stories
from nutgraf.store.values import StoredBrief


class Briefs(Stories, Search):
    """Briefs, editions, topics and photos; implements ``ports.StoredBriefs``."""

    def save_brief(self, brief: Brief, *, composed: datetime, composed_from: str) -> bool:
        """Store a brief as its story's newest unless it says just what the newest one says; tells whether it is new."""
        with self._writing():
            story = self._story(brief.id)
            story.composed_from = composed_from
            story.save(using=self.alias, update_fields=["composed_from"])
            record = brief_to_record(brief)
            rows = models.Brief.objects.using(self.alias).filter(story=story, newest=True)
            if any(row.record == record for row in rows):
                return False
            earlier = list(rows.values_list("pk", flat=True))
            rows.update(newest=False)
            models.Topic.objects.using(self.alias).filter(brief__in=earlier).delete()
            row = models.Brief.objects.using(self.alias).create(story=story, composed=composed, record=record)
            models.Topic.objects.using(self.alias).bulk_create(
                models.Topic(brief=row, name=topic, key=digest(topic)) for topic in dict.fromkeys(brief.topics)
            )
            self._index(brief, row.pk, earlier=earlier)
            self._forgive(brief.id)
            return True

    def search(self, question: Question, *, limit: int, before: int | None = None) -> Sequence[tuple[int, Brief]]:
        """Return the briefs that answer, each with its number, the newest first; those under ``before`` alone."""
        numbers = self.found(question, limit=limit, before=before)
        with self._reading():
            rows = models.Brief.objects.using(self.alias).in_bulk(numbers)
            return tuple((number, _stored(rows[number]).brief) for number in numbers if number in rows)

    def keep_brief(self, story: str, rejected: Rejected, *, composed: datetime, composed_from: str) -> None:
        """Store why a story gives no new brief; the last good one stands."""
        with self._writing():
            row = self._story(story)
            row.composed_from = composed_from
            row.save(using=self.alias, update_fields=["composed_from"])
            self._reject(rejected, moment=composed)

    def brief(self, story: str) -> Brief | None:
        """Return the newest brief of that very story."""
        stored = self.stored_brief(story)
        return stored.brief if stored else None

    def stored_brief(self, story: str) -> StoredBrief | None:
        """Return the newest brief of that very story, with its number and when it was composed."""
        with self._reading():
            row = self._newest().filter(story__name=story).first()
            return _stored(row) if row else None

    def stored_briefs(self, stories: Iterable[str]) -> Sequence[StoredBrief]:
        """Return the newest brief of each of those stories that has one, the newest first."""
        with self._reading():
            rows = self._newest().filter(story__name__in=list(stories)).order_by("-composed", "-id")
            return tuple(_stored(row) for row in rows)

    def brief_history(self, story: str) -> Sequence[StoredBrief]:
        """Return all briefs of that very story, the newest first."""
        with self._reading():
            rows = models.Brief.objects.using(self.alias).filter(story__name=story).order_by("-id")
            return tuple(_stored(row) for row in rows)

    def briefs(self, *, limit: int | None = None) -> Sequence[StoredBrief]:
        """Return the newest brief of each story, the newest first."""
        with self._reading():
            return tuple(_stored(row) for row in self._newest().order_by("-composed", "-id")[:limit])

    def corrected(
        self, *, since: datetime | None = None, story: str | None = None, limit: int
    ) -> Sequence[CorrectedReport]:
        """Return the reports that their outlets corrected and that a brief rests on, the newest first.

        Those of a moment or later alone where ``since`` is given, of one story alone where ``story`` is.
        """
        asked = {"moment__gte": since, "placement__story__name": story}
        rows = (
            models.Article.objects.using(self.alias)
            .filter(newest=True, placement__story__brief__newest=True)
            .filter(**{name: value for name, value in asked.items() if value is not None})
            .annotate(kept=Cast("record", TextField()))
            .filter(kept__contains='"corrections":["')
            .order_by("-moment", "name")
            .values_list("outlet", "moment", "record", "placement__story__name", "placement__story__brief__record")
        )
        with self._reading():
            return tuple(
                CorrectedReport(
                    outlet=outlet,
                    when=moment,
                    notes=tuple(record["corrections"]),
                    language=record.get("language"),
                    story=name,
                    headline=brief_from_record(brief).headline.text,
                )
                for outlet, moment, record, name, brief in rows[:limit]
            )

    def save_edition(self, day: date, briefs: Sequence[int], *, made: datetime) -> None:
        """Store the edition of a day: numbers of briefs, the lead first; replaces the day's earlier one."""
        with self._writing():
            edition, _ = models.Edition.objects.using(self.alias).update_or_create(day=day, defaults={"made": made})
            rows = models.EditionBrief.objects.using(self.alias)
            rows.filter(edition=edition).delete()
            rows.bulk_create(
                models.EditionBrief(edition=edition, position=position, brief_id=number)
                for position, number in enumerate(briefs)
            )

    def latest_edition(self) -> Edition | None:
        """Return the newest edition, or ``None`` where there is none yet."""
        days = self.edition_days()
        return self.edition(days[0]) if days else None

    def edition(self, day: date) -> Edition | None:
        """Return the edition of that day."""
        stored = self.stored_edition(day)
        return None if stored is None else Edition(day, tuple(one.brief for one in stored))

    def stored_edition(self, day: date) -> Sequence[StoredBrief] | None:
        """Return the briefs of that day's edition with their numbers, or ``None`` where there is no edition."""
        with self._reading():
            if not models.Edition.objects.using(self.alias).filter(day=day).exists():
                return None
            rows = models.EditionBrief.objects.using(self.alias).filter(edition__day=day).select_related("brief")
            return tuple(_stored(row.brief) for row in rows.order_by("position"))

    def last_told(self, story: str, *, before: date) -> tuple[date, Brief] | None:
        """Return the last edition before a day that told a story, by any name it had, and the brief it told it by."""
        with self._reading():
            names = [
                story,
                *models.Story.objects.using(self.alias).filter(merged_into=story).values_list("name", flat=True),
            ]
            rows = models.EditionBrief.objects.using(self.alias).filter(
                brief__story__name__in=names, edition__day__lt=before
            )
            row = rows.select_related("brief", "edition").order_by("-edition__day", "position").first()
            return (row.edition.day, _stored(row.brief).brief) if row else None

    def edition_days(self) -> Sequence[date]:
        """Return the days that have an edition, the newest first."""
        with self._reading():
            return tuple(models.Edition.objects.using(self.alias).order_by("-day").values_list("day", flat=True))

    def topics(self, *, limit: int) -> Sequence[tuple[str, int]]:
        """Return the topics that have most stories, most first, each with how many it has."""
        with self._reading():
            rows = models.Topic.objects.using(self.alias)
            # Counted by the index alone; names, which may be of any length, are read for those that are returned.
            counted = rows.values("key").annotate(stories=Count("pk"), one=Min("pk")).order_by("-stories", "key")
            found = list(counted[:limit])
            names = {
                row.pk: row.name for part in batches([row["one"] for row in found]) for row in rows.filter(pk__in=part)
            }
            told = [(names[row["one"]], row["stories"]) for row in found]
            return tuple(sorted(told, key=lambda one: (-one[1], one[0])))

    def changes(self, *, after: int, limit: int) -> Sequence[tuple[int, Brief, Sequence[str]]]:
        """Return the briefs with numbers above ``after``, the lowest first: number, brief, stories merged into its.

        Every new or revised brief gets a higher number than all before, whenever its articles were published.
        """
        with self._reading():
            found = self._newest().filter(pk__gt=after).order_by("pk")  # a merged story has none
            rows = [_stored(row) for row in found[:limit]]
            merged: dict[str, list[str]] = {}
            names = models.Story.objects.using(self.alias).filter(merged_into__in=[row.brief.id for row in rows])
            for name, into in names.order_by("name").values_list("name", "merged_into"):
                merged.setdefault(str(into), []).append(name)
            return tuple((row.number, row.brief, merged.get(row.brief.id, ())) for row in rows)

    def last_number(self) -> int:
        """Return the highest number that a brief has; 0 where there is none."""
        with self._reading():
            return self._newest().aggregate(last=Max("pk"))["last"] or 0

    def told(self, *, first: int, last: int) -> Sequence[tuple[str, datetime]]:
        """Return the stories whose newest briefs have numbers from ``first`` to ``last``: name, and when composed."""
        with self._reading():
            rows = self._newest().filter(pk__range=(first, last)).order_by("pk")
            return tuple(rows.values_list("story__name", "composed"))

    def save_photo(self, url: str, photo: StoredPhoto) -> None:
        """Store a picture."""
        with self._writing():
            models.Photo.objects.using(self.alias).update_or_create(
                key=digest(url),
                defaults={
                    "url": url,
                    "body": photo.body,
                    "content_type": photo.content_type,
                    "width": photo.width,
                    "height": photo.height,
                },
            )
            self._forgive(url)

    def photo(self, url: str) -> StoredPhoto | None:
        """Return the stored picture that was fetched from ``url``."""
        with self._reading():
            row = models.Photo.objects.using(self.alias).filter(key=digest(url)).first()
            return StoredPhoto(bytes(row.body), row.content_type, row.width, row.height) if row else None

    def photo_sizes(self, urls: Iterable[str]) -> Mapping[str, PhotoSize]:
        """Return kind and size of those pictures that are stored, without reading them."""
        keys = {digest(url): url for url in urls}
        with self._reading():
            rows = models.Photo.objects.using(self.alias)
            found = [
                row
                for part in batches(list(keys))
                for row in rows.filter(key__in=part).values_list("key", "content_type", "width", "height")
            ]
            return {keys[key]: PhotoSize(kind, width, height) for key, kind, width, height in found}

    def photos_wanted(self, *, rejected_before: datetime) -> Sequence[str]:
        """Return the addresses of the newest briefs' pictures that are not stored; not those rejected since then."""
        with self._reading():
            urls = {
                row.record["photo"]["url"]: digest(row.record["photo"]["url"])
                for row in self._newest().order_by("id")
                if row.record["photo"]
            }
            dropped = models.Rejection.objects.using(self.alias).filter(moment__gt=rejected_before)
            known = set(models.Photo.objects.using(self.alias).values_list("key", flat=True))
            known |= set(dropped.values_list("key", flat=True))
            return tuple(url for url, key in urls.items() if key not in known)

    def _newest(self) -> QuerySet[models.Brief]:
        return models.Brief.objects.using(self.alias).filter(newest=True)


def _stored(row: models.Brief) -> StoredBrief:
    return StoredBrief(row.pk, brief_from_record(row.record, name="stored brief"), row.composed)
