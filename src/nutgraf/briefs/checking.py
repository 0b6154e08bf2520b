"""The rules that a brief must pass before it is stored, each judged from the stored brief alone, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache, partial
from itertools import pairwise

from nutgraf.briefs import labels, words
from nutgraf.briefs.alignment import (
    NEAR,
    Kind,
    Token,
    is_name,
    is_number,
    is_one_name,
    rooted,
    runs,
    share,
    stands_near,
    stands_so,
    tokens,
)
from nutgraf.briefs.changes import broken_marks
from nutgraf.model import Brief, Certainty, Line, Saying, Span, instant

ABOUT_IT = 0.6
"""Share of a line's meaning words that its passages must hold; a citation beside the point shares names at most."""

ABOUT_IN_OTHER_WORDS = 0.5
"""The same share of a headline or a dek, which outlets put in words of their own."""

ABOUT_AS_TOLD = 0.34
"""The same share of a headline that names its outlet as the one who says it."""

RESTS_ON = 0.4
"""Share of a passage's meaning words from which a line is held to tell that passage, and not to cite it for a name."""

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
        """The outlets of the cited articles, folded: what a line may name beside what its passages say."""
        known = {article.id: article for article in self.brief.articles}
        cited = [known[c.span.article] for c in self.line.citations if c.span.article in known]
        return words.fold(" ".join(article.outlet or "" for article in cited)).casefold()

    @cached_property
    def sourced_words(self) -> frozenset[str]:
        """Every word that the line may use as a name."""
        return _parts(f"{self.cited} {self.around}")

    @cached_property
    def sourced_numbers(self) -> frozenset[str]:
        """Every number of the passages, small ones in digits and in words."""
        found = {n.rstrip(",") for n in words.NUMBER.findall(f"{self.cited} {self.around}")}
        found |= {word for word in self.sourced_words if word in words.NUMBER_WORDS}
        for word, number in words.SMALL_NUMBERS.items():
            if word in self.sourced_words or str(number) in found:
                found |= {word, str(number)}
        return frozenset(found)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of what the passages say."""
        return frozenset(words.content_words(self.cited))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The names of the passages, peoples as their countries."""
        return frozenset(token.word for passage in self.passages for token in passage if token.capital)

    @cached_property
    def is_as_told(self) -> bool:
        """Whether this is a headline that names its outlet as the one who says it."""
        return self.is_heading and any(_says_so(self, *named) for named in _named_outlets(self))

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words of a heading that no capital makes a name: its passages write them small."""
        if not self.is_heading:
            return frozenset()
        return frozenset(word for word in self._small if not word[:1].isdigit() and word not in words.NUMBER_WORDS)

    @cached_property
    def is_heading(self) -> bool:
        """Whether the line stands above the others: it says in its own words what they say."""
        return self.place in ("headline", "dek")

    @cached_property
    def told(self) -> list[tuple[tuple[Token, ...], list[tuple[str, int, int, int, int]]]]:
        """The passages that the line tells, as tokens, with what turns each into the line."""
        found = []
        for theirs in self.passages:
            matcher = SequenceMatcher(None, [t.word for t in theirs], [t.word for t in self.mine], autojunk=False)
            if share(theirs, self.mine, matcher) >= RESTS_ON:
                found.append((theirs, [(str(step), i, j, k, m) for step, i, j, k, m in matcher.get_opcodes()]))
        return found

    @cached_property
    def mine(self) -> tuple[Token, ...]:
        """The line as tokens."""
        return self.read(self.line.text)

    @cached_property
    def passages(self) -> list[tuple[Token, ...]]:
        """The cited passages as tokens, without their datelines."""
        return [self.read(words.DATELINE.sub("", citation.passage)) for citation in self.line.citations]

    @cached_property
    def _small(self) -> frozenset[str]:
        """Words that a passage writes small: no capital makes them a name."""
        return frozenset(t.word for citation in self.line.citations for t in tokens(citation.passage) if not t.capital)

    def read(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of a text, to be compared with those of others read so."""
        return rooted(tokens(text), self._small) if self.is_heading else tokens(text)


@lru_cache(maxsize=1 << 11)
def _parts(text: str) -> frozenset[str]:
    """Return the words of folded text, whole and at their hyphens."""
    found = set()
    for word in _JOINED.findall(text):
        bare = words.without_possessive(word.strip("'-"))
        found.add(bare)
        if "-" in bare or "'" in bare:
            found.update(_HYPHEN.split(bare))
    return frozenset(found)


