"""The gold sets that were written for this project: how each is read, answered and scored.

A record's place decides its half, by turns: ``build`` may be looked at while the rules are written, ``measure`` only
counts. In the texts, {} holds what is said, [] the cue, <> the source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nutgraf.claims import find_claims
from nutgraf.claims.certainty import Verdict, judge
from nutgraf.claims.grammar import Grammar
from nutgraf.model import Article, Claim, Span
from nutgraf.nlp import open_language
from tests.claims.pairs import wrong

GOLD = Path(__file__).parent / "gold"
HALVES = ("build", "measure")

Record = dict[str, Any]
Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and what they held."""

    text: str
    source: Ranges
    cue: Ranges
    content: Ranges


def unmark(marked: str) -> Marked:
    """Take the marks out of a text."""
    held: dict[str, Ranges] = {"<": [], "[": [], "{": []}
    opened: dict[str, int] = {}
    closing = {">": "<", "]": "[", "}": "{"}
    plain = ""
    for sign in marked:
        if sign in held:
            opened[sign] = len(plain)
        elif sign in closing:
            held[closing[sign]].append((opened.pop(closing[sign]), len(plain)))
        else:
            plain += sign
    return Marked(plain, held["<"], held["["], held["{"])


def records(name: str, half: str) -> list[Record]:
    """Return the records of one half of a set."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["half"] == half]


@cache
def _language() -> Any:
    return open_language()


@cache
def claims_in(text: str) -> tuple[Claim, ...]:
    """Return the claims of a text."""
    return find_claims(Article(id="a", text=text, language="en"), _language())


def claim_about(text: str, content: Ranges) -> Claim | None:
    """Return the claim whose content covers most of a stretch, and least beside it."""

    def overlap(claim: Claim) -> float:
        size = sum(span.end - span.start for span in claim.content)
        shared = sum(max(0, min(s.end, e) - max(s.start, b)) for s in claim.content for b, e in content)
        return 2 * shared / (size + sum(e - b for b, e in content))

    best = max(claims_in(text), key=overlap, default=None)
    return best if best is not None and overlap(best) > 0.5 else None


def judged(marked: Marked) -> Verdict:
    """Judge the certainty of a claim whose spans are given."""
    grammar = Grammar(marked.text, next(iter(_language().parse_many([marked.text]))))
    return judge(grammar, marked.cue, marked.content, marked.source)


def certainty_fault(record: Record) -> str | None:
    """Judge by given spans: the certainty, and one of the words that make it so."""
    marked = unmark(record["text"])
    verdict = judged(marked)
    if verdict.certainty.value != record["certainty"]:
        return verdict.certainty.value
    said = [marked.text[slice(*part)].lower() for part in verdict.words]
    named = [word.lower() for word in record["words"]]
    if named and not any(word in one or one in word for word in named for one in said):
        return f"words {said}"
    return None


def found_certainty_fault(record: Record) -> str | None:
    """Judge the whole way: the claim must be found, too."""
    marked = unmark(record["text"])
    claim = claim_about(marked.text, marked.content)
    if claim is None:
        return "not found"
    return None if claim.certainty.value == record["certainty"] else claim.certainty.value


def plain(name: str | None) -> str:
    """Return a name without article and case."""
    words = (name or "").lower().replace("’", "'").split()
    return " ".join(words[1:] if words[:1] and words[0] in ("the", "a", "an") else words)


def chain_fault(record: Record) -> str | None:
    """Compare the chain of the claim, link by link, each with words in the text."""
    marked = unmark(record["text"])
    claim = claim_about(marked.text, marked.content)
    if claim is None:
        return "not found"
    names = [plain(link.name) for link in claim.chain]
    if names != [plain(name) for name in record["chain"]]:
        return " > ".join(names) or "no chain"
    return None if all(isinstance(link.span, Span) for link in claim.chain) else "a link without its words"


def speaker_fault(record: Record) -> str | None:
    """Compare whom the claim is given to, and whether they stay anonymous."""
    marked = unmark(record["text"])
    claim = claim_about(marked.text, marked.content)
    if claim is None:
        return "not found"
    got, wanted = plain(claim.speaker), plain(record["speaker"])
    loosely = (
        record["loose"] and bool(got) and (set(got.split()) <= set(wanted.split()) or got in wanted or wanted in got)
    )
    if got != wanted and not loosely:
        return claim.speaker or "nobody"
    return None if claim.anonymous == record["anonymous"] else f"anonymous {claim.anonymous}"


JUDGES = {
    "certainty": ("certainty", certainty_fault),
    "certainty-found": ("certainty", found_certainty_fault),
    "chains": ("chains", chain_fault),
    "speakers": ("speakers", speaker_fault),
}


def faults(name: str, half: str) -> tuple[list[str], int]:
    """Return what is answered wrongly in one half of a set, in words, and how many records it has."""
    if name not in JUDGES:
        return wrong(name, half)
    file, judge_one = JUDGES[name]
    asked = records(file, half)
    answers: Iterable[tuple[Record, str | None]] = ((record, judge_one(record)) for record in asked)
    return [f"{fault} for {_wanted(r)}: {r['text']}" for r, fault in answers if fault is not None], len(asked)


def _wanted(record: Record) -> str:
    return str(record.get("certainty") or " > ".join(record.get("chain", ())) or record.get("speaker"))


SETS: Sequence[str] = (*JUDGES, "figures", "claims")


def shares() -> dict[str, float]:
    """Return the share of right answers of each set and half."""
    found = {}
    for name in SETS:
        for half in HALVES:
            wrong_ones, asked = faults(name, half)
            found[f"{name}_{half}"] = round(1 - len(wrong_ones) / asked, 4)
    return found
