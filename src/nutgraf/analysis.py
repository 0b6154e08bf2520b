"""What finding its claims learns of an article's text besides: sentences, parse, figures, kept for later stages."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nutgraf.model import Figure, Span
from nutgraf.ports import Sentence, Token

SAME, SMALL, NONE = "=", "<", "-"
"""In place of a base form: the word itself, the word in small letters; in place of a tag or a kind: none."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The parse of an article's text, column by column, its sentences, and their figures in text order.

    Columns have one value a token: start and end in characters of ``text``, and as ``ports.Token`` has them the base
    form, tag, relation, governor and kind of name. A text that was not parsed has none.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    lemmas: Sequence[str]
    tags: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    names: Sequence[str]
    sentences: Sequence[Sentence] = ()
    figures: tuple[Figure, ...] = ()

    def parse(self, sentence: str) -> list[Token] | None:
        """Return the parse of a sentence as it stands in the text; ``None`` where it does not, or hangs on others.

        Offsets and governors count from the sentence's beginning.
        """
        at = self.text.find(sentence)
        first = bisect_left(self.starts, at)
        last = bisect_left(self.starts, at + len(sentence))
        if at < 0 or first == last or self.starts[first] != at or self.ends[last - 1] != at + len(sentence):
            return None
        if any(not first <= head < last for head in self.heads[first:last]):
            return None
        part = slice(first, last)
        columns = (self.starts, self.ends, self.lemmas, self.tags, self.deps, self.heads, self.names)
        return [
            Token(start - at, end - at, self.text[start:end], lemma, tag, dep, head - first, name)
            for start, end, lemma, tag, dep, head, name in zip(*(one[part] for one in columns), strict=True)
        ]

    def to_bytes(self) -> bytes:
        """Return what ``analysis_from`` reads: JSON, packed, about five bytes a token."""
        words = [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        record = {
            "gaps": [start - before for before, start in zip((0, *self.ends), self.starts, strict=False)],
            "sizes": [len(word) for word in words],
            "lemmas": " ".join(map(_shorter, self.lemmas, words)),
            "tags": " ".join(tag or NONE for tag in self.tags),
            "deps": " ".join(dep or NONE for dep in self.deps),
            "heads": [head - n for n, head in enumerate(self.heads)],
            "names": " ".join(name or NONE for name in self.names),
            "sentences": self.sentences,
            "figures": [[f.span.start, f.span.end, f.low, f.high, f.unit, f.counts] for f in self.figures],
        }
        return zlib.compress(json.dumps(record, separators=(",", ":")).encode(), 6)


def analysis_of(
    text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], figures: Sequence[Figure] = ()
) -> Analysis:
    """Return the analysis of a text that was parsed whole."""
    return Analysis(
        text=text,
        starts=[token.start for token in tokens],
        ends=[token.end for token in tokens],
        lemmas=[token.lemma for token in tokens],
        tags=[token.tag for token in tokens],
        deps=[token.dep for token in tokens],
        heads=[token.head for token in tokens],
        names=[token.name for token in tokens],
        sentences=sentences,
        figures=tuple(figures),
    )


def analysis_from(packed: bytes, *, article: str, text: str) -> Analysis:
    """Read the analysis of an article's text back; raises ``ValueError`` for what ``to_bytes`` did not write."""
    try:
        return _unpacked(json.loads(zlib.decompress(packed)), article, text)
    except (zlib.error, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"the stored analysis of article {article} cannot be read ({error!r})") from error


def _unpacked(record: dict[str, Any], article: str, text: str) -> Analysis:
    starts, ends, at = [], [], 0
    for gap, size in zip(record["gaps"], record["sizes"], strict=True):
        starts.append(at + gap)
        at += gap + size
        ends.append(at)
    words = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return Analysis(
        text=text,
        starts=starts,
        ends=ends,
        lemmas=list(map(_longer, record["lemmas"].split(" "), words)),
        tags=_values(record["tags"]),
        deps=_values(record["deps"]),
        heads=[n + away for n, away in enumerate(record["heads"])],
        names=_values(record["names"]),
        sentences=[(start, end) for start, end in record["sentences"]],
        figures=tuple(
            Figure(text=text[start:end], span=Span(article, start, end), low=low, high=high, unit=unit, counts=counts)
            for start, end, low, high, unit, counts in record["figures"]
        ),
    )


def _shorter(lemma: str, word: str) -> str:
    return SAME if lemma == word else SMALL if lemma == word.lower() else lemma


def _longer(lemma: str, word: str) -> str:
    return word if lemma == SAME else word.lower() if lemma == SMALL else lemma


def _values(column: str) -> list[str]:
    return ["" if value == NONE else value for value in column.split(" ")] if column else []
