"""Relations of vectors and matrices: what holds is supported, and the slip beside it is refuted, or never supported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.records import replace
from claims.verdict import Refuted, Supported, Undecided
from errata.checking.algebra import Found
from errata.checking.examine import examine
from errata.checking.linear import holds_for_row_sums, judge_linear, points_of, shaped, supported_linear
from errata.checking.options import Options
from errata.checking.usable import known_of
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.shapes import settled
from errata.reading.sources import read_document


def pair_of(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


def judged(latex: str, *elsewhere: str) -> Found | None:
    return judge_linear(pair_of(latex), 0, known_of([parse(e) for e in (*elsewhere, latex)]))


def is_supported(found: Found | None) -> bool:
    return found is not None and isinstance(found.verdict, Supported)


IDENTITIES = {
    "transpose of a product": (r"(AB)^\top = B^\top A^\top", r"(AB)^\top = A^\top B^\top"),
    "transpose of a sum": (r"(A + B)^\top = A^\top + B^\top", r"(A + B)^\top = A + B^\top"),
    "inverse of a product": (r"(A^\top B)^{-1} = B^{-1} A^{-\top}", r"(A^\top B)^{-1} = A^{-\top} B^{-1}"),
    "transposed inverse": (r"(A^{-1} B)^\top = B^\top (A^\top)^{-1}", r"(A^{-1} B)^\top = B^\top A^\top"),
    "trace is cyclic": (r"\mathrm{tr}(ABC) = \mathrm{tr}(CAB)", r"\mathrm{tr}(A^\top BC) = \mathrm{tr}(C B A^\top)"),
    "trace of an outer product": (r"\mathrm{tr}(x y^\top) = y^\top x", r"\mathrm{tr}(x y^\top) = 2 y^\top x"),
    "a number is its trace": (
        r"x^\top A x = \operatorname{tr}(A x x^\top)",
        r"x^\top A x = \operatorname{tr}(A) x^\top x",
    ),
    "square of a sum": (
        r"(x + y)^\top (x + y) = x^\top x + 2 x^\top y + y^\top y",
        r"(x + y)^\top (x + y) = x^\top x - 2 x^\top y + y^\top y",
    ),
    "squared distance": (
        r"\|x - y\|^2 = \|x\|^2 - 2 x^\top y + \|y\|^2",
        r"\|x - y\|^2 = \|x\|^2 - x^\top y + \|y\|^2",
    ),
    "quadratic form of a covariance": (
        r"(x-\mu)^T \Sigma^{-1} (x-\mu) = x^T \Sigma^{-1} x - 2 \mu^T \Sigma^{-1} x + \mu^T \Sigma^{-1} \mu",
        r"(x-\mu)^T \Sigma^{-1} (x-\mu) = x^T \Sigma^{-1} x - \mu^T \Sigma^{-1} x + \mu^T \Sigma^{-1} \mu",
    ),
    "residual sum of squares": (
        r"(y - X\beta)^T (y - X\beta) = y^T y - 2 \beta^T X^T y + \beta^T X^T X \beta",
        r"(y - X\beta)^T (y - X\beta) = y^T y - 2 \beta^T X^T y + \beta^T X X^T \beta",
    ),
    "completed square": (
        r"x^T \Sigma x - 2 b^T x = (x - \Sigma^{-1} b)^T \Sigma (x - \Sigma^{-1} b) - b^T \Sigma^{-1} b",
        r"x^T \Sigma x - 2 b^T x = (x - \Sigma^{-1} b)^T \Sigma (x - \Sigma^{-1} b) + b^T \Sigma^{-1} b",
    ),
    "Woodbury": (
        r"(A + U C V^\top)^{-1} = A^{-1} - A^{-1} U (C^{-1} + V^\top A^{-1} U)^{-1} V^\top A^{-1}",
        r"(A + U C V^\top)^{-1} = A^{-1} - A^{-1} U (C + V^\top A^{-1} U)^{-1} V^\top A^{-1}",
    ),
    "push-through": (
        r"(X^T X + \lambda I_p)^{-1} X^T = X^T (X X^T + \lambda I_n)^{-1}",
        r"(X^T X + \lambda I_p)^{-1} X^T = X^T (X X^T - \lambda I_n)^{-1}",
    ),
    "Sherman and Morrison": (
        r"(A + u v^\top)^{-1} = A^{-1} - \frac{A^{-1} u v^\top A^{-1}}{1 + v^\top A^{-1} u}",
        r"(A + u v^\top)^{-1} = A^{-1} - \frac{A^{-1} u v^\top A^{-1}}{1 - v^\top A^{-1} u}",
    ),
    "matrix determinant lemma": (
        r"\det(A + u v^\top) = (1 + v^\top A^{-1} u) \det(A)",
        r"\det(A + u v^\top) = (1 + v^\top A u) \det(A)",
    ),
    "determinant of a product": (r"\det(A^\top B) = \det(A) \det(B)", r"\det(A^\top B) = \det(A) + \det(B)"),
    "log-determinant of an inverse": (r"\log|\Sigma^{-1}| = -\log|\Sigma|", r"\log|\Sigma^{-1}| = \log|\Sigma|"),
    "scaled determinant": (r"|c \Lambda| = c^n |\Lambda|", r"|c \Lambda| = c |\Lambda|"),
    "determinant of a multiple of the identity": (r"|c I_n| = c^n", r"|c I_n| = c^{2n}"),
    "log-determinant of a multiple of the identity": (
        r"\log\det(\sigma^2 I_d) = d \log \sigma^2",
        r"\log\det(\sigma^2 I_d) = \log \sigma^2",
    ),
    "trace of the identity": (r"\mathrm{tr}(c I_n) = n c", r"\mathrm{tr}(c I_n) = c"),
    "product of Gaussians": (
        r"e^{-\frac12 x^T x} \exp(-\frac12 y^T y) = \exp\left(-\frac12 (x^T x + y^T y)\right)",
        r"e^{-\frac12 x^T x} \exp(-\frac12 y^T y) = \exp\left(-\frac12 (x^T x - y^T y)\right)",
    ),
    "determinant of blocks": (
        r"\begin{vmatrix} A & B \\ C & D \end{vmatrix} = |D| \cdot |A - B D^{-1} C|",
        r"\begin{vmatrix} A & B \\ C & D \end{vmatrix} = |D| \cdot |A + B D^{-1} C|",
    ),
    "product of blocks": (
        r"\begin{bmatrix} A & B \end{bmatrix} \begin{bmatrix} C \\ D \end{bmatrix} = A C + B D",
        r"\begin{bmatrix} A & B \end{bmatrix} \begin{bmatrix} C \\ D \end{bmatrix} = A C - B D",
    ),
    "inverse of a grid of numbers": (
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1}"
        r" = \frac{1}{ad - bc} \begin{pmatrix} d & -b \\ -c & a \end{pmatrix}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1}"
        r" = \frac{1}{ad - bc} \begin{pmatrix} a & -b \\ -c & d \end{pmatrix}",
    ),
    "sum of outer squares": (
        r"\sum_{i=1}^n (x_i - \mu)^T (x_i - \mu) = \sum_{i=1}^n x_i^T x_i - 2 \mu^T \sum_{i=1}^n x_i + n \mu^T \mu",
        r"\sum_{i=1}^n (x_i - \mu)^T (x_i - \mu) = \sum_{i=1}^n x_i^T x_i - 2 \mu^T \sum_{i=1}^n x_i + \mu^T \mu",
    ),
    "diagonal and entrywise product": (
        r"x^\top \mathrm{diag}(d) y = d^\top (x \odot y)",
        r"x^\top \mathrm{diag}(d) y = -d^\top (x \odot y)",
    ),
    "vec of a product": (
        r"\mathrm{vec}(A X B) = (B^\top \otimes A) \mathrm{vec}(X)",
        r"\mathrm{vec}(A X B) = (A \otimes B^\top) \mathrm{vec}(X)",
    ),
    "ones": (r"1_n^\top 1_n = n", r"1_n^\top 1_n = n^2"),
    "bold letters": (
        r"(\mathbf{A}\mathbf{x})^\top \mathbf{y} = \mathbf{x}^\top \mathbf{A}^\top \mathbf{y}",
        r"(\mathbf{A}\mathbf{x})^\top \mathbf{y} = 2\mathbf{x}^\top \mathbf{A}^\top \mathbf{y}",
    ),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_an_identity_is_supported_in_several_dimensions(name: str) -> None:
    found = judged(IDENTITIES[name][0])
    assert found is not None
    assert isinstance(found.verdict, Supported), found


REFUTED_ONLY_AS_UNSOUND = frozenset({"scaled determinant", "log-determinant of an inverse"})
"""|·| of a capital may be an absolute value, so a failure there can't be an error."""


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_slip_beside_it_never_is(name: str) -> None:
    assert not is_supported(judged(IDENTITIES[name][1]))


