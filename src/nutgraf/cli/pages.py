"""``nutgraf brief PAGE_OR_URL…``: pages of one or several stories become briefs, with no desk and no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nutgraf.articles import read_article
from nutgraf.cli.claiming import analysed_claims
from nutgraf.cli.composing import compose_story
from nutgraf.cli.extracting import PageFile, extract_page
from nutgraf.cli.progress import Step
from nutgraf.errors import FetchError
from nutgraf.model import Article, Brief, Reason, Rejected, instant
from nutgraf.ports import Fetcher, Language, Meaning
from nutgraf.stories import Grouping, stories_of, with_vectors


def read_all(names: Iterable[str], fetcher: Fetcher, step: Step) -> Iterator[Article | Rejected]:
    """Yield the article, or the rejection, of each page: a path, or an address to fetch; the same article only once."""
    seen: set[str] = set()
    for name in names:
        result = (
            _fetched(name, fetcher) if name.startswith(("http://", "https://")) else extract_page(PageFile(Path(name)))
        )
        step()
        if isinstance(result, Article) and result.id in seen:
            continue
        if isinstance(result, Article):
            seen.add(result.id)
        yield result


def _fetched(address: str, fetcher: Fetcher) -> Article | Rejected:
    try:
        page = fetcher.get(address)
    except FetchError as error:
        return Rejected(subject=address, reason=Reason.UNREADABLE, detail=f"{error.problem}. {error.remedy}")
    return read_article(page)


def briefs_of(
    articles: Sequence[Article],
    language: Language,
    step: Step,
    *,
    words: int,
    window_days: float,
    meaning: Meaning | None,
) -> Iterator[Brief | Rejected]:
    """Group articles, in the order of their dates, and yield the brief of each story, the most reported first."""
    grouping = Grouping(window_days=window_days)
    for article, vector in with_vectors(sorted(articles, key=_arrival), meaning):
        grouping.place(article, vector=vector)
    by_id = {article.id: article for article in articles}
    found, analyses = analysed_claims(articles, language, step)
    stories = stories_of(grouping.placements(), by_id)
    for story in sorted(stories, key=lambda story: -len(story.articles)):
        yield compose_story(story, by_id, found, language, words=words, analyses=analyses)


def _arrival(article: Article) -> tuple[bool, str]:
    """Order by date; an undated article comes last, as if it arrived now."""
    return article.published is None, instant(article.published).isoformat() if article.published else ""
