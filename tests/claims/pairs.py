"""Gold pairs, written for this project: read, answer, score. Half is used to build, half only to measure."""

import json
from pathlib import Path

from nutgraf.claims.figures import agree, comparable, find_figures
from nutgraf.claims.relations import relate
from nutgraf.model import Claim, Span

GOLD = Path(__file__).parent / "gold"

Pair = dict[str, str]


def pairs(name: str, half: str) -> list[Pair]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pair for pair in map(json.loads, lines) if pair["half"] == half]


def figures_answer(pair: Pair) -> str:
    """Compare the first figure of each sentence: same, differ, or other where they do not compare."""
    one, other = find_figures(pair["one"], article="a"), find_figures(pair["other"], article="b")
    if not one or not other:
        return "no figure"
    if not comparable(one[0], other[0]):
        return "other"
    return "same" if agree(one[0], other[0]) else "differ"


def claim(article: str, text: str, **fields: object) -> Claim:
    """Return a claim that is a whole text."""
    return Claim(article=article, source=(), cue=(), content=(Span(article, 0, len(text)),), **fields)


def claims_answer(pair: Pair) -> str:
    """Relate two claims that are all there is of a story."""
    told = [(claim(article, pair[key]), pair[key]) for article, key in (("a", "one"), ("b", "other"))]
    relations = relate(told)
    if len(relations.groups) == 1:
        return "same"
    return "contrary" if relations.contradictions else "unrelated"


def wrong(name: str, half: str) -> tuple[list[str], int]:
    """Return the pairs answered wrongly, in words, and how many pairs there are."""
    answer = figures_answer if name == "figures" else claims_answer
    asked = pairs(name, half)
    answers = [(pair, answer(pair)) for pair in asked]
    faults = [f"{got} for {p['relation']}: {p['one']} / {p['other']}" for p, got in answers if got != p["relation"]]
    return faults, len(asked)
