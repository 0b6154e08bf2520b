"""What a story carries: each claim once, with all its sayings, who else has it, who denies or contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.claims.relations import Relations
from nutgraf.model import Claim, Origin


@dataclass(frozen=True, slots=True)
class Carried:
    """One claim of a story: ``sayings`` say it, in the order the articles arrived; ``origins`` are whose they are."""

    sayings: tuple[Claim, ...]
    origins: tuple[Origin, ...]
    denied_by: tuple[Claim, ...] = ()
    contradicted_by: tuple[Claim, ...] = ()

    @property
    def by_one_alone(self) -> bool:
        """Tell whether only one origin has it, however many reprint it."""
        return len(self.origins) == 1


def carried(relations: Relations, origins: Sequence[Origin]) -> tuple[Carried, ...]:
    """Return each claim of a story once; those that most origins carry come first, then those said first.

    Raises ``KeyError`` for a claim of an article that no origin holds.
    """
    origin_of = {article: number for number, origin in enumerate(origins) for article in origin.articles}
    group_of = {id(claim): number for number, group in enumerate(relations.groups) for claim in group}
    denials: dict[int, list[Claim]] = defaultdict(list)
    for pair in relations.denials:
        for number in sorted({group_of[id(claim)] for claim in pair.denied}):
            denials[number].append(pair.denial)
    against: dict[int, list[Claim]] = defaultdict(list)
    for contradiction in relations.contradictions:
        one, other = contradiction.one, contradiction.other
        against[group_of[id(one)]].append(other)
        against[group_of[id(other)]].append(one)
    found = [
        Carried(
            sayings=tuple(group),
            origins=tuple(origins[number] for number in sorted({origin_of[claim.article] for claim in group})),
            denied_by=tuple(denials[number]),
            contradicted_by=tuple(against[number]),
        )
        for number, group in enumerate(relations.groups)
    ]
    return tuple(sorted(found, key=lambda one: -len(one.origins)))
