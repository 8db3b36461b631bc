"""Jacobians and Hessians written out, determinants of changes of variables: held, refuted, and left alone."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PLANE = r"Let $f(x, y) = (x^2 y, x + y)$. "
LISTED = r"Let $f(x) = (x_1^2, x_1 x_2)^\top$. "
POLAR = r"Let $x = r \cos\theta$ and $y = r \sin\theta$. "
BALL = r"Let $x = r \sin\theta \cos\phi$, $y = r \sin\theta \sin\phi$, $z = r \cos\theta$. "
SUMS = r"Let $u = x + y$ and $v = x - y$. "
CUBIC = r"Let $h(x, y) = x^2 y + y^3$. "
SQUARES = r"Let $g(x, y) = (x^2 + y^2, 2xy)$. "


def last(text: str):
    return examine(read_document("page.md", text), Options()).judged[-1]


def verdict(text: str) -> str:
    return type(last(text).verdict).__name__


RIGHT = [
    PLANE + r"The Jacobian is $J_f = \begin{pmatrix} 2xy & x^2 \\ 1 & 1 \end{pmatrix}$.",
    PLANE + r"$$\frac{\partial f}{\partial (x, y)} = \begin{pmatrix} 2xy & x^2 \\ 1 & 1 \end{pmatrix}$$",
    PLANE + r"The Jacobian of $f$ at $(1, 2)$ is $J = \begin{pmatrix} 4 & 1 \\ 1 & 1 \end{pmatrix}$.",
    PLANE + r"Its Jacobian matrix is $$J = \begin{bmatrix} 2xy & 1 \\ x^2 & 1 \end{bmatrix}$$",
    PLANE + r"$$J_f(1, 2) = \begin{bmatrix} 4 & 1 \\ 1 & 1 \end{bmatrix}$$",
    LISTED + r"$$J_f(x) = \begin{bmatrix} 2x_1 & 0 \\ x_2 & x_1 \end{bmatrix}$$",
    POLAR + r"$$\left| \frac{\partial(x, y)}{\partial(r, \theta)} \right| = r$$",
    POLAR + r"$$\frac{\partial(x, y)}{\partial(r, \theta)} = \begin{vmatrix} \cos\theta & -r \sin\theta \\"
    r" \sin\theta & r \cos\theta \end{vmatrix} = r$$",
    POLAR + r"The Jacobian is $J = r$.",
    BALL + r"$$\frac{\partial(x, y, z)}{\partial(r, \theta, \phi)} = r^2 \sin\theta$$",
    SUMS + r"$$\frac{\partial(u, v)}{\partial(x, y)} = -2$$",
    SUMS + r"$$\left| \frac{\partial(x, y)}{\partial(u, v)} \right| = \frac{1}{2}$$",
    SUMS + r"The Jacobian is $|J| = \frac{1}{2}$ or $|J| = 2$, by the direction.",
    SQUARES + r"$$\det J_g = 4(x^2 - y^2)$$",
    SQUARES + r"$$\left| \det \frac{\partial g}{\partial (x, y)} \right| = 4 | x^2 - y^2 |$$",
    CUBIC + r"Its Hessian is $H = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$.",
    CUBIC + r"The Hessian at $(1, 1)$ is $H = \begin{pmatrix} 2 & 2 \\ 2 & 6 \end{pmatrix}$.",
    CUBIC + r"The gradient is $g = (2xy, x^2 + 3y^2)^\top$.",
    CUBIC + r"Its Hessian is $H = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$, with $\det H = 12y^2 - 4x^2$.",
]
WRONG = [
    (PLANE + r"The Jacobian is $J_f = \begin{pmatrix} 2xy & x \\ 1 & 1 \end{pmatrix}$.", "x"),
    (PLANE + r"$$\frac{\partial f}{\partial (x, y)} = \begin{pmatrix} 2xy & x^2 \\ 1 & 0 \end{pmatrix}$$", "0"),
    (PLANE + r"The Jacobian of $f$ at $(1, 2)$ is $J = \begin{pmatrix} 4 & 2 \\ 1 & 1 \end{pmatrix}$.", "2"),
    (PLANE + r"$$\det J_f = 2xy + x^2$$", "2xy + x^2"),
    (LISTED + r"$$J_f(x) = \begin{bmatrix} 2x_1 & 0 \\ x_1 & x_2 \end{bmatrix}$$", "x_1"),
    (LISTED + r"$$J_f(x) = \begin{bmatrix} 2x_1 & 1 \\ x_2 & x_1 \end{bmatrix}$$", "1"),
    (POLAR + r"$$\left| \frac{\partial(x, y)}{\partial(r, \theta)} \right| = r^2$$", "r^2"),
    (POLAR + r"The determinant of the Jacobian is $|J| = r^2$.", "r^2"),
    (BALL + r"$$\frac{\partial(x, y, z)}{\partial(r, \theta, \phi)} = r^2 \cos\theta$$", r"r^2 \cos\theta"),
    (SUMS + r"$$\frac{\partial(u, v)}{\partial(x, y)} = 2$$", "2"),
    (SUMS + r"$$\left| \frac{\partial(x, y)}{\partial(u, v)} \right| = 2$$", "2"),
    (SQUARES + r"$$\det J_g = 4(x^2 + y^2)$$", "4(x^2 + y^2)"),
    (CUBIC + r"Its Hessian is $H = \begin{pmatrix} 2y & 2x \\ 2x & 3y \end{pmatrix}$.", "3y"),
    (CUBIC + r"The gradient is $g = (2xy, x^2 + 3y)^\top$.", "x^2 + 3y"),
]
SILENT = [
    PLANE + r"The inverse of the Jacobian is $J = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$.",
    PLANE + r"Suppose that the Jacobian is $J = \begin{pmatrix} 0 & 0 \\ 0 & 0 \end{pmatrix}$.",
    CUBIC + r"Let $L$ be a loss. The gradient of $L$ is $g = (x, y)$.",
    CUBIC + r"We minimise $L = x^2 + y^2$ instead. The Hessian is $H = \begin{pmatrix} 2 & 0 \\ 0 & 2 \end{pmatrix}$.",
    CUBIC + r"Let $k(x, y) = x y$. The Hessian is $H = \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}$.",
    SUMS + r"The Jacobian of the way back is $|J| = 1/2$.",
    SQUARES + r"$$|\det J_g| = -4(x^2 - y^2)$$",
    r"Let $f(x) = A x$. The Jacobian is $J = \begin{pmatrix} a & b \\ c & d \end{pmatrix}$.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_matrix_or_determinant_is_held(text: str) -> None:
    assert verdict(text) in ("Supported", "Proved")


@pytest.mark.parametrize(("text", "part"), WRONG)
def test_a_wrong_one_is_refuted_at_its_entry(text: str, part: str) -> None:
    found = last(text)
    assert type(found.verdict).__name__ == "Refuted" and found.focus is not None
    assert text[found.focus.start : found.focus.end] == part


@pytest.mark.parametrize("text", SILENT)
def test_what_may_be_something_else_is_neither_held_nor_refuted(text: str) -> None:
    assert verdict(text) in ("Undecided", "NotAClaim")


def test_an_absolute_value_without_bars_needs_a_positive_side() -> None:
    found = last(SQUARES + r"$$|\det J_g| = 4(x^2 - y^2)$$").verdict
    assert type(found).__name__ == "Supported" and found.holds_if == "4 (x^2 - y^2) is not negative"


def test_the_entry_that_lacks_a_variable_is_nothing() -> None:
    text = r"Let $f(x, y) = x^2 y$. $$\nabla^2 f = \begin{pmatrix} 2y & 2x \\ 2x & %s \end{pmatrix}$$"
    assert verdict(text % "0") == "Proved" and verdict(text % "1") == "Refuted"


def test_a_row_for_each_variable_is_another_way_to_write_it() -> None:
    turned = last(PLANE + r"Its Jacobian is $$J = \begin{bmatrix} 2xy & 1 \\ x^2 & 1 \end{bmatrix}$$")
    assert "with a row for each variable" in turned.where
