"""``python -m benchmarks``: the tables of ``docs/benchmarks.md``, measured now.

Sampling has its own: ``benchmarks.monte_carlo`` for speed, ``benchmarks.coverage`` for errors; so have the bounds of
quadrature: ``benchmarks.quadrature``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.balls import measured, of_balls
from benchmarks.commands import COMMANDS, timed
from benchmarks.contest import SECONDS_A_FORMULA, measure
from benchmarks.corpus import sample_formulas, shared_formulas
from benchmarks.machine import machine
from benchmarks.reader import READERS
from benchmarks.tables import of_commands, of_readers


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--few", type=int, metavar="N", help="only N formulas of each kind, and one run of a command")
    parser.add_argument("--most", type=int, default=400, metavar="N", help="at most N formulas of ../shared")
    wanted = parser.parse_args()
    print(f"Machine: {machine()}.\n")
    print(f"### The sample course\n\n{_contest(sample_formulas()[: wanted.few])}\n")
    shared = shared_formulas(wanted.most)
    if shared is None:
        print("../shared isn't here, so its formulas are left out.\n")
    else:
        print(f"### Published notes and slides\n\n{_contest(shared[: wanted.few])}\n")
    runs = 1 if wanted.few else 7
    print(f"### Whole processes\n\n{of_commands([timed(*command, runs) for command in COMMANDS])}\n")
    rows = measured(20 if wanted.few else None)
    print(f"### Closed forms at fifty digits\n\n{of_balls(rows)}")


def _contest(formulas: Sequence[str]) -> str:
    results = {name: measure(name, formulas) for name in READERS}
    there = [result for result in results.values() if result is not None]
    absent = [name for name, result in results.items() if result is None]
    note = f"\n\nNot installed: {', '.join(absent)} (pip install -e '.[bench]')." if absent else ""
    killed = f"\n\nKilled after {SECONDS_A_FORMULA:g} s each." if any(result.killed for result in there) else ""
    return of_readers(there) + note + killed


if __name__ == "__main__":
    main()
