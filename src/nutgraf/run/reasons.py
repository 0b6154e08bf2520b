"""Why something is in a story or a brief, or why it was dropped."""

from __future__ import annotations

from dataclasses import dataclass

from nutgraf.model import Brief, Item, Line, Origin, Placement
from nutgraf.ports import RewordingRecord
from nutgraf.run.news import Chapter, story_timeline, story_topic, story_weight
from nutgraf.run.parts import Parts
from nutgraf.store.values import PlacedArticle, StoredArticle, StoredRejection
from nutgraf.stories import Step, Weight, stories_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyArticle:
    """Where one article is and what came of it. ``story`` is the name its story goes by now.

    ``cited_by`` are the texts of the lines of the newest brief that cite it; ``versions`` all texts of its page, the
    newest last.
    """

    article: StoredArticle
    placement: Placement | None
    story: str | None
    headline: str | None
    cited_by: tuple[str, ...]
    versions: tuple[StoredArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyStory:
    """What a story holds, and the reports that its articles go back to. ``id`` is the name it goes by now.

    ``weight`` is what it weighs now, ``steps`` its time line, ``topic`` the stories of one matter that it is among,
    ``rewordings`` what became of the questions to the writer, the latest first.
    """

    id: str
    articles: tuple[PlacedArticle, ...]
    origins: tuple[Origin, ...]
    brief: Brief | None
    weight: Weight | None = None
    steps: tuple[Step, ...] = ()
    topic: tuple[Chapter, ...] = ()
    rewordings: tuple[RewordingRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that is known of ``subject``; everything is empty where nothing is.

    ``items`` are the entries that lead to it, each with its state: waiting, read or rejected.
    """

    subject: str
    article: WhyArticle | None = None
    story: WhyStory | None = None
    items: tuple[tuple[Item, str], ...] = ()
    rejections: tuple[StoredRejection, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.article or self.story or self.items or self.rejections)


def why(parts: Parts, subject: str) -> Why:
    """Return what became of an article (its id or its address), an item's address, or a story (any name it had)."""
    store = parts.store
    stored = store.article(subject)
    if stored is None and (versions := store.versions(subject)):
        stored = versions[-1]
    story = store.current_name(subject)
    return Why(
        subject=subject,
        article=_article(parts, stored) if stored else None,
        story=_story(parts, story) if story else None,
        items=tuple(store.items_at(stored.article.url if stored and stored.article.url else subject)),
        rejections=tuple(store.rejections_of(subject)),
    )


def _article(parts: Parts, stored: StoredArticle) -> WhyArticle:
    store, article = parts.store, stored.article
    placement = store.placement_of(article.id)
    story = store.current_name(placement.story) if placement else None
    brief = store.brief(story) if story else None
    return WhyArticle(
        article=stored,
        placement=placement,
        story=story,
        headline=brief.headline.text if brief else None,
        cited_by=tuple(line.text for line in _lines(brief) if _cites(line, article.id)) if brief else (),
        versions=tuple(store.versions(article.url)) if article.url else (stored,),
    )


def _story(parts: Parts, name: str) -> WhyStory:
    placed = tuple(parts.store.placed_in(name))
    found = {one.stored.article.id: one.stored.article for one in placed}
    stories = stories_of([one.placement for one in placed], found)
    return WhyStory(
        id=name,
        articles=placed,
        origins=stories[0].origins if stories else (),
        brief=parts.store.brief(name),
        weight=story_weight(parts, name),
        steps=story_timeline(parts, name),
        topic=story_topic(parts, name),
        rewordings=tuple(parts.store.rewordings_of(name)),
    )


def _lines(brief: Brief) -> tuple[Line, ...]:
    disputed = [line for dispute in brief.disputes for line in (dispute.claim, dispute.denial)]
    return (brief.headline, *((brief.dek,) if brief.dek else ()), *brief.lines, *disputed)


def _cites(line: Line, article: str) -> bool:
    return any(citation.span.article == article for citation in line.citations)
