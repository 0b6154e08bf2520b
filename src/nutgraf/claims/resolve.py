"""From spans to claims: who a mention stands for, through whom a claim came, how sure it is, whether it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.claims.certainty import judge
from nutgraf.claims.chains import chain
from nutgraf.claims.figures import find_figures
from nutgraf.claims.found import Found, Range
from nutgraf.claims.outlets import is_outlet
from nutgraf.claims.people import Mention, People
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import ANONYMOUS, PERSON_NOUNS, PERSON_PRONOUNS, PRONOUNS, SPECIALISTS
from nutgraf.model import Article, Certainty, Claim, Link, Mode

_WORD = re.compile(r"\w+")
_DESCRIBED = re.compile(r"[Tt]h(?:e|is|at) (?:[^\W\d_][\w’'-]* ){0,3}([a-z][a-z-]+)$")
_AGED = re.compile(r"[Tt]he (\d{1,3})-year-old(?: \w+)?$")

INDIRECT = 0.6
"""By how much a speaker is less sure who is known by a pronoun or a description alone."""


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
            figures=find_figures(article.text, article=article.id, start=quotation.start, end=quotation.end),
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
    named = one.antecedent or (people.grammar.antecedent(one.source[0]) or one.source[0] if one.source else None)
    source = (_without_clauses(text, named),) if named else ()
    links = [(part, identify(text, part, people, told=one.content)) for part in _links(one, source, people)]
    own = next((who for part, who in links if part in source), Who())
    said = _furthest(text, links, source, own)
    verdict = judge(people.grammar, one.cue, one.content, one.source)
    content = tuple(article.span(*part) for part in one.content)
    return Claim(
        article=article.id,
        source=tuple(article.span(*part) for part in one.source),
        cue=tuple(article.span(*part) for part in one.cue),
        content=content,
        speaker=said.speaker,
        role=said.role,
        anonymous=said.anonymous,
        mode=_mode(text, one.content),
        certainty=verdict.certainty,
        certainty_words=tuple(article.span(*part) for part in verdict.words),
        denied=verdict.certainty is Certainty.DENIED,
        chain=_chain(article, links),
        figures=tuple(
            figure
            for span in content
            for figure in find_figures(text, article=span.article, start=span.start, end=span.end, language="en")
        ),
        confidence=one.confidence if said.direct else one.confidence * INDIRECT,
    )


def _links(one: Found, source: tuple[Range, ...], people: People) -> tuple[Range, ...]:
    return chain(people.grammar, source, one.cue, one.content, one.via)


def _furthest(text: str, links: Sequence[tuple[Range, Who]], source: Sequence[Range], own: Who) -> Who:
    """Return who says it: the source, or whom it cites where it is an outlet, which passes on what others say."""
    if not links or not source or links[-1][0] in source:
        return own
    if is_outlet(text[slice(*source[0])], heard=True):
        return links[-1][1]
    return own


def _chain(article: Article, links: Sequence[tuple[Range, Who]]) -> tuple[Link, ...]:
    """Return the links from the nearest to the furthest, the article's own outlet left out."""
    own = _plain(article.outlet or "")
    named = [(who.speaker, part) for part, who in links]
    return tuple(Link(name, article.span(*part)) for name, part in named if name and _plain(name) != own)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention stands for; ``direct`` tells whether the mention itself names or describes them."""

    speaker: str | None = None
    role: str | None = None
    anonymous: bool = False
    direct: bool = True


def identify(text: str, source: Range, people: People, *, told: Sequence[Range] = ()) -> Who:
    """Tell whom the words of a source stand for; nobody where two would fit. ``told`` is what the source says."""
    source = _without_clauses(text, source)
    start, end = source
    mention = text[start:end]
    lowered = mention.lower()
    if lowered in PRONOUNS:
        return _by_pronoun(lowered, source, people, people.told_of(told))
    if is_outlet(mention, heard=True):
        return Who(mention)
    named = _named(text, source, people)
    if named:
        name = text[named.start : named.end]
        full = people.full(name)
        return Who(full, _role(text, source, (named.start, named.end)), direct=full is not None)
    return _by_description(mention, source, people)


def _by_pronoun(word: str, source: Range, people: People, told: frozenset[str]) -> Who:
    speaker = people.pronoun(word, source[0], but=told) if word in PERSON_PRONOUNS else None
    if word == "it":
        speaker = people.body(source[0])
    if speaker:
        people.remember(speaker, *source)
    anonymous = bool(speaker) and people.is_unnamed(speaker or "")
    return Who(speaker, anonymous=anonymous, direct=False)


def _by_description(mention: str, source: Range, people: People) -> Who:
    aged = _AGED.match(mention)
    if aged and (known := people.aged(int(aged.group(1)), source[0])):
        return Who(known, mention, direct=False)
    described = _DESCRIBED.match(mention)
    if described:
        known, fitting = people.described(mention.split()[1:], source[0])
        if fitting:
            role = mention if known and not people.is_unnamed(known) else None
            unnamed = known is not None and people.is_unnamed(known)
            return Who(mention if unnamed else known, role, unnamed, direct=False)
    return Who(mention, None, _is_anonymous(mention))


_ASIDE = re.compile(
    r",? (?:who|which|whose)\b|, (?:quoted|cited|speaking|citing|quoting)\b| (?:quoted|cited|interviewed) (?:by|in)\b"
    r"| (?:seen|obtained|reviewed|viewed|carried|published) (?:by|in)\b|,$"
)


def _without_clauses(text: str, source: Range) -> Range:
    """Cut off what tells about a source behind its name: "an official, who asked not to be named"."""
    start, end = source
    aside = _ASIDE.search(text, start + 1, end)
    end = aside.start() if aside else end
    if end > start + 2 and text[end - 2 : end] in ("’s", "'s"):
        end -= 2
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    while start < end - 1 and text[start].isspace():
        start += 1
    return start, end


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
    """Tell whether a mention only tells what kind of person speaks: "an official", "witnesses", "a farmer"."""
    head = re.split(r"\s+(?:who|with|in|of|from|familiar|close|at|on|for|to|briefed)\b|,", mention, maxsplit=1)[0]
    words = _WORD.findall(head) or [""]
    last = words[-1].lower()
    if words[-1][:1].isupper():
        return False
    if last.startswith(("spokes", "representative")):
        return len(words) <= 2 and " for " not in mention and " of " not in mention and words[0].lower() in ("a", "an")
    if last in SPECIALISTS:
        return False
    return last in ANONYMOUS or (words[0].lower() in ("a", "an", "one", "another") and last in PERSON_NOUNS)


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