UNDECIDED = frozenset({"residual sum of squares", "vec of a product", "trace is cyclic", "transpose of a sum"})
"""Slips after which no shapes fit, or that symmetric matrices save."""


@pytest.mark.parametrize("name", sorted(set(IDENTITIES) - UNDECIDED))
def test_most_slips_are_refuted_with_a_small_witness(name: str) -> None:
    found = judged(IDENTITIES[name][1])
    assert found is not None
    assert isinstance(found.verdict, Refuted), found
    assert found.sound is (name not in REFUTED_ONLY_AS_UNSOUND)
    assert found.message
    assert len(found.verdict.by.detail) < 400


def test_symmetry_that_is_not_said_becomes_a_condition() -> None:
    found = judged(r"x^\top A y = y^\top A x")
    assert found is not None and isinstance(found.verdict, Supported)
    assert found.verdict.holds_if == "A symmetric"


def test_a_covariance_is_symmetric_by_its_letter_and_that_is_told() -> None:
    found = judged(r"x^\top \Sigma y = y^\top \Sigma x")
    assert found is not None and isinstance(found.verdict, Supported)
    assert found.verdict.holds_if is None
    assert any("symmetric and positive definite" in w for w in found.where)


def test_what_only_a_mended_side_has_needs_no_letter() -> None:
    relation, found = shaped(*(getattr(pair_of(r"A B(x) = B(x) A^\top"), side) for side in ("left", "right")))
    assert relation is not None and found is not None
    bare = replace(relation, notes=replace(relation.notes, hints={}))
    left, right = (settled(side, found.ranked[0]) for side in (relation.left, relation.right))
    assert points_of(bare, found.ranked[0], left, right).spd == frozenset()


