"""Which Gauss routes of the catalogue carry a bound, and by which theorem: ``python -m benchmarks.quadrature``.

Each claim that has such a route is worked out at its points. A bound is held against the value by definition, which
another quadrature encloses: the last two columns count the points where that value exists, and where both balls meet.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.machine import machine
from numerics.bounded_routes import Row, measured


def of_rows(rows: Sequence[Row]) -> str:
    """A Markdown table: a line for each way to a bound."""
    lines = ["| bounded by | claims | points | with a bound | widest | enclosed otherwise | met |", "|---" * 7 + "|"]
    for by in sorted({row.by for row in rows}):
        some = [row for row in rows if row.by == by]
        counts = (sum(getattr(row, name) for row in some) for name in ("points", "bounded", "enclosed", "met"))
        points, bounded, enclosed, met = counts
        widest = max(row.widest for row in some)
        lines.append(f"| {by} | {len(some)} | {points} | {bounded} | {widest:.1e} | {enclosed} | {met} |")
    whole = sum(row.bounded == row.points for row in rows)
    return "\n".join(
        [*lines, "", f"{whole} of {len(rows)} claims with a Gauss route are bounded at all of their points."]
    )


def main() -> None:
    """Counts and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quadrature", description=__doc__)
    parser.add_argument("--few", type=int, metavar="N", help="only N claims")
    few = parser.parse_args().few
    print(f"Machine: {machine()}.\n\n{of_rows(measured(few))}")


if __name__ == "__main__":
    main()
