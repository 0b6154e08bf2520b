"""What a line must keep when a writer rewords it: words may be left out and the attribution moved, nothing put in.

The check asks whether a line says what its passages say. This asks whether a rewording says what the composed line
says, which is held by what words alone can show: a word that the line does not have cannot be judged, and is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from nutgraf.briefs import words
from nutgraf.briefs.alignment import Token, tokens
from nutgraf.model import Line

MOST_WORDS = 1.15
"""How long a rewording may be, in lengths of the line: it is asked to be shorter."""

LEAST_KEPT = 0.5
"""Share of the line's words that a rewording keeps: less, and it tells another thing."""

LONGEST_LABEL = 32
"""Characters of a label."""

FREE = words.table("a an the that and who which whom")
"""Words that come and go without changing what is said."""

BEING = words.table("is are was were")
"""What leaves with "who" or "which": "Harrow, who is the mayor," becomes "Harrow, the mayor,"."""

SAYING = words.table("says said say according")
"""Words of saying that may take each other's place; any other tells how it was said, and stays."""

LIMITS = words.table(
    "will would shall should must can could may might only almost nearly barely hardly scarcely rarely seldom partly "
    "partially mostly largely slightly temporarily initially previously formerly originally once again still already "
    "yet soon some most all many few several each every any both either half least more less fewer about around "
    "roughly approximately former acting interim deputy vice ex failed attempted alleged so-called self-proclaimed "
    "false fake mock toy artificial if unless until except despite although though because since while before after "
    "during or but than first second third last up as whether when"
)
"""Words that bound what is said: each stays, since without it the line says more than it did."""

_MARKUP = re.compile(r"https?:|www\.|[<>\[\]{}*_`#|\\]|\]\(|(?:^|\s)(?:sure|here is|rewritten|note|headline)\s*:", re.I)
_ENDS = '.!?”"'
_SENTENCE_END = re.compile(r"[.!?][”\"’']?(?=\s|$)")
_SIGNS = re.compile(r"[$€£¥%]")


@dataclass(frozen=True, slots=True)
class Lost:
    """What a rewording breaks: the rule, and what is wrong, in words."""

    rule: str
    message: str


Tags = Mapping[str, frozenset[str]]
"""The Penn Treebank tags of each word of a line, small letters; empty where nobody parsed it."""


@dataclass(frozen=True)
class Rewording:
    """A composed line with the text that a writer offers for it."""

    line: Line
    text: str
    tags: Tags
    heading: bool = False
    english: bool = True

    @cached_property
    def before(self) -> tuple[Token, ...]:
        """The composed line as tokens."""
        return tokens(self.line.text)

    @cached_property
    def after(self) -> tuple[Token, ...]:
        """The rewording as tokens."""
        return tokens(self.text)

    @cached_property
    def who(self) -> frozenset[str]:
        """The words that name who says it: of the outlet, the speaker and those between."""
        names = (self.line.outlet, self.line.speaker, *self.line.chain)
        found = {token.word for name in names if name for token in tokens(name)}
        return frozenset(found - FREE - words.STOP)


def lost(rewording: Rewording) -> Iterator[Lost]:
    """Yield what a rewording breaks; nothing means that it says what the composed line says, as far as words show."""
    for rule in RULES:
        yield from rule(rewording)


def lost_label(line: Line, label: str) -> Iterator[Lost]:
    """Yield what another label for a line breaks: it is short, of the line's own words, and no surer than the line."""
    if _MARKUP.search(label) or words.has_hidden_characters(label) or len(label) > LONGEST_LABEL:
        yield Lost("form", f"a label is plain words of at most {LONGEST_LABEL} characters")
    own = {token.word for token in tokens(line.text)}
    new = [token.word for token in tokens(label) if token.means and token.word not in own]
    if new:
        yield Lost("words", f'"{new[0]}" does not stand in the line')
    bounding = words.HEDGES | words.NEGATIONS | words.DENYING | LIMITS
    if any(token.word in bounding for token in tokens(line.text)):
        yield Lost("certainty", "a line with a doubt, a denial or a limit keeps its label")


def form(case: Rewording) -> Iterator[Lost]:
    """Have it be one plain line of about the same length."""
    if words.has_hidden_characters(case.text) or "\n" in case.text or _MARKUP.search(case.text):
        yield Lost("form", "it holds markup, a link or characters that a reader cannot see")
    length, most = words.count_words(case.text), MOST_WORDS * words.count_words(case.line.text) + 2
    if length > most:
        yield Lost("length", f"{length} words are more than the {most:.0f} that it may have")
    if (case.line.text[-1:] in _ENDS) != (case.text[-1:] in _ENDS):
        yield Lost("form", "it ends otherwise: a line is a whole sentence, a headline has no full stop")
    if len(_SENTENCE_END.findall(case.text)) < len(_SENTENCE_END.findall(case.line.text)):
        yield Lost("words", "a whole sentence of the line is left out")


def quotations(case: Rewording) -> Iterator[Lost]:
    """Let no quotation be altered, left out or put in."""
    mine, theirs = (words.QUOTED.findall(words.fold(text)) for text in (case.text, case.line.text))
    if [_bare(quote) for quote in mine] != [_bare(quote) for quote in theirs]:
        yield Lost("quote", "its quotations are not those of the line")


def _bare(quote: str) -> str:
    return quote.strip(" ,.;:!?")


def signs(case: Rewording) -> Iterator[Lost]:
    """Keep the signs that make a number an amount or a share."""
    if Counter(_SIGNS.findall(case.text)) != Counter(_SIGNS.findall(case.line.text)):
        yield Lost("number", "an amount or a share has lost or got its sign")


