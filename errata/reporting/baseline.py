"""The findings that were accepted once, in a file: errata reports what is new since.

A finding is known by its document, its code, its own text and how often the same was found before it in the document,
so edits elsewhere don't disturb it. Paths are relative to the folder of the file.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePath

import errata
from claims.records import Record, asdict
from errata.reporting.diagnostic import Diagnostic
from errata.reporting.rules.rule import Severity

VERSION = 1
_CODE = re.compile(r"[EW]\d{3}")


class BaselineError(Exception):
    """The file is no baseline; the message says why and where."""


class Entry(Record, order=True):
    """One accepted finding; ``occurrence`` counts from 1."""

    path: str
    code: str
    formula: str
    occurrence: int


class Baseline(Record):
    """The accepted findings; ``folder`` is the absolute one that their paths start from."""

    entries: frozenset[Entry]
    folder: str

    def entries_of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Entry | None, ...]:
        """The entry that would accept each finding; None for a note, which needs no accepting."""
        seen: Counter[tuple[str, str, str]] = Counter()
        out: list[Entry | None] = []
        for d in diagnostics:
            if d.severity is Severity.NOTE:
                out.append(None)
                continue
            known = (self.relative(d.document.path), d.code, d.subject)
            seen[known] += 1
            out.append(Entry(*known, seen[known]))
        return tuple(out)

    def relative(self, path: str) -> str:
        """A document's path as the file has it; standard input stays ``-``."""
        if path == "-":
            return path
        return PurePath(os.path.relpath(os.path.abspath(path), self.folder)).as_posix()

    def gone(self, entry: Entry) -> bool:
        """Whether the document of an entry is no longer there."""
        return entry.path != "-" and not Path(self.folder, entry.path).exists()


def empty(path: str) -> Baseline:
    """The baseline that accepts nothing, for a file at this path."""
    return Baseline(frozenset(), os.path.dirname(os.path.abspath(path)))


def read_baseline(path: str) -> Baseline:
    """The accepted findings in a file. Raises BaselineError."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"it can't be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from error
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise BaselineError(f"its JSON is broken{where}") from error
    return Baseline(_entries(tree), empty(path).folder)


def _entries(tree: object) -> frozenset[Entry]:
    if not isinstance(tree, dict) or "version" not in tree or "accepted" not in tree:
        raise BaselineError('it has no "version" and "accepted"; --write-baseline makes such a file')
    if tree["version"] != VERSION or isinstance(tree["version"], bool):
        raise BaselineError(
            f"it has version {tree['version']!r}, and errata {errata.__version__} reads version {VERSION}"
        )
    if not isinstance(tree["accepted"], list):
        raise BaselineError('"accepted" must be a list')
    found: dict[Entry, int] = {}
    for number, item in enumerate(tree["accepted"]):
        entry = _entry(item, f"accepted[{number}]")
        if entry in found:
            raise BaselineError(f"accepted[{number}] repeats accepted[{found[entry]}]")
        found[entry] = number
    return frozenset(found)


def _entry(item: object, where: str) -> Entry:
    if not isinstance(item, dict) or set(item) != {"path", "code", "formula", "occurrence"}:
        raise BaselineError(f'{where} must have "path", "code", "formula" and "occurrence", and nothing else')
    for name in ("path", "code", "formula"):
        if not isinstance(item[name], str):
            raise BaselineError(f"{where}.{name} must be a text, not {_shown(item[name])}")
    if not _CODE.fullmatch(item["code"]):
        raise BaselineError(f"{where}.code must be a code such as E302, not {_shown(item['code'])}")
    times = item["occurrence"]
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise BaselineError(f"{where}.occurrence must be a whole number from 1, not {_shown(times)}")
    return Entry(item["path"], item["code"], item["formula"], times)


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def as_text(entries: Collection[Entry]) -> str:
    """The file that accepts these findings."""
    tree: Mapping[str, object] = {
        "version": VERSION,
        "errata": errata.__version__,
        "accepted": [asdict(entry) for entry in sorted(entries)],
    }
    return json.dumps(tree, indent=1) + "\n"


def rewritten(old: Baseline, found: Sequence[Entry], stale: Collection[Entry]) -> frozenset[Entry]:
    """What is accepted from now on: all that was found, and what this run could not look at."""
    return (old.entries - frozenset(stale)) | frozenset(found)
