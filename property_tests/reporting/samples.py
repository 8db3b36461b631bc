"""Judged relations made by hand: one for every verdict, over one small document."""

from __future__ import annotations

from claims.evidence import Agreement, Counterexample, Inconclusive, Proof
from claims.verdict import (
    IllFormed,
    NotAClaim,
    NotAClaimKind,
    Proved,
    Refuted,
    Repair,
    Supported,
    Undecided,
    Unread,
    Verdict,
)
from errata.checking.judgement import Examined, Fault, Judged, Kind, Unreadable
from errata.reading.document import Damage, Document, Formula, Span
from errata.reporting.report import Report

LINES = (
    "# Surprise",
    "",
    "A fair coin costs $-\\log 0.5 = 0.694$ nats.",
    "Also $1 + 1 = 2$, $\\sin^2 x + \\cos^2 x = 1$ and $e^8 = 2981$.",
    "",
    "$$",
    "\\begin{aligned}",
    "(1, 2)",
    "  &= (1, 2, 3)",
    "\\end{aligned}",
    "$$",
    "",
    "Let $a = 3$. Then $p(a) = q$ and $\\foo = 1$.",
    "[ z = z'*i ]",
)
TEXT = "\n".join(LINES) + "\n"


def span(part: str, inside: str | None = None) -> Span:
    """Where a part of the text stands; with ``inside``, where it stands in that larger part."""
    start = TEXT.index(inside) + inside.index(part) if inside else TEXT.index(part)
    return Span(start, start + len(part))


def _formula(part: str, display: bool = False) -> Formula:
    return Formula(part, span(part), display, "$$" if display else "$")


ALIGNED = "\\begin{aligned}\n(1, 2)\n  &= (1, 2, 3)\n\\end{aligned}"
FORMULAS = (
    _formula("-\\log 0.5 = 0.694"),
    _formula("1 + 1 = 2"),
    _formula("\\sin^2 x + \\cos^2 x = 1"),
    _formula("e^8 = 2981"),
    _formula(ALIGNED, display=True),
    _formula("a = 3"),
    _formula("p(a) = q"),
    _formula("\\foo = 1"),
)
DAMAGE = Damage("bracket-display", span("[ z = z'*i ]"), "display brackets lost their backslashes")
DOCUMENT = Document("notes/coin.md", TEXT, FORMULAS, damages=(DAMAGE,))

APART = Counterexample("ball", (), "0.693147…", "0.694", "left 0.693147…, right 0.694", True, True)


def judged(formula: int, left: str, right: str, verdict: Verdict, kind: Kind = Kind.CLAIM, **more: object) -> Judged:
    """A relation over the whole of a formula."""
    where = FORMULAS[formula].span
    plain = f"{left} = {right}"
    return Judged(formula, where, left, "=", right, kind, verdict, plain, **more)  # type: ignore[arg-type]


WRONG_ROUNDING = judged(
    0,
    "-\\log 0.5",
    "0.694",
    Refuted(APART, repair=Repair("0.693", "last-digit")),
    where=("log is natural",),
    rule="E302",
    message="0.6931 rounds to 0.693",
    focus=span("0.694"),
    label="the value is 0.693",
)
PROVED = judged(1, "1 + 1", "2", Proved((Proof("exact", ("both sides are 2",)),)))
SUPPORTED = judged(2, "\\sin^2 x + \\cos^2 x", "1", Supported((Agreement("ball", 12, 30, "12 points"),), "x is real"))
LOOSE = judged(3, "e^8", "2981", Supported((), "= is read as ≈"), rule="W306", message="e^8 is 2980.95…")
ILL_FORMED = judged(4, "(1, 2)", "(1, 2, 3)", IllFormed("wrong-length", "2 entries against 3", 0, 1))
GIVEN = judged(5, "a", "3", NotAClaim(NotAClaimKind.GIVEN), Kind.GIVEN)
UNDECIDED = judged(6, "p(a)", "q", Undecided((Inconclusive("finite", "p is not known"),), "no route applies"))
UNREAD = judged(7, "\\foo", "1", Unread("\\foo is not known", 0, 4))

EXAMINED = Examined(
    DOCUMENT,
    (WRONG_ROUNDING, PROVED, SUPPORTED, LOOSE, ILL_FORMED, GIVEN, UNDECIDED, UNREAD),
    fully_read=7,
    opaque=((7, span("\\foo"), "\\foo is not known"),),
)
UNREADABLE = Unreadable("notes/scan.md", "it is not UTF-8 at byte 3", "convert it with iconv")
REPORT = Report((EXAMINED, UNREADABLE), seed=7, elapsed_s=1.25)

__all__ = ["Fault", "Judged", "Span"]  # what tests build variants with
