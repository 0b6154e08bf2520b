"""The stage commands: each reads and writes the contract's JSON lines, so that it can be measured or replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nutgraf.articles import read_article
from nutgraf.briefs import check, compose
from nutgraf.briefs.changes import with_sole
from nutgraf.claims import find_claims_of
from nutgraf.claims.relations import relate_claims
from nutgraf.cli.lines import Bad, in_order, read_values
from nutgraf.contract import (
    article_from_record,
    article_to_record,
    brief_from_record,
    brief_to_record,
    claim_to_record,
    placement_to_record,
    rejected_to_record,
)
from nutgraf.errors import InputError
from nutgraf.model import Article, Brief, Claim, Rejected, Story
from nutgraf.ports import Language, Meaning
from nutgraf.sources import read_saved_page
from nutgraf.stories import group, story_of

Step = Callable[[], None]
Reword = Callable[[Brief | Rejected], Brief | Rejected]
"""Has a brief's lines reworded; a rejection stays one."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A saved page to extract: where it lies, the id its article gets, and the address it was served at."""

    path: Path
    id: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class StoryArticles:
    """A story that is given whole: its id and its articles."""

    id: str
    articles: tuple[Article, ...]


# extract


def page_files(paths: Iterable[str]) -> Iterator[PageFile]:
    """Yield the pages that are named on the command line."""
    return (PageFile(Path(path)) for path in paths)


def listed_pages(path: str) -> Iterator[PageFile | Bad]:
    """Yield the pages of a list (id, path, url); a relative path starts from the list's folder."""
    folder = Path() if path == "-" else Path(path).parent

    def read(record: dict[str, Any], name: str) -> PageFile:
        if not isinstance(record.get("path"), str):
            raise InputError(name, 'has no "path"', "Give each page its path, and an id and a url where known")
        key, address = record.get("id"), record.get("url")
        return PageFile(folder / record["path"], str(key) if key is not None else None, address)

    return read_values(path, read)


