"""Determinants, inverses and traces of matrices of numbers, against SymPy's own."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from errata.reading.vectors import Unlowered, determinant, inverse, trace
from numerics.balls import rational

SIZES = st.integers(2, 4)


@st.composite
def matrices(draw: st.DrawFn) -> list[list[int]]:
    size = draw(SIZES)
    return draw(st.lists(st.lists(st.integers(-5, 5), min_size=size, max_size=size), min_size=size, max_size=size))


def lowered(rows: list[list[int]]) -> sp.Tuple:
    return sp.Tuple(*(sp.Tuple(*map(sp.Integer, row)) for row in rows))


@given(matrices())
def test_they_are_what_they_are(rows: list[list[int]]) -> None:
    assert rational(determinant(lowered(rows))) == int(sp.Matrix(rows).det())
    assert rational(trace(lowered(rows))) == sum(row[i] for i, row in enumerate(rows))


@given(matrices())
def test_an_inverse_undoes_its_matrix(rows: list[list[int]]) -> None:
    assume(sp.Matrix(rows).det() != 0)
    found = [[rational(cell) for cell in row] for row in inverse(lowered(rows))]
    size = range(len(rows))
    product = [[sum(rows[i][k] * found[k][j] for k in size) for j in size] for i in size]
    assert product == [[int(i == j) for j in size] for i in size]


@pytest.mark.parametrize("rows", [[[1, 2, 3], [4, 5, 6]], [[1] * 5] * 5])
def test_what_is_no_small_square_has_none(rows: list[list[int]]) -> None:
    with pytest.raises(Unlowered):
        determinant(lowered(rows))
