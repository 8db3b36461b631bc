"""Planted errors: what a tired author writes instead, one slip at a time.

A check that can't tell a formula from its slips checks nothing. Each slip is made at every place where it can be made,
notation included, and only what differs from the original as an expression is given; whether it differs in *value*
(x² and (−x)² do not) is for a route to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import sympy as sp

from claims.notation import KL, Binder, CrossEntropy, Law, Normal
from claims.records import Record

Local = Iterator[tuple[str, sp.Basic]]
HALF = sp.Rational(1, 2)


class Slip(Record):
    """An expression with one error in it, and the name of the error."""

    name: str
    expression: sp.Basic


def slips(expr: sp.Basic) -> tuple[Slip, ...]:
    """Every known slip at every place of ``expr``, each different expression once; never ``expr`` itself."""
    found: dict[sp.Basic, str] = {}
    for name, mutated in (*_swapped_symbols(expr), *_everywhere(expr)):
        if mutated != expr and not mutated.has(sp.nan, sp.zoo, sp.oo):
            found.setdefault(mutated, name)
    return tuple(Slip(name, mutated) for mutated, name in found.items())


def _everywhere(expr: sp.Basic) -> Local:
    """The slips at the root of ``expr``, and those of each argument with the rest left as it is."""
    for rule in RULES:
        yield from rule(expr)
    for place, argument in enumerate(expr.args):
        if _may_change(expr, place):
            for name, mutated in _everywhere(argument):
                yield name, expr.func(*expr.args[:place], mutated, *expr.args[place + 1 :])


def _may_change(expr: sp.Basic, place: int) -> bool:
    """Not the letter that a binder binds, not the name of a law, of a power only the base, of a limit not its place,
    and no matrix as a whole.
    """
    if isinstance(expr, Binder) and place == expr.scope:
        return False
    if isinstance(expr, sp.Pow) and place == 1:
        return False
    if isinstance(expr, sp.Limit) and place > 0:
        return False
    return isinstance(expr.args[place], sp.Expr | Law) and not isinstance(expr.args[place], sp.MatrixBase)


def _sign(expr: sp.Basic) -> Local:
    for term, rest in _terms(expr):
        yield "sign", rest - term


def _factor(expr: sp.Basic) -> Local:
    for term, rest in _terms(expr):
        yield "factor 2", rest + 2 * term
        yield "factor 1/2", rest + HALF * term


def _lost_term(expr: sp.Basic) -> Local:
    if isinstance(expr, sp.Add):
        for _, rest in _terms(expr):
            yield "lost term", rest


def _square(expr: sp.Basic) -> Local:
    if isinstance(expr, sp.Pow) and abs(expr.exp) == 2:
        yield "lost square", expr.base ** (expr.exp / 2)


def _std_for_var(expr: sp.Basic) -> Local:
    """σ where σ² belongs, and σ² where σ does: for the variance of a law, and for a positive symbol anywhere."""
    if isinstance(expr, Normal):
        yield "std for variance", Normal(expr.mean, sp.sqrt(expr.variance))
        yield "variance squared", Normal(expr.mean, expr.variance**2)
    if isinstance(expr, sp.Symbol) and expr.is_positive:
        yield "variance for std", expr**2


def _log(expr: sp.Basic) -> Local:
    if isinstance(expr, sp.log):
        yield "missing log", expr.args[0]
        yield "upside down in the log", sp.log(1 / expr.args[0])


def _swapped_laws(expr: sp.Basic) -> Local:
    """KL(q ‖ p) for KL(p ‖ q)."""
    if isinstance(expr, KL | CrossEntropy):
        yield "swapped arguments", expr.func(expr.args[1], expr.args[0])


def _swapped_symbols(expr: sp.Basic) -> Local:
    """Two symbols of the same flags, exchanged throughout."""
    symbols = sorted(expr.free_symbols, key=str)
    for a, b in combinations(symbols, 2):
        if a.assumptions0 == b.assumptions0:
            yield f"{a} and {b} swapped", expr.subs({a: b, b: a}, simultaneous=True)


def _terms(expr: sp.Basic) -> Iterator[tuple[sp.Expr, sp.Expr]]:
    """Each term of a sum with the sum of the others; any other expression is its only term."""
    if isinstance(expr, sp.Add):
        for place, term in enumerate(expr.args):
            yield term, sp.Add(*expr.args[:place], *expr.args[place + 1 :])
    elif isinstance(expr, sp.Expr):
        yield expr, sp.Integer(0)


RULES: tuple[Callable[[sp.Basic], Local], ...] = (
    _sign,
    _factor,
    _lost_term,
    _square,
    _std_for_var,
    _log,
    _swapped_laws,
)
