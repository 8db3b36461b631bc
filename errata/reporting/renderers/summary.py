"""The last line of every report: what was decided, and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from errata.reporting.renderers.glyphs import visible
from errata.reporting.report import Report, tally

MOST_REASONS = 6
LEAST_GROUP = 3
MOST_STALE = 10


def summary(report: Report) -> str:
    """Every count there is, the unread and the unreadable included."""
    t = tally(report)
    verdicts = (
        f"{t.proved} proved, {t.supported} supported, {t.refuted} refuted, {t.ill_formed} ill-formed, "
        f"{t.undecided} undecided, {t.unread} unread, {t.not_a_claim} not claims, {counted(t.warnings, 'warning')}"
    )
    unreadable = f", {counted(len(report.unreadable), 'file')} not readable" if report.unreadable else ""
    return f"{counted(t.formulas, 'formula')}, {counted(t.relations, 'relation')}: {verdicts}{unreadable}"


def coverage(report: Report) -> list[str]:
    """What stands between the reader and trust in the summary: formulas read in part, damage, findings left out."""
    t = tally(report)
    damages = sum(len(e.document.damages) for e in report.examined)
    lines = [f"{t.formulas_fully_read} of {counted(t.formulas, 'formula')} fully read"]
    if damages:
        lines[0] += f", {counted(damages, 'place')} damaged by text extraction (--select N401 shows them)"
    if t.waived:
        lines.append(f"{counted(t.waived, 'relation')} waived by the author's comments, among the undecided")
    if t.accepted:
        lines.append(f"{counted(t.accepted, 'finding')} accepted by the baseline")
    if report.stale:
        lines.append(f"{_entries(t.stale)} of the baseline no longer found (--write-baseline drops them):")
        lines += [f"  {visible(e.path)}: {e.code} {visible(e.formula)}" for e in report.stale[:MOST_STALE]]
        if t.stale > MOST_STALE:
            lines.append(f"  and {t.stale - MOST_STALE} more")
    if report.silenced:
        lines.append(f"{counted(report.silenced, 'finding')} silenced by --select or --ignore")
    return lines


def reasons(report: Report) -> list[str]:
    """Why relations were not judged, the commonest reasons first."""
    grouped = _grouped(report.reasons)
    most, rest = grouped[:MOST_REASONS], grouped[MOST_REASONS:]
    lines = [f"{count:6}  {visible(why)}" for why, count in most]
    if rest:
        lines.append(f"{sum(count for _, count in rest):6}  for {counted(len(rest), 'other reason')}")
    return ["not judged, because:", *lines] if lines else []


def _grouped(reasons: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Reasons that differ in their first word alone, the name they speak of, taken together."""
    tails = Counter(why.partition(" ")[2] for why, _ in reasons)
    counts: Counter[str] = Counter()
    for why, count in reasons:
        tail = why.partition(" ")[2]
        counts[f"… {tail}" if tail and tails[tail] >= LEAST_GROUP else why] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _entries(n: int) -> str:
    return "1 entry" if n == 1 else f"{n} entries"


def counted(n: int, noun: str) -> str:
    """``1 formula``, ``2 formulas``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
