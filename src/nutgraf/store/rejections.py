"""The shelf of rejections: what was dropped, why, and who brought it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nutgraf.model import Reason, Rejected
from nutgraf.store import models
from nutgraf.store.shelf import Shelf, digest
from nutgraf.store.values import StoredRejection


class Rejections(Shelf):
    """Rejections; one a subject and reason, the last one stands."""

    def save_rejection(self, rejected: Rejected, *, moment: datetime, source: str | None = None) -> None:
        """Store why something was dropped."""
        with self._writing():
            self._reject(rejected, moment=moment, source=source)

    def rejections(self, *, limit: int | None = None) -> Sequence[StoredRejection]:
        """Return what was dropped, the newest first."""
        with self._reading():
            rows = models.Rejection.objects.using(self.alias).select_related("source").order_by("-moment", "-id")
            return tuple(_rejection(row) for row in rows[:limit])

    def rejections_of(self, subject: str) -> Sequence[StoredRejection]:
        """Return why ``subject`` was dropped, the newest first."""
        with self._reading():
            rows = models.Rejection.objects.using(self.alias).select_related("source").filter(key=digest(subject))
            return tuple(_rejection(row) for row in rows.order_by("-moment", "-id"))

    def _reject(self, rejected: Rejected, *, moment: datetime, source: str | None = None) -> None:
        sources = models.Source.objects.using(self.alias)
        models.Rejection.objects.using(self.alias).update_or_create(
            key=digest(rejected.subject),
            reason=rejected.reason.value,
            defaults={
                "subject": rejected.subject,
                "detail": rejected.detail,
                "moment": moment,
                "source": sources.filter(name=source).first() if source else None,
            },
        )

    def _forgive(self, subject: str) -> None:
        """Forget that ``subject`` was dropped, because it is stored now."""
        models.Rejection.objects.using(self.alias).filter(key=digest(subject)).delete()


def _rejection(row: models.Rejection) -> StoredRejection:
    return StoredRejection(
        subject=row.subject,
        reason=Reason(row.reason),
        detail=row.detail,
        moment=row.moment,
        source=row.source.name if row.source else None,
    )
