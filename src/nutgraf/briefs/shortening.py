"""An English sentence cut down to its core by its grammar: what may go goes, in a stated order, until it is short.

Only what hangs on something else and leaves a whole sentence is taken out; conditions, negations, doubts and whose word
it is stay. After the sentence compression of Jing (2000) and Knight and Marcu (2002), by rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from nutgraf.briefs import words
from nutgraf.briefs.clauses import FINITE
from nutgraf.ports import Token

_BINDS = words.table(
    "if unless until without except against not never no neither nor only alone despite instead than of whether like "
    "lest provided because per by barely hardly scarcely rarely seldom nearly almost"
)
"""Words that change what the sentence says: what they open stays."""

_TIMES = words.MONTHS_AND_DAYS | words.table("today yesterday tomorrow morning afternoon evening night week month year")


_PLACES = words.table("in on at during after before amid near outside following")
"""Prepositions of where and when, without which a sentence is whole."""


class Tree:
    """A sentence's tokens, and for each the places of all that hang on it, itself included."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.under: list[list[int]] = [[] for _ in tokens]
        for place in range(len(tokens)):
            above = place
            for _ in range(len(tokens)):
                self.under[above].append(place)
                if tokens[above].head == above:
                    break
                above = tokens[above].head

    def __getitem__(self, place: int) -> Token:
        return self.tokens[place]

    def __len__(self) -> int:
        return len(self.tokens)


Droppable = Callable[[Tree, int], bool]


def _is_aside(tokens: Tree, place: int) -> bool:
    token, before = tokens[place], tokens[_first(tokens, place) - 1] if _first(tokens, place) else None
    parted = before is not None and before.text in (",", "—", "–", "(", "-", "--")
    return parted and token.dep in ("appos", "relcl", "acl", "advcl", "prep", "npadvmod", "advmod", "parataxis")


def _is_opening(tokens: Tree, place: int) -> bool:
    """Tell whether a phrase stands before the subject with a comma: "On Friday, …"."""
    token = tokens[place]
    last = _last(tokens, place)
    follows = tokens[last + 1].text == "," if last + 1 < len(tokens) else False
    return follows and _first(tokens, place) == 0 and token.dep in ("prep", "advmod", "npadvmod", "advcl")


def _is_time(tokens: Tree, place: int) -> bool:
    token = tokens[place]
    timed = any(tokens[under].text.casefold() in _TIMES for under in tokens.under[place])
    return timed and token.dep in ("npadvmod", "prep", "nmod") and tokens[token.head].tag.startswith("V")


def _is_clause_beside(tokens: Tree, place: int) -> bool:
    """Tell whether a clause tells when or how; what somebody is asked to do stays."""
    token = tokens[place]
    return token.dep == "advcl" and place > token.head and token.tag != "VB"


def _is_place(tokens: Tree, place: int) -> bool:
    token = tokens[place]
    behind_a_verb = place > token.head and tokens[token.head].tag.startswith("V")
    return behind_a_verb and token.dep == "prep" and token.text.casefold() in _PLACES


def _is_second(tokens: Tree, place: int) -> bool:
    """Tell whether a verb is a second thing that the subject does: "and opened the pier"."""
    token = tokens[place]
    return token.dep == "conj" and token.tag in FINITE and tokens[token.head].tag in FINITE


def _hangs_on_noun(tokens: Tree, place: int) -> bool:
    """Tell whether a clause tells which one is meant; what "an attempt to" is at stays."""
    token = tokens[place]
    return place > token.head and (token.dep == "relcl" or token.dep == "acl" and token.tag != "VB")


_ORDER: tuple[Droppable, ...] = (
    _is_aside,
    _is_opening,
    _is_time,
    _is_clause_beside,
    _is_second,
    _is_place,
    _hangs_on_noun,
)
"""What may go, the first first."""


def shortened(sentence: str, tokens: Sequence[Token], longest: Sequence[int]) -> list[str | None]:
    """Return a sentence without its full stop, cut to each of some lengths in characters.

    ``None`` where it stays longer, or what a cut leaves is broken.
    """
    steps = []
    for text in _cuts(sentence, tokens):
        steps.append(text)
        if len(text) <= min(longest):
            break  # short enough for each of them
    fitting = (next((text for text in steps if len(text) <= most), None) for most in longest)
    return [None if text is None or _BROKEN.search(text) else text for text in fitting]