_JOINED = re.compile(r"[\w'-]+")
_HYPHEN = re.compile(r"[-']")


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
    text = f"{case.line.label or ''} {case.line.text}"
    for number in words.NUMBER.findall(text):
        if number.rstrip(",") not in case.sourced_numbers:
            yield case.fault("number", f"{number} stands in no cited passage")
    for token in case.mine:
        if token.word in words.NUMBER_WORDS and token.word not in case.sourced_numbers:
            yield case.fault("number", f'"{token.word}" stands in no cited passage')


_CAPITAL = re.compile(r"\b[A-Z][\w'-]*")


def names(case: Case) -> Iterator[Fault]:
    """Hold every capitalised word to the cited passages and to the outlets of the cited articles."""
    text = words.fold(case.line.text)
    found = _CAPITAL.findall(text)
    if case.line.label and case.line.label not in labels.OWN:
        found += _CAPITAL.findall(words.fold(case.line.label))[1:]
        found += re.findall(r"^(?!What's)[A-Z][\w'-]*(?='s )", words.fold(case.line.label))
    for name in dict.fromkeys(found):
        plain = words.without_possessive(name.rstrip("-")).casefold()
        if plain in case.sourced_words or plain in words.OWN_WORDS or words.other_names(plain, case.cited):
            continue
        if case.is_heading and (
            plain in words.STOP
            or words.stem(plain) in case.stems
            or words.root(plain) in case.roots
            or _in_parts(plain, case.sourced_words)
        ):
            continue  # "Divers find" of "a diver found", "Why divers", "Korea" of "Korean"
        yield case.fault("name", f"{name} stands in no cited passage")


