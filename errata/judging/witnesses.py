"""Small plain values of the symbols of a known result at which a formula of a page comes to something else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, permutations

from claims.records import Record
from errata.meaning.terms import Bind, Ref, Term, free_heads, walk
from errata.worlds.operations import NoValue
from errata.worlds.sorts import REAL, Sort
from errata.worlds.world import value_at

PLAIN: Mapping[str, tuple[int | Fraction, ...]] = {
    "positive": (2, 3, 5, 7, 4, 6), "real": (2, -1, 3, -2, 4, 5), "natural": (3, 4, 5, 6, 7, 8),
    "unit": (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(1, 5), Fraction(2, 5), Fraction(1, 3)),
}  # fmt: skip
"""The values that are tried for a symbol of a sort, the plainest first: several symbols get different ones."""
MOST = 24
"""How many ways of giving them out are tried."""
APART = 1e-6


class Plain(Record, frozen=True):
    """Values of symbols, by their heads, and what the known result and the formula come to there."""

    values: Mapping[str, Fraction]
    known: float
    stated: float


def plain_witness(known: Term, stated: Term, sorts: Mapping[str, Sort]) -> Plain | None:
    """The plainest values at which two terms differ; None where their symbols are no plain numbers."""
    heads = sorted({*free_heads(known), *free_heads(stated)} - {"π"})
    if not heads or any(not _is_a_number(side, sorts) for side in (known, stated)):
        return None
    for values in islice(_values(heads, sorts), MOST):
        given = {h: int(v) if v.denominator == 1 else float(v) for h, v in values.items()}
        try:
            a, b = value_at(known, sorts, given), value_at(stated, sorts, given)
        except (NoValue, ValueError, OverflowError, ZeroDivisionError):
            continue
        if not isinstance(a, int | float) or not isinstance(b, int | float):
            return None
        if math.isfinite(a) and math.isfinite(b) and abs(a - b) > APART * max(1.0, abs(a), abs(b)):
            return Plain(values, float(a), float(b))
    return None


def _is_a_number(side: Term, sorts: Mapping[str, Sort]) -> bool:
    """Whether a term is made of numbers alone: no function, no family, nothing that is bound or random."""
    for part in walk(side):
        if isinstance(part, Bind):
            return False
        if isinstance(part, Ref):
            sort = sorts.get(part.head, REAL)
            if part.indices or part.arguments is not None or part.given or sort.random or sort.kind not in PLAIN:
                return False
    return True


def _values(heads: list[str], sorts: Mapping[str, Sort]) -> Iterator[dict[str, Fraction]]:
    """Values of the symbols, those of one sort different from each other."""
    for order in permutations(range(max(len(heads), 1))):
        used: dict[str, int] = {}
        chosen: dict[str, Fraction] = {}
        for at in order:
            kind = sorts.get(heads[at], REAL).kind
            number = used.get(kind, 0)
            chosen[heads[at]] = Fraction(PLAIN[kind][number % len(PLAIN[kind])])
            used[kind] = number + 1
        yield chosen
