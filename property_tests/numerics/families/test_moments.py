"""Moments from densities: every mass is one, and every moment is that of another implementation."""

from random import Random

import pytest
import scipy.stats as st
import sympy as sp
from flint import arb, fmpq

from claims import laws
from claims.domains import Integer, OpenUnit, Positive
from claims.laws import FAMILIES, Written, density_of, support_of
from claims.notation import Normal
from numerics.balls import Undetermined, enclose
from numerics.families import moments
from numerics.families.admissible import is_admissible, point

SYMBOLS = sp.symbols("a b c", real=True)


def law_of(family):
    return family(*SYMBOLS[: len(family.parameters)])


def points(law, count, seed=1):
    random = Random(seed)
    found = (point(SYMBOLS[: len(law.args)], [law], {}, frozenset(), frozenset(), (), n, random) for n in range(count))
    return [at for at in found if at is not None]


@pytest.mark.parametrize("family", [*FAMILIES], ids=lambda f: f.__name__)
def test_every_law_has_mass_one(family):
    law = law_of(family)
    tried = points(law, 6)
    assert len(tried) >= 4
    for at in tried:
        mass = enclose(moments.total_mass(law), at=at)
        assert mass.overlaps(arb(1)) and mass.rad() < arb(2) ** -20


def test_the_normal_law_has_mass_one():
    law = Normal(SYMBOLS[0], SYMBOLS[1])
    for at in points(law, 6):
        assert enclose(moments.total_mass(law), at=at).overlaps(arb(1))


# law at exact parameters, the same law in scipy, whether four moments exist
TWINS = [
    (laws.Bernoulli(sp.Rational(3, 10)), st.bernoulli(0.3)),
    (laws.Binomial(7, sp.Rational(3, 10)), st.binom(7, 0.3)),
    (laws.Poisson(sp.Rational(7, 3)), st.poisson(7 / 3)),
    (laws.Geometric(sp.Rational(2, 5)), st.geom(0.4)),
    (laws.GeometricFailures(sp.Rational(2, 5)), st.geom(0.4, loc=-1)),
    (laws.NegativeBinomial(sp.Rational(5, 2), sp.Rational(2, 5)), st.nbinom(2.5, 0.4)),
    (laws.NegativeBinomialTrials(3, sp.Rational(2, 5)), st.nbinom(3, 0.4, loc=3)),
    (laws.DiscreteUniform(-2, 5), st.randint(-2, 6)),
    (laws.BetaBinomial(6, sp.Rational(3, 2), sp.Rational(5, 3)), st.betabinom(6, 1.5, 5 / 3)),
    (laws.Uniform(sp.Rational(-1, 3), 2), st.uniform(-1 / 3, 7 / 3)),
    (laws.Exponential(sp.Rational(7, 3)), st.expon(scale=3 / 7)),
    (laws.Gamma(sp.Rational(7, 3), sp.Rational(5, 2)), st.gamma(7 / 3, scale=0.4)),
    (laws.InverseGamma(sp.Rational(29, 5), sp.Rational(3, 2)), st.invgamma(5.8, scale=1.5)),
    (laws.Beta(sp.Rational(3, 2), sp.Rational(7, 3)), st.beta(1.5, 7 / 3)),
    (laws.ChiSquared(sp.Rational(7, 2)), st.chi2(3.5)),
    (laws.F(sp.Rational(7, 2), sp.Rational(23, 2)), st.f(3.5, 11.5)),
    (laws.StudentT(sp.Rational(17, 3)), st.t(17 / 3)),
    (laws.Laplace(sp.Rational(1, 3), sp.Rational(3, 2)), st.laplace(1 / 3, 1.5)),
    (laws.LogNormal(sp.Rational(1, 5), sp.Rational(1, 4)), st.lognorm(0.5, scale=2.718281828459045**0.2)),
    (laws.Logistic(sp.Rational(1, 3), sp.Rational(3, 4)), st.logistic(1 / 3, 0.75)),
    (laws.Pareto(sp.Rational(3, 2), sp.Rational(29, 5)), st.pareto(5.8, scale=1.5)),
    (laws.Weibull(sp.Rational(7, 3), sp.Rational(3, 2)), st.weibull_min(7 / 3, scale=1.5)),
    (laws.Rayleigh(sp.Rational(3, 2)), st.rayleigh(scale=1.5)),
    (laws.InverseGaussian(sp.Rational(3, 2), sp.Rational(7, 2)), st.invgauss(3 / 7, scale=3.5)),
    (laws.Wigner(sp.Rational(3, 2)), st.semicircular(scale=1.5)),
    (Normal(sp.Rational(1, 3), sp.Rational(9, 4)), st.norm(1 / 3, 1.5)),
]
named = pytest.mark.parametrize(("law", "twin"), TWINS, ids=lambda v: type(v).__name__ if hasattr(v, "args") else "")


