"""The shelf of stories: where each article was put, and the names that stories go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connections
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from nutgraf.model import Placement, Ruling
from nutgraf.store import models
from nutgraf.store.articles import Articles, stored_article
from nutgraf.store.search import take_out
from nutgraf.store.values import PlacedArticle, StoredArticle, StoredRuling, StoredStory, StoryContents


class Stories(Articles):
    """Stories and placements."""

    def unplaced_articles(self, *, limit: int | None = None) -> Sequence[StoredArticle]:
        """Return the newest version of each page that was put in no story yet, the earliest published first."""
        with self._reading():
            rows = models.Article.objects.using(self.alias).filter(newest=True, placement=None)
            return tuple(stored_article(row) for row in rows.order_by("moment", "name")[:limit])

    def placed_between(self, start: datetime, end: datetime) -> Sequence[PlacedArticle]:
        """Return what was put in a story and published within these moments, all versions, the earliest first."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias)
            return self._placed(rows.filter(article__moment__gte=start, article__moment__lte=end))

    def placed_in(self, story: str) -> Sequence[PlacedArticle]:
        """Return the articles of that very story, the newest version of each page, the earliest first.

        An origin that was a version by now replaced is the version that replaced it; no page is its own origin.
        """
        with self._reading():
            rows = models.Placement.objects.using(self.alias).filter(story__name=story)
            placed = self._placed(rows.filter(article__newest=True))
            newest = self.newest_of(one.placement.origin for one in placed if one.placement.origin)
        return tuple(replace(one, placement=_with_newest(one.placement, newest)) for one in placed)

    def newest_of(self, articles: Iterable[str]) -> Mapping[str, str]:
        """Return for articles' ids that of the newest version of the same page."""
        wanted = sorted(set(articles))
        with self._reading():
            rows = models.Article.objects.using(self.alias)
            keys = dict(rows.filter(name__in=wanted).values_list("name", "page_key"))
            newest = rows.filter(page_key__in=set(keys.values()), newest=True).values_list("page_key", "name")
            by_page = dict(newest)
            return {name: by_page.get(key, name) for name, key in keys.items()}

    def left_behind(self, placed: Mapping[str, str]) -> Mapping[str, str]:
        """Return the stories that hold nothing but earlier versions of ``placed`` articles' pages (ids to stories).

        Each is given with the story that its page is in now.
        """
        with self._reading():
            articles = models.Article.objects.using(self.alias)
            pages = dict(articles.filter(name__in=list(placed)).values_list("page_key", "name"))
            placements = models.Placement.objects.using(self.alias)
            old = placements.filter(article__page_key__in=list(pages), article__newest=False)
            found = {}
            for story, page in old.filter(story__merged_into=None).values_list("story__name", "article__page_key"):
                now = placed[pages[page]]
                if story != now and not placements.filter(story__name=story, article__newest=True).exists():
                    found[story] = now
            return found

    def contents(self) -> Mapping[str, StoryContents]:
        """Return for every story that was not merged what it holds: newest versions only, the earliest first."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias).filter(story__merged_into=None, article__newest=True)
            rows = rows.annotate(revised=self._revised()).order_by("article__moment", "article__name")
            found: dict[str, StoryContents] = {}
            for story, composed_from, article, origin, moment, arrived, revised in rows.values_list(
                "story__name",
                "story__composed_from",
                "article__name",
                "origin",
                "article__moment",
                "article__arrived",
                "revised",
            ):
                before = found.get(story)
                # A correction is news of the day on which it came, whatever day its page still gives.
                latest = arrived if revised else moment
                found[story] = StoryContents(
                    story=story,
                    articles=(*(before.articles if before else ()), (article, origin)),
                    latest=max(before.latest, latest) if before else latest,
                    composed_from=composed_from,
                )
            return found

    def _revised(self) -> Exists:
        """Tell of a placement whether its article replaced an earlier version of its page."""
        versions = models.Article.objects.using(self.alias).filter(page_key=OuterRef("article__page_key"))
        return Exists(versions.filter(arrived__lt=OuterRef("article__arrived")))

    def placement_of(self, article: str) -> Placement | None:
        """Return where an article was put."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias).filter(article__name=article)
            row = rows.select_related("article", "story").first()
            return _placement(row) if row else None

    def vectors_between(self, start: datetime, end: datetime) -> Mapping[str, bytes]:
        """Return the vectors of the headlines of articles published within these moments, as they were stored."""
        with self._reading():
            rows = models.Placement.objects.using(self.alias).exclude(vector=None)
            rows = rows.filter(article__moment__gte=start, article__moment__lte=end)
            return {key: bytes(vector) for key, vector in rows.values_list("article__name", "vector") if vector}

    def save_ruling(self, ruling: Ruling, *, made: datetime) -> None:
        """Store what an editor decided."""
        with self._writing():
            models.Ruling.objects.using(self.alias).create(
                made=made, together=ruling.together, one=list(ruling.one), other=list(ruling.other)
            )

    def rulings(self) -> Sequence[StoredRuling]:
        """Return what editors decided, in the order in which they did."""
        with self._reading():
            return tuple(
                StoredRuling(Ruling(row.together, tuple(row.one), tuple(row.other)), made=row.made)
                for row in models.Ruling.objects.using(self.alias).order_by("made", "id")
            )

    def save_placements(
        self,
        placements: Iterable[Placement],
        merged: Mapping[str, str] | None = None,
        *,
        vectors: Mapping[str, bytes] | None = None,
    ) -> None:
        """Store where articles were put, and which stories were merged into which (a name to another), together.

        ``vectors`` are those of articles' headlines; they are kept so that they need not be found again.
        """
        with self._writing():
            given = list(placements)
            articles = {
                row.name: row
                for row in models.Article.objects.using(self.alias).filter(name__in=[one.article for one in given])
            }
            stories = {name: self._story(name) for name in sorted({one.story for one in given})}
            for one in given:
                vector = (vectors or {}).get(one.article)
                models.Placement.objects.using(self.alias).update_or_create(
                    article=articles[one.article],
                    defaults={
                        "story": stories[one.story],
                        "origin": one.origin,
                        "grounds": list(one.grounds),
                        **({"vector": vector} if vector else {}),
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
            briefs = models.Brief.objects.using(self.alias).filter(story=row, newest=True)
            gone = list(briefs.values_list("pk", flat=True))
            briefs.update(newest=False)
            models.Topic.objects.using(self.alias).filter(brief__in=gone).delete()
            with connections[self.alias].cursor() as cursor:
                take_out(cursor, gone)

    def _placed(self, rows: QuerySet[models.Placement]) -> Sequence[PlacedArticle]:
        rows = rows.select_related("article", "story").order_by("article__moment", "article__name")
        return tuple(PlacedArticle(stored=stored_article(row.article), placement=_placement(row)) for row in rows)


def _placement(row: models.Placement) -> Placement:
    return Placement(article=row.article.name, story=row.story.name, origin=row.origin, grounds=tuple(row.grounds))


def _with_newest(placement: Placement, newest: Mapping[str, str]) -> Placement:
    origin = newest.get(placement.origin, placement.origin) if placement.origin else None
    return replace(placement, origin=None if origin == placement.article else origin)
