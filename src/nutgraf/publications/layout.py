"""What every publication shows of a brief, in reading order, with names, times and links resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from nutgraf.model import Brief, Certainty, Citation, CitedArticle, Coverage, FigureDifference, Line, Saying, instant
from nutgraf.publications.passages import passage_link, safe_link
from nutgraf.publications.tongue import ENGLISH, Tongue, mark

UNNAMED = mark("an unnamed outlet")
UNTITLED = mark("Untitled")

CERTAINTY_WORDS: dict[Certainty, str] = {
    Certainty.FACT: "",
    Certainty.REPORTED: mark("reported"),
    Certainty.BELIEVED: mark("believed"),
    Certainty.POSSIBLE: mark("possible"),
    Certainty.CONDITIONAL: mark("conditional"),
    Certainty.PLANNED: mark("planned"),
    Certainty.DENIED: mark("denied"),
}

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# C0 and C1 controls other than white space, lone surrogates, characters that XML 1.0 cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return ``text`` without what no page, feed or terminal can show: control characters and lone surrogates."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Return ``text`` printable and with each run of white space made one blank."""
    return " ".join(printable(text).split())


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a time for people (``text``), for machines (``iso``, in UTC), and to sort by (``at``).

    ``day`` is the day shown, ``clock`` the time of day without it, empty where the time is unknown.
    """

    text: str
    iso: str
    at: datetime
    day: date
    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownArticle:
    """An article to name and link; ``url`` is ``None`` where there is no address that may be followed."""

    id: str
    outlet: str
    title: str
    url: str | None
    when: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """A passage and the article it stands in; ``link`` leads to the passage itself."""

    passage: str
    article: ShownArticle
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line with its sources. ``chain`` runs from the outlet to the speaker; ``certainty`` are words, or empty.

    ``composed`` is the wording, with its label, in whose place a language model's stands; empty where none does.
    """

    text: str
    label: str | None
    sources: tuple[ShownSource, ...]
    outlets: tuple[str, ...]
    chain: tuple[str, ...]
    certainty: str
    denied: bool
    composed: str = ""
    is_new: bool = False
    is_sole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSaying:
    """One row of a figure table."""

    words: str
    outlet: str
    speaker: str | None
    when: Moment | None
    source: ShownSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure on which outlets differ."""

    counts: str
    sayings: tuple[ShownSaying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChanges:
    """What is new since the edition of a day: how many lines, who newly denies, and figures as they were and are."""

    since: Moment
    lines: int
    denials: tuple[str, ...]
    figures: tuple[tuple[ShownSaying, ShownSaying], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOrigin:
    """One report and the articles that repeat it."""

    first: ShownArticle
    repeats: tuple[ShownArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPhoto:
    """A picture's caption and credit apart, with the outlet and the address it came from."""

    url: str | None
    caption: str
    credit: str
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What lists show of a brief."""

    language: str | None
    headline: str
    dek: str
    coverage: str
    updated: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A brief ready to be set. ``language`` is the brief's own, ``tongue`` that in which it is presented."""

    id: str
    tongue: Tongue
    language: str | None
    direction: str | None
    headline: ShownLine
    dek: ShownLine | None
    lede: ShownLine
    bullets: tuple[ShownLine, ...]
    disputes: tuple[tuple[ShownLine, ShownLine], ...]
    figures: tuple[ShownFigure, ...]
    photo: ShownPhoto | None
    coverage: str
    outlets: int
    origins: tuple[ShownOrigin, ...]
    first: ShownArticle | None
    latest: ShownArticle | None
    updated: Moment | None
    topics: tuple[str, ...]
    changes: ShownChanges | None = None


def lay_out_head(brief: Brief, *, zone: tzinfo | None = None, tongue: Tongue = ENGLISH) -> Head:
    """Resolve what lists show of a brief, as ``lay_out`` does for all of it, in a tenth of its time."""
    return Head(
        language=_language(brief),
        headline=one_line(brief.headline.text),
        dek=one_line(brief.dek.text) if brief.dek else "",
        coverage=coverage_words(brief.coverage, tongue),
        updated=moment(brief.updated, zone, tongue),
    )