def test_the_dimension_in_an_exponent_is_named() -> None:
    found = judged(IDENTITIES["scaled determinant"][0])
    assert found is not None and isinstance(found.verdict, Supported)
    assert "n the number of" in (found.verdict.holds_if or "")


SILENT = [
    r"R^\top R x = R x",
    r"(a + b)^\top (a + b) = a^\top a + b^\top b",
    r"U^\top U A = A",
    r"B V^2 U^\top U = B V^2",
    r"U U^\top V = I V",
    r"x^\top D S y = x^\top S D y",
    r"X^\top W^\top W X = X^\top W W X",
]
"""Right for projections, perpendicular vectors, rotations; no mistake without the text."""


@pytest.mark.parametrize("latex", SILENT)
def test_what_a_special_matrix_would_save_is_left_undecided(latex: str) -> None:
    found = judged(latex)
    assert found is None or isinstance(found.verdict, Undecided) or not found.sound


@pytest.mark.parametrize(
    "latex",
    [r"U S V^\top V S U^\top = V S S V^\top U U^\top", r"A U^\top U B = A B U U^\top"],
)
def test_what_no_special_matrix_would_save_is_a_mistake(latex: str) -> None:
    found = judged(latex)
    assert found is not None and isinstance(found.verdict, Refuted) and found.sound


MEAN = r"y^T P y - m^T X^T P X m = (y - X m)^T P (y - X m)"


def test_a_step_that_uses_a_definition_of_its_names_is_no_mistake() -> None:
    alone = judged(MEAN)
    assert alone is not None and isinstance(alone.verdict, Refuted) and alone.sound
    defined = judged(MEAN, r"m = K^{-1} X^T P y", r"K = X^T P X")
    assert defined is not None and not defined.sound
    other = judged(MEAN, r"y = X b + \epsilon")
    assert other is not None and other.sound


NOTHING = [
    r"a (b + c) = a b + a c",
    r"E = m c^2",
    r"\Sigma (A X) = A \Sigma(X) A^{\mathrm{T}} + \ldots",
    r"\frac{d}{dx} x^\top x = 2 x",
    r"x + A^\top = \begin{cases} 1 \\ 2 \end{cases}",
    r"x^T y = T",
    r"P^\top = P",
    r"A^\top + x^\top x = x",
    "x^\\top " + "A" * 60 + " x = 0",
]


@pytest.mark.parametrize("latex", NOTHING)
def test_what_is_no_relation_of_matrices_or_fits_no_shapes_is_left_alone(latex: str) -> None:
    found = judged(latex)
    assert found is None or not (isinstance(found.verdict, Supported) or found.sound)


def test_an_operator_before_brackets_is_no_factor() -> None:
    found = judged(r"\Sigma(A X) = A \Sigma(X) A^{\mathrm{T}}")
    assert found is None or not found.sound


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("ABCKW"), min_size=2, max_size=4, unique=True), st.booleans())
def test_transposing_a_product_turns_it_around(letters: list[str], right: bool) -> None:
    turned = letters[::-1] if right else letters
    product = "".join(letters)
    transposed = " ".join(rf"{c}^\top" for c in turned)
    found = judged(rf"({product})^\top = {transposed}")
    assert is_supported(found) is right


@settings(max_examples=25, deadline=None)
@given(st.permutations(list("ABC")))
def test_a_trace_allows_turns_and_no_swaps(order: list[str]) -> None:
    turned = " ".join(order).replace("B", r"B^{\top}")
    found = judged(rf"\mathrm{{tr}}(A B^{{\top}} C) = \mathrm{{tr}}({turned})")
    assert is_supported(found) is ("".join(order) in ("ABC", "BCA", "CAB"))


