"""Two versions of one article: nothing where the text stayed, else what changed, paragraph by paragraph; and correction notes."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from nutgraf.model import Article

# A note by which an outlet corrects itself, in the languages read. Each needs the note's own form: its label with a colon, a dash or
# a date behind it, or the sentence that speaks of an earlier version of this very text.
NOTE = re.compile(
    r"^\W*(?:"
    r"(?:(?:editor['’]s note\W+)?(?:corrections?|clarification|correction and clarification|erratum|corrigendum|korrektur|berichtigung|richtigstellung|"
    r"rectificatif|rectification|correctif|erratum|correcci[oó]n|rectificaci[oó]n|fe de erratas|corre[cç][aã]o|errata|rettifica|correzione|errata corrige|"
    r"sprostowanie|korekta|erratum|исправление|уточнение|поправка|düzeltme|tashih|correctie|rättelse|rettelse)"
    r"(?:\s*[:—–|-]|\s*\(|,?\s+(?:(?:on|of|vom|du|del|de|z|от)\s+)?(?:[^\W\d_]+\.?,?\s+)?\d{1,2}[^:]{0,40}:))|"
    r"(?:a|this) (?:correction|clarification) was (?:made|issued|added|appended)\b|"
    r"(?:this|the) (?:article|story|report|post|piece|headline|page) (?:has been|was) (?:corrected|amended|clarified|updated to (?:correct|clarify|reflect|remove))\b|"
    r"(?:an|a previous|the original|an original) (?:earlier )?version of this (?:article|story|report|post|piece|caption)\b|"
    r"(?:an )?earlier versions? of this (?:article|story|report|post|piece)\b|(?:a )?previous version of this (?:article|story|report|post|piece)\b|"
    r"in einer (?:früheren|ersten|vorherigen) (?:version|fassung)\b|(?:anmerkung der redaktion|hinweis der redaktion)\s*:|(?:wir haben (?:das|den fehler|die angabe) (?:korrigiert|berichtigt))|"
    r"une (?:première|précédente) version de cet article\b|cet article a été (?:corrigé|modifié)\b|"
    r"(?:una|en una) versión anterior de est[ea]\b|uma versão anterior dest[ea]\b|(?:una|in una) versione precedente di quest|"
    r"(?:we|when we) (?:are sorry|apologi[sz]e|learn of a mistake)\b"
    r")",
    re.I,
)
MAX_NOTE = 1200  # characters


def is_note(paragraph: str) -> bool:
    """Tell whether a paragraph is a note by which the outlet corrects itself."""
    return len(paragraph) <= MAX_NOTE and bool(NOTE.match(paragraph))


def without_notes(paragraphs: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Part a text from its correction notes: what they say was wrong must not be cited as said."""
    notes = tuple(text for text in paragraphs if is_note(text))
    if len(notes) == len(paragraphs):
        return paragraphs, ()  # the whole article is a correction
    return [text for text in paragraphs if text not in notes], notes


class ChangeKind(StrEnum):
    """What became of a paragraph."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph's change: ``before`` is empty for an added one, ``after`` for a removed one."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a newer version of an article changed. ``notes`` are correction notes that the older one did not have."""

    before: str
    after: str
    changes: tuple[Change, ...]
    title: Change | None = None
    notes: tuple[str, ...] = ()


def compare_versions(before: Article, after: Article) -> Revision | None:
    """Return what ``after`` changed of ``before``; ``None`` where title, text and notes say the same.

    White space, kinds of quotation marks, dashes and case count for nothing: such a change is no new version. Two
    paragraphs of which at least 60 hundredths agree, word by word, are one that was reworded.
    """
    title = None
    if folded(before.title) != folded(after.title):
        title = Change(ChangeKind.REWORDED, before.title, after.title)
    known = {folded(note) for note in before.corrections}
    notes = tuple(note for note in after.corrections if folded(note) not in known)
    changes = changes_of(before.text.split("\n\n"), after.text.split("\n\n"))
    if not (title or notes or changes):
        return None
    return Revision(before=before.id, after=after.id, changes=changes, title=title, notes=notes)


def changes_of(before: list[str], after: list[str]) -> tuple[Change, ...]:
    """Return the changes between two texts' paragraphs, in the order of the newer text."""
    old, new = [folded(text) for text in before], [folded(text) for text in after]
    changes: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += paired(before[i:j], after[k:m])
    return tuple(moved(changes))


def paired(before: list[str], after: list[str]) -> list[Change]:
    """Pair the paragraphs of a changed stretch that are one reworded; the others went or came."""
    changes: list[Change] = []
    left = list(before)
    for text in after:
        best = max(left, key=lambda old: alike(old, text), default=None)
        if best is not None and alike(best, text) >= REWORDED:
            for gone in left[: left.index(best)]:
                changes.append(Change(ChangeKind.REMOVED, gone, ""))
            left = left[left.index(best) + 1 :]
            changes.append(Change(ChangeKind.REWORDED, best, text))
        else:
            changes.append(Change(ChangeKind.ADDED, "", text))
    return changes + [Change(ChangeKind.REMOVED, gone, "") for gone in left]


REWORDED = 0.6


def alike(one: str, other: str) -> float:
    """Return how far two paragraphs agree, word by word, from 0 to 1."""
    return SequenceMatcher(None, folded(one).split(), folded(other).split(), autojunk=False).ratio()


def moved(changes: list[Change]) -> list[Change]:
    """Join a paragraph that went with the same one that came elsewhere."""
    gone = {folded(change.before): change for change in changes if change.kind is ChangeKind.REMOVED}
    came = {folded(change.after) for change in changes if change.kind is ChangeKind.ADDED}
    joined: list[Change] = []
    for change in changes:
        if change.kind is ChangeKind.REMOVED and folded(change.before) in came:
            continue
        if change.kind is ChangeKind.ADDED and folded(change.after) in gone:
            change = Change(ChangeKind.MOVED, gone[folded(change.after)].before, change.after)
        joined.append(change)
    return joined


SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."}
)


def folded(text: str) -> str:
    """Fold a text for comparison: compatible forms, plain signs, single spaces, no case."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(SIGNS).split()).casefold()
