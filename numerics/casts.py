"""Laws and sequences in the place of names: a claim about any laws, or any numbers, must hold for these.

A cast gives each name a law with numbers for its parameters. A name that depends on what is given, p(· | x), gets a
family whose parameters may speak of ``GIVEN``, which becomes x. A
sequence gets a formula in ``GIVEN``, which becomes the place of the member.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_

import sympy as sp
from sympy.core.function import AppliedUndef

from claims.laws import Family
from claims.notation import Law, NamedLaw, Normal

Cast = Mapping[str, Family | Normal]
"""The law behind each name, or the formula of the members of a sequence."""

GIVEN = sp.Symbol("given", real=True)
"""What a conditional law of a cast depends on; 0 for a name to which nothing is given."""


def with_laws(expr: sp.Basic, cast: Mapping[str, Law]) -> sp.Basic:
    """``expr`` with each name that the cast has replaced by its law, and each member of a sequence by its formula."""
    if isinstance(expr, AppliedUndef) and expr.func.__name__ in cast:
        return cast[expr.func.__name__].xreplace({GIVEN: with_laws(expr.args[0], cast)})
    if isinstance(expr, NamedLaw) and expr.name in cast:
        return cast[expr.name].xreplace({GIVEN: with_laws(expr.given[0], cast) if expr.given else sp.Integer(0)})
    return remade(expr, tuple(with_laws(a, cast) for a in expr.args))


def remade(expr: sp.Basic, args: tuple[sp.Basic, ...]) -> sp.Basic:
    """The expression with other arguments; itself where they are its own, which SymPy would take long to make again."""
    return expr if all(map(is_, expr.args, args)) else expr.func(*args)
