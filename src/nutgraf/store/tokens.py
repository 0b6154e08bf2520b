"""Words as both databases index them, so that the same question has the same answer in either.

Each word becomes a token of plain letters and digits that no database cuts or changes any further. No news logic here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from nutgraf.model import Brief

_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[^\w\s-]")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""Scripts that write no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

EVERY = "everybrief"
"""A token of every brief, for questions that only leave things out."""


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in its order: case and accents folded, unspaced scripts in pairs of characters."""
    words = _WORD.findall(_bare(text.casefold()))
    return [token for word in words for token in ((word,) if word.isascii() else _of_word(word))]


def _bare(text: str) -> str:
    if text.isascii():  # most of English; four times as fast
        return text
    folded = unicodedata.normalize("NFKD", text)
    return "".join(c for c in folded if not unicodedata.combining(c) or not unicodedata.category(c).startswith("Mn"))


def _of_word(word: str) -> Iterable[str]:
    at = 0
    for run in _UNSPACED.finditer(word):
        yield from map(_plain, filter(None, (word[at : run.start()],)))
        yield from (_plain(run[0][i : i + 2]) for i in range(max(1, len(run[0]) - 1)))
        at = run.end()
    yield from map(_plain, filter(None, (word[at:],)))


def _plain(word: str) -> str:
    """Write a word in ASCII; the beginning of a word stays the beginning of what it becomes."""
    return word if word.isascii() else "u" + word.encode("utf-8", "surrogatepass").hex()


def mark(kind: str, name: str) -> str:
    """Return the token by which briefs of an outlet, a topic or a person are found: the same for names spelt alike.

    A name and the part of an address that stands for it have the same token, so signs go as they go there ("Verran's"
    is "verrans"), and a name of signs alone is known by its digest.
    """
    bare = _SIGN.sub("", unicodedata.normalize("NFKC", name).lower())
    return f"{kind}0{'0'.join(tokens(bare)) or hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:10]}"


def text_of(brief: Brief) -> str:
    """Return all that a reader sees of a brief and can look for."""
    lines = [brief.headline, *([brief.dek] if brief.dek else []), *brief.lines]
    lines += [line for dispute in brief.disputes for line in (dispute.claim, dispute.denial)]
    told = [part for line in lines for part in (line.label, line.text, line.speaker, line.outlet) if part]
    cited = [citation.passage for line in lines for citation in line.citations]
    listed = [part for article in brief.articles for part in (article.outlet, article.title) if part]
    caption = [brief.photo.caption] if brief.photo and brief.photo.caption else []
    return "\n".join(dict.fromkeys([*told, *cited, *listed, *brief.topics, *caption]))


def marks_of(brief: Brief) -> list[str]:
    """Return the tokens of a brief's outlets, topics and persons."""
    outlets = [article.outlet for article in brief.articles if article.outlet]
    persons = [line.speaker for line in brief.lines if line.speaker]
    return [
        EVERY,
        *(mark("outlet", name) for name in dict.fromkeys(outlets)),
        *(mark("topic", name) for name in dict.fromkeys(brief.topics)),
        *(mark("person", name) for name in dict.fromkeys(persons)),
    ]
