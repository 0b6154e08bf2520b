"""Peers on the same pages: ``python -m bench.peers NAME LIST.jsonl`` extracts each, text alone; see ``PEERS``."""

from __future__ import annotations

import gzip
import importlib.util
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


def newspaper_text() -> Callable[[bytes], str | None]:
    """Return newspaper4k, told to fetch nothing."""
    newspaper = importlib.import_module("newspaper")

    def text(page: bytes) -> str | None:
        article = newspaper.Article("https://page.invalid/", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return str(article.text)

    return text


def resiliparse_text() -> Callable[[bytes], str | None]:
    """Return resiliparse, main content alone."""
    plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: str(plain(page.decode("utf-8", "replace"), main_content=True))


PEERS = {
    "trafilatura": ("trafilatura", trafilatura_text),
    "readability": ("readability", readability_text),
    "newspaper4k": ("newspaper", newspaper_text),
    "resiliparse": ("resiliparse", resiliparse_text),
}
"""Each peer's module and what opens it."""


def is_here(name: str) -> bool:
    """Tell whether a peer is installed."""
    return importlib.util.find_spec(PEERS[name][0]) is not None


def main(name: str, listed: str) -> None:
    """Extract every page of the list; print how many gave a text and how many made the peer fail."""
    extract, found, failed = PEERS[name][1](), 0, 0
    for line in Path(listed).read_text(encoding="utf-8").splitlines():
        page = Path(json.loads(line)["path"]).read_bytes()
        try:
            found += bool(extract(gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page))
        except Exception as error:  # a peer's fault on one page is counted, and the others are still timed
            failed += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
    print(found, failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
