"""A computation with a time limit, because a rewriting engine may never return."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The computation did not finish within its budget."""


class _Alarm(BaseException):
    """Raised by the timer; no ``except Exception`` in between may swallow it."""


def within(seconds: float, compute: Callable[[], T]) -> T:
    """The value of ``compute()``; OutOfTime where it takes longer than ``seconds`` of wall-clock time.

    In the main thread the computation is interrupted. Elsewhere no timer can be set: it runs to its end, and an answer
    that comes too late is refused just the same.
    """
    started = time.monotonic()
    try:
        with _timer(seconds):
            value = compute()
    except _Alarm:
        raise OutOfTime(f"no answer within {seconds:g} s") from None
    if time.monotonic() - started > seconds:
        raise OutOfTime(f"no answer within {seconds:g} s")
    return value


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    earlier = signal.signal(signal.SIGALRM, _ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, earlier)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Alarm
