"""Planted errors are many, different, and never the original."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.notation import KL, Density, Expectation, NamedLaw, Normal
from numerics.slips import slips

a, b = sp.symbols("a b", real=True)
s = sp.Symbol("s", positive=True)
x = sp.Symbol("x", real=True)
p, q = NamedLaw("p"), NamedLaw("q")


def named(expr) -> set[tuple[str, sp.Basic]]:
    return {(slip.name, slip.expression) for slip in slips(expr)}


@pytest.mark.parametrize(
    ("expr", "name", "expected"),
    [
        (a - b, "sign", a + b),
        (a + b / 2, "factor 2", a + b),
        (a + b, "factor 1/2", a + b / 2),
        (a + b**2, "lost term", b**2),
        (a**2, "lost square", a),
        (1 / a**2, "lost square", 1 / a),
        (a / s, "variance for std", a / s**2),
        (a - b**2, "a and b swapped", b - a**2),
        (a + sp.log(s), "missing log", a + s),
        (sp.log(s), "upside down in the log", sp.log(1 / s)),
        (KL(p, q), "swapped arguments", KL(q, p)),
        (KL(Normal(a, s), q), "std for variance", KL(Normal(a, sp.sqrt(s)), q)),
        (
            Expectation(sp.log(Density(p, x) / Density(q, x)), x, p),
            "upside down in the log",
            Expectation(sp.log(Density(q, x) / Density(p, x)), x, p),
        ),
        (Expectation(x - a, x, p), "sign", Expectation(x + a, x, p)),
    ],
)
def test_the_slip_is_planted(expr, name, expected):
    assert (name, expected) in named(expr)


@pytest.mark.parametrize("expr", [a, a + b, sp.log(s / a) ** 2, KL(Normal(a, s**2), Normal(b, 1))])
def test_no_slip_is_the_original_and_none_comes_twice(expr):
    found = [slip.expression for slip in slips(expr)]
    assert expr not in found
    assert len(found) == len(set(found)) > 0


def test_what_is_bound_stays_bound():
    for slip in slips(Expectation(x**2 + a, x, Normal(a, s**2))):
        for node in slip.expression.atoms(Expectation):
            assert node.variable == x


def test_it_is_a_pure_function():
    assert slips(sp.log(s / a) + a**2) == slips(sp.log(s / a) + a**2)
