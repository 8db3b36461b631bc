"""Results as Markdown tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from benchmarks.commands import Timed
from benchmarks.contest import Result


def of_readers(results: Sequence[Result]) -> str:
    """One row for each reader. The ratio is to the first, over the formulas that all of them returned."""
    rows = ["| reader | formulas | returned | median | p95 | median where all returned | ratio |", "|---" * 7 + "|"]
    shared = [i for i in range(len(results[0].answers)) if all(r.answers[i].returned for r in results)]
    unit = _median(results[0], shared)
    for result in results:
        seconds = sorted(answer.seconds for answer in result.answers)
        returned = sum(answer.returned for answer in result.answers)
        killed = f" ({result.killed} killed)" if result.killed else ""
        rows.append(
            f"| {result.title} | {len(seconds)} | {returned} ({100 * returned / len(seconds):.0f} %){killed} "
            f"| {1000 * median(seconds):.2f} ms | {1000 * p95(seconds):.2f} ms "
            f"| {1000 * _median(result, shared):.2f} ms | {_median(result, shared) / unit:.1f} |"
        )
    return "\n".join(rows)


def _median(result: Result, places: Sequence[int]) -> float:
    """The median time of a reader over some of the formulas; not a number where there are none."""
    return median(result.answers[i].seconds for i in places) if places else math.nan


def p95(ordered: Sequence[float]) -> float:
    """The least of the values that at most one in twenty exceed."""
    return ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]


def of_commands(results: Sequence[Timed]) -> str:
    """One row for each command; the ratio is its median time over what it may take."""
    rows = ["| command | runs | median | slowest | allowed | ratio |", "|---" * 6 + "|"]
    for result in results:
        middle = median(result.seconds)
        rows.append(
            f"| `errata {' '.join(result.arguments)}` | {len(result.seconds)} | {middle:.2f} s "
            f"| {max(result.seconds):.2f} s | {result.allowed} s | {middle / result.allowed:.2f} |"
        )
    return "\n".join(rows)
