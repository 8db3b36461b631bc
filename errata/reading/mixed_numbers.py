"""Numbers right beside each other: mixed numbers as 2 1/2, and what only a space parts."""

from __future__ import annotations

from errata.reading.tree import Factors, Frac, Node, Num, Postfix, Script, Terms


def mixed_at(node: Factors, i: int) -> Node | None:
    """What the i-th factor and the one behind it are if they are a mixed number: their sum, or its percentage.

    None where they can't be one: a whole number stands before a proper fraction of whole numbers, with no sign between.
    """
    if i + 1 >= len(node.items) or node.signs[i + 1]:
        return None
    whole, behind = node.items[i], node.items[i + 1]
    fraction = behind.operand if isinstance(behind, Postfix) and not behind.sign.startswith("!") else behind
    if _count(whole) is None or not _is_proper(fraction):
        return None
    total = Terms(whole.start, fraction.end, ("", "+"), (whole, fraction))
    return total if not isinstance(behind, Postfix) else Postfix(whole.start, behind.end, total, behind.sign)


def _is_power(node: Node) -> bool:
    """A number to the power of a number, 41^2; one to a power in letters is a factor as any other."""
    return isinstance(node, Script) and node.sub is None and isinstance(node.base, Num) and isinstance(node.sup, Num)


def _is_proper(node: Node) -> bool:
    if not isinstance(node, Frac):
        return False
    top, bottom = _count(node.top), _count(node.bottom)
    return top is not None and bottom is not None and 0 < top < bottom


def _count(node: Node) -> int | None:
    return int(node.text) if isinstance(node, Num) and node.text.isdecimal() else None


def has_spaced_numbers(node: Factors) -> bool:
    """Whether a number, or a power of one, stands right behind another: 41^2 1000 is no product that anyone writes."""
    counted = [isinstance(item, Num) or _is_power(item) for item in node.items]
    return any(not sign and a and b for sign, a, b in zip(node.signs[1:], counted, counted[1:], strict=False))
