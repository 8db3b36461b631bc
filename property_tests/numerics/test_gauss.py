"""The quadrature that no page writes: each family by its own Gauss rule, and only where the rule leaves digits."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import arb

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import KL, Entropy, Expectation, Normal, Variance
from claims.records import replace
from derivations.catalogue import derivations
from numerics import bounded_routes, means, quadrature, standard_laws
from numerics.bounded_routes import measured
from numerics.catalogue import routes
from numerics.gauss import by_gauss, has_gauss
from numerics.means import averaged

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
    Claim("a log", Expectation(sp.log(x), x, laws.Gamma(a, b)), sp.digamma(a) - sp.log(b), WHERE),
    Claim("two logs", KL(laws.Beta(a, b), laws.Beta(1, 2)), sp.log(1 / (2 * sp.beta(a, b)))
          + (a - 1) * (sp.digamma(a) - sp.digamma(a + b)) + (b - 2) * (sp.digamma(b) - sp.digamma(a + b)), WHERE),
    Claim("a wave", Expectation(sp.cos(40 * x), x, laws.Exponential(a)), a**2 / (a**2 + 1600), WHERE),
    Claim("moving", Expectation(Expectation(y, y, laws.Uniform(0, x)), x, laws.Beta(a, b)), a / (2 * (a + b)), WHERE),
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


def test_the_evidence_says_by_what_it_is_bounded_or_that_it_is_an_estimate(monkeypatch):
    assert by_gauss().run(TRUE[0]).detail.endswith(f"; bounded: {means.EXACT}")
    averaged.cache_clear()
    monkeypatch.setattr(means, "_bounded", lambda expr, attempt: "no bound is tried")
    try:
        found = by_gauss().run(TRUE[0])
        assert isinstance(found, Agreement)
        assert found.detail.endswith("; an estimate, not a bound, at 8 of 8 points: no bound is tried")
    finally:
        averaged.cache_clear()


def test_a_rule_that_is_turned_round_is_caught(monkeypatch):
    """Planted: the parameters of Jacobi's rule swapped, the rate of Laguerre's for its scale."""
    swapped = {
        laws.Beta: lambda t, p, q: standard_laws._beta(t, q, p),
        laws.Gamma: lambda t, k, r: standard_laws._gamma(t, k, 1 / r),
    }
    monkeypatch.setattr(standard_laws, "_STANDARD", {**standard_laws._STANDARD, **swapped})
    averaged.cache_clear()
    try:
        claim = Claim("mean", Expectation(x, x, laws.Beta(a, b)), a / (a + b), WHERE)
        for one in (claim, TRUE[1]):
            assert isinstance(by_gauss().run(one), Counterexample), one.name
    finally:
        averaged.cache_clear()


def test_a_rule_is_not_offered_where_it_leaves_few_digits_or_there_is_none():
    assert not has_gauss(Claim("log", Expectation(sp.log(x**2), x, Normal(m, a)), a, WHERE))
    assert not has_gauss(Claim("wild", Expectation(sp.floor(40 * x), x, laws.Exponential(a)), a, WHERE))
    assert not has_gauss(Claim("none", Expectation(x, x, laws.Cauchy(a, b)), a, WHERE))
    assert not has_gauss(
        Claim("moving", Expectation(Expectation(y, y, laws.Gamma(x, 1)), x, laws.Beta(a, b)), a, WHERE)
    )
    with pytest.raises(TypeError, match="no numbers"):
        quadrature.estimated(Expectation(x, x, laws.Gamma(a, 1)))


def test_the_catalogue_has_rules_of_every_kind():
    offered = [d.claim for d in derivations() if "quadrature" in [route.name for route in routes(d.claim.name)]]
    kinds = {type(law) for claim in offered for law in claim.left.atoms(laws.Family, Normal)}
    assert {Normal, laws.Gamma, laws.Beta, laws.Uniform, laws.Exponential} <= kinds
    assert len(offered) > 40


def test_the_catalogues_gauss_routes_carry_bounds_that_meet_the_definition():
    rows = measured(12)
    assert len(rows) == 12
    assert all(row.bounded == row.points for row in rows)
    assert all(row.met == row.enclosed for row in rows)
    assert sum(row.met for row in rows) >= 24
    assert {row.by for row in rows} == {means.EXACT, means.REMAINDER}
    assert all(row.widest < 1e-20 for row in rows)


def test_a_bound_that_lies_is_counted_as_missed(monkeypatch):
    """Planted: a millionth is added to every value, its radius left as it was."""
    right = means.averaged

    def lying(expr, attempt=0):
        found = right(expr, attempt)
        return replace(found, ball=found.ball * arb("1.000001") + arb("1e-6"))

    monkeypatch.setattr(bounded_routes, "averaged", lying)
    assert [(row.met, row.enclosed) for row in measured(3)] == [(0, 8)] * 3
