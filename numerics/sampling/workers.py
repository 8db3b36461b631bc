"""Workers on this machine: processes that are replaced where they are lost, as an executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
LOST_AT_MOST = 3
"""How often a task may be lost with its worker before it is taken to be the reason."""


class Processes(Executor):
    """``jobs`` processes. A task that is lost with its worker is given out again, to new processes."""

    def __init__(self, jobs: int) -> None:
        if jobs < 1:
            raise ValueError(f"jobs={jobs} must be at least one")
        self.jobs = jobs
        self._lock = Lock()
        self._pool = self._hired()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a task done; its future survives the loss of a worker."""
        promised: Future[T] = Future()
        self._give(promised, lambda pool: pool.submit(fn, *args, **kwargs), LOST_AT_MOST)
        return promised

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _hired(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"))

    def _give(self, promised: Future[T], ask: Callable[[ProcessPoolExecutor], Future[T]], times: int) -> None:
        with self._lock:
            pool = self._pool
            try:
                asked = ask(pool)
            except BrokenProcessPool:
                pool = self._pool = self._hired()
                asked = ask(pool)
        asked.add_done_callback(lambda done: self._settle(promised, done, ask, times, pool))

    def _settle(
        self, promised: Future[T], done: Future[T], ask: Callable[[Any], Future[T]], times: int, pool: Executor
    ) -> None:
        if done.cancelled():
            promised.cancel()
            return
        error = done.exception()
        if isinstance(error, BrokenProcessPool) and times > 1:
            with self._lock:
                if self._pool is pool:
                    self._pool = self._hired()
            self._give(promised, ask, times - 1)
        elif error is not None:
            promised.set_exception(error)
        else:
            promised.set_result(done.result())
