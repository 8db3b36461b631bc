"""The greatest rank that a term can have, by the sizes of its names alone: XᵀX has no inverse where X is wide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from claims.records import Record
from numerics.matrices import (
    Apply,
    Blocks,
    Constant,
    Dim,
    Identity,
    Index,
    Name,
    Number,
    Pairwise,
    Pi,
    Power,
    Product,
    Sum,
    Term,
    Total,
    Transpose,
    Zero,
    size,
)


class Singular(Exception):
    """Something is inverted, or its logarithm taken, that is singular at every point."""


class Form(Record):
    """The size of a value, and a rank that it never exceeds."""

    rows: int
    columns: int
    rank: int


class Sized(Record):
    """The dimensions of all names under one choice of sizes, and the forms of the terms met so far."""

    shapes: Mapping[str, tuple[Dim, Dim]]
    sizes: Mapping[str, int]
    met: dict[Term, Form | None]


def is_singular(terms: tuple[Term, ...], at: Sized) -> bool:
    """Whether one of the terms has no value at any point of these sizes, since it inverts a singular matrix."""
    try:
        for term in terms:
            _form(term, at)
    except Singular:
        return True
    return False


NUMBER = Form(1, 1, 1)


def _full(rows: int, columns: int) -> Form:
    return Form(rows, columns, min(rows, columns))


def _form(term: Term, at: Sized) -> Form | None:
    """The form of a term; None where its size isn't known."""
    if term in at.met:
        return at.met[term]
    rule = _FORMS.get(term.__class__)
    found = at.met[term] = None if rule is None else rule(term, at)
    return found


def _named(term: Name, at: Sized) -> Form | None:
    if term.key not in at.shapes:
        return None
    rows, columns = at.shapes[term.key]
    return _full(size(rows, at.sizes), size(columns, at.sizes))


def _identity(term: Identity, at: Sized) -> Form:
    n = size(term.dim, at.sizes)
    return Form(n, n, n)


def _constant(term: Constant, at: Sized) -> Form:
    return Form(size(term.rows, at.sizes), size(term.columns, at.sizes), int(term.value != 0))


def _product(term: Product, at: Sized) -> Form | None:
    return reduce(_times, [_form(i, at) for i in term.items])


def _times(a: Form | None, b: Form | None) -> Form | None:
    if a is None or b is None:
        return None
    if a.columns == b.rows:
        return Form(a.rows, b.columns, min(a.rank, b.rank))
    for number, other in ((a, b), (b, a)):
        if number.rows == number.columns == 1:
            return Form(other.rows, other.columns, other.rank if number.rank else 0)
    return None


def _sum(term: Sum, at: Sized) -> Form | None:
    forms = [_form(i, at) for i in term.items if not isinstance(i, Zero)]
    known = [f for f in forms if f is not None]
    if len(known) < len(forms) or len({(f.rows, f.columns) for f in known}) != 1:
        return None
    first = known[0]
    return Form(first.rows, first.columns, min(first.rows, first.columns, sum(f.rank for f in known)))


def _power(term: Power, at: Sized) -> Form | None:
    base, exponent = _form(term.base, at), term.exponent
    if base is None or base.rows != base.columns:
        return None
    if not isinstance(exponent, Number):
        _form(exponent, at)
        return _full(base.rows, base.rows)
    if exponent.value < 0 and base.rank < base.rows:
        raise Singular
    return base if exponent.value > 0 else _full(base.rows, base.rows)


def _transposed(term: Transpose, at: Sized) -> Form | None:
    body = _form(term.body, at)
    return None if body is None else Form(body.columns, body.rows, body.rank)


def _applied(term: Apply, at: Sized) -> Form | None:
    body = _form(term.body, at)
    if body is None or term.function in ("diag", "vec"):
        return None
    if term.function == "log" and body.rank == 0:
        raise Singular
    vanishes = term.function == "det" and body.rank < body.rows
    return Form(1, 1, 0) if vanishes or (term.function == "abs" and body.rank == 0) else NUMBER


def _pairwise(term: Pairwise, at: Sized) -> Form | None:
    a, b = _form(term.left, at), _form(term.right, at)
    if a is None or b is None:
        return None
    if term.sign == "⊙":
        return Form(a.rows, a.columns, min(a.rows, a.columns, a.rank * b.rank))
    return Form(a.rows * b.rows, a.columns * b.columns, a.rank * b.rank)


def _blocks(term: Blocks, at: Sized) -> Form | None:
    """The ranks of blocks add; a 0 takes the height of its row and the width of its column."""
    cells = [[(cell, _form(cell, at)) for cell in row] for row in term.rows]
    if any(form is None and not isinstance(cell, Zero) for row in cells for cell, form in row):
        return None
    forms = [[None if isinstance(cell, Zero) else form for cell, form in row] for row in cells]
    rows, columns = (_length([[f.rows for f in row if f] for row in forms]),
                     _length([[f.columns for f in column if f] for column in zip(*forms, strict=True)]))  # fmt: skip
    if rows is None or columns is None:
        return None
    return Form(rows, columns, min(rows, columns, sum(f.rank for row in forms for f in row if f)))


def _length(lengths: list[list[int]]) -> int | None:
    """The sum of what all blocks in a line have; None where they differ, or all are 0."""
    return sum(line[0] for line in lengths) if all(len(set(line)) == 1 for line in lengths) else None


def _total(term: Total, at: Sized) -> Form | None:
    """A sum may reach the full rank: how many terms it has isn't looked at."""
    _form(term.count, at)
    body = _form(term.body, at)
    return None if body is None else _full(body.rows, body.columns)


_FORMS: Mapping[type, Callable[[Any, Sized], Form | None]] = {
    Number: lambda term, at: Form(1, 1, int(term.value != 0)),
    Pi: lambda term, at: NUMBER,
    Index: lambda term, at: NUMBER,
    Name: _named,
    Identity: _identity,
    Constant: _constant,
    Product: _product,
    Sum: _sum,
    Power: _power,
    Transpose: _transposed,
    Apply: _applied,
    Pairwise: _pairwise,
    Blocks: _blocks,
    Total: _total,
}
"""The form of each kind of term; of a 0 of any shape nothing is known."""
