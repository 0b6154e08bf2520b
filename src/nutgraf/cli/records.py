"""What the listings show: each stored noun as a plain object, the same for ``--json`` and for a person's table."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from nutgraf.contract import claim_to_record
from nutgraf.model import Claim
from nutgraf.store.health import health_of, is_silent_today, told
from nutgraf.store.values import StoredArticle, StoredBrief, StoredRejection, StoredSource, StoredStory

if TYPE_CHECKING:
    from nutgraf.run import Why, WhyArticle, WhyStory

Record = dict[str, Any]


def _iso(when: date | None) -> str | None:
    return when.isoformat() if when else None


def source_record(stored: StoredSource) -> Record:
    """Return a source and how its polls went."""
    source = stored.source
    return {
        "id": source.id,
        "kind": source.kind.value,
        "name": source.name,
        "address": source.address,
        "items": stored.items,
        "last_asked": _iso(stored.last_asked),
        "last_answered": _iso(stored.last_answered),
        "last_brought": _iso(stored.last_brought),
        "next_due": _iso(stored.next_due),
        "failures": stored.failures,
        "reason": stored.reason,
        "error": stored.error,
        "gone": stored.gone,
        "moved_to": stored.moved_to,
    }


def health_record(stored: StoredSource, *, now: datetime) -> Record:
    """Return how a source fares, and all that is known of its polls."""
    return {
        **source_record(stored),
        "state": health_of(stored, now=now).value,
        "silent_today": is_silent_today(stored, now=now),
        "newest": _iso(stored.newest),
        "minutes_between_items": round(stored.rhythm.every.total_seconds() / 60, 1) if stored.rhythm else None,
        "moved_since": _iso(stored.moved_since),
        "earlier_addresses": list(stored.earlier_addresses),
        "told": told(stored, now=now),
    }


def article_record(stored: StoredArticle) -> Record:
    """Return an article without its text."""
    article = stored.article
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": _iso(article.published),
        "arrived": _iso(stored.arrived),
        "words": len(article.text.split()),
        "newest": stored.newest,
    }


def story_record(stored: StoredStory) -> Record:
    """Return a story's name, size and headline."""
    return {
        "id": stored.id,
        "headline": stored.headline,
        "articles": stored.articles,
        "latest": _iso(stored.latest),
        "merged_into": stored.merged_into,
    }


def brief_record(stored: StoredBrief) -> Record:
    """Return what a listing says of a brief; the brief itself is at the site and in its JSON."""
    brief = stored.brief
    return {
        "id": brief.id,
        "headline": brief.headline.text,
        "lines": len(brief.lines),
        "outlets": brief.coverage.outlets,
        "origins": brief.coverage.origins,
        "composed": _iso(stored.composed),
    }


def rejection_record(stored: StoredRejection) -> Record:
    """Return what was dropped and why."""
    return {
        "subject": stored.subject,
        "rejected": stored.reason.value,
        "detail": stored.detail,
        "moment": _iso(stored.moment),
        "source": stored.source,
    }


def why_record(why: Why, claims: tuple[Claim, ...] = ()) -> Record:
    """Return all that is known of one thing; ``claims`` are those of the article."""
    record: Record = {"subject": why.subject}
    if why.article:
        record["article"] = _why_article(why.article)
        record["claims"] = [claim_to_record(claim) for claim in claims]
    if why.story:
        record["story"] = _why_story(why.story)
    if why.items:
        record["items"] = [
            {"source": item.source, "key": item.key, "title": item.title, "state": state} for item, state in why.items
        ]
    if why.rejections:
        record["rejections"] = [rejection_record(one) for one in why.rejections]
    return record


def _why_article(why: WhyArticle) -> Record:
    placement = why.placement
    return {
        **article_record(why.article),
        "story": why.story,
        "headline": why.headline,
        "repeats": placement.origin if placement else None,
        "grounds": list(placement.grounds) if placement else [],
        "cited_by": list(why.cited_by),
        "versions": [version.article.id for version in why.versions],
    }


def _why_story(why: WhyStory) -> Record:
    return {
        "id": why.id,
        "headline": why.brief.headline.text if why.brief else None,
        "articles": [
            {**article_record(one.stored), "repeats": one.placement.origin, "grounds": list(one.placement.grounds)}
            for one in why.articles
        ],
        "origins": [{"articles": list(origin.articles), "agency": origin.agency} for origin in why.origins],
        "weight": why.weight.told() if why.weight else None,
        "steps": [
            {"article": step.article, "when": _iso(step.when), "adds": list(step.adds), "news": step.is_news}
            for step in why.steps
        ],
        "writer": [
            {
                "writer": one.writer,
                "asked": _iso(one.asked),
                "answered": one.answered,
                "taken": list(one.taken),
                "refused": [{"place": place, "text": text, "why": reason} for place, text, reason in one.refused],
            }
            for one in why.rewordings
        ],
        "topic": [
            {"story": chapter.story, "title": chapter.title, "began": _iso(chapter.began)} for chapter in why.topic
        ],
    }
