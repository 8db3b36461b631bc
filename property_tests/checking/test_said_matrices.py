"""Relations of matrices that the text says to be orthogonal, symmetric or square: held, refuted, and left alone."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

ORTHOGONAL = "Let $Q$ be an orthogonal matrix. "
SYMMETRIC = "Let $A$ and $S$ be symmetric matrices. "
SQUARE = "Let $A$ and $B$ be invertible $n \\times n$ matrices. "


def last(text: str):
    return examine(read_document("page.md", text), Options()).judged[-1]


def verdict(text: str) -> str:
    return type(last(text).verdict).__name__


HELD = [
    ORTHOGONAL + r"$$\det(Q)^2 = 1$$",
    ORTHOGONAL + r"$$\det(Q) = \pm 1$$",
    ORTHOGONAL + r"$$|\det Q| = 1$$",
    ORTHOGONAL + r"$$Q^{-1} = Q^\top$$",
    ORTHOGONAL + r"$$\det(Q^{-1}) = \det(Q^\top)$$",
    r"A rotation matrix $R$ has $$\det(R^{-1}) = \det(R^\top)$$",
    r"旋转矩阵$R$满足 $$\det(R^{-1}) = \det(R^\top)$$",
    r"令$Q$是一个正交矩阵，则 $$\|Q x\| = \|x\|$$",
    ORTHOGONAL + r"$$Q^\top Q = I$$",
    ORTHOGONAL + r"$$\|Q x\| = \|x\|$$",
    ORTHOGONAL + r"$$\|Q x - Q y\|^2 = \|x - y\|^2$$",
    ORTHOGONAL + r"$$\mathrm{tr}(Q^\top Q) = d$$",
    ORTHOGONAL + r"$$\det(Q A Q^\top) = \det(A)$$",
    r"An orthogonal $d \times d$ matrix $Q$ has $$\det(Q)^2 = 1$$",
    r"Let $Q \in \mathbb{R}^{n \times n}$ be orthogonal. $$\|Q x\| = \|x\|$$",
    r"We have $\|Q x\| = \|x\|$, where $Q$ is an orthogonal matrix.",
    SYMMETRIC + r"$$\nabla_x (x^\top A x) = 2 A x$$",
    SYMMETRIC + r"$$x^\top S y = y^\top S x$$",
]
REFUTED = [
    ORTHOGONAL + r"$$\det(Q)^2 = 2$$",
    r"旋转矩阵$R$满足 $$\det(R)^2 = 2$$",
    r"Let $Q$ be a matrix. $$\det(Q^{-1}) = \det(Q^\top)$$",
    ORTHOGONAL + r"$$\det(2 Q^{-1}) = \det(Q^\top)$$",
    ORTHOGONAL + r"$$\det(Q) = \pm 2$$",
    ORTHOGONAL + r"$$\|Q x\|^2 = 2 \|x\|^2$$",
    ORTHOGONAL + r"$$\mathrm{tr}(Q^\top Q) = 1$$",
    SQUARE + r"$$(A + B)^{-1} = A^{-1} + B^{-1}$$",
    SQUARE + r"$$(A B)^{-1} = A^{-1} B^{-1}$$",
    SQUARE + r"$$(A B)^\top = A^\top B^\top$$",
    SQUARE + r"$$\det(A + B) = \det(A) + \det(B)$$",
    SQUARE + r"$$\mathrm{tr}(A B) = \mathrm{tr}(A) \mathrm{tr}(B)$$",
    r"We have $$(A + B)^{-1} = A^{-1} + B^{-1}$$",
    r"We have $$(A + B)^{-1} = A^{-1} + B^{-1} = M$$",
]
SILENT = [
    r"Let $Q$ be a matrix. $$\det(Q)^2 = 1$$",
    r"The matrix $Q$ is not orthogonal. $$\|Q x\| = \|x\|$$",
    r"The matrix $P$ is an orthogonal projection. $$\det(P)^2 = 1$$",
    "# One\n\n" + ORTHOGONAL + "\n\n# Two\n\n" + r"$$\|Q x\| = \|x\|$$",
    ORTHOGONAL + r"$$\det(Q) = 1$$",
    ORTHOGONAL + r"$$Q^\top = Q$$",
    ORTHOGONAL + r"$$Q^2 = I$$",
    ORTHOGONAL + r"$$\mathrm{tr}(Q) = 3$$",
    r"Let $A$ be a square matrix. $$\nabla_x (x^\top A x) = 2 A x$$",
    r"Let $A$ be a skew-symmetric matrix. $$x^\top A y = 2 y^\top A x$$",
    SYMMETRIC + r"$$A S = S A$$",
    SQUARE + r"$$A B = B A$$",
    SQUARE + r"In general it is wrong that $$(A + B)^{-1} = A^{-1} + B^{-1}$$",
    SQUARE + r"$$(A B)^{-1} = A^{-1} B^{-1}$$ holds if they commute.",
    SQUARE + r"Here $A = -B / 2$. $$(A + B)^{-1} = A^{-1} + B^{-1}$$",
]


@pytest.mark.parametrize("text", HELD)
def test_what_the_text_says_of_a_matrix_supports_a_relation(text: str) -> None:
    assert any(
        type(j.verdict).__name__ in ("Supported", "Proved")
        for j in examine(read_document("p.md", text), Options()).judged
    )


@pytest.mark.parametrize("text", REFUTED)
def test_what_no_such_matrix_fulfils_is_refuted(text: str) -> None:
    judged = examine(read_document("page.md", text), Options()).judged
    assert any(type(j.verdict).__name__ == "Refuted" and j.rule == "E311" for j in judged)


@pytest.mark.parametrize("text", SILENT)
def test_what_a_matrix_may_fulfil_or_fail_is_left_alone(text: str) -> None:
    assert verdict(text) not in ("Refuted", "Supported", "Proved")


def test_the_sentence_that_says_so_is_named() -> None:
    found = last("A line.\n\n" + ORTHOGONAL + r"$$\det(Q)^2 = 1$$").verdict
    assert found.holds_if == "Q orthogonal, as line 3 says"
    bold = last(r"Let $\mathbf{U}$ be an orthogonal matrix. $$\mathbf{U}^\top = \mathbf{U}^{-1}$$").verdict
    assert bold.holds_if == "U orthogonal, as line 1 says"


def test_a_reflection_is_orthogonal_too_and_a_symmetric_matrix_may_be_indefinite() -> None:
    assert verdict(ORTHOGONAL + r"$$\det(Q)^3 = 1$$") != "Supported"
    assert last(SYMMETRIC + r"$$|x^\top A x| = x^\top A x$$").verdict.holds_if != "A symmetric, as line 1 says"
