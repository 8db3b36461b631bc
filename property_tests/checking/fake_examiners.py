"""Readers and examiners that misbehave on cue, importable by the worker processes of the pool's tests.

A formula's LaTeX says what happens at it: "hang", "sleep", "hog", "keep", "exit", "kill", "raise", "nest"; anything
else is judged undecided with the process-independent reason "fine".
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from claims.verdict import Undecided
from errata.checking.judgement import Examined, Judged, Kind, Unreadable
from errata.checking.options import Options
from errata.checking.pool import File, Judge, OutOfTime
from errata.reading.document import Document, Formula, Span

Begin = Callable[[int], None]


def document(path: str, *formulas: str) -> Document:
    """A document whose text is its formulas, one on each line."""
    spans, start = [], 0
    for latex in formulas:
        spans.append(Span(start, start + len(latex)))
        start += len(latex) + 1
    made = tuple(Formula(f, s, False, "$") for f, s in zip(formulas, spans, strict=True))
    return Document(path, "\n".join(formulas), made)


def read(file: File) -> Document | Unreadable:
    """The lines of a file as formulas; "unreadable", "raise" and "hang" in the name do what they say."""
    path = Path(file.path)
    if "unreadable" in path.name:
        return Unreadable(str(path), "it is not text", "convert it")
    if "raise" in path.name:
        raise ValueError("planted while reading")
    return document(str(path), *path.read_text().splitlines())


def examine(document: Document, options: Options, begin: Begin, skip: Mapping[int, str]) -> Examined:
    """Undecided throughout, unless a formula says otherwise."""
    judged = []
    for i, formula in enumerate(document.formulas):
        begin(i)
        if i not in skip:
            _act(formula.latex)
        verdict = Undecided((), skip.get(i, "fine"))
        judged.append(Judged(i, formula.span, formula.latex, "=", "0", Kind.CLAIM, verdict, formula.latex))
    return Examined(document, tuple(judged), len(judged))


def examine_with_bad_tail(document: Document, options: Options, begin: Begin, skip: Mapping[int, str]) -> Examined:
    """Judges every formula and fails afterwards, whatever is skipped."""
    examine(document, options, begin, skip)
    raise ValueError("planted after the last formula")


def examine_catching(document: Document, options: Options, begin: Begin, skip: Mapping[int, str]) -> Examined:
    """Catches the alarm between two formulas, and so never costs a worker for being slow."""
    judged = []
    for i, formula in enumerate(document.formulas):
        begin(i)
        why = "fine"
        try:
            _act(formula.latex)
        except OutOfTime:
            why = f"stopped in process {os.getpid()}"
        judged.append(Judged(i, formula.span, formula.latex, "=", "0", Kind.CLAIM, Undecided((), why), formula.latex))
    return Examined(document, tuple(judged), len(judged))


_KEPT: list[bytearray] = []
"""What "keep" holds on to for as long as its worker lives."""


def _act(what: str) -> None:
    match what:
        case "hang":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "hog":
            held = []
            while True:
                held.append(bytearray(2**29))
        case "keep":
            _KEPT.append(bytearray(100 * 2**20))
        case "exit":
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError("planted")
        case "nest":
            _act_forever(0)


def _act_forever(n: int) -> int:
    return _act_forever(n + 1) + 1


JUDGE = Judge(read, examine)
CATCHING = Judge(read, examine_catching)
BAD_TAIL = Judge(read, examine_with_bad_tail)
