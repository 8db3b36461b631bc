"""The left side of a claim read as a number, by definition and in high precision, and the two routes made of that.

Named laws become sums and integrals of their density, a derivative a difference quotient, a limit the value next to
its place, a determinant its sum over permutations, an arg max a search between two ends: no rule of calculus is used.
Integrals and sums are enclosed; the steps of a quotient, of a limit and of a search are so small beside 512 bits that
what they leave out is far below ``SLACK``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import permutations

import sympy as sp
import torch
from flint import arb, ctx, fmpq
from sympy.combinatorics import Permutation
from torch import Tensor

from claims.claim import Claim, Relation
from claims.domains import Domain, OpenUnit, Positive, Real, Variable, symbol_of
from claims.evidence import Agreement, Evidence, Inconclusive
from claims.laws import Family, Laplace, LogNormal, density_of, support_of
from claims.notation import (
    KL,
    Argmax,
    Argmin,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    Law,
    Normal,
    Notation,
    Variance,
)
from numerics.balls import Undetermined, enclose
from numerics.lawful import insist_on_laws
from numerics.points import NASTY, Point, free_variables, points
from numerics.routes import Route, Trial, compared
from numerics.worst import worst_points

BITS = 512
MORE_POINTS = 6
SEARCH_BITS = 128
"""Bits in the search for the point at which an inequality is nearest to failing."""
STEP = fmpq(1, 10**25)
WIDTH = sp.Rational(1, 10**25)
"""Half the width of a difference quotient, which is off by about its square."""
CLOSE = fmpq(1, 10**30)
"""How near to its place a limit is taken; towards infinity, at one over it. It is off by about a multiple of this."""
SLACK = 1e-18
"""What a quotient, a limit or a search may be off by, relative to 1 + |value|."""
SEARCHED: Mapping[type[Domain], tuple[int, int]] = {Real: (-96, 96), Positive: (0, 400), OpenUnit: (0, 1)}
"""Where an arg max is looked for; one at an end is none."""
SEARCHES = (sp.Derivative, sp.Limit, Argmin, Argmax)
TURNS = 76
GRID = 24

Values = Mapping[sp.Symbol, fmpq]
Model = Callable[[Point, int], float]
"""A value by a reference model; the second argument counts the attempts from 0."""


def standing_on(
    model: Model, rounding: float = 1e-10, pool: tuple[sp.Rational, ...] = NASTY, count: int = 10
) -> tuple[Route, Route]:
    """The two routes of a claim: its left side as written, and a model right to ``rounding`` (1 + |value|)."""
    return as_defined(pool, count), by_model(model, rounding, pool, count)


def as_defined(pool: tuple[sp.Rational, ...], count: int) -> Route:
    """The route that reads the left side of whatever claim it is given, by the definitions of its notation."""

    def run(claim: Claim) -> Evidence:
        def derived(point: Point, attempt: int) -> arb:
            return _remembered(claim.left, claim.where, tuple(sorted(point.items())), (1 + attempt) * BITS)

        detail = "the left side by sums, integrals, difference quotients and searches"
        try:
            tried = places(claim, pool, count)
            found = compared(claim, Trial("as written", tried, derived, 8, detail))
            if claim.relation is Relation.EQ or not isinstance(found, Agreement):
                return found
            worst = worst_points(claim, tried, lambda point: worth(claim.left, point, claim.where, SEARCH_BITS))
            return compared(claim, Trial("as written", (*tried, *worst), derived, 8, f"{detail}, and the worst point"))
        except (TypeError, Undetermined) as unread:
            return Inconclusive("as written", str(unread))

    return Route("as written", run, lambda claim, point: worth(claim.left, point, claim.where))


def by_model(model: Model, rounding: float, pool: tuple[sp.Rational, ...], count: int) -> Route:
    """The route that asks the torch model."""
    kept = lru_cache(maxsize=256)(lambda items, attempt: model(dict(items), attempt))

    def derived(point: Point, attempt: int) -> arb:
        value = kept(tuple(sorted(point.items())), attempt)
        return arb(value, rounding * (1 + abs(value)))

    def run(claim: Claim) -> Evidence:
        return compared(claim, Trial("reference", places(claim, pool, count), derived, 6, "the torch model"))

    return Route("reference", run, lambda claim, point: derived(point, 0))


def places(claim: Claim, pool: tuple[sp.Rational, ...], count: int) -> tuple[Point, ...]:
    """Points of the variables that either side depends on; more for an inequality, which may be false in few places."""
    free = {v.name: v for e in (claim.left, claim.right) for v in free_variables(e, claim.where)}
    more = 1 if claim.relation is Relation.EQ else MORE_POINTS
    return points(tuple(v for v in claim.where if v.name in free), more * count, pool=pool)


@lru_cache(maxsize=4096)
def _remembered(
    left: sp.Expr, where: tuple[Variable, ...], items: tuple[tuple[str, sp.Rational], ...], bits: int
) -> arb:
    return worth(left, dict(items), where, bits)


def worth(expr: sp.Expr, point: Point, where: tuple[Variable, ...], bits: int = BITS) -> arb:
    """``expr`` at a point as a ball. Raises Undetermined where it has no value, TypeError for unknown notation."""
    insist_on_laws(expr, {symbol_of(v): point[v.name] for v in where if v.name in point})
    values = {symbol_of(v): _ratio(point[v.name]) for v in where if v.name in point}
    with ctx.workprec(bits):
        return _worth(expr, values, {v.name: v.domain for v in where}, bits)


def _worth(expr: sp.Expr, values: Values, domains: Mapping[str, Domain], bits: int) -> arb:
    found: dict[sp.Expr, sp.Symbol] = {}
    known = dict(values)

    def named(e: sp.Basic, bound: frozenset[sp.Symbol] = frozenset()) -> sp.Basic:
        if isinstance(e, SEARCHES) and not bound.isdisjoint(e.free_symbols):
            return named(_spread_out(e), bound)
        if isinstance(e, SEARCHES):
            if e not in found:
                found[e] = sp.Dummy("found", real=True)
                known[found[e]] = _searched(e, values, domains, bits)
            return found[e]
        if isinstance(e, sp.Integral | sp.Sum):
            inner = bound | {limit[0] for limit in e.limits}
            return e.func(named(e.function, inner), *(named(limit, bound) for limit in e.limits))
        return e.func(*(named(a, bound) for a in e.args)) if e.args else e

    plain = _written_out(expr)
    searched = plain.has(*SEARCHES)
    ball = enclose(named(plain) if searched else plain, bits, at=known)
    return ball + arb(0, SLACK) * (1 + abs(ball)) if searched else ball


def _spread_out(e: sp.Expr) -> sp.Expr:
    """A derivative of what a sum or an integral runs over, as a difference quotient at each place.

    Raises Undetermined for a limit or a search, which each place would have another one of.
    """
    if not isinstance(e, sp.Derivative):
        raise Undetermined(f"{e} depends on what is summed or integrated over")
    f = e.expr
    for x in e.variables:
        f = (f.subs(x, x + WIDTH) - f.subs(x, x - WIDTH)) / (2 * WIDTH)
    return f


@lru_cache(maxsize=4096)
def _written_out(e: sp.Basic) -> sp.Basic:
    """Notation as sums and integrals, but for derivatives, limits and searches, which are read at each point."""
    if isinstance(e, SEARCHES) or not e.args:
        return e
    if isinstance(e, sp.Determinant):
        return _written_out(_by_permutations(e.arg))
    return _written_out(_defined(e)) if isinstance(e, Notation) else e.func(*map(_written_out, e.args))


def _searched(e: sp.Expr, values: Values, domains: Mapping[str, Domain], bits: int) -> fmpq:
    if isinstance(e, sp.Derivative):
        return _quotient(e, values, domains, bits)
    if isinstance(e, sp.Limit):
        return _nearby(e, values, domains, bits)
    return _best(e, values, domains, bits)


def _quotient(
    e: sp.Derivative, values: Values, domains: Mapping[str, Domain], bits: int, within: float = SLACK
) -> fmpq:
    """(f(x + h) − f(x − h))/(2h): the derivative but for a term in h². Of higher order, a quotient of quotients.

    Raises Undetermined where f is not known well enough for the quotient to be right to ``within``.
    """
    *before, x = e.variables
    needed = within * float(STEP.p) / float(STEP.q)

    def value(at: Values) -> fmpq:
        if before:
            return _quotient(sp.Derivative(e.expr, *before), at, domains, bits, needed)
        ball = _worth(e.expr, at, domains, bits)
        if not e.expr.has(*SEARCHES) and not ball.rad() < needed * (1 + abs(ball)):
            raise Undetermined("the derivative of something that is known to few digits")
        return _middle(ball)

    ahead, behind = (value({**values, x: values[x] + h}) for h in (STEP, -STEP))
    return (ahead - behind) / (2 * STEP)


def _nearby(e: sp.Limit, values: Values, domains: Mapping[str, Domain], bits: int) -> fmpq:
    """The function next to the place of its limit, which it is supposed to approach smoothly."""
    f, x, place, side = e.args
    if place in (sp.oo, -sp.oo):
        there = 1 / CLOSE if place is sp.oo else -1 / CLOSE
    else:
        there = _middle(_worth(place, values, domains, bits)) + (-CLOSE if str(side) == "-" else CLOSE)
    return _middle(_worth(f, {**values, x: there}, domains, bits))


def _by_permutations(matrix: sp.MatrixBase) -> sp.Expr:
    """The determinant as Leibniz writes it."""
    rows = range(matrix.rows)
    return sp.Add(*(Permutation(p).signature() * sp.Mul(*(matrix[i, p[i]] for i in rows)) for p in permutations(rows)))


def _best(e: Argmin | Argmax, values: Values, domains: Mapping[str, Domain], bits: int) -> fmpq:
    """A search between two ends, on a function that has one hump (checked on a grid, not proved)."""
    x, better = e.variable, 1 if isinstance(e, Argmax) else -1
    low, high = map(fmpq, SEARCHED[type(domains[x.name])])

    def height(place: fmpq) -> arb:
        return better * _worth(e.inside[0], {**values, x: place}, domains, bits)

    left, right = low, high
    for _ in range(TURNS):
        inner = [left + (right - left) * share for share in SHARES]
        if _below(*map(height, inner)):
            left = inner[0]
        else:
            right = inner[1]
    best = (left + right) / 2
    if min(best - low, high - best) < (high - low) / 10**6:
        raise Undetermined(f"{e} lies at an end of the range searched")
    top = height(best)
    grid = [low + (high - low) * fmpq(k, GRID) for k in range(1, GRID)]
    if any(abs(place - best) > fmpq(1, 10**6) and height(place) > top for place in grid):
        raise Undetermined(f"{e} has more than one hump")
    return best


SHARES = (fmpq(31, 64), fmpq(33, 64))
"""Where the two heights of a turn are taken; the range shrinks to 33/64."""


def _below(a: arb, b: arb) -> bool:
    """Whether the middle of one ball is below that of another."""
    return bool(a.mid() < b.mid())


def _middle(ball: arb) -> fmpq:
    numerator, exponent = ball.mid().man_exp()
    return fmpq(int(numerator)) * fmpq(2) ** int(exponent)


def _ratio(value: sp.Rational) -> fmpq:
    return fmpq(int(value.p), int(value.q))


def _defined(e: Notation) -> sp.Expr:
    """Notation as a sum or an integral of densities."""
    x = sp.Dummy("x", real=True)
    match e:
        case Density(law=law, point=at) if isinstance(law, Family | Normal):
            return density_of(law, at)
        case Expectation(inside=(f,), variable=v, law=law) if isinstance(law, Family | Normal):
            return _mean(_by_log_densities(f), v, law)
        case Variance(args=(f, v, Family() | Normal() as law)):
            return _mean(f**2, v, law) - _mean(f, v, law) ** 2
        case Covariance(args=(f, g, v, Family() | Normal() as law)):
            return _mean(f * g, v, law) - _mean(f, v, law) * _mean(g, v, law)
        case Entropy(args=(p,)):
            return -_mean(_log_shape(p, x), x, p)
        case CrossEntropy(args=(p, q)):
            _insist_on_reach(p, q)
            return -_mean(_log_shape(q, x), x, p)
        case KL(args=(p, q)):
            _insist_on_reach(p, q)
            return _mean(_log_shape(p, x) - _log_shape(q, x), x, p)
    raise TypeError(f"{e} ({type(e).__name__}) has no reading as a number here")


def _insist_on_reach(p: Law, q: Law) -> None:
    """Raises TypeError where p reaches to infinity and q does not: beyond its support q has no formula."""
    if isinstance(p, Family | Normal) and isinstance(q, Family | Normal):
        here, there = support_of(p), support_of(q)
        ends = ((here.low, there.low, -sp.oo), (here.high, there.high, sp.oo))
        if any(of_p == far and of_q != far for of_p, of_q, far in ends):
            raise TypeError(f"{p} has mass where {q} has none")


def _shape(law: Law, x: sp.Symbol) -> sp.Expr:
    if not isinstance(law, Family | Normal):
        raise TypeError(f"{law} is known by its name alone")
    return density_of(law, x)


def _log_shape(law: Law, x: sp.Symbol) -> sp.Expr:
    """The log of a density, as a sum: far out the density itself is too small to take the log of.

    On the half-line x is positive, and between 0 and 1 so is 1 − x.
    """
    if isinstance(law, Normal):
        return -((x - law.mean) ** 2) / (2 * law.variance) - sp.log(2 * sp.pi * law.variance) / 2
    shape = _shape(law, x)
    low, high = support_of(law).low, support_of(law).high
    sure = ((1 - x,) if high == 1 else ()) + ((x,) if low.is_nonnegative and not support_of(law).whole else ())
    names = {e: sp.Dummy("sure", positive=True) for e in sure}
    return sp.expand_log(sp.log(shape.xreplace(names))).xreplace({v: k for k, v in names.items()})


def _by_log_densities(f: sp.Expr) -> sp.Expr:
    """The log of a product with densities in it as a sum with their logs: far out the product is too small."""

    def apart(inside: sp.Expr) -> sp.Expr:
        known, rest = sp.S.Zero, []
        for factor in sp.Mul.make_args(inside):
            base, power = factor.as_base_exp()
            if isinstance(base, Density) and isinstance(base.law, Family | Normal) and power.is_Integer:
                known += power * _log_shape(base.law, base.point)
            else:
                rest.append(factor)
        return known + sp.log(sp.Mul(*rest))

    return f.replace(sp.log, apart)


def _mean(f: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr:
    weight, support = _shape(law, x), support_of(law)
    if isinstance(law, Laplace | LogNormal):
        return _on_another_scale(f, x, law)
    if not support.whole:
        return sp.Integral(f * weight, (x, support.low, support.high))
    if support.low.is_Integer and support.high.is_Integer:
        listed = range(int(support.low), int(support.high) + 1)
        return sp.Add(*((f * weight).subs(x, k) for k in listed))
    k = sp.Dummy("k", integer=True, nonnegative=True)
    return sp.Sum((f * weight).subs(x, k), (k, support.low, support.high))


def _on_another_scale(f: sp.Expr, x: sp.Symbol, law: Laplace | LogNormal) -> sp.Expr:
    """E f(X) where the density as it stands has no known bound far out: X = mean ± U with U exponential, or e^U with U
    normal.
    """
    if isinstance(law, LogNormal):
        u, normal = sp.Dummy("u", real=True), Normal(*law.args)
        return sp.Integral(f.subs(x, sp.exp(u)) * density_of(normal, u), (u, -sp.oo, sp.oo))
    mean, scale = law.args
    u = sp.Dummy("u", positive=True)
    both = f.subs(x, mean + u) / 2 + f.subs(x, mean - u) / 2
    return sp.Integral(both * sp.exp(-u / scale) / scale, (u, 0, sp.oo))


def torch_model(value: Callable[..., Tensor], *names: str) -> Model:
    """``value`` at the named coordinates of a point, as scalars in float64. More attempts give the same number."""

    def model(point: Point, attempt: int) -> float:
        return float(value(*(torch.tensor(float(point[n]), dtype=torch.float64) for n in names)).detach())

    return model
