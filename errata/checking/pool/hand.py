"""The parent's hold on one worker process: start it, hand it work, know how long it may stay silent, kill it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess

from errata.checking.options import Options
from errata.checking.pool.limits import READING_S, hard_limit
from errata.checking.pool.messages import Judge, Work
from errata.checking.pool.start import start
from errata.checking.pool.worker import serve


@dataclass(eq=False, slots=True)
class Hand:
    """One worker, what it has been given, and for how long it may stay silent: ``left``, in seconds."""

    process: BaseProcess
    link: Connection
    work: Work | None = None
    formula: int | None = None
    formulas: int = 0
    ready: bool = False
    left: float = READING_S
    done: int = 0
    """How many documents it has finished."""

    def give(self, work: Work) -> None:
        """Let the worker start on a document."""
        self.work, self.formula, self.formulas = work, None, 0
        self.left = READING_S
        self.link.send(work)

    def begin(self, formula: int, options: Options) -> None:
        """Note that it turned to a formula."""
        self.formula = formula
        self.left = hard_limit(options.budget_s)

    def end(self) -> None:
        """Kill the process, wherever it is, and wait until it is gone."""
        self.process.kill()
        self.process.join()
        self.link.close()

    def how_it_died(self) -> str:
        """What the exit status of a process that left by itself says."""
        self.process.join(timeout=1)
        status = self.process.exitcode
        if status is not None and status < 0:
            return f"the worker died (signal {-status})"
        return f"the worker died (exit status {status})"


def hired(judge: Judge, options: Options, copies: bool = False) -> Hand:
    """A new worker process, a copy of this one where ``copies`` allows it and that is safe."""
    context = start(copies, options.memory_mb)
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, judge, options), daemon=True)
    with _interrupts_held(isinstance(context, SpawnContext)):
        process.start()
    theirs.close()
    return Hand(process, ours)


@contextmanager
def _interrupts_held(tracked: bool) -> Iterator[None]:
    """Start the child with Ctrl-C blocked: the terminal sends it to the whole group, and only the parent answers.

    ``tracked`` says that multiprocessing starts its resource tracker for the child.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if tracked:
        resource_tracker.ensure_running()  # it would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
