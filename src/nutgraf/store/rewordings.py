"""The shelf of what the writer was asked and answered: nothing is asked twice, and no limit is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Sum

from nutgraf.ports import RewordingRecord, WriterAnswer
from nutgraf.store import models
from nutgraf.store.shelf import Shelf

KEPT = timedelta(days=90)
"""How long answers are kept; a story does not change after that, and so is not asked about again."""


class Rewordings(Shelf):
    """Questions to the writer and its answers; implements ``ports.WriterLedger``."""

    def writer_answer(self, key: str) -> str | None:
        """Return the kept answer to a question; ``None`` where there is none."""
        with self._reading():
            rows = models.Rewording.objects.using(self.alias).filter(key=key)
            answer: str | None = rows.values_list("answer", flat=True).first()
            return answer

    def writer_requests(self, *, since: datetime) -> int:
        """Return how many requests were made since a moment, those that failed among them."""
        with self._reading():
            rows = models.Rewording.objects.using(self.alias).filter(asked__gte=since)
            return rows.aggregate(all=Sum("requests"))["all"] or 0

    def writer_tries(self, key: str) -> int:
        """Return how often a question was asked in vain."""
        with self._reading():
            rows = models.Rewording.objects.using(self.alias).filter(key=key, answer=None)
            return rows.values_list("requests", flat=True).first() or 0

    def note_question(self, key: str, *, story: str, writer: str, now: datetime) -> None:
        """Note, before it is asked, that a question is asked."""
        with self._writing():
            rows = models.Rewording.objects.using(self.alias)
            rows.filter(asked__lt=now - KEPT).delete()
            again = rows.filter(key=key).update(story=story, asked=now, requests=F("requests") + 1)
            if not again:
                rows.create(key=key, story=story, writer=writer, asked=now)

    def note_answer(self, key: str, answer: WriterAnswer) -> None:
        """Keep the answer to a question."""
        with self._writing():
            models.Rewording.objects.using(self.alias).filter(key=key).update(
                answer=answer.text, tokens=answer.tokens, requests=F("requests") + answer.requests - 1
            )

    def note_outcome(
        self, key: str, *, story: str, taken: Sequence[str], refused: Sequence[tuple[str, str, str]]
    ) -> None:
        """Keep where a writer's words stand in a story's brief, and what was refused: place, text, why."""
        with self._writing():
            models.Rewording.objects.using(self.alias).filter(key=key).update(
                story=story, taken=list(taken), refused=[list(one) for one in refused]
            )

    def rewordings_of(self, story: str) -> Sequence[RewordingRecord]:
        """Return what became of the questions about a story's brief, the latest first."""
        with self._reading():
            rows = models.Rewording.objects.using(self.alias).filter(story=story).order_by("-asked", "-id")
            return tuple(
                RewordingRecord(
                    story=row.story,
                    writer=row.writer,
                    asked=row.asked,
                    answered=row.answer is not None,
                    taken=tuple(row.taken),
                    refused=tuple((place, text, why) for place, text, why in row.refused),
                )
                for row in rows
            )
