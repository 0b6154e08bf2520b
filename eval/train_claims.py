"""Train the tagger that finds who says what: spans of source, cue and content, and which belong together.

    OMP_WAIT_POLICY=PASSIVE python -m eval.train_claims fit SHARED --weights FOLDER --out RUN [options]
    python -m eval.train_claims score SHARED --run RUN [--part dev|tune]
    python -m eval.train_claims label SHARED --run RUN --out FILE.npz [--part train|stream]
    python -m eval.train_claims export --run RUN --out FOLDER

SHARED is the folder that holds ``data/attribution``, ``data/stream`` and ``score``. FOLDER of ``fit`` holds
``model.safetensors`` and ``vocab.txt`` of all-MiniLM-L6-v2 or all-mpnet-base-v2. Needs torch, safetensors, onnx and
onnxruntime, which the program itself does not (onnxruntime aside). Trained on the train part alone; ``tune`` is the
last 40 of its articles, kept out unless ``--all`` is given, and what thresholds are chosen on. Seed 1.

The network: the encoder, its word embeddings frozen, with the look of each word added (letter case, inside a quotation
or not); on it a conditional random field over seven labels (BIO of three roles), one sequence a paragraph, and two
bilinear scorers that give each content its cue and each cue its source, or none.

A smaller network learns from a larger one (``label``, then ``fit --taught``) as well as from the marks: what the larger
one thinks of every label and pair of labels, in the train part and in unmarked news. What ships was made so:

    fit SHARED --weights MPNET --depth 8 --epochs 2 --rate 8e-5 --out TEACHER
    label SHARED --run TEACHER --part train --out train.npz
    label SHARED --run TEACHER --every 8 --out stream.npz
    fit SHARED --weights MINILM --all --epochs 4 --taught train.npz stream.npz --trust 0.4 --out RUN
    export --run RUN --out src/nutgraf/nlp/who_says_what
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own name for it)
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.tagging import LABELS, ROLES, Settings, buckets, decode, distances, log_sum
from nutgraf.nlp.tagger import WINDOW as SHIPPED_WINDOW
from nutgraf.nlp.tagger import OnnxTagger
from nutgraf.nlp.windows import Paragraph, Window, pack, read
from nutgraf.nlp.wordpiece import MASK, WordPieces
from nutgraf.nlp.words import LOOKS
from nutgraf.ports import LabelScores, ScoredParagraph

WINDOW = 254
LINK = 48
"""Width of the vectors that link spans."""

NEVER = -1e4
QUICK = torch.backends.cpu.get_cpu_capability() not in ("DEFAULT", "AVX2")
"""Whether the processor may know bfloat16."""

TUNE = 40
LOST_SPANS = 0.12
"""Share of gold cues and sources hidden from the linker in training, as the tagger will miss some."""

LINK_WEIGHT = 0.3
OUTPUTS = len(LABELS) + 4 * LINK + 2


# data


@dataclass(frozen=True)
class Gold:
    """One paragraph with what is marked in it: labels a word, spans as word ranges, and links as indices of spans."""

    paragraph: Paragraph
    labels: tuple[int, ...]
    sources: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]
    contents: tuple[tuple[int, int], ...]
    source_of: tuple[int, ...]
    cue_of: tuple[int, ...]
    taught: tuple[np.ndarray, np.ndarray] | None = None
    """A teacher's probabilities of single labels (words, labels) and of pairs (words - 1, labels, labels)."""
    marked: bool = True
    """Whether a person marked it."""


def rows(path: Path) -> list[dict]:
    """Read a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def articles(shared: Path, part: str) -> list[dict]:
    """Return the articles of a part: dev, train (without tune), tune, or all (train and tune)."""
    found = rows(shared / "data" / "attribution" / f"{'dev' if part == 'dev' else 'train'}.jsonl.gz")
    return {"dev": found, "all": found, "train": found[:-TUNE], "tune": found[-TUNE:]}[part]


def trimmed(span: Sequence[int], text: str) -> tuple[int, int]:
    """Return the span without marks at its ends; one of marks alone as it is."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else (span[0], span[1])


