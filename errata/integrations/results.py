"""errata from Python: ``errata.check(text or path)``, with typed results.

The notes are judged by a process of its own, as on the command line: what hangs there can be ended, and neither the
names nor the folder of the program that asks get in its way. So this file imports nothing else of errata: a program
that has a ``claims.py`` of its own may ask all the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUR_FAULT = 3
OF_THE_FORM = ("--format", "--output", "-o", "--diff", "--fix", "--watch", "--help", "-h")
"""Options that say what becomes of a report, which is returned here."""


class CheckError(Exception):
    """The notes could not be checked at all; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One error or warning: where, what, how the formula was read, and what should stand there."""

    path: str
    line: int
    column: int
    cell: int | None
    code: str
    rule: str | None
    severity: str
    message: str
    latex: str
    read_as: str = ""
    witness: str | None = None
    repair: str | None = None

    def __str__(self) -> str:
        cell = f"cell {self.cell}:" if self.cell is not None else ""
        repair = f"; write {self.repair}" if self.repair else ""
        return f"{self.path}:{cell}{self.line}:{self.column}: {self.code} {self.message}{repair}"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a formula: its verdict, and the reason where it was not judged."""

    path: str
    line: int
    column: int
    cell: int | None
    left: str
    relation: str
    right: str
    kind: str
    verdict: str
    read_as: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and how much of what is claimed was judged."""

    findings: tuple[Finding, ...]
    relations: tuple[Relation, ...]
    claims: int
    judged: int
    unreadable: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make a run fail."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def share(self) -> float:
        """Percent of the claims that were judged; 100 where nothing is claimed."""
        return 100 * self.judged / self.claims if self.claims else 100.0

    def __str__(self) -> str:
        lines = [*map(str, self.findings), *self.unreadable]
        claims = "claim" if self.claims == 1 else "claims"
        return "\n".join([*lines, f"judged {self.judged} of {self.claims} {claims}, {len(self.errors)} wrong"])


def check(
    source: str | os.PathLike[str] | Sequence[os.PathLike[str]],
    *,
    name: str = "notes.md",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: os.PathLike[str] | None = None,
    arguments: Sequence[str] = (),
) -> Report:
    """What errata finds in a text, or in the files and folders at some paths.

    A ``str`` is the text of notes, of the kind that the suffix of ``name`` tells; a path is a ``pathlib.Path``.
    Settings are those of ``config``; of a path, by default those of its configuration. ``arguments`` are options as
    of ``errata check``. Raises CheckError where nothing could be checked.
    """
    odd = next((a for a in arguments if a.partition("=")[0] in OF_THE_FORM), None)
    if odd is not None:
        raise CheckError(f"{odd} can't be said here: what is found comes back as a report; use errata check for it")
    command = [sys.executable, "-m", "errata", "check", "--format", "json"]
    command += [part for code in select for part in ("--select", code)]
    command += [part for code in ignore for part in ("--ignore", code)]
    if config is not None:
        command += ["--config", os.fspath(config)]
    text: str | None = None
    if isinstance(source, str):
        text = source
        command += ["--stdin-name", name, *(() if config else ("--no-config",)), *arguments, "-"]
    else:
        paths = [source] if isinstance(source, os.PathLike) else list(source)
        command += [*arguments, "--", *map(os.fspath, paths)]
    return _report(_told(command, text))


def _told(command: Sequence[str], text: str | None) -> dict[str, Any]:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([_home(), *filter(None, [os.environ.get("PYTHONPATH")])])}
    data = None if text is None else text.encode("utf-8", "replace")
    ran = subprocess.run(command, check=False, capture_output=True, input=data, env=environ)
    try:
        tree = json.loads(ran.stdout)
    except ValueError:
        tree = None
    if not isinstance(tree, dict) or ran.returncode == OUR_FAULT:
        raise CheckError(ran.stderr.decode("utf-8", "replace").strip() or "errata said nothing")
    return tree


def _home() -> str:
    """The folder in which errata's own parts lie."""
    return str(Path(__file__).resolve().parents[2])


def _report(tree: dict[str, Any]) -> Report:
    findings: list[Finding] = []
    relations: list[Relation] = []
    for document in tree["documents"]:
        for r in document["relations"]:
            relations.append(_relation(document["path"], r))
            if r["severity"] is not None and not r["accepted"]:
                findings.append(_finding(document["path"], r))
        for r in document["remarks"]:
            if r["severity"] != "note":
                findings.append(_finding(document["path"], r))
    summary = tree["summary"]
    unreadable = tuple(f"{u['path']}: {u['why']}; {u['remedy']}" for u in tree["unreadable"])
    return Report(tuple(findings), tuple(relations), summary["claims"], summary["judged"], unreadable)


def _relation(path: str, r: dict[str, Any]) -> Relation:
    names = ("line", "column", "cell", "left", "relation", "right", "kind", "verdict", "read_as", "why")
    return Relation(path, **{name: r[name] for name in names})


def _finding(path: str, r: dict[str, Any]) -> Finding:
    latex = " ".join(r[part] for part in ("left", "relation", "right")).strip() if "left" in r else ""
    place = r.get("focus") or r
    witness = next((e["witness"] for e in r.get("evidence", ()) if e.get("witness")), None)
    return Finding(
        path=path,
        line=place["line"],
        column=place["column"],
        cell=place["cell"],
        code=r["code"],
        rule=r["rule"],
        severity=r["severity"],
        message=r["message"] or "",
        latex=latex,
        read_as=r.get("read_as") or "",
        witness=", ".join(f"{name}={value}" for name, value in witness.items()) if witness else None,
        repair=(r.get("repair") or {}).get("latex"),
    )
