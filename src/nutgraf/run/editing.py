"""What editors decide of stories: splits and merges that are kept, hold against regrouping, and become test cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from nutgraf.contract import article_to_record
from nutgraf.errors import InputError
from nutgraf.model import Ruling
from nutgraf.run.grouping import restored
from nutgraf.run.parts import Parts
from nutgraf.stories.grouping import WINDOWS_HELD


def split_story(parts: Parts, articles: Sequence[str]) -> str:
    """Take articles (ids or addresses) out of their story into one of their own; returns its name.

    Raises ``InputError`` where one is unknown, where they are of several stories, or where they are all of one.
    """
    chosen = tuple(dict.fromkeys(_article(parts, given) for given in articles))
    if not chosen:
        raise InputError("split", "names no article", "Name the articles that belong to a story of their own")
    names = {_story_of(parts, key) for key in chosen}
    if len(names) > 1:
        raise InputError(chosen[0], "is of another story than the rest", "Name articles of one story")
    rest = tuple(key for key in _members(parts, names.pop()) if key not in chosen)
    if not rest:
        raise InputError(chosen[0], "and the others named are all of their story", "Leave one out")
    _rule(parts, Ruling(together=False, one=chosen, other=rest))
    return _story_of(parts, chosen[0])


def merge_stories(parts: Parts, stories: Sequence[str]) -> str:
    """Make several stories (any names they had) one; returns its name. Raises ``InputError`` for an unknown one."""
    names = []
    for given in stories:
        if (name := parts.store.current_name(given)) is None:
            raise InputError(given, "is no story's name", "nutgraf list stories shows the names")
        names.append(name)
    names = list(dict.fromkeys(names))
    if len(names) < 2:
        raise InputError(stories[0] if stories else "merge", "is one story already", "Name two stories or more")
    first, *others = (tuple(_members(parts, name)) for name in names)
    _rule(parts, Ruling(together=True, one=first, other=tuple(key for other in others for key in other)))
    return _story_of(parts, first[0])


def ruled_cases(parts: Parts) -> Iterator[dict[str, Any]]:
    """Yield every decision with its articles, as a case that a later grouping can be tested by."""
    for stored in parts.store.rulings():
        ruling = stored.ruling
        yield {
            "made": stored.made.isoformat(),
            "together": ruling.together,
            "one": [_record(parts, key) for key in ruling.one],
            "other": [_record(parts, key) for key in ruling.other],
        }


def _record(parts: Parts, key: str) -> dict[str, Any]:
    stored = parts.store.article(key)
    return article_to_record(stored.article) if stored else {"id": key}


def _rule(parts: Parts, ruling: Ruling) -> None:
    """Store a decision and form the stories that it is about anew."""
    parts.store.save_ruling(ruling, made=parts.clock())
    named = (*ruling.one, *ruling.other)
    moments = [stored.moment for key in named if (stored := parts.store.article(key))]
    reach = timedelta(days=WINDOWS_HELD * parts.settings.window_days)
    grouping = restored(parts, min(moments) - reach, max(moments) + reach)
    grouping.regroup(named)
    parts.store.save_placements(grouping.moved(), grouping.merged_names())


def _article(parts: Parts, given: str) -> str:
    stored = parts.store.article(given)
    if stored is None and (versions := parts.store.versions(given)):
        stored = versions[-1]
    if stored is None:
        raise InputError(given, "is no article's id or address", "nutgraf list articles shows them")
    return stored.article.id


def _story_of(parts: Parts, article: str) -> str:
    placement = parts.store.placement_of(article)
    name = parts.store.current_name(placement.story) if placement else None
    if name is None:
        raise InputError(article, "is in no story yet", "Run nutgraf poll first")
    return name


def _members(parts: Parts, story: str) -> list[str]:
    return [one.stored.article.id for one in parts.store.placed_in(story)]
