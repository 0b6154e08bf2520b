"""The span finder: rules over the parse and the quotations tell source, cue and content of each attribution."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import CUES, OUTLETS, PASSING, SAYING, SPEAKING_WITH
from nutgraf.ports import Sentence, Token

Range = tuple[int, int]
CONTENT_CLAUSES = ("ccomp", "xcomp", "dobj", "acl", "prep", "oprd", "dative", "attr")
CUE_PARTS = frozenset(("aux", "auxpass", "neg", "advmod", "prt"))


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as ranges of characters; ``verb`` is its cue's base form, ``antecedent`` what "who" means."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    verb: str
    confidence: float
    antecedent: Range | None = None
    via: tuple[Range, ...] = ()
    """The sources through whom it came, the nearest first: "The Post cited an official who said …" gives the Post."""


class _Tree:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.children: list[list[int]] = [[] for _ in tokens]
        self.left, self.right = list(range(len(tokens))), list(range(len(tokens)))
        for i, token in enumerate(tokens):
            if token.head != i:
                self.children[token.head].append(i)
        for i in self._upwards():
            for child in self.children[i]:
                self.left[i] = min(self.left[i], self.left[child])
                self.right[i] = max(self.right[i], self.right[child])

    def _upwards(self) -> list[int]:
        order = [i for i, token in enumerate(self.tokens) if token.head == i]
        for i in order:
            order.extend(self.children[i])
        return order[::-1]

    def child(self, i: int, *deps: str) -> int | None:
        return next((c for dep in deps for c in self.children[i] if self.tokens[c].dep == dep), None)

    def chars(self, first: int, last: int) -> Range | None:
        """Characters of tokens ``first`` to ``last``, white space and marks other than quotation marks left out."""
        while first <= last and (self.tokens[first].text.isspace() or self.tokens[first].text in ",;:-–—("):
            first += 1
        while first <= last and (self.tokens[last].text.isspace() or self.tokens[last].text in ",;:-–—.("):
            last -= 1
        return (self.tokens[first].start, self.tokens[last].end) if first <= last else None

    def phrase(self, i: int) -> Range | None:
        return self.chars(self.left[i], self.right[i])


def find_spans(
    text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> list[Found]:
    """Return the attributions, in the order of their cues."""
    tree = _Tree(text, tokens)
    bounds = _Bounds(_parsed(tree, sentences), quotations)
    found = [one for i in range(len(tokens)) if (one := _at(tree, i, bounds))]
    return _continued(_nested(found, text, bounds), text, sentences, quotations)


def _parsed(tree: _Tree, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Cut the sentences where a tree opens behind a label's colon or a semicolon."""
    roots = [i for i, token in enumerate(tree.tokens) if token.head == i]
    opened = sorted({tree.left[i] for i in roots if tree.left[i]})
    cuts = [tree.tokens[i].start for i in opened if tree.tokens[i - 1].text in (":", ";")]
    return [piece for sentence in sentences for piece in _cut(sentence, cuts)]


def _cut(sentence: Sentence, cuts: Sequence[int]) -> Iterator[Sentence]:
    start, end = sentence
    for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
        yield start, cut
        start = cut
    yield start, end


