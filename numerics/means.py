"""Averages under named laws by the Gauss rules of their families, with a bound wherever one is found.

Each law is put onto the weight of its family: Hermite for normal and log-normal laws, Laguerre for gamma laws and their
kin, Legendre and Jacobi for uniform, beta and semicircle laws. A mean inside of a mean, or in a product, gets axes of
its own; powers of one get copies. A sum is averaged term by term, a product over its factors that share no axis. Then

- a polynomial is averaged by rules that are exact to its degree: what is left is rounding;
- on a finite range the error is Bernstein's (``ellipses``), on an infinite one Hermite's remainder (``growth``);
- what neither bounds, because it runs off at an end or is not analytic everywhere, is integrated with the density of
  its laws by tanh-sinh or by adaptive product rules, each with its own bound.

Where none of these gives a bound, what comes back is an ``Estimate``, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import product
from math import prod
from operator import mul

import sympy as sp
from flint import acb, arb, ctx

from claims.notation import Notation
from claims.records import Record
from numerics import adaptive, tanh_sinh
from numerics.balls import enclose, power, rational, rules
from numerics.bounded import Bounded, Estimate, Quadrature
from numerics.ellipses import ellipses, error_bound
from numerics.growth import degree, remainder
from numerics.holomorphic import function_of, holomorphic
from numerics.lawful import insist_on_laws
from numerics.orthogonal import BITS, Jacobi, gauss_rule
from numerics.quadrature import estimated
from numerics.sides import Side
from numerics.standard_laws import Axis, BeyondSupport, as_means, is_mean
from numerics.undetermined import Undetermined

GOAL = -56
"""A mean is taken to be settled where its error is below 2 to this power, relative to 1 + |value|."""
NODES = (24, 48)
MOST_POINTS = 20_000
EXACT = "exact to the degree of a polynomial"
BERNSTEIN = "Bernstein's ellipse"
REMAINDER = "Hermite's remainder, by Cauchy"
TANH_SINH = "tanh-sinh in a strip"
ADAPTIVE = "adaptive product rules, Bernstein's ellipse on each part"


@lru_cache(maxsize=4096)
def averaged(expr: sp.Expr, attempt: int = 0) -> Quadrature:
    """The value of a closed expression with means in it; an estimate where no bound is found.

    ``attempt`` 1 takes more nodes. Raises TypeError for notation that has no reading, BeyondSupport for a density where
    it has no formula, Undetermined for a law that is none.
    """
    insist_on_laws(expr)
    found = _bounded(expr, attempt)
    if isinstance(found, Bounded):
        return found
    return Estimate(estimated(expr, attempt), found)


def _bounded(expr: sp.Expr, attempt: int) -> Bounded | str:
    """The bound, or why there is none."""
    said: list[str] = []
    with ctx.workprec(BITS):
        try:
            ball = _worth(expr, attempt, said)
        except BeyondSupport:
            raise
        except (TypeError, Undetermined, ZeroDivisionError, ValueError, OverflowError) as why:
            return str(why)
    if not ball.is_finite():
        return "the bound is not finite"
    return Bounded(ball, ", ".join(sorted(set(said))))


def _worth(e: sp.Basic, attempt: int, said: list[str]) -> arb:
    """A ball for an expression, the theorems that bound it added to ``said``. Raises TypeError, Undetermined."""
    if not e.has(Notation):
        return enclose(e, BITS)
    if is_mean(e):
        integrand, axes = as_means(e)
        return _mean(integrand, axes, attempt, said)
    if isinstance(e, Notation):
        raise TypeError(f"{e} has no reading as a mean")
    parts = [_worth(a, attempt, said) for a in e.args]
    if isinstance(e, sp.Add | sp.Mul):
        return reduce(mul, parts) if isinstance(e, sp.Mul) else sum(parts, arb(0))
    if isinstance(e, sp.Pow):
        return power(parts[0], e.exp, lambda: parts[1])
    rule = rules().get(type(e))
    if rule is None:
        raise TypeError(f"{type(e).__name__} of a mean has no reading")
    return rule(*parts)


def _constant(e: sp.Basic) -> arb:
    return enclose(e, BITS)


def _mean(f: sp.Expr, axes: Sequence[Axis], attempt: int, said: list[str]) -> arb:
    """E f over independent axes, by terms and by factors."""
    met = [a for a in axes if f.has(a.variable)]
    if not met:
        return _constant(f)
    counts = [degree(f, a.variable) for a in met]
    if all(d is not None and d < 2 * NODES[0] for d in counts):
        return _exactly(f, met, [(d or 0) // 2 + 1 + attempt for d in counts], said)
    if isinstance(f, sp.Add):
        return sum((_mean(term, met, attempt, said) for term in f.args), arb(0))
    groups = _tied(f, met)
    if len(groups) > 1:
        return reduce(mul, (_mean(part, some, attempt, said) for part, some in groups))
    spread = sp.expand_mul(f)
    if isinstance(spread, sp.Add):
        return sum((_mean(term, met, attempt, said) for term in spread.args), arb(0))
    return _bounded_mean(f, met, attempt, said)


def _exactly(f: sp.Expr, axes: Sequence[Axis], counts: Sequence[int], said: list[str]) -> arb:
    if prod(counts) > MOST_POINTS:
        raise Undetermined("a polynomial of too many variables")
    said.append(EXACT)
    return _summed(f, axes, counts)


def _summed(f: sp.Expr, axes: Sequence[Axis], counts: Sequence[int]) -> arb:
    """The product rule."""
    function = function_of(f, [a.variable for a in axes], _constant)
    total = arb(0)
    for nodes in product(*(gauss_rule(a.weight, n) for a, n in zip(axes, counts, strict=True))):
        value = function(tuple(acb(x) for x, _ in nodes), False)
        if not value.imag.contains(0):
            raise Undetermined("the integrand is not real everywhere")
        total += reduce(mul, (w for _, w in nodes)) * value.real
    return total


def _tied(f: sp.Expr, axes: Sequence[Axis]) -> list[tuple[sp.Expr, list[Axis]]]:
    """The factors of a product, those that share an axis together, each group with its axes."""
    groups: list[tuple[sp.Expr, list[Axis]]] = []
    for factor in sp.Mul.make_args(f):
        own = [a for a in axes if factor.has(a.variable)]
        joined = [g for g in groups if any(a in own for a in g[1])] if own else groups[:1]
        groups = [g for g in groups if g not in joined]
        held = [a for a in axes if a in own or any(a in g[1] for g in joined)]
        groups.append((sp.Mul(factor, *(part for part, _ in joined)), held))
    return groups


def _bounded_mean(f: sp.Expr, axes: Sequence[Axis], attempt: int, said: list[str]) -> arb:
    """The first of the ways that leaves a small enough error; of several that don't, the best. Raises Undetermined."""
    why = "no way applies"
    best = arb("inf")
    words = ""
    for way, theorem in ((_by_rule, ""), (_by_tanh_sinh, TANH_SINH), (_by_parts, ADAPTIVE)):
        try:
            ball, says = way(f, axes, attempt)
        except Undetermined as refused:
            why = str(refused)
            continue
        if ball.is_finite() and (not best.is_finite() or ball.rad() < best.rad()):
            best, words = ball, says or theorem
        if best.is_finite() and best.rad() < arb(2) ** GOAL * (1 + abs(best)):
            break
    if not best.is_finite():
        raise Undetermined(why)
    said.append(words)
    return best


