"""One form for expressions that are equal by definition, by linearity of E, and by the moments of a normal law.

The moments rest on Stein's identity E[(x − m) f(x)] = v E[f′(x)], which gives E x^(k+1) = m E x^k + k v E x^(k−1).
Linearity supposes that each term is integrable; a page lists that where it isn't plain.
"""

from __future__ import annotations

import sympy as sp

from claims.notation import Density, Expectation, Law, Normal, Notation
from derivations.definitions import unfolded

MOST_MOMENTS = 64
"""The highest power whose moment is worked out; a polynomial beyond it is left as it stands."""


def canonical(expr: sp.Basic) -> sp.Basic:
    """``expr`` unfolded, its expectations split into terms, and each term that is a moment replaced by its value."""
    return _settled(unfolded(expr))


def vanishes(expr: sp.Expr) -> bool:
    """Whether a canonical expression is zero as a quotient of polynomials in its logs, roots and notation."""
    plain = _plain(expr)
    return bool(sp.expand(sp.fraction(sp.together(plain))[0]) == 0)


def simplifies_away(expr: sp.Expr) -> bool:
    """Whether SymPy simplifies a canonical expression to zero: slow, and for where ``vanishes`` is not enough."""
    return bool(sp.simplify(_plain(expr)) == 0)


def normal_moment(power: int, mean: sp.Expr, variance: sp.Expr) -> sp.Expr:
    """E x^power for x ~ N(mean, variance)."""
    below, moment = sp.Integer(0), sp.Integer(1)
    for k in range(power):
        below, moment = moment, sp.expand(mean * moment + k * variance * below)
    return moment


def _settled(expr: sp.Basic) -> sp.Basic:
    if isinstance(expr, Expectation):
        return _expectation(expr)
    if not expr.args:
        return expr
    return expr.func(*(_settled(a) for a in expr.args))


def _expectation(expr: Expectation) -> sp.Expr:
    """The sum of the expectations of its terms."""
    x = sp.Dummy("x", **expr.variable.assumptions0)
    integrand = _settled(expr.inside[0].subs(expr.variable, x))
    terms = sp.Add.make_args(sp.expand(_logs_split(integrand)))
    law = _settled(expr.law)
    return sp.Add(*(_term(t, x, law) for t in terms))


def _term(term: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr:
    constant, rest = term.as_independent(x, as_Add=False)
    power = _power(rest, x)
    if power == 0:
        return constant
    if power is not None and _has_moments(law, x) and power <= MOST_MOMENTS:
        return constant * normal_moment(power, law.mean, law.variance)
    return constant * _named(rest, x, law)


def _has_moments(law: Law, x: sp.Symbol) -> bool:
    """A normal law of known sign, and a variable that SymPy takes for any real: of x > 0 it makes √x² = x."""
    plainly_real = x.assumptions0 == sp.Symbol("x", real=True).assumptions0
    return isinstance(law, Normal) and bool(law.variance.is_nonnegative) and plainly_real


def _named(rest: sp.Expr, x: sp.Symbol, law: Law) -> Expectation:
    """An expectation that stays, its variable named by what is nested in it, so that letters don't matter."""
    within = [e.variable.dummy_index for e in rest.atoms(Expectation)]
    name = sp.Dummy("x", dummy_index=max(within, default=0) + 1, **x.assumptions0)
    return Expectation(rest.subs(x, name), name, law)


def _power(rest: sp.Expr, x: sp.Symbol) -> int | None:
    if rest == 1:
        return 0
    if rest == x:
        return 1
    if isinstance(rest, sp.Pow) and rest.base == x and rest.exp.is_Integer and rest.exp > 0:
        return int(rest.exp)
    return None


def _logs_split(expr: sp.Expr) -> sp.Expr:
    """log(ab) as log a + log b where a is positive; a density counts as positive, since E only sees where it is."""
    positive = {d: sp.Dummy("d", positive=True) for d in expr.atoms(Density)}
    return sp.expand_log(expr.xreplace(positive)).xreplace({v: k for k, v in positive.items()})


def _plain(expr: sp.Expr) -> sp.Expr:
    """Logs split, and notation that is left replaced by symbols, one for each distinct node."""
    opaque = {node: sp.Dummy("n", nonnegative=node.is_nonnegative) for node in expr.atoms(Notation)}
    return sp.expand_log(expr.xreplace(opaque))
