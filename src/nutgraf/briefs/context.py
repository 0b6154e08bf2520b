"""What stands beside the lines: coverage, photo, topics, figures that differ, the articles themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from nutgraf.briefs import words
from nutgraf.briefs.wording import sentence_round
from nutgraf.model import (
    Article,
    CitedArticle,
    Claim,
    Coverage,
    Figure,
    FigureDifference,
    Photo,
    Saying,
    Story,
    instant,
)
from nutgraf.ports import DifferingFigures, GivenFigure

TOPICS = 4
TABLES = 3

LEAST_SHARED = 3
ABOUT_THE_SAME = 0.5
"""Share of the shorter claim's meaning words: less, and "five people" who died meet "two people" who were held."""


def coverage(story: Story, articles: Mapping[str, Article]) -> Coverage:
    """Count outlets by name, an unnamed one for each article, and origins: never more origins than outlets."""
    names = {(articles[key].outlet or f"\x00{key}").casefold() for key in story.articles}
    return Coverage(len(names), min(len(story.origins), len(names)))


def origin_of(story: Story) -> dict[str, str]:
    """Map each article to the first article of its origin."""
    return {key: origin.articles[0] for origin in story.origins for key in origin.articles}


def cited_articles(story: Story, articles: Mapping[str, Article]) -> tuple[CitedArticle, ...]:
    """Return what a brief keeps of each article of its story, in the story's order."""
    origins = origin_of(story)
    return tuple(
        CitedArticle(
            id=key,
            title=articles[key].title,
            url=articles[key].canonical or articles[key].url,
            outlet=articles[key].outlet,
            published=articles[key].published,
            origin=origins[key],
        )
        for key in story.articles
    )


def photo(articles: Sequence[Article]) -> Photo | None:
    """Return the first picture with caption and credit, else the first with either; never one without words."""
    every = [(article, image) for article in articles for image in article.images if image.caption or image.credit]
    shown = [(article, image) for article, image in every if image.url.startswith(("http://", "https://"))]
    shown.sort(key=lambda pair: not (pair[1].caption and pair[1].credit))
    if not shown:
        return None
    article, image = shown[0]
    return Photo(url=image.url, article=article.id, caption=image.caption, credit=image.credit)


