"""How gradients and Hessians are written."""

from __future__ import annotations

import pytest

from errata.checking.written_gradients import written_gradient
from errata.reading.parser import parse
from errata.reading.unparse import to_latex


def read(latex: str) -> tuple[str, str, bool] | None:
    found = written_gradient(parse(latex).statements[0])
    return None if found is None else (to_latex(found.function), to_latex(found.variable), found.twice)


@pytest.mark.parametrize(
    ("latex", "function", "variable"),
    [
        (r"\nabla_w F", "F", "w"),
        (r"\nabla f(x)", "f(x)", "x"),
        (r"\nabla_x x^T A x", "x^T A x", "x"),
        (r"\frac{dF}{dw}", "F", "w"),
        (r"\frac{\partial x^T A x}{\partial x}", "x^T A x", "x"),
        (r"\frac{\partial}{\partial x} x^T A x", "x^T A x", "x"),
        (r"\partial F / \partial w", "F", "w"),
    ],
)
def test_gradients(latex: str, function: str, variable: str) -> None:
    assert read(latex) == (function, variable, False)


@pytest.mark.parametrize("turned", ["^T", r"^\top", r"^{\mathrm{T}}", r"^{\intercal}", "'"])
@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial^2 F}{\partial x \partial x'}",
        r"\frac{\partial^2 F}{\partial x' \, \partial x}",
        r"\frac{\partial^2}{\partial x \partial x'} F",
        r"\partial^2 F / (\partial x \partial x')",
        r"\partial^2 F / \partial x \partial x'",
        r"\frac{d^2 F}{dx \, dx'}",
    ],
)
def test_hessians(latex: str, turned: str) -> None:
    assert read(latex.replace("'", turned)) == ("F", "x", True)


@pytest.mark.parametrize("latex", [r"\nabla^2 f(x)", r"\nabla_x^2 f(x)"])
def test_hessians_by_nabla(latex: str) -> None:
    assert read(latex) == ("f(x)", "x", True)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial^2 F}{\partial x \partial y^T}",  # a mixed derivative
        r"\frac{\partial^2 F}{\partial x_1 \partial x_2^T}",
        r"\frac{\partial F}{\partial x^T}",
        r"\frac{\partial^2 F}{\partial X \partial X^T}",  # the Hessian in a matrix is none itself
        r"\nabla^2 f(X)",
        r"\nabla^3 f(x)",
        r"\nabla F",
        r"\nabla_x (f) g",  # of f alone, or of the product
        r"\frac{\partial}{\partial x} (f) g",
        r"\frac{\partial L}{\partial y} \frac{\partial y}{\partial x}",
        r"\frac{a}{b} c",
    ],
)
def test_what_is_neither(latex: str) -> None:
    assert read(latex) is None


@pytest.mark.parametrize(("body", "is_of"), [("x^T A x", True), ("x^T A x'", False), ("y^T y", False)])
def test_a_primed_variable_beside_its_plain_one_is_no_transpose(body: str, is_of: bool) -> None:
    found = written_gradient(parse(r"\frac{\partial^2 k}{\partial x \partial x'}").statements[0])
    assert found is not None and found.is_of(parse(body).statements[0]) is is_of
