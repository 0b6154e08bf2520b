"""The rules that a brief must pass before it is stored, each judged from the stored brief alone, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nutgraf.briefs import words
from nutgraf.briefs.alignment import tokens
from nutgraf.briefs.case import Case, Fault
from nutgraf.briefs.changes import broken_marks
from nutgraf.briefs.rules import OF_A_LABEL, RULES, Rule, denies_something, names_speaker
from nutgraf.model import Brief, Certainty, Line, Saying, Span, instant

UNSURE = frozenset({Certainty.REPORTED, Certainty.BELIEVED, Certainty.POSSIBLE, Certainty.CONDITIONAL})


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
        said = set(words.content_words(" ".join(saying.citation.passage for saying in difference.sayings)))
        if not (counted | words.same_toll(counted)) & said:
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
    if saying.speaker and not names_speaker(saying.citation.passage, saying.speaker):
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


def _faults(case: Case, rules: Sequence[Rule]) -> Iterator[Fault]:
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
        if not any(denies_something(tokens(line.text)) for line in shown):
            yield Fault("denial", f"dispute {number}", "no line shows the denial")
    for place, line in _places(brief):
        if line.denied and not denies_something(tokens(line.text)):
            yield Fault("denial", place, "the line is of a denial and does not say so")
        spans = [citation.span for citation in line.denied_by]
        if spans and not any(_tells(other, spans) for other in brief.lines):
            yield Fault("denial", place, "what it says is denied, and no line shows that")


def _tells(line: Line, spans: Sequence[Span]) -> bool:
    """Tell whether a line shows a denial that stands at one of the spans."""
    cites = any(citation.span.overlaps(span) for citation in line.citations for span in spans)
    return cites and denies_something(tokens(line.text))