class _Bounds:
    def __init__(self, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> None:
        self.sentences, self.quotations = sentences, quotations
        self._starts = [start for start, _ in sentences]
        self._opened = [quotation.start for quotation in quotations]

    def sentence(self, at: int) -> Sentence:
        return self.sentences[max(0, bisect_right(self._starts, at) - 1)]

    def quoted(self, at: int) -> Quotation | None:
        number = bisect_right(self._opened, at) - 1
        return self.quotations[number] if number >= 0 and at < self.quotations[number].end else None

    def whole(self, part: Range) -> Range:
        """Widen a range to the ends of quotations that it takes in all but the marks of."""
        start, end = part
        opening, closing = self.quoted(start), self.quoted(end - 1)
        if opening and start - opening.start <= 2:
            start = opening.start
        if closing and closing.end - end <= 2:
            end = closing.end
        return start, end

    def in_sentence(self, at: int) -> list[Quotation]:
        start, end = self.sentence(at)
        first = max(0, bisect_right(self._opened, start) - 1)
        return [q for q in self.quotations[first : bisect_left(self._opened, end)] if q.end > start]


def _at(tree: _Tree, i: int, bounds: _Bounds) -> Found | None:
    token = tree.tokens[i]
    if token.text.lower() == "according":
        return _according(tree, i, bounds)
    if token.tag[:1] != "V" or token.lemma.lower() not in CUES:
        return None
    source, cue = _source(tree, i), _cue(tree, i)
    content = _content(tree, i, cue, source, bounds)
    if not content or (source is None and token.lemma not in SAYING):
        return None
    confidence = 0.85 if token.lemma in SAYING and source else 0.6
    antecedent = _antecedent(tree, i, source) if source else None
    via = _via(tree, i) if source else ()
    return Found((source,) if source else (), (cue,), content, token.lemma.lower(), confidence, antecedent, via)


def _antecedent(tree: _Tree, i: int, source: Range) -> Range | None:
    """Return the noun phrase that a relative "who" stands for: "experts who say …"."""
    while tree.tokens[i].dep in ("conj", "xcomp") and tree.tokens[i].head != i:
        i = tree.tokens[i].head
    head = tree.tokens[i].head
    if tree.tokens[i].dep != "relcl" or tree.text[slice(*source)].lower() not in ("who", "that", "which"):
        return None
    return _before(tree, head, i)


def _via(tree: _Tree, i: int) -> tuple[Range, ...]:
    """Return the outlet to which the words were said ("told the Courier") or which speaks with those who say them."""
    heard = (_hearer(tree, child) for child in tree.children[i] if tree.tokens[i].lemma in PASSING)
    named = next((one for one in heard if one and names_outlet(tree.text[slice(*one)])), None)
    if named is None and tree.tokens[i].dep in ("relcl", "acl"):
        named = _interviewer(tree, tree.tokens[i].head)
    return (named,) if named else ()


def _hearer(tree: _Tree, child: int) -> Range | None:
    """Return the one to whom it is said: "told the Courier", "in an interview with the Courier"."""
    token = tree.tokens[child]
    if token.dep in ("dative", "prep") and token.text in ("to", "with", "in"):
        inner = tree.child(child, "pobj")
        with_ = tree.child(inner, "prep") if inner is not None and tree.tokens[inner].lemma == "interview" else None
        inner = tree.child(with_, "pobj") if with_ is not None else inner
        return tree.phrase(inner) if inner is not None else None
    return tree.phrase(child) if token.dep in ("dative", "dobj") else None


def _interviewer(tree: _Tree, at: int) -> Range | None:
    """Return the outlet that speaks with those whose noun is at ``at``."""
    while tree.tokens[at].dep in ("pobj", "prep", "conj") and tree.tokens[at].head != at:
        at = tree.tokens[at].head
    subject = tree.child(at, "nsubj")
    if subject is None or tree.tokens[at].lemma not in SPEAKING_WITH:
        return None
    named = tree.phrase(subject)
    return named if named and names_outlet(tree.text[slice(*named)]) else None


def _according(tree: _Tree, i: int, bounds: _Bounds) -> Found | None:
    to = tree.child(i, "prep") if tree.child(i, "prep") is not None else i + 1
    if to is None or to >= len(tree.tokens):
        return None
    named = tree.child(to, "pobj")
    source = tree.phrase(named) if named is not None else None
    if named is None or source is None:
        return None
    cue = (tree.tokens[i].start, tree.tokens[to].end)
    start, end = bounds.sentence(cue[0])
    content = _ranges(tree.text, ((start, cue[0]), (source[1], end)))
    inner, outer = _quoted_by(tree, named)
    if inner and outer:
        return Found((inner,), (cue,), content, "accord", 0.85, via=(outer,)) if content else None
    return Found((source,), (cue,), content, "accord", 0.85) if content else None


def _quoted_by(tree: _Tree, named: int) -> tuple[Range | None, Range | None]:
    """Return whom the one named quotes, and that one: "the Herald, which quoted an official"."""
    for clause in tree.children[named]:
        if tree.tokens[clause].dep in ("relcl", "acl") and tree.tokens[clause].lemma in ("quote", "cite"):
            whom = tree.child(clause, "dobj")
            return (tree.phrase(whom) if whom is not None else None), _before(tree, named, clause)
    return None, None


def _source(tree: _Tree, i: int) -> Range | None:
    at = i
    for _ in range(4):
        subject = tree.child(at, "nsubj", "agent")
        if subject is not None:
            if tree.tokens[subject].dep == "agent":
                inner = tree.child(subject, "pobj")
                return tree.phrase(inner) if inner is not None else None
            return tree.phrase(subject)
        if at == i and tree.tokens[at].dep == "conj" and (joined := _joined(tree, i)):
            return joined
        head = tree.tokens[at].head
        if tree.tokens[at].dep == "acl":
            return _before(tree, head, at)
        if tree.tokens[at].dep not in ("conj", "advcl", "xcomp") or head == at:
            return None
        at = head
    return None


def _joined(tree: _Tree, i: int) -> Range | None:
    """Return the subject that the parse lost: what stands between ", and" and a finite verb, if it is a noun phrase."""
    tags = [tree.tokens[at].tag for at in range(max(0, i - 25), i)]
    opens = next((n for n in range(len(tags) - 1, 0, -1) if tags[n] == "CC" and tags[n - 1] == ","), None)
    if opens is None or tree.tokens[i].tag not in ("VBZ", "VBD", "VBP"):
        return None
    inner = tags[opens + 1 :]
    if (
        not inner
        or inner[0] not in ("DT", "NNP", "NNS", "NN", "PRP", "PRP$", "JJ")
        or any(t[:2] in ("VB", "MD") for t in inner)
    ):
        return None
    return tree.chars(i - len(inner), i - 1) if any(t[:2] in ("NN", "PR") for t in inner) else None


def _before(tree: _Tree, head: int, clause: int) -> Range | None:
    return tree.chars(tree.left[head], tree.left[clause] - 1)


def _cue(tree: _Tree, i: int) -> Range:
    first = last = i
    while first > 0 and tree.tokens[first - 1].head == i and tree.tokens[first - 1].dep in CUE_PARTS:
        first -= 1
    while last + 1 < len(tree.tokens) and tree.tokens[last + 1].head == i and tree.tokens[last + 1].dep == "prt":
        last += 1
    return tree.tokens[first].start, tree.tokens[last].end


def _content(tree: _Tree, i: int, cue: Range, source: Range | None, bounds: _Bounds) -> tuple[Range, ...]:
    taken = [cue, *([source] if source else [])]
    parts: list[Range] = []
    for child in tree.children[i]:
        if tree.tokens[child].dep in CONTENT_CLAUSES and (part := tree.phrase(child)):
            parts.append(part)
    clauses = [c for c in tree.children[i] if tree.tokens[c].dep == "ccomp"]
    if clauses:
        parts = [part for c in clauses if (part := tree.phrase(c))]
    elif tree.tokens[i].dep in ("parataxis", "ccomp") and tree.tokens[i].lemma in SAYING and not parts:
        whole = tree.phrase(tree.tokens[i].head)
        own = (tree.tokens[tree.left[i]].start, tree.tokens[tree.right[i]].end)
        parts = [(whole[0], own[0]), (own[1], whole[1])] if whole else []
    if tree.tokens[i].lemma in SAYING:
        parts += [(q.start, q.end) for q in bounds.in_sentence(cue[0]) if not q.start <= cue[0] < q.end
                  and (not parts or q.end - q.start > 40)]  # fmt: skip
    parts = [bounds.whole(part) for part in parts]
    return _ranges(tree.text, _without(_merged(parts, tree.text), taken))


def _merged(parts: Iterable[Range], text: str) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(parts):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(parts: list[Range], taken: list[Range]) -> list[Range]:
    for a, b in taken:
        parts = [piece for s, e in parts for piece in ((s, min(e, a)), (max(s, b), e)) if piece[0] < piece[1]]
    return parts


def _ranges(text: str, parts: Iterable[Range]) -> tuple[Range, ...]:
    """Trim white space and commas at the ends, drop what holds no letter or digit."""
    kept = []
    for start, end in parts:
        while start < end and (text[start].isspace() or text[start] in ",;:-–—"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
            end -= 1
        if any(c.isalnum() for c in text[start:end]):
            kept.append((start, end))
    return tuple(kept)


def _nested(found: list[Found], text: str, bounds: _Bounds) -> list[Found]:
    """Keep of the attributions inside another's content those of which the outer one only passes the words on."""
    covering = sorted(
        (start, end, n) for n, one in enumerate(found) if one.verb in SAYING for start, end in one.content
    )
    kept: dict[int, Found] = {}
    open_: list[tuple[int, int]] = []  # ends and numbers of the contents around the present cue, the inmost last
    number = 0
    for n in sorted(range(len(found)), key=lambda n: found[n].cue[0]):
        one, at = found[n], found[n].cue[0][0]
        while number < len(covering) and covering[number][0] <= at:
            open_.append(covering[number][1:])
            number += 1
        while open_ and open_[-1][0] <= at:
            open_.pop()
        outer = kept.get(open_[-1][1]) if open_ else None
        if not open_:
            kept[n] = one
        elif outer and _passes_on(text, outer, one, bounds):
            kept[n] = replace(one, via=(*outer.via, *outer.source[:1], *one.via))
            kept[open_[-1][1]] = replace(outer, content=_without_aside(text, outer.content, one))
    return [kept[n] for n in sorted(kept, key=lambda n: kept[n].cue[0])]


def _passes_on(text: str, outer: Found, inner: Found, bounds: _Bounds) -> bool:
    """Tell whether the outer source is an outlet that cites the inner one outside quotation marks."""
    if not inner.source or not outer.source or bounds.quoted(inner.cue[0][0]):
        return False
    return inner.source[0] != outer.source[0] and names_outlet(text[slice(*outer.source[0])])


def names_outlet(mention: str) -> bool:
    """Tell whether a mention names a newspaper, a broadcaster or an agency."""
    words = [word.strip("’'.,").removesuffix("’s").removesuffix("'s") for word in mention.split() if word[:1].isupper()]
    return len(words) <= 6 and any(word.lower() in OUTLETS for word in words)


def _without_aside(text: str, content: tuple[Range, ...], inner: Found) -> tuple[Range, ...]:
    """Cut off ", with a source saying …" from what the outer one says."""
    opens = text.rfind(", with ", 0, inner.source[0][0] + 1)
    if opens < 0 or inner.source[0][0] - opens > len(", with "):
        return content
    return tuple((start, min(end, opens)) for start, end in content if start < opens)


def _continued(
    found: list[Found], text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> list[Found]:
    """Give a quotation that goes on after its attribution to the same attribution."""
    used = sorted((start, end) for one in found for start, end in one.content)
    result = list(found)
    order = sorted(range(len(found)), key=lambda n: found[n].cue[0])
    pointer = 0
    mine: int | None = None
    for quotation in quotations:
        while pointer < len(order) and found[order[pointer]].cue[0][0] < quotation.start:
            mine = order[pointer]
            pointer += 1
        if mine is None or result[mine].verb not in SAYING:
            continue
        if any(s < quotation.end and quotation.start < e for s, e in used):
            continue
        last = max(end for _, end in (*result[mine].content, *result[mine].cue, *result[mine].source))
        gap = text[last : quotation.start]
        quoted = any(text[e - 1] in "”\"'»“" for _, e in result[mine].content)
        goes_on = gap.strip(' .\n,”"') == "" and gap.count("\n\n") <= 1
        if quoted and goes_on and ("\n\n" not in gap or text[last - 1] not in '”"'):
            one = result[mine]
            result[mine] = replace(one, content=(*one.content, (quotation.start, quotation.end)))
    return result
