"""Draws follow their law: the distribution functions of SciPy, which shares no code with the samplers, decide.

Each check rejects a true law once in a million (alpha 1e-6), and each is shown a law with one parameter changed, which
it must reject at the same number of draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import scipy.stats as st
import sympy as sp
import torch

from claims import laws
from claims.notation import Normal
from numerics.sampling import structured
from numerics.sampling.samplers import logistic_normal, sampler
from numerics.sampling.streams import Stream

N = 20_000
ALPHA = 1e-6
half = sp.Rational(1, 2)


@dataclass(frozen=True)
class Row:
    law: object
    oracle: object
    mutant: object
    """The oracle with a parameter misread: a variance for a deviation, a rate for a scale, one trial less."""


CONTINUOUS = [
    Row(Normal(1, 4), st.norm(1, 2), st.norm(1, 4)),
    Row(laws.LogNormal(half, half**2), st.lognorm(0.5, scale=np.exp(0.5)), st.lognorm(0.25, scale=np.exp(0.5))),
    Row(laws.Uniform(-1, 3), st.uniform(-1, 4), st.uniform(-1, 3)),
    Row(laws.Exponential(2), st.expon(scale=0.5), st.expon(scale=2)),
    Row(laws.Laplace(1, 2), st.laplace(1, 2), st.laplace(1, np.sqrt(2))),
    Row(laws.Logistic(1, 2), st.logistic(1, 2), st.logistic(1, 4)),
    Row(laws.Cauchy(1, 2), st.cauchy(1, 2), st.cauchy(1, 4)),
    Row(laws.Pareto(2, 3), st.pareto(3, scale=2), st.pareto(2, scale=2)),
    Row(laws.Weibull(3 * half, 2), st.weibull_min(1.5, scale=2), st.weibull_min(1.5, scale=0.5)),
    Row(laws.Rayleigh(2), st.rayleigh(scale=2), st.rayleigh(scale=4)),
    Row(laws.Gamma(half, 2), st.gamma(0.5, scale=0.5), st.gamma(0.5, scale=2)),
    Row(laws.Gamma(7 * half, 2), st.gamma(3.5, scale=0.5), st.gamma(3.5, scale=2)),
    Row(laws.InverseGamma(3, 2), st.invgamma(3, scale=2), st.invgamma(3, scale=0.5)),
    Row(laws.ChiSquared(3), st.chi2(3), st.chi2(2)),
    Row(laws.Beta(half, 2), st.beta(0.5, 2), st.beta(2, 0.5)),
    Row(laws.F(3, 5), st.f(3, 5), st.f(5, 3)),
    Row(laws.StudentT(3), st.t(3), st.norm()),
    Row(laws.InverseGaussian(2, 3), st.invgauss(2 / 3, scale=3), st.invgauss(3 / 2, scale=2)),
    Row(laws.Wigner(2), st.semicircular(scale=2), st.semicircular(scale=4)),
]
WHOLE = [
    Row(laws.Bernoulli(sp.Rational(1, 3)), st.bernoulli(1 / 3), st.bernoulli(2 / 3)),
    Row(laws.Binomial(7, sp.Rational(1, 3)), st.binom(7, 1 / 3), st.binom(6, 1 / 3)),
    Row(laws.Poisson(7 * half), st.poisson(3.5), st.poisson(3)),
    Row(laws.Geometric(sp.Rational(1, 3)), st.geom(1 / 3), st.geom(1 / 3, loc=-1)),
    Row(laws.GeometricFailures(sp.Rational(1, 3)), st.geom(1 / 3, loc=-1), st.geom(1 / 3)),
    Row(laws.NegativeBinomial(5 * half, sp.Rational(1, 3)), st.nbinom(2.5, 1 / 3), st.nbinom(2.5, 2 / 3)),
    Row(laws.NegativeBinomialTrials(3, sp.Rational(1, 3)), st.nbinom(3, 1 / 3, loc=3), st.nbinom(3, 1 / 3)),
    Row(laws.DiscreteUniform(-2, 5), st.randint(-2, 6), st.randint(-2, 5)),
    Row(laws.BetaBinomial(6, 2, 3), st.betabinom(6, 2, 3), st.betabinom(6, 3, 2)),
]


def draws(law) -> np.ndarray:
    return sampler(law).draw(Stream("samplers"), torch.arange(N), 0).numpy()


def chance_of(values: np.ndarray, oracle) -> float:
    """The p-value of a chi-square test on the outcomes that are expected at least five times, the rest as one."""
    outcomes = np.arange(min(values.min(), -3), max(values.max(), 12) + 1)
    expected = N * oracle.pmf(outcomes)
    often = expected >= 5
    seen = np.array([(values == k).sum() for k in outcomes[often]])
    rest = N - expected[often].sum()
    if rest > 1e-6 * N or seen.sum() < N:
        seen, expected = np.append(seen, N - seen.sum()), np.append(expected[often], max(rest, 1e-300))
    else:
        expected = expected[often]
    return float(st.chi2.sf(((seen - expected) ** 2 / expected).sum(), len(seen) - 1))


name = lambda row: str(row.law)  # noqa: E731


@pytest.mark.parametrize("row", CONTINUOUS, ids=name)
def test_continuous_laws(row):
    values = draws(row.law)
    assert st.kstest(values, row.oracle.cdf).pvalue > ALPHA
    assert st.kstest(values, row.mutant.cdf).pvalue < ALPHA


@pytest.mark.parametrize("row", WHOLE, ids=name)
def test_whole_number_laws(row):
    values = draws(row.law)
    assert chance_of(values, row.oracle) > ALPHA
    assert chance_of(values, row.mutant) < ALPHA


def test_every_named_law_has_a_sampler_that_is_tested():
    assert {type(row.law) for row in (*CONTINUOUS, *WHOLE)} == {*laws.FAMILIES, Normal}


# Vectors and finite sets.


def drawn(one) -> torch.Tensor:
    return one.draw(Stream("structured"), torch.arange(N), 0)


def far_off(values: torch.Tensor, expected: torch.Tensor) -> bool:
    """Whether a mean, of any coordinate, is further from the expected one than chance allows (alpha 1e-6 for each)."""
    spread = values.std(0) / N**0.5
    return bool(((values.mean(0) - expected).abs() > 4.9 * spread + 1e-12).any())


P = torch.tensor([0.2, 0.5, 0.3], dtype=torch.float64)


def test_categorical_multinomial_and_empirical():
    outcome = torch.nn.functional.one_hot(drawn(structured.categorical(P)).long()).double()
    assert not far_off(outcome, P)
    assert far_off(outcome, P.flip(0))
    counts = drawn(structured.multinomial(4, P))
    assert (counts.sum(1) == 4).all()
    assert not far_off(counts, 4 * P)
    assert not far_off((counts[:, 0] - 0.8) * (counts[:, 1] - 2.0), torch.tensor(-4 * 0.2 * 0.5))  # −n π_i π_j
    assert far_off((counts[:, 0] - 0.8) * (counts[:, 1] - 2.0), torch.tensor(4 * 0.2 * 0.5))
    data = torch.tensor([[1.0, 2.0], [3.0, 5.0]], dtype=torch.float64)
    assert not far_off(drawn(structured.empirical(data)), data.mean(0))
    with pytest.raises(ValueError, match="sum to 1"):
        structured.categorical(2 * P)


def test_multivariate_normal_and_dirichlet():
    mean, cov = torch.tensor([1.0, -2.0]).double(), torch.tensor([[2.0, 0.6], [0.6, 1.0]]).double()
    values = drawn(structured.multivariate_normal(mean, cov))
    products = ((values - mean)[:, :, None] * (values - mean)[:, None, :]).flatten(1)
    assert not far_off(values, mean)
    assert not far_off(products, cov.flatten())
    assert far_off(products, (cov @ cov).flatten())
    alpha = torch.tensor([0.5, 2.0, 1.5]).double()
    weights = drawn(structured.dirichlet(alpha))
    assert torch.allclose(weights.sum(1), torch.ones(N, dtype=torch.float64))
    assert st.kstest(weights[:, 0].numpy(), st.beta(0.5, 3.5).cdf).pvalue > ALPHA
    assert st.kstest(weights[:, 0].numpy(), st.beta(0.5, 3.0).cdf).pvalue < ALPHA


def test_boltzmann_exponential_family_and_logistic_normal():
    energies = torch.tensor([0.0, 1.0, 3.0]).double()
    states = torch.nn.functional.one_hot(drawn(structured.boltzmann(energies, 2.0)).long()).double()
    assert not far_off(states, torch.exp(-energies / 2) / torch.exp(-energies / 2).sum())
    assert far_off(states, torch.exp(-energies) / torch.exp(-energies).sum())
    k = torch.arange(4).double()
    binomial = structured.exponential_family(torch.tensor([1.0, 3, 3, 1]), k[:, None], torch.tensor([0.7]))
    assert not far_off(drawn(binomial), 3 * torch.sigmoid(torch.tensor(0.7).double()))
    assert far_off(drawn(binomial), 3 * torch.sigmoid(torch.tensor(0.5).double()))
    odds = torch.logit(drawn(logistic_normal(0.5, 2.0))).numpy()
    assert st.kstest(odds, st.norm(0.5, 2**0.5).cdf).pvalue > ALPHA
    assert st.kstest(odds, st.norm(0.5, 2.0).cdf).pvalue < ALPHA
