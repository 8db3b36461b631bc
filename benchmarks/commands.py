"""How long the command line takes as its users see it: a new process each time, from start to exit."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.corpus import ROOT

COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("--help",), 0.3),
    (("check", "docs/sample/likelihood.md"), 1.5),
)
"""Arguments, and the seconds they may take."""


@dataclass(frozen=True, slots=True)
class Timed:
    """The seconds that a command took, run after run."""

    arguments: tuple[str, ...]
    allowed: float
    seconds: tuple[float, ...]


def timed(arguments: Sequence[str], allowed: float, runs: int) -> Timed:
    """Runs ``errata`` several times; the first run, which reads files from disk for the others, doesn't count."""
    command = [sys.executable, "-m", "errata", *arguments]
    seconds = []
    for _ in range(runs + 1):
        before = time.perf_counter()
        ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        seconds.append(time.perf_counter() - before)
        if ran.returncode not in (0, 1):
            raise RuntimeError(f"errata {' '.join(arguments)} ended with {ran.returncode}: {ran.stderr.decode()}")
    return Timed(tuple(arguments), allowed, tuple(seconds[1:]))
