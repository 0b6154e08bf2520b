"""The shelf of stories: where each article was put, and the names that stories go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from nutgraf.model import Placement
from nutgraf.store import models
from nutgraf.store.articles import Articles, stored_article
from nutgraf.store.values import PlacedArticle, StoredArticle, StoredStory


class Stories(Articles):
    """Stories and placements."""

    def unplaced_articles(self, *, limit: int | None = None) -> Sequence[StoredArticle]:
        """Return the newest version of each page that was put in no story yet, the earliest published first."""
        with self._reading():
            rows = models.Article.objects.using(self.alias).filter(newest=True, placement=None)
            return tuple(stored_article(row) for row in rows.order_by("moment", "name")[:limit])

    def placed_since(self, moment: datetime) -> Sequence[PlacedArticle]:
        """Return what was put in a story and published since ``moment``, all versions, the earliest first."""
        with self._reading():
            return self._placed(models.Placement.objects.using(self.alias).filter(article__moment__gte=moment))

    def placed_in(self, story: str, *, all_versions: bool = False) -> Sequence[PlacedArticle]:
        """Return the articles of that very story, the earliest first."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias).filter(story__name=story)
            return self._placed(rows if all_versions else rows.filter(article__newest=True))

    def placement_of(self, article: str) -> Placement | None:
        """Return where an article was put."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias).filter(article__name=article)
            row = rows.select_related("article", "story").first()
            return _placement(row) if row else None

    def save_placements(self, placements: Iterable[Placement], merged: Mapping[str, str] | None = None) -> None:
        """Store where articles were put, and which stories were merged into which (a name to another), together."""
        with self._writing():
            given = list(placements)
            articles = {
                row.name: row
                for row in models.Article.objects.using(self.alias).filter(name__in=[one.article for one in given])
            }
            stories = {name: self._story(name) for name in sorted({one.story for one in given})}
            for one in given:
                models.Placement.objects.using(self.alias).update_or_create(
                    article=articles[one.article],
                    defaults={
                        "story": stories[one.story],
                        "origin": one.origin,
                        "grounds": list(one.grounds),
                    },
                )
            self._merge(merged or {})

    def current_name(self, story: str) -> str | None:
        """Return the name that a story goes by now: its own, or the one it was merged into; ``None`` for an unknown."""
        with self._reading():
            seen = set()
            while story not in seen:
                seen.add(story)
                row = models.Story.objects.using(self.alias).filter(name=story).first()
                if row is None:
                    return None
                if row.merged_into is None:
                    return row.name
                story = row.merged_into
            return None

    def stories(self, *, limit: int | None = None) -> Sequence[StoredStory]:
        """Return the stories that have articles, the latest first."""
        with self._reading():
            rows = models.Story.objects.using(self.alias).filter(merged_into=None)
            rows = rows.annotate(
                articles=Count("placement", filter=Q(placement__article__newest=True)),
                latest=Max("placement__article__moment"),
            )
            found = list(rows.filter(articles__gt=0).order_by("-latest", "name")[:limit])
            briefs = models.Brief.objects.using(self.alias).filter(newest=True, story__in=found)
            headlines = {row.story_id: row.record["headline"] for row in briefs}
            return tuple(
                StoredStory(
                    id=row.name,
                    merged_into=None,
                    articles=row.articles,
                    latest=row.latest,
                    headline=headlines.get(row.pk),
                )
                for row in found
            )

    def composed_from(self, story: str) -> str:
        """Return what the story's brief was last composed from, as ``save_brief`` and ``keep_brief`` were told."""
        with self._reading():
            row = models.Story.objects.using(self.alias).filter(name=story).first()
            return row.composed_from if row else ""

    def _story(self, name: str) -> models.Story:
        return models.Story.objects.using(self.alias).get_or_create(name=name)[0]

    def _merge(self, merged: Mapping[str, str]) -> None:
        for name, into in sorted(merged.items()):
            if name == into:
                continue
            row = self._story(name)
            if row.merged_into == into:
                continue
            self._story(into)
            row.merged_into = into
            row.save(using=self.alias, update_fields=["merged_into"])
            models.Brief.objects.using(self.alias).filter(story=row).update(newest=False)

    def _placed(self, rows: QuerySet[models.Placement]) -> Sequence[PlacedArticle]:
        rows = rows.select_related("article", "story").order_by("article__moment", "article__name")
        return tuple(PlacedArticle(stored=stored_article(row.article), placement=_placement(row)) for row in rows)


def _placement(row: models.Placement) -> Placement:
    return Placement(article=row.article.name, story=row.story.name, origin=row.origin, grounds=tuple(row.grounds))
