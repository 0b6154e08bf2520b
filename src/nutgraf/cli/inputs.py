"""What the stage commands are given: articles and whole stories as the contract's JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.cli.lines import Bad, read_values
from nutgraf.contract import article_from_record
from nutgraf.errors import InputError
from nutgraf.model import Article


@dataclass(frozen=True, slots=True)
class StoryArticles:
    """A story that is given whole: its id and its articles."""

    id: str
    articles: tuple[Article, ...]


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
