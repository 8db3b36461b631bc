"""A document in which signs were lost is examined with one sign and with the other: what differs is undecided."""

from __future__ import annotations

from collections.abc import Callable

from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided, Verdict
from errata.checking.judgement import Examined, Judged
from errata.reading.document import Document

DIFFERS = "a sign was lost in this document, and the verdict depends on which it was"
SEVERAL = "several signs were lost in this formula, and not all ways to put them back were tried"


def with_both_signs(document: Document, examine: Callable[[Document], Examined]) -> Examined:
    """What is found in a document whose lost signs are read as plus, where reading them as minus gives the same."""
    turned = tuple(replace(f, latex=f.other) if f.other else f for f in document.formulas)
    first, second = examine(document), examine(replace(document, formulas=turned))
    others = {key: judged.verdict for key, judged in _keyed(second)}
    return replace(first, judged=tuple(_settled(document, j, others.get(key)) for key, j in _keyed(first)))


def _keyed(examined: Examined) -> list[tuple[tuple[int, int], Judged]]:
    """Each relation under its formula and its number in it, which the sign changes nothing of."""
    counts: dict[int, int] = {}
    keyed = []
    for judged in examined.judged:
        counts[judged.formula] = number = counts.get(judged.formula, 0) + 1
        keyed.append(((judged.formula, number), judged))
    return keyed


def _settled(document: Document, judged: Judged, other: Verdict | None) -> Judged:
    why = ""
    if _says(judged.verdict) != (None if other is None else _says(other)):
        why = DIFFERS
    elif _says(judged.verdict) == "wrong" and _lost(document, judged.formula) > 1:
        why = SEVERAL
    if not why or _says(judged.verdict) == "open":
        return judged
    return replace(judged, verdict=Undecided((), why), rule=None, message=None, focus=None, label=None)


def _says(verdict: Verdict) -> str:
    match verdict:
        case Proved() | Supported():
            return "holds"
        case Refuted() | IllFormed():
            return "wrong"
        case _:
            return "open"


def _lost(document: Document, index: int) -> int:
    formula = document.formulas[index]
    return sum(a != b for a, b in zip(formula.latex, formula.other, strict=False))
