"""Sums of draws whose law is known: recognised by their form, missed no more often than promised, said in the evidence.

Each check of a frequency rejects a true one once in a million (an exact binomial law), and a mutant is shown to it.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
import sympy as sp
import torch
from scipy.stats import binom

from claims import laws
from claims.claim import Claim
from claims.domains import OpenUnit, Positive, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import Density, Expectation, Normal
from claims.records import replace
from numerics.sampling import estimates, exact_laws
from numerics.sampling.estimates import Sampling, estimate
from numerics.sampling.exact_laws import CHI_SQUARED, CLOPPER_PEARSON, GAMMA, GARWOOD, NORMAL, of_law, of_outcomes
from numerics.sampling.moments import Moments
from numerics.sampling.route import by_sampling
from numerics.sampling.samplers import sampler
from numerics.sampling.sequences import MeanPlan, two_sided
from numerics.sampling.streams import Stream

x = sp.Symbol("x", real=True)
half = sp.Rational(1, 2)
RUNS, N, ALPHA = 20_000, 12, 1e-3
CASES = {
    "a share": (3 * x - 1, laws.Bernoulli(sp.Rational(1, 10)), sp.Rational(-7, 10), CLOPPER_PEARSON),
    "a binomial sum": (x, laws.Binomial(3, sp.Rational(1, 20)), sp.Rational(3, 20), CLOPPER_PEARSON),
    "a count": (2 - x, laws.Poisson(sp.Rational(1, 5)), sp.Rational(9, 5), GARWOOD),
    "waiting": (x, laws.Exponential(2), half, GAMMA),
    "waiting longer": (1 + x / 2, laws.Gamma(half, 1), sp.Rational(5, 4), GAMMA),
    "a log density": (-sp.log(Density(laws.Exponential(2), x)), laws.Exponential(2), 1 - sp.log(2), GAMMA),
    "squares of normals": (x, laws.ChiSquared(1), sp.Integer(1), GAMMA),
    "a normal sum": (5 - x, Normal(1, 4), sp.Integer(4), NORMAL),
    "a normal spread": (x**2 - 2 * x + 3, Normal(1, 4), sp.Integer(6), CHI_SQUARED),
    "a normal entropy": (-sp.log(Density(Normal(1, 4), x)), Normal(1, 4), (sp.log(8 * sp.pi) + 1) / 2, CHI_SQUARED),
}
named = pytest.mark.parametrize("name", CASES)


def too_often(misses: int, runs: int, alpha: float) -> bool:
    return binom.sf(misses - 1, runs, alpha) < 1e-6


def missed(name: str, alpha: float, runs: int = RUNS, off: float = 0.0) -> tuple[int, int]:
    """How often the exact interval misses the mean, and how often a z interval does, of ``runs`` means of 12 draws."""
    f, law, mean, _ = CASES[name]
    known = of_law(f, x, law)
    values = sampler(law).draw(Stream(f"exact {name}"), torch.arange(runs * N), 0).numpy().reshape(runs, N)
    height = (
        known.start + known.slope * values
        if known.name != CHI_SQUARED
        else known.start + known.slope * (values - float(law.mean)) ** 2
    )
    true, means = float(mean) + off, height.mean(1)
    ends = {m: known.ends(Moments(N, m, 0.0), alpha) for m in map(float, means)}
    exact = sum(not ends[m][0] <= true <= ends[m][1] for m in map(float, means))
    rough = abs(means - true) > two_sided(alpha) * height.std(1, ddof=1) / sqrt(N)
    return int(exact), int(rough.sum())


@named
def test_a_sum_of_known_law_is_recognised(name):
    f, law, _, by = CASES[name]
    assert of_law(f, x, law).name == by


@pytest.mark.parametrize(
    ("f", "law"),
    [(x**2, Normal(1, 4)), (x**3, Normal(0, 1)), (sp.exp(x), Normal(0, 1)), (x**2, laws.Exponential(1)),
     (x, laws.Laplace(0, 1)), (x, laws.Uniform(0, 1)), (sp.log(x), laws.Gamma(2, 1)), (sp.S.One, laws.Poisson(1)),
     (x, laws.Poisson(sp.Symbol("r", positive=True))), (sp.Abs(x), Normal(0, 1))],
)  # fmt: skip
def test_a_sum_of_another_law_is_not(f, law):
    assert of_law(f, x, law) is None


@named
def test_the_interval_misses_no_more_often_than_it_says_and_a_z_interval_does(name):
    exact, rough = missed(name, ALPHA)
    assert not too_often(exact, RUNS, ALPHA)
    assert too_often(rough, RUNS, ALPHA)


@named
def test_a_mean_that_is_off_is_missed(name):
    """Planted: a mean that is off by three deviations of a draw, at twelve draws."""
    f, law, _, _ = CASES[name]
    known = of_law(f, x, law)
    spread = float(sampler(law).draw(Stream("spread"), torch.arange(50_000), 0).var()) ** 0.5
    if known.name == CHI_SQUARED:
        spread = sqrt(2) * float(law.variance)
    off = 3 * abs(known.slope) * spread
    hits, _ = missed(name, 0.05, 2000, off if name != "a count" else -off)
    assert hits > 200


@pytest.mark.parametrize(
    ("name", "mutant"),
    [("a count", lambda low, high: (low * 1.4, high / 1.4)), ("waiting", lambda low, high: (low * 1.3, high / 1.3)),
     ("a normal spread", lambda low, high: (low * 1.3, high / 1.3)),
     ("a normal sum", lambda low, high: (low + 0.4, high - 0.4))],
)  # fmt: skip
def test_an_interval_that_is_too_narrow_is_caught(name, mutant, monkeypatch):
    f, law, _, _ = CASES[name]
    known = of_law(f, x, law)
    narrow = replace(known, interval=lambda m, n, alpha: mutant(*known.interval(m, n, alpha)))
    monkeypatch.setattr(f"{__name__}.of_law", lambda *_: narrow)
    assert too_often(missed(name, ALPHA)[0], RUNS, ALPHA)


def test_two_values_over_outcomes_are_a_count_and_three_are_not():
    found = of_outcomes(torch.tensor([1.0, 4.0, 1.0 + 1e-15, 4.0], dtype=torch.float64))
    assert (found.name, found.start, found.slope) == (CLOPPER_PEARSON, 1.0, 3.0)
    low, high = found.ends(Moments(1000, 1.03, 0.0), 1e-9)
    assert 1 < low < 1.03 < high < 1.2
    assert of_outcomes(torch.tensor([1.0, 4.0, 2.0], dtype=torch.float64)) is None
    assert of_outcomes(torch.tensor([1.0, 1.0], dtype=torch.float64)) is None
    assert of_outcomes(torch.tensor([1.0, float("inf")], dtype=torch.float64)) is None


def test_a_sum_that_is_no_count_has_no_interval():
    known = of_law(x, x, laws.Poisson(2))
    assert known.ends(Moments(10, 2.05, 1.0), 0.01) is None
    assert known.ends(Moments(10, 2.1, 1.0), 0.01) is not None


# Routes.

WHERE = (Variable("p", OpenUnit()), Variable("r", Positive()))
p, r = symbols_of(WHERE)
RARE = Expectation(x, x, laws.Bernoulli(sp.Rational(1, 2000)))


def test_a_rare_event_is_decided_by_its_exact_law_and_refused_without_it(monkeypatch):
    bar = estimate(RARE, "rare", Sampling(), {})
    assert bar.laws == (CLOPPER_PEARSON,)
    assert bar.ball.contains(0.0005)
    assert not bar.ball.contains(0.001)
    monkeypatch.setattr(estimates, "_exact_law", lambda mean, wanted: None)
    with pytest.raises(estimates.Undetermined, match="or an exact law"):
        estimate(RARE, "rare", Sampling(), {})


@pytest.mark.parametrize(
    ("claim", "wrong", "by"),
    [(Claim("share", Expectation(x, x, laws.Bernoulli(p)), p, WHERE), p * sp.Rational(11, 10), CLOPPER_PEARSON),
     (Claim("count", Expectation(3 - x, x, laws.Poisson(r)), 3 - r, WHERE), 3 - r * sp.Rational(11, 10), GARWOOD)],
)  # fmt: skip
def test_the_evidence_of_a_route_says_which_law_decided(claim, wrong, by):
    found = by_sampling().run(claim)
    assert isinstance(found, Agreement)
    assert f"decided by {by} at 8 of 8 points" in found.detail
    assert isinstance(by_sampling().run(replace(claim, right=wrong)), Counterexample)


def test_a_normal_statistic_has_its_law_where_no_control_takes_it_over():
    how = Sampling(controls=False)
    for f, true, by in ((x, 1, NORMAL), ((x - 1) ** 2, 4, CHI_SQUARED)):
        bar = estimate(Expectation(f, x, Normal(1, 4)), "normal", how, {})
        assert bar.laws == (by,)
        assert bar.ball.contains(true)
        assert not bar.ball.contains(true + 0.5)
    assert estimate(Expectation(x, x, Normal(1, 4)), "normal", Sampling(), {}).laws == ()


def test_whole_routes_miss_no_more_often_than_they_say(monkeypatch):
    """At alpha 0.3, of which a route gives a look 1/18; planted: all of alpha at each end, a quarter of the radius."""
    how, true = Sampling(plan=MeanPlan(0.3, 0.3, 1e-2)), 0.25
    mean = Expectation(x, x, laws.Bernoulli(sp.Rational(1, 4)))

    def misses(runs: int) -> int:
        return sum(not estimate(mean, f"coverage {run}", how, {}).ball.contains(true) for run in range(runs))

    assert not too_often(misses(80), 80, 0.3)
    right = exact_laws.ExactLaw.ends

    def narrow(self, found, alpha):
        low, high = right(self, found, alpha)
        return found.mean + (low - found.mean) / 8, found.mean + (high - found.mean) / 8

    monkeypatch.setattr(exact_laws.ExactLaw, "ends", narrow)
    assert too_often(misses(80), 80, 0.3)


def test_float32_has_no_exact_law():
    assert estimate(RARE.func(x, x, laws.Poisson(1)), "single", Sampling(), {}).laws == (GARWOOD,)
    assert np.isfinite(float(estimate(Expectation(x, x, laws.Exponential(1)), "single",
                                      Sampling(precision="float32"), {}).ball.rad()))  # fmt: skip
    assert estimate(Expectation(x, x, laws.Exponential(1)), "s", Sampling(precision="float32"), {}).laws == ()
