"""The JSON shapes that the stage commands read and write: nouns to plain objects and back.

Reading raises ``InputError`` naming the record and the field. Offsets are characters (Unicode code points) of ``text``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from nutgraf.errors import InputError
from nutgraf.model import (
    Article,
    ArticleKind,
    Brief,
    Certainty,
    Changes,
    Citation,
    CitedArticle,
    Claim,
    Composed,
    Coverage,
    Dispute,
    Entry,
    Figure,
    FigureChange,
    FigureDifference,
    Image,
    Line,
    Link,
    Mode,
    Photo,
    Placement,
    Reading,
    Rejected,
    Saying,
    Span,
    read_when,
)

Record = Mapping[str, Any]

BRIEF_SCHEMA_VERSION = 1


# articles


def article_to_record(article: Article) -> dict[str, Any]:
    """Return the contract's article."""
    return {
        "id": article.id,
        "url": article.url,
        "canonical": article.canonical,
        "outlet": article.outlet,
        "title": article.title,
        "dek": article.dek,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "modified": article.modified.isoformat() if article.modified else None,
        "language": article.language,
        "images": [{"url": i.url, "caption": i.caption, "credit": i.credit} for i in article.images],
        "topics": list(article.topics),
        "section": article.section,
        "dateline": article.dateline,
        "agency": article.agency,
        "kind": article.kind.value,
        "partial": article.partial,
        "corrections": list(article.corrections),
        "entries": [
            {"start": entry.start, "published": entry.when.isoformat() if entry.when else None}
            for entry in article.entries
        ],
        "why": {one.field: {"way": one.way, "over": list(one.over)} for one in article.readings},
        "text": article.text,
    }


def article_from_record(record: Record, *, name: str = "record") -> Article:
    """Read an article: ``id`` and ``text`` must be there, all else may be missing. ``name`` is used in messages."""
    key = _text(record, "id", name) or ""
    if not key:
        raise InputError(name, 'has no "id"', "Give every article an id")
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError(f"{name} ({key})", 'has no "text"', "Give every article its text as a string")
    kind = record.get("kind")
    return Article(
        id=key,
        text=text,
        title=_text(record, "title", name) or "",
        url=_text(record, "url", name),
        canonical=_text(record, "canonical", name),
        outlet=_text(record, "outlet", name),
        dek=_text(record, "dek", name),
        authors=_texts(record, "authors"),
        published=read_when(_text(record, "published", name)),
        modified=read_when(_text(record, "modified", name)),
        language=_text(record, "language", name),
        images=tuple(
            Image(image["url"], image.get("caption"), image.get("credit"))
            for image in record.get("images") or ()
            if isinstance(image, Mapping) and isinstance(image.get("url"), str)
        ),
        topics=_texts(record, "topics"),
        section=_text(record, "section", name),
        dateline=_text(record, "dateline", name),
        agency=_text(record, "agency", name),
        kind=ArticleKind(kind) if kind in set(ArticleKind) else ArticleKind.NEWS,
        partial=record.get("partial") is True,
        corrections=_texts(record, "corrections"),
        entries=tuple(
            Entry(start=entry["start"], when=read_when(entry.get("published")))
            for entry in record.get("entries") or ()
            if isinstance(entry, Mapping) and isinstance(entry.get("start"), int)
        ),
        readings=_readings(record.get("why")),
    )


def _readings(why: Any) -> tuple[Reading, ...]:
    """Read why the fields of an article say what they say; what is no such thing is left out."""
    return tuple(
        Reading(field, one["way"], _texts(one, "over"))
        for field, one in (why.items() if isinstance(why, Mapping) else ())
        if isinstance(one, Mapping) and isinstance(one.get("way"), str)
    )


def rejected_to_record(rejected: Rejected, *, key: str) -> dict[str, Any]:
    """Return the contract's line for something dropped: what ``reason`` and, for a person, what to do about it."""
    return {"id": key, "rejected": rejected.reason.value, "error": f"{rejected.subject}: {rejected.detail}"}


def _text(record: Record, field: str, name: str) -> str | None:
    value = record.get(field)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and field == "id":
        return str(value)
    raise InputError(name, f'"{field}" is not a string', "Correct the record and try again")


