"""A computation with a time limit, because a rewriting engine may never return.

Time is the processor's, so that a busy machine makes no answer late. The timer counts what the process computes
(``ITIMER_VIRTUAL``): whoever judges formulas has ``ITIMER_PROF`` for a limit of its own around this one.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

AGAIN_S = 0.1
"""Seconds after which the timer rings once more: what is raised within a finaliser, or in what watches the collector,
is lost, and where ``is_not_to_be_cut`` says so nothing is raised."""
SOON_S = 0.001
_WHOLE = frozenset(
    {
        *("importlib._bootstrap", "importlib._bootstrap_external", "_frozen_importlib", "_frozen_importlib_external"),
        *("traceback", "linecache", "_pytest.unraisableexception"),
    }
)


class OutOfTime(Exception):
    """The computation did not finish within its budget."""


class _Alarm(BaseException):
    """Raised by the timer; no ``except Exception`` in between may swallow it."""


def within(seconds: float, compute: Callable[[], T]) -> T:
    """The value of ``compute()``; OutOfTime where it takes more than ``seconds`` of the processor's time.

    In the main thread the computation is interrupted. Elsewhere no timer can be set: it runs to its end, and an answer
    that comes too late is refused just the same.
    """
    started = time.thread_time()
    try:
        with _timer(seconds):
            value = compute()
    except _Alarm:
        raise OutOfTime(f"no answer within {seconds:g} s") from None
    if time.thread_time() - started > seconds:
        raise OutOfTime(f"no answer within {seconds:g} s")
    return value


def is_not_to_be_cut(frame: FrameType | None) -> bool:
    """Whether a module is being imported, or an exception told that was lost: a module that is cut off half way stays
    broken for whoever comes after, and what tells of a lost exception is no place to raise the next one."""
    while frame is not None:
        if frame.f_globals.get("__name__") in _WHOLE:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    """A timer that rings until it is over; one around it goes on afterwards with what it has left."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    is_over = False

    def ring(number: int, frame: FrameType | None) -> None:
        if not (is_over or is_not_to_be_cut(frame)):
            raise _Alarm

    around, every = signal.getitimer(signal.ITIMER_VIRTUAL)
    started = time.process_time()
    earlier = signal.signal(signal.SIGVTALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN_S)
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier)
        if around:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(around - (time.process_time() - started), SOON_S), every)
