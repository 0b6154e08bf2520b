"""The shelf of editions that are made once: one for each slot of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from nutgraf.contract import brief_from_record
from nutgraf.model import Brief, Edition
from nutgraf.store import models
from nutgraf.store.shelf import Shelf


class Slots(Shelf):
    """Editions of slots; implements a part of ``ports.StoredBriefs``."""

    def save_slot(
        self, edition: Edition, briefs: Sequence[int], *, moment: datetime, made: datetime, last: int
    ) -> bool:
        """Store the edition of a slot, whole, unless it is stored; tells whether it is new.

        ``briefs`` are the numbers of its briefs, the lead first, ``last`` is the highest number that any brief has.
        """
        with self._writing():
            row, is_new = models.SlotEdition.objects.using(self.alias).get_or_create(
                day=edition.day,
                slot=edition.slot,
                zone=edition.zone,
                defaults={"moment": moment, "made": made, "last": last},
            )
            if is_new:
                models.SlotBrief.objects.using(self.alias).bulk_create(
                    models.SlotBrief(edition=row, position=position, brief_id=number)
                    for position, number in enumerate(briefs)
                )
            return is_new

    def slot_edition(self, day: date, slot: str) -> Edition | None:
        """Return the edition of a slot, in whatever zone it was made last."""
        with self._reading():
            row = models.SlotEdition.objects.using(self.alias).filter(day=day, slot=slot).order_by("-moment").first()
            return self._edition(row) if row else None

    def slot_editions(self, *, limit: int) -> Sequence[tuple[date, str]]:
        """Return day and slot of the latest editions of slots that have a brief, the newest first."""
        with self._reading():
            rows = models.SlotEdition.objects.using(self.alias).filter(slotbrief__position=0).order_by("-moment")
            return tuple(rows.values_list("day", "slot")[:limit])

    def is_slot_made(self, day: date, slot: str, zone: str) -> bool:
        """Tell whether the edition of a slot is made."""
        with self._reading():
            return models.SlotEdition.objects.using(self.alias).filter(day=day, slot=slot, zone=zone).exists()

    def last_in_slots(self) -> int | None:
        """Return the highest number that a brief had when the latest edition of a slot was made."""
        with self._reading():
            rows = models.SlotEdition.objects.using(self.alias).order_by("-moment", "-id")
            last: int | None = rows.values_list("last", flat=True).first()
            return last

    def told_in_slots(self, *, since: datetime) -> Sequence[Brief]:
        """Return the briefs of the editions of slots since a moment, the latest first."""
        with self._reading():
            rows = models.SlotBrief.objects.using(self.alias).filter(edition__moment__gte=since)
            rows = rows.select_related("brief").order_by("-edition__moment", "position")
            return tuple(brief_from_record(row.brief.record, name="stored brief") for row in rows)

    def _edition(self, row: models.SlotEdition) -> Edition:
        rows = (
            models.SlotBrief.objects.using(self.alias).filter(edition=row).select_related("brief").order_by("position")
        )
        briefs = tuple(brief_from_record(one.brief.record, name="stored brief") for one in rows)
        return Edition(row.day, briefs, slot=row.slot, zone=row.zone, made=row.made)
