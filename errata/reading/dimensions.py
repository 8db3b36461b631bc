"""The shape of a term by unification: what sums, products, inverses and traces require of the dimensions in it.

A dimension is a sum of products of names; a proper dimension never unifies with 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from numerics.matrices import (
    ONE,
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
    subterms,
)


class Kind(Enum):
    """What a name is, with its shape."""

    SCALAR = "scalar"
    COLUMN = "vector"
    ROW = "row vector"
    MATRIX = "matrix"


class Mismatch(Exception):
    """Shapes that do not fit."""


Shape = tuple[Dim, Dim]
SCALAR: Shape = (ONE, ONE)


def shape_of(name: str, kind: Kind) -> Shape:
    rows, columns = _dims_of(name)
    if kind is Kind.SCALAR:
        return SCALAR
    return ONE if kind is Kind.ROW else rows, ONE if kind is Kind.COLUMN else columns


@lru_cache(maxsize=1_024)
def _dims_of(name: str) -> Shape:
    return ((f"{name}.r",),), ((f"{name}.c",),)


def resolved(dim: Dim, bound: Mapping[str, Dim]) -> Dim:
    """A dimension in terms of free ones. Most are a single name, which is looked up as such."""
    while len(dim) == 1 and len(dim[0]) == 1:
        value = bound.get(dim[0][0])
        if value is None:
            return dim
        dim = value
    known = bound.keys()
    while not all(map(known.isdisjoint, dim)):
        out: list[tuple[str, ...]] = []
        for monomial in dim:
            expanded: Dim = ONE
            for v in monomial:
                expanded = _times(expanded, bound.get(v, ((v,),)))
            out += expanded
        dim = tuple(sorted(out))
    return dim


def _is_named(dim: Dim) -> bool:
    """Whether a dimension is one that the formula names, such as the n of I_n; two of these are not the same."""
    return len(dim) == 1 and len(dim[0]) == 1 and dim[0][0].startswith("#")


def _times(a: Dim, b: Dim) -> Dim:
    return tuple(sorted(tuple(sorted(x + y)) for x in a for y in b))


@dataclass
class Inference:
    """Shapes of terms, None where a name in them has no kind yet; ``bound`` grows by what they require."""

    kinds: Mapping[str, Kind]
    bound: dict[str, Dim] = field(default_factory=dict)
    pending: list[tuple[Dim, Dim]] = field(default_factory=list)
    """Equations between sums or products of dimensions, left until more is known."""
    met: dict[int, Shape | None] | None = None
    """The shapes of the terms met so far by their identity, where all terms stay and equal ones are one object."""

    def settle(self) -> None:
        """Solves what was left: equal parts drop out, the others are matched in order."""
        while self.pending:
            a, b = (list(resolved(d, self.bound)) for d in self.pending.pop())
            for monomial in [m for m in a if m in b]:
                if monomial in b:
                    a.remove(monomial)
                    b.remove(monomial)
            if len(a) != len(b):
                raise Mismatch
            for x, y in zip(a, b, strict=True):
                if len(x) != len(y):
                    raise Mismatch
                for v, w in zip(x, y, strict=True):
                    self.unify(((v,),), ((w,),))

    def unify(self, a: Dim, b: Dim) -> None:
        if a == b:
            return
        a, b = resolved(a, self.bound), resolved(b, self.bound)
        if a == b:
            return
        for x, y in ((b, a), (a, b)) if _is_named(a) and not _is_named(b) else ((a, b), (b, a)):
            if len(x) == 1 and len(x[0]) == 1 and y != ONE and all(x[0][0] not in m for m in y):
                if _is_named(x) and _is_named(y):
                    break
                self.bound[x[0][0]] = y
                return
        if ONE in (a, b) or not any(v for m in (*a, *b) for v in m) or len(a) == len(b) == len(a[0]) == len(b[0]) == 1:
            raise Mismatch
        self.pending.append((a, b))

    def same(self, a: Shape | None, b: Shape | None) -> None:
        if a is not None and b is not None:
            self.unify(a[0], b[0])
            self.unify(a[1], b[1])

    def of(self, term: Term) -> Shape | None:
        if self.met is None:
            return self.inferred(term)
        place = id(term)
        if place not in self.met:
            self.met[place] = self.inferred(term)
        return self.met[place]

    def inferred(self, term: Term) -> Shape | None:
        """The shape of a term by those of its parts."""
        rule = _SHAPES.get(term.__class__)
        return None if rule is None else rule(self, term)

    def named(self, term: Name) -> Shape | None:
        return shape_of(term.key, self.kinds[term.key]) if term.key in self.kinds else None

    def sum(self, term: Sum) -> Shape | None:
        return self.alike([self.of(i) for i in term.items])

    def transposed(self, term: Transpose) -> Shape | None:
        inner = self.of(term.body)
        if inner == SCALAR and self.is_plain(term.body):
            raise Mismatch
        return None if inner is None else (inner[1], inner[0])

    def alike(self, shapes: list[Shape | None]) -> Shape | None:
        known = [s for s in shapes if s is not None]
        for s in known[1:]:
            self.same(known[0], s)
        return known[0] if known else None

    def product(self, items: tuple[Term, ...]) -> Shape | None:
        shapes = [self.of(i) for i in items]
        total = shapes[0]
        for s in shapes[1:]:
            if total is None or s is None:
                return None
            total = self.times(total, s)
        return total

    def times(self, a: Shape, b: Shape) -> Shape:
        if a == SCALAR or b == SCALAR:
            return b if a == SCALAR else a
        if (a[1] == ONE) != (b[0] == ONE):
            raise Mismatch
        self.unify(a[1], b[0])
        return a[0], b[1]

    def power(self, base: Shape | None, exponent: Term) -> Shape | None:
        power = self.of(exponent)
        if power is not None and power != SCALAR:
            raise Mismatch
        if base is not None and base != SCALAR:
            if not isinstance(exponent, Number) or exponent.value.q != 1:
                raise Mismatch
            self.square(base)
        return base

    def square(self, shape: Shape) -> None:
        if shape == SCALAR or ONE in shape:
            raise Mismatch
        self.unify(shape[0], shape[1])

    def applied(self, function: str, body: Term) -> Shape | None:
        inner = self.of(body)
        if inner is None:
            return None if function in ("diag", "vec") else SCALAR
        if function == "vec":
            return (_times(inner[0], inner[1]), ONE)
        if function == "diag":
            return self.diagonal(inner)
        if function in ("tr", "det"):
            if inner != SCALAR or self.is_plain(body):
                self.square(inner)
        elif function == "bars":
            if inner != SCALAR:
                self.square(inner)
        elif function in ("norm", "norm1"):
            if inner == SCALAR or ONE not in inner:
                raise Mismatch
        elif function == "frobenius":
            if ONE in inner:
                raise Mismatch
        elif inner != SCALAR:
            raise Mismatch
        return SCALAR

    def is_plain(self, body: Term) -> bool:
        """Whether a term is made of numbers alone, so that nobody would transpose it or take its trace."""
        return not any(
            isinstance(t, Transpose) or (isinstance(t, Name) and self.kinds.get(t.key) is not Kind.SCALAR)
            for t in subterms(body)
        )

    def diagonal(self, inner: Shape) -> Shape:
        if inner[1] == ONE and inner[0] != ONE:
            return (inner[0], inner[0])
        self.square(inner)
        return (inner[0], ONE)

    def pairwise(self, sign: str, a: Shape | None, b: Shape | None) -> Shape | None:
        if sign == "⊗":
            return None if a is None or b is None else (_times(a[0], b[0]), _times(a[1], b[1]))
        if SCALAR in (a, b):
            raise Mismatch
        return self.alike([a, b])

    def blocks(self, rows: tuple[tuple[Term, ...], ...]) -> Shape | None:
        """Blocks of a row have one height, blocks of a column one width; a 0 fits anywhere."""
        cells = [[None if isinstance(cell, Zero) else (self.of(cell),) for cell in row] for row in rows]
        shapes = [[cell[0] for cell in row if cell is not None] for row in cells]
        columns = [[cell[0] for row in cells if (cell := row[j]) is not None] for j in range(len(rows[0]))]
        if any(s is None for row in shapes for s in row):
            return None
        heights = [self.line([s[0] for s in row if s is not None]) for row in shapes]
        widths = [self.line([s[1] for s in column if s is not None]) for column in columns]
        return tuple(sorted(m for h in heights for m in h)), tuple(sorted(m for w in widths for m in w))

    def line(self, dims: list[Dim]) -> Dim:
        for d in dims[1:]:
            self.unify(dims[0], d)
        return resolved(dims[0], self.bound) if dims else ONE


_SHAPES: Mapping[type, Callable[[Inference, Any], Shape | None]] = {
    Name: Inference.named,
    Product: lambda by, term: by.product(term.items),
    Number: lambda by, term: SCALAR,
    Pi: lambda by, term: SCALAR,
    Index: lambda by, term: SCALAR,
    Sum: Inference.sum,
    Power: lambda by, term: by.power(by.of(term.base), term.exponent),
    Transpose: Inference.transposed,
    Apply: lambda by, term: by.applied(term.function, term.body),
    Identity: lambda by, term: (term.dim, term.dim),
    Constant: lambda by, term: (term.rows, term.columns),
    Pairwise: lambda by, term: by.pairwise(term.sign, by.of(term.left), by.of(term.right)),
    Blocks: lambda by, term: by.blocks(term.rows),
    Total: lambda by, term: by.of(term.body),
}
"""The shape of each kind of term: shapes are tried very often, and a table is quicker than questions in a row."""
