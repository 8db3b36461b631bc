"""The submissions of a whole course held against exercises: one outcome for each of both."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from numerics.conformance.exercise import Exercise
from numerics.conformance.holding import conformance
from numerics.conformance.notebooks import NoNotebook, defined
from numerics.conformance.process import CantRun, Limits, Theirs, read

KINDS = (".py", ".ipynb")
CONFORMS, EDGES, OVERFLOWS, MISSING, SEVERAL = "conforms", "edges", "overflows", "missing", "several"
UNLOADED = "can't be loaded"
PASSED = (CONFORMS, EDGES, OVERFLOWS)
"""What is right on all that an exercise asks for."""


@dataclass(frozen=True)
class Task:
    """An exercise, and the name of the callable that was to be written."""

    exercise: Exercise
    callable_name: str


@dataclass(frozen=True)
class Outcome:
    """How one submission did at one exercise: in a word, where it stands, what differs, and what explains it."""

    submission: str
    exercise: str
    word: str
    file: str = ""
    detail: str = ""
    likely: tuple[str, ...] = ()


def submissions(folder: Path) -> list[tuple[str, list[Path]]]:
    """Each folder or file directly in the folder, with the Python files and notebooks that belong to it."""
    found = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "__")):
            continue
        files = sorted(p for p in entry.rglob("*") if _counts(p, entry)) if entry.is_dir() else [entry]
        files = [file for file in files if file.suffix in KINDS]
        if files or entry.is_dir():
            found.append((entry.name if entry.is_dir() else entry.stem, files))
    return found


def _counts(path: Path, under: Path) -> bool:
    inside = path.relative_to(under).parts
    return path.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside)


def outcomes(folder: Path, tasks: Sequence[Task], seed: int, examples: int, limits: Limits) -> Iterator[Outcome]:
    """Every submission at every exercise, in order."""
    for name, files in submissions(folder):
        defining = {file: _definitions(file) for file in files}
        for task in tasks:
            yield _outcome(name, folder, defining, task, seed, examples, limits)


@dataclass(frozen=True)
class Definitions:
    """The functions and classes that a file defines, or why it can't be read."""

    names: frozenset[str]
    unread: str = ""


def _definitions(file: Path) -> Definitions:
    try:
        text = read(file)
        if file.suffix == ".ipynb":
            return Definitions(frozenset(defined(text)))
        body = ast.parse(text).body
    except CantRun as why:
        return Definitions(frozenset(), str(why))
    except NoNotebook as why:
        return Definitions(frozenset(), f"{file.name} {why}")
    except SyntaxError as why:
        return Definitions(frozenset(), f"{file.name} line {why.lineno}: {why.msg}")
    return Definitions(frozenset(node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)))


def _outcome(
    name: str, folder: Path, defining: dict[Path, Definitions], task: Task, seed: int, examples: int, limits: Limits
) -> Outcome:
    outer = task.callable_name.partition(".")[0]
    there = [file for file, found in defining.items() if outer in found.names]
    unread = [found.unread for found in defining.values() if found.unread]
    exercise = task.exercise.name
    if len(there) > 1:
        files = ", ".join(str(file.relative_to(folder)) for file in there)
        return Outcome(name, exercise, SEVERAL, detail=f"{outer} is defined in {files}: which one counts?")
    if not there:
        what = f"nothing defines {outer}" if defining else "there is no .py or .ipynb file"
        return Outcome(name, exercise, UNLOADED if unread else MISSING, detail="; ".join([what, *unread]))
    file = there[0]
    shown = str(file.relative_to(folder))
    try:
        with Theirs(file, task.callable_name, limits) as implementation:
            found = conformance(task.exercise, implementation, seed, examples)
    except CantRun as why:
        return Outcome(name, exercise, UNLOADED, shown, str(why))
    wrong = found.disagreement
    if wrong is not None:
        return Outcome(name, exercise, wrong.kind, shown, wrong.said, found.likely)
    if found.edge is not None:
        said = f"right, but beyond what is asked: {found.edge.said}"
        return Outcome(name, exercise, EDGES, shown, said, found.likely)
    if found.overflow is not None:
        return Outcome(name, exercise, OVERFLOWS, shown, f"right, but far from 0: {found.overflow.said}")
    return Outcome(name, exercise, CONFORMS, shown)
