"""Inverses of matrices that are changed or made of blocks, of any size, and determinants with them.

Claim   (A + uvᵀ)⁻¹ = A⁻¹ − A⁻¹uvᵀA⁻¹/(1 + vᵀA⁻¹u); (A + UCV)⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + VA⁻¹U)⁻¹VA⁻¹; the push-through
        identity; blocks by the Schur complement; det(A + uvᵀ) = (1 + vᵀA⁻¹u) det A; det(I + UV) = det(I + VU)
Route   what is said to be the solution is put in, row by row: whatever the sizes, products such as vᵀA⁻¹u and the
        entries of Uz are numbers, and a row is a sum over the rank.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Function, Matrix, Sum, eye

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of

WHERE = (
    Variable("b", Real(), "a coordinate of the right side"),
    Variable("u", Real(), "the same coordinate of u"),
    Variable("q", Real(), "vᵀA⁻¹b"),
    Variable("h", Real(), "vᵀA⁻¹u"),
    Variable("r", Real(), "a coordinate of CA⁻¹p"),
    *(Variable(f"a_{k}", Real(), f"entry {k} of A, by rows") for k in range(1, 10)),
    *(Variable(f"u_{k}", Real(), f"entry {k} of U, three rows of two") for k in range(1, 7)),
    *(Variable(f"v_{k}", Real(), f"entry {k} of V, two rows of three") for k in range(1, 7)),
    Variable("d", Positive(), "det(I + xyᵀ) for the coordinates so far, 1 + yᵀx"),
    Variable("f", Real(), "the next coordinate of x"),
    Variable("g", Real(), "the next coordinate of y"),
    Variable("n", Integer(1), "the rank of the change, or the size of the second block"),
    Variable("i", Integer(1), "counts its coordinates"),
)
b, u, q, h, r = symbols_of(WHERE[:5])
entries = symbols_of(WHERE[5:-5])
d, f, g, n, i = symbols_of(WHERE[-5:])
X, Y, Z = (Function(name, real=True)(i) for name in "xyz")
W = Function("w", positive=True)(i)
ROW = "one row of the product with what is said to be the solution: any row, of matrices of any size"
MORRISON = Source("stackexchange", "proofs of the Sherman-Morrison formula and the matrix determinant lemma")
WOODBURY = Source("wikipedia", "Woodbury matrix identity, direct proof")


def over(f: Expr) -> Sum:
    """The sum over the rank."""
    return Sum(f, (i, 1, n))


row = ((1 + h) * b - q * u) + u * ((1 + h) * q - q * h)

sherman_morrison_any_eq = Derivation(
    claim=Claim(
        "sherman_morrison_any_eq",
        row,
        (1 + h) * b,
        named(WHERE, "b u q h"),
        convention=(
            ROW,
            "(A + uvᵀ)((1 + vᵀA⁻¹u) A⁻¹b − (vᵀA⁻¹b) A⁻¹u) = (1 + vᵀA⁻¹u) b; divided by 1 + vᵀA⁻¹u, the formula",
        ),
        source=MORRISON,
    ),
    steps=(
        Step("A times it, and u times what vᵀ makes of it", row),
        Step("vᵀ makes vᵀA⁻¹b of it, and u times that is what A left out", (1 + h) * b),
    ),
)

with_change = (b - over(X * Z)) + (over(X * W * (Y + Z / W)) - over(X * W * Y))

woodbury_any_eq = Derivation(
    claim=Claim(
        "woodbury_any_eq",
        with_change,
        b,
        named(WHERE, "b n i"),
        convention=(
            ROW,
            "x(i) is a row of U, w(i) the diagonal of C, z = (C⁻¹ + VA⁻¹U)⁻¹VA⁻¹b and y = VA⁻¹Uz: so VA⁻¹b = y + C⁻¹z",
            "C is diagonal; any other is UC in the place of U, and the identity in that of C",
        ),
        source=WOODBURY,
    ),
    steps=(
        Step("A times A⁻¹(b − Uz), and UC times V A⁻¹(b − Uz) = (y + C⁻¹z) − y", with_change),
        Step("term by term: CC⁻¹z = z, and Uz is taken back", b),
    ),
)

pushed = over(X * Z) + over(X * Y / W)

push_through_any_eq = Derivation(
    claim=Claim(
        "push_through_any_eq",
        pushed,
        over(X / W * (W * Z + Y)),
        named(WHERE, "n i"),
        convention=(
            "one row of (P⁻¹ + HᵀR⁻¹H) P Hᵀz = HᵀR⁻¹ (R + H P Hᵀ) z, for every z: so the gain P Hᵀ(H P Hᵀ + R)⁻¹ is "
            "(P⁻¹ + HᵀR⁻¹H)⁻¹HᵀR⁻¹",
            "x(i) is a row of Hᵀ, w(i) the diagonal of R, and y = H P Hᵀz",
        ),
        source=Source("mahajan2026", "section 40.1"),
    ),
    steps=(
        Step("Hᵀz, and HᵀR⁻¹ times H P Hᵀz", pushed),
        Step("the sums are one, term by term: R⁻¹R z = z", over(X / W * (W * Z + Y))),
    ),
)

second = (r - over(X * Y)) + over((X + Z) * Y)

block_inverse_any_eq = Derivation(
    claim=Claim(
        "block_inverse_any_eq",
        second,
        r + over(Z * Y),
        named(WHERE, "r n i"),
        convention=(
            "a row below of [A B; C D] with the solution: y = S⁻¹(q − CA⁻¹p) for S = D − CA⁻¹B, above it A⁻¹(p − By)",
            "x(i) is a row of CA⁻¹B, z(i) one of S, their sum one of D. The row of Sy is q − CA⁻¹p: q is left",
            "the rows above hold by themselves: A A⁻¹(p − By) + By = p",
        ),
        source=Source("jiseung2012", "lemma 1"),
    ),
    steps=(
        Step("C A⁻¹(p − By) + Dy", second),
        Step("D is the Schur complement and CA⁻¹B, term by term", r + over(Z * Y)),
    ),
)

A = Matrix(3, 3, entries[:9])
block, column, line = A[:2, :2], A[:2, 2], A[2, :2]

schur_determinant_eq = Derivation(
    claim=Claim(
        "schur_determinant_eq",
        Determinant(A),
        A[2, 2] * block.det() - (line * block.adjugate() * column)[0],
        named(WHERE, " ".join(f"a_{k}" for k in range(1, 10))),
        convention=(
            "det [A b; cᵀ d] = (d − cᵀA⁻¹b) det A for a block A of two rows, by adj A = det A · A⁻¹",
            "it holds where A has no inverse too",
        ),
        source=Source("jiseung2012", "lemma 1"),
    ),
    steps=(
        Step("the determinant of the whole", Determinant(A)),
        Step(
            "expanded by its last row",
            A[2, 2] * Determinant(block)
            - A[2, 1] * Determinant(A.extract([0, 1], [0, 2]))
            + A[2, 0] * Determinant(A.extract([0, 1], [1, 2])),
        ),
        Step(
            "the determinant of the block, and its cofactors",
            A[2, 2] * block.det() - (line * block.adjugate() * column)[0],
        ),
    ),
)

U, V = Matrix(3, 2, entries[9:15]), Matrix(2, 3, entries[15:])
pairs = ([0, 1], [0, 2], [1, 2])
minors = sum((Determinant(U.extract(k, [0, 1])) * Determinant(V.extract([0, 1], k)) for k in pairs), start=b * 0)

sylvester_determinant_eq = Derivation(
    claim=Claim(
        "sylvester_determinant_eq",
        Determinant(eye(3) + U * V),
        (eye(2) + V * U).det(),
        named(WHERE, "b " + " ".join(f"{name}_{k}" for name in "uv" for k in range(1, 7))),
        convention=("det(I + UV) = det(I + VU) for U of three rows and two columns and V of two and three",),
        source=WOODBURY,
    ),
    steps=(
        Step("the determinant of three rows", Determinant(eye(3) + U * V)),
        Step("by Cauchy and Binet: 1, the trace, and the products of minors", 1 + (U * V).trace() + minors),
        Step(
            "the trace of VU is the same, and det VU the products of minors", 1 + (V * U).trace() + Determinant(V * U)
        ),
        Step("1, trace and determinant: det(I + VU) of two rows", (eye(2) + V * U).det()),
    ),
)

next_pivot = d * (1 + f * g - f * g * (d - 1) / d)

determinant_lemma_any_step_eq = Derivation(
    claim=Claim(
        "determinant_lemma_any_step_eq",
        next_pivot,
        d + f * g,
        named(WHERE, "d f g"),
        convention=(
            "det(A + uvᵀ) = det A det(I + xyᵀ), x = A⁻¹u, y = v: here det(I + xyᵀ) = 1 + yᵀx, a coordinate at a time",
            "(I + xyᵀ)⁻¹x = x/(1 + yᵀx): the Schur complement of the block so far is 1 + fg − fg yᵀx/(1 + yᵀx)",
            "one coordinate is 1 + fg itself; so, by induction, any number; d is supposed to be above zero",
        ),
        source=MORRISON,
    ),
    steps=(
        Step("det of the block so far times its Schur complement", next_pivot),
        Step("yᵀx is d − 1", d * (1 + f * g) - f * g * (d - 1)),
        Step("1 + yᵀx, one term longer", d + f * g),
    ),
)

DERIVATIONS = (
    sherman_morrison_any_eq,
    woodbury_any_eq,
    push_through_any_eq,
    block_inverse_any_eq,
    schur_determinant_eq,
    sylvester_determinant_eq,
    determinant_lemma_any_step_eq,
)
