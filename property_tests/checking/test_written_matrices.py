"""Products, inverses and determinants of matrices written out in letters, worked out right and wrong."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

SQUARE = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"
OTHER = r"\begin{pmatrix} e & f \\ g & h \end{pmatrix}"
TURNED = r"\begin{vmatrix} \cos t & -r \sin t \\ \sin t & r \cos t \end{vmatrix}"
CUBE = r"\begin{vmatrix} a & b & c \\ d & e & f \\ g & h & i \end{vmatrix}"


def verdict(text: str) -> str:
    return type(examine(read_document("page.md", text), Options()).judged[-1].verdict).__name__


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (rf"\det {SQUARE}", "ad - bc", "ad + bc"),
        (rf"{SQUARE}^{{-1}}", *(rf"\frac{{1}}{{ad - bc}} \begin{{pmatrix}} d & {s}b \\ {s}c & a \end{{pmatrix}}"
                                for s in ("-", ""))),
        (rf"{SQUARE} {OTHER}", *(rf"\begin{{pmatrix}} ae + bg & af + bh \\ ce + dg & cf + d{s} \end{{pmatrix}}"
                                 for s in ("h", "g"))),
        (CUBE, *(f"aei + bfg + cdh {s} ceg - bdi - afh" for s in ("-", "+"))),
        (rf"{TURNED} = r (\cos^2 t + \sin^2 t)", "r", "r^2"),
    ],
)  # fmt: skip
def test_what_is_worked_out_is_held_against_the_matrices(left: str, right: str, wrong: str) -> None:
    assert verdict(f"$${left} = {right}$$") == "Supported"
    assert verdict(f"$${left} = {wrong}$$") == "Refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Consider $\begin{bmatrix} a & b \\ b & d \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix} = "
        r"\begin{bmatrix} a \\ b \end{bmatrix}$.",
        r"The eigenvectors fulfil $\begin{bmatrix} a & b \\ b & a \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix} = "
        r"\lambda \begin{bmatrix} x \\ y \end{bmatrix}$.",
        rf"Symmetric means ${SQUARE}^\top = {SQUARE}$.",
        rf"Suppose ${SQUARE} {OTHER} = \begin{{pmatrix}} ae & af + bh \\ ce + dg & cf + dh \end{{pmatrix}}$.",
        r"With blocks, $\det \begin{pmatrix} A & B \\ C & D \end{pmatrix} = AD + BC$.",
    ],
)
def test_equations_and_blocks_are_not_refuted(text: str) -> None:
    assert verdict(text) == "Undecided"