def golds(row: dict, cut: WordPieces) -> list[Gold]:
    """Read an article and lay its marks on its words."""
    return [gold(paragraph, row) for paragraph in read(row["text"], cut, limit=WINDOW - 2)]


def teacher_of(file: Path) -> list[list[tuple[np.ndarray, np.ndarray]]]:
    """Read a teacher's probabilities, article by article, paragraph by paragraph."""
    with np.load(file) as held:
        single, pairs, sizes, articles_of = (held[name] for name in ("single", "pairs", "sizes", "articles"))
    found: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in range(int(articles_of.max()) + 1)]
    at = 0
    for size, article in zip(sizes.tolist(), articles_of.tolist(), strict=True):
        found[article].append((single[at : at + size], pairs[at : at + size - 1]))
        at += size
    return found


def with_lessons(article: list[Gold], lessons: list[tuple[np.ndarray, np.ndarray]], *, marked: bool) -> list[Gold]:
    """Give each paragraph what the teacher says of it."""
    return [replace(one, taught=lesson, marked=marked) for one, lesson in zip(article, lessons, strict=True)]


def gold(paragraph: Paragraph, row: dict) -> Gold:
    """Lay the marks of an article on the words of one of its paragraphs."""
    inside = {role: [] for role in ROLES}
    source_of, cue_of = [], []
    for one in row["attributions"]:
        here = {role: spans_in(paragraph, one[role], row["text"]) for role in ROLES}
        numbers = {role: [number(inside[role], span) for span in here[role]] for role in ROLES}
        source_of += [(cue, (numbers["source"] or [-1])[0]) for cue in numbers["cue"]]
        cue_of += [(content, (numbers["cue"] or [-1])[0]) for content in numbers["content"]]
    labels = [0] * len(paragraph.words)
    for role, spans in inside.items():
        begin = 1 + 2 * ROLES.index(role)
        for start, end in spans:
            labels[start:end] = [begin] + [begin + 1] * (end - start - 1)
    return Gold(
        paragraph,
        tuple(labels),
        *(tuple(inside[role]) for role in ROLES),
        tuple(dict(source_of).get(i, -1) for i in range(len(inside["cue"]))),
        tuple(dict(cue_of).get(i, -1) for i in range(len(inside["content"]))),
    )


def number(spans: list[tuple[int, int]], span: tuple[int, int]) -> int:
    """Return the index of ``span``, added where it is new."""
    if span not in spans:
        spans.append(span)
    return spans.index(span)


def spans_in(paragraph: Paragraph, spans: Sequence[Sequence[int]], text: str) -> list[tuple[int, int]]:
    """Return character spans as ranges of the paragraph's words, those that have words in it."""
    found = []
    for span in spans:
        start, end = trimmed(span, text)
        hit = [i for i, word in enumerate(paragraph.words) if word.start < end and start < word.end]
        if hit:
            found.append((hit[0], hit[-1] + 1))
    return found


# network


