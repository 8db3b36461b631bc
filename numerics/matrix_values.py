"""The value of a term of linear algebra in balls, once every name is a matrix and every dimension a number.

A value is an ``arb_mat``; a scalar is 1 × 1. A product with a 1 × 1 factor scales, which is the matrix product wherever
that exists, so a term means the same for dimension one as for any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from flint import arb, arb_mat, fmpq

from numerics.balls import Undetermined
from numerics.matrices import (
    Apply,
    Blocks,
    Constant,
    Identity,
    Index,
    Name,
    Number,
    Pairwise,
    Pi,
    Point,
    Power,
    Product,
    Sum,
    Term,
    Total,
    Transpose,
    Zero,
    size,
)
from numerics.undetermined import Singular, Vanishing

MOST_SIZE = 40
"""Rows or columns of a value."""
MOST_KEPT = 64
"""Entries of a value that is remembered."""


def scalar(x: arb | int | fmpq) -> arb_mat:
    return arb_mat([[arb(x)]])


def evaluate(term: Term, at: Point) -> arb_mat:
    """The value at a point, at the precision in force. Raises Undetermined where there is none."""
    try:
        value = _value(term, at)
    except (ZeroDivisionError, ValueError, OverflowError, KeyError) as fault:
        raise Undetermined(f"no value: {fault}") from None
    if not all(map(arb.is_finite, value.entries())):
        raise Undetermined("the value is undefined or not finite")
    return value


def apart(a: arb_mat, b: arb_mat) -> bool:
    """Whether two values differ for certain: another shape, or an entry whose balls are disjoint."""
    return shape(a) != shape(b) or not a.overlaps(b)


def shape(a: arb_mat) -> tuple[int, int]:
    return a.nrows(), a.ncols()


def _value(term: Term, at: Point) -> arb_mat:
    kind = term.__class__
    if at.known is None or kind not in _COMPOUND:
        return _VALUES[kind](term, at)
    value = at.known.get(term)
    if value is None:
        value = _VALUES[kind](term, at)
        if value.nrows() * value.ncols() <= MOST_KEPT:
            at.known[term] = value
    return value


def _named(term: Name, at: Point) -> arb_mat:
    if not term.indices:
        return at.values[term.key]
    return at.values[f"{term.key}[{','.join(str(at.indices.get(i, i)) for i in term.indices)}]"]


def _eye(n: int) -> arb_mat:
    return arb_mat([[int(i == j) for j in range(n)] for i in range(n)])


def _product(term: Product, at: Point) -> arb_mat:
    return reduce(times, [_value(i, at) for i in term.items])


def _pairwise(term: Pairwise, at: Point) -> arb_mat:
    return (_hadamard if term.sign == "⊙" else _kronecker)(_value(term.left, at), _value(term.right, at))


def times(a: arb_mat, b: arb_mat) -> arb_mat:
    """The product of matrices, or of a number and a matrix."""
    if a.ncols() == b.nrows():
        return a * b
    if shape(a) == (1, 1):
        return b * a[0, 0]
    if shape(b) == (1, 1):
        return a * b[0, 0]
    raise Undetermined("the shapes of a product do not fit")


def _sum(term: Sum, at: Point) -> arb_mat:
    parts = [(s, _value(i, at)) for s, i in zip(term.signs, term.items, strict=True) if not isinstance(i, Zero)]
    if not parts:
        return scalar(0)
    if len({shape(v) for _, v in parts}) > 1:
        raise Undetermined("the shapes of a sum do not fit")
    total = parts[0][1] * parts[0][0]
    for sign, value in parts[1:]:
        total = total + value if sign > 0 else total - value
    return total


def _power(term: Power, at: Point) -> arb_mat:
    base, exponent = _value(term.base, at), term.exponent
    if isinstance(exponent, Number) and exponent.value.q == 1 and abs(exponent.value) <= 12:
        n = int(exponent.value.p)
        root = _inverse(base) if n < 0 else base
        return reduce(times, [root] * abs(n)) if n else _eye(_bounded(base.nrows()))
    if shape(base) != (1, 1):
        raise Undetermined("a power of a matrix that is no whole number")
    n_ball = _value(exponent, at)[0, 0]
    return arb_mat([[base[0, 0] ** n_ball]])


def _inverse(base: arb_mat) -> arb_mat:
    """The inverse; a number that is zero here may be another one elsewhere."""
    try:
        return base.inv()
    except ZeroDivisionError:
        if base.nrows() == 1:
            raise Vanishing("a number that is inverted is zero here") from None
        raise Singular("the matrix is singular") from None


def _total(term: Total, at: Point) -> arb_mat:
    count = _whole(_value(term.count, at))
    places = (Point(at.values, at.sizes, {**at.indices, term.index: i}) for i in range(1, count + 1))
    members = (_value(term.body, place) for place in places)
    return reduce(lambda a, b: a + b, members)


def _blocks(term: Blocks, at: Point) -> arb_mat:
    """A matrix of blocks; a 0 takes the height of its row and the width of its column."""
    values = [[None if isinstance(c, Zero) else _value(c, at) for c in row] for row in term.rows]
    heights = [next((v.nrows() for v in row if v is not None), 1) for row in values]
    widths = [next((v.ncols() for row in values if (v := row[j]) is not None), 1)
              for j in range(len(values[0]))]  # fmt: skip
    out: list[list[arb]] = []
    for row, height in zip(values, heights, strict=True):
        filled = [v if v is not None else _filled(0, height, w) for v, w in zip(row, widths, strict=True)]
        if [shape(v) for v in filled] != [(height, w) for w in widths]:
            raise Undetermined("the shapes of blocks do not fit")
        out += [[e for v in filled for e in v.tolist()[i]] for i in range(height)]
    return arb_mat(out)


def _filled(value: int, rows: int, columns: int) -> arb_mat:
    return arb_mat([[value] * _bounded(columns) for _ in range(_bounded(rows))])


def _bounded(n: int) -> int:
    if not 0 < n <= MOST_SIZE:
        raise Undetermined(f"a matrix of size {n}")
    return n


def _whole(value: arb_mat) -> int:
    n = value[0, 0].unique_fmpz()
    if n is None or not 0 < n <= MOST_SIZE:
        raise Undetermined("the number of terms is no whole number")
    return int(n)


def _hadamard(a: arb_mat, b: arb_mat) -> arb_mat:
    if shape(a) != shape(b):
        raise Undetermined("the shapes of ⊙ do not fit")
    return arb_mat(a.nrows(), a.ncols(), [x * y for x, y in zip(a.entries(), b.entries(), strict=True)])


def _kronecker(a: arb_mat, b: arb_mat) -> arb_mat:
    _bounded(a.nrows() * b.nrows())
    return arb_mat([[x * y for x in ra for y in rb] for ra in a.tolist() for rb in b.tolist()])


def _stacked(a: arb_mat) -> arb_mat:
    return arb_mat(a.nrows() * a.ncols(), 1, a.transpose().entries())


def _diagonal(a: arb_mat) -> arb_mat:
    """The diagonal matrix of a column, or the diagonal of a square matrix as a column."""
    n = a.nrows()
    if a.ncols() == 1:
        return arb_mat([[a[i, 0] if i == j else arb(0) for j in range(n)] for i in range(n)])
    return arb_mat([[a[i, i]] for i in range(n)])


def _norm(a: arb_mat) -> arb_mat:
    return scalar(sum((e * e for e in a.entries()), arb(0)).sqrt())


def _of_number(rule: Callable[[arb], arb]) -> Callable[[arb_mat], arb_mat]:
    return lambda a: scalar(rule(a[0, 0]))


def _log(x: arb) -> arb:
    if not x > 0:
        raise Undetermined("the logarithm of a number that is not positive")
    return x.log()


FUNCTIONS: Mapping[str, Callable[[arb_mat], arb_mat]] = {
    "tr": lambda a: scalar(a.trace()),
    "det": lambda a: scalar(a.det()),
    "norm": _norm,
    "frobenius": _norm,
    "norm1": lambda a: scalar(sum((abs(e) for e in a.entries()), arb(0))),
    "diag": _diagonal,
    "vec": _stacked,
    "abs": _of_number(abs),
    "log": _of_number(_log),
    "exp": _of_number(lambda x: x.exp()),
    "sqrt": _of_number(lambda x: x.sqrt()),
    "gamma": _of_number(lambda x: x.gamma()),
    "digamma": _of_number(lambda x: x.digamma()),
}
"""What each function does; those of numbers take 1 × 1."""

_COMPOUND = frozenset({Sum, Product, Power, Transpose, Apply, Pairwise, Blocks, Total})
"""Terms that take more to evaluate than to look up."""
_VALUES: Mapping[type, Callable[[Any, Point], arb_mat]] = {
    Number: lambda term, at: scalar(term.value),
    Pi: lambda term, at: scalar(arb.pi()),
    Zero: lambda term, at: scalar(0),
    Index: lambda term, at: scalar(at.indices[term.key]),
    Name: _named,
    Identity: lambda term, at: _eye(_bounded(size(term.dim, at.sizes))),
    Constant: lambda term, at: _filled(term.value, size(term.rows, at.sizes), size(term.columns, at.sizes)),
    Sum: _sum,
    Product: _product,
    Power: _power,
    Transpose: lambda term, at: _value(term.body, at).transpose(),
    Apply: lambda term, at: FUNCTIONS[term.function](_value(term.body, at)),
    Pairwise: _pairwise,
    Blocks: _blocks,
    Total: _total,
}
"""The value of each kind of term: terms are evaluated very often, and a table is quicker than questions in a row."""
