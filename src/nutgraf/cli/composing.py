"""``nutgraf brief --stories``: stories that are given whole become briefs, as the contract's JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from nutgraf.analysis import Analysis
from nutgraf.briefs import compose
from nutgraf.briefs.changes import with_sole
from nutgraf.claims.relations import relate_claims
from nutgraf.cli.claiming import analysed_claims
from nutgraf.cli.inputs import StoryArticles
from nutgraf.cli.lines import Bad, in_order
from nutgraf.cli.progress import Step
from nutgraf.contract import brief_to_record, rejected_to_record
from nutgraf.model import Article, Brief, Claim, Rejected, Story
from nutgraf.ports import Language
from nutgraf.stories import story_of

Reword = Callable[[Brief | Rejected], Brief | Rejected]
"""Has a brief's lines reworded; a rejection stays one."""


def brief_of(story: StoryArticles, language: Language, *, words: int) -> Brief | Rejected:
    """Find the claims of a story that is given whole, and compose its brief."""
    by_id = {article.id: article for article in story.articles}
    found, analyses = analysed_claims(story.articles, language)
    return compose_story(story_of(story.id, story.articles), by_id, found, language, words=words, analyses=analyses)


def compose_story(
    story: Story,
    by_id: Mapping[str, Article],
    found: Mapping[str, tuple[Claim, ...]],
    language: Language,
    *,
    words: int,
    analyses: Mapping[str, Analysis] | None = None,
) -> Brief | Rejected:
    """Relate the claims of a story's articles (``found`` may hold those of others too), and compose its brief."""
    said = {key: found[key] for key in story.articles}
    every = [claim for its_claims in said.values() for claim in its_claims]
    relations = relate_claims(every, {key: by_id[key].text for key in story.articles}, analyses)
    brief = compose(story, by_id, said, language, words=words, relations=relations, analyses=analyses)
    return brief if isinstance(brief, Rejected) else with_sole(brief, story, by_id)


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