def _in_parts(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word joined by hyphens is of known words: "Anti-war"."""
    return "-" in word and all(part in known or part in words.PREFIXES for part in word.split("-") if part)


def swaps(case: Case) -> Iterator[Fault]:
    """Let no name or number stand in the place of another."""
    if case.is_as_told:
        return  # a third of its words: there is nothing to lay it beside
    for theirs, steps in case.told:
        for step, i, j, k, m in steps:
            if step != "replace":
                continue
            for kind in (is_name, is_number):
                lost = {t.word for t in theirs[i:j] if kind(t)}
                put = {t.word for t in case.mine[k:m] if kind(t)} - set(words.plain_words(case.around)) - case.no_names
                if lost and put and not lost & put:
                    message = f"{', '.join(sorted(put))} stands where the passage has {', '.join(sorted(lost))}"
                    yield case.fault("swap", message)


def exchanges(case: Case) -> Iterator[Fault]:
    """Have each name and number stand beside a word that it stands beside in a passage, in that order.

    What the passages and the line have in one order is well; what had to move for that is looked at, unless it is a
    name brought from another passage in place of a pronoun. A heading turns sentences round: there it is enough that
    they are near the same word; in one that tells no single passage, or is said to be its outlet's word, a name has to
    be one name in a passage.
    """
    kept = {m for _, steps in case.told for step, i, j, k, end in steps if step == "equal" for m in range(k, end)}
    named = {m for start, end in _named_outlets(case) if _says_so(case, start, end) for m in range(start, end)}
    kept |= named
    lent = {
        m
        for theirs, steps in case.told
        for step, i, j, k, end in steps
        if step == "replace" and any(t.word in words.LEANING for t in theirs[i:j])
        for m in range(k, end)
    }
    for kind in (is_name, is_number) if case.told or case.is_heading else ():
        shown = partial(_is_shown, case, kind)
        for start, end in runs(case.mine, shown):
            moved = [m for m in range(start, end) if m not in kept]
            stands = stands_near if case.is_heading else stands_so
            free = case.is_heading and kind is is_name and (case.is_as_told or not case.told)
            if not moved or moved[0] in lent or free:
                stands = is_one_name
            if not moved and (end - start == 1 or not named.isdisjoint(range(start, end))):
                continue
            run = {t.word for t in case.mine[start:end]}
            if (
                case.is_heading
                and kind is is_name
                and not any(kind(t) and t.word in run for passage in case.passages for t in passage)
            ):
                continue  # in another form, "Sunday" of "on Sundays", which is for the rule of names
            if not any(stands(case.mine, (start, end), passage, kind) for passage in case.passages):
                said = " ".join(t.word for t in case.mine[start:end])
                yield case.fault("swap", f'"{said}" stands beside other words than in its passage')


def orders(case: Case) -> Iterator[Fault]:
    """Let no two names of a headline change places where the passage that it tells has both, one after the other.

    Names of those who say it may stand at either end, and "by" turns a sentence round.
    """
    if not case.is_heading or any(t.word == "by" for t in case.mine):
        return
    shown = partial(_is_shown, case, is_name)
    acting = [run for run in runs(case.mine, shown) if not _speaks(case.mine, *run)]
    for one, other in pairwise(acting):
        first, second = ([t.word for t in case.mine[slice(*run)]] for run in (one, other))
        if any(token.parted for token in case.mine[one[1] : other[0] + 1]):
            continue
        for theirs, _ in case.told:
            kept = list(pairwise(theirs[slice(*run)] for run in runs(theirs, shown)))
            if any(_are(a, second) and _are(b, first) and not b[0].parted for a, b in kept) and not any(
                _are(a, first) and _are(b, second) for a, b in kept
            ):
                yield case.fault("swap", f'"{" ".join(first)}" and "{" ".join(second)}" stand the other way round')


def _are(run: Sequence[Token], name: Sequence[str]) -> bool:
    """Tell whether a run of a passage is (a part of) a name."""
    return set(name) <= {token.word for token in run}


def _speaks(those: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a name stands as the one who says it: "Aalto says", ", says Aalto", "Aalto: pier unsafe"."""
    before = [token.word for token in those[max(0, start - 2) : start]]
    ends = end == len(those) or those[end].parted
    if ends and (
        before[-1:] == ["per"] or before == ["according", "to"] or before[-1:] and before[-1] in words.ATTRIBUTIONS
    ):
        return True
    return end < len(those) and (those[end].word in words.ATTRIBUTIONS or (start == 0 and those[end].parted))


def _is_shown(case: Case, kind: Kind, token: Token) -> bool:
    return kind(token) and token.word not in case.no_names


def _named_outlets(case: Case) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the line at which an outlet of a cited article is named."""
    said = [t.word for t in case.mine]
    known = {article.id: article.outlet for article in case.brief.articles}
    for outlet in dict.fromkeys(known.get(c.span.article) for c in case.line.citations):
        name = [t.word for t in case.read(re.sub(r"^[Tt]he ", "", outlet or ""))]
        for start in range(len(said) - len(name) + 1):
            if name and said[start : start + len(name)] == name:
                yield start, start + len(name)


def _says_so(case: Case, start: int, end: int) -> bool:
    """Tell whether an outlet's name stands where the one who says it is named: "per the Post", "the Post reports"."""
    if not _is_english(case):
        return True
    start -= start > 0 and case.mine[start - 1].word == "the"
    before = case.mine[start - 1].word if start and not case.mine[start].parted else ""
    after = case.mine[end].word if end < len(case.mine) else ""
    return before in words.BEFORE_AN_OUTLET or after in words.ATTRIBUTIONS


def _is_english(case: Case) -> bool:
    return (case.brief.language or "en").startswith("en")


def attributions(case: Case) -> Iterator[Fault]:
    """Have what is added to a line to tell who says it name the outlet: "per X" and "X reports" of no passage."""
    if not _is_english(case):
        return
    outlets = list(_named_outlets(case))
    said = [t.word for t in case.mine]
    for place, word in enumerate(said):
        ends = place + 1 == len(said) or case.mine[place + 1].parted or said[place + 1] == "that"
        if not case.is_heading and (word == "per" or said[max(0, place - 1) : place + 1] == ["according", "to"]):
            start = place + 1 + (said[place + 1 : place + 2] == ["the"])
            theirs, is_outlet = said[place : start + 1], any(start == at for at, _ in outlets)
        elif word == "reports" and ends and place and case.mine[place - 1].capital:
            theirs, is_outlet = said[place - 1 : place + 1], any(place == end for _, end in outlets)
        else:
            continue
        if not is_outlet and not any(_has(passage, theirs) for passage in case.passages):
            yield case.fault("outlet", f'"{" ".join(theirs)}" names no outlet of a cited article')


def _has(passage: Sequence[Token], run: Sequence[str]) -> bool:
    """Tell whether a passage has a run of words; "reported" is as good as "reports"."""
    said = ["reports" if t.word == "reported" else t.word for t in passage]
    return any(said[at : at + len(run)] == list(run) for at in range(len(said) - len(run) + 1))


def speakers(case: Case) -> Iterator[Fault]:
    """Hold the speaker and the outlet that a line is filed under to its passages."""
    speaker, outlet = case.line.speaker, case.line.outlet
    if speaker and not _names(" ".join(citation.passage for citation in case.line.citations), speaker):
        yield case.fault("speaker", f"{speaker} stands in no cited passage")
    cited = {
        article.outlet for article in case.brief.articles for c in case.line.citations if article.id == c.span.article
    }
    if outlet and outlet not in cited:
        yield case.fault("outlet", f"{outlet} is the outlet of no cited article")


def _names(passage: str, speaker: str) -> bool:
    """Tell whether a passage has all words of a speaker's name; "the court" is not named by "the Supreme Court"."""
    text = words.fold(passage)
    if not _parts(words.fold(speaker).casefold()) - {""} <= _parts(text.casefold()):
        return False
    bare = re.sub(r"(?i)^(?:the|a|an) ", "", words.fold(speaker))
    if not bare[:1].islower():
        return True
    first = re.escape(bare.split()[0])
    return re.search(rf"\b{first}|(?:^|[.!?:\"] )(?:(?:The|A|An) )?(?i:{first})", text) is not None


def certainty(case: Case) -> Iterator[Fault]:
    """Have doubt, negation and denial told with what they bear on, and none put in."""
    if case.is_heading and (word := _turned(case)):
        yield case.fault("negation", f'the headline says "{word}", no passage does')
    if any(t.word == "will" for t in case.mine) and not any(
        t.word in words.COMING for passage in case.passages for t in passage
    ):
        yield case.fault("certainty", 'the line says "will", no passage does')
    for theirs, steps in case.told:
        where = {i + n: k + n for step, i, j, k, m in steps if step == "equal" for n in range(j - i)}
        back = {mine: their for their, mine in where.items()}
        if word := _lost(theirs, case.mine, where, lambda t: t.is_doubt, lambda t: t.word in words.HEDGES):
            yield case.fault("certainty", f'the passage says "{word}", the line does not')
        if word := _lost(theirs, case.mine, where, lambda t: t.is_negation, lambda t: t.is_negation):
            yield case.fault("negation", f'the passage says "{word}", the line does not')
        if word := _lost(case.mine, theirs, back, lambda t: t.is_negation, lambda t: t.is_negation):
            yield case.fault("negation", f'the line says "{word}", the passage does not')
        denial = [
            token.word
            for place, token in enumerate(theirs)
            if token.word in words.PLAIN_DENIALS
            and (not case.is_heading or _touches(theirs[place + 1 : place + 1 + 2 * NEAR], case.mine))
        ]
        if denial and not any(t.word in words.DENYING for t in case.mine):
            yield case.fault("denial", f'the passage says "{denial[0]}", the line does not')


def _turned(case: Case) -> str | None:
    """Return the negation of a heading of which no passage has any."""
    there = _denies([token for passage in case.passages for token in passage])
    return None if there else next((t.word for t in case.mine if t.is_negation), None)


def _touches(denied: Sequence[Token], mine: Sequence[Token]) -> bool:
    """Tell whether a heading, which tells a part of its passage, tells what is denied."""
    told = {words.stem(t.word) for t in mine}
    bag = [words.stem(t.word) in told for t in denied if t.means]
    return sum(bag) >= 0.5 * len(bag)


def _lost(
    theirs: Sequence[Token],
    mine: Sequence[Token],
    where: dict[int, int],
    bears: Callable[[Token], bool],
    stands_in: Callable[[Token], bool],
) -> str | None:
    """Return a word that ``theirs`` has and ``mine`` lacks, although what it bears on stands in both."""
    kept = set(where.values())
    for place, token in enumerate(theirs):
        if not bears(token) or place in where or _is_inability(theirs, place):
            continue
        borne = next((i for i in range(place + 1, min(place + 1 + NEAR, len(theirs))) if theirs[i].means), None)
        if borne is None or borne not in where:
            continue
        there = where[borne]
        new = (mine[n] for n in range(max(0, there - NEAR), there) if n not in kept)
        if not any(stands_in(other) for other in new):
            return token.word
    return None


def _is_inability(those: Sequence[Token], place: int) -> bool:
    """Tell whether "could" leaves nothing open: "could not confirm"."""
    return those[place].word == "could" and place + 1 < len(those) and those[place + 1].is_negation


def _denies(those: Sequence[Token]) -> bool:
    return any(t.word in words.DENYING or t.is_negation for t in those)


def support(case: Case) -> Iterator[Fault]:
    """Hold the citation to what the line says."""
    own = set(words.plain_words(case.around)) | words.OWN_WORDS
    mine = [words.stem(t.word) for t in tokens(case.line.text) if t.means and t.word not in own]
    least = ABOUT_AS_TOLD if case.is_as_told else ABOUT_IN_OTHER_WORDS if case.is_heading else ABOUT_IT
    if mine and sum(word in case.stems for word in mine) < least * len(mine):
        yield case.fault("support", f"less than {least:.0%} of the line's words stand in its passages")


def alone(case: Case) -> Iterator[Fault]:
    """Have a line stand alone."""
    if words.opens_leaning(case.line.text):
        yield case.fault("leaning", f'the line opens with "{case.line.text.split()[0]}"')
    if not case.is_heading and not _ENDED.search(case.line.text):
        yield case.fault("leaning", "the line does not end as a sentence does")


_ENDED = re.compile(r"[.!?…。！？।؟][\W]*$")


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


def label_of(case: Case) -> Iterator[Fault]:
    """Have a label speak of its own line."""
    if case.line.label and not labels.is_of(case.line.label, case.line.text):
        yield case.fault("label", f'"{case.line.label}" is no label of what the line says')


def voices(case: Case) -> Iterator[Fault]:
    """Let nobody's "I" or "we" become the writer's own by the loss of its quotation marks."""
    mine = None if case.is_heading else _own_voice(case.line.text)  # "What we know" is a headline's own
    if mine and not any(_own_voice(citation.passage) for citation in case.line.citations):
        yield case.fault("quote", f'"{mine}" stands in quotation marks in its passage')


def _own_voice(text: str) -> str | None:
    found = words.OWN_VOICE.search(words.QUOTED.sub('""', words.fold(text)))
    return found.group() if found else None


RULES = (
    quotes,
    numbers,
    names,
    swaps,
    exchanges,
    orders,
    attributions,
    speakers,
    certainty,
    support,
    alone,
    marks,
    label_of,
    voices,
)

OF_A_LABEL = (numbers, names, label_of)
"""The rules that look at a line's label."""


def check(brief: Brief) -> tuple[Fault, ...]:
    """Return every fault of a brief; none means that it may be stored."""
    lines = (fault for number, line in enumerate(brief.lines, 1) for fault in check_line(brief, line, f"line {number}"))
    marks = (Fault(*broken) for broken in broken_marks(brief))
    return (*check_heading(brief), *lines, *check_disputes(brief), *check_figures(brief), *marks)


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


def check_figures(brief: Brief) -> tuple[Fault, ...]:
    """Return the faults of the figures that differ: each saying held to its passage."""
    found: list[Fault] = []
    for number, difference in enumerate(brief.figures, 1):
        place = f"figure {number}"
        for saying in difference.sayings:
            found += _saying(brief, saying, place)
        counted = set(words.content_words(difference.counts))
        if not counted & set(words.content_words(" ".join(saying.citation.passage for saying in difference.sayings))):
            found.append(Fault("support", place, f'no passage speaks of "{difference.counts}"'))
    return tuple(found)


def _saying(brief: Brief, saying: Saying, place: str) -> Iterator[Fault]:
    """Yield the faults of one saying: its words, who says it, and the outlet and day of its article."""
    passage = words.fold(saying.citation.passage).casefold()
    said = words.fold(saying.words).casefold()
    at = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", passage)
    if at is None:
        yield Fault("number", place, f'"{saying.words}" does not stand so in its passage')
    elif words.RANGE_ENDS.search(passage[: at.start()]):
        yield Fault("certainty", place, f'the passage says more than "{saying.words}" before it')
    if saying.speaker and not _names(saying.citation.passage, saying.speaker):
        yield Fault("speaker", place, f"{saying.speaker} stands in no cited passage")
    known = {article.id: article for article in brief.articles}
    article = known.get(saying.citation.span.article)
    if article is None:
        yield Fault("citation", place, f"article {saying.citation.span.article} is not of this brief")
    elif saying.outlet != article.outlet:
        yield Fault("outlet", place, f"{saying.outlet} is not the outlet of the cited article")
    elif saying.when and article.published and instant(saying.when) < instant(article.published):
        yield Fault("time", place, f"{saying.outlet} had not published by {saying.when.isoformat()}")


def check_line(brief: Brief, line: Line, place: str) -> Iterator[Fault]:
    """Yield the faults of one line of a brief."""
    return _faults(Case(brief, line, place), RULES)


def check_label(brief: Brief, line: Line, place: str) -> Iterator[Fault]:
    """Yield the faults that a label brings to a line which has none without it."""
    return _faults(Case(brief, line, place), OF_A_LABEL)


def _faults(case: Case, rules: Sequence[Callable[[Case], Iterator[Fault]]]) -> Iterator[Fault]:
    for rule in rules:
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
        spans = [citation.span for citation in line.denied_by]
        if spans and not any(_tells(other, spans) for other in brief.lines):
            yield Fault("denial", place, "what it says is denied, and no line shows that")


def _tells(line: Line, spans: Sequence[Span]) -> bool:
    """Tell whether a line shows a denial that stands at one of the spans."""
    cites = any(citation.span.overlaps(span) for citation in line.citations for span in spans)
    return cites and _denies(tokens(line.text))
