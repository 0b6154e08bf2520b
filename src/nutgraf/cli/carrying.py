"""What whole stories carry, as JSON: each claim with its sayings and origins, denials, contradictions, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nutgraf.claims.carried import Carried, carried
from nutgraf.claims.relations import Given, relate_claims
from nutgraf.cli.claiming import claims_by_article
from nutgraf.cli.inputs import StoryArticles
from nutgraf.cli.lines import Bad, in_order
from nutgraf.cli.progress import Step
from nutgraf.contract import claim_to_record
from nutgraf.model import Claim
from nutgraf.ports import Language
from nutgraf.stories import story_of


def story_claims(values: Iterable[StoryArticles | Bad], language: Language, step: Step) -> Iterator[dict[str, Any]]:
    """Yield what each story carries: its claims, those of most origins first, and the figures that differ."""

    def work(good: Iterator[StoryArticles]) -> Iterator[dict[str, Any]]:
        for story in good:
            yield _record(story, language)
            step()

    return in_order(values, work)


def _record(story: StoryArticles, language: Language) -> dict[str, Any]:
    texts = {article.id: article.text for article in story.articles}
    every = [claim for found in claims_by_article(story.articles, language).values() for claim in found]
    relations = relate_claims(every, texts)
    origins = story_of(story.id, story.articles).origins

    def named(claim: Claim) -> dict[str, Any]:
        known = relations.people.get((claim.article, claim.speaker or ""))
        return {"article": claim.article, "person": known, **claim_to_record(claim)}

    def told(one: Carried) -> dict[str, Any]:
        return {
            "sayings": [named(claim) for claim in one.sayings],
            "origins": [list(origin.articles) for origin in one.origins],
            "by_one_alone": one.by_one_alone,
            "denied_by": [named(claim) for claim in one.denied_by],
            "contradicted_by": [named(claim) for claim in one.contradicted_by],
        }

    def given(one: Given) -> dict[str, Any]:
        span, when = one.figure.span, one.when
        return {
            "article": span.article,
            "text": one.figure.text,
            "span": [span.start, span.end],
            "low": one.figure.low,
            "high": one.figure.high,
            "when": when.of(texts[span.article]) if when else None,
        }

    return {
        "id": story.id,
        "claims": [told(one) for one in carried(relations, origins)],
        "figures": [
            {"counts": one.counts, "unit": one.unit, "given": [given(other) for other in one.given]}
            for one in relations.differences
        ],
    }
