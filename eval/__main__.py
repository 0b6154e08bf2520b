"""``./dev eval [--floors] [--raise] [--limit N] [NAME…]``: measure, compare with the floors, or raise them."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from eval.measures import MEASURES, Figures, Measure, shared_folder

FLOORS = Path(__file__).parent / "floors.json"

SLACK = 0.0005
"""How far under its floor a figure may lie: one flipped span in a set of two thousand."""


def main() -> int:
    """Measure the sets that are named, all by default; the exit status is 1 where a figure lies under its floor."""
    parser = argparse.ArgumentParser(prog="./dev eval", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="sets to measure: " + ", ".join(m.name for m in MEASURES))
    parser.add_argument("--floors", action="store_true", help="fail where a figure lies under its floor")
    parser.add_argument("--raise", action="store_true", dest="lift", help="raise the floors to what is reached")
    parser.add_argument("--limit", type=int, help="take only the first N items of each set (for trying out)")
    given = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("No evaluation data: skipped. Put it in ../shared, or name its folder in $NUTGRAF_SHARED.")
        return 0
    floors: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failed = False
    for measure in MEASURES:
        if given.names and not any(measure.name.startswith(name) for name in given.names):
            continue
        started = time.monotonic()
        figures = measure.run(shared, given.limit)
        failed |= report(measure, figures, floors.get(measure.name, {}), seconds=time.monotonic() - started)
        if given.lift and not given.limit:
            floors[measure.name] = raised(measure, figures, floors.get(measure.name, {}))
            FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return int(failed and given.floors)


def report(measure: Measure, figures: Figures, floors: Figures, *, seconds: float) -> bool:
    """Print a set's figures beside their floors; tell whether one lies under."""
    print(f"\n{measure.name}  ({seconds:.0f} s)")
    failed = False
    for name, value in figures.items():
        shown = f"{value:.4f}" if isinstance(value, float) else str(value)
        note = ""
        if name in measure.reported and name in floors:
            under = value < floors[name] - SLACK
            failed |= under
            note = f"   floor {floors[name]:.4f}{'   UNDER ITS FLOOR' if under else ''}"
        print(f"  {name:20} {shown}{note}")
    sys.stdout.flush()
    return failed


def raised(measure: Measure, figures: Figures, floors: Figures) -> Figures:
    """Return the floors after this measurement: never lower than before."""
    return {name: round(max(figures[name], floors.get(name, 0.0)), 4) for name in measure.reported}


if __name__ == "__main__":
    sys.exit(main())
