"""Gradients of quadratic functions, in every direction."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

RESIDUALS = r"\mathrm{RSS}(\beta) = (y - X \beta)' (y - X \beta)"


def verdict(latex: str, given: str = "a = b") -> object:
    notes = f"We have\n\n$$ {given} $$\n\nand find\n\n$$ {latex} $$\n"
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
