"""How long one page takes, cold: ``python -m benchmarks.pages PATH… [--beside TREE]``.

``errata check`` is started anew for each file and counted from start to exit, in seconds of the processor, those of its
workers included: on a machine that others use, the clock on the wall says more about them. Even so a busy neighbour
makes a processor slower, so another version is measured in turn with this one, and the ratio is what counts. On an idle
machine ``--clock`` counts by the wall, which two cores shorten.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import ROOT
from errata.reading.discover import discover

ALLOWED_S = 1.5
"""Seconds that a page may take."""


@dataclass(frozen=True, slots=True)
class Page:
    """The least seconds of a page under this version, and under the one beside it where there is one."""

    path: str
    seconds: float
    beside: float | None = None


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--beside", type=Path, metavar="TREE", help="another checkout, measured in turn")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="the least of N runs of each page counts")
    parser.add_argument("--slowest", type=int, default=15, metavar="N", help="pages that are shown")
    parser.add_argument("--clock", action="store_true", help="by the clock on the wall: for an idle machine")
    wanted = parser.parse_args()
    files = [str(Path(file).resolve()) for file in discover(wanted.paths).files]
    trees = [ROOT] if wanted.beside is None else [ROOT, wanted.beside.resolve()]
    for tree in trees:
        _seconds(tree, files[0], wanted.clock)  # bytecode is written, files are read from disk
    pages = [_measured(file, trees, wanted.runs, wanted.clock) for file in files]
    print(table(pages, wanted.slowest))


def table(pages: Sequence[Page], slowest: int) -> str:
    """The slowest pages, one a row, and how many keep within what is allowed."""
    rows = ["| page | seconds | before | ratio |", "|---" * 4 + "|"]
    for page in sorted(pages, key=lambda page: page.seconds, reverse=True)[:slowest]:
        before = ("", "") if page.beside is None else (f"{page.beside:.2f}", f"{page.seconds / page.beside:.2f}")
        rows.append(f"| {Path(page.path).name} | {page.seconds:.2f} | {before[0]} | {before[1]} |")
    rows += ["", _summary("now", [p.seconds for p in pages])]
    earlier = [p.beside for p in pages if p.beside is not None]
    return "\n".join([*rows, *([_summary("before", earlier)] if earlier else [])])


def _summary(when: str, seconds: Sequence[float]) -> str:
    within = sum(s <= ALLOWED_S for s in seconds)
    return f"{when}: {within} of {len(seconds)} pages within {ALLOWED_S} s, median {median(seconds):.2f} s"


def _measured(file: str, trees: Sequence[Path], runs: int, clock: bool) -> Page:
    found = [[_seconds(tree, file, clock) for tree in trees] for _ in range(runs)]
    least = [min(run[n] for run in found) for n in range(len(trees))]
    return Page(file, least[0], least[1] if len(least) > 1 else None)


def _seconds(tree: Path, file: str, clock: bool) -> float:
    """The processor's seconds, of user and system, for one page in a process of its own, or those by the clock."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "errata", "check", file]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"errata check {file} in {tree} ended with {process.returncode}")
    return time.perf_counter() - began if clock else used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
