"""Run a command as a process of its own, pinned to one core, and say what it cost. No news logic here."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """What one process took: wall and processor seconds, and its peak memory in megabytes."""

    wall: float
    cpu: float
    peak_mb: float


def run(arguments: Sequence[str], *, output: Path, one_core: bool = True) -> Cost:
    """Run ``arguments`` with its standard output in a file; on one core, where the system can pin a process."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} if one_core else {}
    started = time.monotonic()
    with output.open("wb") as file:
        process = subprocess.Popen(arguments, stdout=file, stdin=subprocess.DEVNULL, env=environment)
        if one_core and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    # Linux counts the peak in kilobytes, macOS in bytes.
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak)


def nutgraf(*arguments: str) -> list[str]:
    """Return the command line of a nutgraf command in this environment."""
    return [sys.executable, "-m", "nutgraf", *arguments]


def python(*arguments: str) -> list[str]:
    """Return the command line of a Python program in this environment."""
    return [sys.executable, *arguments]
