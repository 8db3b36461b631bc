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

WITHOUT_POLES = (sp.exp, sp.log, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.erf, sp.erfc, *BENT)
"""Functions that have a value at every real place, and the log, of which it is asked by itself."""
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
    poled = [a for e in f.atoms(sp.Function) if not isinstance(e, WITHOUT_POLES) for a in e.args]
    moves = [e for e in (*below, *inside, *poled) if e.has(v) and e.free_symbols != {v}]
    return all(_is_led(e, v, place) for e in moves) and all(e.is_positive for e in poled if e in moves)


def _is_led(e: sp.Expr, v: sp.Symbol, place: sp.Expr) -> bool:
    """Whether what leads in ``e`` is nonzero: of a polynomial its coefficient; of anything else, positive terms of
    letters that are positive. That ``e`` is positive before the place tells nothing: where u = 0, h + u goes to 0
    with h.
    """
    polynomial = sp.numer(sp.together(e)).as_poly(v)
    if polynomial is None:
        terms = {term for e in sp.preorder_traversal(e) if isinstance(e, sp.Add) for term in e.args}
        return bool(e.is_positive and all(term.is_positive for term in (*terms, *(e.free_symbols - {v}))))
    if not place.is_extended_real:
        return False
    if place.is_finite:
        polynomial = sp.Poly(polynomial.as_expr().subs(v, v + place).expand(), v)
    terms = polynomial.terms()
    leading = terms[0][1] if place.is_infinite else terms[-1][1]
    return bool(leading.is_nonzero or sp.factor(leading).is_nonzero)
