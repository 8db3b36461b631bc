"""How far Gauss-Hermite and Gauss-Laguerre sums may be off: the remainder of Hermite's interpolation, by Cauchy.

The polynomial of degree 2n − 1 that has the values and slopes of f at the n nodes differs from f at x by π_n(x)² times
f^(2n)(ξ)/(2n)!, with ξ between x and the nodes, and the rule integrates it exactly. Cauchy's estimate on a circle of
radius r around ξ bounds the derivative: where f is analytic everywhere and |f| ≤ K e^{a |ξ|} on that circle,

    |E_n| ≤ K r^(−2n) ∫ w π_n² e^{a max(|x|, x_n)} dx ≤ K r^(−2n) (e^{a x_n} h_n + ∫ w π_n² e^{a |x|} dx),

where h_n = ∫ w π_n² and x_n is the largest |node|. The last integral is known for both weights (a < 1 for Laguerre's),
by the sums that shift or stretch the argument of the polynomials. A polynomial of degree up to 2n − 1 has no error.

Source   Davis and Rabinowitz, "Methods of Numerical Integration" (2nd ed., 1984), 2.7 and 4.6 (remainders);
         DLMF 18.18.12 (Laguerre's stretched argument) and 18.18.13 (Hermite's shifted one).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import sympy as sp
from flint import arb, fmpz

from claims.records import Record
from numerics.orthogonal import Hermite, Laguerre, gauss_rule
from numerics.undetermined import Undetermined

Constant = Callable[[sp.Basic], arb]
SLOW = arb(1) / 16
"""A power of |ξ| + r is counted as an exponential of this rate."""
RADII = tuple(arb(r) for r in (1, 2, 4, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96))
MOST_POWER = 24


class Growth(Record):
    """|f(ζ)| ≤ factor · e^{rate |ξ|} for every ζ on the disc of the radius that was asked for around a real ξ."""

    factor: arb
    rate: arb


def remainder(f: sp.Expr, variable: sp.Symbol, weight: Hermite | Laguerre, nodes: int, constant: Constant) -> arb:
    """A bound on what the rule leaves out of ∫ w f: the least over a list of radii. Raises Undetermined."""
    bounds = [_remainder(growth(f, variable, r, weight, constant), r, weight, nodes) for r in RADII]
    return min((b.upper() for b in bounds if b.is_finite()), key=float, default=arb("inf"))


def degree(f: sp.Basic, variable: sp.Symbol) -> int | None:
    """A number that the degree of a polynomial doesn't exceed; None for what isn't seen to be a polynomial."""
    if not f.has(variable):
        return 0
    if f == variable:
        return 1
    if isinstance(f, sp.Pow):
        base = degree(f.base, variable)
        return None if base is None or not (f.exp.is_Integer and f.exp > 0) else base * int(f.exp)
    if not isinstance(f, sp.Add | sp.Mul):
        return None
    parts = [degree(a, variable) for a in f.args]
    if any(p is None for p in parts):
        return None
    known = [p for p in parts if p is not None]
    return max(known) if isinstance(f, sp.Add) else sum(known)


def growth(f: sp.Basic, x: sp.Symbol, r: arb, weight: Hermite | Laguerre, constant: Constant) -> Growth:
    """How fast f grows on discs of radius r around the points of the range. Raises Undetermined for what isn't known to
    be analytic everywhere.
    """

    def go(e: sp.Basic) -> Growth:
        return growth(e, x, r, weight, constant)

    if not f.has(x):
        return Growth(abs(constant(f)), arb(0))
    if f == x:
        return Growth(r.max(1 / SLOW), SLOW)  # |ξ| + r ≤ max(r, 1/s) (1 + s |ξ|) ≤ max(r, 1/s) e^{s |ξ|}
    if isinstance(f, sp.Add):
        parts = [go(a) for a in f.args]
        return Growth(sum((p.factor for p in parts), arb(0)), reduce(arb.max, (p.rate for p in parts)))
    if isinstance(f, sp.Mul):
        parts = [go(a) for a in f.args]
        return Growth(reduce(lambda a, b: a * b, (p.factor for p in parts)), sum((p.rate for p in parts), arb(0)))
    if isinstance(f, sp.exp) or (isinstance(f, sp.Pow) and f.base is sp.E):
        return _exponential(f.args[0] if isinstance(f, sp.exp) else f.exp, x, r, weight, constant)
    if isinstance(f, sp.Pow) and f.exp.is_Integer and 0 < f.exp <= MOST_POWER:
        base = go(f.base)
        return Growth(base.factor ** fmpz(int(f.exp)), base.rate * int(f.exp))
    if isinstance(f, sp.sin | sp.cos | sp.sinh | sp.cosh):
        slope, offset = _linear(f.args[0], x, constant)
        if isinstance(f, sp.sin | sp.cos):
            return Growth((abs(slope) * r).exp(), arb(0))
        return Growth((abs(slope) * r + abs(offset)).exp(), abs(slope))
    raise Undetermined(f"{type(f).__name__} is not known to be analytic everywhere with a bound")


def _exponential(g: sp.Basic, x: sp.Symbol, r: arb, weight: Hermite | Laguerre, constant: Constant) -> Growth:
    """exp(c₂ z² + c₁ z + c₀), c₂ ≤ 0: Re z² ≥ −r², Re z ≤ |ξ| + r, and Re z ≥ −r on the half-line."""
    poly = sp.Poly(g, x) if g.is_polynomial(x) else None
    if poly is None or poly.degree() > 2:
        raise Undetermined("no bound on such an exponential on discs is known")
    square, slope, offset = (constant(poly.coeff_monomial(x**k)) for k in (2, 1, 0))
    if not square <= 0:
        raise Undetermined("an exponential may grow too fast")
    factor = (offset + abs(slope) * r - square * r**2).exp()
    return Growth(factor, arb(0) if isinstance(weight, Laguerre) and slope <= 0 else abs(slope))


def _linear(g: sp.Basic, x: sp.Symbol, constant: Constant) -> tuple[arb, arb]:
    poly = sp.Poly(g, x) if g.is_polynomial(x) else None
    if poly is None or poly.degree() > 1:
        raise Undetermined("no bound on such a wave on discs is known")
    return constant(poly.coeff_monomial(x)), constant(poly.coeff_monomial(sp.S.One))


def _remainder(of: Growth, r: arb, weight: Hermite | Laguerre, n: int) -> arb:
    farthest = reduce(arb.max, (abs(x) for x, _ in gauss_rule(weight, n)))
    near = (of.rate * farthest).exp() * _norm(weight, n)
    return of.factor * r ** (-2 * n) * (near + _tilted(weight, n, of.rate))


def _norm(weight: Hermite | Laguerre, n: int) -> arb:
    """h_n = b_1 … b_n, of the monic polynomial."""
    return reduce(lambda a, b: a * b, (arb(weight.step(k)[1]) for k in range(1, n + 1)), arb(1))


def _tilted(weight: Hermite | Laguerre, n: int, rate: arb) -> arb:
    """A bound on ∫ w π_n² e^{rate |x|}."""
    if isinstance(weight, Hermite):  # e^{a|x|} ≤ e^{ax} + e^{−ax}, and He_n(x + a) = Σ C(n, k) a^k He_{n−k}(x)
        total = sum((_choose(n, k) * rate ** (2 * k) / arb(k + 1).gamma() for k in range(n + 1)), arb(0))
        return 2 * (rate**2 / 2).exp() * _norm(weight, n) * total
    if not rate < 1:
        return arb("inf")
    alpha, stretch = arb(weight.alpha), 1 / (1 - rate)
    terms = (
        _generalised(n, k, alpha) ** 2 * stretch ** (2 * k) * (1 - stretch) ** (2 * (n - k))
        * (k + alpha + 1).gamma() / arb(k + 1).gamma()
        for k in range(n + 1)
    )  # fmt: skip
    whole: Sequence[arb] = (arb(n + 1).gamma() ** 2, stretch ** (alpha + 1), sum(terms, arb(0)))
    return reduce(lambda a, b: a * b, whole) / (alpha + 1).gamma()


def _choose(n: int, k: int) -> arb:
    return arb(n + 1).gamma() / (arb(k + 1).gamma() * arb(n - k + 1).gamma())


def _generalised(n: int, k: int, alpha: arb) -> arb:
    """The binomial coefficient of n + alpha over n − k."""
    return (n + alpha + 1).gamma() / (arb(n - k + 1).gamma() * (k + alpha + 1).gamma())
