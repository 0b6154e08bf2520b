"""``python -m bench.memory LIST.jsonl [PAGES]``: resident memory of one process while it reads many pages."""

from __future__ import annotations

import gc
import gzip
import json
import resource
import sys
from itertools import cycle, islice
from pathlib import Path

from nutgraf.articles import read_article
from nutgraf.model import Page

STEP = 500
"""Pages between two readings."""


def resident_mb() -> float:
    """Return the memory held now; where the system does not tell, the most held so far."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main(listed: str, pages: str = "10000") -> None:
    """Read the pages of the list in turn; print the memory after each portion, and what the second half added."""
    paths = [json.loads(line)["path"] for line in Path(listed).read_text(encoding="utf-8").splitlines()]
    held: list[float] = []
    for count, path in enumerate(islice(cycle(paths), int(pages)), 1):
        body = Path(path).read_bytes()
        read_article(Page(address=None, body=gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body))
        if count % STEP == 0:
            gc.collect()
            held.append(resident_mb())
            print(f"{count:7d} pages {held[-1]:7.0f} MB", flush=True)
    if len(held) > 1:
        print(f"the second half added {held[-1] - held[len(held) // 2]:.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
