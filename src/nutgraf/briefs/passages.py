"""What may become a line: whole sentences of an article, with the claims made in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.briefs.furniture import Known, is_caption, is_furniture, known_in
from nutgraf.model import Article, Citation, Claim, Span
from nutgraf.ports import Language

SENTENCES_OF_AN_ARTICLE = 60
"""News says what matters first: of the editors' sentences in the tuning set, hardly any rests on a later one."""

SHORTEST, LONGEST = 5, 60
"""Words that a passage may have: shorter ones are labels and captions, longer ones are lists."""

_CUT_SHORT = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|St|Rev|Sen|Sens|Rep|Reps|Gov|Gen|Col|Capt|Lt|Sgt|Mr|Mrs|Ms|Dr|Prof|No|vs)\.$"
)
"""Where a sentence was cut after an abbreviation that never ends one."""

_CITED_ELSEWHERE = re.compile(r"(?i)\b(?:see (?:above|below)|as (?:noted|mentioned) (?:above|below|earlier))\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence, or a quotation with its attribution, as it stands in an article.

    ``place`` is its number among the article's ``of`` sentences, ``paragraph`` that of its paragraph.
    """

    article: Article
    span: Span
    place: int
    of: int
    paragraph: int
    opens_paragraph: bool
    claims: tuple[Claim, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as it stands, on one line."""
        return " ".join(self.span.of(self.article.text).split())

    @property
    def citation(self) -> Citation:
        """The citation that a line made of it carries."""
        return self.article.cite(self.span)


def passages_of(article: Article, claims: Sequence[Claim], language: Language) -> list[Passage]:
    """Return the passages of one article in reading order; furniture, lists and unreadable characters left out."""
    sentences = list(_whole_quotations(article.text, language.sentences(article.text)))[:SENTENCES_OF_AN_ARTICLE]
    found: list[Passage] = []
    paragraph, last_end = 0, 0
    reached = [
        (claim, min(part.start for part in claim.content), max(part.end for part in claim.content))
        for claim in claims
        if claim.content
    ]
    furniture = known_in(article.text)
    for place, (start, end) in enumerate(sentences):
        opens = not place or "\n" in article.text[last_end:start]
        paragraph += opens and place > 0
        last_end = end
        span = Span(article.id, start, end)
        near = [claim for claim, first, last in reached if first < end and start < last]
        inside = tuple(claim for claim in near if any(span.overlaps(part) for part in claim.content))
        passage = Passage(
            article=article,
            span=span,
            place=place,
            of=len(sentences),
            paragraph=paragraph,
            opens_paragraph=opens,
            claims=inside,
        )
        if _is_readable(passage.text, furniture):
            found.append(passage)
    return found


def _whole_quotations(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join sentences of one paragraph that a quotation runs across."""
    held: tuple[int, int] | None = None
    for start, end in sentences:
        if held is not None:
            if "\n" in text[held[1] : start]:
                yield held
                held = None
            else:
                start = held[0]
        if has_open_quotation(text[start:end]):
            held = (start, end)
        else:
            held = None
            yield start, end
    if held is not None:
        yield held


def has_open_quotation(text: str) -> bool:
    """Tell whether a quotation begins in ``text`` and does not end there, or ends and did not begin."""
    opened, closed, straight = text.count("“"), text.count("”"), text.count('"')
    if opened + closed and straight:
        return (opened + closed + straight) % 2 == 1
    return opened != closed or straight % 2 == 1


def _is_readable(text: str, furniture: Known) -> bool:
    """Tell whether a sentence is one: of fitting length, ended, closed, in visible characters, no furniture."""
    return (
        SHORTEST <= words.count_words(text) <= LONGEST
        and text.rstrip("”\"’')")[-1:] in (".", "!", "…")
        and not text[:1].islower()
        and not has_open_quotation(text)
        and text.count("(") == text.count(")")
        and not words.has_hidden_characters(text)
        and not is_furniture(text, furniture)
        and not is_caption(text)
        and not _CITED_ELSEWHERE.search(text)
        and not _CUT_SHORT.search(text[-8:])  # longer than any of them
        and sum(map(str.isupper, text)) < 0.4 * len(text)
    )


def passages_of_story(
    articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]], language: Language
) -> list[Passage]:
    """Return the passages of several articles, article by article."""
    return [passage for article in articles for passage in passages_of(article, claims.get(article.id, ()), language)]
