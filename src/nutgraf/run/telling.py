"""Finding claims, composing the briefs of stories that changed, and making a day's edition of them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nutgraf import __version__, briefs, claims
from nutgraf.analysis import Analysis
from nutgraf.briefs.changes import with_changes, with_sole
from nutgraf.briefs.lengths import words_for
from nutgraf.claims.relations import relate_claims
from nutgraf.errors import NutgrafError
from nutgraf.model import Article, Brief, Claim, Length, Reason, Rejected, Story
from nutgraf.run.news import is_news, story_weight, told_before
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.run.writing import Rewriter
from nutgraf.store.values import StoredBrief, StoryContents
from nutgraf.stories import stories_of

BATCH = 25
"""Articles whose claims are stored together; a run that ends early loses the work on so many at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeReport:
    """How many briefs are new or changed, came out the same, or were kept because no new one passed the check.

    ``days`` are those whose editions the changed ones belong to; ``problems`` are what the writer's failures say.
    """

    composed: int = 0
    same: int = 0
    kept: int = 0
    days: tuple[date, ...] = ()
    problems: tuple[str, ...] = ()


def find_claims(parts: Parts, *, progress: Progress = silent) -> int:
    """Find the claims of every placed article whose claims are not stored yet; returns of how many."""
    waiting = parts.store.articles_without_claims()
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        found = _claims_of(parts, batch)
        parts.store.save_claims(
            {name: its_claims for name, (its_claims, _) in found.items()},
            {name: analysis for name, (_, analysis) in found.items()},
        )
        progress("claims", start + len(batch), len(waiting), batch[-1].title)
    return len(waiting)


def compose(parts: Parts, *, progress: Progress = silent) -> ComposeReport:
    """Compose the brief of every story that changed since its last one; a brief that says the same is not stored.

    Where no brief passes the check, the last good one stays, and the rejection says why.
    """
    rewriter = _rewriter(parts)
    waits = rewriter is not None and rewriter.can_ask()
    changed = [
        (contents, made_from)
        for contents in parts.store.contents().values()
        if contents.composed_from not in ((made_from := _made_from(parts, contents)), _waiting(made_from))
        or (waits and contents.composed_from == _waiting(made_from))
    ]
    counts: dict[str, int] = defaultdict(int)
    days = set()
    for done, (contents, made_from) in enumerate(changed, 1):
        what = _compose(parts, contents.story, made_from, rewriter)
        counts[what] += 1
        if what == "composed":
            days.add(day_of(parts, contents.latest))
        progress("compose", done, len(changed), contents.story)
    problems = tuple(dict.fromkeys(rewriter.problems)) if rewriter else ()
    return ComposeReport(**counts, days=tuple(sorted(days)), problems=problems)


def make_edition(parts: Parts, day: date | None = None) -> int:
    """Make the edition of a day (today, in the desk's zone): the stories whose latest article is of that day.

    A story that went on since then keeps the place and the brief that it had; one that an earlier edition told is told
    again only if it has something new. Returns how many briefs it has.
    """
    day = day or day_of(parts, parts.clock())
    contents = parts.store.contents()
    told = told_before(parts, day)
    of_day = [name for name, one in contents.items() if day_of(parts, one.latest) == day]
    here = parts.store.stored_briefs(name for name in of_day if name not in told or is_news(parts, name, day))
    before = parts.store.stored_edition(day) or ()
    kept = [one for one in before if one.brief.id in contents and day_of(parts, contents[one.brief.id].latest) != day]
    order = by_weight(parts, _end_of(parts, day), [*here, *kept], contents)
    if before and [one.number for one in before] == [one.number for one in order]:
        return len(order)
    if order or before:
        parts.store.save_edition(day, [one.number for one in order], made=parts.clock())
    return len(order)


def day_of(parts: Parts, moment: datetime) -> date:
    """Return the day of a moment in the desk's time zone."""
    return moment.astimezone(ZoneInfo(parts.settings.zone)).date()


def _claims_of(parts: Parts, batch: Sequence[Article]) -> dict[str, tuple[Sequence[Claim], Analysis]]:
    try:
        return {
            article.id: found
            for article, found in zip(batch, claims.analysed_claims_of(batch, parts.language), strict=True)
        }
    except NutgrafError:
        raise
    except Exception as error:  # one article must not stop the others, even where the fault is ours; it is stored
        if len(batch) > 1:
            return {name: found for article in batch for name, found in _claims_of(parts, [article]).items()}
        why = _fault(batch[0].id, error, "its claims")
        parts.store.save_rejection(why, moment=parts.clock())
        return {}  # not "none found": they are looked for again by the next run


