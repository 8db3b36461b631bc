"""Derivatives, taken where there is one.

What jumps or bends where its letter goes (1[x < θ], |θ|, max, floor) has no slope there, and a slope for almost all
values is none for all of them: it is left as it stands. An expectation under a law that doesn't depend on the letter is
differentiated inside where its integrand neither jumps nor bends and the slope inside has a mean; that the mean and the
slope may change places under a law that is a name is supposed. An integral between numbers likewise; nothing else that
binds a letter is differentiated inside. A function that is known by its name, f(x), has slopes in x by supposition.
"""

from __future__ import annotations

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.functions.elementary.hyperbolic import InverseHyperbolicFunction
from sympy.functions.elementary.integers import RoundFunction
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction

from claims.indicators import OF_SIGN
from claims.notation import Expectation, Indicator, Notation
from derivations.integrable import has_mean

BENT = (sp.Abs, sp.Max, sp.Min, sp.sign, sp.Piecewise, sp.Heaviside, RoundFunction, sp.Mod, sp.arg, *OF_SIGN)
"""What has places without a slope."""

_INVERSE = (sp.log, InverseTrigonometricFunction, InverseHyperbolicFunction, sp.LambertW)

BINDING = (sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Subs)


def slope(f: sp.Expr, variables: tuple[sp.Symbol, ...]) -> sp.Expr | None:
    """The derivative of an unfolded expression; None where it isn't known to have one, or a rule for it lacks."""
    for variable in variables:
        found = _slope(f, variable)
        if found is None:
            return None
        f = found
    return f


def _slope(f: sp.Expr, variable: sp.Symbol) -> sp.Expr | None:
    if variable.is_integer or is_bent(f, variable) or _may_change_branch(f, variable):
        return None
    held = {e: sp.Function(f"E{k}", real=True)(variable) for k, e in enumerate(_outermost(f)) if e.has(variable)}
    slope = sp.diff(f.xreplace(held), variable)
    inside = {function.diff(variable): _slope_inside(e, variable) for e, function in held.items()}
    if None in inside.values():
        return None
    found = slope.xreplace(inside).xreplace({function: e for e, function in held.items()})
    return None if found.has(sp.Subs, sp.DiracDelta) or not all(map(_is_known, found.atoms(sp.Derivative))) else found


def _is_known(e: sp.Derivative) -> bool:
    """Whether ``e`` is f′(x) or f″(x) of a function known by its name, which is supposed to exist."""
    f, places = e.expr, set(e.variables)
    return isinstance(f, AppliedUndef) and not f.is_integer and set(f.args) == places and len(places) == 1


def is_bent(f: sp.Basic, variable: sp.Symbol) -> bool:
    """Whether ``f`` has a part that may jump or bend as ``variable`` goes."""
    return any(e.has(variable) for e in f.atoms(*BENT, Indicator))


def _may_change_branch(f: sp.Basic, variable: sp.Symbol) -> bool:
    """Whether what a root or a log in ``f`` is taken of may go around zero, as no real number can, where they jump."""
    return any(_is_complex(inside) for inside in map(_rooted, _many_valued(f)) if inside.has(variable))


def _many_valued(f: sp.Basic) -> set[sp.Expr]:
    return {e for e in f.atoms(sp.Pow, sp.Function) if isinstance(e, _INVERSE) or _is_root(e)}


def _is_root(e: sp.Expr) -> bool:
    return isinstance(e, sp.Pow) and not e.exp.is_integer


def _rooted(e: sp.Expr) -> sp.Expr:
    return e.args[0]


def _is_complex(inside: sp.Expr) -> bool:
    """Whether a number may be anything but real: it speaks of i, or of roots or logs of what may be negative."""
    return inside.has(sp.I) or any(not _rooted(e).is_nonnegative for e in _many_valued(inside))


def _outermost(f: sp.Basic) -> list[sp.Basic]:
    if isinstance(f, (Notation, *BINDING)):
        return [f]
    return list(dict.fromkeys(e for a in f.args for e in _outermost(a)))


def _slope_inside(e: sp.Basic, variable: sp.Symbol) -> sp.Expr | None:
    match e:
        case Expectation() if not e.law.has(variable) and e.variable != variable:
            inner = _slope(e.inside[0], variable)
            holds = inner is not None and has_mean(inner, e.variable, e.law)
            return Expectation(inner, e.variable, e.law) if holds else None
        case sp.Integral(function=f, limits=(limit,)) if _is_still(limit, variable) and is_entire(f):
            inner = _slope(f, variable)
            return None if inner is None else sp.Integral(inner, limit)
        case sp.Sum(function=f, limits=(limit,)) if _is_still(limit, variable):
            inner = _slope(f, variable)
            return None if inner is None else sp.Sum(inner, limit)
        case _:
            return None


def _is_still(limit: sp.Tuple, variable: sp.Symbol) -> bool:
    """Whether what is summed or integrated over runs between finite ends that don't depend on ``variable``."""
    return not limit.has(variable) and len(limit) == 3 and all(end.is_finite for end in limit[1:])


def is_entire(f: sp.Expr) -> bool:
    """Whether ``f`` is smooth wherever its letters go."""
    plain = all(
        isinstance(e, sp.Add | sp.Mul | sp.Pow | sp.exp | sp.sin | sp.cos | sp.Atom) for e in sp.preorder_traversal(f)
    )
    return plain and all(e.exp.is_integer and e.exp.is_nonnegative for e in f.atoms(sp.Pow) if e.base.free_symbols)
