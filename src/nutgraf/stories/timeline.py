"""How a story went on: what each report added, what is new since a moment, and which stories are one topic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nutgraf.model import Article, Story, instant
from nutgraf.stories.terms import BODY_CHARACTERS, number_of, term_of, terms_of, words_of

ADDS = 3
"""Names and numbers that a report must add, none of them told before, to be news and no retelling."""

KEPT = 6
"""New names and numbers that a step of a time line names."""

SAME_TOPIC = 0.35
"""Cosine of the names of two stories from which the later one goes on with the topic of the earlier one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One report of a time line: the first article of its origin, and the names and numbers that nobody had before."""

    article: str
    when: datetime | None
    outlet: str | None
    title: str
    adds: tuple[str, ...]
    is_news: bool


def timeline(story: Story, articles: Mapping[str, Article]) -> tuple[Step, ...]:
    """Return the reports of a story, one of each origin, the earliest first; undated ones come last.

    The first is news; a later one is where it adds names and numbers that none before it had.
    """
    firsts = [articles[origin.articles[0]] for origin in story.origins]
    firsts.sort(key=lambda article: (article.published is None, _moment(article), article.id))
    known: set[int] = set()
    steps = []
    for number, article in enumerate(firsts):
        terms = terms_of(article)
        here = {int(n) for n, name in zip(terms.words, terms.whole[1], strict=True) if name > 0}
        figures = {int(n) for n in terms.numbers}
        new = (here | figures) - known
        known |= here | figures
        steps.append(
            Step(
                article=article.id,
                when=instant(article.published) if article.published else None,
                outlet=article.outlet,
                title=article.title,
                adds=_written(new, article.text)[:KEPT] if number else (),
                is_news=number == 0 or len(new) >= ADDS,
            )
        )
    return tuple(steps)


def news_since(steps: Sequence[Step], moment: datetime) -> tuple[Step, ...]:
    """Return the steps after a moment that are news; none means that the story need not be told again."""
    return tuple(step for step in steps if step.is_news and step.when is not None and step.when > instant(moment))


def topics(stories: Sequence[tuple[Story, Mapping[str, Article]]]) -> tuple[tuple[str, ...], ...]:
    """Chain stories into topics: a war, a trial. Each topic is its stories' ids, the earliest first.

    A story goes on with the earlier one whose names are most like its own, if they are like enough.
    """
    order = sorted(stories, key=lambda one: (min(map(_moment, one[1].values()), default=0.0), one[0].id))
    chains: list[list[str]] = []
    chain_of: dict[str, int] = {}
    seen: list[tuple[str, dict[int, float]]] = []
    for story, articles in order:
        names = _names([articles[key] for key in story.articles])
        likest = max(((_cosine(names, other), key) for key, other in seen), default=(0.0, ""))
        if likest[0] >= SAME_TOPIC:
            chain_of[story.id] = chain_of[likest[1]]
            chains[chain_of[story.id]].append(story.id)
        else:
            chain_of[story.id] = len(chains)
            chains.append([story.id])
        seen.append((story.id, names))
    return tuple(map(tuple, chains))


def _moment(article: Article) -> float:
    return instant(article.published).timestamp() if article.published else 0.0


def _written(new: set[int], text: str) -> tuple[str, ...]:
    found = dict.fromkeys(word for word in words_of(text[:BODY_CHARACTERS]) if number_of(term_of(word)) in new)
    return tuple(word for word in found if word[0].isupper() or word[0].isdigit())


def _names(articles: Sequence[Article]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for article in articles:
        terms = terms_of(article)
        for number in np.flatnonzero(terms.whole[1]).tolist():
            word = int(terms.words[number])
            sums[word] = sums.get(word, 0.0) + float(terms.whole[1][number])
    length = math.sqrt(math.fsum(value * value for value in sums.values()))
    return {word: value / length for word, value in sums.items()} if length else {}


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(value * other[word] for word, value in one.items() if word in other)