def near(ball: arb, value: float) -> bool:
    return abs(float(ball.mid()) - value) <= 1e-6 * max(1, abs(value))


@named
def test_mean_variance_skewness_and_kurtosis_are_those_of_scipy(law, twin):
    mean, variance, skewness, excess = (float(m) for m in twin.stats(moments="mvsk"))
    assert near(enclose(moments.mean(law)), mean)
    assert near(enclose(moments.variance(law)), variance)
    assert near(enclose(moments.skewness(law)), skewness)
    assert near(enclose(moments.kurtosis(law)), excess + 3)


@named
def test_the_entropy_is_that_of_scipy_in_nats(law, twin):
    assert near(enclose(moments.entropy(law)), float(twin.entropy()))


@named
def test_density_and_distribution_function_are_those_of_scipy(law, twin):
    whole = support_of(law).whole
    place = sp.Integer(3) if whole else sp.Rational(8, 5) if isinstance(law, laws.Pareto) else sp.Rational(5, 7)
    place = sp.Integer(1) if isinstance(law, laws.Bernoulli) else place
    value = float(place)
    assert near(enclose(density_of(law, place)), float(twin.pmf(value) if whole else twin.pdf(value)))
    assert near(enclose(moments.cdf(law, place)), float(twin.cdf(value)))


def test_a_moment_that_does_not_exist_has_no_value():
    for expression in (moments.mean(laws.Cauchy(0, 1)), moments.variance(laws.StudentT(sp.Rational(3, 2))),
                       moments.mean(laws.Pareto(1, sp.Rational(1, 2))), moments.mgf(laws.Exponential(1), sp.S(2)),
                       moments.mgf(laws.LogNormal(0, 1), sp.Rational(1, 2))):  # fmt: skip
        with pytest.raises(Undetermined):
            enclose(expression)


def test_divergences_are_zero_for_a_law_from_itself_and_positive_otherwise():
    p, q = laws.Gamma(sp.Rational(3, 2), 2), laws.Gamma(2, sp.Rational(5, 3))
    assert enclose(moments.kl(p, p)).contains(0)
    assert enclose(moments.kl(p, q)) > 0
    assert near(enclose(moments.kl(Normal(0, 1), Normal(1, 4))), 0.4431471805599453)


def test_generating_functions_at_zero_and_one_are_one():
    law = laws.Poisson(sp.Rational(7, 3))
    assert enclose(moments.mgf(law, sp.S.Zero)).overlaps(arb(1))
    assert enclose(moments.pgf(law, sp.S.One)).overlaps(arb(1))
    real, imaginary = moments.characteristic_function(Normal(0, 1), sp.S.One)
    assert near(enclose(real), 0.6065306597126334) and enclose(imaginary).contains(0)


def test_points_keep_the_domains_of_the_parameters():
    for family in FAMILIES:
        law = law_of(family)
        for at in points(law, 5, seed=3):
            for symbol, (_, domain) in zip(SYMBOLS, family.parameters, strict=False):
                value = at[symbol]
                assert not isinstance(domain, Positive) or value > 0
                assert not isinstance(domain, OpenUnit) or 0 < value < 1
                assert not isinstance(domain, Integer) or value.q == 1
    assert not is_admissible(laws.Gamma(*SYMBOLS[:2]), {SYMBOLS[0]: fmpq(-1), SYMBOLS[1]: fmpq(1)})
    assert not is_admissible(laws.Uniform(*SYMBOLS[:2]), {SYMBOLS[0]: fmpq(2), SYMBOLS[1]: fmpq(1)})


def test_a_written_density_with_a_corner_is_cut_there():
    a, x = sp.Symbol("a", real=True), sp.Symbol("x", real=True)
    formula = sp.Lambda(x, sp.exp(-sp.Abs(x - a)) / 2)
    law = Written(sp.Tuple(sp.Tuple(formula, -sp.oo, sp.oo)), sp.false, sp.Tuple(), sp.Tuple())
    at = {a: fmpq(1, 3)}
    assert enclose(moments.total_mass(law), at=at).overlaps(arb(1))
    assert enclose(moments.variance(law), at=at).overlaps(arb(2))
    assert not enclose(moments.mean(law), at=at).overlaps(arb(0))


def test_beyond_its_support_a_law_has_no_further_mass():
    p = SYMBOLS[0]
    for law, end in ((laws.Bernoulli(p), 1), (laws.Binomial(sp.Integer(3), p), 3)):
        whole, further = (enclose(moments.cdf(law, sp.Integer(end + n)), at={p: fmpq(2, 5)}) for n in (0, 2))
        assert abs(whole - 1) < 1e-12 and whole.overlaps(further)
        assert laws.is_outside(law, sp.Integer(end + 1)) and laws.is_outside(law, sp.Rational(1, 2))
        assert not laws.is_outside(law, sp.Integer(end)) and not laws.is_outside(law, p)
