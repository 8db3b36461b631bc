"""Two runs over the same notes, from their JSON: what is new, mended, still open, and of what it can't be said.

A finding is known by its document, its code and its own text, not by its line: edits elsewhere don't disturb it. One
that is gone counts as mended only where its document was looked at again and its formula is not merely left unjudged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Any

from claims.records import Record, replace

VERSION = 1
ALIKE = 0.8
"""Share of equal text from which two findings in one document are the same, edited."""
LOUD = ("error", "warning")
OPEN = ("undecided", "unread")


class NoRun(Exception):
    """The text is no JSON output of ``errata check``. The message says why."""


class Finding(Record):
    """An error or a warning, where it stood, and what it said."""

    path: str
    line: int
    code: str
    rule: str
    severity: str
    text: str
    message: str
    cell: int | None = None


class Run(Record):
    """What a comparison needs of a run."""

    version: str
    documents: frozenset[str]
    findings: tuple[Finding, ...]
    open_texts: frozenset[tuple[str, str]]
    """Relations that were not judged, by path and text."""
    set_aside: frozenset[tuple[str, str]]
    """Relations that the author waives or a baseline accepts."""


class Comparison(Record):
    """Findings by what became of them; those still open are as the later run has them."""

    new: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    set_aside: tuple[Finding, ...]
    not_judged: tuple[Finding, ...]
    """Gone, but the formula, or one much like it, is there and is not judged."""
    not_looked_at: tuple[Finding, ...]
    """Gone with their documents, which the later run did not read."""
    versions: tuple[str, str]


def run_of(text: str) -> Run:
    """The run that a JSON output tells of. Raises NoRun."""
    try:
        tree = json.loads(text)
    except ValueError as error:
        raise NoRun(f"it is not JSON ({error}); `errata check NOTES --format json` writes one") from None
    if not isinstance(tree, Mapping) or not isinstance(tree.get("documents"), list):
        raise NoRun("it has no documents; `errata check NOTES --format json` writes what is needed")
    if tree.get("version") != VERSION:
        raise NoRun(f"it is of version {tree.get('version')!r}, and this errata reads version {VERSION}")
    try:
        return _run(tree)
    except (KeyError, TypeError, ValueError) as error:
        raise NoRun(f"something is missing in it: {error}") from None


def _run(tree: Mapping[str, Any]) -> Run:
    findings: list[Finding] = []
    unjudged, aside = set(), set()
    for document in tree["documents"]:
        path = PurePosixPath(document["path"]).as_posix()
        for relation in document["relations"]:
            text = _text(relation)
            if relation["waived"] or relation.get("accepted"):
                aside.add((path, text))
            elif relation["severity"] in LOUD:
                findings.append(_finding(path, relation, text))
            elif relation["verdict"] in OPEN:
                unjudged.add((path, text))
        findings += [_finding(path, r, r["message"]) for r in document["remarks"] if r["severity"] in LOUD]
    documents = frozenset(PurePosixPath(d["path"]).as_posix() for d in tree["documents"])
    return Run(str(tree.get("errata", "?")), documents, tuple(findings), frozenset(unjudged), frozenset(aside))


def _text(relation: Mapping[str, Any]) -> str:
    return " ".join(f"{relation['left']} {relation['relation']} {relation['right']}".split())


def _finding(path: str, item: Mapping[str, Any], text: str) -> Finding:
    rule, message = item["rule"] or "", item["message"] or ""
    return Finding(path, item["line"], item["code"], rule, item["severity"], text, message, item["cell"])


def compared(old: Run, new: Run) -> Comparison:
    """What became of the findings of a run, and what came."""
    old = _as_named(old, new)
    left, came = list(old.findings), list(new.findings)
    still: list[Finding] = []
    for key in (_known, _elsewhere):
        still += _paired(left, came, key)
    still += _edited(left, came)
    gone: dict[str, list[Finding]] = {"mended": [], "aside": [], "open": [], "away": []}
    for finding in left:
        gone[_fate(finding, new)].append(finding)
    return Comparison(
        _in_order(came),
        _in_order(gone["mended"]),
        _in_order(still),
        _in_order(gone["aside"]),
        _in_order(gone["open"]),
        _in_order(gone["away"]),
        (old.version, new.version),
    )


def _known(finding: Finding) -> Hashable:
    return finding.path, finding.code, finding.text


def _elsewhere(finding: Finding) -> Hashable:
    """The same in a document that has been renamed, or moved to another."""
    return finding.code, finding.text


def _paired(left: list[Finding], came: list[Finding], key: Callable[[Finding], Hashable]) -> list[Finding]:
    """Those of the later run that are among the earlier ones, one for one; both lists lose them."""
    waiting: dict[Hashable, list[Finding]] = {}
    for finding in left:
        waiting.setdefault(key(finding), []).append(finding)
    pairs = [(waiting[key(f)].pop(0), f) for f in came if waiting.get(key(f))]
    _without(left, (before for before, _ in pairs))
    _without(came, (after for _, after in pairs))
    return [after for _, after in pairs]


def _edited(left: list[Finding], came: list[Finding]) -> list[Finding]:
    """Those whose own text was edited and in which something is still found; the most alike first."""
    likeness = sorted(
        (
            (_likeness(before.text, after.text), i, j)
            for i, before in enumerate(left)
            for j, after in enumerate(came)
            if before.path == after.path
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    taken: dict[int, int] = {}
    for ratio, i, j in likeness:
        if ratio >= ALIKE and i not in taken and j not in taken.values():
            taken[i] = j
    still = [came[j] for j in taken.values()]
    _without(left, [left[i] for i in taken])
    _without(came, still)
    return still


def _without(findings: list[Finding], gone: Iterable[Finding]) -> None:
    """Take these very findings out of a list."""
    away = {id(finding) for finding in gone}
    findings[:] = [finding for finding in findings if id(finding) not in away]


def _fate(finding: Finding, new: Run) -> str:
    at = (finding.path, finding.text)
    if finding.path not in new.documents:
        return "away"
    if at in new.set_aside:
        return "aside"
    unjudged = (text for path, text in new.open_texts if path == finding.path)
    return (
        "open" if any(text == finding.text or _likeness(finding.text, text) >= ALIKE for text in unjudged) else "mended"
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.path, f.cell or 0, f.line, f.code)))


def _as_named(old: Run, new: Run) -> Run:
    """The earlier run with its paths as from the later one's folder, where no path is in both."""
    if not old.documents or not new.documents or old.documents & new.documents:
        return old
    from_, to = (os.path.commonpath([os.path.dirname(p) or "." for p in run.documents]) for run in (old, new))

    def named(path: str) -> str:
        return PurePosixPath(os.path.normpath(os.path.join(to, os.path.relpath(path, from_)))).as_posix()

    return replace(
        old,
        documents=frozenset(map(named, old.documents)),
        findings=tuple(replace(f, path=named(f.path)) for f in old.findings),
    )
