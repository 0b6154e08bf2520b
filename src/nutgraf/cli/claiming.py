"""``nutgraf claims``: who says what in each article, as the contract's JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nutgraf.analysis import Analysis
from nutgraf.claims import analysed_claims_of, find_claims_of
from nutgraf.cli.lines import Bad, in_order
from nutgraf.cli.progress import Step
from nutgraf.contract import claim_to_record
from nutgraf.model import Article, Claim
from nutgraf.ports import Language


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


def claims_by_article(
    articles: Sequence[Article], language: Language, step: Step = lambda: None
) -> dict[str, tuple[Claim, ...]]:
    """Find the claims of articles, by their ids; many at once are read faster than one at a time."""
    return analysed_claims(articles, language, step)[0]


def analysed_claims(
    articles: Sequence[Article], language: Language, step: Step = lambda: None
) -> tuple[dict[str, tuple[Claim, ...]], dict[str, Analysis]]:
    """Find the claims of articles, and what else was learnt of their texts, by their ids."""
    found: dict[str, tuple[Claim, ...]] = {}
    analyses: dict[str, Analysis] = {}
    for article, (its_claims, analysis) in zip(articles, analysed_claims_of(articles, language), strict=True):
        found[article.id], analyses[article.id] = its_claims, analysis
        step()
    return found, analyses
