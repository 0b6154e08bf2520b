"""Batches of windows, and the losses of labels and of links that the tagger is trained by."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own name for it)
from torch import Tensor

from eval.claims_marks import WINDOW, Gold
from eval.claims_network import LINK, NEVER, Tagger
from nutgraf.claims.chances import LABELS
from nutgraf.claims.tagging import distances
from nutgraf.nlp.windows import Window, pack
from nutgraf.nlp.wordpiece import MASK

LOST_SPANS = 0.12
"""Share of gold cues and sources hidden from the linker in training, as the tagger will miss some."""


@dataclass(frozen=True)
class Wanted:
    """The labels wanted of paragraphs side by side: probabilities of single ones and of pairs; zero past the end."""

    single: Tensor
    pairs: Tensor


def wanted_of(golds: Sequence[Gold], longest: int, *, trust: float) -> Wanted:
    """Lay what is wanted side by side; ``trust`` is the share of a teacher's word where there is a mark as well."""
    n = len(LABELS)
    single, pairs = torch.zeros(len(golds), longest, n), torch.zeros(len(golds), longest - 1, n, n)
    for row, one in enumerate(golds):
        size = len(one.labels)
        share = 0.0 if one.taught is None else trust if one.marked else 1.0
        if share:
            single[row, :size] = share * torch.from_numpy(one.taught[0]).float()
            pairs[row, : size - 1] = share * torch.from_numpy(one.taught[1]).float()
        if share < 1:
            labels = torch.tensor(one.labels)
            single[row, torch.arange(size), labels] += 1 - share
            pairs[row, torch.arange(size - 1), labels[:-1], labels[1:]] += 1 - share
    return Wanted(single, pairs)


