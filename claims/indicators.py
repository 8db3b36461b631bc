"""Whether a number is positive, not negative, or zero, as numbers: every comparison x ≤ y is one of these of y − x."""

from __future__ import annotations

from typing import ClassVar

import sympy as sp


class _OfSign(sp.Function):  # type: ignore[misc]  # sympy is untyped
    """1 where a real number has a certain sign and 0 elsewhere. It doesn't evaluate itself."""

    nargs = 1
    is_real = True
    is_nonnegative = True
    signs: ClassVar[tuple[str, str]]
    """How its number compares with zero where it is 1, and where it is 0."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """0 wherever there is a slope; δ has no value at the edge, and no more has it."""
        return sp.DiracDelta(self.args[0])


class IsPositive(_OfSign):
    """1 where x > 0. ``IsPositive(x)``."""

    signs = (">", "≤")


class IsNonNegative(_OfSign):
    """1 where x ≥ 0. ``IsNonNegative(x)``."""

    signs = ("≥", "<")


class IsZero(_OfSign):
    """1 where x = 0. ``IsZero(x)``."""

    signs = ("=", "≠")


OF_SIGN: tuple[type[sp.Function], ...] = (IsPositive, IsNonNegative, IsZero)
"""What a condition in an indicator becomes."""


def compared(sign: str, left: sp.Expr, right: sp.Expr) -> sp.Expr | None:
    """1 where ``left sign right`` holds; None for a sign that compares no numbers."""
    below = sp.Add(right, sp.Mul(-1, left, evaluate=False), evaluate=False)
    above = sp.Add(left, sp.Mul(-1, right, evaluate=False), evaluate=False)
    match sign:
        case "=":
            return IsZero(below)
        case "≠":
            return sp.Add(1, sp.Mul(-1, IsZero(below), evaluate=False), evaluate=False)
        case "<":
            return IsPositive(below)
        case ">":
            return IsPositive(above)
        case "≤":
            return IsNonNegative(below)
        case "≥":
            return IsNonNegative(above)
        case _:
            return None


def said(condition: sp.Function, holds: bool) -> str:
    """What it means in words that a condition holds, or that it doesn't: "x > y"."""
    difference, sign = condition.args[0], condition.signs[0 if holds else 1]
    taken = [a for a in difference.args if a.args[:1] == (-1,)] if isinstance(difference, sp.Add) else []
    if len(taken) != 1 or len(difference.args) != 2:
        return f"{difference} {sign} 0"
    (other,) = (a for a in difference.args if a is not taken[0])
    minus = sp.Mul(*taken[0].args[1:], evaluate=len(taken[0].args) == 2)
    return f"{minus} {_TURNED[sign]} {other}" if other.is_number else f"{other} {sign} {minus}"


_TURNED = {"=": "=", "≠": "≠", "<": ">", ">": "<", "≤": "≥", "≥": "≤"}
