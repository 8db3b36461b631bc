"""What the digits of a relation may mean besides the numbers that they are read as: percents, bits, degrees, parts."""

from __future__ import annotations

import re

import sympy as sp
from flint import arb

from errata.reading.lowering import lower
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Call, Factors, Function, Grid, Node, Num, Postfix, Sym, Terms, walk
from errata.reading.vectors import Unlowered
from numerics.balls import enclose, rational
from numerics.comparison import HOLDS, compare
from numerics.undetermined import Undetermined

_BINARY = re.compile(r"\bbinary\b|\bbits?\b|\bbase[- ](?:2|two)\b|\bfloating\b|\b0b[01]", re.I)
LEAST_BITS = 3
LEAST_ROUNDED = 10
"""Whole numbers below this tell too little of what they may have been rounded from."""
NEAR_PERCENT = 2000
"""Characters before a formula in which one decimal of it in percent tells its unit; further away it takes two."""
_DEGREES = re.compile(r"\bdegrees?\b|\^\s*\{?\\circ\b|°", re.I)
_GOES_ON = re.compile(r"\s*(?:\.\.\.|\\[lc]?dots|…)\s*\\?%|(?:,|\{,\})\{?\d|\.(?:\\[a-z]{3,}\s*\{?\d|\{\d)")
"""A number that goes on, or may: 88.88…%, 0,5, 0.\\overline{3}, 0.\\underbrace{99}7."""
_BROKEN = re.compile(r"(?<![\w.])0\.\s+\d|\d\}?,\{\d{3}\}")
"""A number in parts: 0. 482, and {20},{000} as converters leave it."""


def digits_meant_otherwise(pair: Pair, latex: str, before: str, near: str, rule: str | None) -> str | None:
    """What the digits of a relation in a formula may mean; None where they are plain numbers.

    ``before`` is the text up to the end of the formula, ``near`` that in the sentences around, ``rule`` by which the
    relation fails.
    """
    if _BROKEN.search(latex):
        return "a number may be cut by a space or a brace"
    if _GOES_ON.match(latex, pair.right.end) is not None:
        return "its number may go on beyond what is read"
    if rule == "E311" and _has_decimals_in_a_grid(pair):
        return "its decimals may be rounded"
    if rule == "E301" and _rounds_to_a_whole_number(pair):
        return "a whole number may stand for a rounded one"
    if _is_counted_in_percent(pair, before):
        return "its numbers are in percent"
    if _has_bits(pair) and _BINARY.search(near):
        return "its digits may be binary"
    if _has_angles(pair) and _DEGREES.search(near):
        return "its angles may be in degrees"
    return None


def _rounds_to_a_whole_number(pair: Pair) -> bool:
    """Whether the right side is a whole number of two digits or more, and the left side what is rounded to it: a
    computation with decimals, or with roots or the like, which whole numbers alone don't make."""
    if pair.relation.sign != "=" or not isinstance(pair.right, Num) or not pair.right.text.isdigit():
        return False
    whole = int(pair.right.text)
    try:
        left = lower(pair.left, Scope()).expression
        is_apart = abs(enclose(left) - whole) > arb(0.5)
    except (Unlowered, Undetermined):
        return False
    has_decimals = any("." in n.text for n in walk(pair.left) if isinstance(n, Num))
    return whole >= LEAST_ROUNDED and not is_apart and (has_decimals or not _is_rational(left))


def _is_rational(value: sp.Basic) -> bool:
    try:
        rational(value)
    except Undetermined:
        return False
    return True


def _has_decimals_in_a_grid(pair: Pair) -> bool:
    grids = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Grid))
    return any(isinstance(n, Num) and "." in n.text for grid in grids for n in walk(grid))


def _has_bits(pair: Pair) -> bool:
    """Whether a number is made of zeros and ones, 0.0011 or 1011."""
    numbers = (n.text.replace(".", "") for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Num))
    return any(len(n) >= LEAST_BITS and not n.strip("01") for n in numbers)


def _has_angles(pair: Pair) -> bool:
    heads = (n.head for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call | Function))
    return any(isinstance(head, Sym) and head.name in ("sin", "cos", "tan") for head in heads)


def _is_counted_in_percent(pair: Pair, before: str) -> bool:
    """Whether a relation holds without the percent sign of its result, which names a unit: 3/20 × 100 = 15 %, and
    √(1.1² + 1.2²) = 1.6 % where 1.1 % and 1.2 % stand before.
    """
    bare = _without_sign(pair.right)
    if bare is None or any(isinstance(n, Postfix) for n in walk(pair.left)):
        return False
    if not _is_of_a_hundred(pair.left) and not _are_in_percent(pair.left, before):
        return False
    try:
        left, right = lower(pair.left, Scope()).expression, lower(bare, Scope()).expression
    except Unlowered:
        return False
    return compare(left, pair.relation.sign, right).grade in HOLDS


def _is_of_a_hundred(side: Node) -> bool:
    return isinstance(side, Factors) and any(isinstance(n, Num) and n.text == "100" for n in side.items)


def _are_in_percent(side: Node, before: str) -> bool:
    """Whether a decimal of a side, or two of them further away, or all its numbers where it has none, stand before with
    a percent sign."""
    numbers = {n.text for n in walk(side) if isinstance(n, Num)}
    decimals = {n for n in numbers if "." in n}
    near = before[-NEAR_PERCENT:]
    return (
        bool(_said(decimals, near)) or len(_said(decimals, before)) > 1 if decimals else numbers == _said(numbers, near)
    )


def _said(numbers: set[str], text: str) -> set[str]:
    """Those numbers that stand in a text with a percent sign."""
    return {n for n in numbers if re.search(rf"(?<![\d.]){re.escape(n)}\s*\}}?\$?\s*\\?%", text)}


def _without_sign(node: Node) -> Node | None:
    """The number before a percent sign, with its own sign."""
    if isinstance(node, Terms) and len(node.items) == 1:
        inner = _without_sign(node.items[0])
        return None if inner is None else Terms(node.start, node.end, node.signs, (inner,))
    return node.operand if isinstance(node, Postfix) and not node.sign.startswith("!") else None