def field_loss(scores: Tensor, wanted: Wanted, real: Tensor, field: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Return the cross-entropy between rows of labels as wanted and as scored, summed over the paragraphs.

    For certain labels that is their negative log-likelihood. A teacher's row of labels enters by the probabilities of
    single labels and of pairs, which is exact, since the score of a row is a sum over both.
    """
    start, moves, stop = field
    rows = torch.arange(len(scores))
    last = real.sum(1).long() - 1
    path = (wanted.single * scores).sum((1, 2)) + (wanted.pairs * moves).sum((1, 2, 3))
    path = path + wanted.single[:, 0] @ start + wanted.single[rows, last] @ stop
    alpha = scores[:, 0] + start
    for t in range(1, scores.shape[1]):
        following = torch.logsumexp(alpha[:, :, None] + moves[None], 1) + scores[:, t]
        alpha = torch.where(real[:, t, None] > 0, following, alpha)
    return (torch.logsumexp(alpha + stop, 1) - path).sum()


@dataclass
class Batch:
    """Windows padded to one length, with the paragraphs in them laid side by side."""

    pieces: Tensor
    looks: Tensor
    real: Tensor
    golds: list[Gold]
    firsts: list[Tensor]

    def words(self) -> int:
        """Return how many words the batch has."""
        return sum(map(len, self.firsts))


def batch(
    windows: list[Window], known: dict[int, Gold], *, drop: float = 0.0, dice: random.Random | None = None
) -> Batch:
    """Pad windows into a batch; ``drop`` is the share of words whose pieces are masked."""
    length = max(len(window.pieces) for window in windows)
    pieces, looks, real = (torch.zeros(len(windows), length, dtype=torch.long) for _ in range(3))
    marked, firsts = [], []
    for row, window in enumerate(windows):
        ids = list(window.pieces)
        for paragraph, begins in zip(window.paragraphs, window.firsts, strict=True):
            for at, cut in zip(begins, paragraph.pieces, strict=True):
                if dice and dice.random() < drop:
                    ids[at : at + len(cut)] = [MASK] * len(cut)
            marked.append(known[id(paragraph)])
            firsts.append(torch.tensor(begins) + row * length)
        pieces[row, : len(ids)] = torch.tensor(ids)
        looks[row, : len(ids)] = torch.tensor(window.looks)
        real[row, : len(ids)] = 1
    return Batch(pieces, looks, real, marked, firsts)


def epoch(marked: list[list[Gold]], dice: random.Random, *, size: int) -> Iterator[list[Window]]:
    """Yield batches of windows, shuffled, windows of like length together, cut at another place every time."""
    windows = []
    for article in marked:
        limit = dice.choice((126, 190, WINDOW, WINDOW))
        windows += pack((one.paragraph for one in article), limit=limit, first=dice.randint(40, limit))
    dice.shuffle(windows)
    pools = [windows[i : i + 12 * size] for i in range(0, len(windows), 12 * size)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda window: len(window.pieces))
        batches += by_pieces(pool, size * WINDOW)
    dice.shuffle(batches)
    yield from batches


def by_pieces(windows: list[Window], most: int) -> Iterator[list[Window]]:
    """Yield runs of windows that, padded, have at most so many pieces."""
    run: list[Window] = []
    for window in windows:
        if run and (len(run) + 1) * len(window.pieces) > most:
            yield run
            run = []
        run.append(window)
    if run:
        yield run


def losses(tagger: Tagger, one: Batch, dice: random.Random, *, trust: float) -> tuple[Tensor, Tensor]:
    """Return the loss of labels and of links, each a mean."""
    flat = tagger(one.pieces, one.looks, one.real).flatten(0, 1)
    longest = max(map(len, one.firsts))
    places = torch.zeros(len(one.firsts), longest, dtype=torch.long)
    real = torch.zeros(len(one.firsts), longest)
    for row, firsts in enumerate(one.firsts):
        places[row, : len(firsts)] = firsts
        real[row, : len(firsts)] = 1
    scores = flat[places.flatten(), : len(LABELS)].view(*places.shape, -1)
    spans = field_loss(scores, wanted_of(one.golds, longest, trust=trust), real, tagger.field()) / one.words()
    return spans, link_loss(tagger, flat, one, dice)


def link_loss(tagger: Tagger, flat: Tensor, one: Batch, dice: random.Random) -> Tensor:
    """Return the mean loss of giving each content its cue, and each cue its source, within a paragraph."""
    total, count = flat.new_zeros(()), 0
    kept = [kept_spans(marked, dice) for marked in one.golds]
    for kind, (seekers, sought, answer) in enumerate(
        (("contents", "cues", "cue_of"), ("cues", "sources", "source_of"))
    ):
        a, b, ranges_a, ranges_b, owner_a, owner_b, wanted = [], [], [], [], [], [], []
        for row, (marked, keep) in enumerate(zip(one.golds, kept, strict=True)):
            firsts, base = one.firsts[row], len(b)
            renumbered = {old: base + new for new, old in enumerate(keep[sought])}
            for start, end in (getattr(marked, sought)[i] for i in keep[sought]):
                b.append((int(firsts[start]), int(firsts[end - 1])))
                ranges_b.append((start, end))
                owner_b.append(row)
            for i in keep[seekers]:
                start, end = getattr(marked, seekers)[i]
                a.append((int(firsts[start]), int(firsts[end - 1])))
                ranges_a.append((start, end))
                owner_a.append(row)
                wanted.append(renumbered.get(getattr(marked, answer)[i], -1))
        if not a:
            continue
        left, none = linked(flat, torch.tensor(a), 2 * kind, kind)
        scores = none[:, None]
        if b:
            right, _ = linked(flat, torch.tensor(b), 2 * kind + 1, kind)
            away = torch.from_numpy(distances(np.array(ranges_a), np.array(ranges_b)))
            pairs = left @ right.T * LINK**-0.5 + tagger.far[kind][away]
            apart = torch.tensor(owner_a)[:, None] != torch.tensor(owner_b)[None]
            scores = torch.cat([pairs.masked_fill(apart, NEVER), scores], 1)
        target = torch.tensor([w if w >= 0 else len(b) for w in wanted])
        total = total + F.cross_entropy(scores, target, reduction="sum")
        count += len(a)
    return total / max(count, 1)


def kept_spans(marked: Gold, dice: random.Random) -> dict[str, list[int]]:
    """Return which spans of each role the linker is shown."""
    return {
        "contents": list(range(len(marked.contents))),
        "cues": [i for i in range(len(marked.cues)) if dice.random() >= LOST_SPANS],
        "sources": [i for i in range(len(marked.sources)) if dice.random() >= LOST_SPANS],
    }


def linked(flat: Tensor, ends: Tensor, vector: int, kind: int) -> tuple[Tensor, Tensor]:
    """Return the vectors of spans, given by their first and last pieces, and their scores of having no partner."""
    at = len(LABELS) + vector * LINK
    both = flat[ends[:, 0]] + flat[ends[:, 1]]
    return both[:, at : at + LINK], both[:, len(LABELS) + 4 * LINK + kind]
