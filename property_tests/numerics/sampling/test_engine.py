"""Averages: the same bits however the work is cut and whoever does it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest
import sympy as sp
import torch

from claims.laws import Exponential, Gamma
from claims.notation import Density, Normal
from claims.records import replace
from numerics.sampling.averages import LEAF, average
from numerics.sampling.engine import summed
from numerics.sampling.workers import Processes
from property_tests.numerics.sampling import fatal

x, y = sp.symbols("x y", real=True)
P, Q = Normal(0, 1), Normal(1, 4)
DIVERGENCE = average("kl", sp.log(Density(P, x) / Density(Q, x)), {x: P})
EXACT = 0.44314718055994531
"""KL(N(0, 1) ‖ N(1, 4)) = log 2 + 2/8 − 1/2."""


@pytest.mark.parametrize("n", [1, 1000, LEAF, 3 * LEAF + 7])
@pytest.mark.parametrize("chunk", [1, LEAF, 10**9])
def test_the_size_of_a_task_changes_no_bit(n, chunk):
    assert summed(DIVERGENCE, n, chunk=chunk) == summed(DIVERGENCE, n)


def test_threads_change_no_bit():
    n = 3 * LEAF + 7
    with ThreadPoolExecutor(2) as threads:
        assert summed(DIVERGENCE, n, threads, chunk=1) == summed(DIVERGENCE, n)


def test_two_processes_change_no_bit_and_a_lost_one_costs_time_and_not_the_result(tmp_path):
    flag = tmp_path / "flag"
    flag.touch()
    with Processes(2) as processes:
        processes.submit(fatal.end_once, str(flag))
        found = summed(DIVERGENCE, 8 * LEAF + 7, processes, chunk=LEAF)
        again = summed(DIVERGENCE, 8 * LEAF + 7, processes, chunk=3 * LEAF)
    assert not flag.exists()
    assert found == again == summed(DIVERGENCE, 8 * LEAF + 7)


def test_a_task_that_fails_or_kills_every_worker_is_not_tried_for_ever():
    with Processes(1) as processes:
        with pytest.raises(ArithmeticError, match="a fault of the task"):
            processes.submit(fatal.fail).result()
        with pytest.raises(BrokenProcessPool):
            processes.submit(fatal.always_end).result()


def test_a_mean_is_where_it_should_be_and_the_swapped_divergence_is_not():
    found = summed(DIVERGENCE, 4 * LEAF)
    radius = 6.11 * found.deviation / found.n**0.5
    assert abs(found.mean - EXACT) < radius
    swapped = summed(average("kl", sp.log(Density(Q, x) / Density(P, x)), {x: Q}), 4 * LEAF)
    assert abs(swapped.mean - EXACT) > 6.11 * swapped.deviation / swapped.n**0.5


def test_a_law_may_depend_on_what_was_drawn_before():
    """y | x ~ N(x, 1), x ~ Exp(1/2): E y = 2, Var y = 4 + 1."""
    found = summed(average("nested", y, {x: Exponential(sp.Rational(1, 2)), y: Normal(x, 1)}), 2 * LEAF)
    assert abs(found.mean - 2) < 6.11 * (5 / found.n) ** 0.5
    assert abs(found.variance - 5) < 0.3


def test_another_check_and_another_seed_are_other_numbers():
    means = {summed(one, 100).mean for one in (DIVERGENCE, replace(DIVERGENCE, check="b"), replace(DIVERGENCE, seed=1))}
    assert len(means) == 3


def test_a_law_without_a_sampler_is_refused_before_anything_is_handed_out():
    from claims.notation import NamedLaw

    with pytest.raises(TypeError, match="q"):
        average("unknown", x, {x: NamedLaw("q")})
    with pytest.raises(ValueError, match="chunk=0"):
        summed(DIVERGENCE, 10, chunk=0)


def test_draws_of_a_gamma_law_are_the_same_in_any_order():
    gamma = average("gamma", x, {x: Gamma(sp.Rational(1, 2), 2)})
    together = gamma.values(0, 50)
    assert torch.equal(torch.cat([gamma.values(20, 30), gamma.values(0, 20)]).roll(20), together)
