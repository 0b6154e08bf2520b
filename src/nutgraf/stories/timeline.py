"""How a story went on: what each report added, what is new since a moment, and which stories are one topic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nutgraf.model import Article, Story, instant
from nutgraf.rarity import term_of, words_of
from nutgraf.stories.terms import BODY_CHARACTERS, number_of, terms_of

ADDS = 3
"""Names and numbers that a report must add, none of them told before, to be news and no retelling."""

KEPT = 6
"""New names and numbers that a step of a time line names."""

NAMED_BY = 8
"""Origins whose first reports give a story its names: those of more add little, and a story may have a hundred."""

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
    return _chained([(one.id, _beginning(articles), names_of(one, articles)) for one, articles in stories])


def topic_of(name: str, stories: Sequence[tuple[Story, Mapping[str, Article]]]) -> tuple[str, ...]:
    """Return the topic that one of some stories is in: its stories' ids, the earliest first, itself among them.

    Only stories that are alike to those found, one by one, are chained, so that many stories can be looked through.
    """
    every = {one.id: (one.id, _beginning(articles), names_of(one, articles)) for one, articles in stories}
    found, ahead = {name}, [name]
    while ahead:
        names = every[ahead.pop()][2]
        alike = {key for key, (_, _, other) in every.items() if _cosine(names, other) >= SAME_TOPIC} - found
        found |= alike
        ahead += sorted(alike)
    chains = _chained([one for key, one in every.items() if key in found])
    return next(chain for chain in chains if name in chain)


def _chained(stories: Sequence[tuple[str, float, Mapping[int, float]]]) -> tuple[tuple[str, ...], ...]:
    """Chain stories, each given with its name, its beginning and its names."""
    chains: list[list[str]] = []
    chain_of: dict[str, int] = {}
    seen: list[tuple[str, Mapping[int, float]]] = []
    for story, _, names in sorted(stories, key=lambda one: (one[1], one[0])):
        likest = max(((_cosine(names, other), key) for key, other in seen), default=(0.0, ""))
        if likest[0] >= SAME_TOPIC:
            chain_of[story] = chain_of[likest[1]]
            chains[chain_of[story]].append(story)
        else:
            chain_of[story] = len(chains)
            chains.append([story])
        seen.append((story, names))
    return tuple(map(tuple, chains))


def _beginning(articles: Mapping[str, Article]) -> float:
    return min(map(_moment, articles.values()), default=0.0)


def names_of(story: Story, articles: Mapping[str, Article]) -> Mapping[int, float]:
    """Return the names of a story's origins by how much they weigh in it, as a vector of length one."""
    return _names([articles[origin.articles[0]] for origin in story.origins[:NAMED_BY]])


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
