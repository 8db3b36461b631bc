"""How a worker process starts: as a copy of this one where that is safe and cheap, else as a new interpreter.

A copy has all that this process has imported, so that it is ready at once, and so is the one that takes its place. It
also has this process's memory, and none of its threads.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from errata.checking.pool.messages import Judge

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

MOST_YOUNG = 200_000
"""Objects made beyond those let go before the collector looks for cycles among them: some forty megabytes."""


def may_copy(memory_mb: int) -> bool:
    """Whether this process has no thread but one, and takes less than half of the memory that a worker may take."""
    if sys.platform != "linux":
        return False
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    threads, data = int(said["Threads"]), int(said["VmData"].split()[0])
    return threads == 1 and data < memory_mb * 2**10 // 2


def start(copies: bool, memory_mb: int) -> ForkContext | SpawnContext:
    """How the next worker starts; ``copies`` says that it may be a copy if that is safe now."""
    if sys.platform == "linux" and copies and may_copy(memory_mb):
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def prepare(judge: Judge) -> None:
    """Import what judging needs. The collector would look through modules that stay anyway, again and again, and
    through trees and terms that hold no cycles: it is asked seldom."""
    gc.disable()
    judge.prepare()
    gc.freeze()
    gc.set_threshold(MOST_YOUNG)
    gc.enable()
