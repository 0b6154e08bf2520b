"""Links that lead to the very passage: text fragments at the end of an address.

The form is that of the WICG's "URL Fragment Text Directives": ``#:~:text=start`` or ``#:~:text=start,end``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

# A browser matches a whole passage only inside one block and only if every character agrees, so the longer it is the
# more a stripped footnote or a changed dash inside it can break it; a range needs its two ends alone.
WHOLE = 100  # characters up to which a passage is given whole
ENDS = 5  # words at each end of a longer one

_DIRECTIVE = ":~:"
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\"<>\\^`{|}]")


def safe_link(url: str | None) -> str | None:
    """Return an http or https address with what may not stand in one escaped; ``None`` for anything else."""
    url = (url or "").strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "\\" in parts.netloc:
        return None
    return _NOT_IN_AN_ADDRESS.sub(lambda match: quote(match.group(), safe="", errors="replace"), url)


@lru_cache(maxsize=4096)  # a brief is shown by several publications, and a passage cited by several lines
def passage_link(url: str, passage: str) -> str:
    """Return ``url`` with a text fragment that leads to ``passage``; a fragment that it has already stays in front."""
    text = _directive(passage)
    base, _, fragment = url.partition("#")
    fragment = fragment.partition(_DIRECTIVE)[0]
    if not text:
        return f"{base}#{fragment}" if fragment else base
    return f"{base}#{fragment}{_DIRECTIVE}text={text}"


def _directive(passage: str) -> str:
    paragraphs = [words for part in re.split(r"\n\s*\n|\r|\u2029", passage) if (words := part.split())]
    if not paragraphs:
        return ""
    first, last = paragraphs[0], paragraphs[-1]
    whole = " ".join(first)
    if len(paragraphs) == 1 and (len(whole) <= WHOLE or len(first) <= 2 * ENDS):
        return _encode(whole)
    return f"{_encode(' '.join(first[:ENDS]))},{_encode(' '.join(last[-ENDS:]))}"


def _encode(text: str) -> str:
    """Escape all but letters, digits and ``_.~``: a dash, a comma or an ampersand would be read as syntax."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
