"""The free names of an expression, worked out once for it: the same sides are asked again for every edit of a slip."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

_PLAIN: frozenset[type] = frozenset((sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log))
"""Expressions whose names are those of their parts."""
_BOUND: frozenset[type] = frozenset((sp.Integral, sp.Sum))
"""Expressions with a name of their own; SymPy builds the integrand anew to find the others."""


@lru_cache(maxsize=512)
def free_names(expression: sp.Basic) -> frozenset[sp.Symbol]:
    """What ``free_symbols`` says; equal parts are looked at once."""
    found: set[sp.Symbol] = set()
    seen: set[Any] = set()
    stack: list[Any] = [expression]
    while stack:
        e = stack.pop()
        if e in seen:
            continue
        seen.add(e)
        if type(e) in _PLAIN:
            stack += e.args
        elif type(e) in _BOUND and len(e.limits) == 1 and len(e.limits[0]) == 3:
            variable, low, high = e.limits[0]
            found |= free_names(e.function) - {variable}
            stack += (low, high)
        else:
            found |= e.free_symbols
    return frozenset(found)
