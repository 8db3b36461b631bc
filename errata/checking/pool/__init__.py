"""Examining many documents in worker processes that can be killed: see ``Crew``."""

from errata.checking.pool.crew import Crew, WorkerFailed, examined
from errata.checking.pool.limits import OutOfTime
from errata.checking.pool.messages import Begun, Event, File, Judge, Opened, Source

__all__ = ["Begun", "Crew", "Event", "File", "Judge", "Opened", "OutOfTime", "Source", "WorkerFailed", "examined"]
