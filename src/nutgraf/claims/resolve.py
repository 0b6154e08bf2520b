"""From spans to claims: who a mention stands for, through whom a claim came, how sure it is, whether it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.claims.certainty import judge
from nutgraf.claims.figures import find_figures
from nutgraf.claims.found import Found, Range
from nutgraf.claims.people import Mention, People
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import ANONYMOUS, PERSON_PRONOUNS, PRONOUNS
from nutgraf.model import Article, Certainty, Claim, Link, Mode

_WORD = re.compile(r"\w+")
_DESCRIBED = re.compile(r"[Tt]h(?:e|is|at) ([a-z]+)$")


def to_claims(article: Article, found: Sequence[Found], people: People) -> list[Claim]:
    """Turn the attributions of ``article`` into claims, in the order of the text."""
    ordered = sorted(found, key=lambda one: min((*one.cue, *one.content)))
    return [_claim(article, one, people) for one in ordered]


def quoted_claims(article: Article, quotations: Sequence[Quotation]) -> list[Claim]:
    """Return the quotations of an article as claims of nobody known; a word or two in marks is no saying."""
    said = [q for q in quotations if q.closed and len(article.text[q.start : q.end].split()) >= LEAST_WORDS]
    return [
        Claim(
            article=article.id,
            source=(),
            cue=(),
            content=(article.span(quotation.start, quotation.end),),
            mode=Mode.QUOTE,
            certainty=Certainty.REPORTED,
            confidence=UNKNOWN_SPEAKER,
        )
        for quotation in said
    ]


LEAST_WORDS = 5
"""Words of a quotation that says something; shorter ones are names and single words at a distance."""

UNKNOWN_SPEAKER = 0.5
"""Confidence of a quotation whose speaker was not looked for."""


def _claim(article: Article, one: Found, people: People) -> Claim:
    text = article.text
    who = identify(text, one.antecedent or one.source[0], people) if one.source else Who()
    verdict = judge(people.grammar, one.cue, one.content, one.source)
    content = tuple(article.span(*part) for part in one.content)
    return Claim(
        article=article.id,
        source=tuple(article.span(*part) for part in one.source),
        cue=tuple(article.span(*part) for part in one.cue),
        content=content,
        speaker=who.speaker,
        role=who.role,
        anonymous=who.anonymous,
        mode=_mode(text, one.content),
        certainty=verdict.certainty,
        certainty_words=tuple(article.span(*part) for part in verdict.words),
        denied=verdict.certainty is Certainty.DENIED,
        chain=_chain(article, one, who.speaker, people),
        figures=tuple(
            figure
            for span in content
            for figure in find_figures(text, article=span.article, start=span.start, end=span.end)
        ),
        confidence=one.confidence if who.direct else one.confidence * 0.6,
    )


def _chain(article: Article, one: Found, speaker: str | None, people: People) -> tuple[Link, ...]:
    """Return the links from the nearest to the furthest, the article's own outlet left out."""
    links = [(identify(article.text, via, people).speaker, via) for via in one.via]
    links += [(speaker, one.antecedent or one.source[0])] if one.source else []
    own = _plain(article.outlet or "")
    return tuple(Link(name, article.span(*part)) for name, part in links if name and _plain(name) != own)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention stands for; ``direct`` tells whether the mention itself names or describes them."""

    speaker: str | None = None
    role: str | None = None
    anonymous: bool = False
    direct: bool = True


def identify(text: str, source: Range, people: People) -> Who:
    """Tell whom the words of a source stand for; nobody where two would fit."""
    start, end = source
    mention = text[start:end].strip().rstrip(",")
    lowered = mention.lower()
    if lowered in PRONOUNS:
        speaker = people.pronoun(lowered, start) if lowered in PERSON_PRONOUNS else None
        if speaker:
            people.remember(speaker, start, end)
        return Who(speaker, direct=False)
    named = _named(text, source, people)
    if named:
        name = text[named.start : named.end]
        full = people.full(name)
        return Who(full, _role(text, source, (named.start, named.end)), direct=full is not None)
    described = _DESCRIBED.match(mention)
    if described:
        known, fitting = people.described(described.group(1), start)
        if fitting:
            return Who(known, mention if known else None, _is_anonymous(known or mention), direct=False)
    return Who(mention, None, _is_anonymous(mention))


def _named(text: str, source: Range, people: People) -> Mention | None:
    """Return the person whom the source names as its head or beside it, not one who is only mentioned in it."""
    mention = next(people.named_within(*source), None)
    if mention is None or re.search(r"\band\b|&", text[mention.end : source[1]].split(",")[0]):
        return None
    between = text[source[0] : mention.start]
    if re.search(r"\b(?:of|for|to|from|by|with|at|in|on|and|who|that|near|close)\b[^,]*$", between):
        return None
    return None if text[mention.end : mention.end + 2] in ("’s", "'s") else mention


def _is_anonymous(mention: str) -> bool:
    head = re.split(r"\s+(?:who|with|in|of|from|familiar|close|at|on)\b|,", mention, maxsplit=1)[0]
    last = _WORD.findall(head)[-1:] or [""]
    return last[0].lower() in ANONYMOUS and not last[0][0].isupper()


def _role(text: str, source: Range, name: Range) -> str | None:
    """Return what the source calls the one it names: "Mayor", "head of the survey"."""
    before = text[source[0] : name[0]].strip(" ,")
    after = re.match(r"\s*(?:,|\bwith\b|\bof\b|\bfrom\b)\s*([^,]+(?:,[^,]+)*)", text[name[1] : source[1]])
    return (after.group(1).strip() if after else None) if before.lower() in ("", "the", "a") else before


def _mode(text: str, content: Sequence[Range]) -> Mode:
    parts = [text[start:end].strip() for start, end in content]
    quoted = [part[:1] in "“\"„«»‘'" and part[-1:] in "”\"“»«’'.," for part in parts if part]
    if quoted and all(quoted):
        return Mode.QUOTE
    return Mode.MIXED if any(mark in part for part in parts for mark in '“"„«') else Mode.PARAPHRASE
