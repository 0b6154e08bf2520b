"""The network of the tagger: an encoder with a conditional random field over labels and two scorers of links."""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 (torch's own name for it)
from safetensors.torch import load_file
from torch import Tensor, nn

from nutgraf.claims.chances import LABELS
from nutgraf.claims.tagging import buckets
from nutgraf.nlp.words import LOOKS

LINK = 48
"""Width of the vectors that link spans."""

NEVER = -1e4
QUICK = torch.backends.cpu.get_cpu_capability() not in ("DEFAULT", "AVX2")
"""Whether the processor may know bfloat16."""

OUTPUTS = len(LABELS) + 4 * LINK + 2


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


def barriers() -> tuple[Tensor, Tensor]:
    """Return what makes it impossible to go on with a span that is not open."""
    n = len(LABELS)
    start, moves = torch.zeros(n), torch.zeros(n, n)
    for inner in range(2, n, 2):
        start[inner] = NEVER
        moves[:, inner] = NEVER
        moves[inner - 1, inner] = moves[inner, inner] = 0
    return start, moves
