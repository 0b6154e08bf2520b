"""``python -m tests.fuzz [--seconds N] [--seed N] [TARGET…]``: change the corpus and read it until the time is over.

Whatever raises, breaks a promise or takes longer than ``SLOWEST`` is written to ``.eval/fuzz`` and named; the exit
status is 1 then. What was found and mended joins the corpus, which the test suite reads.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FOUND = Path(__file__).parent.parent.parent / ".eval" / "fuzz"
SLOWEST = 2.0  # seconds of processor time; a target reads its bytes up to four times


def main() -> int:
    """Fuzz; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="what to fuzz: " + ", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    seeds = {name: [path.read_bytes() for path in sorted(CORPUS.glob(f"{name}*"))] for name in names}
    everything = [body for bodies in seeds.values() for body in bodies]
    chance, end = random.Random(given.seed), time.monotonic() + given.seconds
    done: Counter[str] = Counter()
    slowest: dict[str, float] = dict.fromkeys(names, 0.0)
    faults: Counter[str] = Counter()
    while time.monotonic() < end:
        name = chance.choice(names)
        body = mutated(chance.choice(seeds[name]), everything, chance)
        took, fault = tried(name, body)
        done[name] += 1
        slowest[name] = max(slowest[name], took)
        if fault and not faults[fault]:
            FOUND.mkdir(parents=True, exist_ok=True)
            path = FOUND / f"{name}-{hashlib.sha256(body).hexdigest()[:12]}"
            path.write_bytes(body)
            print(f"{path}\n{fault}", flush=True)
        faults[fault] += bool(fault)
    for name in names:
        print(f"{name:14}{done[name]:9d} readings, the slowest {slowest[name]:.2f} s")
    print(f"{sum(done.values())} readings in {given.seconds:.0f} s, {len(+faults)} kinds of fault")
    return 1 if +faults else 0


def tried(name: str, body: bytes) -> tuple[float, str]:
    """Read bytes; returns the processor time that it took, and what went wrong."""
    start = time.process_time()
    try:
        TARGETS[name](body)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return 0.0, f"{name}: {type(error).__name__}: {str(error)[:200]} ({Path(place.filename).name}:{place.lineno})"
    took = time.process_time() - start
    return took, f"{name}: took longer than {SLOWEST} s" if took > SLOWEST else ""


if __name__ == "__main__":
    sys.exit(main())
