"""The rules that a brief must pass before it is stored, each judged from the stored brief alone, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from nutgraf.briefs import labels, words
from nutgraf.model import Brief, Certainty, Line

ABOUT_IT = 0.6
"""Share of a line's meaning words that its passages must hold; a citation beside the point shares names at most."""

RESTS_ON = 0.4
"""Share of a passage's meaning words from which a line is held to tell that passage, and not to cite it for a name."""

NEAR = 4
"""Words between a doubt or a negation and what it bears on."""

UNSURE = frozenset({Certainty.REPORTED, Certainty.BELIEVED, Certainty.POSSIBLE, Certainty.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a brief breaks, where ("headline", "dek", "line 2", "dispute 1"), and what is wrong, in words."""

    rule: str
    place: str
    message: str


@dataclass(frozen=True)
class Case:
    """One line with all that its rules look at."""

    brief: Brief
    line: Line
    place: str

    def fault(self, rule: str, message: str) -> Fault:
        """Return a fault of this line."""
        return Fault(rule, self.place, message)

    @cached_property
    def cited(self) -> str:
        """The cited passages, folded, one after the other."""
        return words.fold(" ".join(citation.passage for citation in self.line.citations)).casefold()

    @cached_property
    def around(self) -> str:
        """The outlets and titles of the cited articles, folded."""
        known = {article.id: article for article in self.brief.articles}
        cited = [known[c.span.article] for c in self.line.citations if c.span.article in known]
        return words.fold(" ".join(f"{article.outlet or ''} {article.title}" for article in cited)).casefold()

    @cached_property
    def sourced_words(self) -> frozenset[str]:
        """Every word that the line may use as a name."""
        return frozenset(_parts(f"{self.cited} {self.around}"))

    @cached_property
    def told(self) -> list[tuple[list[Token], list[tuple[str, int, int, int, int]]]]:
        """The passages that the line tells, as tokens, with what turns each into the line."""
        mine = tokens(self.line.text)
        found = []
        for citation in self.line.citations:
            theirs = tokens(citation.passage)
            matcher = SequenceMatcher(None, [t.word for t in theirs], [t.word for t in mine], autojunk=False)
            if _share(theirs, mine, matcher) >= RESTS_ON:
                found.append((theirs, [(str(step), i, j, k, m) for step, i, j, k, m in matcher.get_opcodes()]))
        return found

    @cached_property
    def mine(self) -> list[Token]:
        """The line as tokens."""
        return tokens(self.line.text)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, case folded, and whether it was written with a capital."""

    word: str
    capital: bool

    @property
    def means(self) -> bool:
        """Whether the word carries meaning."""
        return self.word not in words.STOP and len(self.word) > 1

    @property
    def is_doubt(self) -> bool:
        """Whether the word takes certainty away; "May" with a capital is a month."""
        return self.word in words.STRONG_HEDGES and not (self.word == "may" and self.capital)

    @property
    def is_negation(self) -> bool:
        """Whether the word turns a claim round."""
        return self.word in words.NEGATIONS


def tokens(text: str) -> list[Token]:
    """Return the words of ``text``, "isn't" as "is not"."""
    flat = re.sub(r"\bNo\. (?=\d)", "number ", words.fold(text))
    flat = re.sub(r"(?i)\bcan(?:'t|not)\b", "can not", flat)
    flat = re.sub(r"(?i)\bwon't\b", "will not", flat)
    flat = re.sub(r"(?i)n't\b", " not", flat)
    found = re.findall(r"\d[\d,]*(?:\.\d+)?|\w+(?:'\w+)?", flat)
    return [Token(re.sub(r"'s?$", "", word.casefold()).rstrip(","), word[:1].isupper()) for word in found]


def _parts(text: str) -> Iterator[str]:
    """Yield the words of folded text, whole and at their hyphens."""
    for word in re.findall(r"[\w'-]+", text):
        bare = re.sub(r"'s?$", "", word.strip("'-"))
        yield bare
        yield from re.split(r"[-']", bare)


def _share(theirs: Sequence[Token], mine: Sequence[Token], matcher: SequenceMatcher[str]) -> float:
    matched = sum(
        theirs[i].means for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)
    )
    least = min(sum(t.means for t in theirs), sum(t.means for t in mine))
    return matched / max(1, least)


# rules, each on one line


def quotes(case: Case) -> Iterator[Fault]:
    """Hold what stands in quotation marks to the cited passages, word for word."""
    text = words.fold(case.line.text)
    for quote in words.QUOTED.findall(text):
        if _bare(quote) not in case.cited and _bare(quote) not in case.around:
            yield case.fault("quote", f"“{quote}” does not stand so in a cited passage")
    if text.count('"') % 2:
        yield case.fault("quote", "a quotation mark is open")


def _bare(quote: str) -> str:
    return quote.strip(" ,.;:!?'").casefold()


def numbers(case: Case) -> Iterator[Fault]:
    """Hold every number, in digits or words, to the cited passages."""
    have = {n.rstrip(",") for n in words.NUMBER.findall(f"{case.cited} {case.around}")}
    text = f"{case.line.label or ''} {case.line.text}"
    for number in words.NUMBER.findall(text):
        if number.rstrip(",") not in have:
            yield case.fault("number", f"{number} stands in no cited passage")
    for token in case.mine:
        if token.word in words.NUMBER_WORDS and token.word not in case.sourced_words:
            yield case.fault("number", f'"{token.word}" stands in no cited passage')


def names(case: Case) -> Iterator[Fault]:
    """Hold every capitalised word to the cited passages, and to the outlets and titles of the cited articles."""
    text = words.fold(case.line.text)
    found = re.findall(r"\b[A-Z][\w'-]*", text)
    if case.line.label and case.line.label not in labels.OWN:
        found += re.findall(r"\b[A-Z][\w'-]*", words.fold(case.line.label))[1:]
        found += re.findall(r"^(?!What's)[A-Z][\w'-]*(?='s )", words.fold(case.line.label))
    for name in dict.fromkeys(found):
        plain = re.sub(r"'s?$", "", name.rstrip("-")).casefold()
        if plain not in case.sourced_words and plain not in words.OWN_WORDS:
            yield case.fault("name", f"{name} stands in no cited passage")


def swaps(case: Case) -> Iterator[Fault]:
    """Let no name or number stand in the place of another."""
    for theirs, steps in case.told:
        for step, i, j, k, m in steps:
            if step != "replace":
                continue
            for kind in (_is_name, _is_number):
                lost = {t.word for t in theirs[i:j] if kind(t)}
                put = {t.word for t in case.mine[k:m] if kind(t)} - set(words.plain_words(case.around))
                if lost and put and not lost & put:
                    message = f"{', '.join(sorted(put))} stands where the passage has {', '.join(sorted(lost))}"
                    yield case.fault("swap", message)


def _is_name(token: Token) -> bool:
    return token.capital and token.means and token.word not in words.OWN_WORDS


def _is_number(token: Token) -> bool:
    return token.word[:1].isdigit() or token.word in words.NUMBER_WORDS


def speakers(case: Case) -> Iterator[Fault]:
    """Hold the speaker and the outlet that a line is filed under to its passages."""
    speaker, outlet = case.line.speaker, case.line.outlet
    if speaker and not all(part in case.sourced_words for part in _parts(words.fold(speaker).casefold()) if part):
        yield case.fault("speaker", f"{speaker} stands in no cited passage")
    cited = {
        article.outlet for article in case.brief.articles for c in case.line.citations if article.id == c.span.article
    }
    if outlet and outlet not in cited:
        yield case.fault("outlet", f"{outlet} is the outlet of no cited article")


def certainty(case: Case) -> Iterator[Fault]:
    """Have doubt, negation and denial told with what they bear on, and none put in."""
    for theirs, steps in case.told:
        where = {i + n: k + n for step, i, j, k, m in steps if step == "equal" for n in range(j - i)}
        back = {mine: their for their, mine in where.items()}
        if word := _lost(theirs, case.mine, where, lambda t: t.is_doubt, lambda t: t.word in words.HEDGES):
            yield case.fault("certainty", f'the passage says "{word}", the line does not')
        if word := _lost(theirs, case.mine, where, lambda t: t.is_negation, lambda t: t.is_negation):
            yield case.fault("negation", f'the passage says "{word}", the line does not')
        if word := _lost(case.mine, theirs, back, lambda t: t.is_negation, lambda t: t.is_negation):
            yield case.fault("negation", f'the line says "{word}", the passage does not')
        denial = [t.word for t in theirs if t.word in words.PLAIN_DENIALS]
        if denial and not any(t.word in words.DENIALS for t in case.mine):
            yield case.fault("denial", f'the passage says "{denial[0]}", the line does not')


def _lost(
    theirs: Sequence[Token],
    mine: Sequence[Token],
    where: dict[int, int],
    bears: Callable[[Token], bool],
    stands_in: Callable[[Token], bool],
) -> str | None:
    """Return a word that ``theirs`` has and ``mine`` lacks, although what it bears on stands in both."""
    for place, token in enumerate(theirs):
        if not bears(token) or place in where:
            continue
        borne = next((i for i in range(place + 1, min(place + 1 + NEAR, len(theirs))) if theirs[i].means), None)
        if borne is None or borne not in where:
            continue
        there = where[borne]
        if not any(stands_in(other) for other in mine[max(0, there - NEAR) : there]):
            return token.word
    return None


def _denies(those: Sequence[Token]) -> bool:
    return any(t.word in words.DENIALS or t.is_negation for t in those)


def support(case: Case) -> Iterator[Fault]:
    """Hold the citation to what the line says."""
    own = set(words.plain_words(case.around)) | words.OWN_WORDS
    mine = [words.stem(t.word) for t in case.mine if t.means and t.word not in own]
    have = set(words.content_words(case.cited))
    if mine and sum(word in have for word in mine) < ABOUT_IT * len(mine) and case.place not in ("headline", "dek"):
        yield case.fault("support", "less than three fifths of the line's words stand in its passages")
    if mine and not have & set(mine) and case.place in ("headline", "dek"):
        yield case.fault("support", "nothing of the line stands in its passages")


def alone(case: Case) -> Iterator[Fault]:
    """Have a line stand alone."""
    if words.opens_leaning(case.line.text):
        yield case.fault("leaning", f'the line opens with "{case.line.text.split()[0]}"')


def marks(case: Case) -> Iterator[Fault]:
    """Have a line be plain visible text of articles that the brief knows."""
    if words.has_hidden_characters(case.line.text):
        yield case.fault("text", "the line holds characters that a reader cannot see")
    if re.search(r"https?://|</?\w|\]\(", case.line.text):
        yield case.fault("text", "the line holds a link or markup")
    known = {article.id for article in case.brief.articles}
    for citation in case.line.citations:
        if citation.span.article not in known:
            yield case.fault("citation", f"article {citation.span.article} is not of this brief")


RULES = (quotes, numbers, names, swaps, speakers, certainty, support, alone, marks)


def check(brief: Brief) -> tuple[Fault, ...]:
    """Return every fault of a brief; none means that it may be stored."""
    lines = (fault for number, line in enumerate(brief.lines, 1) for fault in check_line(brief, line, f"line {number}"))
    return (*check_heading(brief), *lines, *check_disputes(brief))


def check_heading(brief: Brief) -> tuple[Fault, ...]:
    """Return the faults of the headline and the dek."""
    dek = check_line(brief, brief.dek, "dek") if brief.dek else ()
    return (*check_line(brief, brief.headline, "headline"), *dek, *_surer(brief))


def check_disputes(brief: Brief) -> tuple[Fault, ...]:
    """Return the faults of the disputes, and of denials anywhere."""
    lines = (
        fault
        for number, dispute in enumerate(brief.disputes, 1)
        for line in (dispute.claim, dispute.denial)
        for fault in check_line(brief, line, f"dispute {number}")
    )
    return (*lines, *_without_denial(brief))


def check_line(brief: Brief, line: Line, place: str) -> Iterator[Fault]:
    """Yield the faults of one line of a brief."""
    case = Case(brief, line, place)
    for rule in RULES:
        yield from rule(case)


def _places(brief: Brief) -> Iterator[tuple[str, Line]]:
    yield "headline", brief.headline
    if brief.dek:
        yield "dek", brief.dek
    for number, line in enumerate(brief.lines, 1):
        yield f"line {number}", line
    for number, dispute in enumerate(brief.disputes, 1):
        yield f"dispute {number}", dispute.claim
        yield f"dispute {number}", dispute.denial


# rules between lines


def is_hedged(text: str) -> bool:
    """Tell whether a headline leaves room for doubt or says whose word it is."""
    named = re.match(r"[^:]{2,30}: ", text) is not None
    return (
        named
        or text.endswith("?")
        or any(
            word in words.HEDGES or word in words.ATTRIBUTIONS or word in words.DENIALS
            for word in words.plain_words(text)
        )
    )


def _surer(brief: Brief) -> Iterator[Fault]:
    """Hold the headline and the dek to be no surer than the lines that rest on the same passages."""
    for place, line in (("headline", brief.headline), *((("dek", brief.dek),) if brief.dek else ())):
        unsure = (
            line.certainty in UNSURE
            or line.denied
            or any(
                (other.certainty in UNSURE or other.denied)
                and any(a.span.overlaps(b.span) for a in line.citations for b in other.citations)
                for other in brief.lines
            )
        )
        if unsure and not is_hedged(line.text):
            yield Fault("certainty", place, "it is surer than what it rests on")


def _without_denial(brief: Brief) -> Iterator[Fault]:
    """Have a disputed claim shown with its denial."""
    for number, dispute in enumerate(brief.disputes, 1):
        denials = [c.span for c in dispute.denial.citations]
        shown = [line for line in brief.lines if any(c.span.overlaps(d) for c in line.citations for d in denials)]
        if not any(_denies(tokens(line.text)) for line in shown):
            yield Fault("denial", f"dispute {number}", "no line shows the denial")
    for place, line in _places(brief):
        if line.denied and not _denies(tokens(line.text)):
            yield Fault("denial", place, "the line is of a denial and does not say so")