def _fault(subject: str, error: Exception, what: str) -> Rejected:
    detail = f"A fault in nutgraf with {what} ({type(error).__name__}: {error}); please report it"
    return Rejected(subject=subject, reason=Reason.BAD_INPUT, detail=detail)


def _end_of(parts: Parts, day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(parts.settings.zone))


def by_weight(
    parts: Parts, end: datetime, found: Sequence[StoredBrief], contents: Mapping[str, StoryContents]
) -> list[StoredBrief]:
    """Order stories by what they weighed when the last article of them came, or at ``end``, the heaviest first.

    The same articles give the same order whenever it is asked for.
    """
    at = max((min(contents[one.brief.id].latest, end) for one in found), default=end)

    def key(one: StoredBrief) -> tuple[float, float, int]:
        weight = story_weight(parts, one.brief.id, at=at)
        latest = contents[one.brief.id].latest.timestamp()
        return (-round(weight.total, 6) if weight else 0.0, -latest, one.number)

    return sorted(found, key=key)


def _made_from(parts: Parts, contents: StoryContents) -> str:
    """Return what stands for all that a brief is made from: other articles, settings or program may give another."""
    settings = parts.settings
    made_from = [__version__, settings.words, settings.length, settings.single_outlet, contents.articles]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def _waiting(made_from: str) -> str:
    """Return what stands for a brief that its writer has yet to be asked about."""
    return f"waits:{made_from[:56]}"


def _rewriter(parts: Parts) -> Rewriter | None:
    if parts.writer is None:
        return None
    return Rewriter(parts.writer, parts.store, parts.language, parts.settings, parts.clock)


def _compose(parts: Parts, name: str, made_from: str, rewriter: Rewriter | None) -> str:
    placed = parts.store.placed_in(name)
    found = {one.stored.article.id: one.stored.article for one in placed}
    (story,) = stories_of([one.placement for one in placed], found)
    brief = _brief_of(parts, story, found)
    if isinstance(brief, Brief):
        brief = _marked(parts, brief, story, found, day_of(parts, placed[-1].stored.moment))
    if rewriter is not None and isinstance(brief, Brief):
        outcome = rewriter.reword(brief)
        brief, made_from = outcome.brief, _waiting(made_from) if outcome.waits else made_from
    now = parts.clock()
    if isinstance(brief, Rejected):
        parts.store.keep_brief(name, brief, composed=now, composed_from=made_from)
        return "kept"
    return "composed" if parts.store.save_brief(brief, composed=now, composed_from=made_from) else "same"


def _marked(parts: Parts, brief: Brief, story: Story, found: Mapping[str, Article], day: date) -> Brief:
    """Return a brief with its marks: what only one outlet has, and what is new since the last edition that told it."""
    brief = with_sole(brief, story, found)
    told = parts.store.last_told(brief.id, before=day)
    return with_changes(brief, told[1], told[0]) if told else brief


def _brief_of(parts: Parts, story: Story, found: Mapping[str, Article]) -> Brief | Rejected:
    outlets = {article.outlet for article in found.values()}
    if len(outlets) < 2 and not parts.settings.single_outlet:
        detail = 'Only one outlet has it, and the setting "single_outlet" leaves such stories out'
        return Rejected(subject=story.id, reason=Reason.NOTHING_TO_SAY, detail=detail)
    said: dict[str, list[Claim]] = {name: [] for name in story.articles}
    for claim in parts.store.claims_of(story.articles):
        said[claim.article].append(claim)
    try:
        analyses = parts.store.analyses_of(story.articles)
        words = words_for(Length(parts.settings.length), parts.settings.words)
        relations = relate_claims(
            [claim for name in story.articles for claim in said[name]],
            {name: found[name].text for name in story.articles},
            analyses,
        )
        brief = briefs.compose(story, found, said, parts.language, words=words, relations=relations, analyses=analyses)
    except NutgrafError:
        raise
    except Exception as error:  # one story must not stop the others, even where the fault is ours; it is stored
        return _fault(story.id, error, "its brief")
    if isinstance(brief, Brief) and (faults := briefs.check(brief)):
        return Rejected(subject=story.id, reason=Reason.NOTHING_TO_SAY, detail=_told(faults))
    return brief


def _told(faults: Sequence[briefs.Fault]) -> str:
    return "Its brief does not pass the check: " + "; ".join(f"{fault.place}: {fault.message}" for fault in faults)
