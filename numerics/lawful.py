"""No number is the mean under a law that is none: every route asks here before it integrates."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.laws import Family, is_none
from claims.notation import Law, Normal
from numerics.undetermined import Undetermined


def insist_on_laws(expr: sp.Basic, at: Mapping[sp.Symbol, sp.Rational] | None = None) -> None:
    """Raises Undetermined where the parameters of a law in ``expr`` are, at a point, numbers that make it none."""
    for law in expr.atoms(Law):
        here = law.xreplace(dict(at or {}))
        if isinstance(here, Family | Normal) and is_none(here):
            raise Undetermined(f"{here} is no law: its parameters are out of order")
