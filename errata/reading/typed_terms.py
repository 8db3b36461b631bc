"""Arithmetic as typed on a keyboard, by recursive descent: numbers, names, + - * / ^ ( ), log, exp, sqrt, abs.

Sizes are limited before anything is multiplied out, so that no text takes long. No text becomes code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy as sp

FUNCTIONS: Mapping[str, Callable[[sp.Expr], sp.Expr]] = {
    "log": sp.log, "ln": sp.log, "exp": sp.exp, "sqrt": sp.sqrt, "abs": sp.Abs,
}  # fmt: skip
MOST_CHARACTERS, MOST_DEPTH, MOST_POWER, MOST_DIGITS = 400, 30, 24, 400
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\|\||\*\*|[-+*/^(),=~>\[\]∥‖]))")
_SAME = {"**": "^", "∥": "||", "‖": "||"}


class BadQuestion(ValueError):
    """A text that is no question: what is wrong, and at which character (from 0)."""

    def __init__(self, why: str, place: int) -> None:
        super().__init__(why)
        self.why, self.place = why, place


class Terms:
    """The tokens of a text, and the arithmetic among them; names stand for plain symbols. Raises BadQuestion."""

    def __init__(self, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            raise BadQuestion(f"a question has at most {MOST_CHARACTERS} characters", MOST_CHARACTERS)
        self.tokens = _tokens(text)
        self.at = self.depth = 0

    def sum(self) -> sp.Expr:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadQuestion("brackets are nested too deeply", self.place)
        total = -self.product() if self.take("-") else self.product()
        while self.word in ("+", "-"):
            total = total + self.product() if self.next() == "+" else total - self.product()
        self.depth -= 1
        return total

    def product(self) -> sp.Expr:
        total = self.power()
        while self.word in ("*", "/"):
            if self.next() == "*":
                total *= self.power()
                continue
            place, below = self.place, self.power()
            if below == 0:
                raise BadQuestion("a division by zero", place)
            total /= below
        return total

    def power(self) -> sp.Expr:
        base = self.atom()
        if not self.take("^"):
            return base
        place = self.place
        sign = -1 if self.take("-") else 1
        exponent = sign * self.atom()
        if base == 0 and not exponent.is_positive:
            raise BadQuestion("a division by zero", place)
        size = max(len(str(n)) for n in base.atoms(sp.Rational) | {sp.S.One})
        if exponent.is_number and (abs(exponent) > MOST_POWER or size * abs(exponent) > MOST_DIGITS):
            raise BadQuestion(f"powers go up to {MOST_POWER}", place)
        return base**exponent

    def atom(self) -> sp.Expr:
        if self.kind == "number":
            value = Fraction(self.next())
            return sp.Rational(value.numerator, value.denominator)
        if self.take("("):
            inside = self.sum()
            self.insist(")")
            return inside
        name = self.name("a number, a name or a bracket")
        if self.word != "(":
            return {"pi": sp.pi, "e": sp.E}.get(name) or sp.Symbol(name)
        if name not in FUNCTIONS:
            raise BadQuestion(f"{name} is no function that is known; {', '.join(FUNCTIONS)} are", self.place)
        self.insist("(")
        inside = self.sum()
        self.insist(")")
        return FUNCTIONS[name](inside)

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def word(self) -> str:
        return self.tokens[self.at][1]

    @property
    def place(self) -> int:
        return self.tokens[self.at][2]

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def take(self, sign: str) -> bool:
        if self.kind == "sign" and self.word == sign:
            self.at += 1
            return True
        return False

    def insist(self, sign: str) -> None:
        if not self.take(sign):
            raise BadQuestion(f"“{sign}” is expected here", self.place)

    def name(self, wanted: str) -> str:
        if self.kind != "name":
            raise BadQuestion(f"{wanted} is expected here", self.place)
        return self.next()


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise BadQuestion(f"“{text[at]}” has no meaning here", at)
        kind = match.lastgroup or ""
        found.append((kind, _SAME.get(match[kind], match[kind]), match.start(kind)))
        at = match.end()
    return [*found, ("", "the end", len(text))]
