"""The determinant of a matrix to which a product of two vectors is added.

Claim   det(A + uvᵀ) = det A + vᵀ adj(A) u
Route   the determinant is linear in each column, and uvᵀ has columns that are multiples of one.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Matrix

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Real, Variable, named, symbols_of

PLACES = tuple((i, j) for i in (1, 2, 3) for j in (1, 2, 3))
WHERE = (
    *(Variable(f"A_{i}{j}", Real(), f"the entry of A in row {i}, column {j}") for i, j in PLACES),
    *(Variable(f"u_{i}", Real(), f"coordinate {i} of u") for i in (1, 2, 3)),
    *(Variable(f"v_{i}", Real(), f"coordinate {i} of v") for i in (1, 2, 3)),
)
LETTERS = symbols_of(WHERE)
A = Matrix(3, 3, LETTERS[:9])
u, v = Matrix(LETTERS[9:12]), Matrix(LETTERS[12:])
updated = Determinant(A + u * v.T)


def with_column(j: int) -> Matrix:
    """A with u in the place of column ``j``, from 0."""
    changed = A.copy()
    changed[:, j] = u
    return changed


def cofactor(i: int, j: int) -> Expr:
    """Of the entry of A in row ``i``, column ``j``, from 0."""
    return (-1) ** (i + j) * Determinant(A.minor_submatrix(i, j))


by_cofactors = sum((v[j] * u[i] * cofactor(i, j) for i in range(3) for j in range(3)), start=0 * u[0])
by_adjugate = A.det() + (v.T * A.adjugate() * u)[0, 0]

determinant_lemma_eq = Derivation(
    claim=Claim(
        "determinant_lemma_eq",
        updated,
        by_adjugate,
        named(WHERE, " ".join(v.name for v in WHERE)),
        convention=("three dimensions; A need not have an inverse: where it has, this is (1 + vᵀA⁻¹u) det A",),
        source=Source("stackexchange", "proofs of the Sherman-Morrison formula and the matrix determinant lemma"),
    ),
    steps=(
        Step("the determinant of the sum", updated),
        Step(
            "linear in each column: two columns that are multiples of u give nothing",
            Determinant(A)
            + v[0] * Determinant(with_column(0))
            + v[1] * Determinant(with_column(1))
            + v[2] * Determinant(with_column(2)),
        ),
        Step("each expanded by the column u: u_i times a cofactor of A", Determinant(A) + by_cofactors),
        Step("Cramer's rule: cofactors are the entries of adj(A), the other way round", by_adjugate),
    ),
)

DERIVATIONS = (determinant_lemma_eq,)
