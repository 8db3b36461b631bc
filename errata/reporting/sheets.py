"""Errata sheets: entries kept as TOML beside the documentation, rendered to Markdown.

``python -m errata.reporting.sheets docs/errata`` writes the page of each sheet; a test compares them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, Literal, get_args

from claims.records import Record

Gravity = Literal["wrong", "imprecise", "needs a condition"]
GRAVITIES: tuple[Gravity, ...] = get_args(Gravity)


class Entry(Record):
    """One finding. ``check`` holds codes that ``errata check`` gives there, ``refute`` and ``derive`` names."""

    lines: tuple[int, ...]
    gravity: Gravity
    says: str
    right: str
    why: str = ""
    check: tuple[str, ...] = ()
    refute: tuple[str, ...] = ()
    derive: tuple[str, ...] = ()


class Sheet(Record):
    """All findings in one lecture, whose lines are those of the file with this SHA-256."""

    lecture: str
    sha256: str
    entries: tuple[Entry, ...]


def sheet_of(text: str) -> Sheet:
    """Read a sheet. Raises KeyError or TypeError where a field is missing or unknown, ValueError for a bad value."""
    data = tomllib.loads(text)
    return Sheet(data["lecture"], data["sha256"], tuple(_entry(found) for found in data["entry"]))


def _entry(found: dict[str, Any]) -> Entry:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
    entry = Entry(**fields)
    if entry.gravity not in GRAVITIES:
        raise ValueError(f"gravity {entry.gravity!r} is none of {', '.join(GRAVITIES)}")
    if not (entry.check or entry.refute or entry.derive):
        raise ValueError(f"line {entry.lines[0]}: no command shows it")
    return entry


def counts(sheet: Sheet) -> dict[Gravity, int]:
    """How many entries there are of each gravity."""
    seen = Counter(entry.gravity for entry in sheet.entries)
    return {gravity: seen[gravity] for gravity in GRAVITIES}


def rendered(sheet: Sheet) -> str:
    """The sheet as Markdown, in the order of lines."""
    tally = ", ".join(f"{n} {gravity}" for gravity, n in counts(sheet).items() if n)
    head = (
        f"# Errata: {sheet.lecture}",
        f"{len(sheet.entries)} entries: {tally}. Lines are those of the file with SHA-256 `{sheet.sha256[:12]}…`; "
        "what a gravity means is told in [the overview](index.md).",
    )
    entries = sorted(sheet.entries, key=lambda entry: entry.lines)
    return "\n\n".join((*head, *(_section(entry, sheet.lecture) for entry in entries))) + "\n"


def _section(entry: Entry, lecture: str) -> str:
    place = ("Line " if len(entry.lines) == 1 else "Lines ") + ", ".join(map(str, entry.lines))
    facts = [f"## {place}: {entry.gravity}", f"**Said.** {entry.says}", f"**Right.** {entry.right}"]
    if entry.why:
        facts.append(f"**Why.** {entry.why}")
    facts.extend(map(_reason, entry.refute))
    return "\n\n".join((*facts, "**Shown by.** " + ", ".join(commands(entry, lecture))))


def _reason(name: str) -> str:
    """The witness and the condition of a refuted statement."""
    from numerics.counterexamples.catalogue import BY_NAME

    case = BY_NAME[name]
    return f"**Counterexample** to the statement that {case.says}. {_capital(case.witness)}. Holds if {case.holds_if}."


def _capital(text: str) -> str:
    """A sentence's first letter as a capital, unless it is part of a formula."""
    word = text.split()[0]
    is_word = word == "a" or (len(word) > 1 and word.isalpha() and word.isascii())
    return text[0].upper() + text[1:] if is_word else text


def commands(entry: Entry, lecture: str) -> list[str]:
    """What to type to see the finding; the right form of a refuted statement comes from its derivations."""
    from numerics.counterexamples.catalogue import BY_NAME

    derived = dict.fromkeys((*entry.derive, *(d for name in entry.refute for d in BY_NAME[name].derived)))
    return [
        *(f"`errata check {lecture}` ({code})" for code in entry.check),
        *(f"`errata refute {name}`" for name in entry.refute),
        *(f"`errata derive {name}`" for name in derived),
    ]


def write_all(folder: Path) -> None:
    """Write the page beside each sheet."""
    for path in sorted(folder.glob("*.toml")):
        page = rendered(sheet_of(path.read_text(encoding="utf-8")))
        path.with_suffix(".md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    import sys

    write_all(Path(sys.argv[1]))
