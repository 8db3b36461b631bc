"""Numbers as they are printed: 0.347 stands for everything that rounds to it."""

from __future__ import annotations

import sympy as sp

LONG, FAR = 3, 6
"""Significant digits, and places after the point, from which a decimal may be the rounding of something longer."""


class Printed(sp.AtomicExpr):  # type: ignore[misc]  # sympy is untyped
    """A printed decimal: its exact value, and half a unit of its last digit.

    As data the value is meant exactly; as a result anything within ``half`` of it is meant. Which of the two is for the
    judge to try, so the node keeps both. A number that is given ``about`` (x ≈ 0.7) is data only to its last digit.
    """

    is_number = True
    is_real = True
    is_commutative = True
    __slots__ = ("about", "half", "text", "value")

    value: sp.Rational
    half: sp.Rational
    text: str
    about: bool

    def __new__(cls, text: str, exponent: int = 0, about: bool = False) -> Printed:
        """``text`` is a plain decimal ("0.347", "12"); ``exponent`` shifts it by powers of ten.

        Raises ValueError for anything else.
        """
        whole, _, fraction = text.partition(".")
        if not (whole + fraction).isdigit() or not (whole + fraction).isascii():
            raise ValueError(f"{text!r} is not a plain decimal")
        node = super().__new__(cls)
        scale = sp.Integer(10) ** (exponent - len(fraction))
        node.value = sp.Integer(int(whole + fraction)) * scale
        node.half = scale / 2
        node.text = text if not exponent else f"{text}e{exponent}"
        node.about = about
        return node  # type: ignore[no-any-return]

    @property
    def significant(self) -> int:
        """How many significant digits are printed, trailing zeros of the fraction included."""
        digits = self.text.partition("e")[0].replace(".", "").lstrip("0")
        return len(digits)

    @property
    def is_long(self) -> bool:
        """Whether it is printed so long that it may be the rounding of something longer: 0.347, 0.0000015. Shorter ones
        are data: p = 0.7."""
        whole, _, tail = self.text.partition("e")
        shift = -int(tail or 0)
        return self.significant >= LONG or len(whole.partition(".")[2]) + shift >= FAR

    def _hashable_content(self) -> tuple[object, ...]:
        return (self.text, self.about)

    def __getnewargs__(self) -> tuple[str, int, bool]:
        text, _, exponent = self.text.partition("e")
        return text, int(exponent or 0), self.about

    def __getstate__(self) -> None:
        return None

    def _sympystr(self, printer: object) -> str:
        return self.text

    def _sympyrepr(self, printer: object) -> str:
        return f"Printed({self.text!r})"

    def _eval_evalf(self, prec: int) -> sp.Float:
        return self.value._eval_evalf(prec)

    def sort_key(self, order: object = None) -> tuple[object, ...]:
        return self.class_key(), (2, (self.text, str(self.about))), sp.S.One.sort_key(), sp.S.One


def about(number: sp.Basic) -> sp.Basic:
    """A number as ≈ gives it: known to its last digit, trailing zeros of a whole number not counted.

    Anything but an integer, a printed decimal or their negatives comes back as it is.
    """
    if isinstance(number, Printed):
        text, shift, _ = number.__getnewargs__()
        return Printed(text, shift, about=True)
    if isinstance(number, sp.Integer) and number >= 0:
        digits = str(int(number))
        kept = digits.rstrip("0") or "0"
        return Printed(kept, len(digits) - len(kept), about=True)
    if isinstance(number, sp.Integer):
        return sp.Mul(-1, about(-number), evaluate=False)
    if isinstance(number, sp.Mul) and len(number.args) == 2 and number.args[0] == -1:
        return sp.Mul(-1, about(number.args[1]), evaluate=False)
    return number


def as_printed(expression: sp.Basic) -> sp.Basic:
    """The expression with each number that is only about right taken as it is printed."""
    firm = {
        p: Printed(*p.__getnewargs__()[:2]) if "." in p.text else p.value for p in expression.atoms(Printed) if p.about
    }
    return expression.xreplace(firm) if firm else expression
