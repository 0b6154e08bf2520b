"""The shelf of subscribers: who gets the edition by mail, and which mails were sent."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from nutgraf.store import models
from nutgraf.store.shelf import Shelf, digest
from nutgraf.store.values import ClaimedMailing

ASK_AGAIN = timedelta(days=1)
MOST_AN_HOUR = 100
"""Addresses that may be asked to confirm within an hour: whoever gives strangers' addresses does not get far."""

LEASE = timedelta(minutes=10)
"""A mail that was claimed so long ago and not done belongs to a process that ended."""

MOST_REFUSALS = 3


class Mailings(Shelf):
    """Subscribers and mailings; implements ``ports.MailingList``."""

    def ask_to_subscribe(self, address: str, *, now: datetime, language: str = "") -> str | None:
        """Note that someone gave an address on pages of that language; return the token to confirm it by.

        ``None`` where no mail is to be sent: it is confirmed already, it was asked within a day, or very many
        were within an hour.
        """
        with self._writing():
            rows = models.Subscriber.objects.using(self.alias)
            rows.filter(confirmed=None, asked__lt=now - 7 * ASK_AGAIN).delete()
            if rows.filter(asked__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
                return None
            token = secrets.token_urlsafe(32)
            row, new = rows.get_or_create(
                key=digest(address.casefold()),
                defaults={"address": address, "token": token, "asked": now, "language": language},
            )
            if new:
                return token
            if row.confirmed or row.asked > now - ASK_AGAIN:
                return None
            rows.filter(pk=row.pk).update(asked=now, language=language)
            return row.token

    def confirm(self, token: str, *, now: datetime) -> bool:
        """Confirm the address that a token stands for; tells whether there is one."""
        with self._writing():
            rows = models.Subscriber.objects.using(self.alias).filter(token=token)
            rows.filter(confirmed=None).update(confirmed=now)
            return rows.exists()

    def unsubscribe(self, token: str) -> None:
        """Forget the address that a token stands for, if there is one."""
        with self._writing():
            models.Subscriber.objects.using(self.alias).filter(token=token).delete()

    def is_subscriber(self, token: str) -> bool | None:
        """Tell whether a token's address is confirmed; ``None`` where it stands for none."""
        with self._reading():
            row = models.Subscriber.objects.using(self.alias).filter(token=token).first()
            return None if row is None else row.confirmed is not None

    def subscribers(self) -> int:
        """Return how many addresses get the edition."""
        with self._reading():
            return models.Subscriber.objects.using(self.alias).exclude(confirmed=None).count()

    def claim_mailing(self, day: date, *, now: datetime, leave_out: Collection[str] = ()) -> ClaimedMailing | None:
        """Claim the next mail of a day's edition that nobody has sent, so that no other process sends it too.

        ``leave_out`` are tokens of subscribers whom a try in this round failed. Claims that were left by a process that
        ended are claimed again after ``LEASE``.
        """
        with self._writing():
            mailings = models.Mailing.objects.using(self.alias)
            wanted = (
                models.Subscriber.objects.using(self.alias).exclude(confirmed=None).exclude(token__in=list(leave_out))
            )
            for subscriber in wanted.exclude(mailing__day=day).order_by("pk")[:5]:
                _, new = mailings.get_or_create(subscriber=subscriber, day=day, defaults={"claimed": now})
                if new:
                    return _claimed(day, subscriber, again=False)
            left = mailings.filter(day=day, done=False, claimed__lte=now - LEASE).select_related("subscriber")
            for row in left.order_by("pk"):
                if mailings.filter(pk=row.pk, done=False, claimed=row.claimed).update(claimed=now):
                    return _claimed(day, row.subscriber, again=True)
            return None

    def end_mailing(self, mailing: ClaimedMailing, *, refused: bool) -> None:
        """Note that a claimed mail was taken, or refused for good; who refuses several in a row gets none any more."""
        with self._writing():
            mailings = models.Mailing.objects.using(self.alias)
            mailings.filter(subscriber__token=mailing.token, day=mailing.day).update(done=True)
            row = models.Subscriber.objects.using(self.alias).filter(token=mailing.token).first()
            if row is None:
                return
            row.refused = row.refused + 1 if refused else 0
            if row.refused >= MOST_REFUSALS:
                row.delete()
            else:
                row.save(using=self.alias, update_fields=["refused"])

    def release_mailing(self, mailing: ClaimedMailing) -> None:
        """Give a claimed mail back that was surely not sent."""
        with self._writing():
            mailings = models.Mailing.objects.using(self.alias)
            mailings.filter(subscriber__token=mailing.token, day=mailing.day, done=False).delete()


def _claimed(day: date, subscriber: models.Subscriber, *, again: bool) -> ClaimedMailing:
    return ClaimedMailing(day, subscriber.address, subscriber.token, again, subscriber.language)
