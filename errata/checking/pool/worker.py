"""The life of one worker process: take a document, judge it formula by formula, say what happened."""

from __future__ import annotations

import os
import signal
import threading
import traceback
import warnings
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import PurePath

from errata.checking.judgement import Fault, Unreadable
from errata.checking.options import Options
from errata.checking.pool.limits import OutOfTime, cap_memory, install_alarm, set_alarm, too_slow
from errata.checking.pool.messages import Begun, Finished, Judge, Message, Opened, Ready, Stopped, Work
from errata.checking.pool.start import prepare
from errata.reading.document import Document


def serve(link: Connection, judge: Judge, options: Options) -> None:
    """Do what comes over the link until it closes."""
    _settle(options)
    prepare(judge)
    link.send(Ready())
    while True:
        try:
            work: Work = link.recv()
        except EOFError:
            return
        link.send(_done(link, judge, options, work))


def _settle(options: Options) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warnings.simplefilter("ignore")
    _silence()
    install_alarm()
    cap_memory(options.memory_mb)


def _silence() -> None:
    """Send what libraries print to nowhere: standard output belongs to the report."""
    if os.environ.get("ERRATA_DEBUG") == "1":
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _done(link: Connection, judge: Judge, options: Options, work: Work) -> Message:
    at: list[int] = []

    def begin(formula: int) -> None:
        set_alarm(0)
        at.append(formula)
        link.send(Begun(formula))
        set_alarm(options.budget_s)

    try:
        try:
            document = _document(judge, work)
            if isinstance(document, Unreadable):
                return Finished(document)
            link.send(Opened(len(document.formulas)))
            return Finished(judge.examine(document, options, begin, work.skip))
        finally:
            set_alarm(0)  # it may ring before it is off
    except (OutOfTime, Exception) as error:
        return _stopped(error, at[-1] if at else None, options)


def _document(judge: Judge, work: Work) -> Document | Unreadable:
    return work.source if isinstance(work.source, Document) else judge.read(work.source)


def _stopped(error: BaseException, formula: int | None, options: Options) -> Stopped:
    match error:
        case OutOfTime():
            return Stopped(too_slow(options.budget_s))
        case MemoryError():
            return Stopped("ran out of memory", spent=True)
        case RecursionError():
            return Stopped("is nested too deeply")
        case _:
            fault = Fault(_what(error), formula, "".join(traceback.format_exception(error)))
            return Stopped(f"errata itself failed here ({fault.what})", fault)


def _what(error: BaseException) -> str:
    """The kind of error and the place that raised it, without its message: that may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = PurePath(frames[-1].filename)
    return f"{type(error).__name__} at {place.parent.name}/{place.name}:{frames[-1].lineno}"
