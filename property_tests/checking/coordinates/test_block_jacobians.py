"""Jacobians in blocks are held against the map that the document gives in blocks; slips get no support."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = r"""
- Split $\mathbf{u} = [\mathbf{u}_a, \mathbf{u}_b]$
- $\mathbf{u}'_a = %s$
- $\mathbf{u}'_b = %s$

$$\frac{\partial f}{\partial \mathbf{u}} = \begin{bmatrix} %s \end{bmatrix}$$
"""
COUPLING = r"\mathbf{u}_b \odot \exp(g(\mathbf{u}_a)) + h(\mathbf{u}_a)"


def held(first: str, second: str, matrix: str) -> bool:
    page = PAGE % (first, second, matrix)
    return isinstance(examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict, Supported)


@pytest.mark.parametrize(
    ("first", "second", "matrix"),
    [
        (r"\mathbf{u}_a", COUPLING, r"\mathbf{I} & \mathbf{0} \\ * & \text{diag}(\exp(g))"),
        (r"\mathbf{u}_a", COUPLING, r"I & 0 \\ * & \text{diag}(\exp(g(\mathbf{u}_a)))"),
        (r"2 \mathbf{u}_a", r"\mathbf{u}_b - h(\mathbf{u}_a)", r"\text{diag}(2) & 0 \\ * & I"),
    ],
)
def test_the_blocks_of_a_map_are_derived(first: str, second: str, matrix: str) -> None:
    assert held(first, second, matrix)


@pytest.mark.parametrize(
    "matrix",
    [
        r"\mathbf{I} & * \\ \mathbf{0} & \text{diag}(\exp(g))",
        r"\mathbf{I} & \mathbf{0} \\ * & \text{diag}(\exp(-g))",
        r"\mathbf{I} & \mathbf{0} \\ * & \text{diag}(\exp(h))",
        r"\mathbf{I} & \mathbf{0} \\ * & \text{diag}(g)",
        r"\mathbf{I} & \mathbf{0} \\ * & \exp(g)",
        r"\mathbf{0} & \mathbf{I} \\ * & \text{diag}(\exp(g))",
        r"\mathbf{I} & \mathbf{0} \\ \mathbf{0} & \text{diag}(\exp(g))",
        r"* & * \\ * & *",
        r"\mathbf{I} & \mathbf{0}",
    ],
)
def test_a_slip_is_not_supported(matrix: str) -> None:
    assert not held(r"\mathbf{u}_a", COUPLING, matrix)


def test_a_matrix_in_the_map_is_no_number() -> None:
    assert not held(r"W \mathbf{u}_a", COUPLING, r"\text{diag}(W) & \mathbf{0} \\ * & \text{diag}(\exp(g))")
