"""Shapes that a finder of verbs misses: nouns and adjectives that say, signed quotations, what nobody named believes.

``find_shapes`` stands beside any finder of attributions: it is given what was found, and returns what else there is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nutgraf.claims.found import Found
from nutgraf.claims.grammar import Grammar, Range
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import CUE_ADJECTIVES, CUE_NOUNS, HELD, IMPLIED, SAYING

NOUN, ADJECTIVE, IMPERSONAL, SIGNED, ALONE, SO = 0.5, 0.6, 0.6, 0.8, 0.55, 0.8
"""Confidence of each shape."""

LOOKBACK = 60
"""How many stretches before one are looked at; a bound, so that odd texts stay cheap."""

_NAME = r"[A-Z][\w.’'-]*(?:\s+(?:de|van|von|al|bin|der|la|of)?\s?[A-Z][\w.’'-]*){0,5}"
_DASHED = re.compile(rf"\s*[-–—]{{1,2}}\s?(?P<name>{_NAME}(?:,[^\n]{{0,60}})?)[ \t]*(?=\n|$)")
_OPENS_LIST = re.compile(rf"(?P<cue>\b(?:from|by|in the words of|this from)\s)(?P<name>(?:the )?{_NAME}):\s*$")
_SPEAKS = re.compile(rf"(?:^|\n)(?P<name>{_NAME}|[A-Z][A-Z. ]+)(?: \([^)\n]*\))?:\s*(?=[“\"„«‘])")
_SO = r",?\s*[—–-]?\s*\b(?:or|at least) so "
_VERB = r"(?P<verb>believes?|says?|thinks?|claims?|hopes?|argues?)\b"
_OR_SO = re.compile(rf"{_SO}{_VERB}\s*")
_OR_SO_X = re.compile(rf"{_SO}(?P<name>[^,.;]{{2,60}}?) {_VERB}")


def find_shapes(grammar: Grammar, quotations: Sequence[Quotation], found: Sequence[Found]) -> list[Found]:
    """Return attributions that are not among the ``found`` ones, in text order; their contents overlap no other's."""
    taken = _Taken(found)
    extra: list[Found] = []
    for one in _signed(grammar, quotations):
        if not taken.covers(one.content[0]):
            taken.add(one)
            extra.append(one)
    for one in (*_or_so(grammar), *_words_that_say(grammar), *_held_to(grammar)):
        if taken.is_free(one):
            taken.add(one)
            extra.append(one)
    extra += _impersonal(grammar, found)
    everything = sorted((*found, *extra), key=lambda one: min((*one.cue, *one.content)))
    extra += _alone(grammar, quotations, everything, taken)
    return sorted(extra, key=lambda one: min((*one.cue, *one.content)))


class _Taken:
    """Stretches that attributions have: contents and cues, by place."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._parts = sorted(part for one in found for part in (*one.content, *one.cue))
        self._longest = max((end - start for start, end in self._parts), default=0)

    def add(self, one: Found) -> None:
        """Note an attribution's stretches."""
        for part in (*one.content, *one.cue):
            self._parts.insert(bisect_left(self._parts, part), part)
            self._longest = max(self._longest, part[1] - part[0])

    def is_free(self, one: Found) -> bool:
        """Tell whether none of an attribution's stretches is taken."""
        return not any(self.holds(part) for part in (*one.content, *one.cue))

    def covers(self, part: Range) -> bool:
        """Tell whether a stretch lies in a taken one, but for a mark at its ends; what is said inside it does not."""
        last = bisect_right(self._parts, (part[0] + 1, self._longest + part[1]))
        return any(end >= part[1] - 2 for _, end in self._parts[max(0, last - LOOKBACK) : last])

    def holds(self, part: Range) -> bool:
        """Tell whether a stretch overlaps a taken one."""
        last = bisect_left(self._parts, (part[1], 0))
        for start, end in reversed(self._parts[max(0, last - LOOKBACK) : last]):
            if end > part[0]:
                return True
            if part[0] - start > self._longest:
                break
        return False


# "…, or so believes the ministry"


def _or_so(grammar: Grammar) -> Iterator[Found]:
    text = grammar.text
    for match in _OR_SO.finditer(text):
        start, end = grammar.sentence(match.start())
        first = grammar.within((match.end(), end))
        source = grammar.noun_phrase(first.start, end) if first else None
        if source and start < match.start():
            yield Found((source,), ((match.start("verb"), match.end("verb")),), ((start, match.start()),), "say", SO)
    for match in _OR_SO_X.finditer(text):
        start, _ = grammar.sentence(match.start())
        if start < match.start():
            yield Found((match.span("name"),), (match.span("verb"),), ((start, match.start()),), "say", SO)


# signed quotations