class _Rule(Record):
    """What a rule leaves out, and the theorem that says so."""

    error: arb
    theorem: str


def _by_rule(f: sp.Expr, axes: Sequence[Axis], attempt: int) -> tuple[arb, str]:
    """The Gauss rule of the only axis."""
    if len(axes) != 1:
        raise Undetermined("a mean over several axes that is no polynomial")
    (axis,) = axes
    for nodes in (n * (1 + attempt // 2) for n in NODES):
        left = _left_out(f, axis, nodes)
        if left.error < arb(2) ** GOAL:
            break
    if not left.error < 1:
        raise Undetermined("the rule has no small bound there")
    return _summed(f, axes, [nodes]) + arb(0, left.error.upper()), left.theorem


def _left_out(f: sp.Expr, axis: Axis, nodes: int) -> _Rule:
    if not isinstance(axis.weight, Jacobi):
        return _Rule(remainder(f, axis.variable, axis.weight, nodes, _constant), REMAINDER)
    function = holomorphic(f, axis.variable, _constant)
    found = list(ellipses(lambda z: function(z, True), arb(-1), arb(1)))
    return _Rule(error_bound(found, nodes), BERNSTEIN)


def _by_tanh_sinh(f: sp.Expr, axes: Sequence[Axis], attempt: int) -> tuple[arb, str]:
    if len(axes) != 1:
        raise Undetermined("tanh-sinh has one variable")
    (axis,) = axes
    low, high = axis.range
    goal = tanh_sinh.GOAL - 8 * attempt
    found = tanh_sinh.integrated(axis.density * f, axis.variable, low, high, _constant, rational, goal)
    return found.ball, TANH_SINH


def _by_parts(f: sp.Expr, axes: Sequence[Axis], attempt: int) -> tuple[arb, str]:
    if len(axes) > len(adaptive.GOALS):
        raise Undetermined("a mean over too many axes")
    whole = sp.Mul(f, *(a.density for a in axes))
    goal = adaptive.GOALS[len(axes)] - 4 * attempt
    found = adaptive.integrated(whole, [Side(a.variable, *a.range) for a in axes], _constant, goal)
    return found.ball, ADAPTIVE
