"""Second, mixed and evaluated derivatives, gradients and Hessians of f(x, y): held, refuted, and left alone."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

CUBIC = r"Let $f(x, y) = x^2 y + y^3$. "
WAVE = r"Let $h(x, y) = e^{xy} + \sin(x)$. "
LISTED = r"Let $g(x_1, x_2) = x_1^2 x_2$. "
ALONE = r"Let $k(t) = t^3 - 2t$. "


def last(text: str):
    return examine(read_document("page.md", text), Options()).judged[-1]


def verdict(text: str) -> str:
    return type(last(text).verdict).__name__


RIGHT = [
    CUBIC + r"$$\frac{\partial^2 f}{\partial x \partial y} = 2x$$",
    CUBIC + r"$$\frac{\partial^2 f}{\partial y^2} = 6y$$",
    CUBIC + r"$$\frac{\partial^3}{\partial x^2 \partial y} f(x, y) = 2$$",
    CUBIC + r"$$\nabla f(x, y) = (2xy, x^2 + 3y^2)$$",
    CUBIC + r"$$\nabla f = \begin{pmatrix} 2xy \\ x^2 + 3y^2 \end{pmatrix}$$",
    CUBIC + r"$$\nabla f(1, 2) = (4, 13)^\top$$",
    CUBIC + r"$$\nabla^2 f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 6y \end{pmatrix}$$",
    CUBIC + r"$$\frac{\partial f}{\partial x}(1, 2) = 4$$",
    CUBIC + r"$$\left. \frac{\partial f}{\partial y} \right|_{(1, 2)} = 13$$",
    CUBIC + r"The mixed partial derivative is $f_{xy}(x, y) = 2x$.",
    CUBIC + r"$$\nabla f(x_0, y_0) = (2 x_0 y_0, x_0^2 + 3 y_0^2)$$",
    CUBIC + r"$$\left[ \frac{\partial f}{\partial x}, \frac{\partial f}{\partial y} \right] = [2xy, x^2 + 3y^2]$$",
    WAVE + r"$$\frac{\partial^2 h}{\partial x \partial y} = (1 + xy) e^{xy}$$",
    WAVE + r"$$\nabla h(0, 1) = (2, 0)$$",
    LISTED + r"$$\frac{\partial g}{\partial x_1}(1, 3) = 6$$",
    CUBIC + r"$$\left. \frac{\partial f}{\partial y} \right|_{x = 1, y = 2} = 13$$",
    CUBIC + r"$$\left. \frac{\partial f}{\partial y} \right|_{(x, y) = (1, 2)} = 13$$",
    ALONE + r"$$\frac{d^2 k}{dt^2} = 6t$$",
    ALONE + r"$$\left. \frac{dk}{dt} \right|_{t = 1} = 1$$",
]
WRONG = [
    (CUBIC + r"$$\frac{\partial^2 f}{\partial x \partial y} = 2y$$", "2y"),
    (CUBIC + r"$$\frac{\partial^2 f}{\partial y^2} = 3y$$", "3y"),
    (CUBIC + r"$$\nabla f(x, y) = (2xy, x^2 + 3y)$$", "x^2 + 3y"),
    (CUBIC + r"$$\nabla f(1, 2) = (4, 12)$$", "12"),
    (CUBIC + r"$$\nabla^2 f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 3y \end{pmatrix}$$", "3y"),
    (CUBIC + r"$$\left. \frac{\partial f}{\partial y} \right|_{(1, 2)} = 12$$", "12"),
    (CUBIC + r"The mixed partial derivative is $f_{xy}(x, y) = 2y$.", "2y"),
    (
        CUBIC + r"$$\left[ \frac{\partial f}{\partial x}, \frac{\partial f}{\partial y} \right] = [2xy, x^2 + y^2]$$",
        "x^2 + y^2",
    ),
    (CUBIC + r"Later $x = 1$ and $y = 2$. $$\nabla f(x, y) = (2xy, x^2 + 2y^2)$$", "x^2 + 2y^2"),
    (WAVE + r"$$\frac{\partial^2 h}{\partial x \partial y} = xy e^{xy}$$", "xy e^{xy}"),
    (LISTED + r"$$\frac{\partial g}{\partial x_1}(1, 3) = 7$$", "7"),
    (ALONE + r"$$\frac{d^2 k}{dt^2} = 6t - 2$$", "6t - 2"),
]
SILENT = [
    CUBIC + r"We set $$\nabla f(x, y) = (0, 0)$$",
    CUBIC + r"At a point, $$\frac{\partial^2 f}{\partial x^2} = 2$$",
    CUBIC + r"$$\nabla f(x, y) = \lambda (1, 1)$$",
    CUBIC + r"Suppose that $$\nabla f(x, y) = (2x, y)$$",
    CUBIC + r"Another function has $$\frac{\partial^2 f}{\partial x^2} = 6x$$",
    CUBIC + r"Then $f(x, y) = x y$. $$\frac{\partial^2 f}{\partial x \partial y} = 3 y$$",
    r"Let $f(x, y) = x^2 + a y^2$ with $a = 2$. $$\nabla f(x, y) = (2x, 4y)$$",
    CUBIC + r"Here $y = 2$. $$\nabla f(x, y) = (4x, x^2 + 12)$$",
    r"Let $f(x, y) = x^\top A y$. $$\frac{\partial^2 f}{\partial x \partial y} = 2 A$$",
    r"Let $f(x, y) = y \log x$. $$\nabla f(3, 1) = (0.333, 1.099)$$",
    r"The joint density is $f(x, y) = 4xy$. The marginal density is $f_x(x, y) = 2x$.",
    r"Let $\ell(t) = a \log t - b t$. $$\left. \frac{d \ell}{dt} \right|_{t = \hat{t}} = 0$$",
    r"A wave $u(x, t) = \sin(x - ct)$ solves a differential equation, $$\frac{\partial^2 u}{\partial t^2} = c u$$",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_derivative_is_held(text: str) -> None:
    assert verdict(text) in ("Supported", "Proved")


@pytest.mark.parametrize(("text", "part"), WRONG)
def test_a_wrong_derivative_is_refuted_at_its_entry(text: str, part: str) -> None:
    found = last(text)
    assert type(found.verdict).__name__ == "Refuted" and found.focus is not None
    assert text[found.focus.start : found.focus.end] == part
    assert any("line 1" in said for said in found.where)


@pytest.mark.parametrize("text", SILENT)
def test_what_may_be_meant_otherwise_is_not_refuted(text: str) -> None:
    assert verdict(text) != "Refuted"


def test_the_function_of_the_section_is_the_one_that_is_derived() -> None:
    text = "# One\n\n" + CUBIC + "\n\n# Two\n\nLet $f(x, y) = x y^2$. " + r"$$\frac{\partial^2 f}{\partial y^2} = %s$$"
    assert verdict(text % "2x") == "Proved" and verdict(text % "6y") == "Refuted"
