"""Exact random numbers and matrices of rationals, plain or with what a document may say of them."""

from __future__ import annotations

from enum import Enum
from random import Random

from flint import fmpq, fmpq_mat


class Manner(Enum):
    """Which numbers a point has."""

    POSITIVE = "positive"
    BELOW_ONE = "between 0 and 1"
    BOTH_SIGNS = "of both signs"


MANNERS = (Manner.POSITIVE, Manner.BELOW_ONE, Manner.BOTH_SIGNS)


class Structure(Enum):
    """What a document may have said of its matrices or vectors."""

    PROJECTION = "if its square matrices are projections"
    ORTHOGONAL = "if its square matrices are orthogonal"
    ORTHONORMAL = "if the columns of its matrices are orthonormal"
    ORTHONORMAL_ROWS = "if the rows of its matrices are orthonormal"
    DIAGONAL = "if a matrix in it is diagonal"
    PERPENDICULAR = "if its vectors are perpendicular"
    UNIT = "if its vectors have length one"
    CENTRED = "if its vectors sum to zero"
    ROWS_OF_ONE = "if the rows of its matrices sum to one"
    ROWS_OF_ZERO = "if the rows of its matrices sum to zero"


_ENTRIES = tuple(tuple(fmpq(top, bottom) for bottom in range(1, 6)) for top in range(-9, 10))
"""What stands in a rough matrix, made once: many are drawn."""


def exists(rows: int, columns: int, structure: Structure | None) -> bool:
    """Whether a matrix of these sizes can have a structure: no three columns of two rows are orthonormal."""
    if structure is Structure.ORTHONORMAL:
        return rows >= columns
    return structure is not Structure.ORTHONORMAL_ROWS or rows <= columns


def compact(value: fmpq_mat) -> str:
    """A matrix on one line, a 1 × 1 one as a number: [1 2; 3 4]."""
    rows = "; ".join(" ".join(str(e) for e in row) for row in value.tolist())
    return rows if value.nrows() == value.ncols() == 1 else f"[{rows}]"


def number(random: Random, manner: Manner) -> fmpq:
    """A fraction that is no whole number, since 0, 1 and −1 satisfy what holds nowhere else."""
    bottom = random.choice((5, 7, 11, 13))
    whole = 0 if manner is Manner.BELOW_ONE else random.randint(-3 if manner is Manner.BOTH_SIGNS else 0, 2)
    return whole + fmpq(random.randint(1, bottom - 1), bottom)


def _below(n: int, random: Random) -> int:
    """A whole number from 0 to n − 1, by rejection; ``randint`` takes three times as long, and many are drawn."""
    bits = n.bit_length()
    while (drawn := random.getrandbits(bits)) >= n:
        pass
    return drawn


def _rough(rows: int, columns: int, random: Random) -> fmpq_mat:
    entries = [_ENTRIES[_below(len(_ENTRIES), random)][_below(5, random)] for _ in range(rows * columns)]
    return fmpq_mat(rows, columns, entries)


def column(n: int, before: list[fmpq_mat], structure: Structure | None, random: Random) -> fmpq_mat:
    v = _rough(n, 1, random)
    if structure is Structure.PERPENDICULAR:
        for u in (u for u in before if u.nrows() == n):
            square = (u.transpose() * u)[0, 0]
            v = v - u * ((u.transpose() * v)[0, 0] / square) if square else v
    if structure is Structure.CENTRED:
        mean = sum(v.entries(), fmpq(0)) / n
        v = fmpq_mat([[e - mean] for e in v.entries()])
    if structure is Structure.UNIT:
        v = _cayley(n, random) * fmpq_mat([[int(i == 0)] for i in range(n)])
    return v


def matrix(rows: int, columns: int, spd: bool, structure: Structure | None, random: Random) -> fmpq_mat:
    if structure is Structure.ORTHONORMAL and rows >= columns:
        q = _cayley(rows, random)
        return fmpq_mat([row[:columns] for row in q.tolist()])
    if structure is Structure.ORTHONORMAL_ROWS and rows <= columns:
        return fmpq_mat(_cayley(columns, random).tolist()[:rows])
    if structure in (Structure.ROWS_OF_ONE, Structure.ROWS_OF_ZERO):
        return _with_row_sums(rows, columns, fmpq(structure is Structure.ROWS_OF_ONE), random)
    if rows != columns:
        return _rough(rows, columns, random)
    if structure is Structure.PROJECTION:
        return _projection(rows, random)
    if structure is Structure.ORTHOGONAL:
        return _cayley(rows, random)
    if structure is Structure.DIAGONAL:
        return _diagonal([fmpq(random.randint(1, 9), random.randint(1, 5)) for _ in range(rows)])
    return _definite(rows, random) if spd else _invertible(rows, random)


def _diagonal(entries: list[fmpq]) -> fmpq_mat:
    return fmpq_mat([[e if i == j else fmpq(0) for j in range(len(entries))] for i, e in enumerate(entries)])


def _with_row_sums(rows: int, columns: int, total: fmpq, random: Random) -> fmpq_mat:
    """A matrix whose rows have this sum, as those of transitions and of a Laplacian do."""
    rough = _rough(rows, columns, random).tolist()
    return fmpq_mat([[*row[:-1], total - sum(row[:-1], fmpq(0))] for row in rough])


def _definite(n: int, random: Random) -> fmpq_mat:
    """Symmetric and positive definite: B Bᵀ + I."""
    b = _rough(n, n, random)
    return b * b.transpose() + _diagonal([fmpq(1)] * n)


def _invertible(n: int, random: Random) -> fmpq_mat:
    """A square matrix of positive determinant."""
    while True:
        a = _rough(n, n, random)
        det = a.det()
        if det > 0:
            return a
        if det < 0:
            return fmpq_mat([[-e if i == 0 else e for e in row] for i, row in enumerate(a.tolist())])


def _projection(n: int, random: Random) -> fmpq_mat:
    """A symmetric projection on all but one direction."""
    u = _rough(n, 1, random)
    square = (u.transpose() * u)[0, 0]
    eye = _diagonal([fmpq(1)] * n)
    return eye - u * u.transpose() * (1 / square) if square else eye


def _cayley(n: int, random: Random) -> fmpq_mat:
    """A random rotation with rational entries: (I − S)(I + S)⁻¹ for a skew S."""
    b = _rough(n, n, random)
    skew = b - b.transpose()
    eye = _diagonal([fmpq(1)] * n)
    return (eye - skew) * (eye + skew).inv()
