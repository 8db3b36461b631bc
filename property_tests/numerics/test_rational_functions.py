"""Proofs by canonical form: what they prove holds, and a slip is never proved."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence import Agreement, Proof
from numerics.rational_functions import MOST_TERMS, agree_modulo_primes, proved_equal

x, y, z, s = sp.symbols("x y z s", real=True)

EQUAL = [
    ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    ((x**2 - y**2) / (x - y), x + y),
    (1 / (1 + 1 / x), x / (x + 1)),
    (sp.log(x + y) * (x - y), x * sp.log(y + x) - y * sp.log(x + y)),
    (sp.sqrt(x * y) ** 3 / sp.sqrt(y * x), sp.sqrt(x * y) ** 2),
    (sp.Pow(x, sp.Mul(-1, 2, evaluate=False), evaluate=False), 1 / x**2),
    (sp.exp(x * (y + z)) - 1, sp.exp(x * y + x * z) - 1),
]


@pytest.mark.parametrize(("a", "b"), EQUAL)
def test_equal_functions_are_proved(a: sp.Expr, b: sp.Expr) -> None:
    assert isinstance(proved_equal(a, b), Proof)


@pytest.mark.parametrize(("a", "b"), EQUAL)
@pytest.mark.parametrize(
    "slip", [lambda e: -e, lambda e: e + 1, lambda e: 2 * e, lambda e: e.subs(x, y), lambda e: e / x]
)
def test_a_slip_is_never_proved(a: sp.Expr, b: sp.Expr, slip: object) -> None:
    assert proved_equal(a, slip(b)) is None  # type: ignore[operator]


def test_laws_of_logarithms_are_left_to_points() -> None:
    assert proved_equal(sp.log(x * y), sp.log(x) + sp.log(y)) is None
    assert proved_equal(sp.Pow(sp.sqrt(x), 2, evaluate=False), x) is None
    assert proved_equal(1 / sp.Add(x, -x, evaluate=False), x) is None


POLYNOMIALS = st.recursive(
    st.sampled_from([x, y, z, sp.Integer(2), sp.Rational(1, 3)]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]), st.tuples(inner, inner).map(lambda p: p[0] * p[1])
    ),
    max_leaves=8,
)


@given(POLYNOMIALS, POLYNOMIALS)
def test_a_proof_agrees_with_expansion(a: sp.Expr, b: sp.Expr) -> None:
    assert (proved_equal(a, b) is not None) == (sp.expand(a - b) == 0)
    assert (agree_modulo_primes(a, b) is not None) == (sp.expand(a - b) == 0)


def test_long_polynomials_are_compared_modulo_primes_and_the_bound_is_printed() -> None:
    many = sp.symbols("a:9", real=True)
    power = sum(many) ** 8
    by = proved_equal(power, sum(reversed(many)) ** 5 * sum(many) ** 3)
    assert sp.binomial(16, 8) > MOST_TERMS
    assert isinstance(by, Agreement) and "probability below 2^-" in by.detail and by.points >= 8
    assert proved_equal(power, sum(many) ** 7 * (sum(many) + many[0])) is None
