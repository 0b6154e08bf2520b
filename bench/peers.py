"""Peers on the same pages: ``python -m bench.peers trafilatura|readability LIST.jsonl`` extracts each, text alone."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path


def trafilatura_text() -> Callable[[bytes], str | None]:
    """Return trafilatura as it comes, its fields included, as a stage like ours needs them."""
    from trafilatura import bare_extraction

    return lambda page: (found := bare_extraction(page)) and found.text


def readability_text() -> Callable[[bytes], str | None]:
    """Return readability-lxml."""
    from readability import Document

    return lambda page: Document(page.decode("utf-8", "replace")).summary()


PEERS = {"trafilatura": trafilatura_text, "readability": readability_text}


def main(name: str, listed: str) -> None:
    """Extract every page of the list; print how many gave a text."""
    extract, found = PEERS[name](), 0
    for line in Path(listed).read_text(encoding="utf-8").splitlines():
        page = Path(json.loads(line)["path"]).read_bytes()
        found += bool(extract(gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page))
    print(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