def _texts(record: Record, field: str) -> tuple[str, ...]:
    return tuple(value for value in record.get(field) or () if isinstance(value, str))


def is_normal(text: str) -> bool:
    """Tell whether ``text`` is NFC, as the contract demands of every article's text."""
    return unicodedata.is_normalized("NFC", text)


# stories, claims


def placement_to_record(placement: Placement) -> dict[str, Any]:
    """Return the contract's line of ``nutgraf stories``."""
    return {
        "id": placement.article,
        "story": placement.story,
        "origin": placement.origin,
        "grounds": list(placement.grounds),
    }


def claim_to_record(claim: Claim) -> dict[str, Any]:
    """Return one of the contract's ``attributions``."""
    return {
        "source": _pairs(claim.source),
        "cue": _pairs(claim.cue),
        "content": _pairs(claim.content),
        "speaker": claim.speaker,
        "role": claim.role,
        "anonymous": claim.anonymous,
        "mode": claim.mode.value,
        "certainty": claim.certainty.value,
        "certainty_words": _pairs(claim.certainty_words),
        "denied": claim.denied,
        "chain": [{"name": link.name, "span": _pair(link.span) if link.span else None} for link in claim.chain],
        "figures": [
            {
                "text": figure.text,
                "span": _pair(figure.span),
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "counts": figure.counts,
            }
            for figure in claim.figures
        ],
        "confidence": round(claim.confidence, 3),
    }


def claim_from_record(record: Record, *, article: str) -> Claim:
    """Read a claim of ``article`` that ``claim_to_record`` wrote; raises ``InputError`` for anything else."""
    try:
        return Claim(
            article=article,
            source=_spans(record["source"], article),
            cue=_spans(record["cue"], article),
            content=_spans(record["content"], article),
            speaker=record["speaker"],
            role=record["role"],
            anonymous=record["anonymous"],
            mode=Mode(record["mode"]),
            certainty=Certainty(record["certainty"]),
            certainty_words=_spans(record["certainty_words"], article),
            denied=record["denied"],
            chain=tuple(
                Link(link["name"], Span(article, *link["span"]) if link["span"] else None) for link in record["chain"]
            ),
            figures=tuple(
                Figure(
                    text=figure["text"],
                    span=Span(article, *figure["span"]),
                    low=figure["low"],
                    high=figure["high"],
                    unit=figure["unit"],
                    counts=figure["counts"],
                )
                for figure in record["figures"]
            ),
            confidence=record["confidence"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"claim of article {article}", f"is broken ({type(error).__name__}: {error})", "Find the claims again"
        ) from error


def _spans(pairs: Iterable[Iterable[int]], article: str) -> tuple[Span, ...]:
    return tuple(Span(article, *pair) for pair in pairs)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]


# briefs


def brief_to_record(brief: Brief) -> dict[str, Any]:
    """Return the published form of a brief (docs/brief.schema.json)."""
    record: dict[str, Any] = {
        "schema": BRIEF_SCHEMA_VERSION,
        "id": brief.id,
        "headline": brief.headline.text,
        "headline_line": _line_to_record(brief.headline),
        "dek": brief.dek.text if brief.dek else None,
        "dek_line": _line_to_record(brief.dek) if brief.dek else None,
        "lines": [_line_to_record(line) for line in brief.lines],
        "disputes": [{"claim": _line_to_record(d.claim), "denial": _line_to_record(d.denial)} for d in brief.disputes],
        "figures": [
            {
                "counts": difference.counts,
                "sayings": [_saying_to_record(saying) for saying in difference.sayings],
            }
            for difference in brief.figures
        ],
        "coverage": {"outlets": brief.coverage.outlets, "origins": brief.coverage.origins},
        "photo": {
            "url": brief.photo.url,
            "article": brief.photo.article,
            "caption": brief.photo.caption,
            "credit": brief.photo.credit,
        }
        if brief.photo
        else None,
        "topics": list(brief.topics),
        "language": brief.language,
        "updated": brief.updated.isoformat() if brief.updated else None,
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "url": article.url,
                "outlet": article.outlet,
                "published": article.published.isoformat() if article.published else None,
                "origin": article.origin,
            }
            for article in brief.articles
        ],
    }
    if brief.changes:
        figures = [
            {"before": _saying_to_record(one.before), "now": _saying_to_record(one.now)}
            for one in brief.changes.figures
        ]
        record["changes"] = {"since": brief.changes.since.isoformat(), "figures": figures}
    return record


