"""Chains: through whom a claim came, from the grammar and the words around an attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nutgraf.claims.grammar import Grammar, Range
from nutgraf.claims.outlets import KINDS, is_outlet
from nutgraf.claims.words import ANONYMOUS, BODIES, PERSON_NOUNS, SAYERS, SAYING, SPEAKING_WITH, SPECIALISTS, THINKING

_NAME = r"(?:[A-Z][\w.&'’-]*)(?:\s+(?:(?:of|de|du|des|della|el|la|le|News|and)\s+)?[A-Z][\w.&'’-]*)*"
_OUTLET = (
    rf"((?:[Tt]he |[Aa] |[Aa]n )?(?:(?:{KINDS}) )?{_NAME}|state (?:television|TV|media|radio)|national television)"
)
_THE_PAPER = rf"([Tt]he (?:{KINDS}))"

_HEARD = re.compile(
    r"\b(?:told|tells?|telling|interview(?:ed)? (?:with|by|on|in|for)|(?:spoke|speaking|speaks?|talk(?:ed|ing))"
    r" (?:to|with)|(?:comments?|remarks|confirmed|confirms|said|wrote|explained) (?:to|with)|as saying (?:by|in)"
    r"|(?:quoted|cited|carried|published|seen|obtained|reviewed|reported|aired|viewed|shown|posted|interviewed)"
    r" (?:as saying )?(?:by|in|on)"
    r"|(?:said|appearance|appearing|speaking|live) on|(?:article|column|essay|opinion piece|op-ed) (?:for|in)"
    r"|(?:writing|wrote) (?:in|for)|(?:report|story|article|account|investigation) (?:in|by|from))\s+"
    rf"(?:{_OUTLET}|{_THE_PAPER}\b(?! [A-Z]))"
)
"""Words after which an outlet stands that heard or printed what somebody said."""

_OUTER = re.compile(
    rf"[,;”\"]\s*{_OUTLET}(?: [a-z]+)? (?:reported|reports|said|says|wrote|writes|has reported|understands|noted)\b"
)
"""An outlet that reports a whole sentence: "…, Yonhap reported"."""

_BEHIND_NAME = re.compile(r"['’]s\b.*| (?:on|last|this|in|via|about)\b.*| (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*")

_AGENTS = ("er", "or", "ist", "man", "woman", "ian", "eer", "ant")
"""Endings of nouns for people by what they do."""

_CITING = re.compile(r"\b(?:citing|quoting|[Cc]iting|Quoting)\s+")

NEAR = 700
"""Characters before and behind a cue that are looked at, however long its sentence is."""


def chain(
    grammar: Grammar,
    source: Sequence[Range],
    cue: Sequence[Range],
    content: Sequence[Range],
    via: Sequence[Range] = (),
) -> tuple[Range, ...]:
    """Return the links of a claim as the text has them, from the nearest to the furthest, its source among them.

    ``via`` are the ones that were found already, as ``Found.via``. Whom the source cites, who heard or printed it,
    who reports that it was said, and who says it inside of what is said are looked for.
    """
    around = _Around(grammar, source, cue, content)
    outer = _apart([*map(around.named, via), *around.reporters(), *around.printers()], source)
    cited, quoted = around.cited(), around.quoted_person() or around.inside_content()
    own = [source[0]] if source else []
    if cited is not None:
        own = [cited, *own] if outer else [*own, cited]
    return tuple(_apart([*outer, *own, *([quoted] if quoted else [])]))


def _apart(ranges: Sequence[Range], taken: Sequence[Range] = ()) -> list[Range]:
    """Leave out what overlaps an earlier range, or is the taken one itself."""
    kept: list[Range] = []
    for part in ranges:
        if part not in taken and not any(part[0] < end and start < part[1] for start, end in kept):
            kept.append(part)
    return kept


class _Around:
    """The words around one attribution."""

    def __init__(
        self, grammar: Grammar, source: Sequence[Range], cue: Sequence[Range], content: Sequence[Range]
    ) -> None:
        self.grammar, self.source, self.cue, self.content = grammar, source, cue, content
        at = (cue or source or content)[0][0]
        start, end = grammar.sentence(at)
        self.sentence = max(start, at - NEAR), max(start, min(end, at + NEAR))
        self.verb = self._verb()

    def _verb(self) -> int | None:
        """Return the verb of the cue, the last one that is no auxiliary."""
        inside = [i for part in self.cue for i in self.grammar.within(part)]
        verbs = [i for i in inside if self.grammar.tokens[i].tag[:1] == "V"]
        return verbs[-1] if verbs else None

    def _open(self, at: int) -> bool:
        """Tell whether a place is outside of what is said."""
        return not any(start <= at < end for start, end in self.content)

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[Range]:
        for match in pattern.finditer(self.grammar.text, *self.sentence):
            group = next(n for n in range(1, match.re.groups + 1) if match.group(n))
            if self._open(match.start()) and self._open(match.start(group)):
                yield self.named(match.span(group))

    def named(self, part: Range) -> Range:
        """Cut what follows a name but is no part of it: a day, a possessive's noun."""
        text = self.grammar.text[slice(*part)]
        cut = re.search(
            r"(?:['’]s\b.*| (?:on|last|this|in|via|about)\b.*| (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*)", text
        )
        end = part[0] + (cut.start() if cut and cut.start() else len(text))
        while self.grammar.text[end - 1] in ".,'’":
            end -= 1
        return part[0], end

    def printers(self) -> list[Range]:
        """Return the outlets that heard or printed the words."""
        found = []
        for part in self._matches(_HEARD):
            mention = self.grammar.text[slice(*part)]
            if re.fullmatch(_THE_PAPER, mention):
                named = self._last_outlet(part[0])
                found += [named] if named else []
            elif is_outlet(mention, heard=True):
                found.append(part)
        return found

    def reporters(self) -> list[Range]:
        """Return who reports that it was said: an outlet behind the sentence, the source of the clause around."""
        behind = [
            part
            for part in self._matches(_OUTER)
            if is_outlet(self.grammar.text[slice(*part)], heard=True) and not self._is_source(part)
        ]
        return [*behind, *self._clauses_around(), *self._aside()]

    def _aside(self) -> list[Range]:
        """Return the outlet to whose report an aside belongs: "The Herald reports …, with a source saying …"."""
        tokens, start = self.grammar.tokens, self.sentence[0]
        if not self.source or self.verb is None or tokens[self.verb].tag != "VBG":
            return []
        if not self.grammar.text[start : self.source[0][0]].endswith("with "):
            return []
        for i in reversed(self.grammar.within((start, self.source[0][0]))):
            subject = self.grammar.child(i, "nsubj") if tokens[i].lemma in SAYING else None
            if subject is not None and is_outlet(self._words(subject), heard=True):
                return [self.grammar.phrase(subject)]
        return []

    def _is_source(self, part: Range) -> bool:
        return any(part[0] < end and start < part[1] for start, end in self.source)

    def _last_outlet(self, at: int) -> Range | None:
        """Return the outlet that was named last before "the paper"."""
        opened = max(0, at - NEAR)
        found = None
        for match in re.finditer(rf"(?<!\w){_OUTLET}", self.grammar.text[opened:at]):
            if is_outlet(match.group(1)):
                found = self.named((opened + match.start(1), opened + match.end(1)))
        return found

    def _clauses_around(self) -> list[Range]:
        """Return the sources of the clauses that this one is the complement of, the outermost first."""
        grammar, at = self.grammar, self.verb
        found: list[Range] = []
        for _ in range(8):
            if at is None or len(found) == 2:
                break
            head, dep = grammar.tokens[at].head, grammar.tokens[at].dep
            if head == at or not self._climbs(dep):
                break
            verb = head if dep in ("ccomp", "xcomp", "conj", "advcl") else self._governor(head)
            subject = grammar.child(verb, "nsubj") if verb is not None else None
            if subject is not None and verb is not None and self._passes(verb, subject, dep):
                found.insert(0, grammar.phrase(subject))
            at = verb
        return [part for part in found if self._open(part[0]) and not self._is_source(part)]

    def _climbs(self, dep: str) -> bool:
        return dep in ("ccomp", "relcl", "acl", "conj")

    def _governor(self, noun: int) -> int | None:
        """Return the verb that a noun depends on: "cited an official", "speaks with experts"."""
        tokens = self.grammar.tokens
        for _ in range(4):
            if tokens[noun].head == noun or tokens[noun].dep not in ("dobj", "pobj", "prep", "conj", "nmod"):
                return None
            noun = tokens[noun].head
            if tokens[noun].tag[:1] == "V":
                return noun
        return None

    def _passes(self, verb: int, subject: int, dep: str) -> bool:
        lemma = self.grammar.tokens[verb].lemma.lower()
        if dep in ("relcl", "acl"):
            return lemma in SPEAKING_WITH | {"cite", "quote"} and is_outlet(self._words(subject), heard=True)
        if lemma not in SAYING and lemma != "claim":
            return False
        return self.grammar.tokens[subject].tag != "EX" and dep == "ccomp"

    def _words(self, i: int) -> str:
        return self.grammar.text[slice(*self.grammar.phrase(i))]

    def cited(self) -> Range | None:
        """Return whom the source cites for it: "Tass reported, citing the ministry"."""
        for match in _CITING.finditer(self.grammar.text, *self.sentence):
            if not self._open(match.start()):
                continue
            first = self.grammar.within((match.end(), self.sentence[1]))
            noun = self.grammar.noun_phrase(first.start, self.sentence[1])
            if noun is not None and not self._is_source(noun) and self._open(noun[0]) and self._can_say(noun):
                return noun
        return None

    def _can_say(self, part: Range) -> bool:
        """Tell whether a noun phrase can be what words come from: a name, people, a body, a document."""
        tokens = self.grammar.tokens
        nouns = [i for i in self.grammar.within(part) if tokens[i].tag[:2] == "NN"]
        if any(tokens[i].tag[:3] == "NNP" for i in nouns[-1:]):
            return True
        lemmas = {tokens[i].lemma.lower() for i in nouns} | {tokens[i].text.lower() for i in nouns}
        if nouns and tokens[nouns[-1]].lemma.lower().endswith(_AGENTS):
            return True
        return not lemmas.isdisjoint(SAYERS | PERSON_NOUNS | ANONYMOUS | SPECIALISTS | BODIES.keys())

    def quoted_person(self) -> Range | None:
        """Return who is quoted: "The Herald quoted Anna Voss as saying"."""
        grammar = self.grammar
        for i in grammar.within(self.sentence):
            if grammar.tokens[i].lemma not in ("quote", "cite") or not self._open(grammar.tokens[i].start):
                continue
            subject = grammar.child(i, "nsubj")
            named = subject is not None and any(s <= grammar.tokens[subject].start < e for s, e in self.source)
            if named and (noun := grammar.noun_phrase(i + 1, self.sentence[1])) and self._open(noun[0]):
                return noun
        return None

    def inside_content(self) -> Range | None:
        """Return the one who says it inside of what is said: "The Star said {police believe that …}"."""
        grammar = self.grammar
        root = grammar.root(self.content[0])
        if root is None or self._is_marked() or grammar.tokens[root].lemma.lower() not in SAYING | THINKING:
            return None
        subject = grammar.child(root, "nsubj")
        if subject is None or grammar.child(root, "ccomp") is None or grammar.tokens[subject].tag[:3] == "PRP":
            return None
        named = grammar.phrase(subject)
        return named if self._can_say(named) else None

    def _is_marked(self) -> bool:
        return self.grammar.text[self.content[0][0]] in '“"„«‘'
