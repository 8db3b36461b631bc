"""Variance reduction keeps the mean and takes off the error that it says; what would bias it is caught."""

from __future__ import annotations

from math import exp, sqrt

import pytest
import torch

from claims import laws
from claims.notation import NamedLaw, Normal
from numerics.sampling.quantiles import quantile
from numerics.sampling.reduction import Reduced, antithetic, controlled, gain, plain, quasi, together
from numerics.sampling.samplers import sampler
from numerics.sampling.sequences import two_sided
from numerics.sampling.streams import Stream
from property_tests.numerics.sampling.test_samplers import CONTINUOUS, WHOLE

STREAM = Stream("reduction")
N = 2**14
MEAN = exp(0.5)
"""E e^Z for a standard normal Z."""
Z = quantile(Normal(0, 1))


def exponential(u: torch.Tensor) -> torch.Tensor:
    return torch.exp(Z(u[:, 0]))


def near(found: Reduced, mean: float) -> bool:
    """Within the interval at 1e-6, of t's law for the few replicates of a net (15 degrees of freedom)."""
    from scipy.stats import t

    far = float(t.isf(5e-7, found.moments.n - 1)) if found.moments.n < 1000 else two_sided(1e-6)
    return abs(found.moments.mean - mean) <= far * found.moments.deviation / sqrt(found.moments.n)


WAYS = {
    "plain": lambda f: plain(f, 1, N, STREAM),
    "antithetic": lambda f: antithetic(f, 1, N, STREAM),
    "controlled": lambda f: controlled(f, lambda u: Z(u[:, 0]), 0.0, 1, N, STREAM),
    "quasi": lambda f: quasi(f, 1, N, STREAM),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_way_finds_the_mean_and_rejects_one_that_is_off(name):
    found = WAYS[name](exponential)
    assert near(found, MEAN)
    assert not near(found, MEAN * 1.15)
    assert found.moments.n * found.evaluations_each == N


def test_the_gains_are_what_theory_says():
    """e^Z has variance e² − e; a pair's covariance is 1 − e, that with Z is √e.

    Where f is smooth, a net's variance falls as n⁻³: 1024 points gain some 10⁶, and sixteen replicates tell that to a
    factor of three.
    """
    base = WAYS["plain"](exponential)
    e = exp(1)
    assert gain(WAYS["antithetic"](exponential), base) == pytest.approx((e * e - e) / (e * e - 2 * e + 1), rel=0.2)
    assert gain(WAYS["controlled"](exponential), base) == pytest.approx((e * e - e) / (e * e - 2 * e), rel=0.2)
    smooth = quasi(lambda u: u[:, 0] ** 2, 1, N, STREAM)
    assert gain(smooth, plain(lambda u: u[:, 0] ** 2, 1, N, STREAM)) > 1e5
    assert gain(WAYS["quasi"](exponential), base) > 1
    odd = antithetic(lambda u: Z(u[:, 0]) ** 3, 1, N, STREAM)
    assert odd.variance_of_one < 1e-20


def test_a_control_whose_mean_is_wrong_biases_and_is_seen():
    assert not near(controlled(exponential, lambda u: Z(u[:, 0]), 0.1, 1, N, STREAM), MEAN)
    with pytest.raises(ValueError, match="constant"):
        controlled(exponential, lambda u: torch.ones(len(u), dtype=torch.float64), 1.0, 1, N, STREAM)


def test_a_net_in_three_dimensions_repeats_and_needs_replicates():
    def product(u: torch.Tensor) -> torch.Tensor:
        return (1 + (u - 0.5)).prod(1)

    found = quasi(product, 3, N, STREAM)
    assert near(found, 1.0)
    assert gain(found, plain(product, 3, N, STREAM)) > 100
    assert quasi(product, 3, N, STREAM) == found != quasi(product, 3, N, Stream("another"))
    with pytest.raises(ValueError, match="at least 16"):
        quasi(product, 3, N, STREAM, replicates=4)


def test_parts_are_merged():
    halves = [plain(exponential, 1, N, Stream(f"half {i}")) for i in range(2)]
    assert together(halves).moments.n == 2 * N


@pytest.mark.parametrize("row", (*CONTINUOUS, *WHOLE), ids=lambda row: str(row.law))
def test_the_quantiles_of_a_law_are_those_of_its_draws(row):
    """The share of draws below the quantile at u: binomial, five standard errors (6e-7)."""
    values = sampler(row.law).draw(Stream("quantiles"), torch.arange(20_000), 0)
    for u in (0.1, 0.5, 0.9):
        place = float(quantile(row.law)(torch.tensor([u], dtype=torch.float64)))
        share, below = float((values <= place).double().mean()), float((values < place).double().mean())
        slack = 5 * sqrt(u * (1 - u) / 20_000)
        assert below - slack <= u <= share + slack


def test_a_law_known_by_name_has_no_quantiles():
    with pytest.raises(TypeError, match="p has no quantile"):
        quantile(NamedLaw("p"))
    assert quantile(laws.Exponential(2))(torch.tensor([0.5], dtype=torch.float64)).item() == pytest.approx(0.34657359)
