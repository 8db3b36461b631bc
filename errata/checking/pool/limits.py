"""The budget of one formula, as far as a worker can hold itself to it. The parent's clock holds for the rest."""

from __future__ import annotations

import signal
import sys
from types import FrameType

READING_S = 30.0
"""Seconds that a worker may take to start, and then to read a document, before its first formula."""

_IMPORT = ("importlib._bootstrap", "_frozen_importlib")
_LATER_S = 0.05
"""Seconds after which the time is looked at again, where it ran out within an import."""

LOST_AT_MOST = 50
"""Formulas of one document that may each cost a worker, before the rest of the document is left undecided."""


class OutOfTime(BaseException):
    """A formula used up its time.

    No ``Exception``, so that a broad ``except Exception`` on the way doesn't keep a runaway formula alive. Whoever
    catches it between two formulas saves the worker from starting the document again.
    """


def ran_out_of_time(error: BaseException | None) -> bool:
    """Whether ``OutOfTime`` is at the bottom of an error: compiled code that calls back turns it into another."""
    while error is not None:
        if isinstance(error, OutOfTime):
            return True
        error = error.__cause__ or error.__context__
    return False


def hard_limit(budget_s: float) -> float:
    """Seconds by the wall clock after which the parent kills a worker that did not stop by itself."""
    return 4 * budget_s + 2


def too_slow(budget_s: float) -> str:
    """The reason given for a formula that was stopped, the same whoever stopped it."""
    return f"took longer than {budget_s:g} s"


def install_alarm() -> None:
    """Let the timer of this process raise ``OutOfTime`` in its main thread, where the platform has such a timer."""
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, _ring)


def set_alarm(seconds: float) -> None:
    """Raise ``OutOfTime`` after so many seconds of processor time, stretched by no busy machine; 0 is never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def cap_memory(megabytes: int) -> None:
    """Turn memory beyond the cap into ``MemoryError``: data on Linux, address space elsewhere, nothing on Windows."""
    try:
        import resource
    except ImportError:
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    hard = resource.getrlimit(kind)[1]
    cap = megabytes * 2**20
    try:
        resource.setrlimit(kind, (cap if hard == resource.RLIM_INFINITY else min(cap, hard), hard))
    except (ValueError, OSError):
        return


def _ring(signum: int, frame: FrameType | None) -> None:
    """Raises, or rings again a little later while a module is being imported: one cut off half way stays broken for
    all formulas after this one. The parent's clock holds for a module that never ends."""
    if _is_importing(frame):
        set_alarm(_LATER_S)
        return
    raise OutOfTime


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_globals.get("__name__") in _IMPORT:
            return True
        frame = frame.f_back
    return False
