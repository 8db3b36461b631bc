"""Numbers with their slopes along several coordinates at once, in balls, and vectors and matrices of them.

A slope is carried through every operation by the rules of calculus, so that the gradient of a loss comes from its
definition and shares no code with a formula for it. Shapes are () for a number and (rows, columns) for a matrix; a
vector is a matrix of one column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

from flint import arb, fmpq

from claims.records import Record
from numerics.undetermined import Undetermined

MOST_POWER = 24
"""Whole powers up to this one are multiplied out."""


class Misshapen(Exception):
    """Two shapes that no sum or product takes; the message names them."""


class Jet(Record):
    """A value, and how fast it grows along each coordinate; no slopes at all for a constant."""

    value: arb
    slopes: tuple[arb, ...] = ()

    def chained(self, value: arb, rate: arb) -> Jet:
        """A function of this number, by its value and its derivative here."""
        return Jet(value, tuple(rate * s for s in self.slopes))


def constant(value: fmpq | int) -> Jet:
    """A number that no coordinate changes."""
    return Jet(arb(value))


def total(jets: Sequence[Jet]) -> Jet:
    """A sum."""
    value = arb(0)
    slopes: tuple[arb, ...] = ()
    for jet in jets:
        value += jet.value
        if not slopes or not jet.slopes:
            slopes = slopes or jet.slopes
        else:
            slopes = tuple(a + b for a, b in zip(slopes, jet.slopes, strict=True))
    return Jet(value, slopes)


def times(a: Jet, b: Jet) -> Jet:
    """A product."""
    left = a.chained(a.value * b.value, b.value)
    right = b.chained(arb(0), a.value)
    return Jet(left.value, total((left, right)).slopes)


def reciprocal(a: Jet) -> Jet:
    """1/a. Raises Undetermined at 0."""
    if a.value.contains(0):
        raise Undetermined("a division by zero")
    inverse = 1 / a.value
    return a.chained(inverse, -inverse * inverse)


def exponential(a: Jet) -> Jet:
    value = a.value.exp()
    return a.chained(value, value)


def logarithm(a: Jet) -> Jet:
    """The natural logarithm. Raises Undetermined unless the number is positive."""
    if not a.value > 0:
        raise Undetermined("a logarithm of what is not positive")
    return a.chained(a.value.log(), 1 / a.value)


def root(a: Jet) -> Jet:
    """The square root. Raises Undetermined unless the number is positive."""
    if not a.value > 0:
        raise Undetermined("a root of what is not positive")
    value = a.value.sqrt()
    return a.chained(value, 1 / (2 * value))


def size(a: Jet) -> Jet:
    """|a|. Raises Undetermined at 0."""
    if a.value.contains(0):
        raise Undetermined("a size at zero")
    return a.chained(abs(a.value), arb(1) if a.value > 0 else arb(-1))


def sine(a: Jet) -> Jet:
    return a.chained(a.value.sin(), a.value.cos())


def cosine(a: Jet) -> Jet:
    return a.chained(a.value.cos(), -a.value.sin())


def sigmoid(a: Jet) -> Jet:
    """1/(1 + e^(−a))."""
    value = 1 / (1 + (-a.value).exp())
    return a.chained(value, value * (1 - value))


def tangent_hyperbolic(a: Jet) -> Jet:
    value = a.value.tanh()
    return a.chained(value, 1 - value * value)


def power(a: Jet, b: Jet) -> Jet:
    """a to the power b, a positive unless b is a whole number."""
    whole = b.value.unique_fmpz() if not b.slopes else None
    if whole is not None and abs(int(whole)) <= MOST_POWER:
        times_ = constant(1)
        for _ in range(abs(int(whole))):
            times_ = times(times_, a)
        return times_ if whole >= 0 else reciprocal(times_)
    return exponential(times(b, logarithm(a)))


class Array(Record):
    """Jets in a shape, row by row."""

    shape: tuple[int, ...]
    items: tuple[Jet, ...]

    @property
    def is_number(self) -> bool:
        return self.shape == ()

    def row(self, i: int) -> tuple[Jet, ...]:
        width = self.shape[1]
        return self.items[i * width : (i + 1) * width]


def scalar(jet: Jet) -> Array:
    return Array((), (jet,))


def column(jets: Sequence[Jet]) -> Array:
    return Array((len(jets), 1), tuple(jets))


def matrix(rows: Sequence[Sequence[Jet]]) -> Array:
    return Array((len(rows), len(rows[0])), tuple(j for row in rows for j in row))


def mapped(function: Callable[[Jet], Jet], a: Array) -> Array:
    """A function of each entry."""
    return Array(a.shape, tuple(function(j) for j in a.items))


def added(parts: Sequence[Array]) -> Array:
    """A sum of arrays of one shape. Raises Misshapen."""
    if len({p.shape for p in parts}) != 1:
        raise Misshapen(f"{' and '.join(str(p.shape) for p in parts)} are added")
    return Array(parts[0].shape, tuple(total(jets) for jets in zip(*(p.items for p in parts), strict=True)))


def entrywise(a: Array, b: Array) -> Array:
    """The product entry by entry. Raises Misshapen."""
    if a.shape != b.shape:
        raise Misshapen(f"{a.shape} ⊙ {b.shape}")
    return Array(a.shape, tuple(times(x, y) for x, y in zip(a.items, b.items, strict=True)))


def multiplied(a: Array, b: Array) -> Array:
    """The product of matrices, a number scaling every entry; one of 1 × 1 is a number. Raises Misshapen."""
    if a.is_number or b.is_number:
        by, of = (a.items[0], b) if a.is_number else (b.items[0], a)
        return mapped(lambda j: times(by, j), of)
    if a.shape[1] != b.shape[0]:
        raise Misshapen(f"{a.shape} times {b.shape}")
    columns = [b.items[n :: b.shape[1]] for n in range(b.shape[1])]
    items = tuple(_dot(a.row(i), c) for i in range(a.shape[0]) for c in columns)
    inner = (a.shape[0], b.shape[1]) == (1, 1)
    return Array(() if inner else (a.shape[0], b.shape[1]), items)


def inner(a: Array, b: Array) -> Array:
    """The sum of the products of the entries. Raises Misshapen."""
    return scalar(total(entrywise(a, b).items))


def _dot(a: Sequence[Jet], b: Sequence[Jet]) -> Jet:
    return total([times(x, y) for x, y in zip(a, b, strict=True)])


def transposed(a: Array) -> Array:
    """The rows as columns. Raises Misshapen for a number."""
    if a.is_number:
        raise Misshapen("a number is transposed")
    rows, columns = a.shape
    return Array((columns, rows), tuple(a.items[i * columns + n] for n in range(columns) for i in range(rows)))


def diagonal(a: Array) -> Array:
    """The matrix with a vector on its diagonal. Raises Misshapen for anything but a column."""
    if a.is_number or a.shape[1] != 1:
        raise Misshapen(f"diag of {a.shape}")
    zero = constant(0)
    n = a.shape[0]
    return Array((n, n), tuple(a.items[i] if i == k else zero for i in range(n) for k in range(n)))


def trace(a: Array) -> Array:
    """Raises Misshapen unless the matrix is square; the trace of a number is that number."""
    if a.is_number:
        return a
    if a.shape[0] != a.shape[1]:
        raise Misshapen(f"tr of {a.shape}")
    return scalar(total(a.items[:: a.shape[0] + 1]))


def determinant(a: Array) -> Array:
    """The determinant by the sum over permutations, for small matrices. Raises Misshapen unless it is square."""
    if a.is_number:
        return a
    n = a.shape[0]
    if n != a.shape[1]:
        raise Misshapen(f"det of {a.shape}")
    return scalar(total([_signed(a, p) for p in permutations(range(n))]))


def _signed(a: Array, order: tuple[int, ...]) -> Jet:
    crossings = sum(1 for i in range(len(order)) for k in range(i) if order[k] > order[i])
    out = constant(-1 if crossings % 2 else 1)
    for i, k in enumerate(order):
        out = times(out, a.items[i * len(order) + k])
    return out


def gradient(a: Array, shape: tuple[int, ...]) -> Array:
    """The slopes of a number as an array of ``shape``, that of the coordinates; of a column, the matrix of the partial
    derivatives, a row for each of its entries. Raises Misshapen for anything else."""
    count = 1
    for n in shape:
        count *= n
    slopes = [j.slopes or (arb(0),) * count for j in a.items]
    if a.is_number:
        return Array(shape, tuple(Jet(s) for s in slopes[0]))
    if shape == ():
        return Array(a.shape, tuple(Jet(s[0]) for s in slopes))
    if a.shape[1] != 1 or shape[1] != 1:
        raise Misshapen(f"the derivative of {a.shape} by {shape}")
    return matrix([[Jet(s) for s in row] for row in slopes])
