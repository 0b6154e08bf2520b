"""Lighthouse at phone settings on the demo's pages: performance, accessibility, best practices, search engines."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from eval.measures import WORK

from bench.processes import nutgraf

VERSION = "12.8.2"
"""The last Lighthouse for Node 20; taken from npm once."""

KINDS = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
USUAL = 4.0
"""By how much Lighthouse slows a processor down to make a desk a phone."""

PHONE = 400
"""Lighthouse's index of a phone of the middle: a desk's 1,600, slowed down as usual."""

Report = dict[str, Any]
"""What Lighthouse writes, as JSON."""

RUNS = 3
"""The best of so many is told: what else a machine does only ever adds to a page's time."""

READY_SECONDS = 300.0


def pages(data: Path) -> None:
    """Run the demo and look at an edition, a story, a topic and a search; ``data`` is not needed."""
    chromium, npm = shutil.which("chromium"), shutil.which("npm")
    if chromium is None or npm is None:
        print("  Lighthouse needs npm and chromium: left out. On Debian and Ubuntu: apt-get install npm chromium")
        return
    lighthouse = _installed(npm)
    with _demo() as address:
        for name, path in _paths(address).items():
            report = _best(lighthouse, chromium, address + path)
            if report is None:
                print(f"  {name:10}Lighthouse could not watch the page; run it again")
                continue
            scores = [f"{kind} {round(100 * report['categories'][kind]['score'])}" for kind in KINDS]
            index = report["environment"]["benchmarkIndex"]
            slowdown = report["configSettings"]["throttling"]["cpuSlowdownMultiplier"]
            print(f"  {name:10}{', '.join(scores)} (index {index:.0f}, slowed down {slowdown:.1f} times)")
            for fault in _faults(report):
                print(f"    {fault}")


def _installed(npm: str) -> Path:
    folder = WORK / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), f"lighthouse@{VERSION}"], check=True)
    return program


@contextmanager
def _demo() -> Iterator[str]:
    """Run the demo on a free port until the context ends; gives its address once the site answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = nutgraf("demo", "--listen", f"127.0.0.1:{port}")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + READY_SECONDS
        while True:
            try:
                _get(port, "/offline.json")
                break
            except OSError:
                if time.monotonic() > end or process.poll() is not None:
                    raise
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _get(port: int, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def _paths(address: str) -> dict[str, str]:
    port = int(address.rpartition(":")[2])
    kept = json.loads(_get(port, "/offline.json"))["pages"]
    topics = json.loads(_get(port, "/api/v1/topics"))
    story = next(path for path in kept if path.startswith("/story/"))
    return {"edition": "/", "story": story, "topic": f"/topic/{topics[0]['slug']}/", "search": "/search/?q=ferry"}


def _best(lighthouse: Path, chromium: str, address: str) -> Report | None:
    """Return the best of some runs, each at what makes this machine, as busy as it is, a phone of the middle."""
    slowdown, reports = USUAL, []
    for _ in range(RUNS):
        report = _report(lighthouse, chromium, address, slowdown)
        if report is None:
            continue
        reports.append(report)
        if all(report["categories"][kind]["score"] == 1 for kind in KINDS):
            break
        slowdown = max(1.0, min(USUAL, report["environment"]["benchmarkIndex"] / PHONE))
    return max(reports, key=lambda report: report["categories"]["performance"]["score"], default=None)


def _report(lighthouse: Path, chromium: str, address: str, slowdown: float) -> Report | None:
    """Run Lighthouse once; ``None`` where it could not watch the page, and asks to be run again."""
    output = WORK / "lighthouse.json"
    command = [str(lighthouse), address, "--quiet", "--output=json", f"--output-path={output}"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(KINDS)}"]
    command.append(f"--throttling.cpuSlowdownMultiplier={slowdown:.1f}")
    if subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, timeout=300).returncode:
        return None
    report: Report = json.loads(output.read_text(encoding="utf-8"))
    return None if report.get("runtimeError") else report


def _faults(report: Report) -> Iterator[str]:
    for kind in KINDS:
        for one in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{kind}: {audit['title']} {audit.get('displayValue', '')}"
