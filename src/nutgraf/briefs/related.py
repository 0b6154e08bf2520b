"""What the relations between a story's claims say of its passages: which tell the same, and what denies what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from nutgraf.briefs.passages import Passage
from nutgraf.model import Claim
from nutgraf.ports import ClaimRelations

MOST = 0.5
"""Share of a passage that a claim's content must fill for the passage to tell that claim and little else."""


@dataclass(frozen=True, slots=True)
class Known:
    """The relations of a story by claim (its identity): its group, where others say the same, and who denies it."""

    groups: Mapping[int, int] = field(default_factory=dict)
    denials: Mapping[int, tuple[Claim, ...]] = field(default_factory=dict)


def known(relations: ClaimRelations | None) -> Known:
    """Return the relations by claim; the claims must be the very ones that the passages hold."""
    if relations is None:
        return Known()
    groups = {id(claim): number for number, group in enumerate(relations.groups) for claim in group if len(group) > 1}
    denials: dict[int, list[Claim]] = defaultdict(list)
    for pair in relations.denials:
        for claim in pair.denied:
            denials[id(claim)].append(pair.denial)
    return Known(groups, {claim: tuple(those) for claim, those in denials.items()})


def told_in(passage: Passage, relations: Known) -> frozenset[int]:
    """Return the groups of the claims that a passage tells, those that fill most of it."""
    size = passage.span.end - passage.span.start
    found = set()
    for claim in passage.claims:
        group = relations.groups.get(id(claim))
        inside = sum(
            min(part.end, passage.span.end) - max(part.start, passage.span.start)
            for part in claim.content
            if part.overlaps(passage.span)
        )
        if group is not None and inside > MOST * size:
            found.add(group)
    return frozenset(found)


def denied_by(passage: Passage, relations: Known) -> list[Claim]:
    """Return the claims that deny what a passage tells."""
    return [denial for claim in passage.claims for denial in relations.denials.get(id(claim), ())]
