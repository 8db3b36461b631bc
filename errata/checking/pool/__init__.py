"""Examining many documents in worker processes that can be killed: see ``crew.examined``."""

from errata.checking.pool.crew import WorkerFailed, examined
from errata.checking.pool.limits import OutOfTime
from errata.checking.pool.messages import Begun, Event, File, Judge, Opened, Source

__all__ = ["Begun", "Event", "File", "Judge", "Opened", "OutOfTime", "Source", "WorkerFailed", "examined"]
