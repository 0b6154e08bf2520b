"""Denials: which passages deny something, and which claim each stands against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nutgraf.briefs import words
from nutgraf.briefs.related import Known, denied_by
from nutgraf.briefs.wording import Wording, outside_quotations
from nutgraf.model import Citation, Dispute, Line

_RULING = re.compile(r"(?i)\b(?:jury|jurors|judges?|courts?|justices|voters|lawmakers|senate|panel|regulators)\b")
"""Who rejects and dismisses by ruling, and denies nothing."""

_DENIES = re.compile(
    r"(?ix) (?<!not\ )(?<!n't\ )(?<!n’t\ ) "
    r"(?<!was\ )(?<!were\ )(?<!been\ )(?<!being\ )(?<!is\ )(?<!are\ )(?<!be\ )(?<!get\ )(?<!got\ ) "
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e[sd]?|ing)|disavow(?:s|ed))\b"
    rf"(?!\ (?:\w+\ ){{0,2}}(?:{'|'.join(sorted(words.REFUSED))})\b)"
    r" | \b(?:dismiss(?:es|ed)|reject(?:s|ed)|disput(?:es|ed))\ (?:\w+\ ){0,3}(?:claims?|reports?|"
    r"allegations?|accusations?|charges?|suggestions?|account|story|version|idea|notion)\b"
)
"""Words of denying, without bail that a court denies or those who are denied entry."""

SHARED = 3
"""Meaning words that a denial and its claim have in common: two are often the names that the whole story shares."""

LONGEST = 40
"""Words of a denial that is put into the lede; a longer one stands as a bullet."""


def denies(wording: Wording) -> bool:
    """Tell whether a passage denies something: by words outside quotations, or by its claims and a word of no.

    Of two sentences the first one tells, and where the second denies outright, it denies the first: no denial.
    """
    if wording.opening and _says_no(wording.text[wording.opening :]):
        return False
    by_words = _denies(wording.text[: wording.opening])
    return any(claim.denied for claim in wording.passage.claims) if by_words is None else by_words


@lru_cache(maxsize=1 << 12)
def _denies(text: str) -> bool | None:
    """Tell whether a text denies something; ``None`` where it has a word of no, and only its claims can tell."""
    told = words.plain_words(text)
    if _ANY_DENYING.isdisjoint(told):
        return False  # as most do, and nothing else is asked of them
    outside = outside_quotations(text)
    if _RULING.search(outside):
        return False
    if _DENIES.search(outside) is not None:
        return True
    return False if _OF_NO.isdisjoint(told) else None


_OF_NO = words.DENYING | words.NEGATIONS
_ANY_DENYING = _OF_NO | {"refute"}
"""One of these stands in every text that ``_DENIES`` finds, or that has a word of no."""


def denial_of(claim: Wording, wordings: Sequence[Wording], relations: Known) -> Wording | None:
    """Return the denial that belongs beside a claim: short, standing alone, and the one that shares most with it.

    One that the relations of the story's claims set against it comes first, then one that says so outright.
    """
    if denies(claim):
        return None
    told = frozenset(words.content_words(claim.text))
    against = {id(denial) for denial in denied_by(claim.passage, relations)}
    rated = [
        (
            any(id(one) in against for one in wording.passage.claims),
            not words.DENYING.isdisjoint(words.plain_words(wording.text)),
            len(told & set(words.content_words(wording.text))),
            -wording.passage.place,
            -place,
        )
        for place, wording in enumerate(wordings)
        if denies(wording)
        and answers(wording.text, told)
        and not wording.leans
        and not wording.own_voice
        and words.count_words(wording.text) <= LONGEST
    ]
    best = max(rated, default=(False, False, 0, 0, 0))
    return wordings[-best[4]] if best[2] >= 2 else None


NEAR = 3
"""Sentences within which an article lets a denial follow what it denies."""


def near_answers(wordings: Sequence[Wording]) -> dict[int, int]:
    """Return for wordings whose article lets somebody deny them soon after, by place, the place of that denial.

    Reports put the answer behind the charge: it is taken to deny the nearest thing that somebody else has said, if it
    names nothing else than that, or if it follows at once: in one paragraph, pointing back ("denied this"), or as the
    word of whom that was said of.
    """
    found: dict[int, int] = {}
    for place, denial in enumerate(wordings):
        if (
            _says_no(denial.text)
            and denies(denial)
            and not denial.own_voice
            and words.count_words(denial.text) <= LONGEST
        ):
            claim = _answered(wordings, place)
            if claim is not None:
                found.setdefault(claim, place)
    return found


def _answered(wordings: Sequence[Wording], place: int) -> int | None:
    """Return the place of what a denial denies among the sentences just before it, the likeliest and then nearest."""
    denial = wordings[place]
    rated = []
    for before in range(place - 1, max(-1, place - NEAR - 1), -1):
        claim = wordings[before]
        distance = denial.passage.place - claim.passage.place
        if claim.passage.article.id != denial.passage.article.id or distance > NEAR:
            break
        if _says_no(claim.text) or claim.own_voice or not _is_said_by_another(claim, denial):
            continue
        told = frozenset(words.content_words(claim.text))
        _, plain = denied_in(denial.text)
        named = denial.speaker is not None and denial.speaker.split()[-1] in claim.text
        close = named or claim.passage.paragraph == denial.passage.paragraph or _POINTS_BACK.search(denial.text)
        at_once = distance == 1 and bool(close)
        if at_once or answers(denial.text, told, close=True):
            rated.append((len(plain & told), -distance, before))
    return max(rated, default=(0, 0, None))[2]


def _says_no(text: str) -> bool:
    """Tell whether a text denies outright, outside quotation marks."""
    outside = outside_quotations(text)
    return _DENIES.search(outside) is not None or not words.DENYING.isdisjoint(words.plain_words(outside))


_POINTS_BACK = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)|dismiss(?:es|ed)) "
    r"(?:it|this|these|those|that(?=\W*$|[:,;]| (?:reading|view|claim|charge|account|version|figure|number|idea)\b))"
)
""""Denied that": what stands right before, and no clause of its own."""

_NO_CHARGE = re.compile(
    r"(?i)\b(?:could not|couldn[’']t|unable to) (?:\w+ )?(?:verify|confirm)|\bto be (?:named|identified)\b"
)
"""What is said of the report itself, and which nobody denies."""


def _is_said_by_another(claim: Wording, denial: Wording) -> bool:
    """Tell whether a passage has somebody say something, no outlet and not the one who denies it."""
    speakers = {one.speaker for one in claim.passage.claims if one.speaker}
    outlet = (claim.passage.article.outlet or "").split()[-1:]
    return (
        bool(speakers)
        and not _NO_CHARGE.search(claim.text)
        and not any(
            one == denial.speaker or one.split()[-1:] == outlet or denial.speaker and one in denial.speaker
            for one in speakers
        )
    )


@lru_cache(maxsize=1 << 12)
def denied_in(denial: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of what a denial says is not so, and those among them that are no names.

    That is what stands after its verb, or else all of it outside quotation marks.
    """
    outside = outside_quotations(denial)
    verb = _DENIES.search(outside)
    said = outside[verb.end() :] if verb else outside
    stems = frozenset(words.content_words(said)) - _EMPTY
    names = {words.stem(name.casefold()) for name in words.names_in(f"x {outside}")}
    return stems, stems - names