def lay_out(brief: Brief, *, zone: tzinfo | None = None, tongue: Tongue = ENGLISH) -> Layout:
    """Resolve a brief; moments are shown in ``zone``, or in the zone they carry where there is none."""
    articles = {article.id: _article(article, zone, tongue) for article in brief.articles}
    desk = _Desk(articles, zone, tongue)
    first, latest = _first_and_latest(articles.values())
    language = _language(brief)
    return Layout(
        id=brief.id,
        tongue=tongue,
        language=language,
        direction=_direction(language),
        headline=desk.line(brief.headline),
        dek=desk.line(brief.dek) if brief.dek else None,
        lede=desk.line(brief.lines[0]),
        bullets=tuple(desk.line(line) for line in brief.lines[1:]),
        disputes=tuple((desk.line(dispute.claim), desk.line(dispute.denial)) for dispute in brief.disputes),
        figures=tuple(desk.figure(difference) for difference in brief.figures),
        photo=desk.photo(brief),
        coverage=coverage_words(brief.coverage, tongue),
        outlets=brief.coverage.outlets,
        origins=_origins(brief.articles, articles),
        first=first,
        latest=latest,
        updated=moment(brief.updated, zone, tongue),
        topics=tuple(one_line(topic) for topic in brief.topics),
        changes=desk.changes(brief),
    )


def _language(brief: Brief) -> str | None:
    return brief.language if brief.language and _LANGUAGE.fullmatch(brief.language) else None


def _direction(language: str | None) -> str | None:
    if not language:
        return None
    return "rtl" if language.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def moment(when: date | None, zone: tzinfo | None = None, tongue: Tongue = ENGLISH) -> Moment | None:
    """Return a day or a time as shown; ``None`` for none."""
    if when is None:
        return None
    at = instant(when)
    if not isinstance(when, datetime):
        return Moment(tongue.day(when), when.isoformat(), at, when)
    local = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    local = local.astimezone(zone) if zone else local
    clock = f"{tongue.clock(local)} {_zone_name(local)}"
    iso = at.isoformat(timespec="seconds").replace("+00:00", "Z")
    text = tongue.say("{day}, {clock}", day=tongue.day(local.date()), clock=clock)
    return Moment(text, iso, at, local.date(), clock)


def coverage_words(coverage: Coverage, tongue: Tongue = ENGLISH) -> str:
    """Return "5 outlets, 3 origins"."""
    return tongue.say(
        "{outlets}, {origins}",
        outlets=tongue.count("{n} outlet", "{n} outlets", coverage.outlets),
        origins=tongue.count("{n} origin", "{n} origins", coverage.origins),
    )


def changes_words(changes: ShownChanges) -> str:
    """Return what changed in a line of English, for Markdown and terminals."""
    parts = [f"Since the edition of {changes.since.text}:"]
    if changes.lines:
        parts.append("1 new line." if changes.lines == 1 else f"{changes.lines} new lines.")
    parts += [f"Now denied by {name}." for name in changes.denials]
    parts += [f"“{now.words}” ({now.outlet}), where it was “{before.words}”." for before, now in changes.figures]
    return " ".join(parts)


def _zone_name(when: datetime) -> str:
    name = when.tzname() or "UTC"
    return name.replace("UTC+00:00", "UTC")


def _article(article: CitedArticle, zone: tzinfo | None, tongue: Tongue) -> ShownArticle:
    return ShownArticle(
        id=article.id,
        outlet=one_line(article.outlet or "") or tongue.say(UNNAMED),
        title=one_line(article.title) or tongue.say(UNTITLED),
        url=safe_link(article.url),
        when=moment(article.published, zone, tongue),
    )


def _first_and_latest(articles: Iterable[ShownArticle]) -> tuple[ShownArticle | None, ShownArticle | None]:
    """Return the earliest and the latest article; one without a time of day could be either, and is left out."""
    timed = [(article.when.at, article.id, article) for article in articles if article.when and article.when.clock]
    if not timed:
        return None, None
    return min(timed)[2], max(timed)[2] if len(timed) > 1 else None


