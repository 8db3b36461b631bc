"""A comparison of two runs, as text for a terminal, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from claims.records import asdict
from errata.reporting.comparison import Comparison, Finding
from errata.reporting.renderers.glyphs import visible

SECTIONS = (
    ("new", "new"),
    ("still_open", "still open"),
    ("mended", "mended"),
    ("set_aside", "waived or accepted since"),
    ("not_judged", "no longer judged: neither mended nor open"),
    ("not_looked_at", "not looked at in the later run"),
)
MOST = 200
"""Findings of a section that are listed in a terminal and in Markdown."""


def summary(found: Comparison) -> str:
    """The counts in one line; those of the rarer fates only where there are any."""
    counts = [(len(getattr(found, field)), words.partition(":")[0]) for field, words in SECTIONS]
    return ", ".join(f"{count} {words}" for i, (count, words) in enumerate(counts) if count or i < 3)


def as_text(found: Comparison) -> str:
    """A block for each fate, a line for each finding, and the counts."""
    return "\n".join([*_blocks(found), summary(found)]) + "\n"


def _blocks(found: Comparison) -> Iterator[str]:
    for field, words in SECTIONS:
        findings: Sequence[Finding] = getattr(found, field)
        if findings:
            yield f"{words} ({len(findings)})"
            yield from (f"  {_place(f)}: {f.code} {visible(f.text)}" for f in findings[:MOST])
            if len(findings) > MOST:
                yield f"  and {len(findings) - MOST} more"
            yield ""
    if found.versions[0] != found.versions[1]:
        old, new = found.versions
        yield f"note: the runs are of errata {old} and {new}; some of it may be errata's doing"


def _place(finding: Finding) -> str:
    cell = f":cell {finding.cell}" if finding.cell is not None else ""
    return f"{visible(finding.path)}{cell}:{finding.line}"


def as_markdown(found: Comparison) -> str:
    """Headings and tables; long sections are folded."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Comparison) -> Iterator[str]:
    yield f"**errata:** {summary(found)}"
    for field, words in SECTIONS:
        findings: Sequence[Finding] = getattr(found, field)
        if not findings:
            continue
        folded = field != "new"
        title = f"{words[0].upper()}{words[1:]} ({len(findings)})"
        yield f"\n<details><summary>{title}</summary>\n" if folded else f"\n### {title}\n"
        yield "| place | rule | formula |"
        yield "|---|---|---|"
        yield from (f"| `{_place(f)}` | {f.code} {f.rule} | {_cell(f.text)} |" for f in findings[:MOST])
        if len(findings) > MOST:
            yield f"\nand {len(findings) - MOST} more"
        if folded:
            yield "\n</details>"
    if found.versions[0] != found.versions[1]:
        yield f"\nThe runs are of errata {found.versions[0]} and {found.versions[1]}; some of it may be errata's doing."


def _cell(text: str) -> str:
    """A formula as code in a table: its bars are kept from ending the cell."""
    return f"`{visible(text).replace('`', 'ˋ').replace('|', chr(92) + '|')}`"


def as_json(found: Comparison) -> str:
    """The same for programs."""
    tree: dict[str, object] = {"version": 1, "errata": list(found.versions)}
    for field, _ in SECTIONS:
        tree[field] = [asdict(finding) for finding in getattr(found, field)]
    return json.dumps(tree, indent=1) + "\n"
