"""The derivative of an expression with averages in it, as averages under the law as it stands: no law is moved.

Of E f(x; t) under p(x; t) the mean is taken of a difference quotient of f(x; t + u) p(x; t + u)/p(x; t) in u, over the
same draws for every u. Around the averages stand sums, products, powers, exponentials and logarithms, whose rules are
written here. The quotient is of fourth order; what it leaves out, and its rounding, is far below ``SLACK``.
"""

from __future__ import annotations

import sympy as sp

from claims.laws import Family, support_of
from claims.notation import Argmax, Argmin, Density, Expectation, Normal
from numerics.sampling.expectations import STOCHASTIC, as_expectation, has_means
from numerics.sampling.finite import Finite, Lookup

STENCIL = ((1, sp.Rational(2, 3)), (-1, sp.Rational(-2, 3)), (2, sp.Rational(-1, 12)), (-2, sp.Rational(1, 12)))
"""Steps and weights of the quotient."""
STEP, STEP_IN_A_TABLE = sp.Rational(1, 10**4), sp.Rational(1, 10**8)
"""Of a quotient that is rounded to float64 at each draw, and of one that is worked out to more digits beforehand."""
SLACK = 1e-9


def sloped(e: sp.Basic) -> sp.Basic:
    """The expression with each derivative of averages as an average. Raises TypeError where there is no rule."""
    if not e.args or isinstance(e, STOCHASTIC):
        return e
    if isinstance(e, sp.Derivative) and has_means(e):
        found = e.expr
        for variable in e.variables:
            found = slope(found, variable)
        return found
    return e if isinstance(e, Argmin | Argmax) else e.func(*map(sloped, e.args))


def slope(e: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """de/dt. What holds no average is left as a derivative."""
    if t not in e.free_symbols:
        return sp.S.Zero
    if not has_means(e):
        return sp.Derivative(e, t)
    match e:
        case Expectation():
            return _of_mean(e, t)
        case sp.Add():
            return sp.Add(*(slope(a, t) for a in e.args))
        case sp.Mul():
            return sp.Add(*(slope(a, t) * sp.Mul(*(b for b in e.args if b is not a)) for a in e.args))
        case sp.log():
            return slope(e.args[0], t) / e.args[0]
        case sp.exp():
            return e * slope(e.args[0], t)
        case sp.Pow(base=base, exp=power) if t not in power.free_symbols:
            return power * base ** (power - 1) * slope(base, t)
    if isinstance(e, STOCHASTIC):
        return slope(as_expectation(e), t)
    raise TypeError(f"the derivative of {e} has no reading as an average")


def _of_mean(e: Expectation, t: sp.Symbol) -> sp.Expr:
    laws: list[tuple[sp.Symbol, sp.Basic]] = []
    inside: sp.Expr = e
    while isinstance(inside, Expectation):
        laws.append((inside.variable, inside.law))
        inside = inside.inside[0]
    if has_means(inside):
        raise TypeError(f"{e} averages something that is made of an average")
    found = _in_a_table(inside, laws[0][1], t) if isinstance(inside, Lookup) else _quotient(inside, laws, t)
    for variable, law in reversed(laws):
        found = Expectation(found, variable, law)
    return found


def _quotient(f: sp.Expr, laws: list[tuple[sp.Symbol, sp.Basic]], t: sp.Symbol) -> sp.Expr:
    terms = []
    for step, weight in STENCIL:
        moved = {t: t + step * STEP}
        ratio = sp.Mul(*(_ratio(law, moved, x) for x, law in laws if t in law.free_symbols))
        terms.append(weight / STEP * f.xreplace(moved) * ratio)
    return sp.Add(*terms)


def _ratio(law: sp.Basic, moved: dict[sp.Symbol, sp.Expr], x: sp.Symbol) -> sp.Expr:
    if not isinstance(law, Family | Normal):
        raise TypeError(f"{law} has no density")
    ends = support_of(law)
    if any(moved.keys() & end.free_symbols for end in (ends.low, ends.high)):
        raise TypeError(f"the ends of {law} move")
    return Density(law.xreplace(moved), x) / Density(law, x)


def _in_a_table(f: Lookup, law: sp.Basic, t: sp.Symbol) -> sp.Expr:
    """The table of the quotients, whose entries are numbers at a point."""
    if not isinstance(law, Finite):
        raise TypeError(f"{law} draws no place of a table")
    place, *values = f.args
    fixed = t not in law.free_symbols
    chances = [sp.S.One if fixed else w / sp.Add(*law.args) for w in law.args]
    slopes = []
    for chance, value in zip(chances, values, strict=True):
        moved = ({t: t + step * STEP_IN_A_TABLE} for step, _ in STENCIL)
        products = [(chance * value).xreplace(one) for one in moved]
        quotient = sp.Add(*(w * p for (_, w), p in zip(STENCIL, products, strict=True))) / STEP_IN_A_TABLE
        slopes.append(quotient / chance)
    return Lookup(place, *slopes)
