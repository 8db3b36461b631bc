"""One table of a course's submissions: as text, CSV, JSON or a page."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.conformance.coursework import Outcome

FIELDS = ("submission", "exercise", "outcome", "file", "detail", "likely")
FORMULAS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet takes for a formula at the start of a cell."""


def as_text(found: Sequence[Outcome]) -> str:
    """A line for each outcome, and how many of each there are."""
    widest = max((len(one.submission) for one in found), default=0)
    longest = max((len(one.exercise) for one in found), default=0)
    lines = [
        f"{one.submission:<{widest}}  {one.exercise:<{longest}}  {one.word}"
        + (f": {one.likely[0]}" if one.likely else f": {one.detail}" if one.detail else "")
        for one in found
    ]
    return "\n".join([*lines, "", _counted(found)])


def _counted(found: Sequence[Outcome]) -> str:
    counts = Counter(one.word for one in found)
    people = len({one.submission for one in found})
    return f"{people} submissions: " + (", ".join(f"{n} {word}" for word, n in counts.most_common()) or "none")


def as_csv(found: Sequence[Outcome]) -> str:
    """A row for each outcome, for a spreadsheet: nothing of a submission becomes a formula there."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(FIELDS)
    for one in found:
        cells = (one.submission, one.exercise, one.word, one.file, one.detail, "; ".join(one.likely))
        rows.writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
    return text.getvalue()


def as_json(found: Sequence[Outcome]) -> str:
    """The same for programs."""
    return json.dumps(
        [
            {
                "submission": one.submission,
                "exercise": one.exercise,
                "outcome": one.word,
                "file": one.file,
                "detail": one.detail,
                "likely": list(one.likely),
            }
            for one in found
        ],
        indent=1,
        ensure_ascii=False,
    )


STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .35rem .6rem;
  text-align: left; vertical-align: top; }
thead th { position: sticky; top: 0; background: Canvas; }
td.conforms { background: color-mix(in srgb, #2e9e4f 22%, Canvas); }
td.edges, td.overflows, td.several { background: color-mix(in srgb, #d9a300 25%, Canvas); }
td.wrong { background: color-mix(in srgb, #d33 20%, Canvas); }
td.missing { background: color-mix(in srgb, currentColor 10%, Canvas); }
small { display: block; max-width: 28rem; overflow-wrap: anywhere; }
@media print { thead th { position: static; } }
"""


def as_page(found: Sequence[Outcome]) -> str:
    """A page that needs no network: a row for each submission, a column for each exercise."""
    exercises = list(dict.fromkeys(one.exercise for one in found))
    people = list(dict.fromkeys(one.submission for one in found))
    at = {(one.submission, one.exercise): one for one in found}
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in exercises)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(who)}</th>{"".join(_cell(at[who, name]) for name in exercises)}</tr>'
        for who in people
    )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Submissions</title>\n'
        f"<style>{STYLE}</style>\n<h1>Submissions</h1>\n<p>{escape(_counted(found))}</p>\n"
        f'<table>\n<thead><tr><th scope="col">submission</th>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n'
        "</html>\n"
    )


def _cell(one: Outcome) -> str:
    kind = one.word if one.word in ("conforms", "edges", "overflows", "several", "missing") else "wrong"
    small = "".join(f"<small>{escape(said)}</small>" for said in (*one.likely, one.detail, one.file) if said)
    return f'<td class="{kind}">{escape(one.word)}{small}</td>'
