"""From spans to claims: who a mention stands for, through whom a claim came, how sure it is, whether it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.claims.figures import find_figures
from nutgraf.claims.found import Found, Range
from nutgraf.claims.words import (
    ANONYMOUS,
    BELIEVING,
    DENYING,
    DENYING_WORDS,
    MODALS,
    OUTLETS,
    PERSON_PRONOUNS,
    PLANNING,
    PRONOUNS,
    TITLES,
)  # fmt: skip
from nutgraf.model import Article, Certainty, Claim, Link, Mode, Span

_NAME = re.compile(r"(?:[A-Z][\w’'-]*\.?|de|van|von|al|bin|of|for|and|the)(?:\s+(?=[\w]))?")
_PERSON = re.compile(
    r"(?:[A-Z][\w’'-]+\.?|[A-Z]\.)(?:\s+(?:(?:de|van|von|al|bin|der|la)\s+)?(?:[A-Z][\w’'-]+|[A-Z]\.))*"
)
_WORD = re.compile(r"\w+")


def to_claims(article: Article, found: Sequence[Found]) -> list[Claim]:
    """Turn the attributions of ``article`` into claims, in the order of the text."""
    people: list[str] = []
    claims = []
    for one in sorted(found, key=lambda one: min((*one.cue, *one.content))):
        claims.append(_claim(article, one, people))
    return claims


def _claim(article: Article, one: Found, people: list[str]) -> Claim:
    text = article.text
    mention = text[slice(*one.source[0])] if one.source else ""
    speaker, role, anonymous, direct = identify(mention, people)
    certainty, words = _certainty(text, one)
    content = tuple(article.span(*part) for part in one.content)
    chain = (Link(speaker, article.span(*one.source[0])),) if speaker else ()
    return Claim(
        article=article.id,
        source=tuple(article.span(*part) for part in one.source),
        cue=tuple(article.span(*part) for part in one.cue),
        content=content,
        speaker=speaker,
        role=role,
        anonymous=anonymous,
        mode=_mode(text, one.content),
        certainty=certainty,
        certainty_words=tuple(article.span(*part) for part in words),
        denied=certainty is Certainty.DENIED,
        chain=chain if speaker != article.outlet else (),
        figures=tuple(
            figure
            for span in content
            for figure in find_figures(text, article=span.article, start=span.start, end=span.end)
        ),
        confidence=one.confidence if direct else one.confidence * 0.6,
    )


def identify(mention: str, people: list[str]) -> tuple[str | None, str | None, bool, bool]:
    """Return speaker, role, whether anonymous, and whether the mention itself names them; ``people`` so far, grows."""
    mention = mention.strip().rstrip(",")
    if not mention:
        return None, None, False, True
    if mention.lower() in PRONOUNS:
        known = set(people[-2:])
        lone = mention.lower() in PERSON_PRONOUNS and len(known) == 1
        return (people[-1] if lone else None), None, False, False
    names = [m for m in _PERSON.finditer(mention) if _is_person(m.group())]
    if not names:
        return mention, None, _is_anonymous(mention), True
    name, role = _split_role(mention, names[0])
    full = next((known for known in reversed(people) if known.split()[-1] == name and known != name), name)
    people.append(full)
    return full, role, False, True


def _is_anonymous(mention: str) -> bool:
    head = re.split(r"\s+(?:who|with|in|of|from|familiar|close|at|on)\b|,", mention, maxsplit=1)[0]
    last = _WORD.findall(head)[-1:] or [""]
    return last[0].lower() in ANONYMOUS and not last[0][0].isupper()


def _is_person(name: str) -> bool:
    words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
    lowered = {word.lower() for word in words}
    return 1 <= len(words) <= 4 and not lowered & (OUTLETS | {"the", "a", "an", "this", "that", "ministry", "kremlin"})


def _split_role(mention: str, name: re.Match[str]) -> tuple[str, str | None]:
    words = name.group().split()
    titles = []
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
        titles.append(words.pop(0))
    before = " ".join([mention[: name.start()].strip(), *titles]).strip(" ,")
    after = re.match(r"\s*,\s*([^,]+(?:,[^,]+)*)", mention[name.end() :])
    return " ".join(words).removesuffix("’s").removesuffix("'s"), before or (after.group(1).strip() if after else None)


def _mode(text: str, content: Sequence[Range]) -> Mode:
    parts = [text[start:end].strip() for start, end in content]
    quoted = [part[:1] in "“\"„«»‘'" and part[-1:] in "”\"“»«’'.," for part in parts if part]
    if quoted and all(quoted):
        return Mode.QUOTE
    return Mode.MIXED if any(mark in part for part in parts for mark in '“"„«') else Mode.PARAPHRASE


def _certainty(text: str, one: Found) -> tuple[Certainty, list[Range]]:
    """Return how sure the claim is and the words that make it so, the strongest first: denial, hedge, modal."""
    cue_range = one.cue[0]
    if one.verb in DENYING:
        return Certainty.DENIED, [cue_range]
    for start, end in one.content:
        for word in _WORD.finditer(text, start, end):
            if word.group().lower() in DENYING_WORDS and one.verb in ("call", "describe", "brand", "label"):
                return Certainty.DENIED, [word.span()]
    if one.verb in BELIEVING:
        return Certainty.BELIEVED, [cue_range]
    if one.verb in PLANNING:
        return Certainty.PLANNED, [cue_range]
    for start, end in one.content:
        for word in _WORD.finditer(text, start, end):
            if (kind := MODALS.get(word.group().lower())) and (word.group() != "May"):
                return Certainty(kind), [word.span()]
    return Certainty.FACT, []


def spans_of(article: Article, parts: Sequence[Range]) -> tuple[Span, ...]:
    """Return ranges as spans of the article."""
    return tuple(article.span(*part) for part in parts)
