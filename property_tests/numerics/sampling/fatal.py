"""Tasks that end badly, for workers to be tested with."""

from __future__ import annotations

import os
import signal


def end_once(flag: str) -> None:
    """Kills its own process, where the file is still there, and removes it first."""
    if os.path.exists(flag):
        os.remove(flag)
        os.kill(os.getpid(), signal.SIGKILL)


def always_end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise ArithmeticError("a fault of the task")