def _cuts(sentence: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Yield a sentence whole, then with one thing after another taken out."""
    tree = Tree(_first_sentence(tokens))
    kept = set(range(len(tree)))
    yield _joined(sentence, tree, kept)
    last_first = sorted(range(len(tree)), key=lambda place: -_last(tree, place))
    for droppable in _ORDER:
        for place in last_first:
            if place in kept and droppable(tree, place) and not _binds(tree, place):
                kept -= _subtree(tree, place)
                yield _joined(sentence, tree, kept)


def keeps_its_grammar(core: Sequence[Token], sentence: Sequence[Token]) -> bool:
    """Tell whether the words of a shortened sentence hang together as they do in the whole one, each parsed alone.

    A word that occurs twice may be either of them: the first that can be, or the last.
    """
    return any(at is not None and _hangs_alike(core, sentence, at) for at in _alignments(core, sentence))


def _hangs_alike(core: Sequence[Token], sentence: Sequence[Token], at: Sequence[int]) -> bool:
    for place, token in enumerate(core):
        loose = token.dep in ("punct", "prep", "advmod", "cc", "npadvmod", "mark")
        if not loose and sentence[at[place]].head != at[token.head]:
            return False
    return True


def _alignments(core: Sequence[Token], sentence: Sequence[Token]) -> Iterator[list[int] | None]:
    """Yield where each word of a shortened sentence stands in the whole one: as early, then as late as can be."""
    yield _places_in(core, sentence)
    backwards = _places_in(core[::-1], sentence[::-1])
    yield None if backwards is None else [len(sentence) - 1 - place for place in reversed(backwards)]


def _places_in(core: Sequence[Token], sentence: Sequence[Token]) -> list[int] | None:
    found, at = [], 0
    for token in core:
        while at < len(sentence) and sentence[at].text.casefold() != token.text.casefold():
            at += 1
        if at == len(sentence):
            return None
        found.append(at)
        at += 1
    return found


def _first_sentence(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of the first of several sentences: those under the first root."""
    roots = [place for place, token in enumerate(tokens) if token.head == place]
    if len(roots) < 2:
        return tokens
    return tokens[: Tree(tokens).under[roots[0]][-1] + 1]


def _subtree(tokens: Tree, place: int) -> set[int]:
    """Return the words under one, with the conjunction before it and the marks that would be left around nothing."""
    below = set(tokens.under[place])
    first, last = min(below), max(below)
    if tokens[place].dep == "conj":
        while first and tokens[first - 1].text in ("and", "but", "or", ","):
            first -= 1
    before = tokens[first - 1].text if first else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if before in _MARKS and (after in _MARKS or after in (".", "")):
        first -= 1
    follows = tokens[last + 2].tag if last + 2 < len(tokens) else ""
    if after in _MARKS and (first == 0 or before in _MARKS and (after != "," or follows in _GOES_ON)):
        last += 1
    return below | set(range(first, last + 1))


_GOES_ON = frozenset({"VBD", "VBZ", "VBP", "MD", "VBN", "RB"})
"""What goes on after an aside between a subject and its verb, so that neither comma stays."""

_MARKS = frozenset({",", "—", "–", "--", "-", "(", ")", ";"})


def _first(tokens: Tree, place: int) -> int:
    return tokens.under[place][0]


def _last(tokens: Tree, place: int) -> int:
    return tokens.under[place][-1]


def _binds(tokens: Tree, place: int) -> bool:
    """Tell whether what would go changes what the rest says: a condition, a negation, a doubt, whose word it is."""
    inside = [tokens[other] for other in sorted(_subtree(tokens, place))]
    opening = {token.text.casefold() for token in inside[:2]}
    every = {token.text.casefold() for token in inside}
    cited = every & words.ATTRIBUTIONS and tokens[place].dep in ("parataxis", "advcl", "prep")
    subject = any(token.dep in ("nsubj", "nsubjpass") and tokens[token.head].head == token.head for token in inside)
    return bool(subject or opening & _BINDS or every & words.STRONG_HEDGES or cited)


def _joined(sentence: str, tokens: Tree, kept: set[int]) -> str:
    """Return the kept words as they stand in the sentence, without a full stop."""
    parts: list[str] = []
    for place in sorted(kept):
        token = tokens[place]
        gap = sentence[tokens[place - 1].end : token.start] if place else ""
        if parts and place - 1 not in kept:
            gap = "" if token.text[:1] in ",.;:?!)" else " "
        parts.append(gap + token.text)
    text = re.sub(r"[\s,;:—–-]*\.?$", "", "".join(parts).strip())
    return text[:1].upper() + text[1:]


_BROKEN = re.compile(r", (?:of|at|in) [A-Z]|[—–(] ?[—–)]|, ,|^\W|\bwell as\b|\. \d")
"""What a cut in the wrong place leaves."""
