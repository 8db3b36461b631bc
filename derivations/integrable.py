"""Which functions have a mean under a named law, by how fast they grow and how far the law reaches.

A function grows like |x|^degree, like e^(|x|^order) or not at all; a law has moments below a certain power, and may
bear exponentials below a certain order. What isn't told by that counts as not known. Of a law that is a name the page
states what has a mean.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from claims.indicators import OF_SIGN
from claims.laws import (
    Bernoulli,
    Beta,
    BetaBinomial,
    Binomial,
    Cauchy,
    DiscreteUniform,
    F,
    Family,
    InverseGamma,
    Pareto,
    Poisson,
    Rayleigh,
    StudentT,
    Uniform,
    Wigner,
    Written,
    support_of,
)
from claims.notation import Density, Expectation, Law, NamedLaw, Normal
from claims.records import Record

TAME = (sp.sin, sp.cos, sp.tanh, sp.atan, sp.erf, sp.erfc, sp.sign, sp.Heaviside, *OF_SIGN)
"""What is bounded at real places."""
LITTLE = sp.Rational(1, 100)
"""log x grows less than any power; this is one."""
EVERYWHERE = (Bernoulli, Binomial, BetaBinomial, DiscreteUniform, Beta, Uniform, Wigner)
"""Laws within finite bounds, parameters given."""


class Growth(Record):
    """At most |x|^degree · e^(c |x|^order), whatever c."""

    degree: sp.Expr = sp.S.Zero
    order: sp.Expr = sp.S.Zero


def has_mean(f: sp.Expr, x: sp.Symbol, law: Law) -> bool:
    """Whether E |f(x)| under ``law`` is surely finite."""
    if isinstance(law, NamedLaw):
        return True
    if not isinstance(law, Family | Normal) or isinstance(law, Written):
        return False
    place = _place(law)
    growth = _growth(f.xreplace({x: place}), place, law)
    return growth is not None and _bears(law, growth)


def _place(law: Family | Normal) -> sp.Dummy:
    """A letter with the flags of the support."""
    support = support_of(law)
    return sp.Dummy(
        "x",
        real=True,
        integer=True if support.whole else None,
        positive=True if support.low.is_positive or (support.low.is_zero and not support.whole) else None,
        nonnegative=True if support.low.is_nonnegative else None,
    )


def _bears(law: Family | Normal, growth: Growth) -> bool:
    if isinstance(law, EVERYWHERE):
        return True
    if growth.order != 0:
        if isinstance(law, Poisson):
            return bool((1 - growth.order).is_nonnegative)
        return isinstance(law, Normal | Rayleigh) and bool((2 - growth.order).is_positive)
    most = _moments_below(law)
    return most == sp.oo or bool((most - growth.degree).is_positive)


def _moments_below(law: Family | Normal) -> sp.Expr:
    match law:
        case StudentT(args=(nu,)):
            return nu
        case Cauchy():
            return sp.S.One
        case Pareto(args=(_, shape)) | InverseGamma(args=(shape, _)):
            return shape
        case F(args=(_, dof)):
            return dof / 2
        case _:
            return sp.oo


def _growth(f: sp.Expr, x: sp.Symbol, law: Family | Normal) -> Growth | None:
    """How fast ``f`` grows at most, where it is finite on the support or has a singularity that has a mean."""
    if not f.has(x):
        return Growth()
    match f:
        case sp.Symbol():
            return Growth(sp.S.One)
        case sp.Add(args=parts) | sp.Max(args=parts) | sp.Min(args=parts) | sp.Abs(args=parts):
            return _most(_growth(a, x, law) for a in parts)
        case sp.Mul(args=parts):
            return _product(parts, x, law)
        case sp.exp(args=(inside,)):
            return _of_exponential(inside, x, law)
        case sp.Pow(base=base, exp=power) if not power.has(x):
            return _of_power(base, power, x, law)
        case sp.log(args=(inside,)):
            return _of_log(inside, x, law)
        case sp.Function() if isinstance(f, TAME) and all(a.is_real for a in f.args):
            return Growth() if all(_growth(a, x, law) is not None for a in f.args) else None
        case Density(args=(NamedLaw(), _)):
            return Growth()
        case Density(args=(Normal(variance=v), _)) if v.is_positive:
            return Growth()
        case Expectation() if isinstance(f.law, NamedLaw):
            return _growth(f.inside[0], x, law)
        case _:
            return None


def _most(parts: Iterable[Growth | None]) -> Growth | None:
    degrees, orders = [sp.S.Zero], [sp.S.Zero]
    for part in parts:
        if part is None:
            return None
        degrees.append(part.degree)
        orders.append(part.order)
    return Growth(sp.Max(*degrees), sp.Max(*orders))


def _product(parts: tuple[sp.Expr, ...], x: sp.Symbol, law: Family | Normal) -> Growth | None:
    """The degrees add up; at most one of several factors may have a singularity, and each alone is told to have none
    but a log, whose powers have a mean.
    """
    found = [_growth(a, x, law) for a in parts]
    most = _most(found)
    return None if most is None else Growth(sp.Add(*(g.degree for g in found if g)), most.order)


def _of_power(base: sp.Expr, power: sp.Expr, x: sp.Symbol, law: Family | Normal) -> Growth | None:
    inner = _growth(base, x, law)
    if inner is None or not power.is_real:
        return None
    if power.is_nonnegative:
        return Growth(inner.degree * power, inner.order)
    return Growth() if _is_away(base, x, law) else None


def _is_away(e: sp.Expr, x: sp.Symbol, law: Family | Normal) -> bool:
    """Whether ``e`` stays away from zero on the support: a positive number more than what is never negative, or x of a
    law that starts above zero.
    """
    rest, moving = e.as_independent(x, as_Add=True)
    if rest.is_positive and moving.is_nonnegative:
        return True
    if support_of(law).whole and e.is_integer and e.is_nonzero:
        return True
    return bool(e == x and support_of(law).low.is_positive)


def _of_exponential(inside: sp.Expr, x: sp.Symbol, law: Family | Normal) -> Growth | None:
    inner = _growth(inside, x, law)
    if inner is None or inner.order != 0 or not inside.is_real or not _is_low_at_poles(inside, x, law):
        return None
    if inside.is_nonpositive or sp.expand(inside).is_nonpositive:
        return Growth()
    return Growth(order=inner.degree)


def _is_low_at_poles(inside: sp.Expr, x: sp.Symbol, law: Family | Normal) -> bool:
    """Whether an exponent does not go up where a log in it goes to −∞: there, e^(k log g) is g^k with k ≥ 0. One that
    is never positive goes up nowhere.
    """
    if inside.is_nonpositive or sp.expand(inside).is_nonpositive:
        return True
    for term in sp.Add.make_args(sp.expand(inside)):
        by, rest = term.as_independent(x, as_Add=False)
        if all(_is_away(e.args[0], x, law) for e in rest.atoms(sp.log)):
            continue
        if not (isinstance(rest, sp.log) and by.is_nonnegative):
            return False
    return True


def _of_log(inside: sp.Expr, x: sp.Symbol, law: Family | Normal) -> Growth | None:
    """Of a product by its factors, of a sum of positive terms by its terms, of what stays away from zero, of what
    counts, and of x, |x| or 1 − x under a density, where each power of the log has a mean.
    """
    if not inside.has(x):
        return Growth()
    whole = support_of(law).whole
    match inside:
        case sp.Mul(args=parts):
            return _most(_of_log(a, x, law) for a in parts)
        case sp.exp(args=(power,)):
            return _growth(power, x, law)
        case sp.Pow(base=base, exp=power) if not base.has(x):
            return _growth(power, x, law)
        case sp.Pow(base=base, exp=power) if power.is_real and not power.has(x):
            return _of_log(base, x, law)
        case sp.Add(args=parts) if all(a.is_positive for a in parts):
            return _most(_of_log(a, x, law) for a in parts)
        case sp.factorial() | sp.binomial() | sp.gamma() if whole:
            return Growth(sp.Integer(2))
        case Density(args=(NamedLaw(), _)):
            return Growth()
        case Density(args=(Normal() as other, point)) if not other.has(x):
            return _growth(point**2, x, law)
    inner = _growth(inside, x, law)
    ends = (x, sp.Abs(x), 1 - x) if isinstance(law, Beta | Uniform) else (x, sp.Abs(x))
    near = not whole and inside in ends
    return None if inner is None or not (near or _is_away(inside, x, law)) else Growth(inner.order + LITTLE)
