"""Moments, entropies and distribution functions of a law, as integrals and sums of its density: nothing is looked up.

The results are SymPy expressions in the parameters of the law, for ``numerics.balls.enclose`` to evaluate at a point.
All logarithms are natural.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from claims.laws import Family, density_of, support_of
from claims.notation import Normal
from numerics.families.pieces import VARIABLES, Piece, pieces

Univariate = Family | Normal


def expectation(law: Univariate, g: Callable[[sp.Expr], sp.Expr], depth: int = 0) -> sp.Expr:
    """E[g(X)]; ``depth`` counts the expectations around this one, whose variables differ."""
    return _added([piece.total(g(piece.point)) for piece in pieces(law, VARIABLES[depth])])


def total_mass(law: Univariate) -> sp.Expr:
    return expectation(law, lambda x: sp.S.One)


def raw_moment(law: Univariate, n: int) -> sp.Expr:
    """E[X^n]."""
    return expectation(law, lambda x: x**n)


def mean(law: Univariate) -> sp.Expr:
    return raw_moment(law, 1)


def variance(law: Univariate) -> sp.Expr:
    """E[X²] − E[X]²."""
    return raw_moment(law, 2) - mean(law) ** 2


def central_moment(law: Univariate, n: int) -> sp.Expr:
    """E[(X − E X)^n], from the raw moments."""
    terms = [sp.binomial(n, k) * raw_moment(law, k) * (-mean(law)) ** (n - k) for k in range(1, n + 1)]
    return _added([(-mean(law)) ** n, *terms])


def skewness(law: Univariate) -> sp.Expr:
    """E[(X − E X)³] / Var(X)^(3/2)."""
    return central_moment(law, 3) / variance(law) ** sp.Rational(3, 2)


def kurtosis(law: Univariate) -> sp.Expr:
    """E[(X − E X)⁴] / Var(X)², which is 3 for a normal law."""
    return central_moment(law, 4) / variance(law) ** 2


def cross_entropy(p: Univariate, q: Univariate) -> sp.Expr:
    """−E_p[log q(X)] in nats. The support of p has to lie in that of q: ``numerics.families.admissible`` tells."""
    return -expectation(p, lambda x: log_of(density_of(q, x)))


def entropy(law: Univariate) -> sp.Expr:
    """−E[log p(X)] in nats; the differential entropy where the law has a density."""
    return -_added([piece.total(_log_density(law, piece)) for piece in pieces(law)])


def _log_density(law: Univariate, piece: Piece) -> sp.Expr:
    """log p at a point of a piece; the weight of the piece is p itself where the piece is not an image."""
    plain = piece.point == piece.variable
    return log_of(piece.weight if plain else density_of(law, piece.point))


def kl(p: Univariate, q: Univariate) -> sp.Expr:
    """E_p[log p(X) − log q(X)] in nats."""
    return cross_entropy(p, q) - entropy(p)


def cdf(law: Univariate, point: sp.Expr, depth: int = 0) -> sp.Expr:
    """P(X ≤ point) for a point of the support, or a number beyond its end; for whole numbers a sum up to its floor."""
    return _added([_up_to(piece, point) for piece in pieces(law, VARIABLES[depth])])


def mgf(law: Univariate, t: sp.Expr) -> sp.Expr:
    """E[exp(tX)], where it exists."""
    return expectation(law, lambda x: sp.exp(t * x))


def characteristic_function(law: Univariate, t: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """The real and the imaginary part of E[exp(itX)]: E[cos tX], E[sin tX]."""
    return expectation(law, lambda x: sp.cos(t * x)), expectation(law, lambda x: sp.sin(t * x))


def pgf(law: Univariate, z: sp.Expr) -> sp.Expr:
    """E[z^X]."""
    return expectation(law, lambda x: z**x)


def is_whole(law: Univariate) -> bool:
    """Whether a law lives on the whole numbers."""
    return support_of(law).whole


def log_of(e: sp.Expr) -> sp.Expr:
    """log e as a sum over the factors of e, each of which is taken to be positive, as those of a density are.

    Where one is negative, the logarithm of it has no real value: nothing wrong is computed, but nothing at all.
    """
    if isinstance(e, sp.Mul):
        return sp.Add(*(log_of(a) for a in e.args))
    if isinstance(e, sp.exp) or (isinstance(e, sp.Pow) and e.base is sp.E):
        return e.args[0] if isinstance(e, sp.exp) else e.exp
    if isinstance(e, sp.Pow) and not (e.exp.is_even and not e.base.is_positive):
        return e.exp * log_of(e.base)
    if isinstance(e, sp.binomial):
        n, k = e.args
        return sp.loggamma(n + 1) - sp.loggamma(k + 1) - sp.loggamma(n - k + 1)
    if isinstance(e, sp.factorial):
        return sp.loggamma(e.args[0] + 1)
    if isinstance(e, sp.gamma):
        return sp.loggamma(e.args[0])
    if isinstance(e, sp.beta):
        a, b = e.args
        return sp.loggamma(a) + sp.loggamma(b) - sp.loggamma(a + b)
    return sp.log(e, evaluate=False)


def _up_to(piece: Piece, point: sp.Expr) -> sp.Expr:
    """The mass of a piece up to a point: where the piece is one of several, none or all of it may be."""
    end = piece.back(point)
    if piece.whole:
        last = sp.floor(end)
        if last.is_Integer and piece.high.is_Integer:
            last = min(last, piece.high)  # beyond its support a mass function may go on as a formula
        return sp.Sum(piece.weight, (piece.variable, piece.low, last))
    if piece.high is not sp.oo:
        end = sp.Min(end, piece.high, evaluate=False)
    if piece.low is not -sp.oo:
        end = sp.Max(end, piece.low, evaluate=False)
    return sp.Integral(piece.weight, (piece.variable, piece.low, end))


def _added(terms: list[sp.Expr]) -> sp.Expr:
    return terms[0] if len(terms) == 1 else sp.Add(*terms)
