"""Sums of exponentials far out: a log of one grows like its exponents, a ratio of two may be bounded, 1/one too.

With D = Σ d_i e^{g_i}, all d_i > 0: |log D| ≤ log k + Σ (|g_i| + |log d_i|) for k terms; each e^{g_i} ≤ D/d_i, so that
|Σ c_i e^{g_i}| ≤ Σ |c_i|/d_i · D; and D is at least its constants and 2 √(d_i d_j) wherever g_i = −g_j.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sympy as sp
from flint import arb

from numerics.undetermined import Undetermined

Sum = Mapping[sp.Expr, arb]
"""Exponent and factor of each term; a constant has the exponent 0."""
Constant = Callable[[sp.Basic], arb]


def sum_of(e: sp.Basic, variables: Sequence[sp.Symbol], constant: Constant) -> Sum | None:
    """The terms of a sum of multiples of exponentials; None for anything else."""
    found: dict[sp.Expr, arb] = {}
    for term in sp.Add.make_args(e):
        factor, exponent = arb(1), sp.S.Zero
        for part in sp.Mul.make_args(term):
            if isinstance(part, sp.exp):
                exponent += part.args[0]
            elif not part.has(*variables):
                factor *= constant(part)
            else:
                return None
        found[exponent] = found.get(exponent, arb(0)) + factor
    return found


def least(d: Sum) -> arb:
    """A positive lower bound of a sum with positive factors. Raises Undetermined where none is known."""
    _insist_on_positive(d)
    total = d.get(sp.S.Zero, arb(0))
    for g, factor in d.items():
        opposite = d.get(sp.expand(-g))
        if opposite is not None and g != 0:
            total += (factor * opposite).sqrt()  # each pair is met twice
    if not total > 0:
        raise Undetermined("a sum of exponentials may be near zero")
    return total


def ratio(n: Sum, d: Sum) -> arb:
    """A bound on |n/d|. Raises Undetermined where an exponential of n is not in d."""
    _insist_on_positive(d)
    if any(g not in d for g in n):
        raise Undetermined("a ratio of sums of exponentials may grow")
    return sum((abs(factor) / d[g] for g, factor in n.items()), arb(0))


def _insist_on_positive(d: Sum) -> None:
    if not all(factor > 0 for factor in d.values()):
        raise Undetermined("a sum of exponentials may vanish")
