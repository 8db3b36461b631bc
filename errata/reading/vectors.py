"""Arithmetic of numbers and vectors of numbers, kept as written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import sympy as sp

from errata.reading.tree import Node, Sym


class Unlowered(Exception):
    """The expression has no numeric value that the document determines; the message says why."""


def added(parts: Sequence[sp.Basic]) -> sp.Basic:
    """A sum; vectors add by component, and a number is added to each component."""
    if not any(isinstance(p, sp.Tuple) for p in parts):
        return parts[0] if len(parts) == 1 else sp.Add(*parts, evaluate=False)
    size = _size(parts)
    return sp.Tuple(*(added([p[i] if isinstance(p, sp.Tuple) else p for p in parts]) for i in range(size)))


def multiplied(parts: Sequence[sp.Basic]) -> sp.Basic:
    """A product; a number scales each component of a vector."""
    vectors = [p for p in parts if isinstance(p, sp.Tuple)]
    if not vectors:
        return parts[0] if len(parts) == 1 else sp.Mul(*parts, evaluate=False)
    rest = [p for p in parts if not isinstance(p, sp.Tuple)]
    return reduce(lambda v, s: scaled(s, v), rest, reduce(_of_matrices, vectors))


def _of_matrices(a: sp.Tuple, b: sp.Tuple) -> sp.Tuple:
    """A product with a matrix: a vector on its right is a column, one on its left is a row."""
    if not is_matrix(a) and not is_matrix(b):
        raise Unlowered("a product of two vectors without saying which")
    if not is_matrix(b):
        return sp.Tuple(*(_inner(row, b) for row in a))
    columns = transposed(b)
    return sp.Tuple(*(sp.Tuple(*(_inner(r, c) for c in columns)) for r in a) if is_matrix(a)
                    else (_inner(a, c) for c in columns))  # fmt: skip


def _inner(a: sp.Tuple, b: sp.Tuple) -> sp.Expr:
    if len(a) != len(b):
        raise Unlowered("matrices that don't fit are multiplied")
    return sp.Add(*(sp.Mul(x, y, evaluate=False) for x, y in zip(a, b, strict=True)), evaluate=False)


def scaled(scalar: sp.Expr, x: sp.Basic) -> sp.Basic:
    """A number, or each component of a vector, times ``scalar``."""
    if isinstance(x, sp.Tuple):
        return sp.Tuple(*(scaled(scalar, c) for c in x))
    return sp.Mul(scalar, x, evaluate=False)


def transposed(x: sp.Tuple) -> sp.Tuple:
    """A vector as it is, a matrix with its rows as columns."""
    return sp.Tuple(*(sp.Tuple(*column) for column in zip(*x, strict=True))) if is_matrix(x) else x


MOST_ROWS = 4
"""Rows of a matrix whose determinant is written out."""


def determinant(x: sp.Tuple) -> sp.Expr:
    """The determinant of a square matrix, written out along its first row."""
    if not is_matrix(x) or len(x) > MOST_ROWS or any(len(row) != len(x) for row in x):
        raise Unlowered("a determinant of what is no small square matrix")
    if len(x) == 2:
        return added([multiplied([x[0][0], x[1][1]]), scaled(sp.Integer(-1), multiplied([x[0][1], x[1][0]]))])
    terms = [multiplied([x[0][j], cofactor(x, 0, j)]) for j in range(len(x))]
    return added(terms)


def cofactor(x: sp.Tuple, row: int, column: int) -> sp.Expr:
    """The determinant without a row and a column, with its sign."""
    rest = [[cell for j, cell in enumerate(r) if j != column] for i, r in enumerate(x) if i != row]
    minor = rest[0][0] if len(rest) == 1 else determinant(sp.Tuple(*(sp.Tuple(*r) for r in rest)))
    return minor if (row + column) % 2 == 0 else scaled(sp.Integer(-1), minor)


def inverse(x: sp.Tuple) -> sp.Tuple:
    """The inverse of a square matrix: its cofactors, transposed, over its determinant."""
    whole = sp.Pow(determinant(x), -1, evaluate=False)
    size = range(len(x))
    return sp.Tuple(*(sp.Tuple(*(multiplied([cofactor(x, j, i), whole]) for j in size)) for i in size))


def trace(x: sp.Tuple) -> sp.Expr:
    """The sum of the diagonal of a square matrix."""
    if not is_matrix(x) or any(len(row) != len(x) for row in x):
        raise Unlowered("a trace of what is no square matrix")
    return added([row[i] for i, row in enumerate(x)])


def is_matrix(x: sp.Basic) -> bool:
    """Whether a value has rows, and more than one."""
    return isinstance(x, sp.Tuple) and any(isinstance(row, sp.Tuple) for row in x)


def norm(x: sp.Basic, order: sp.Expr) -> sp.Expr:
    """The norm of a vector (of a number: its absolute value)."""
    if not isinstance(x, sp.Tuple):
        return sp.Abs(x, evaluate=False)
    if is_matrix(x):
        raise Unlowered("a norm of a matrix")
    if order == sp.oo:
        return sp.Max(*(sp.Abs(c, evaluate=False) for c in x), evaluate=False)
    sizes = [sp.Pow(sp.Abs(c, evaluate=False), order, evaluate=False) for c in x]
    if order == 1:
        return added([sp.Abs(c, evaluate=False) for c in x])
    return sp.Pow(added(sizes), sp.Integer(1) / order, evaluate=False)


def is_divergence(name: str, sub: Node | None) -> bool:
    """Whether a head names the Kullback-Leibler divergence: KL, D_KL, D_{KL}."""
    return name in ("KL", "DKL") or (name == "D" and isinstance(sub, Sym) and sub.name == "KL")


def is_normal(head: Node) -> bool:
    """Whether a head names the normal law."""
    return isinstance(head, Sym) and (head.name, head.font) in (("N", "cal"), ("N", "script"), ("Normal", "roman"))


def normal_density(x: sp.Expr, mean: sp.Expr, variance: sp.Expr) -> sp.Expr:
    """exp(−(x − mean)²/(2 variance)) / √(2π variance), kept as written."""
    distance = sp.Pow(sp.Add(x, scaled(sp.Integer(-1), mean), evaluate=False), 2, evaluate=False)
    twice = sp.Mul(2, variance, evaluate=False)
    exponent = sp.Mul(-1, distance, sp.Pow(twice, -1, evaluate=False), evaluate=False)
    root = sp.Pow(sp.Mul(2, sp.pi, variance, evaluate=False), sp.Rational(-1, 2), evaluate=False)
    return sp.Mul(root, sp.exp(exponent, evaluate=False), evaluate=False)


def _size(parts: Sequence[sp.Basic]) -> int:
    sizes = {len(p) for p in parts if isinstance(p, sp.Tuple)}
    if len(sizes) != 1:
        raise Unlowered("vectors of different lengths are added")
    return sizes.pop()