def brief_from_record(record: Record, *, name: str = "brief") -> Brief:
    """Read a brief that ``brief_to_record`` wrote; raises ``InputError`` for anything else."""
    try:
        return _brief(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            name, f"is not a brief ({type(error).__name__}: {error})", "See docs/brief.schema.json"
        ) from error


def _brief(record: Record) -> Brief:
    if record["schema"] != BRIEF_SCHEMA_VERSION:
        raise ValueError(f"schema {record['schema']}, this version reads {BRIEF_SCHEMA_VERSION}")
    photo = record.get("photo")
    return Brief(
        id=record["id"],
        headline=_line(record["headline_line"]),
        dek=_line(record["dek_line"]) if record.get("dek_line") else None,
        lines=tuple(_line(line) for line in record["lines"]),
        disputes=tuple(Dispute(_line(d["claim"]), _line(d["denial"])) for d in record["disputes"]),
        figures=tuple(
            FigureDifference(
                d["counts"],
                tuple(_saying(saying) for saying in d["sayings"]),
            )
            for d in record["figures"]
        ),
        coverage=Coverage(record["coverage"]["outlets"], record["coverage"]["origins"]),
        photo=Photo(url=photo["url"], article=photo["article"], caption=photo["caption"], credit=photo["credit"])
        if photo
        else None,
        topics=tuple(record["topics"]),
        language=record["language"],
        updated=read_when(record["updated"]),
        changes=_changes(record["changes"]) if record.get("changes") else None,
        articles=tuple(
            CitedArticle(
                id=a["id"],
                title=a["title"],
                url=a["url"],
                outlet=a["outlet"],
                published=read_when(a["published"]),
                origin=a["origin"],
            )
            for a in record["articles"]
        ),
    )


def _changes(record: Record) -> Changes:
    figures = tuple(FigureChange(_saying(one["before"]), _saying(one["now"])) for one in record["figures"])
    return Changes(date.fromisoformat(record["since"]), figures)


def _saying_to_record(saying: Saying) -> dict[str, Any]:
    return {
        "words": saying.words,
        "outlet": saying.outlet,
        "speaker": saying.speaker,
        "when": saying.when.isoformat() if saying.when else None,
        "citation": _citation_to_record(saying.citation),
    }


def _saying(record: Record) -> Saying:
    return Saying(
        record["words"],
        record["outlet"],
        record["speaker"],
        read_when(record["when"]),
        _citation(record["citation"]),
    )


def _line_to_record(line: Line) -> dict[str, Any]:
    record: dict[str, Any] = {
        "label": line.label,
        "text": line.text,
        "citations": [_citation_to_record(citation) for citation in line.citations],
        "outlet": line.outlet,
        "speaker": line.speaker,
        "chain": list(line.chain),
        "certainty": line.certainty.value,
        "denied": line.denied,
        "denied_by": [_citation_to_record(citation) for citation in line.denied_by],
    }
    if line.composed:  # left out of others, so that a brief that no writer touched is written as before
        record["composed"] = {"text": line.composed.text, "label": line.composed.label}
    marks = {"new": line.new, "sole": line.sole}
    return {**record, **{name: True for name, is_so in marks.items() if is_so}}


def _line(record: Record) -> Line:
    return Line(
        label=record["label"],
        text=record["text"],
        citations=tuple(_citation(citation) for citation in record["citations"]),
        outlet=record["outlet"],
        speaker=record["speaker"],
        chain=tuple(record["chain"]),
        certainty=Certainty(record["certainty"]),
        denied=record["denied"],
        denied_by=tuple(_citation(citation) for citation in record.get("denied_by", ())),
        composed=Composed(composed["text"], composed["label"]) if (composed := record.get("composed")) else None,
        new=record.get("new") is True,
        sole=record.get("sole") is True,
    )


def _citation_to_record(citation: Citation) -> dict[str, Any]:
    span = citation.span
    return {"article": span.article, "start": span.start, "end": span.end, "passage": citation.passage}


def _citation(record: Record) -> Citation:
    return Citation(Span(record["article"], record["start"], record["end"]), record["passage"])
