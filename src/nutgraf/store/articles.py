"""The shelf of articles: every version of every page, and the claims found in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urldefrag

from nutgraf.analysis import Analysis, analysis_from
from nutgraf.contract import article_from_record, article_to_record, claim_from_record, claim_to_record
from nutgraf.model import Article, Claim, Item, Rejected
from nutgraf.store import models
from nutgraf.store.shelf import digest, moment_of
from nutgraf.store.sources import READ, REJECTED, Sources
from nutgraf.store.values import Kept, StoredArticle


class Articles(Sources):
    """Articles and claims."""

    def save_article(self, article: Article, *, arrived: datetime, items: Iterable[int] = ()) -> Kept:
        """Store an article and settle the items that it was read for."""
        with self._writing():
            numbers = list(items)
            row, kept = self._keep(article, arrived=arrived, before=self._page_of_items(numbers))
            self._settle_items(numbers, READ, row, moment=arrived, in_vain=kept is Kept.SAME)
            return kept

    def save_page_article(self, article: Article, item: Item, page_digest: str, *, arrived: datetime) -> Kept:
        """Store the article of an item that came with its page (archives, folders)."""
        with self._writing():
            row, kept = self._keep(article, arrived=arrived)
            self._settle_items((self._item_of_page(item, page_digest, arrived=arrived),), READ, row, moment=arrived)
            return kept

    def reject_items(self, rejected: Rejected, items: Iterable[int], *, moment: datetime, source: str) -> None:
        """Store why the page of these items gives no article, and settle them."""
        with self._writing():
            self._reject(rejected, moment=moment, source=source)
            self._settle_items(items, REJECTED, None, moment=moment, in_vain=True)

    def reject_page(self, rejected: Rejected, item: Item, page_digest: str, *, moment: datetime) -> None:
        """Store why the page that came with an item gives no article."""
        with self._writing():
            self._reject(rejected, moment=moment, source=item.source)
            numbers = (self._item_of_page(item, page_digest, arrived=moment),)
            self._settle_items(numbers, REJECTED, None, moment=moment)

    def article(self, article: str) -> StoredArticle | None:
        """Return the article of that id."""
        with self._reading():
            row = models.Article.objects.using(self.alias).filter(name=article).first()
            return stored_article(row) if row else None

    def articles(self, *, limit: int | None = None) -> Sequence[StoredArticle]:
        """Return the articles, the latest published first."""
        with self._reading():
            rows = models.Article.objects.using(self.alias).order_by("-moment", "name")
            return tuple(stored_article(row) for row in rows[:limit])

    def versions(self, address: str) -> Sequence[StoredArticle]:
        """Return all versions of the page at ``address``, the newest last."""
        with self._reading():
            items = models.Item.objects.using(self.alias).filter(address_key=digest(address), article__isnull=False)
            keys = {page_key(address), *items.values_list("article__page_key", flat=True)}
            rows = models.Article.objects.using(self.alias).filter(page_key__in=keys)
            return tuple(stored_article(row) for row in rows.order_by("newest", "arrived", "id"))

    def articles_without_claims(self, *, limit: int | None = None) -> Sequence[Article]:
        """Return the placed articles whose claims were not looked for yet, the newest version of each page."""
        with self._reading():
            rows = models.Article.objects.using(self.alias).filter(newest=True, claims=None, placement__isnull=False)
            return tuple(stored_article(row).article for row in rows.order_by("moment", "name")[:limit])

    def save_claims(
        self, claims: Mapping[str, Iterable[Claim]], analyses: Mapping[str, Analysis] | None = None
    ) -> None:
        """Store the claims of articles by id, and what else was learnt of their texts; earlier ones are replaced."""
        with self._writing():
            rows = models.Article.objects.using(self.alias).filter(name__in=list(claims))
            for row in rows:
                records = [claim_to_record(claim) for claim in claims[row.name]]
                analysis = (analyses or {}).get(row.name)
                models.Claims.objects.using(self.alias).update_or_create(
                    article=row, defaults={"records": records, "analysis": analysis.to_bytes() if analysis else None}
                )

    def claims_of(self, articles: Iterable[str]) -> Sequence[Claim]:
        """Return the claims of articles, in the order of the ids given."""
        wanted = list(articles)
        with self._reading():
            rows = models.Claims.objects.using(self.alias).filter(article__name__in=wanted).select_related("article")
            found = {row.article.name: row.records for row in rows}
        return tuple(
            claim_from_record(record, article=name) for name in wanted for record in found.get(name, ()) if name
        )

    def analyses_of(self, articles: Iterable[str]) -> Mapping[str, Analysis]:
        """Return what was learnt of articles' texts with their claims, by id, as far as it was stored."""
        with self._reading():
            rows = models.Claims.objects.using(self.alias).filter(
                article__name__in=list(articles), analysis__isnull=False
            )
            packed = ((row.article, row.analysis) for row in rows.select_related("article"))
            return {
                article.name: analysis_from(bytes(one), article=article.name, text=article.text)
                for article, one in packed
                if one is not None
            }

    def _page_of_items(self, numbers: Iterable[int]) -> models.Article | None:
        """Return the newest version of the page that these items led to before, wherever it lay then."""
        items = models.Item.objects.using(self.alias).filter(pk__in=list(numbers), article__isnull=False)
        keys = items.values_list("article__page_key", flat=True)
        return models.Article.objects.using(self.alias).filter(page_key__in=keys, newest=True).order_by("id").first()

    def _keep(
        self, article: Article, *, arrived: datetime, before: models.Article | None = None
    ) -> tuple[models.Article, Kept]:
        rows = models.Article.objects.using(self.alias)
        key = page_key(article.url) if article.url else digest(f"article {article.id}")
        if before is not None and not rows.filter(page_key=key).exists():  # the page has moved with its item
            if (before.title, before.text) == (article.title, article.text):
                return before, Kept.SAME
            key = before.page_key
        record = article_to_record(article)
        del record["text"]
        row, new = rows.get_or_create(
            name=article.id,
            defaults={
                "page_key": key,
                "url": article.url,
                "title": article.title,
                "outlet": article.outlet,
                "text": article.text,
                "record": record,
                "arrived": arrived,
                "moment": moment_of(article.published, arrived),
            },
        )
        if article.url:
            self._forgive(article.url)
        if not new and row.newest:
            return row, Kept.SAME
        earlier = rows.filter(page_key=row.page_key, newest=True).exclude(pk=row.pk).update(newest=False)
        if not new:  # the page went back to an earlier text
            row.newest = True
            row.save(using=self.alias, update_fields=["newest"])
        return row, Kept.VERSION if earlier else Kept.NEW


def page_key(address: str) -> str:
    """Return the key that the versions of one page share: its address, whatever part of it is pointed at."""
    return digest(urldefrag(address).url)


def stored_article(row: models.Article) -> StoredArticle:
    """Return the value of a row."""
    article = article_from_record({**row.record, "text": row.text}, name="stored article")
    return StoredArticle(article=article, arrived=row.arrived, moment=row.moment, newest=row.newest)
