"""A law as pieces over which its expectations are plain integrals or sums.

A density with a kink is cut there, and a law that is an image of a simpler one is integrated before the map: what is
integrated is the definition in every case, in the variable in which it is smooth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp

from claims.laws import Family, Laplace, Logistic, LogNormal, density_of, support_of
from claims.notation import Normal

VARIABLES = tuple(sp.Dummy(f"u_{n}", real=True) for n in range(6))
"""What expectations integrate or sum over, one inside the other; no document can name them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a law: the value ``point`` has density ``weight`` in u between ``low`` and ``high``.

    ``back`` takes a value of the law to u. For whole numbers u is summed over.
    """

    point: sp.Expr
    weight: sp.Expr
    low: sp.Expr
    high: sp.Expr
    variable: sp.Symbol = VARIABLES[0]
    whole: bool = False
    back: Callable[[sp.Expr], sp.Expr] = lambda x: x

    def total(self, g: sp.Expr) -> sp.Expr:
        """The integral (or sum) of an expression in u against the weight."""
        over = (self.variable, self.low, self.high)
        return sp.Sum(g * self.weight, over) if self.whole else sp.Integral(g * self.weight, over)


def pieces(law: Family | Normal, u: sp.Symbol = VARIABLES[0]) -> tuple[Piece, ...]:
    """The stretches of a law, in order, in the variable ``u``."""
    if isinstance(law, LogNormal):
        return (Piece(sp.exp(u), density_of(Normal(*law.args), u), -sp.oo, sp.oo, u, back=sp.log),)
    if isinstance(law, Laplace | Logistic):
        middle, scale = law.args
        return (
            Piece(u, _one_side(law, (middle - u) / scale), -sp.oo, middle, u),
            Piece(u, _one_side(law, (u - middle) / scale), middle, sp.oo, u),
        )
    support = support_of(law)
    return (Piece(u, density_of(law, u), support.low, support.high, u, support.whole),)


def _one_side(law: Laplace | Logistic, z: sp.Expr) -> sp.Expr:
    """The density at a distance of z ≥ 0 scales from the middle, written so that it visibly falls off."""
    scale = law.args[1]
    return sp.exp(-z) / (2 * scale) if isinstance(law, Laplace) else sp.exp(-z) / (scale * (1 + sp.exp(-z)) ** 2)
