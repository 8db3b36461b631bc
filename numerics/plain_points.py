"""The plainest point at which a relation fails: small whole numbers and fractions where they will do.

What is drawn at random has odd values on purpose, 109/106, at which a wrong relation doesn't hold by chance. Who reads
that it fails would rather put in 2.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

import sympy as sp
from flint import fmpq

MOST_NUMBER = 19
SMALL = tuple(sorted({fmpq(a, b) for b in range(2, 8) for a in range(1, b)}, key=lambda v: (int(v.q), int(v.p))))
GREAT = tuple(fmpq(number) for number in range(2, MOST_NUMBER + 1))
"""Values that are put in for those between 0 and 1 and for those above, the plainest ones first."""
MOST_LOOKS = 48
"""Points that are looked at."""
MOST_FOR_ONE = 3
"""Values that are tried for one name."""
Point = Mapping[sp.Symbol, fmpq]
_T = TypeVar("_T")


def plainest(
    at: Point, apart: Callable[[Point], _T | None], keep: Collection[sp.Symbol] = (), most: int = MOST_LOOKS
) -> tuple[Point, _T] | None:
    """The point with plainer values, and what ``apart`` says there; None where it says something at no such point, of
    ``most`` that are looked at.

    A value keeps its sign and its side of one, is that of no other name, and is changed unless it is a whole number,
    or that of a name in ``keep``. All are changed at once where that will do, else one by one.
    """
    odd = [s for s, value in at.items() if value.q != 1 and s not in keep]
    kept = {value for s, value in at.items() if s not in odd}
    every = dict(at)
    for s in odd:
        every[s] = next((v for v in _plain(at[s]) if v not in kept), at[s])
        kept.add(every[s])
    found = apart(every) if odd else None
    if found is not None:
        return every, found
    best, said, looks = dict(at), None, 0
    for s in odd:
        taken = {value for name, value in best.items() if name != s}
        for value in [v for v in _plain(at[s]) if v not in taken][:MOST_FOR_ONE]:
            looks += 1
            if looks > most:
                break
            found = apart({**best, s: value})
            if found is not None:
                best[s], said = value, found
                break
    return None if said is None else (best, said)


def _plain(value: fmpq) -> Iterator[fmpq]:
    """Plain values with the sign of this one, on its side of one."""
    sign = 1 if value > 0 else -1
    return (sign * v for v in (SMALL if abs(value) < 1 else GREAT))