_EMPTY = frozenset(
    words.stem(word)
    for word in words.table(
        "report reports claim claims allegation allegations accusation accusations charge charges "
        "suggestion suggestions story stories account rumor rumors rumour rumours wrongdoing involvement "
        "responsibility knowledge role blame "
        "fault guilt any all such ever anything everything true case matter deny denied denies having been being"
    )
)
"""Words by which a denial names nothing: it means what its story is about."""


MANY = 4
"""Words that are no names in what a denial says is not so, of which one alone ("film") may well be the story's."""


def answers(denial: str, told: frozenset[str], *, close: bool = False) -> bool:
    """Tell whether a denial can be of what a line with these stems tells: it names nothing else than that.

    Of what it says is not so a word has to stand there that is no name, two of ``MANY`` unless it stands ``close``
    behind that line in one article; where it names names alone, one of them.
    """
    stems, plain = denied_in(denial)
    least = 0 if not plain else 1 if close or len(plain) < MANY else 2
    return not stems or not stems.isdisjoint(told) and len(plain & told) >= least


BARE = 3
"""Meaning words of a denial that says no more than that it denies ("The ministry denied the reports")."""

ALIKE = 0.4
"""Share of the shorter denial's meaning words that the other has as well: "hoax" and who calls it so."""


def says_the_same(one: Wording, other: Wording) -> bool:
    """Tell whether one of two denials adds nothing to the other."""
    bags = [set(words.content_words(wording.text)) for wording in (one, other)]
    least = min(map(len, bags))
    return least <= BARE or len(bags[0] & bags[1]) >= ALIKE * least


def is_denied(claim: Wording, relations: Known) -> bool:
    """Tell whether a claim of the story stands against what a passage tells."""
    return not denies(claim) and bool(denied_by(claim.passage, relations))


def disputes_among(
    lines: Sequence[Line], denials: Sequence[Line], paired: Sequence[tuple[Line, Line]] = ()
) -> tuple[Dispute, ...]:
    """Pair each denial with the line that it is known to deny (``paired``), or that shares most words with it."""
    pairs = [Dispute(claim, denial) for claim, denial in paired]
    for denial in denials:
        if any(denial is known for _, known in paired):
            continue
        told = set(words.content_words(denial.text))
        spans = [citation.span for citation in denial.citations]
        claims = [
            line
            for line in lines
            if not line.denied
            and not _says_no(line.text)
            and not any(c.span.overlaps(span) for c in line.citations for span in spans)
        ]
        claims = [line for line in claims if answers(denial.text, frozenset(words.content_words(line.text)))]
        claim = max(claims, key=lambda line: len(told & set(words.content_words(line.text))), default=None)
        if claim is not None and len(told & set(words.content_words(claim.text))) >= SHARED:
            pairs.append(Dispute(claim, denial))
    return tuple(pairs)


def each_denial_once(disputes: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Return one dispute of each denial: with the claim that shares most words with it, the first of equals."""
    best: dict[tuple[Citation, ...], Dispute] = {}
    for dispute in disputes:
        kept = best.get(dispute.denial.citations)
        if kept is None or _shared(dispute) > _shared(kept):
            best[dispute.denial.citations] = dispute
    return tuple(best.values())


def _shared(dispute: Dispute) -> int:
    return len(set(words.content_words(dispute.claim.text)) & set(words.content_words(dispute.denial.text)))


def with_denials(lines: Sequence[Line], disputes: Sequence[Dispute]) -> list[Line]:
    """Give each line the passages that deny what it says, so that a brief without them is seen to lack them."""
    found = []
    for line in lines:
        spans = [citation.span for citation in line.citations]
        denials = (
            citation
            for dispute in disputes
            if any(one.span == span for one in dispute.claim.citations for span in spans)
            for citation in dispute.denial.citations
        )
        found.append(replace(line, denied_by=tuple(dict.fromkeys(denials))))
    return found
