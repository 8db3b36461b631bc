"""The free names of an expression are those that SymPy finds, bound ones left out."""

from __future__ import annotations

import pytest
import sympy as sp

from numerics.free_names import free_names

x, y, z = sp.symbols("x y z", real=True)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (sp.Integer(3), set()),
        (x, {x}),
        (x * sp.exp(y) + sp.log(z) ** 2, {x, y, z}),
        (sp.Integral(x * y, (x, 0, z)), {y, z}),
        (x + sp.Integral(x * y, (x, 0, 1)), {x, y}),
        (sp.Integral(sp.exp(-x * y), (x, x, z)), {x, y, z}),
        (sp.Integral(y * sp.Sum(x * z, (x, 1, 3)), (z, 0, 1)), {y}),
        (sp.Integral(x * y, (x, 0, y), (y, 0, z)), {z}),
        (sp.Sum(x**y, (y, 0, sp.oo)), {x}),
        (sp.Add(sp.Mul(x, 0, evaluate=False), y, evaluate=False), {x, y}),
    ],
)
def test_the_names_are_those_that_nothing_binds(expression, names):
    assert free_names(expression) == names == expression.free_symbols
