"""Gauss rules in balls: nodes that are proved to be zeros of the orthogonal polynomial, weights from Christoffel's sum.

A weight is a probability density with known three-term recurrence p_{k+1} = (x − a_k) p_k − b_k p_{k−1} of its monic
orthogonal polynomials. n brackets, one beside the other, at whose ends p_n surely has different signs, hold all of its
zeros; the weight of a node is 1/Σ_{k<n} p_k²/(b_1 … b_k), a sum of positive terms.

Source   Gautschi, "Orthogonal Polynomials: Computation and Approximation" (2004), tables 1.1 and 1.2 (recurrences),
         theorem 1.31 and (1.3.8) (zeros and weights).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from flint import arb, ctx, fmpq
from scipy.linalg import eigvalsh_tridiagonal

from claims.records import Record
from numerics.undetermined import Undetermined

BITS = 192
"""Precision of nodes and weights."""
SPARE = 48
"""Bits by which a bracket is wider than the precision it is looked at with."""
NEWTON_STEPS = 4
MOST_NODES = 128

Rule = tuple[tuple[arb, arb], ...]
"""Nodes, rising, and weights, which sum to one."""


class Hermite(Record):
    """The standard normal density on the real line."""

    def step(self, k: int) -> tuple[fmpq, fmpq]:
        """a_k and b_k; b_0 is not used."""
        return fmpq(0), fmpq(k)


class Laguerre(Record):
    """x^alpha e^{−x} / Γ(alpha + 1) on the positive half-line, alpha > −1."""

    alpha: fmpq

    def step(self, k: int) -> tuple[fmpq, fmpq]:
        """a_k and b_k; b_0 is not used."""
        return 2 * k + 1 + self.alpha, k * (k + self.alpha)


class Jacobi(Record):
    """(1 − x)^alpha (1 + x)^beta, over its mass, on (−1, 1), alpha and beta > −1. Zeros for both is Legendre's."""

    alpha: fmpq
    beta: fmpq

    def step(self, k: int) -> tuple[fmpq, fmpq]:
        """a_k and b_k; b_0 is not used."""
        a, b = self.alpha, self.beta
        whole = 2 * k + a + b
        if k == 0:
            return (b - a) / (a + b + 2), fmpq(0)
        middle = (b - a) * (b + a) / (whole * (whole + 2))
        if k == 1:
            return middle, 4 * (1 + a) * (1 + b) / (whole**2 * (whole + 1))
        return middle, 4 * k * (k + a) * (k + b) * (k + a + b) / (whole**2 * (whole + 1) * (whole - 1))


Weight = Hermite | Laguerre | Jacobi
LEGENDRE = Jacobi(fmpq(0), fmpq(0))


@lru_cache(maxsize=512)
def gauss_rule(weight: Weight, n: int) -> Rule:
    """The rule of n nodes, exact for polynomials up to degree 2n − 1. Raises Undetermined where it can't be proved."""
    if not 1 <= n <= MOST_NODES:
        raise ValueError(f"a rule has 1 to {MOST_NODES} nodes, not {n}")
    with ctx.workprec(BITS + SPARE):
        steps = [tuple(map(arb, weight.step(k))) for k in range(n)]
        near = eigvalsh_tridiagonal(
            np.array([float(a.mid()) for a, _ in steps]), np.sqrt([float(b.mid()) for _, b in steps[1:]])
        )
        nodes = [_proved(_polished(arb(float(x)), steps), steps) for x in near]
        if not all(bool(x < y) for x, y in pairwise(nodes)):
            raise Undetermined("the zeros of an orthogonal polynomial could not be told apart")
        return tuple((x, _christoffel(x, steps)) for x in nodes)


def _polynomials(x: arb, steps: Sequence[tuple[arb, arb]]) -> list[arb]:
    """p_0 … p_n at x."""
    before, found = arb(0), [arb(1)]
    for a, b in steps:
        found.append((x - a) * found[-1] - b * before)
        before = found[-2]
    return found


def _polished(x: arb, steps: Sequence[tuple[arb, arb]]) -> arb:
    """Newton's method from a zero in float64; only a guess."""
    for _ in range(NEWTON_STEPS):
        p, slope = [arb(0), arb(1)], [arb(0), arb(0)]
        for a, b in steps:
            p, slope = (
                [p[1], (x - a) * p[1] - b * p[0]],
                [slope[1], p[1] + (x - a) * slope[1] - b * slope[0]],
            )
        x = (x - p[1] / slope[1]).mid()
    return x


def _proved(x: arb, steps: Sequence[tuple[arb, arb]]) -> arb:
    """A ball around x that holds a zero of p_n, by the signs at its ends."""
    room = (1 + abs(x)) * arb(2) ** (SPARE - BITS)
    low, high = (x - room).mid(), (x + room).mid()
    below, above = _polynomials(low, steps)[-1], _polynomials(high, steps)[-1]
    if not ((below > 0 and above < 0) or (below < 0 and above > 0)):
        raise Undetermined("a zero of an orthogonal polynomial could not be bracketed")
    return low.union(high)


def _christoffel(x: arb, steps: Sequence[tuple[arb, arb]]) -> arb:
    total, square = arb(0), arb(1)
    for k, p in enumerate(_polynomials(x, steps)[:-1]):
        square = square * steps[k][1] if k else square
        total += p * p / square
    return 1 / total
