"""What is said of every relation of some documents, kept, and two such records compared.

``python -m benchmarks.verdicts record RECORD PATH… [--tree TREE]`` writes one line of JSON for each relation: its
place, its sides, kind, verdict, code, condition, and the routes that gave the evidence.
``python -m benchmarks.verdicts compare BEFORE AFTER`` prints what changed: first what was supported and is now refuted
or the other way round, then new and lost errors, then the rest by kind of change. It ends with status 1 where a verdict
was turned round.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import ROOT
from errata.reading.discover import discover

AT_ONCE = 60
"""Documents given to one command."""
HOLDS = frozenset({"proved", "supported"})
SHOWN = 40
"""Changes of one kind that are printed in full."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was said of one relation; ``place`` is its path, line and column, and which one it is of those there."""

    place: tuple[str, int, int, int]
    text: str
    kind: str
    verdict: str
    code: str | None
    severity: str | None
    holds_if: str | None
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A relation of which something else is said; one of the two is None where it is new or gone."""

    before: Entry | None
    after: Entry | None

    @property
    def is_turned(self) -> bool:
        """Whether what held is refuted, or the other way round."""
        verdicts = {e.verdict for e in (self.before, self.after) if e is not None}
        return bool(verdicts & HOLDS) and "refuted" in verdicts

    @property
    def is_of_errors(self) -> bool:
        """Whether it is an error in one record and not in the other."""
        return _is_error(self.before) != _is_error(self.after)


def _is_error(entry: Entry | None) -> bool:
    return entry is not None and entry.severity == "error"


def entries(report: Mapping[str, object]) -> Iterator[Entry]:
    """The entries of a report in JSON."""
    documents = report["documents"]
    assert isinstance(documents, list)
    for document in documents:
        seen: Counter[tuple[int, int]] = Counter()
        for r in document["relations"]:
            at = (r["line"], r["column"])
            seen[at] += 1
            routes = tuple(dict.fromkeys(e["route"] for e in r["evidence"] or ()))
            text = f"{r['left']} {r['relation']} {r['right']}"
            yield Entry(
                (document["path"], *at, seen[at]), text, r["kind"], r["verdict"], r["code"], r["severity"],
                r["holds_if"], routes,
            )  # fmt: skip


def changes(before: Iterable[Entry], after: Iterable[Entry]) -> list[Change]:
    """What changed between two records, those that were turned round first, then errors, then the rest by place."""
    old, new = {e.place: e for e in before}, {e.place: e for e in after}
    places = sorted({*old, *new})
    found = [Change(old.get(p), new.get(p)) for p in places if _said(old.get(p)) != _said(new.get(p))]
    return sorted(found, key=lambda c: (not c.is_turned, not c.is_of_errors))


def _said(entry: Entry | None) -> tuple[object, ...]:
    return () if entry is None else (entry.kind, entry.verdict, entry.code, entry.severity, entry.holds_if)


def table(found: Sequence[Change]) -> str:
    """The changes as text: each that was turned round or is an error, the others counted by kind with an example."""
    rows = [f"{len(found)} relations changed"]
    loud = [c for c in found if c.is_turned or c.is_of_errors]
    for change in loud[:SHOWN]:
        mark = "TURNED " if change.is_turned else ""
        rows.append(f"  {mark}{_shown(change)}")
    if len(loud) > SHOWN:
        rows.append(f"  … and {len(loud) - SHOWN} more")
    quiet = [c for c in found if not (c.is_turned or c.is_of_errors)]
    kinds = Counter((_name(c.before), _name(c.after)) for c in quiet)
    for (old, new), count in kinds.most_common():
        example = next(c for c in quiet if (_name(c.before), _name(c.after)) == (old, new))
        rows.append(f"  {count:5d}  {old} -> {new}, such as {_shown(example)}")
    return "\n".join(rows)


def _name(entry: Entry | None) -> str:
    return "absent" if entry is None else entry.verdict if entry.verdict != "not-a-claim" else entry.kind


def _shown(change: Change) -> str:
    entry = change.after or change.before
    assert entry is not None
    path, line, column, _ = entry.place
    routes = ", ".join(entry.routes)
    code = f" {entry.code}" if entry.code else ""
    return (
        f"{Path(path).name}:{line}:{column} {_name(change.before)} -> {_name(change.after)}{code}"
        f" [{routes}] {entry.text[:100]}"
    )


def recorded(paths: Sequence[str], tree: Path) -> Iterator[Entry]:
    """What ``errata check`` of a checkout says of some documents."""
    files = [str(Path(f).resolve()) for f in discover(paths).files]
    environment = os.environ | {"PYTHONPATH": str(tree), "OMP_NUM_THREADS": "1"}
    for start in range(0, len(files), AT_ONCE):
        command = [sys.executable, "-m", "errata", "check", "--format", "json", *files[start : start + AT_ONCE]]
        ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tree, env=environment)
        if not ran.stdout.startswith("{"):
            raise SystemExit(f"errata failed with status {ran.returncode}: {ran.stderr[-300:]}")
        yield from entries(json.loads(ran.stdout))


def written(found: Iterable[Entry], path: Path) -> int:
    """Writes a record; returns how many entries it has."""
    rows = [json.dumps({f: getattr(e, f) for f in Entry.__dataclass_fields__}, ensure_ascii=False) for e in found]
    path.write_text("\n".join(rows) + "\n", encoding="utf8")
    return len(rows)


def read(path: Path) -> list[Entry]:
    """The entries of a record."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf8").splitlines() if row]
    return [Entry(**{**row, "place": tuple(row["place"]), "routes": tuple(row["routes"])}) for row in rows]


def main() -> None:
    """Records or compares."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.verdicts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = parser.add_subparsers(dest="action", required=True)
    record = actions.add_parser("record", help="write what is said of each relation")
    record.add_argument("record", type=Path)
    record.add_argument("paths", nargs="+", metavar="PATH")
    record.add_argument("--tree", type=Path, default=ROOT, help="the checkout whose errata is run")
    compare = actions.add_parser("compare", help="print what changed between two records")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    wanted = parser.parse_args()
    if wanted.action == "record":
        print(f"{written(recorded(wanted.paths, wanted.tree.resolve()), wanted.record)} relations")
        return
    found = changes(read(wanted.before), read(wanted.after))
    print(table(found))
    raise SystemExit(any(c.is_turned for c in found))


if __name__ == "__main__":
    main()
