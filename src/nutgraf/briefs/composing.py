"""From a story to its brief: choose, word, label, check; what fails the check is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nutgraf.briefs import context
from nutgraf.briefs.checking import check, check_line
from nutgraf.briefs.choosing import choose
from nutgraf.briefs.headline import UNSURE, compose_dek, compose_headline
from nutgraf.briefs.labels import label
from nutgraf.briefs.passages import Passage, passages_of_story
from nutgraf.briefs.wording import Wording, attribute, word
from nutgraf.model import Article, Brief, Certainty, Claim, Line, Reason, Rejected, Story
from nutgraf.ports import Language

ARTICLES_READ = 24
"""Articles whose sentences are weighed: one of each origin first. More add time and say the same again."""

ATTRIBUTION = 3
"""Words that naming an outlet takes."""


def compose(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, Sequence[Claim]],
    language: Language,
    *,
    words: int = 230,
    relations: object | None = None,
) -> Brief | Rejected:
    """Return the brief of a story in about ``words`` words, checked; ``Rejected`` where no line passes.

    ``articles`` holds every article of the story, ``claims`` each one's claims by article id; where there are none, plain
    sentences serve. The same input gives the same brief.
    """
    read = _read(story, articles)
    passages = passages_of_story(read, claims, language)
    lines = _compose_lines(passages, context.origin_of(story), words)
    if not lines:
        return _nothing(story)
    return _checked(_brief(story, articles, claims, read, passages, lines), story)


def _nothing(story: Story) -> Rejected:
    detail = f"No line of its {len(story.articles)} articles passes the check. `nutgraf why` shows them."
    return Rejected(subject=story.id, reason=Reason.NOTHING_TO_SAY, detail=detail)


def _read(story: Story, articles: Mapping[str, Article]) -> list[Article]:
    """Return the articles to read, of the language that most are in, one of each origin before a second of any."""
    languages = Counter(articles[key].language for key in story.articles if articles[key].language)
    most = min(languages, key=lambda name: (-languages[name], name or ""), default=None)
    same = {key for key in story.articles if articles[key].language in (None, most)}
    rounds = sorted(
        (turn, story.articles.index(key))
        for origin in story.origins
        for turn, key in enumerate(k for k in origin.articles if k in same)
    )
    return [articles[story.articles[place]] for _, place in rounds[:ARTICLES_READ]]


def _compose_lines(passages: Sequence[Passage], origins: Mapping[str, str], budget: int) -> list[Line]:
    wordings = [word(passage) for passage in passages]
    named = any(passage.article.outlet for passage in passages)
    chosen = choose(wordings, origins, budget=round(budget * 1.1), cost=ATTRIBUTION if named else 0)
    return _labelled([_line(wording, manner) for manner, wording in enumerate(chosen)])


def _line(wording: Wording, manner: int) -> Line:
    article = wording.passage.article
    claims = wording.passage.claims
    doubts = [claim.certainty for claim in claims if claim.certainty in UNSURE]
    return Line(
        text=attribute(wording.text, article, manner=manner),
        citations=wording.citations,
        outlet=article.outlet,
        speaker=wording.speaker,
        chain=tuple(link.name for claim in claims[:1] for link in claim.chain),
        certainty=doubts[0] if doubts else claims[0].certainty if claims else Certainty.FACT,
        denied=any(claim.denied for claim in claims),
    )


def _labelled(lines: Iterable[Line]) -> list[Line]:
    labelled: list[Line] = []
    used: list[str] = []
    for line in lines:
        if labelled:
            name = label(line.text, speaker=line.speaker, certainty=line.certainty, denied=line.denied, used=used)
            used.append(name)
            line = replace(line, label=name)
        labelled.append(line)
    return labelled


def _brief(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, Sequence[Claim]],
    read: Sequence[Article],
    passages: Sequence[Passage],
    lines: Sequence[Line],
) -> Brief:
    by_article: dict[str, list[Passage]] = {}
    for passage in passages:
        by_article.setdefault(passage.article.id, []).append(passage)
    every = [articles[key] for key in story.articles]
    headline = compose_headline(read, by_article, lines[0], origins=len(story.origins))
    return Brief(
        id=story.id,
        headline=headline,
        dek=compose_dek(read, by_article, headline, lines[0]),
        lines=tuple(lines),
        coverage=context.coverage(story, articles),
        articles=context.cited_articles(story, articles),
        figures=context.figure_differences(story, articles, claims),
        photo=context.photo(read),
        topics=context.topics(every),
        language=read[0].language,
        updated=context.updated(every),
    )


def _checked(brief: Brief, story: Story) -> Brief | Rejected:
    """Leave out what the check finds fault with, until nothing is."""
    good = tuple(line for n, line in enumerate(brief.lines, 1) if not list(check_line(brief, line, f"line {n}")))
    if not good:
        return _nothing(story)
    lines = (replace(good[0], label=None), *good[1:])
    brief = replace(brief, lines=lines)
    if brief.dek and list(check_line(brief, brief.dek, "dek")):
        brief = replace(brief, dek=None)
    return _nothing(story) if check(brief) else brief