class Layer(nn.Module):
    """One transformer layer of BERT's kind, query, key and value in one product."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the next states; ``bias`` is added to the attention scores."""
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            mixed = torch.softmax(q @ k.transpose(2, 3) * (width // self.heads) ** -0.5, -1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = self.out(mixed.transpose(1, 2).reshape(size, length, width))
        x = self.norm1(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """MiniLM (BERT) or MPNet, read from a safetensors file; the first ``depth`` layers of it."""

    def __init__(self, file: Path, depth: int | None, dropout: float) -> None:
        super().__init__()
        weights = {name.removeprefix("mpnet."): value.float() for name, value in load_file(file).items()}
        self.mpnet = "encoder.relative_attention_bias.weight" in weights
        self.names = MPNET_NAMES if self.mpnet else BERT_NAMES
        depth = depth or 1 + max(int(n.split(".")[2]) for n in weights if n.startswith("encoder.layer."))
        words = weights["embeddings.word_embeddings.weight"]
        self.width, eps = words.shape[1], 1e-5 if self.mpnet else 1e-12
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        places = weights["embeddings.position_embeddings.weight"][2 if self.mpnet else 0 :]
        if not self.mpnet:
            places = places + weights["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Embedding.from_pretrained(places.clone(), freeze=False)
        self.looks = nn.Embedding(LOOKS + 1, self.width)
        nn.init.zeros_(self.looks.weight)
        self.norm = nn.LayerNorm(self.width, eps)
        self.norm.load_state_dict({n: weights[f"embeddings.LayerNorm.{n}"] for n in ("weight", "bias")})
        self.layers = nn.ModuleList(Layer(self.width, 12, inner, eps, dropout) for _ in range(depth))
        for i, layer in enumerate(self.layers):
            self._fill(layer, weights, f"encoder.layer.{i}.")
        self.dropout = dropout
        if self.mpnet:
            self.far = nn.Embedding.from_pretrained(weights["encoder.relative_attention_bias.weight"], freeze=False)

    def _fill(self, layer: Layer, weights: dict[str, Tensor], prefix: str) -> None:
        for kind in ("weight", "bias"):
            for ours, theirs in self.names.items():
                value = torch.cat([weights[f"{prefix}{name}.{kind}"] for name in theirs])
                getattr(getattr(layer, ours), kind).data.copy_(value)

    def forward(self, pieces: Tensor, looks: Tensor, real: Tensor) -> Tensor:
        """Return the last states of rows of pieces; ``real`` is 1 where there is a piece and 0 where padding."""
        if self.mpnet:
            pieces = as_mpnet(pieces)
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.places(at) + self.looks(looks))
        x = F.dropout(x, self.dropout, self.training)
        bias = (1 - real.float())[:, None, None, :] * NEVER
        if self.mpnet:
            bias = bias + self.far(mpnet_buckets(at)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x


BERT_NAMES = {
    "qkv": [f"attention.self.{n}" for n in ("query", "key", "value")],
    "out": ["attention.output.dense"],
    "norm1": ["attention.output.LayerNorm"],
    "up": ["intermediate.dense"],
    "down": ["output.dense"],
    "norm2": ["output.LayerNorm"],
}
MPNET_NAMES = {
    "qkv": [f"attention.attn.{n}" for n in "qkv"],
    "out": ["attention.attn.o"],
    "norm1": ["attention.LayerNorm"],
    "up": ["intermediate.dense"],
    "down": ["output.dense"],
    "norm2": ["output.LayerNorm"],
}


def as_mpnet(pieces: Tensor) -> Tensor:
    """Return BERT's piece numbers as MPNet's: four further on, but for the marks of its own."""
    shifted = pieces + 4
    for ours, theirs in ((0, 1), (101, 0), (102, 2), (103, 30526)):
        shifted = torch.where(pieces == ours, theirs, shifted)
    return shifted


def mpnet_buckets(at: Tensor) -> Tensor:
    """Return MPNet's 32 relative places of each pair of positions."""
    away = at[:, None] - at[None, :]
    side = (away < 0).long() * 16
    away = away.abs()
    far = 8 + (torch.log(away.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return side + torch.where(away < 8, away, far.clamp(max=15))


class Tagger(nn.Module):
    """The encoder with its three heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.width, OUTPUTS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        n = len(LABELS)
        self.start, self.stop = nn.Parameter(torch.zeros(n)), nn.Parameter(torch.zeros(n))
        self.moves = nn.Parameter(torch.zeros(n, n))
        self.far = nn.Parameter(torch.zeros(2, buckets()))

    def forward(self, pieces: Tensor, looks: Tensor, real: Tensor) -> Tensor:
        """Return for each piece the scores of labels, then what the linker needs."""
        if torch.onnx.is_in_onnx_export():
            return self.head(self.encoder(pieces, looks, real))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=QUICK):  # three times as fast where known
            return self.head(self.encoder(pieces, looks, real)).float()

    def field(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of labels at a paragraph's start, after another, and at its end."""
        barred_start, barred = barriers()
        return self.start + barred_start, self.moves + barred, self.stop


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


def barriers() -> tuple[Tensor, Tensor]:
    """Return what makes it impossible to go on with a span that is not open."""
    n = len(LABELS)
    start, moves = torch.zeros(n), torch.zeros(n, n)
    for inner in range(2, n, 2):
        start[inner] = NEVER
        moves[:, inner] = NEVER
        moves[inner - 1, inner] = moves[inner, inner] = 0
    return start, moves


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


# batches


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


# losses


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


# training


def fit(options: argparse.Namespace) -> None:
    """Train, keeping a running mean of the weights; go on from the last checkpoint where there is one."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    cut = pieces_of(Path(options.weights))
    training = articles(Path(options.shared), "all" if options.all else "train")[: options.articles]
    marked = [golds(row, cut) for row in training]
    taught = {file: teacher_of(Path(file)) for file in options.taught}
    for file, lessons in taught.items():
        if Path(file).name.startswith("train"):
            rest = marked[len(lessons) :]
            marked = [with_lessons(*pair, marked=True) for pair in zip(marked, lessons, strict=False)] + rest
        else:
            unmarked = [golds(row, cut) for row in rows(Path(file).with_suffix(".jsonl.gz"))]
            marked += [
                with_lessons(article, lesson, marked=False) for article, lesson in zip(unmarked, lessons, strict=True)
            ]
    tagger = Tagger(Encoder(Path(options.weights) / "model.safetensors", options.depth, options.dropout))
    if options.start:
        tagger.load_state_dict(torch.load(options.start, weights_only=True)["mean"])
    (out / "options.json").write_text(json.dumps(vars(options), default=str, indent=1))
    Run(tagger, marked, options, out).go()


def pieces_of(folder: Path) -> WordPieces:
    """Return the cutter of BERT's vocabulary; MPNet's is the same four places on, so it is read as BERT's."""
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return WordPieces(pieces[4:-1] if pieces[0] == "<s>" else pieces)


class Run:
    """One training run, which can be broken off and gone on with."""

    def __init__(self, tagger: Tagger, marked: list[list[Gold]], options: argparse.Namespace, out: Path) -> None:
        self.tagger, self.marked, self.options, self.out = tagger, marked, options, out
        self.known = {id(one.paragraph): one for article in marked for one in article}
        heads = {id(p) for n, p in tagger.named_parameters() if not n.startswith("encoder.") or "looks" in n}
        moved = [p for p in tagger.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in moved if id(p) not in heads], "lr": options.rate, "weight_decay": 0.01},
                {"params": [p for p in moved if id(p) in heads], "lr": options.head_rate, "weight_decay": 0.0},
            ]
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.mean = {n: v.detach().clone() for n, v in tagger.state_dict().items()}
        self.step = 0
        pieces = sum(one.paragraph.size + 1 for article in marked for one in article)
        self.steps = round(options.epochs * pieces / (options.batch * WINDOW) * 1.05)

    def go(self) -> None:
        """Train to the end."""
        self.load()
        began, seen, first = time.monotonic(), 0, self.step
        sums = np.zeros(2)
        for windows in self.batches():
            one = self.batch(windows)
            seen += int(one.real.sum())
            sums += self.learn(one)
            if self.step % 50 == 0:
                spent = time.monotonic() - began
                left = spent / (self.step - first) * (self.steps - self.step)
                spans, links = sums / 50
                print(
                    f"step {self.step}/{self.steps} labels {spans:.4f} links {links:.4f} "
                    f"{seen / spent:.0f} pieces/s, {left / 60:.0f} min left",
                    flush=True,
                )
                sums[:] = 0
            if self.step % 100 == 0 or self.step >= self.steps:
                self.save()
            if self.step >= self.steps:
                return

    def batches(self) -> Iterator[list[Window]]:
        """Yield the batches that are still to be learnt from, epoch after epoch; the same ones in every run."""
        done = 0
        for number in itertools.count():
            dice = random.Random(f"{self.options.seed} epoch {number}")
            batches = list(epoch(self.marked, dice, size=self.options.batch))
            yield from batches[max(0, self.step - done) :]
            done += len(batches)

    def batch(self, windows: list[Window]) -> Batch:
        """Make a batch, with words dropped."""
        self.dice = random.Random(f"{self.options.seed} step {self.step}")
        return batch(windows, self.known, drop=self.options.drop, dice=self.dice)

    def learn(self, one: Batch) -> np.ndarray:
        """Take one step; return the two losses."""
        self.tagger.train()
        share = self.step / self.steps
        scale = min(1.0, self.step / max(1, 0.06 * self.steps) + 0.01) * max(0.02, 1 - share)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * scale
        spans, links = losses(self.tagger, one, self.dice, trust=self.options.trust)
        self.optimizer.zero_grad()
        (spans + LINK_WEIGHT * links).backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.options.keep, self.step / (self.step + 10))
        for name, value in self.tagger.state_dict().items():
            if value.is_floating_point() and name != "encoder.words.weight":
                self.mean[name].lerp_(value, 1 - keep)
        return np.array([spans.item(), links.item()])

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {"step": self.step, "last": self.tagger.state_dict(), "mean": self.mean}
        state["optimizer"] = self.optimizer.state_dict()
        torch.save(state, self.out / "checkpoint.new")
        (self.out / "checkpoint.new").replace(self.out / "checkpoint.pt")

    def load(self) -> None:
        """Go on from the checkpoint, if any."""
        path = self.out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.step, self.mean = state["step"], state["mean"]
            self.tagger.load_state_dict(state["last"])
            self.optimizer.load_state_dict(state["optimizer"])


# use


def trained(folder: Path) -> tuple[Tagger, WordPieces]:
    """Return the trained network of a run (the mean of its weights) and its cutter of words."""
    options = json.loads((folder / "options.json").read_text())
    weights = Path(options["weights"])
    tagger = Tagger(Encoder(weights / "model.safetensors", options["depth"], 0.0))
    tagger.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["mean"])
    return tagger.eval(), pieces_of(weights)


def scored(folder: Path, texts: list[str], *, limit: int) -> Iterator[list[ScoredParagraph]]:
    """Yield what a trained run says of each text."""
    tagger, cut = trained(folder)
    for text in texts:
        found = []
        for window in pack(read(text, cut, limit=limit - 2), limit=limit):
            pieces, looks = torch.tensor([window.pieces]), torch.tensor([window.looks])
            with torch.inference_mode():
                scores = tagger(pieces, looks, torch.ones_like(pieces))[0].numpy()
            for paragraph, firsts in zip(window.paragraphs, window.firsts, strict=True):
                found.append(ScoredParagraph(tuple((w.start, w.end) for w in paragraph.words), scores[firsts]))
        yield found


def label_scores(folder: Path) -> LabelScores:
    """Return what a trained run has learnt of labels in a row."""
    tagger, _ = trained(folder)
    return LabelScores(*(part.detach().numpy() for part in (*tagger.field(), tagger.far)))


def attributions(
    folder: Path, texts: list[str], settings: Settings, *, limit: int
) -> Iterator[tuple[Attribution, ...]]:
    """Yield the attributions that a trained run finds in each text."""
    labels = label_scores(folder)
    for text, found in zip(texts, scored(folder, texts, limit=limit), strict=True):
        yield decode(text, found, labels, settings)


def record(key: str, found: Sequence[Attribution]) -> dict:
    """Return attributions as the scorer and ``fit --labelled`` read them."""
    marks = [{role: [list(one_range) for one_range in getattr(one, role)] for role in ROLES} for one in found]
    return {"id": key, "attributions": marks}


def score(options: argparse.Namespace) -> None:
    """Print the figures of a run, or of exported weights, by the scorer in SHARED."""
    shared, folder = Path(options.shared), Path(options.run)
    part = articles(shared, options.part)
    texts = [row["text"] for row in part]
    settings = Settings(eager=options.eager, doubt=options.doubt, least=options.least)
    began = time.monotonic()
    if (folder / "tagger.onnx").exists():
        tagger = OnnxTagger(folder, window=options.window)
        found = [decode(text, tagger.read(text), tagger.labels, settings) for text in texts]
    else:
        found = list(attributions(folder, texts, settings, limit=options.window))
    spent = time.monotonic() - began
    print(f"words a second\t{sum(len(text.split()) for text in texts) / spent:.0f}")
    with tempfile.TemporaryDirectory() as away:
        gold_file, found_file = Path(away, "gold.jsonl"), Path(away, "found.jsonl")
        gold_file.write_text("".join(json.dumps(row) + "\n" for row in part))
        found_file.write_text(
            "".join(json.dumps(record(row["id"], one)) + "\n" for row, one in zip(part, found, strict=True))
        )
        subprocess.run([sys.executable, shared / "score" / "attribution.py", gold_file, found_file], check=True)


def label(options: argparse.Namespace) -> None:
    """Write what a trained run says of news, for a smaller network to learn from: its marks and its probabilities.

    ``--part`` train: the articles it was trained on, probabilities alone; otherwise every so many-th of the stream.
    """
    out, shared = Path(options.out), Path(options.shared)
    if options.part == "train":
        news = articles(shared, "train")
    else:
        news = rows(shared / "data" / "stream" / "articles.jsonl.gz")[:: options.every]
    torch.set_num_threads(2)
    labels = label_scores(Path(options.run))
    singles, pairs, sizes, owners = [], [], [], []
    with gzip.open(out.with_suffix(".jsonl.gz"), "wt", encoding="utf-8") as file:
        for number, (row, found) in enumerate(
            zip(news, scored(Path(options.run), [row["text"] for row in news], limit=WINDOW), strict=True)
        ):
            marks = decode(row["text"], found, labels, Settings())
            file.write(json.dumps(record(str(row.get("id", number)), marks) | {"text": row["text"]}) + "\n")
            for paragraph in found:
                single, pair = marginals(paragraph.scores[:, : len(LABELS)], labels)
                singles.append(single.astype(np.float16))
                pairs.append(np.concatenate([pair, np.zeros((1, len(LABELS), len(LABELS)))]).astype(np.float16))
                sizes.append(len(single))
                owners.append(number)
    np.savez(out, single=np.concatenate(singles), pairs=np.concatenate(pairs), sizes=sizes, articles=owners)


def marginals(scores: np.ndarray, labels: LabelScores) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of each word's labels and of each pair in a row, all rows of labels considered."""
    size = len(scores)
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[0] = scores[0] + labels.start
    for t in range(1, size):
        ahead[t] = log_sum(ahead[t - 1, :, None] + labels.moves, 0) + scores[t]
    behind[-1] = labels.stop
    for t in range(size - 2, -1, -1):
        behind[t] = log_sum(labels.moves + (scores[t + 1] + behind[t + 1])[None, :], 1)
    total = log_sum(ahead[-1] + labels.stop, 0)
    pair = ahead[:-1, :, None] + labels.moves[None] + (scores[1:] + behind[1:])[:, None, :] - total
    return np.exp(ahead + behind - total), np.exp(pair)


class Exported(nn.Module):
    """The network as it is shipped (MiniLM alone): one window at a time, so that nothing is padded or masked."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, looks: Tensor) -> Tensor:
        """Return the scores of each piece."""
        return self.tagger(pieces, looks, torch.ones_like(pieces))


def export(options: argparse.Namespace) -> None:
    """Write a trained run as int8 weights for onnxruntime, with its vocabulary and its scores of labels."""
    run, out = Path(options.run), Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    tagger, _ = trained(run)
    example = (torch.randint(1000, 9000, (1, 64)), torch.zeros(1, 64, dtype=torch.long))
    names = {"input_names": ["pieces", "looks"], "output_names": ["scores"]}
    axes = {"pieces": {1: "length"}, "looks": {1: "length"}, "scores": {1: "length"}}
    full = out / "full.onnx"
    torch.onnx.export(Exported(tagger), example, str(full), **names, dynamic_axes=axes, opset_version=17, dynamo=False)
    quantize_dynamic(full, out / "tagger.onnx", weight_type=QuantType.QInt8, per_channel=options.per_channel)
    full.unlink()
    labels = label_scores(run)
    record_of = {name: getattr(labels, name).round(4).tolist() for name in ("start", "moves", "stop", "far")}
    (out / "labels.json").write_text(json.dumps(record_of))


def start(options: argparse.Namespace) -> None:
    """Write exported weights as a state that ``fit --start`` goes on from; what int8 rounded off stays rounded."""
    weights = Path(options.weights)
    tagger = Tagger(Encoder(weights / "model.safetensors", None, 0.0))
    held = {
        one.name: onnx.numpy_helper.to_array(one)
        for one in onnx.load(Path(options.run) / "tagger.onnx").graph.initializer
    }
    state = tagger.state_dict()
    matrices = [restored(held, name) for name in held if name.startswith("onnx::MatMul") and name.endswith("quantized")]
    wanted = [
        f"encoder.layers.{i}.{name}" for i in range(len(tagger.encoder.layers)) for name in ("qkv", "out", "up", "down")
    ]
    state |= {f"{name}.weight": matrix.T for name, matrix in zip([*wanted, "head"], matrices, strict=True)}
    state |= {
        f"encoder.{name}.weight": restored(held, f"tagger.encoder.{name}.weight_quantized")
        for name in ("places", "looks")
    }
    state |= {
        name.removeprefix("tagger."): torch.tensor(value)
        for name, value in held.items()
        if name.endswith(("bias", "weight"))
    }
    labels = json.loads((Path(options.run) / "labels.json").read_text())
    barred_start, barred = barriers()
    state |= {name: torch.tensor(labels[name]) for name in ("stop", "far")}
    state |= {"start": torch.tensor(labels["start"]) - barred_start, "moves": torch.tensor(labels["moves"]) - barred}
    tagger.load_state_dict(state)
    torch.save({"mean": tagger.state_dict()}, options.out)


def restored(held: dict[str, np.ndarray], name: str) -> Tensor:
    """Return a matrix that was rounded to int8."""
    stem = name.removesuffix("_quantized")
    scale, zero = held[f"{stem}_scale"], held[f"{stem}_zero_point"]
    return torch.tensor((held[name].astype(np.float32) - zero.astype(np.float32)) * scale)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("fit")
    one.set_defaults(do=fit)
    one.add_argument("shared")
    one.add_argument("--weights", required=True)
    one.add_argument("--out", required=True)
    one.add_argument("--depth", type=int)
    one.add_argument("--epochs", type=float, default=4)
    one.add_argument("--batch", type=int, default=8)
    one.add_argument("--rate", type=float, default=3e-4)
    one.add_argument("--head-rate", type=float, default=1e-3)
    one.add_argument("--dropout", type=float, default=0.1)
    one.add_argument("--drop", type=float, default=0.06)
    one.add_argument("--keep", type=float, default=0.995)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--threads", type=int, default=2)
    one.add_argument("--all", action="store_true")
    one.add_argument("--articles", type=int)
    one.add_argument("--taught", nargs="*", default=[])
    one.add_argument("--trust", type=float, default=0.5)
    one.add_argument("--start")
    one = commands.add_parser("score")
    one.set_defaults(do=score)
    one.add_argument("shared")
    one.add_argument("--run", required=True)
    one.add_argument("--part", default="tune", choices=("tune", "dev"))
    one.add_argument("--window", type=int, default=SHIPPED_WINDOW)  # as it ships
    one.add_argument("--eager", type=float, default=0.0)
    one.add_argument("--doubt", type=float, default=0.0)
    one.add_argument("--least", type=float, default=0.0)
    one = commands.add_parser("label")
    one.set_defaults(do=label)
    one.add_argument("shared")
    one.add_argument("--run", required=True)
    one.add_argument("--out", required=True)
    one.add_argument("--every", type=int, default=1)
    one.add_argument("--part", default="stream", choices=("stream", "train"))
    one = commands.add_parser("start")
    one.set_defaults(do=start)
    one.add_argument("--run", required=True)
    one.add_argument("--weights", required=True)
    one.add_argument("--out", required=True)
    one = commands.add_parser("export")
    one.set_defaults(do=export)
    one.add_argument("--per-channel", action="store_true")
    one.add_argument("--run", required=True)
    one.add_argument("--out", required=True)
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