def _signed(grammar: Grammar, quotations: Sequence[Quotation]) -> Iterator[Found]:
    """Yield quotations with a name behind a dash, before a colon, or in the paragraph before that ends in one."""
    text = grammar.text
    for quotation in quotations:
        content = ((quotation.start, quotation.end),)
        if dashed := _DASHED.match(text, quotation.end):
            yield Found((dashed.span("name"),), (), content, "say", SIGNED)
            continue
        opened = max(0, quotation.start - 120)
        before = text[opened : quotation.start]
        if listed := _OPENS_LIST.search(before.rstrip() if before.endswith("\n") else before):
            start, end = listed.span("name")
            cue = (opened + listed.start("cue"), opened + listed.end("cue") - 1)
            yield Found(((opened + start, opened + end),), (cue,), content, "say", SIGNED)
        elif spoken := next((m for m in _SPEAKS.finditer(before + "“") if m.end() >= len(before)), None):
            start, end = spoken.span("name")
            yield Found(((opened + start, opened + end),), (), content, "say", SIGNED)


# nouns and adjectives


def _words_that_say(grammar: Grammar) -> Iterator[Found]:
    for i, token in enumerate(grammar.tokens):
        lemma = token.lemma.lower()
        if token.tag in ("NN", "NNS") and lemma in CUE_NOUNS:
            yield from _noun(grammar, i)
        elif token.tag in ("JJ", "VBN", "VBD") and token.text.lower() in CUE_ADJECTIVES:
            yield from _adjective(grammar, i)


def _noun(grammar: Grammar, i: int) -> Iterator[Found]:
    """Yield "the claim that …": the noun is the cue, its owner the source."""
    clause = next((c for c in grammar.children[i] if grammar.tokens[c].dep in ("acl", "relcl", "ccomp")), None)
    if clause is None or grammar.child(clause, "nsubj", "nsubjpass") is None:
        return
    mark = grammar.child(clause, "mark")
    if mark is None or grammar.tokens[mark].text.lower() != "that" or mark < i:
        return
    start, end = grammar.reach(clause)
    if (content := _trim(grammar, (start, end))) is not None:
        owner = grammar.child(i, "poss")
        source = (grammar.phrase(owner),) if owner is not None else ()
        yield Found(source, (grammar.chars([i]),), (content,), "say", NOUN)


def _adjective(grammar: Grammar, i: int) -> Iterator[Found]:
    """Yield "is convinced that …"."""
    clause = grammar.child(i, "ccomp")
    verb = i if grammar.child(i, "auxpass") is not None else grammar.tokens[i].head
    subject = grammar.child(verb, "nsubj", "nsubjpass")
    if clause is None or clause < i or subject is None or grammar.child(clause, "nsubj", "nsubjpass") is None:
        return
    parts = [c for c in grammar.children[verb] if grammar.tokens[c].dep in ("aux", "auxpass", "neg")]
    first = min(verb, *parts) if parts else verb
    content = _trim(grammar, grammar.reach(clause))
    if content is not None and first <= i:
        yield Found((grammar.phrase(subject),), (grammar.chars([first, i]),), (content,), "believe", ADJECTIVE)


# what nobody named believes or reports


def _impersonal(grammar: Grammar, found: Sequence[Found]) -> Iterator[Found]:
    """Yield "it is believed that …", said by nobody, on the word of the one who says so."""
    cues = {at for one in found for start, end in one.cue for at in grammar.within((start, end))}
    contents = sorted(((start, end, one) for one in found for start, end in one.content), key=lambda part: part[:2])
    starts = [start for start, _, _ in contents]
    found_starts = sorted(start for one in found for start, _ in one.source)
    for i, token in enumerate(grammar.tokens):
        if token.tag != "VBN" or token.lemma.lower() not in HELD or grammar.child(i, "agent") is not None:
            continue
        subject, clause = grammar.child(i, "nsubjpass"), grammar.child(i, "ccomp")
        if subject is None or clause is None or clause < i or grammar.tokens[subject].text.lower() != "it":
            continue
        content, cue = _trim(grammar, grammar.reach(clause)), grammar.chars([subject, i])
        if content is None or not cues.isdisjoint((subject, i)):
            continue
        around = (contents[n] for n in _near(starts, grammar.sentence(cue[0])[0], cue[0]))
        outer = next((one for _, end, one in around if end > cue[0]), None)
        content = _without_aside(grammar, content, found_starts)
        via = (*outer.via, *outer.source[:1]) if outer else ()
        yield Found((), (cue,), (content,), "believe", IMPERSONAL, via=via)


def _held_to(grammar: Grammar) -> Iterator[Found]:
    """Yield "the pier is believed to have sunk": the words around the cue are its content, the source is nobody."""
    for i, token in enumerate(grammar.tokens):
        if token.tag != "VBN" or token.lemma.lower() not in HELD or grammar.child(i, "agent") is not None:
            continue
        subject, auxiliary = grammar.child(i, "nsubjpass"), grammar.child(i, "auxpass")
        action = grammar.child(i, "xcomp", "oprd")
        if subject is None or auxiliary is None or action is None or not subject < auxiliary < i < action:
            continue
        parts = (_trim(grammar, grammar.phrase(subject)), _trim(grammar, grammar.reach(action)))
        if parts[0] and parts[1] and parts[1][0] >= token.end and grammar.tokens[subject].text.lower() != "it":
            yield Found((), (grammar.chars([auxiliary, i]),), (parts[0], parts[1]), "believe", IMPERSONAL)


