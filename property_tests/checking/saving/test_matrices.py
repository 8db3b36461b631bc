"""Conditions that would save refuted relations of vectors and matrices, and slips that none of them saves."""

from __future__ import annotations

import pytest

from errata.checking.saving.matrices import saves_matrices
from errata.reading.parser import parse
from errata.reading.relations import stated


def saved(latex):
    return saves_matrices(stated(parse(latex))[0].pairs()[0], 0)


@pytest.mark.parametrize(
    ("latex", "condition"),
    [
        ("(AB)^{-1} = A^{-1} B^{-1}", "A and B commute"),
        (r"(AB)^\top = A^\top B^\top", "A and B commute"),
        (r"\mathbf A^{-1} = \mathbf A^\top", "A is orthogonal"),
        (r"\det(A + B) = \det A + \det B", "all dimensions are one"),
        (r"\|\mathbf a + \mathbf b\|^2 = \|\mathbf a\|^2 + \|\mathbf b\|^2", "a and b are perpendicular"),
        (r"(\mathbf a + \mathbf b)^\top \mathbf a = \mathbf a^\top \mathbf a", "a and b are perpendicular"),
        (r"\mathbf A \mathbf A^\top = \mathbf A^2", "A is symmetric"),
        (r"\mathbf A^2 = \mathbf A", "A is a projection"),
        (r"\frac{\mathbf x}{\|\mathbf x\|} = \mathbf x", "x is of length one"),
        (r"c \mathbf x^\top \mathbf y = \mathbf x^\top \mathbf y", "c = 1"),
    ],
)
def test_the_condition_that_saves_it(latex, condition):
    assert saved(latex) == condition


@pytest.mark.parametrize(
    "latex",
    [
        r"(A + B)^{-1} = A^{-1} + B^{-1}",
        r"\mathbf A \mathbf x = 2 \mathbf A \mathbf x",
        r"\mathbf x^\top \mathbf x = 3 \mathbf x^\top \mathbf x",
        r"\mathrm{tr}(A) = 2 \mathrm{tr}(A)",
    ],
)
def test_what_no_condition_saves_but_that_both_sides_vanish(latex):
    assert saved(latex) is None
