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
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from eval.claims_losses import Batch, batch, epoch, losses
from eval.claims_marks import WINDOW, Gold, articles, golds, rows, teacher_of, with_lessons
from eval.claims_network import Encoder, Tagger, barriers
from nutgraf.claims.attribution import Attribution
from nutgraf.claims.chances import LABELS, ROLES, log_sum
from nutgraf.claims.tagging import SETTINGS, Settings, decode
from nutgraf.nlp.tagger import WINDOW as SHIPPED_WINDOW
from nutgraf.nlp.tagger import OnnxTagger
from nutgraf.nlp.windows import Window, pack, read
from nutgraf.nlp.wordpiece import WordPieces
from nutgraf.ports import LabelScores, ScoredParagraph

LINK_WEIGHT = 0.3


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
    settings = Settings(least=options.least, fair=options.fair, alone=options.alone, doubt=options.doubt)
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
    for name in ("least", "fair", "alone", "doubt"):
        one.add_argument(f"--{name}", type=float, default=getattr(SETTINGS, name))
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