def topics(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return the topics that most articles share, else the names that most of them use."""
    given = Counter(topic for article in articles for topic in dict.fromkeys(article.topics))
    shared = [topic for topic, count in _by_count(given) if count > 1 or len(articles) == 1]
    if shared:
        return tuple(shared[:TOPICS])
    names = Counter(name for article in articles for name in sorted(set(_long_names(article.text[:4000]))))
    least = 2 if len(articles) > 1 else 1
    return tuple(name for name, count in _by_count(names) if count >= least)[:TOPICS]


def _by_count(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _long_names(text: str) -> list[str]:
    found: list[str] = []
    run: list[str] = []
    last = -2
    for match in words.NAME.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("’s")
        if word.casefold() in words.MONTHS_AND_DAYS or word.casefold() in words.STOP:
            continue
        if match.start() == last + 1 and text[last] == " ":
            run.append(word)
        else:
            found += [" ".join(run)] if len(run) > 1 else []
            run = [word]
        last = match.end()
    return found + ([" ".join(run)] if len(run) > 1 else [])


def updated(articles: Sequence[Article]) -> date | None:
    """Return the latest time at which an article of the story was published or changed."""
    times = [when for article in articles for when in (article.published, article.modified) if when is not None]
    return max(times, key=instant, default=None)


def related_differences(
    story: Story, articles: Mapping[str, Article], related: Sequence[DifferingFigures]
) -> tuple[FigureDifference, ...]:
    """Return the figures that differ as they were found across the story, one saying of each origin.

    Those that do not say what they count are left out: two percentages in one story are seldom of one thing.
    """
    origins = origin_of(story)
    found = []
    for difference in related:
        kept: dict[str, GivenFigure] = {}
        for given in difference.given:
            kept.setdefault(origins[given.sentence.article], given)
        figures = [given.figure for given in kept.values()]
        if difference.counts and (_differ(figures) or _has_grown(figures, [one.figure for one in difference.given])):
            sayings = tuple(_given_saying(given, articles[given.sentence.article]) for given in kept.values())
            found.append(FigureDifference(difference.counts, sayings))
    return tuple(found[:TABLES])


def _given_saying(given: GivenFigure, article: Article) -> Saying:
    return _said(given.figure, given.claim.speaker if given.claim else None, article)


WIDEST = 700
"""Characters of a passage that shows a figure and who gives it; a speaker named further off is not told."""


def _said(figure: Figure, speaker: str | None, article: Article) -> Saying:
    """Return a figure in its sentence, or in the sentences from the one that names its speaker on."""
    sentence = sentence_round(article, figure.span.start, figure.span.end)
    passage = sentence
    if speaker and speaker not in sentence.of(article.text):
        named = article.text.rfind(speaker, max(0, sentence.end - WIDEST), sentence.start)
        start = sentence_round(article, named, named + len(speaker)).start if named >= 0 else sentence.start
        near = named >= 0 and sentence.end - start <= WIDEST
        speaker, passage = (speaker, article.span(start, sentence.end)) if near else (None, sentence)
    return Saying(figure.text, article.outlet, speaker, _as_of(article), article.cite(passage))


def _as_of(article: Article) -> date | None:
    """Return the time from which an article says what it says: its last change, or else its publication."""
    return article.modified or article.published


def figure_differences(
    story: Story, articles: Mapping[str, Article], claims: Mapping[str, Sequence[Claim]]
) -> tuple[FigureDifference, ...]:
    """Return the figures that count one thing and do not agree between origins: the first saying of each origin.

    Two figures count one thing where ``counts`` has the same stems and their claims share ``ABOUT_THE_SAME`` of their
    words. One that overlaps another ("several", 7 to 9) agrees with it, and so does one of another unit.
    """
    groups: list[tuple[frozenset[str], frozenset[str], dict[str, tuple[Claim, Figure]], frozenset[str]]] = []
    origins = origin_of(story)
    for key in story.articles:
        for claim in (one for one in claims.get(key, ()) if one.figures):
            told = _told(claim, articles[key])
            for figure in claim.figures:
                counted = frozenset(words.content_words(figure.counts or ""))
                if not counted or (figure.low is None and figure.high is None):
                    continue
                whose = figure.whose(articles[key].text)
                alike = (g for g in groups if g[0] == counted and _about_the_same(g[1], told))
                group = next((g for g in alike if not whose or not g[3] or whose & g[3]), None)
                if group is None:
                    group = (counted, told, {}, whose)
                    groups.append(group)
                group[2].setdefault(origins[key], (claim, figure))
    differing = [list(kept.values()) for _, _, kept, _ in groups if _differ([figure for _, figure in kept.values()])]
    differing.sort(key=len, reverse=True)
    return tuple(
        FigureDifference(kept[0][1].counts or "", tuple(_saying(*pair, articles) for pair in kept))
        for kept in differing[:TABLES]
    )


def _told(claim: Claim, article: Article) -> frozenset[str]:
    return frozenset(words.content_words(" ".join(span.of(article.text) for span in claim.content)))


def _about_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= LEAST_SHARED and shared >= ABOUT_THE_SAME * min(len(one), len(other))


def _has_grown(figures: Sequence[Figure], every: Sequence[Figure]) -> bool:
    """Tell whether figures that agree were found to differ all the same, and do: a toll that has grown."""
    return not _differ(every) and len({(figure.low, figure.high) for figure in figures}) > 1


def _differ(figures: Sequence[Figure]) -> bool:
    return any(not _agree(one, other) for one in figures for other in figures)


def _agree(one: Figure, other: Figure) -> bool:
    def bounds(figure: Figure) -> tuple[float, float]:
        return (
            figure.low if figure.low is not None else float("-inf"),
            figure.high if figure.high is not None else float("inf"),
        )

    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    return low <= other_high and other_low <= high or one.unit != other.unit


def _saying(claim: Claim, figure: Figure, articles: Mapping[str, Article]) -> Saying:
    return _said(figure, claim.speaker, articles[claim.article])
