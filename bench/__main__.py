"""``./dev bench [NAME…]``: articles a second on one core and peak memory, for each stage and for the whole way."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

from eval.measures import WORK, read_gold, shared_folder

from bench.pages import pages
from bench.peers import PEERS, is_here
from bench.processes import Cost, nutgraf, python, run
from bench.site import site
from bench.sources import sources


def main() -> int:
    """Run the benchmarks that are named, all by default, and print a table."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run: " + ", ".join(BENCHES))
    given = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("No evaluation data: skipped. Put it in ../shared, or name its folder in $NUTGRAF_SHARED.")
        return 0
    WORK.mkdir(exist_ok=True)
    print(f"{'':34}{'items':>8}{'wall s':>9}{'cpu s':>9}{'items/s':>9}{'peak MB':>9}")
    for name, bench in BENCHES.items():
        if not given.names or name in given.names:
            bench(shared / "data")
    return 0


def show(name: str, items: int, cost: Cost) -> None:
    """Print one row of the table; the rate is by processor time, so that a busy machine shows no other figure."""
    print(f"{name:34}{items:8d}{cost.wall:9.1f}{cost.cpu:9.1f}{items / cost.cpu:9.1f}{cost.peak_mb:9.0f}")
    sys.stdout.flush()


def extraction(data: Path) -> None:
    """Extract the pages of the evaluation, beside peers on the same pages."""
    pages = sorted((data / "extraction" / "html").glob("*.html.gz"))
    listed = WORK / "bench-pages.jsonl"
    listed.write_text("".join(json.dumps({"id": p.name, "path": str(p)}) + "\n" for p in pages), encoding="utf-8")
    ours = run(nutgraf("extract", "--from", str(listed)), output=WORK / "bench-extract.jsonl")
    show("extract", len(pages), ours)
    for peer in PEERS:
        if not is_here(peer):
            print(f"  peer: {peer} is not installed: left out. Install it with: .venv/bin/pip install {peer}")
            continue
        cost = run(python("-m", "bench.peers", peer, str(listed)), output=WORK / "bench-peer.txt")
        show(f"  peer: {peer}", len(pages), cost)
        print(f"  ours takes {ours.cpu / cost.cpu:.2f} times as long")


def memory(data: Path) -> None:
    """Read 10,000 pages in one process, those of the evaluation over and over; memory must not grow."""
    pages = sorted((data / "extraction" / "html").glob("*.html.gz"))
    listed = WORK / "bench-pages.jsonl"
    listed.write_text("".join(json.dumps({"id": p.name, "path": str(p)}) + "\n" for p in pages), encoding="utf-8")
    output = WORK / "bench-memory.txt"
    show("extract (memory)", 10_000, run(python("-m", "bench.memory", str(listed)), output=output))
    print("  " + output.read_text(encoding="utf-8").splitlines()[-1])


def stories(data: Path) -> None:
    """Group the whole stream."""
    articles = WORK / "bench-stream.jsonl"
    articles.write_bytes(gzip.decompress((data / "stream" / "articles.jsonl.gz").read_bytes()))
    count = sum(1 for _ in articles.open("rb"))
    show("stories (stream)", count, run(nutgraf("stories", str(articles)), output=WORK / "bench-stories.jsonl"))


def copies(data: Path) -> None:
    """Plant near-copies among made-up articles."""
    output = WORK / "bench-copies.txt"
    show("stories (near-copies)", 10_000, run(python("-m", "bench.copies"), output=output))
    print("  " + "\n  ".join(output.read_text(encoding="utf-8").splitlines()[-9:]))


def claims(data: Path) -> None:
    """Find the claims of 300 articles of the stream."""
    rows = read_gold(data / "stream" / "articles.jsonl.gz", 300)
    articles = WORK / "bench-claims.jsonl"
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    cost = run(nutgraf("claims", str(articles)), output=WORK / "bench-claims-out.jsonl")
    show(f"claims (stream, {words:.0f} words)", len(rows), cost)


def briefs(data: Path) -> None:
    """Find claims and compose, for 40 stories of several articles; then compose alone, from claims that are stored."""
    rows = read_gold(data / "briefs" / "multinews.jsonl.gz", 40)
    given = WORK / "bench-briefs.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    cost = run(nutgraf("brief", "--stories", str(given)), output=WORK / "bench-briefs-out.jsonl")
    show("claims and briefs (articles)", sum(len(row["articles"]) for row in rows), cost)
    output = WORK / "bench-briefs-stored.txt"
    run(python("-m", "bench.briefs"), output=output)
    print("  from stored claims: " + output.read_text(encoding="utf-8").strip(), flush=True)


def whole_way(data: Path) -> None:
    """Take saved pages the whole way to briefs: extract, group, claims, compose."""
    pages = [str(path) for path in sorted((data / "extraction" / "html").glob("*.html.gz"))]
    cost = run(nutgraf("brief", "--format", "json", *pages), output=WORK / "bench-whole.jsonl")
    show("the whole way (pages)", len(pages), cost)


BENCHES: dict[str, Callable[[Path], None]] = {
    "extract": extraction,
    "memory": memory,
    "stories": stories,
    "copies": copies,
    "claims": claims,
    "briefs": briefs,
    "whole": whole_way,
    "sources": sources,
    "site": site,
    "pages": pages,
}

if __name__ == "__main__":
    sys.exit(main())
