"""SciPy's laws are ours by another name: their means meet closed forms, and a law meant otherwise is refuted."""

from __future__ import annotations

import pytest
import sympy as sp

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Variable, symbols_of
from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.notation import KL, Covariance, Density, Entropy, Expectation, Normal, Variance
from claims.records import replace
from numerics.by_scipy import _LAWS, asked, by_scipy
from numerics.points import CALM
from numerics.routes import agreed_digits
from numerics.undetermined import Undetermined
from numerics.written import worth

WHERE = (Variable("a", Positive(), "a"), Variable("b", Positive(), "b"))
a, b = symbols_of(WHERE)
x = sp.Symbol("x", real=True)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
SAMPLES = [
    Normal(1, 4), laws.Bernoulli(THIRD), laws.Binomial(5, THIRD), laws.Poisson(3), laws.Geometric(THIRD),
    laws.GeometricFailures(THIRD), laws.NegativeBinomial(3, HALF), laws.NegativeBinomialTrials(3, HALF),
    laws.DiscreteUniform(2, 6), laws.BetaBinomial(4, 2, 3), laws.Uniform(-1, 3), laws.Exponential(2), laws.Gamma(3, 2),
    laws.InverseGamma(4, 2), laws.Beta(2, 3), laws.ChiSquared(5), laws.StudentT(6), laws.Laplace(1, 2),
    laws.Pareto(2, 5), laws.Weibull(2, 3), laws.Rayleigh(2),
    laws.InverseGaussian(2, 3), laws.Wigner(2),
]  # fmt: skip


@pytest.mark.parametrize("law", SAMPLES, ids=str)
def test_a_law_of_scipy_has_the_density_that_ours_has(law):
    """E[X² + X] of a law with a mean by SciPy, and by sums and integrals of the density of ``claims.laws``."""
    mean = Expectation(x**2 + x, x, law)
    assert float(asked(mean).mid()) == pytest.approx(float(worth(mean, {}, (), 128).mid()), rel=1e-6)


MOMENTS = [
    (laws.Logistic(1, HALF), 1, sp.pi**2 / 12),
    (laws.LogNormal(0, THIRD), sp.exp(THIRD / 2), (sp.exp(THIRD) - 1) * sp.exp(THIRD)),
]


@pytest.mark.parametrize(("law", "mean", "variance"), MOMENTS, ids=str)
def test_a_law_of_scipy_has_the_moments_that_ours_has(law, mean, variance):
    assert float(asked(Expectation(x, x, law)).mid()) == pytest.approx(float(mean), rel=1e-6)
    assert float(asked(Variance(x, x, law)).mid()) == pytest.approx(float(variance), rel=1e-5)


def test_scipy_has_no_quantiles_of_the_f_law_far_out_and_says_so():
    assert _LAWS[laws.F](6.0, 9.0).mean() == pytest.approx(9 / 7)
    with pytest.raises(Undetermined):
        asked(Expectation(x, x, laws.F(6, 9)))


RIGHT = [
    (Entropy(laws.Gamma(a, b)), a - sp.log(b) + sp.log(sp.gamma(a)) + (1 - a) * sp.digamma(a)),
    (KL(laws.Poisson(a), laws.Poisson(b)), a * sp.log(a / b) - a + b),
    (Variance(x, x, laws.Beta(a, b)), a * b / ((a + b) ** 2 * (a + b + 1))),
    (Covariance(x, sp.Abs(x), x, Normal(0, a**2)), sp.S.Zero),
]


@pytest.mark.parametrize(("left", "right"), RIGHT, ids=str)
def test_right_forms_agree_and_slips_are_refuted(left, right):
    route, claim = by_scipy(CALM, 8), Claim("probe", left, right, WHERE)
    assert isinstance(route.run(claim), Agreement)
    for slip in (right + sp.Rational(1, 1000), 2 * right + 1):
        assert isinstance(route.run(replace(claim, right=slip)), Counterexample)


def test_what_scipy_is_not_asked_is_inconclusive():
    claim = Claim("probe", Density(Normal(0, a), b), a, WHERE)
    assert isinstance(by_scipy(CALM, 8).run(claim), Inconclusive)


def test_a_mean_that_does_not_exist_is_known_to_no_digit_though_its_halves_cancel():
    assert agreed_digits(asked(Expectation(x, x, laws.Cauchy(0, 1)))) < 1
    assert agreed_digits(asked(Expectation(1 / x, x, laws.Gamma(HALF, 1)))) < 1
