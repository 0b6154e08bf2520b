"""The shelf of followed stories: which browsers are to be told of which, and what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from nutgraf.contract import brief_from_record
from nutgraf.ports import Browser
from nutgraf.store import models
from nutgraf.store.shelf import Shelf, digest
from nutgraf.store.values import Notice

MOST_STORIES = 200
"""Stories that one browser can follow."""

QUIET = timedelta(minutes=30)
"""The time between two notices of one story to one browser, at the least."""

MOST_FAILURES = 20


class Following(Shelf):
    """Followed stories; implements ``ports.Followers``."""

    def follow(self, browser: Browser, story: str, *, now: datetime) -> bool:
        """Let a browser follow a story from its present brief on; tells whether it does, which too many forbid."""
        with self._writing():
            endpoint, _ = models.PushEndpoint.objects.using(self.alias).update_or_create(
                key=digest(browser.endpoint),
                defaults={
                    "address": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth, "failures": 0,
                },
            )  # fmt: skip
            rows = models.Followed.objects.using(self.alias).filter(endpoint=endpoint)
            if rows.count() >= MOST_STORIES:
                return False
            newest = models.Brief.objects.using(self.alias).filter(story__name=story, newest=True).first()
            rows.get_or_create(
                endpoint=endpoint,
                story=story,
                defaults={"told": newest.pk if newest else 0, "told_at": now - QUIET},
            )
            return True

    def unfollow(self, endpoint: str, story: str) -> None:
        """Let a browser follow a story no longer; one that follows none is forgotten."""
        with self._writing():
            rows = models.Followed.objects.using(self.alias).filter(endpoint__key=digest(endpoint))
            rows.filter(story=story).delete()
            if not rows.exists():
                models.PushEndpoint.objects.using(self.alias).filter(key=digest(endpoint)).delete()

    def forget_browser(self, endpoint: str) -> None:
        """Forget a browser and all that it follows."""
        with self._writing():
            models.PushEndpoint.objects.using(self.alias).filter(key=digest(endpoint)).delete()

    def browsers(self) -> int:
        """Return how many browsers follow a story."""
        with self._reading():
            return models.PushEndpoint.objects.using(self.alias).count()

    def notices(self, *, now: datetime) -> Sequence[Notice]:
        """Return what browsers are to be told: followed stories whose briefs are newer than what they know."""
        with self._writing():
            self._follow_merged()
            rows = models.Followed.objects.using(self.alias).filter(told_at__lte=now - QUIET)
            newest = models.Brief.objects.using(self.alias).filter(
                newest=True, story__name__in=rows.values("story").distinct()
            )
            briefs = {row.story.name: row for row in newest.select_related("story")}
            return tuple(
                Notice(
                    number=row.pk,
                    browser=Browser(row.endpoint.address, row.endpoint.p256dh, row.endpoint.auth),
                    brief=brief_from_record(briefs[row.story].record, name="stored brief"),
                    before=row.told,
                    told=briefs[row.story].pk,
                )
                for row in rows.select_related("endpoint").order_by("pk")
                if row.story in briefs and briefs[row.story].pk > row.told
            )

    def claim_notice(self, notice: Notice, *, now: datetime) -> bool:
        """Note that a browser is told; tells whether nobody else did so in between."""
        with self._writing():
            rows = models.Followed.objects.using(self.alias).filter(pk=notice.number, told=notice.before)
            return rows.update(told=notice.told, told_at=now) == 1

    def notice_told(self, notice: Notice) -> None:
        """Note that a browser was reached."""
        with self._writing():
            rows = models.PushEndpoint.objects.using(self.alias)
            rows.filter(key=digest(notice.browser.endpoint)).exclude(failures=0).update(failures=0)

    def notice_failed(self, notice: Notice) -> None:
        """Note that a browser could not be reached: it is tried again later; after many failures it is forgotten."""
        with self._writing():
            followed = models.Followed.objects.using(self.alias).filter(pk=notice.number, told=notice.told)
            followed.update(told=notice.before)
            row = models.PushEndpoint.objects.using(self.alias).filter(key=digest(notice.browser.endpoint)).first()
            if row is None:
                return
            row.failures += 1
            if row.failures >= MOST_FAILURES:
                row.delete()
            else:
                row.save(using=self.alias, update_fields=["failures"])

    def _follow_merged(self) -> None:
        """Who follows a story that was merged follows the one that it is part of now."""
        rows = models.Followed.objects.using(self.alias)
        stories = models.Story.objects.using(self.alias).exclude(merged_into=None)
        for story in stories.filter(name__in=rows.values("story")):
            for row in rows.filter(story=story.name):
                if rows.filter(endpoint=row.endpoint, story=story.merged_into).exists():
                    row.delete()
                else:
                    rows.filter(pk=row.pk).update(story=story.merged_into)
