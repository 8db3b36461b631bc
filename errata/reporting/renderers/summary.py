"""The last line of every report: what was decided, and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor

from errata.reporting.coverage import Coverage, coverage_in, coverage_of
from errata.reporting.followed import not_followed
from errata.reporting.renderers.glyphs import visible
from errata.reporting.renderers.location import location
from errata.reporting.report import Report, tally
from errata.reporting.rules.rule import Severity
from errata.reporting.silence import silent

MOST_PLACES = 8
LEAST_GROUP = 3
MOST_STALE = 10
MOST_FILES = 30
MOST_NAMED = 6
BAR = 20
"""Characters of a bar."""


def summary(report: Report) -> str:
    """Every count there is, the unread and the unreadable included."""
    t = tally(report)
    verdicts = (
        f"{t.proved} proved, {t.supported} supported, {t.refuted} refuted, {t.ill_formed} ill-formed, "
        f"{t.undecided} undecided, {t.unread} unread, {t.not_a_claim} not claims, {counted(t.warnings, 'warning')}"
    )
    unreadable = f", {counted(len(report.unreadable), 'file')} not readable" if report.unreadable else ""
    return f"{counted(t.formulas, 'formula')}, {counted(t.relations, 'relation')}: {verdicts}{unreadable}"


def judged(report: Report) -> str:
    """What share of the claims has a verdict, and what was not checked at all: nothing in it reads like a pass."""
    found = coverage_in(report)
    if not found.claims:
        line = "no claims found"
    else:
        line = (
            f"judged {found.judged} of {counted(found.claims, 'claim')} ({percent(found.share)}): "
            f"{found.hold} {'holds' if found.hold == 1 else 'hold'}, {found.wrong} wrong"
        )
    open_ = found.claims - found.judged
    if open_:
        line += f"; {open_} not judged{'' if not found.waived else f', {found.waived} of them waived by the author'}"
    if found.not_claims:
        line += f"; {counted(found.not_claims, 'definition or given', 'definitions and givens')} not checked"
    return line


def percent(share: float) -> str:
    """A share in whole percent that says 100 only of all, and 0 only of none."""
    if 0 < share < 1:
        return "under 1 %"
    return f"{floor(share)} %"


def per_file(report: Report) -> list[str]:
    """A line with a bar for each document, where there are several; of many, those with the most that is open."""
    rows = [(e, coverage_of((e,))) for e in report.examined]
    if len(rows) < 2:
        return []
    listed = rows
    if len(rows) > MOST_FILES:
        listed = sorted(rows, key=lambda row: row[1].judged - row[1].claims)[:MOST_FILES]
    errors = Counter(id(d.document) for d in report.diagnostics if d.severity is Severity.ERROR)
    paths = [visible(e.document.path) for e, _ in listed]
    wide = max(map(len, paths))
    lines = [_file(path, wide, c, errors[id(e.document)]) for path, (e, c) in zip(paths, listed, strict=True)]
    if len(rows) > MOST_FILES:
        lines.append(f"and {len(rows) - MOST_FILES} more files; these have the most claims that are not judged")
    return lines


def _file(path: str, wide: int, found: Coverage, errors: int) -> str:
    full = floor(found.share * BAR / 100) if found.claims else 0
    line = (
        f"{path:<{wide}}  {'█' * full}{'░' * (BAR - full)}  judged {found.judged} of {counted(found.claims, 'claim')}"
    )
    return f"{line}, {counted(errors, 'error')}" if errors else line


def coverage(report: Report) -> list[str]:
    """What stands between the reader and trust in the summary: what was not read, damage, findings left out."""
    t = tally(report)
    damages = sum(len(e.document.damages) for e in report.examined)
    lines = [f"{t.formulas_fully_read} of {counted(t.formulas, 'formula')} fully read" if t.formulas else "no formulas"]
    others = [f"{visible(e.document.path)} ({e.document.encoding})" for e in report.examined if e.document.encoding]
    if others:
        some = ", ".join(others[:MOST_NAMED]) + (", …" if len(others) > MOST_NAMED else "")
        lines.append(f"not in UTF-8, and read as told: {some}")
    quiet = [f"{visible(one.path)}:{one.line}" for one in silent(report)]
    if quiet:
        some = ", ".join(quiet[:MOST_NAMED]) + (", …" if len(quiet) > MOST_NAMED else "")
        lines.append(f"warning: mathematics is seen and none was read, so nothing was checked: {some}")
    left = not_followed(report)
    for there, what in ((False, "and not found"), (True, "and not checked in this run")):
        names = [f"{visible(one.path)} ({visible(one.by)}:{one.line})" for one in left if one.is_there is there]
        if names:
            some = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
            lines.append(f"warning: named in the notes {what}: {some}")
    if damages:
        mended = sum(1 for e in report.examined for f in e.document.formulas if f.damage)
        read = f"; {counted(mended, 'formula')} read as repaired (errata repair)" if mended else ""
        lines[0] += f", {counted(damages, 'place')} damaged by text extraction (--select N401 shows them){read}"
    if t.accepted:
        lines.append(f"{counted(t.accepted, 'finding')} accepted by the baseline")
    if report.stale:
        lines.append(f"{_entries(t.stale)} of the baseline no longer found (--write-baseline drops them):")
        lines += [f"  {visible(e.path)}: {e.code} {visible(e.formula)}" for e in report.stale[:MOST_STALE]]
        if t.stale > MOST_STALE:
            lines.append(f"  and {t.stale - MOST_STALE} more")
    if report.silenced:
        lines.append(f"{counted(report.silenced, 'finding')} silenced by --select, --ignore or the configuration")
    return lines


def reasons(report: Report) -> list[str]:
    """Why relations were not judged, the commonest reasons first, each with the places it holds for."""
    grouped = _grouped(report.reasons)
    named_in = {why: name for name, whys, _ in grouped for why in whys}
    places: dict[str, list[str]] = {}
    for why, document, span in report.open_places:
        places.setdefault(named_in[why], []).append(location(document.path, document.place(span.start)))
    lines = []
    for name, _, count in grouped:
        lines.append(f"{count:6}  {visible(name)}")
        lines += [f"          {place}" for place in places[name][:MOST_PLACES]]
        if count > MOST_PLACES:
            lines.append(f"          and {count - MOST_PLACES} more places")
    return ["not judged, because:", *lines, "more about one: errata why FILE:LINE"] if lines else []


def _grouped(reasons: Sequence[tuple[str, int]]) -> list[tuple[str, tuple[str, ...], int]]:
    """Reasons that differ in their first word alone, the name they speak of, taken together."""
    tails = Counter(why.partition(" ")[2] for why, _ in reasons)
    groups: dict[str, list[tuple[str, int]]] = {}
    for why, count in reasons:
        tail = why.partition(" ")[2]
        groups.setdefault(f"… {tail}" if tail and tails[tail] >= LEAST_GROUP else why, []).append((why, count))
    found = [(name, tuple(w for w, _ in group), sum(n for _, n in group)) for name, group in groups.items()]
    return sorted(found, key=lambda item: (-item[2], item[0]))


def _entries(n: int) -> str:
    return "1 entry" if n == 1 else f"{n} entries"


def counted(n: int, noun: str, several: str | None = None) -> str:
    """``1 formula``, ``2 formulas``."""
    return f"{n} {noun}" if n == 1 else f"{n} {several or f'{noun}s'}"