_ASIDE = re.compile(r",?\s+(?:with|while|and|but|as)\s+\Z")


def _without_aside(grammar: Grammar, content: Range, sources: Sequence[int]) -> Range:
    """Cut off what somebody else says behind: ", with a source saying …"."""
    for number in _near(sources, *content):
        start = sources[number]
        aside = _ASIDE.search(grammar.text[content[0] : start])
        if aside and start < content[1]:
            return content[0], content[0] + aside.start()
    return content


def _near(starts: Sequence[int], first: int, last: int) -> range:
    """Return the numbers of what starts in a stretch, ``last`` among it."""
    return range(bisect_left(starts, first), bisect_right(starts, last))


# quotations without a sayer


def _alone(grammar: Grammar, quotations: Sequence[Quotation], found: Sequence[Found], taken: _Taken) -> Iterator[Found]:
    """Yield whole sentences in quotation marks that follow what somebody says, in the same paragraph, by the same."""
    ends = [max(end for _, end in (*one.content, *one.cue, *one.source)) for one in found]
    order = sorted(range(len(found)), key=lambda n: ends[n])
    sorted_ends = [ends[n] for n in order]
    for quotation in quotations:
        if not quotation.closed or taken.holds((quotation.start, quotation.end)):
            continue
        number = bisect_right(sorted_ends, quotation.start) - 1
        if number < 0 or not _is_sentence(grammar, quotation):
            continue
        before = found[order[number]]
        gap = grammar.text[sorted_ends[number] : quotation.start]
        follows = "\n" not in gap and gap.strip(' .!?”"’') == ""
        if follows and before.verb in SAYING and before.source:
            source = before.antecedent or before.source[0]
            yield Found((source,), (), ((quotation.start, quotation.end),), "say", ALONE, via=before.via)


def _is_sentence(grammar: Grammar, quotation: Quotation) -> bool:
    inside = grammar.text[quotation.start + 1 : quotation.end - 1].strip()
    return inside[:1].isupper() and len(inside.split()) >= IMPLIED and grammar.text[quotation.end - 2] in ".!?…"


def _trim(grammar: Grammar, part: Range) -> Range | None:
    start, end = part
    text = grammar.text
    while start < end and (text[start].isspace() or text[start] in ",;:-–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—."):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


# mending what was found


def mend(grammar: Grammar, quotations: Sequence[Quotation], found: Sequence[Found]) -> list[Found]:
    """Return the attributions with contents that grammar got wrong set right.

    Of "quoted Holm as saying it was late", Holm says that it was late; and of "“It is late,” she said on Monday", the
    quotation is said, and not the day.
    """
    opened = [quotation.start for quotation in quotations]
    taken = {start for one in found for start, _ in one.content}
    return [_with_quotation(grammar, quotations, opened, taken, _said_by_another(grammar, one)) for one in found]


_WHEN = re.compile(
    r"(?:(?:late |early )?(?:on|in|at|during|by|after|before|from|to|with|through|via|for) [^.“”\"]{1,60}"
    r"|(?:yester|to|mon|tues|wednes|thurs|fri|satur|sun)day(?: [a-z]+)?)",
    re.IGNORECASE,
)


def _with_quotation(
    grammar: Grammar, quotations: Sequence[Quotation], opened: Sequence[int], taken: set[int], one: Found
) -> Found:
    """Give a quotation that ends right before its sayer, where all that was found is when or where it was said."""
    text = grammar.text
    if len(one.content) != 1 or one.verb not in SAYING or not one.source or not one.cue:
        return one
    first = min(one.source[0][0], one.cue[0][0])
    number = bisect_left(opened, first) - 1
    if number < 0 or not _WHEN.fullmatch(text[slice(*one.content[0])].replace("\u00a0", " ")):
        return one
    quotation = quotations[number]
    free = quotation.start not in taken and quotation.closed and quotation.end <= first
    if free and not text[quotation.end : first].strip(" ,\u00a0"):
        return replace(one, content=((quotation.start, quotation.end),))
    return one


def _said_by_another(grammar: Grammar, one: Found) -> Found:
    """Give words to the one who is quoted: of "quoted Holm as saying it was late", Holm says that it was late."""
    if one.verb not in ("quote", "cite") or not one.content:
        return one
    start, end = one.content[0]
    first = grammar.within((start, end))
    quoted = grammar.noun_phrase(first.start, end) if first else None
    saying = _AS_SAYING.search(grammar.text, quoted[1], end) if quoted else None
    if quoted is None or saying is None or saying.end() >= end or "”" in grammar.text[quoted[0] : saying.start()]:
        return one
    content = ((saying.end(), end), *one.content[1:])
    cue = (saying.start("cue"), saying.end("cue"))
    return replace(one, source=(quoted,), cue=(*one.cue, cue), content=content, via=(*one.via, *one.source))


_AS_SAYING = re.compile(r"[^“”\"\n]{0,60}?\s(?P<cue>as (?:saying|telling|writing|claiming|stating))(?: that)?\s")
