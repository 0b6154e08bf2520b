"""The rules that each line of a brief must pass, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from nutgraf.briefs import labels, words
from nutgraf.briefs.alignment import (
    NEAR,
    Kind,
    Token,
    is_name,
    is_number,
    is_one_name,
    runs,
    stands_near,
    stands_so,
    tokens,
)
from nutgraf.briefs.case import Case, Fault, is_english, named_outlets, parts, says_so
from nutgraf.rarity import is_common

ABOUT_IT = 0.6
"""Share of a line's meaning words that its passages must hold; a citation beside the point shares names at most."""

ABOUT_IN_OTHER_WORDS = 0.5
"""The same share of a headline or a dek, which outlets put in words of their own."""

ABOUT_AS_TOLD = 0.34
"""The same share of a headline that names its outlet as the one who says it."""

REFUSED_WITHIN = 3
"""Words after "denied" among which stands what was refused to somebody, if nothing that was said is denied."""

_SAYS_OF_IT = words.table("was were is are has have had be been will would could can did does do")
"""Words after it that make a clause: "denied votes were bought" denies what was said."""


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
        if case.is_heading and text.startswith(name) and is_common(plain):
            continue  # the capital is the headline's: "Possible sign of life found"
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
                if not lost:
                    continue
                put = {t.word for t in case.mine[k:m] if kind(t)} - set(words.plain_words(case.around)) - case.no_names
                if put and not lost & put:
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
    named = {m for start, end in named_outlets(case) if says_so(case, start, end) for m in range(start, end)}
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


def attributions(case: Case) -> Iterator[Fault]:
    """Have what is added to a line to tell who says it name the outlet: "per X" and "X reports" of no passage."""
    if not is_english(case):
        return
    outlets = list(named_outlets(case))
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
    if speaker and not names_speaker(" ".join(citation.passage for citation in case.line.citations), speaker):
        yield case.fault("speaker", f"{speaker} stands in no cited passage")
    cited = {
        article.outlet for article in case.brief.articles for c in case.line.citations if article.id == c.span.article
    }
    if outlet and outlet not in cited:
        yield case.fault("outlet", f"{outlet} is the outlet of no cited article")


def names_speaker(passage: str, speaker: str) -> bool:
    """Tell whether a passage has all words of a speaker's name; "the court" is not named by "the Supreme Court"."""
    text = words.fold(passage)
    if not parts(words.fold(speaker).casefold()) - {""} <= parts(text.casefold()):
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
            and not _is_refusal(theirs, place)
            and (not case.is_heading or _touches(theirs[place + 1 : place + 1 + 2 * NEAR], case.mine))
        ]
        if denial and not any(t.word in words.DENYING for t in case.mine):
            yield case.fault("denial", f'the passage says "{denial[0]}", the line does not')


def _is_refusal(theirs: Sequence[Token], place: int) -> bool:
    """Tell whether the denial at a place refuses something to somebody: "denying visas", "denied him bail"."""
    after = [token.word for token in theirs[place + 1 : place + 2 + REFUSED_WITHIN]]
    refused = next((n for n, word in enumerate(after[:REFUSED_WITHIN]) if word in words.REFUSED), None)
    return refused is not None and _SAYS_OF_IT.isdisjoint(after[: refused + 2])


def _turned(case: Case) -> str | None:
    """Return the negation of a heading of which no passage has any."""
    there = denies_something([token for passage in case.passages for token in passage])
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


def denies_something(those: Sequence[Token]) -> bool:
    """Tell whether some words deny or negate."""
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


Rule = Callable[[Case], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
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

OF_A_LABEL: tuple[Rule, ...] = (numbers, names, label_of)
"""The rules that look at a line's label."""