def attribution(case: Rewording) -> Iterator[Lost]:
    """Keep who says it, and that it is said; let nobody else become who says it."""
    there = {token.word for token in case.after}
    for name in (case.line.outlet, case.line.speaker, *case.line.chain):
        own = {t.word for t in tokens(name or "")} - FREE - words.STOP
        if own and own <= {t.word for t in case.before} and not own <= there:
            yield Lost("speaker", f"{name} is not named")
    before, after = ([t.word for t in those if t.word in words.ATTRIBUTIONS] for those in (case.before, case.after))
    if before and not after:
        yield Lost("speaker", "it does not say that somebody says so")
    if new := set(after) - set(before) - SAYING:
        yield Lost("speaker", f'"{min(new)}" tells otherwise how it is said')
    if gone := set(before) - set(after) - SAYING:
        yield Lost("speaker", f'it does not say "{min(gone)}"')
    if others := _sayers(case.after, case.who) - _sayers(case.before, case.who):
        yield Lost("speaker", f"{min(others)} now stands where those stand who say it")


def _sayers(those: Sequence[Token], who: frozenset[str]) -> set[str]:
    """Return the names that stand right beside a word of saying, other than those of ``who``."""
    found = set()
    for place, token in enumerate(those):
        if token.word not in words.ATTRIBUTIONS:
            continue
        before = those[max(0, place - 1) : place]
        if any(t.word in who for t in before):
            continue
        after = those[place + 1 + (token.word == "according") :][:1]
        found |= {t.word for t in (*before, *after) if t.capital and t.means and t.word not in who}
    return found


def in_order(case: Rewording) -> Iterator[Lost]:
    """Have every word come from the line, in its order; only who says it may move, and articles may change."""
    before, after = _told(case.before, case.who), _told(case.after, case.who)
    matcher = SequenceMatcher(None, [t.word for t in before], [t.word for t in after], autojunk=False)
    kept = [block.a + n for block in matcher.get_matching_blocks() for n in range(block.size)]
    if len(kept) < len(after):
        put = {block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}
        first = next(token.word for place, token in enumerate(after) if place not in put)
        yield Lost("words", f'"{first}" does not stand in the line, or not in that order')
        return
    means = [place for place, token in enumerate(before) if token.means]
    if sum(place in set(kept) for place in means) < LEAST_KEPT * len(means):
        yield Lost("words", f"less than {LEAST_KEPT:.0%} of the line is kept")
    for start, end in _gaps(kept, len(before)):
        yield from _left_out(case, before, start, end)


def _told(those: Sequence[Token], who: frozenset[str]) -> list[Token]:
    """Return a text's tokens without who says it, that it is said, articles, and "who is"."""
    found: list[Token] = []
    skip = ""
    parted = False
    for token in those:
        goes = token.word in who or token.word in words.ATTRIBUTIONS or token.word in FREE
        goes = goes or (skip == "according" and token.word == "to")
        goes = goes or (skip in ("who", "which") and token.word in BEING)
        skip = token.word
        parted = parted or token.parted
        if not goes:
            found.append(Token(token.word, token.capital, parted))
            parted = False
    return found


def _gaps(kept: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges between the places that are kept."""
    last = -1
    for place in [*kept, length]:
        if place > last + 1:
            yield last + 1, place
        last = place


def _left_out(case: Rewording, before: Sequence[Token], start: int, end: int) -> Iterator[Lost]:
    """Judge a run of words that is left out: nothing that counts, and a part of the sentence or a mere adjective."""
    run = before[start:end]
    said = " ".join(token.word for token in run)
    if vital := next((token for token in run if _counts(case, token)), None):
        yield Lost(_rule_of(vital), f'it does not say "{vital.word}"')
        return
    between_marks = run[0].parted and (end == len(before) or before[end].parted)
    if between_marks or all(_is_modifier(token, case.tags) for token in run):
        return
    if _is_phrase(run, case.tags) and not any(_bounds(token, case.tags) for token in before):
        return
    yield Lost("words", f'"{said}" cannot be left out by itself')


def _counts(case: Rewording, token: Token) -> bool:
    if not case.english:
        return True  # what bounds a claim in other languages is in no table of ours
    if token.capital and token.means and not case.heading:
        return True
    word = token.word
    return _is_number(token) or word in words.HEDGES | words.NEGATIONS | words.DENYING | LIMITS


def _rule_of(token: Token) -> str:
    if _is_number(token):
        return "number"
    if token.word in words.NEGATIONS | words.DENYING:
        return "negation"
    return "certainty" if token.word in words.HEDGES | LIMITS else "name"


def _is_number(token: Token) -> bool:
    return words.is_number(token.word) or token.word in ("percent", "per", "cent")


def _is_modifier(token: Token, tags: Tags) -> bool:
    """Tell whether a word is an adjective or an adverb wherever the line has it; never the utmost of its kind."""
    found = tags.get(token.word, frozenset())
    return bool(found) and found <= {"JJ", "RB"}


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "RB", "PRP$", "DT", "POS"})


def _is_phrase(run: Sequence[Token], tags: Tags) -> bool:
    """Tell whether a run is a preposition with its noun."""
    first, last = tags.get(run[0].word, frozenset()), tags.get(run[-1].word, frozenset())
    rest = [tags.get(token.word, frozenset()) for token in run[1:]]
    nouns = bool(last) and last <= {"NN", "NNS", "NNP", "NNPS"}
    return first == {"IN"} and nouns and all(found and found <= _NOUNS for found in rest)


def _bounds(token: Token, tags: Tags) -> bool:
    """Tell whether a word makes what follows it bound what the line says: "no one in the bus", "the largest of"."""
    utmost = bool(tags.get(token.word, frozenset()) & {"JJS", "RBS"})
    return utmost or token.word in words.NEGATIONS | words.DENYING | LIMITS


RULES = (form, quotations, signs, attribution, in_order)
