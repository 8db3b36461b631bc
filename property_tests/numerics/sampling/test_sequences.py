"""Intervals hold as often as they say; the ones that don't are caught; tails too heavy for a mean are refused.

Each check of a frequency rejects a true one once in a million (an exact binomial law), and a mutant is shown to it.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
import torch
from scipy.stats import binom

from claims import laws
from numerics.sampling.heavy_tails import KEPT, MOST_FOR_A_MEAN, MOST_FOR_WEIGHTS, shape_of_tail, too_heavy
from numerics.sampling.moments import moments_of
from numerics.sampling.samplers import sampler
from numerics.sampling.sequences import (
    MeanPlan,
    binomial_interval,
    empirical_bernstein,
    exponential_interval,
    mixture_factor,
    not_yet_normal,
    quantile_moved,
    share,
    two_sided,
    variance_interval,
)
from numerics.sampling.streams import Stream

RUNS, N, ALPHA = 400, 2000, 0.05
AT_ALL = np.arange(10, N + 1)


def draws(law, rows: int = RUNS, columns: int = N) -> np.ndarray:
    return sampler(law).draw(Stream("sequences"), torch.arange(rows * columns), 0).numpy().reshape(rows, columns)


def too_often(misses: int, runs: int, alpha: float) -> bool:
    """Whether so many misses would come once in a million where each has chance alpha."""
    return binom.sf(misses - 1, runs, alpha) < 1e-6


def missed_somewhere(values: np.ndarray, mean: float, factor: np.ndarray) -> int:
    t = np.arange(1, N + 1)
    means = np.cumsum(values, 1) / t
    spread = np.sqrt(np.maximum(np.cumsum(values**2, 1) / t - means**2, 1e-12))
    return int((np.abs(means - mean) > factor * spread)[:, 9:].any(axis=1).sum())


def test_a_mixture_sequence_holds_at_all_times_together_and_a_fixed_interval_does_not():
    values = draws(laws.Beta(2, 5))
    t = np.arange(1, N + 1)
    assert not too_often(missed_somewhere(values, 2 / 7, mixture_factor(t, ALPHA, N)), RUNS, ALPHA)
    assert too_often(missed_somewhere(values, 2 / 7, two_sided(ALPHA) / np.sqrt(t)), RUNS, ALPHA)


@pytest.mark.parametrize(("alpha", "wider"), [(1e-9, 1.11), (1e-3, 1.28)])
def test_the_price_of_looking_all_the_time_is_what_it_is_said_to_be(alpha, wider):
    assert float(mixture_factor(10**6, alpha, 10**6)) * 1e3 / two_sided(alpha) == pytest.approx(wider, abs=0.01)


def test_an_empirical_bernstein_sequence_holds_at_all_times_and_one_without_its_log_does_not():
    values, missed, mutant = draws(laws.Bernoulli(1 / 2), 400), 0, 0
    for row in values:
        centre, radius = empirical_bernstein(row, ALPHA)
        missed += (np.abs(centre - 0.5) > radius).any()
        mutant += (np.abs(centre - 0.5) > radius / 3).any()
    assert not too_often(missed, 400, ALPHA)
    assert too_often(mutant, 400, ALPHA)
    with pytest.raises(ValueError, match="leave the bounds"):
        empirical_bernstein(np.array([0.5, 1.5]), ALPHA)


def test_a_bounded_range_is_only_a_change_of_scale():
    row = draws(laws.Beta(2, 5), 1)[0]
    centre, radius = empirical_bernstein(row, ALPHA)
    moved, wider = empirical_bernstein(3 * row - 1, ALPHA, -1, 2)
    assert np.allclose(moved, 3 * centre - 1)
    assert np.allclose(wider, 3 * radius)


def test_exact_intervals_hold_where_the_normal_law_lies():
    """Thirty exponential draws: a z interval at alpha 1e-3 misses several times too often, the gamma law never does."""
    values, alpha = draws(laws.Exponential(1), 20_000, 30), 1e-3
    means, spreads = values.mean(1), values.std(1, ddof=1)
    low, high = np.array([exponential_interval(30.0, 30, alpha)]).T
    assert not too_often(int(((means * low > 1) | (means * high < 1)).sum()), 20_000, alpha)
    assert too_often(int((abs(means - 1) > two_sided(alpha) * spreads / sqrt(30)).sum()), 20_000, alpha)
    hits = (values < 0.05).sum(1)
    p = 1 - np.exp(-0.05)
    ends = [binomial_interval(k, 30, alpha) for k in range(31)]
    assert not too_often(sum(not ends[k][0] <= p <= ends[k][1] for k in hits), 20_000, alpha)
    assert too_often(
        sum(abs(k / 30 - p) > two_sided(alpha) * sqrt(k / 30 * (1 - k / 30) / 30) for k in hits), 20_000, alpha
    )


def test_the_interval_of_a_variance():
    rows = Stream("variances").normals(0, 4000 * 12).reshape(4000, 12)
    found = [moments_of(row) for row in rows]
    ends = [variance_interval(m, ALPHA) for m in found]
    assert not too_often(sum(not low <= 1 <= high for low, high in ends), 4000, ALPHA)
    assert too_often(sum(not low <= 1.5 <= high for low, high in ends), 4000, ALPHA)


def test_the_budget_of_a_run_is_divided():
    assert share(50) == pytest.approx(2e-8)
    assert share(1) == 1e-6
    with pytest.raises(ValueError, match="checks=0"):
        share(0)


@pytest.mark.parametrize("plan", [MeanPlan(1e-9, 0.02, 1e-3), MeanPlan(1e-6, 0.1, 0.01)])
def test_n_is_fixed_before_looking_and_is_just_enough(plan):
    def needed(n: int) -> float:
        return float(mixture_factor(n, plan.alpha, n)) + 1.1 * two_sided(2 * plan.false_pass) / sqrt(n)

    assert needed(plan.n) <= plan.discrepancy < needed(int(plan.n / 1.03))
    assert f"n={plan.n}" in plan.detail
    with pytest.raises(ValueError, match="needs chances"):
        MeanPlan(0.0, plan.discrepancy, 0.1)


def test_a_planned_check_keeps_its_size_and_its_power():
    plan = MeanPlan(0.01, 0.2, 0.01)
    means = Stream("power").normals(0, 500 * plan.n).reshape(500, plan.n)
    radius = means.std(1) * float(mixture_factor(plan.n, plan.alpha, plan.n))
    right, wrong = abs(means.mean(1)) > radius, abs(means.mean(1) - plan.discrepancy) > radius
    assert not too_often(int(right.sum()), 500, plan.alpha)
    assert not too_often(500 - int(wrong.sum()), 500, plan.false_pass)
    half = abs(means.mean(1) - plan.discrepancy / 2) > radius
    assert too_often(500 - int(half.sum()), 500, plan.false_pass)


def test_skewed_means_are_refused_until_there_are_enough():
    """The skewness of an exponential law is 2, its excess kurtosis 6."""
    assert "take more draws" in not_yet_normal(6.1, 1000, 2, 6)
    assert not_yet_normal(6.1, 10**6, 2, 6) is None
    assert quantile_moved(6.1, 10**6, 0, 0) == 0


TAILS = [(laws.Exponential(1), 0.0), (laws.Pareto(1, 4), 0.25), (laws.Pareto(1, 1), 1.0), (laws.Uniform(0, 1), -1.0)]


@pytest.mark.parametrize(("law", "shape"), TAILS, ids=str)
def test_the_shape_of_a_tail_is_found(law, shape):
    """The estimate has a standard deviation of about (1 + k)/16; five of them, and a pull towards 1/2."""
    largest = np.sort(draws(law, 1, 60_000)[0])[-KEPT:]
    assert abs(shape_of_tail(largest) - shape) < 5 * (1 + abs(shape)) / 16 + 0.06


def test_heavy_weights_are_refused():
    heavy, light = (np.sort(draws(law, 1, 60_000)[0])[-KEPT:] for law in (laws.Pareto(1, 1), laws.Gamma(2, 1)))
    assert "above 0.7" in too_heavy(heavy)
    assert too_heavy(light) is None
    assert np.isnan(shape_of_tail([1.0] * 5))
    assert "nan" in too_heavy([1.0] * 5)
    assert shape_of_tail([2.0] * 100) == -1
    assert MOST_FOR_A_MEAN < MOST_FOR_WEIGHTS
