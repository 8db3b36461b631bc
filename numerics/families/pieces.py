"""A law as pieces over which its expectations are plain integrals or sums.

A density with a kink is cut there, and a law that is an image of a simpler one is integrated before the map: what is
integrated is the definition in every case, in the variable in which it is smooth.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from claims.laws import Family, Laplace, Logistic, LogNormal, Written, density_of, support_of
from claims.notation import Normal
from claims.records import Record

VARIABLES = tuple(sp.Dummy(f"u_{n}", real=True) for n in range(6))
"""What expectations integrate or sum over, one inside the other; no document can name them."""


class Piece(Record):
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
    if isinstance(law, Written):
        written = (_cut(f(u), low, high, u) for f, low, high in law.pieces)
        return tuple(Piece(u, e, low, high, u, support_of(law).whole) for parts in written for e, low, high in parts)
    support = support_of(law)
    return (Piece(u, density_of(law, u), support.low, support.high, u, support.whole),)


def _cut(e: sp.Expr, low: sp.Expr, high: sp.Expr, u: sp.Symbol) -> tuple[tuple[sp.Expr, sp.Expr, sp.Expr], ...]:
    """A formula on a range, in two where an absolute value in it has its corner at a known place inside."""
    corners = [a for a in e.atoms(sp.Abs) if a.has(u) and sp.diff(a.args[0], u) == 1]
    if len(corners) != 1 or (low, high) != (-sp.oo, sp.oo):
        return ((e, low, high),)
    (corner,) = corners
    middle = u - corner.args[0]
    below, above = (e.xreplace({corner: sign * corner.args[0]}) for sign in (-1, 1))
    return (below, low, middle), (above, middle, high)


def _one_side(law: Laplace | Logistic, z: sp.Expr) -> sp.Expr:
    """The density at a distance of z ≥ 0 scales from the middle, written so that it visibly falls off."""
    scale = law.args[1]
    return sp.exp(-z) / (2 * scale) if isinstance(law, Laplace) else sp.exp(-z) / (scale * (1 + sp.exp(-z)) ** 2)
