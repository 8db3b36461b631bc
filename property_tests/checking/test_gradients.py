"""Gradients of quadratic functions, in every direction."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

RESIDUALS = r"\mathrm{RSS}(\beta) = (y - X \beta)' (y - X \beta)"


def verdict(latex: str, given: str = "a = b", before: str = "We have") -> object:
    notes = f"{before}\n\n$$ {given} $$\n\nand find\n\n$$ {latex} $$\n"
    return examine(read_document("a.md", notes.replace("'", r"^\mathrm{T}")), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\nabla_x (x' A x)", "(A + A') x", "2 A x"),
        (r"\nabla_w \|y - X w\|^2", "-2 X' (y - X w)", "2 X' (y - X w)"),
        (r"\nabla_x x' A x", "(A + A') x", "A x"),
        (r"\nabla_x b' x", "b", "x"),
        (r"\nabla_w \frac{1}{2} w' w", "w", "2 w"),
        (r"\frac{\mathrm{d}}{\mathrm{d} B} \mathrm{tr}(S B' K B)", "K B S + K' B S'", "K B S + K B S'"),
        (r"\frac{\partial}{\partial x} (c' x + b)", "c", "c'"),
    ],
)
def test_the_gradient_of_a_quadratic_function(left: str, right: str, wrong: str) -> None:
    assert isinstance(verdict(f"{left} = {right}"), Supported)
    assert not isinstance(verdict(f"{left} = {wrong}"), Supported)


def test_the_function_may_be_one_of_the_document() -> None:
    right, wrong = (
        verdict(
            rf"\frac{{\mathrm{{d}} \mathrm{{RSS}}(\beta)}}{{\mathrm{{d}} \beta}} = -2 X' y + {n} X' X \beta", RESIDUALS
        )
        for n in ("2", "1")
    )
    assert isinstance(right, Supported) and right.holds_if == "with what line 3 established"
    assert not isinstance(wrong, Supported)


@pytest.mark.parametrize("sign", [r"\nabla", r"\nabla_x"])
def test_a_function_that_is_given_is_derived_in_its_argument(sign: str) -> None:
    given = "f(x) = x' A x"
    assert isinstance(verdict(rf"{sign} f(x) = (A + A') x", given), Supported)
    assert not isinstance(verdict(rf"{sign} f(x) = (A - A') x", given), Supported)


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        ("f(x) = x' A x", "A + A'", "2 A"),  # as D'(2A)D is D'(A + A')D, though 2A is no Hessian
        (r"f(x) = \frac{1}{2} \|y - B x\|^2", "B' B", "2 B' B"),
    ],
)
def test_the_hessian_of_a_quadratic_function(given: str, right: str, wrong: str) -> None:
    for sign in (r"\nabla^2", r"\nabla_x^2"):
        assert isinstance(verdict(rf"{sign} f(x) = {right}", given), Supported)
        assert not isinstance(verdict(rf"{sign} f(x) = {wrong}", given), Supported)


SYMMETRIC = "We take a symmetric matrix $A$ and"


@pytest.mark.parametrize(
    ("given", "relation", "factor"),
    [
        ("f(x) = x' A x", r"\nabla^2 f(x) = 2 A", "2"),
        ("f(x) = x' A x", r"\frac{\partial^2 f}{\partial x \partial x'} = 2 A", "2"),
        (r"f(x) = \frac{1}{2} x' A x - b' x + c", r"\nabla^2 f(x) = A", ""),
        (r"f(x) = \frac{1}{2} x' A x - b' x + c", r"\nabla f(x) = A x - b", ""),
    ],
)
def test_what_the_text_says_of_a_matrix_counts(given: str, relation: str, factor: str) -> None:
    found = verdict(relation, given, SYMMETRIC)
    assert isinstance(found, Supported) and found.holds_if is not None
    assert "A symmetric, as line 1 says" in found.holds_if
    assert isinstance(verdict(relation, given), Undecided)  # of any A, the derivatives have (A + A')/2
    left, _, right = relation.partition(" = ")
    wrong = right.replace("2 A", "A") if factor else right.replace("A", "2 A")
    assert isinstance(verdict(f"{left} = {wrong}", given, SYMMETRIC), Refuted)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Let $A$ be symmetric.", True),
        (r"Here with $A \in \mathbb{R}^{n \times n}$ symmetric, $b \in \mathbb{R}^n$,", True),
        ("For $A$ symmetric positive definite,", True),
        ("Let $A$ be any matrix.", False),
        ("With $A$ not symmetric,", False),
        ("If $A$ symmetric,", False),
        ("Is $A$ symmetric?", False),
        ("With $A$ symmetrically chosen,", False),
    ],
)
def test_words_say_that_a_matrix_is_symmetric(said: str, counts: bool) -> None:
    found = verdict(r"\nabla^2 f(x) = 2 A", "f(x) = x' A x", said)
    assert isinstance(found, Supported) is counts
    assert not isinstance(found, Refuted)


def test_a_said_matrix_before_brackets_is_a_factor() -> None:
    given = r"f(x) = (y - B x)' A (y - B x)"
    assert isinstance(verdict(r"\nabla f(x) = -2 B' A (y - B x)", given, SYMMETRIC), Supported)
    assert isinstance(verdict(r"\nabla f(x) = -2 B' A (y + B x)", given, SYMMETRIC), Refuted)
    assert not isinstance(verdict(r"\nabla f(x) = -2 B' A (y - B x)", given), Supported)


def test_a_number_is_no_hessian() -> None:
    assert isinstance(verdict(r"\nabla^2 f(x) = 2 I", "f(x) = x' x"), Supported)
    assert not isinstance(verdict(r"\nabla^2 f(x) = 2", "f(x) = x' x"), Supported | Refuted)


@pytest.mark.parametrize(
    "left",
    [
        r"\frac{\partial^2 f}{\partial x \partial x'}",
        r"\frac{\partial^2 f(x)}{\partial x \, \partial x'}",
        r"\frac{\partial^2}{\partial x \partial x'} f(x)",
        r"\partial^2 f(x) / (\partial x \, \partial x')",
        r"\nabla^2_x \|y - B x\|^2",
    ],
)
@pytest.mark.parametrize("turned", [r"^\top", "^T", r"^{\mathrm{T}}"])
def test_a_hessian_has_several_spellings(left: str, turned: str) -> None:
    given = r"f(x) = \|y - B x\|^2"
    left = left.replace("'", turned)
    assert isinstance(verdict(f"{left} = 2 B{turned} B", given), Supported)
    for wrong in (f"B{turned} B", f"-2 B{turned} B"):
        assert isinstance(verdict(f"{left} = {wrong}", given), Refuted)
    assert not isinstance(verdict(f"{left} = 2 B B{turned}", given), Supported | Refuted)


def test_a_matrix_has_no_hessian_that_is_a_matrix() -> None:
    given = r"f(X) = \mathrm{tr}(X' A X)"
    assert isinstance(verdict(r"\nabla f(X) = (A + A') X", given), Supported)
    assert not isinstance(verdict(r"\nabla^2 f(X) = A + A'", given), Supported)


@pytest.mark.parametrize(
    ("given", "right", "wrongs"),
    [
        (
            r"f(w) = \|y - X w\|^2 + \lambda \|w\|^2",
            r"2 X' (X w - y) + 2 \lambda w",
            (r"2 X' (X w - y) + \lambda w", r"2 X' (X w - y) - 2 \lambda w", r"2 X' (X w + y) + 2 \lambda w"),
        ),
        (
            r"f(w) = \frac{1}{2 n} \|X w - y\|^2 + \frac{\lambda}{2} \|w\|^2",
            r"\frac{1}{n} X' (X w - y) + \lambda w",
            (r"\frac{1}{n} X' (X w - y) + 2 \lambda w", r"\frac{1}{n} X' (X w - y) - \lambda w"),
        ),
        (
            r"f(w) = \sum_{i=1}^n (y_i - w' x_i)^2",
            r"-2 \sum_{i=1}^n (y_i - w' x_i) x_i",
            (r"-2 \sum_{i=1}^n (y_i + w' x_i) x_i", r"2 \sum_{i=1}^n (y_i - w' x_i) x_i"),
        ),
    ],
)
def test_a_slip_within_a_gradient_is_told(given: str, right: str, wrongs: tuple[str, ...]) -> None:
    assert isinstance(verdict(rf"\nabla f(w) = {right}", given), Supported)
    for wrong in wrongs:
        found = verdict(rf"\nabla f(w) = {wrong}", given)
        assert isinstance(found, Refuted) and found.repair is not None


def test_a_slip_within_a_hessian_is_told() -> None:
    given = r"f(w) = \|y - X w\|^2 + \lambda \|w\|^2"
    assert isinstance(verdict(r"\nabla^2 f(w) = 2 X' X + 2 \lambda I", given), Supported)
    for wrong in (r"2 X' X + \lambda I", r"2 (X' X - \lambda I)"):
        assert isinstance(verdict(rf"\nabla^2 f(w) = {wrong}", given), Refuted)


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\frac{\partial}{\partial x} x' x", "2 x'", "2 x"),
        (r"\frac{\partial}{\partial x} x' A x", "x' (A + A')", "(A + A') x"),
        (r"\frac{\partial}{\partial X} \mathrm{tr}((A - A') X)", "A - A'", "A' - A"),  # a sign, or the other layout
        (r"\frac{\partial}{\partial X} a' X b", "b a'", "a b'"),
    ],
)
def test_a_gradient_written_as_a_row_is_not_refuted(left: str, right: str, wrong: str) -> None:
    assert not isinstance(verdict(f"{left} = {right}"), Refuted)
    assert isinstance(verdict(f"{left} = {wrong}"), Supported)
    assert not isinstance(verdict(f"{left} = -({wrong})"), Supported)


@pytest.mark.parametrize(
    ("given", "relation"),
    [
        (r"a = A x \\\\ f(x) = \frac{1}{2} a' x", r"\nabla f(x) = a"),
        (r"e = y - X w \\\\ z = 2 e \\\\ J(w) = z' (y - X w)", r"\nabla J(w) = -2 X' z"),
    ],
)
def test_a_name_that_depends_on_the_variable_is_no_constant(given: str, relation: str) -> None:
    assert not isinstance(verdict(relation, given.replace(r" \\\\ ", " $$\n\n$$ ")), Refuted)


def test_a_model_of_the_data_makes_them_no_function_of_the_parameters() -> None:
    given = r"y = X \beta + \varepsilon $$" + "\n\n" + r"$$ S(\beta) = \|y - X \beta\|^2"
    assert isinstance(verdict(r"\nabla S(\beta) = -2 X' y + 2 X' X \beta", given), Supported)
    assert isinstance(verdict(r"\nabla S(\beta) = -2 X' y + X' X \beta", given), Refuted)


@pytest.mark.parametrize("before", ["A common mistake is", "A student claims that", "It would be wrong to write"])
def test_a_gradient_that_the_text_takes_back_is_not_refuted(before: str) -> None:
    given = r"f(x) = \|B x - y\|^2"
    notes = f"{before}\n\n$$ \\nabla f(x) = 2 B^\\top (B x + y) $$\n"
    found = examine(read_document("a.md", f"$$ {given} $$\n\n{notes}"), Options()).judged[-1].verdict
    assert not isinstance(found, Refuted)


def test_where_a_gradient_is_set_to_zero_its_factor_says_nothing() -> None:
    given = r"f(x) = \|B x - y\|^2"
    for right, refuted in (("B' (B x - y)", False), ("2 B' (B x + y)", True)):
        notes = rf"$$ {given} $$ The minimum has $$ \nabla f(x) = {right} = 0 $$".replace("'", r"^\top")
        first = examine(read_document("a.md", notes), Options()).judged[1].verdict
        assert isinstance(first, Refuted) is refuted


def test_a_function_that_is_written_in_several_ways_is_one() -> None:
    given = r"f(x) = \|B x - y\|^2 = (B x - y)' (B x - y)"
    assert isinstance(verdict(r"\nabla f(x) = 2 B' (B x + y)", given), Refuted)
    assert isinstance(verdict(r"\nabla^2 f(x) = B' B", given), Refuted)


def test_a_gradient_that_is_only_right_for_symmetric_matrices_is_neither_supported_nor_refuted() -> None:
    assert isinstance(verdict(r"\nabla_x (x' A x) = 2 A x"), Undecided)


def test_what_is_not_quadratic_is_judged_in_coordinates() -> None:
    assert isinstance(verdict(r"\nabla_x (x' x)^2 = 4 x' x x"), Supported)
    assert isinstance(verdict(r"\nabla_x (x' x)^2 = 2 x' x x"), Refuted)


@pytest.mark.parametrize(
    ("relation", "slip"),
    [
        (r"\nabla f(x) = B' (B x - y)", "factor-2"),
        (r"\nabla f(x) = 4 B' (B x - y)", "factor-1/2"),
        (r"\nabla f(x) = -2 B' (B x - y)", "sign"),
        (r"\nabla^2 f(x) = B' B", "factor-2"),
    ],
)
def test_a_factor_that_is_missing_in_a_gradient_is_told(relation: str, slip: str) -> None:
    given = r"f(x) = \|B x - y\|^2"
    found = verdict(relation, given)
    assert isinstance(found, Refuted) and found.repair is not None and found.repair.slip == slip
    assert isinstance(verdict(r"\nabla f(x) = 2 B' (B x - y)", given), Supported)


def test_a_gradient_of_a_function_that_is_given_twice_is_not_refuted() -> None:
    given = r"f(x) = \|B x - y\|^2$ or $f(x) = \frac{1}{2} \|B x - y\|^2"
    assert not isinstance(verdict(r"\nabla f(x) = 3 B' (B x - y)", given), Refuted)
    assert not isinstance(verdict(r"\nabla f(x) = B' (B x - y)", given), Refuted)
