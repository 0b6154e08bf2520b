"""A brief without what a reader muted: whole lines leave, none is changed, and what stays holds by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nutgraf.model import Brief, Changes, Citation, CitedArticle, Coverage, FigureDifference, Line, Saying


@dataclass(frozen=True, slots=True)
class Muted:
    """What a reader does not want to see: stories with a word or on a topic, claims of an outlet or a person."""

    words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is muted."""
        return bool(self.words or self.topics or self.outlets or self.persons)


def is_left_out(brief: Brief, muted: Muted) -> bool:
    """Tell whether a story as a whole is muted: it is on a muted topic, or its head or lede has a muted word."""
    if _names(muted.topics) & _names(brief.topics):
        return True
    heads = [brief.headline.text, brief.dek.text if brief.dek else "", brief.lines[0].text]
    return any(_has_word(text, word) for text in heads for word in muted.words)


def without_muted(brief: Brief, muted: Muted) -> Brief | None:
    """Return the brief without what muted outlets and persons say; ``None`` where nothing of it is left.

    A line leaves as a whole if any of its citations is of a muted outlet, or if a muted name is its outlet, its speaker
    or in its chain. A claim leaves with its denial, and a denial with its claim. A headline that leaves gives way to
    the dek, else to the first line that stays.
    """
    if not muted.outlets and not muted.persons:
        return brief
    gone = _Gone(_names(muted.outlets), _names(muted.outlets) | _names(muted.persons), brief)
    disputes = tuple(one for one in brief.disputes if gone.keeps(one.claim) and gone.keeps(one.denial))
    orphans = [side for one in brief.disputes if one not in disputes for side in (one.claim, one.denial)]
    lines = [line for line in brief.lines if gone.keeps(line) and not _is_of(line, orphans)]
    heads = [line for line in (brief.headline, brief.dek) if line and gone.keeps(line) and not _is_of(line, orphans)]
    if not heads and len(lines) > 1:
        heads = [replace(lines.pop(0), label=None)]
    if not heads or not lines:
        return None
    return replace(
        brief,
        headline=heads[0],
        dek=heads[1] if len(heads) > 1 else None,
        lines=(replace(lines[0], label=None), *lines[1:]),
        disputes=disputes,
        figures=tuple(gone.figures(brief.figures)),
        changes=gone.changes(brief.changes),
        photo=brief.photo if brief.photo and gone.keeps_article(brief.photo.article) else None,
        articles=gone.articles(),
        coverage=gone.coverage(),
    )


@dataclass(frozen=True, slots=True)
class _Gone:
    """Whose words leave a brief."""

    outlets: frozenset[str]
    names: frozenset[str]
    brief: Brief

    def keeps(self, line: Line) -> bool:
        return not self.names & _names((line.outlet, line.speaker, *line.chain)) and all(
            self.keeps_article(citation.span.article) for citation in line.citations
        )

    def keeps_article(self, name: str) -> bool:
        return all(_name(article.outlet) not in self.outlets for article in self.brief.articles if article.id == name)

    def figures(self, figures: Iterable[FigureDifference]) -> Iterable[FigureDifference]:
        for figure in figures:
            sayings = tuple(
                saying
                for saying in figure.sayings
                if not self.names & _names((saying.outlet, saying.speaker))
                and self.keeps_article(saying.citation.span.article)
            )
            if len({saying.words for saying in sayings}) > 1:
                yield replace(figure, sayings=sayings)

    def changes(self, changes: Changes | None) -> Changes | None:
        """Return what changed, without figures that either side of was said by whom a reader muted."""
        if changes is None:
            return None
        kept = tuple(one for one in changes.figures if self._keeps_saying(one.before) and self._keeps_saying(one.now))
        return replace(changes, figures=kept)

    def _keeps_saying(self, saying: Saying) -> bool:
        return not self.names & _names((saying.outlet, saying.speaker)) and self.keeps_article(
            saying.citation.span.article
        )

    def articles(self) -> tuple[CitedArticle, ...]:
        """Return the articles, less what is known to be of muted outlets."""
        return tuple(article for article in self.brief.articles if self.keeps_article(article.id))

    def coverage(self) -> Coverage:
        """Return the coverage of the articles that stay."""
        kept = self.articles()
        if len(kept) == len(self.brief.articles):
            return self.brief.coverage
        outlets = {_name(article.outlet) for article in kept}
        origins = {article.origin for article in kept}
        return Coverage(max(1, len(outlets)), max(1, min(len(origins), len(outlets))))


def _is_of(line: Line, sides: Iterable[Line]) -> bool:
    """Tell whether a line says what a side of a dispute that left said: it cites some of the same words."""
    return any(_overlap(mine, theirs) for side in sides for mine in line.citations for theirs in side.citations)


def _overlap(one: Citation, other: Citation) -> bool:
    a, b = one.span, other.span
    return a.article == b.article and a.start < b.end and b.start < a.end


def _has_word(text: str, word: str) -> bool:
    """Tell whether ``word`` stands in ``text`` by itself, in any case; one of several words stands as they do."""
    inside = re.escape(word.casefold().strip())
    return bool(inside) and re.search(rf"(?<!\w){inside}(?!\w)", text.casefold()) is not None


def _names(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(_name(name) for name in names if name)


def _name(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
