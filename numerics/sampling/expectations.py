"""Which averages the left side of a claim is made of: KL, entropy, cross-entropy, means, variances of named laws.

Each becomes expectations of something that can be evaluated at a draw, and the rest of the expression is arithmetic on
their values. A density is evaluated by its formula, which holds on its support: a draw that may fall outside of it is
refused here, since the formula would go on as if nothing had happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from claims.laws import Family, support_of
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

STOCHASTIC = (Expectation, KL, Entropy, CrossEntropy, Variance, Covariance)
SEARCHED = (sp.Derivative, sp.Limit, sp.Integral, sp.Sum, Argmin, Argmax)


@dataclass(frozen=True, slots=True)
class Mean:
    """E f under laws drawn in order."""

    integrand: sp.Expr
    laws: tuple[tuple[sp.Symbol, Law], ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """An expression in which each mean stands as a symbol of its own."""

    expression: sp.Expr
    means: Mapping[sp.Symbol, Mean]


def has_means(e: sp.Basic) -> bool:
    """Whether an average of a named law occurs in an expression."""
    return any(isinstance(part, STOCHASTIC) for part in sp.preorder_traversal(e))


def apart(e: sp.Expr) -> Apart:
    """The means of a closed expression, and what is done with them. Raises TypeError for what can't be sampled."""
    means: dict[sp.Symbol, Mean] = {}

    def taken(part: sp.Basic) -> sp.Basic:
        if isinstance(part, sp.Add):
            return sp.Add(*map(lone, _together(_terms_spelt_out(part))))
        return lone(part)

    def lone(part: sp.Basic) -> sp.Basic:
        if isinstance(part, SEARCHED) and has_means(part):
            raise TypeError(f"{part} asks for more than an average")
        if isinstance(part, Expectation):
            symbol = sp.Dummy(f"mean_{len(means)}", real=True)
            means[symbol] = _mean(part)
            return symbol
        if isinstance(part, STOCHASTIC):
            return taken(as_expectation(part))
        if isinstance(part, Notation):
            raise TypeError(f"{part} is not an average of a named law")
        return part.func(*map(taken, part.args)) if part.args else part

    return Apart(taken(e), means)


def _spelt_out(e: sp.Expr) -> sp.Expr:
    """A term as expectations, as far as that changes no product of them."""
    if isinstance(e, STOCHASTIC) and not isinstance(e, Expectation):
        return as_expectation(e)
    if isinstance(e, sp.Mul):
        return sp.Mul(*(_spelt_out(a) if isinstance(a, KL | Entropy | CrossEntropy) else a for a in e.args))
    return e


def _together(e: sp.Expr) -> tuple[sp.Expr, ...]:
    """The terms of a sum, those under one law as one mean: the same draws, so that what cancels does so exactly."""
    under: dict[tuple[sp.Basic, ...], list[sp.Expr]] = {}
    rest: list[sp.Expr] = []
    for term in sp.Add.make_args(e):
        factors = sp.Mul.make_args(term)
        means = [f for f in factors if isinstance(f, Expectation)]
        beside = [f for f in factors if f not in means]
        if len(means) != 1 or any(has_means(f) or f.free_symbols for f in beside):
            rest.append(term)
            continue
        (mean,) = means
        inside, laws = _chain(mean)
        under.setdefault(laws, []).append(sp.Mul(*beside, inside))
    for laws, inside in under.items():
        whole: sp.Expr = sp.Add(*inside)
        for variable, law in reversed(list(zip(laws[::2], laws[1::2], strict=True))):
            whole = Expectation(whole, variable, law)
        rest.append(whole)
    return tuple(rest)


def _mean(e: Expectation) -> Mean:
    """An expectation, and those that it is linear in as one, since they are drawn one after the other."""
    inside, flat = _chain(e)
    laws = tuple(zip(flat[::2], flat[1::2], strict=True))
    if has_means(inside):
        raise TypeError(f"{e} averages something that is made of an average")
    for density in (p for p in sp.preorder_traversal(inside) if isinstance(p, Density)):
        _insist_on_support(density, dict(laws))
    return Mean(inside, laws)


def _chain(e: Expectation) -> tuple[sp.Expr, tuple[sp.Basic, ...]]:
    """What is averaged in the end, and each variable and its law from the outside in; the variables by place."""
    laws: list[sp.Basic] = []
    inside: sp.Expr = e
    while isinstance(inside, Expectation):
        fresh = sp.Symbol(f"drawn_{len(laws) // 2}", real=True)
        laws += [fresh, inside.law]
        inside = _as_one(inside.inside[0].xreplace({inside.variable: fresh}))
    return inside, tuple(laws)


def _as_one(e: sp.Expr) -> sp.Expr:
    """A sum of multiples of means under one law as one mean, for E[c f + d] = c E f + d; itself elsewhere."""
    if not has_means(e):
        return e
    y = sp.Dummy("y", real=True)
    inside: list[sp.Expr] = []
    laws: set[Law] = set()
    for term in sp.Add.make_args(sp.expand(_terms_spelt_out(e), deep=False)):
        means = [f for f in sp.Mul.make_args(term) if isinstance(f, Expectation)]
        beside = [f for f in sp.Mul.make_args(term) if f not in means]
        if len(means) > 1 or any(map(has_means, beside)):
            return e
        laws |= {mean.law for mean in means}
        inside.append(sp.Mul(*beside, *(mean.inside[0].xreplace({mean.variable: y}) for mean in means)))
    return Expectation(sp.Add(*inside), y, laws.pop()) if len(laws) == 1 else e


def _terms_spelt_out(e: sp.Expr) -> sp.Expr:
    return sp.Add(*map(_spelt_out, sp.Add.make_args(e)))


def _insist_on_support(density: Density, laws: Mapping[sp.Symbol, Law]) -> None:
    if not isinstance(density.law, Family | Normal):
        raise TypeError(f"{density} is known by its name alone")
    there = support_of(density.law)
    if (there.low, there.high, there.whole) == (-sp.oo, sp.oo, False):
        return
    law = laws.get(density.point)
    if isinstance(law, Family | Normal):
        here = support_of(law)
        if here.whole is there.whole and here.low >= there.low and here.high <= there.high:
            return
    raise TypeError(f"{density} is asked for where its formula may not hold")


def as_expectation(e: sp.Expr) -> sp.Expr:
    x = sp.Dummy("x", real=True)
    match e:
        case KL(args=(p, q)):
            return Expectation(sp.log(Density(p, x) / Density(q, x)), x, p)
        case Entropy(args=(p,)):
            return -Expectation(sp.log(Density(p, x)), x, p)
        case CrossEntropy(args=(p, q)):
            return -Expectation(sp.log(Density(q, x)), x, p)
        case Variance(args=(f, v, p)):
            return Expectation(f**2, v, p) - Expectation(f, v, p) ** 2
        case Covariance(args=(f, g, v, p)):
            return Expectation(f * g, v, p) - Expectation(f, v, p) * Expectation(g, v, p)
    raise TypeError(f"{e} is not an average")


def means_of(e: sp.Expr) -> Iterator[Mean]:
    """The means of a closed expression, in order."""
    yield from apart(e).means.values()