def _origins(cited: Sequence[CitedArticle], articles: dict[str, ShownArticle]) -> tuple[ShownOrigin, ...]:
    groups: dict[str, list[ShownArticle]] = {}
    for article in cited:
        groups.setdefault(article.origin, []).append(articles[article.id])
    shown = []
    for origin, members in groups.items():
        members.sort(key=lambda member: member.id != origin)  # the report itself first, the others as they came
        shown.append(ShownOrigin(first=members[0], repeats=tuple(members[1:])))
    return tuple(shown)


def _composed(line: Line) -> str:
    """Return the composed wording of a line that was reworded, with its label where that is another one now."""
    if line.composed is None:
        return ""
    label, text = one_line(line.composed.label or "").rstrip(":"), one_line(line.composed.text)
    return f"{label}: {text}" if label else text


@dataclass(frozen=True, slots=True)
class _Desk:
    """Looks citations up among the articles of one brief."""

    articles: dict[str, ShownArticle]
    zone: tzinfo | None
    tongue: Tongue

    def line(self, line: Line) -> ShownLine:
        sources = tuple(self.source(citation) for citation in line.citations)
        outlets = tuple(dict.fromkeys(source.article.outlet for source in sources))
        outlet = one_line(line.outlet or "") or (outlets[0] if len(outlets) == 1 else "")
        chain = [outlet, *(one_line(name) for name in line.chain), one_line(line.speaker or "")]
        return ShownLine(
            text=one_line(line.text),
            label=one_line(line.label or "").rstrip(":") or None,
            sources=sources,
            outlets=outlets,
            chain=tuple(dict.fromkeys(name for name in chain if name)),
            certainty=self.tongue.say(CERTAINTY_WORDS[line.certainty]),
            denied=line.denied,
            composed=_composed(line),
            is_new=line.new,
            is_sole=line.sole,
        )

    def source(self, citation: Citation) -> ShownSource:
        name = citation.span.article
        article = self.articles.get(name) or self.unknown(name)
        link = passage_link(article.url, printable(citation.passage)) if article.url else None
        return ShownSource(passage=printable(citation.passage).strip(), article=article, link=link)

    def unknown(self, name: str) -> ShownArticle:
        outlet, title = self.tongue.say(UNNAMED), self.tongue.say(UNTITLED)
        return ShownArticle(id=name, outlet=outlet, title=title, url=None, when=None)

    def figure(self, difference: FigureDifference) -> ShownFigure:
        return ShownFigure(
            counts=one_line(difference.counts), sayings=tuple(self.saying(saying) for saying in difference.sayings)
        )

    def saying(self, saying: Saying) -> ShownSaying:
        source = self.source(saying.citation)
        return ShownSaying(
            words=one_line(saying.words),
            outlet=one_line(saying.outlet or "") or source.article.outlet,
            speaker=one_line(saying.speaker or "") or None,
            when=moment(saying.when, self.zone, self.tongue),
            source=source,
        )

    def changes(self, brief: Brief) -> ShownChanges | None:
        since = moment(brief.changes.since, self.zone, self.tongue) if brief.changes else None
        if brief.changes is None or since is None:
            return None
        new = [line for line in brief.lines if line.new]
        denials = [one_line(line.speaker or line.outlet or "") for line in new if line.denied]
        figures = tuple((self.saying(one.before), self.saying(one.now)) for one in brief.changes.figures)
        if not new and not figures:
            return None  # a reader muted all of it
        return ShownChanges(
            since=since, lines=len(new), denials=tuple(dict.fromkeys(filter(None, denials))), figures=figures
        )

    def photo(self, brief: Brief) -> ShownPhoto | None:
        photo = brief.photo
        if photo is None:
            return None
        article = self.articles.get(photo.article)
        return ShownPhoto(
            url=safe_link(photo.url),
            caption=one_line(photo.caption or ""),
            credit=one_line(photo.credit or ""),
            outlet=article.outlet if article else self.tongue.say(UNNAMED),
        )
