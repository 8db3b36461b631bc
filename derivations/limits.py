"""Limits, by SymPy, where its answer holds for every value of the other letters.

SymPy takes a letter of which it doesn't know that it may be zero for one that isn't: x/(x + h) goes to 1 with h, but
not where x = 0. So where something is divided by, or is inside a log or a root, the part that leads has to be nonzero
whatever the letters are. A limit of an expectation or an integral is not taken inside: that is a theorem with
assumptions.
"""

from __future__ import annotations

import sympy as sp

from claims.notation import Notation
from derivations.slopes import BENT, BINDING

NO_VALUE = (sp.Limit, sp.AccumBounds, sp.nan, sp.zoo, sp.sign)


def limit_of(f: sp.Expr, v: sp.Symbol, place: sp.Expr, side: str) -> sp.Expr | None:
    """The limit of an unfolded expression; None where SymPy knows none, or one for some values of the letters only."""
    held = {e: sp.Dummy("n", real=True) for e in f.atoms(Notation, *BINDING)}
    plain = f.xreplace(held)
    if any(e.has(v) for e in held) or not _leads(plain, v, place):
        return None
    try:
        found = sp.Limit(plain, v, place, side).doit()
    except (NotImplementedError, ValueError, TypeError, sp.PolynomialError):
        return None
    new = found.atoms(*BENT) - plain.atoms(*BENT)
    return None if new or found.has(*NO_VALUE) else found.xreplace({name: e for e, name in held.items()})


def _leads(f: sp.Expr, v: sp.Symbol, place: sp.Expr) -> bool:
    """Whether, near the place, the leading part of all that must not be zero is nonzero for all values of letters."""
    below = [e.base for e in f.atoms(sp.Pow) if not (e.exp.is_integer and e.exp.is_nonnegative)]
    inside = [e.args[0] for e in f.atoms(sp.log)]
    moving = [e.base for e in f.atoms(sp.Pow) if e.exp.has(v) and not e.base.has(v)]
    if not all(base.is_positive or not base.free_symbols for base in moving):
        return False
    return all(_is_led(e, v, place) for e in (*below, *inside) if e.has(v) and e.free_symbols != {v})


def _is_led(e: sp.Expr, v: sp.Symbol, place: sp.Expr) -> bool:
    if e.is_positive or e.is_nonzero:
        return True
    polynomial = sp.numer(sp.together(e)).as_poly(v)
    if polynomial is None or not place.is_extended_real:
        return False
    if place.is_finite:
        polynomial = sp.Poly(polynomial.as_expr().subs(v, v + place).expand(), v)
    terms = polynomial.terms()
    leading = terms[0][1] if place.is_infinite else terms[-1][1]
    return bool(leading.is_nonzero or sp.factor(leading).is_nonzero)
