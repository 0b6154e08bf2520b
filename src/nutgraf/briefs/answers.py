"""The denial beside its claim: what is put among a brief's bullets, joined and paired for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from nutgraf.briefs import words
from nutgraf.briefs.disputes import denial_of, denies, is_denied, says_the_same
from nutgraf.briefs.related import Known
from nutgraf.briefs.wording import Wording, joined

DISPUTED = 0.08
"""What a passage gains, in the unit of ``ranking.rank``, that is denied close by or denies what stands close by."""


def with_charges(scores: Sequence[float], near: Mapping[int, int]) -> list[float]:
    """Give what is denied close by, and the denial, more weight: who denies what is what a reader asks."""
    both = {*near, *near.values()}
    return [score + (DISPUTED if place in both else 0.0) for place, score in enumerate(scores)]


@dataclass(frozen=True, slots=True)
class Answered:
    """Bullets with the denials that belong beside them; ``denial`` is the lede's.

    ``answers`` has the denial of each bullet that is denied, by the bullet's identity.
    """

    bullets: list[Wording]
    denial: Wording | None = None
    answers: dict[int, Wording] = field(default_factory=dict)

    def side_by_side(self, bullets: Sequence[Wording]) -> list[Wording]:
        """Return the bullets with each denial among them right after the one that it denies."""
        found = list(bullets)
        for claim in bullets:
            answer = self.answers.get(id(claim))
            if answer is not None and any(answer is one for one in found):
                found = [one for one in found if one is not answer]
                at = next(place for place, one in enumerate(found) if one is claim)
                found.insert(at + 1, answer)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The denials of a story: ``denying`` can stand alone, ``near`` are known by their place (``near_answers``)."""

    wordings: Sequence[Wording]
    near: Mapping[int, int]
    denying: Sequence[Wording]
    relations: Known
    is_whole: Callable[[Wording], bool]
    budget: int

    def beside(self, lede: Wording, bullets: Sequence[Wording]) -> Answered:
        """Return the bullets with each denial that belongs beside the lede or one of them, in no more words."""
        denial = self._of(lede) or denial_of(lede, self.denying, self.relations)
        found = list(bullets)
        if denial is not None:
            found = make_room([w for w in found if not _adds_nothing(w, denial)], denial, self.budget)
        found = self._with_charges(lede, self._with_denials_that_lean(found))
        answers = _each_once(self._by_bullet(found), denial)
        for answer in {id(one): one for one in answers.values()}.values():
            if answer not in found and not (denial and answer.passage.span == denial.passage.span):
                paired = [*answers.values(), *(one for one in found if id(one) in answers)]
                found = [*make_room(found, answer, self.budget, but=paired), answer]
        return Answered(found, denial, answers)

    def _close(self, wording: Wording) -> Wording | None:
        """Return the denial that stands close by a wording in its article."""
        spans = {self.wordings[claim].passage.span: denial for claim, denial in self.near.items()}
        place = spans.get(wording.passage.span)
        return None if place is None else self.wordings[place]

    def _of(self, wording: Wording) -> Wording | None:
        """Return the denial close by that can stand alone."""
        close = self._close(wording)
        stands = close is not None and not close.leans and any(close is one for one in self.denying)
        return close if stands else None

    def _with_denials_that_lean(self, bullets: Sequence[Wording]) -> list[Wording]:
        """Let "The agency denied that" follow in one bullet what it denies, where it stands right behind it."""
        found = list(bullets)
        for wording in bullets:
            answer = self._close(wording)
            if answer is None or self._of(wording) is answer or answer.citations[0] in wording.citations:
                continue
            if answer.passage.place == wording.passage.place + 1 and wording in found:
                found = make_room(found, answer, self.budget, but=[wording])
                found[found.index(wording)] = joined(wording, answer)
        return found

    def _with_charges(self, lede: Wording, bullets: Sequence[Wording]) -> list[Wording]:
        """Put in what a denial among the bullets denies, where no line tells it yet."""
        found = list(bullets)
        for claim, denial in self.near.items():
            charge, told = self.wordings[claim], [lede, *found]
            if self.wordings[denial] not in found or any(one.passage.span == charge.passage.span for one in told):
                continue
            if self.is_whole(charge) and not charge.leans:
                found = [*make_room(found, charge, self.budget, but=[self.wordings[denial]]), charge]
        return found

    def _by_bullet(self, bullets: Sequence[Wording]) -> dict[int, Wording]:
        """Return the denial of each bullet that its article or a claim of the story denies, by its identity."""
        found = {}
        for wording in bullets:
            close = self._close(wording)
            if close is not None and close.citations[0] in wording.citations:
                continue  # it stands there already
            answer = self._of(wording)
            if answer is None and is_denied(wording, self.relations):
                answer = denial_of(wording, self.denying, self.relations)
            if answer is not None:
                found[id(wording)] = next((w for w in bullets if w.passage.span == answer.passage.span), answer)
        return found


def _each_once(answers: Mapping[int, Wording], denial: Wording | None) -> dict[int, Wording]:
    """Answer with a denial that is told anyway, the lede's first, where another says the same."""
    told = [denial] if denial is not None else []
    found = {}
    for claim, answer in answers.items():
        found[claim] = next((one for one in told if says_the_same(one, answer)), answer)
        told.append(found[claim])
    return found


def make_room(bullets: list[Wording], wording: Wording, budget: int, but: Sequence[Wording] = ()) -> list[Wording]:
    """Leave out the last choices until a wording fits; those of ``but`` stay."""
    while sum(words.count_words(w.text) for w in [*bullets, wording]) > budget:
        last = next((w for w in reversed(bullets) if not any(w is one for one in but)), None)
        if last is None:
            break
        bullets = [w for w in bullets if w is not last]
    return bullets


def _adds_nothing(wording: Wording, denial: Wording) -> bool:
    """Tell whether a passage is the denial that the lede has, or one that says no more than that."""
    return wording.passage.span == denial.passage.span or denies(wording) and says_the_same(wording, denial)