AS_FAR_AS_IT_HOLDS = [
    r"x^\top A y = y^\top A x",
    r"\mathrm{tr}(A B) = \mathrm{tr}(B A)",
    r"x^\top A x = x^\top A^\top x",
    r"A B = B A",
    r"\mathrm{tr}(I_n) x = n x",
    r"x^\top \Sigma^{-1} x = \mathrm{tr}(\Sigma^{-1} x x^\top)",
    r"(X^\top X)^{-1} X^\top X b = b",
    r"(X^\top X)^{-1} X^\top X b = X b",
    r"|2 \Sigma| = 2^n |\Sigma|",
    r"|2 \Sigma| = 2 |\Sigma|",
    r"a + b = b + a",
]


@pytest.mark.parametrize("latex", AS_FAR_AS_IT_HOLDS)
def test_support_alone_is_what_the_whole_judgement_gives(latex: str) -> None:
    whole, alone = judge_linear(pair_of(latex), 0), supported_linear(pair_of(latex), 0)
    assert alone == (whole if is_supported(whole) else None)


def test_support_alone_is_neither_given_to_all_nor_refused_to_all() -> None:
    given = [supported_linear(pair_of(latex), 0) is not None for latex in AS_FAR_AS_IT_HOLDS]
    assert any(given) and not all(given)
    conditions = {c.verdict.holds_if for latex in AS_FAR_AS_IT_HOLDS if (c := supported_linear(pair_of(latex), 0))}
    assert len(conditions) > 1


def test_a_number_that_is_none_of_the_dimensions_saves_nothing() -> None:
    """Where all dimensions are tried for it; four dimensions and two such numbers are too many."""
    wrong = judged(r"n (x - y)^\top A y = n x^\top A y - n x^\top A x")
    assert wrong is not None and isinstance(wrong.verdict, Refuted) and wrong.sound
    many = judged(r"n p u^\top A x v^\top B y w^\top C z = n p^2 u^\top A x v^\top B y w^\top C z")
    assert many is not None and not many.sound


def test_a_number_that_may_be_a_dimension_is_one_where_that_helps() -> None:
    found = judged(r"\operatorname{tr}(A A^{-1}) + x^\top x = n + x^\top x")
    assert is_supported(found)


RESIDUALS = r"""
Let $X = \left[ \begin{matrix} A & B \end{matrix} \right]$ where $A \in \mathbb{R}^{n \times p}$ and
$B \in \mathbb{R}^{n \times q}$.

$$ y = X \beta + \varepsilon $$ The estimates are $$ b = (X^\top X)^{-1} X^\top y $$

$$ s = (y - X b)^\top (y - X b) = %s y^\top (y - X b) $$
"""


def test_blocks_that_make_a_square_are_not_the_only_ones_tried() -> None:
    """Where (A B) is square the residuals are nothing, and so is every multiple of their squares."""
    right, wrong = (
        examine(read_document("p.md", (RESIDUALS % factor).encode()), Options()).judged[-1].verdict
        for factor in ("", "2")
    )
    assert isinstance(right, Supported) and not isinstance(wrong, Supported)


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (r"(P - I_n) (v + c \mathbf{1}_n) = (P - I_n) v", Undecided),  # P 𝟏 = 𝟏, as of transitions
        (r"L (v + c \mathbf{1}_n) = L v", Undecided),  # L 𝟏 = 0, as of a Laplacian
        (r"(P - I_n) (v + \mathbf{1}_n) = 2 (P - I_n) v", Refuted),
        (r"(P - I_n) (v + c w) = (P - I_n) v", Refuted),
    ],
)
def test_what_holds_for_rows_of_one_sum_is_left_undecided(step: str, verdict: type) -> None:
    found = examine(read_document("a.md", f"$$ y + (P - I_n) v = y + {step} $$"), Options()).judged
    assert not isinstance(found[-1].verdict, Refuted) or verdict is Refuted
    assert not isinstance(found[-1].verdict, Supported)


def test_rows_of_one_sum_are_asked_of_a_vector_of_ones_alone() -> None:
    rows = "if the rows of its matrices sum to "
    assert holds_for_row_sums(pair_of(r"(P - I_n) (v + c \mathbf{1}_n) = (P - I_n) v"), 0) == rows + "one"
    assert holds_for_row_sums(pair_of(r"L (v + c \mathbf{1}_n) = L v"), 0) == rows + "zero"
    assert holds_for_row_sums(pair_of(r"(P - I_n) (v + c w) = (P - I_n) v"), 0) is None
    assert holds_for_row_sums(pair_of(r"(P - I_n) (v + c \mathbf{1}_n) = (P - I_n) v + v"), 0) is None
