"""Products, norms and the like, as the notation of notes has them."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from errata.reading.numbers import plain
from errata.reading.tree import Node, Phrase
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet, Misshapen


def rational_of(text: str) -> fmpq:
    """A printed number, exactly. Raises Unlowered."""
    try:
        exact = Fraction(plain(text))
    except ValueError:
        raise Unlowered(f"{text} is no number") from None
    return fmpq(exact.numerator, exact.denominator)


def scaled(by: int, value: Array) -> Array:
    """A whole number of times an array."""
    return jets.multiplied(jets.scalar(jets.constant(by)), value)


def product_of(a: Array, sign: str, b: Array) -> Array:
    """The product that a sign stands for: of matrices, entry by entry, or the inner one of two vectors. Raises
    Unlowered for a sign of anything else."""
    if sign in (r"\odot", "⊙"):
        return jets.entrywise(a, b)
    if sign not in ("", r"\cdot", r"\times", "*", "·", "×"):
        raise Unlowered(f"the sign {sign} is not arithmetic")
    if sign and not a.is_number and a.shape == b.shape and a.shape[1] == 1:
        return jets.inner(a, b)
    return jets.multiplied(a, b)


def only(value: Array) -> Jet:
    """The one number of an array. Raises Misshapen."""
    if not value.is_number:
        raise Misshapen(f"{value.shape} where a number is needed")
    return value.items[0]


def reciprocal(value: Array) -> Array:
    """One over a number. Raises Misshapen."""
    return jets.scalar(jets.reciprocal(only(value)))


def norm(value: Array) -> Array:
    """The root of the sum of the squares of the entries."""
    return jets.scalar(jets.root(only(jets.inner(value, value))))


def softmax(value: Array) -> Array:
    """The exponentials of the entries over their sum. Raises Misshapen for a number."""
    if value.is_number:
        raise Misshapen("softmax of a number")
    raised = [jets.exponential(j) for j in value.items]
    whole = jets.reciprocal(jets.total(raised))
    return Array(value.shape, tuple(jets.times(r, whole) for r in raised))


def entry(value: Array, place: int) -> Array:
    """An entry of a vector. Raises Misshapen."""
    if value.is_number or 1 not in value.shape or not 1 <= place <= len(value.items):
        raise Misshapen(f"entry {place} of {value.shape}")
    return jets.scalar(value.items[place - 1])


def without_comma(node: Node) -> Node:
    """The first part of a list."""
    return node.items[0] if isinstance(node, Phrase) else node
