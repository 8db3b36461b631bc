"""Numbers, columns and matrices of Taylor series, with the products and derivatives that notes write.

What doesn't fit raises Misshapen. A number has the shape ().
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

from flint import arb, arb_mat, fmpq

from claims.records import Record
from errata.checking.scores.operators import Kind
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.smooth_laws import normal_density as normal
from numerics.taylor import Taylor


class Shaped(Record):
    """The entries row by row, and how many rows and columns there are; () for a number."""

    entries: tuple[Taylor, ...]
    shape: tuple[int, ...] = ()

    @property
    def number(self) -> Taylor:
        """The number that it is."""
        if self.shape:
            raise Misshapen("a vector where a number is needed")
        return self.entries[0]

    @property
    def rows(self) -> list[tuple[Taylor, ...]]:
        """Its rows, of something with a shape."""
        count, across = self.shape
        return [self.entries[i * across : (i + 1) * across] for i in range(count)]

    @property
    def transposed(self) -> Shaped:
        """Rows for columns; a number is its own transpose."""
        if not self.shape:
            return self
        return matrix([*zip(*self.rows, strict=True)])

    @property
    def is_column(self) -> bool:
        return len(self.shape) == 2 and self.shape[1] == 1


def number(entry: Taylor) -> Shaped:
    """A number."""
    return Shaped((entry,))


def column(entries: Sequence[Taylor]) -> Shaped:
    """A column."""
    return Shaped(tuple(entries), (len(entries), 1))


def matrix(rows: Sequence[Sequence[Taylor]]) -> Shaped:
    """A matrix by its rows."""
    return Shaped(tuple(e for row in rows for e in row), (len(rows), len(rows[0])))


def added(values: Sequence[Shaped]) -> Shaped:
    """The sum of values of one shape."""
    if len({v.shape for v in values}) != 1:
        raise Misshapen("a sum of different shapes")
    return Shaped(tuple(reduce(add, each) for each in zip(*(v.entries for v in values), strict=True)), values[0].shape)


def scaled(by: int, value: Shaped) -> Shaped:
    """A multiple."""
    return Shaped(tuple(e.scaled(by) for e in value.entries), value.shape)


def multiplied(one: Shaped, other: Shaped) -> Shaped:
    """A product as matrices are multiplied; a number scales, and a matrix of one entry is a number."""
    if not one.shape or not other.shape:
        shape = one.shape or other.shape
        return Shaped(tuple(a * b for a in one.entries for b in other.entries), shape)
    if one.shape[1] != other.shape[0]:
        raise Misshapen("a product of shapes that do not fit")
    across = other.transposed.rows
    rows = [[reduce(add, (a * b for a, b in zip(r, c, strict=True))) for c in across] for r in one.rows]
    return number(rows[0][0]) if len(rows) == len(across) == 1 else matrix(rows)


def joined(one: Shaped, sign: str, other: Shaped) -> Shaped:
    """A product with its sign: ⊙ entry by entry, a dot between columns as their inner product."""
    if sign not in ("", r"\cdot", r"\times", "⋅", "·", "×", r"\odot", "⊙"):
        raise Unlowered(f"the sign {sign} is not arithmetic")
    if one.shape and other.shape and sign in (r"\odot", "⊙"):
        if one.shape != other.shape:
            raise Misshapen("a product of shapes that do not fit")
        return Shaped(tuple(a * b for a, b in zip(one.entries, other.entries, strict=True)), one.shape)
    if one.is_column and one.shape == other.shape and sign in (r"\cdot", "⋅", "·"):
        return multiplied(one.transposed, other)
    return multiplied(one, other)


def reciprocal(value: Shaped) -> Shaped:
    """One over a number."""
    return number(value.number.constant(1) / value.number)


def inverse(value: Shaped) -> Shaped:
    """The inverse of a number, or of a matrix that no coordinate changes."""
    if not value.shape:
        return reciprocal(value)
    found = fixed(value).inv()
    one = value.entries[0]
    return Shaped(tuple(one.constant(c) for c in found.entries()), value.shape)


def determinant(value: Shaped) -> Taylor:
    """The determinant of a number, or of a matrix that no coordinate changes."""
    return value.number if not value.shape else value.entries[0].constant(fixed(value).det())


def fixed(value: Shaped) -> arb_mat:
    """A square matrix as numbers. Raises Unlowered where coordinates stand in it."""
    if len(value.shape) != 2 or value.shape[0] != value.shape[1]:
        raise Misshapen("the inverse of what is no square matrix")
    if not all(e.is_constant for e in value.entries):
        raise Unlowered("the inverse of a matrix that depends on a point")
    return arb_mat(*value.shape, [e.value for e in value.entries])


def trace(value: Shaped) -> Shaped:
    """The sum of the diagonal of a square matrix."""
    if len(value.shape) != 2 or value.shape[0] != value.shape[1]:
        raise Misshapen("the trace of what is no square matrix")
    return number(reduce(add, (row[i] for i, row in enumerate(value.rows))))


def length(value: Shaped) -> Shaped:
    """The length of a column, which has slopes where it isn't zero; a number is its own column."""
    if len(value.shape) == 2 and min(value.shape) > 1:
        raise Misshapen("the length of a matrix")
    square = reduce(add, (e * e for e in value.entries))
    return number(square.root())


def derived(kind: Kind, value: Shaped, along: Sequence[int], flat: bool, summed: bool) -> Shaped:
    """The slopes of a value in coordinates; in plain numbers all kinds of them are derivatives in the one."""
    twice = kind in (Kind.SECOND, Kind.LAPLACIAN)
    if flat:
        (at,) = along
        return Shaped(tuple(e.slope(at).slope(at) if twice else e.slope(at) for e in value.entries), value.shape)
    if kind is Kind.DIVERGENCE:
        if value.shape != (len(along), 1):
            raise Misshapen("the divergence of what is no vector")
        return number(reduce(add, (e.slope(at) for e, at in zip(value.entries, along, strict=True))))
    if kind is Kind.GRADIENT and value.shape:
        if not value.is_column:
            raise Misshapen("the gradient of a matrix")
        return matrix([[e.slope(at) for at in along] for e in value.entries])
    if kind is Kind.GRADIENT:
        return column([value.number.slope(at) for at in along])
    if kind is Kind.LAPLACIAN or summed:
        return number(reduce(add, (value.number.slope(at).slope(at) for at in along)))
    return matrix([[value.number.slope(a).slope(b) for b in along] for a in along])


def normal_density(x: Shaped, mean: Shaped, cov: Shaped) -> Taylor:
    """N(x; mean, cov): numbers with a variance, or columns with a matrix; a mean of zero has any shape."""
    if not x.shape:
        return normal(x.number, mean.number, cov.number)
    if not mean.shape and mean.number.is_constant and mean.number.value == 0:
        mean = Shaped(tuple(mean.number for _ in x.entries), x.shape)
    moved_by = added([x, scaled(-1, mean)])
    if cov.shape != (x.shape[0], x.shape[0]):
        raise Misshapen("a covariance of another shape")
    inner = multiplied(multiplied(moved_by.transposed, inverse(cov)), moved_by).number
    scale = determinant(cov).scaled((2 * arb.pi()) ** x.shape[0]).root()
    return inner.scaled(fmpq(-1, 2)).exponential() / scale