def extract(pages: Iterable[PageFile | Bad], step: Step, *, why: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the contract's article, or rejection, of each page; with ``why`` also by which way each field was read."""

    def work(good: Iterator[PageFile]) -> Iterator[dict[str, Any]]:
        for file in good:
            result = extract_page(file)
            step()
            if isinstance(result, Rejected):
                yield rejected_to_record(result, key=file.id or str(file.path))
            else:
                record = article_to_record(result)
                yield record if why else {key: value for key, value in record.items() if key != "why"}

    return in_order(pages, work)


def extract_page(file: PageFile) -> Article | Rejected:
    """Read one saved page into its article; a rejection names the file."""
    page = read_saved_page(file.path, address=file.address)
    # Whoever names a saved page has it already; wishes about keeping copies are for what we fetch ourselves.
    result = page if isinstance(page, Rejected) else read_article(page, id=file.id, heed_wishes=False)
    if isinstance(result, Rejected):
        return Rejected(subject=str(file.path), reason=result.reason, detail=result.detail)
    return result


# stories, claims


def articles(path: str) -> Iterator[Article | Bad]:
    """Yield the articles of a file of JSON lines; an id that was there before is bad: it names one text for good."""
    seen: set[str] = set()

    def read(record: dict[str, Any], name: str) -> Article:
        article = article_from_record(record, name=name)
        if article.id in seen:
            raise InputError(name, f'repeats the id "{article.id}"', "Give every article its own id")
        seen.add(article.id)
        return article

    return read_values(path, read)


def stories(
    values: Iterable[Article | Bad], step: Step, *, window_days: float, meaning: Meaning | None
) -> Iterator[dict[str, Any]]:
    """Yield the contract's line of the story that each article belongs to."""

    def counted(good: Iterator[Article]) -> Iterator[Article]:
        for article in good:
            step()
            yield article

    def work(good: Iterator[Article]) -> Iterator[dict[str, Any]]:
        return map(placement_to_record, group(counted(good), window_days=window_days, meaning=meaning))

    return in_order(values, work)


def claims(values: Iterable[Article | Bad], language: Language, step: Step) -> Iterator[dict[str, Any]]:
    """Yield the attributions of each article."""

    def work(good: Iterator[Article]) -> Iterator[dict[str, Any]]:
        names: list[str] = []

        def noted() -> Iterator[Article]:
            for article in good:
                names.append(article.id)
                yield article

        for found in find_claims_of(noted(), language):
            step()
            yield {"id": names.pop(0), "attributions": [claim_to_record(claim) for claim in found]}

    return in_order(values, work)


# briefs


def whole_stories(path: str) -> Iterator[StoryArticles | Bad]:
    """Yield the stories of a file of JSON lines (id, articles)."""

    def read(record: dict[str, Any], name: str) -> StoryArticles:
        if not isinstance(record.get("id"), str) or not isinstance(record.get("articles"), list):
            raise InputError(name, 'has no "id" or no list of "articles"', "Give each story both")
        found = tuple(article_from_record(one, name=name) for one in record["articles"])
        if len({article.id for article in found}) < len(found):
            raise InputError(name, "repeats an article's id", "Give every article its own id")
        if not found:
            raise InputError(name, "has no article", "Give each story at least one article")
        return StoryArticles(record["id"], found)

    return read_values(path, read)


def brief_of(story: StoryArticles, language: Language, *, words: int) -> Brief | Rejected:
    """Find the claims of a story that is given whole, and compose its brief."""
    by_id = {article.id: article for article in story.articles}
    found = claims_by_article(story.articles, language)
    return compose_story(story_of(story.id, story.articles), by_id, found, language, words=words)


def compose_story(
    story: Story,
    by_id: Mapping[str, Article],
    found: Mapping[str, tuple[Claim, ...]],
    language: Language,
    *,
    words: int,
) -> Brief | Rejected:
    """Relate the claims of a story's articles (``found`` may hold those of others too), and compose its brief."""
    said = {key: found[key] for key in story.articles}
    every = [claim for its_claims in said.values() for claim in its_claims]
    relations = relate_claims(every, {key: by_id[key].text for key in story.articles})
    brief = compose(story, by_id, said, language, words=words, relations=relations)
    return brief if isinstance(brief, Rejected) else with_sole(brief, story, by_id)


def claims_by_article(
    articles: Sequence[Article], language: Language, step: Step = lambda: None
) -> dict[str, tuple[Claim, ...]]:
    """Find the claims of articles, by their ids; many at once are read faster than one at a time."""
    found: dict[str, tuple[Claim, ...]] = {}
    for article, its_claims in zip(articles, find_claims_of(articles, language), strict=True):
        found[article.id] = its_claims
        step()
    return found


def briefs(
    values: Iterable[StoryArticles | Bad],
    language: Language,
    step: Step,
    *,
    words: int,
    reword: Reword = lambda brief: brief,
) -> Iterator[dict[str, Any]]:
    """Yield the contract's brief of each story, or its rejection."""

    def work(good: Iterator[StoryArticles]) -> Iterator[dict[str, Any]]:
        for story in good:
            result = reword(brief_of(story, language, words=words))
            step()
            if isinstance(result, Rejected):
                yield rejected_to_record(result, key=story.id)
            else:
                yield brief_to_record(result)

    return in_order(values, work)


def faults(path: str) -> Iterator[dict[str, Any]]:
    """Yield what the check finds in each brief of a file of JSON lines, with an ``error`` where there are faults."""

    def work(good: Iterator[Brief]) -> Iterator[dict[str, Any]]:
        for brief in good:
            found = check(brief)
            record: dict[str, Any] = {
                "id": brief.id,
                "faults": [{"rule": fault.rule, "place": fault.place, "message": fault.message} for fault in found],
            }
            if found:
                record["error"] = f"brief {brief.id} breaks {len(found)} of the rules"
            yield record

    return in_order(read_values(path, lambda record, name: brief_from_record(record, name=name)), work)
