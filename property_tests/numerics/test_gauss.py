"""The quadrature that no page writes: each family by its own Gauss rule, and only where the rule leaves digits."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import KL, Entropy, Expectation, Normal, Variance
from derivations.catalogue import derivations
from numerics import cubature, gauss, quadrature
from numerics.catalogue import routes
from numerics.gauss import by_gauss, has_gauss

WHERE = (Variable("a", Positive()), Variable("b", Positive()), Variable("m", Real()))
a, b, m = symbols_of(WHERE)
x, y = sp.symbols("x y", real=True)
TRUE = [
    Claim("hermite", KL(Normal(m, a**2), Normal(0, b**2)),
          sp.log(b / a) + (a**2 + m**2) / (2 * b**2) - sp.Rational(1, 2), WHERE),
    Claim("laguerre", Expectation(x**3, x, laws.Gamma(a, b)), a * (a + 1) * (a + 2) / b**3, WHERE),
    Claim("exponential", Entropy(laws.Exponential(a)), 1 - sp.log(a), WHERE),
    Claim("chi-squared", Variance(x, x, laws.ChiSquared(a)), 2 * a, WHERE),
    Claim("legendre", Expectation(sp.exp(x), x, laws.Uniform(0, a)), (sp.exp(a) - 1) / a, WHERE),
    Claim("jacobi", Expectation(x * (1 - x), x, laws.Beta(a, b)), a * b / ((a + b) * (a + b + 1)), WHERE),
    Claim("nested", Expectation(Expectation(x * y**2, y, laws.Uniform(0, 1)), x, laws.Beta(a, b)),
          a / (3 * (a + b)), WHERE),
]  # fmt: skip


@pytest.mark.parametrize("claim", TRUE, ids=lambda c: c.name)
def test_each_family_agrees_and_refutes_slips(claim):
    assert has_gauss(claim)
    found = by_gauss().run(claim)
    assert isinstance(found, Agreement)
    assert (found.points, found.digits >= 5) == (8, True)
    for slip in (claim.right * sp.Rational(10001, 10000), claim.right + sp.Rational(1, 1000)):
        wrong = by_gauss().run(replace(claim, right=slip))
        assert isinstance(wrong, Counterexample), slip
        assert wrong.confirmed


def test_a_rule_that_is_turned_round_is_caught(monkeypatch):
    """Planted: the parameters of Jacobi's rule swapped, the rate of Laguerre's for its scale."""
    swapped = {
        laws.Beta: lambda n, p, q: cubature._jacobi(n, q, p),
        laws.Gamma: lambda n, k, r: cubature._laguerre(n, k, 1 / r),
    }
    monkeypatch.setattr(cubature, "_RULES", {**cubature._RULES, **swapped})
    gauss._remembered.cache_clear()
    try:
        claim = Claim("mean", Expectation(x, x, laws.Beta(a, b)), a / (a + b), WHERE)
        for one in (claim, TRUE[1]):
            assert isinstance(by_gauss().run(one), Counterexample), one.name
    finally:
        gauss._remembered.cache_clear()


def test_a_rule_is_not_offered_where_it_leaves_few_digits_or_there_is_none():
    assert not has_gauss(Claim("log", Expectation(sp.log(x), x, laws.Gamma(a, b)), a, WHERE))
    assert not has_gauss(Claim("wild", Expectation(sp.cos(40 * x), x, laws.Exponential(a)), a, WHERE))
    assert not has_gauss(Claim("none", Expectation(x, x, laws.Cauchy(a, b)), a, WHERE))
    assert not has_gauss(
        Claim("moving", Expectation(Expectation(y, y, laws.Uniform(0, x)), x, laws.Beta(a, b)), a, WHERE)
    )
    with pytest.raises(TypeError, match="no numbers"):
        quadrature.estimated(Expectation(x, x, laws.Gamma(a, 1)))


def test_the_catalogue_has_rules_of_every_kind():
    offered = [d.claim for d in derivations() if "quadrature" in [route.name for route in routes(d.claim.name)]]
    kinds = {type(law) for claim in offered for law in claim.left.atoms(laws.Family, Normal)}
    assert {Normal, laws.Gamma, laws.Beta, laws.Uniform, laws.Exponential} <= kinds
    assert len(offered) > 40
