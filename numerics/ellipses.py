"""How far a Gauss rule on a finite interval may be off: Bernstein's ellipses, on which the integrand is bounded.

Let f be analytic in the ellipse whose foci are the ends of the interval and whose half-axes add up to ρ half-widths,
and |f| ≤ M there. Some polynomial of degree m then differs from f by at most 2 M ρ^(−m)/(ρ − 1) on the interval. A rule
of n nodes with positive weights integrates one of degree 2n − 1 exactly, so for a weight of mass one it is off by at
most twice that distance: |E_n| ≤ 4 M ρ^(1−2n)/(ρ − 1). M is a bound on balls that cover the ellipse, and that are not
finite wherever f is not surely analytic. Several ρ are tried: the bound is valid for each.

Source   Trefethen, "Approximation Theory and Approximation Practice" (2013), theorem 8.2 (polynomials on an ellipse)
         and chapter 19 (Gauss quadrature).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from flint import acb, arb

from claims.records import Record

On = Callable[[acb], acb]
"""An integrand on complex balls, not finite where it is not surely analytic."""
RHOS = tuple(arb(p) / q for p, q in ((12, 1), (6, 1), (4, 1), (5, 2), (7, 4), (4, 3), (9, 8)))
COLUMNS = 8
DEEPEST = 4
"""How often a piece of the cover is cut in four where the integrand isn't surely analytic on it."""


class Ellipse(Record):
    """|f| ≤ most on the ellipse of this rho."""

    rho: arb
    most: arb

    def error(self, nodes: int) -> arb:
        """A bound on what a rule with so many nodes is off by, for a positive weight of mass one."""
        return (4 * self.most * self.rho ** (1 - 2 * nodes) / (self.rho - 1)).upper()


def ellipses(f: On, low: arb, high: arb, columns: int = COLUMNS) -> Iterator[Ellipse]:
    """The ellipses around an interval on which f is surely analytic and bounded, the largest first. f is real on it."""
    for rho in RHOS:
        most = greatest(f, low, high, rho, columns)
        if most is not None:
            yield Ellipse(rho, most)


def error_bound(found: Sequence[Ellipse], nodes: int) -> arb:
    """The least of the bounds that the ellipses give; not finite where there is none."""
    return min((e.error(nodes) for e in found), key=float, default=arb("inf"))


def fewest_nodes(found: Sequence[Ellipse], goal: arb, choices: Sequence[int]) -> int | None:
    """The first of the rising numbers of nodes whose error is surely below a goal."""
    return next((n for n in choices if error_bound(found, n) < goal), None)


def greatest(f: On, low: arb, high: arb, rho: arb, columns: int = COLUMNS) -> arb | None:
    """A bound on |f| over an ellipse; None where f is not surely analytic. Its upper half does, by reflection."""
    centre, half = (low + high) / 2, (high - low) / 2
    long, tall = (rho + 1 / rho) / 2 * half, (rho - 1 / rho) / 2 * half
    ends = [-1 + arb(2 * k) / columns for k in range(columns + 1)]
    most = arb(0)
    for left, right in pairwise(ends):
        inner = arb(0) if left < 0 < right else min(abs(left), abs(right), key=float)
        top = tall * (1 - inner**2).max(arb(0)).sqrt()
        found = _greatest_on(f, (centre + long * left, centre + long * right), (arb(0), top.upper()), DEEPEST)
        if found is None:
            return None
        most = most.max(found)
    return most


def _greatest_on(f: On, across: tuple[arb, arb], up: tuple[arb, arb], deeper: int) -> arb | None:
    """A bound on |f| over a rectangle, cut up where it has none."""
    value = f(acb(across[0].union(across[1]), up[0].union(up[1])))
    if value.is_finite():
        return value.abs_upper()
    if deeper == 0:
        return None
    found = []
    for half in _halves(across):
        for part in _halves(up):
            one = _greatest_on(f, half, part, deeper - 1)
            if one is None:
                return None
            found.append(one)
    return max(found, key=float)


def _halves(ends: tuple[arb, arb]) -> tuple[tuple[arb, arb], tuple[arb, arb]]:
    middle = ((ends[0] + ends[1]) / 2).mid()
    return (ends[0], middle), (middle, ends[1])
