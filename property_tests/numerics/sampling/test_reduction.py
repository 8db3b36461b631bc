"""Variance reduction keeps the mean and takes off the error that it says; what would bias it is caught."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import exp, pi, sqrt

import pytest
import sympy as sp
import torch
from scipy.stats import t

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import Expectation, NamedLaw, Normal
from claims.records import replace
from numerics.sampling.averages import LEAF, average, first_draws
from numerics.sampling.controls import reduced
from numerics.sampling.engine import summed
from numerics.sampling.estimates import Sampling, sampled
from numerics.sampling.finite import Finite, Lookup
from numerics.sampling.quantiles import quantile
from numerics.sampling.reduction import NET, REPLICATES, Net, Way, evaluations_each
from numerics.sampling.route import by_sampling
from numerics.sampling.samplers import sampler
from numerics.sampling.streams import Stream
from property_tests.numerics.sampling.test_samplers import CONTINUOUS, WHOLE

x, y = sp.symbols("x y", real=True)
(s,) = symbols_of((Variable("s", Positive()),))
ALPHA = 1e-6
BELL = average("bell", sp.exp(x), {x: Normal(0, 1)})
"""E e^Z = √e."""
FEW = Sampling(samples=NET * REPLICATES)
PLAIN = replace(FEW, controls=False)


def taken(way: Way, wanted=BELL, n: int = NET * REPLICATES):
    return summed(replace(wanted, way=way), n)


def near(found, mean: float) -> bool:
    """Within t's interval at 1e-6."""
    return abs(found.mean - mean) <= float(t.isf(ALPHA / 2, found.n - 1)) * found.deviation / sqrt(found.n)


@pytest.mark.parametrize("way", [Way.PLAIN, Way.ANTITHETIC, Way.NET])
def test_every_way_finds_the_mean_and_rejects_one_that_is_off(way):
    found = taken(way)
    assert near(found, exp(0.5))
    assert not near(found, exp(0.5) * 1.02)
    assert found.n * evaluations_each(way) == NET * REPLICATES


def test_the_gains_are_what_theory_says():
    """e^Z has variance e² − e; a pair's covariance is 1 − e. A smooth f over a net of n has a variance of order n⁻³."""
    e = exp(1)
    pairs = 2 * taken(Way.ANTITHETIC).variance
    assert taken(Way.PLAIN).variance / pairs == pytest.approx((e * e - e) / (e * e - 2 * e + 1), rel=0.2)
    smooth = average("smooth", x**2, {x: laws.Uniform(0, 1)})
    assert taken(Way.PLAIN, smooth).variance / (NET * taken(Way.NET, smooth).variance) > 3e4
    odd = average("odd", x**3, {x: Normal(0, 1)})
    assert taken(Way.ANTITHETIC, odd).variance < 1e-20
    assert reduced(odd, Way.ANTITHETIC).gain > 1e12


NETS = [
    ("two variables", average("two", sp.sin(x) * y + sp.exp(x / 4), {x: Normal(0, 1), y: Normal(x, 1)}),
     exp(-0.5) + exp(1 / 32)),
    ("table", average("table", Lookup(x, 1, 10, 100), {x: Finite(5, 3, 1)}), (5 + 30 + 100) / 9),
    ("rejections", average("gamma", sp.log(x), {x: laws.Gamma(3, 1)}), 1.5 - 0.57721566490153286),
    ("whole numbers", average("poisson", x**2, {x: laws.Poisson(3)}), 12.0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted", "mean"), NETS, ids=[row[0] for row in NETS])
def test_nets_keep_the_mean_for_every_kind_of_sampler(name, wanted, mean):
    found = taken(Way.NET, wanted)
    assert near(found, mean)
    assert found.variance * NET < taken(Way.PLAIN, wanted).variance / 4
    assert not near(found, mean + 5 * found.deviation)


def test_replicates_are_independent_and_each_is_a_net():
    stream = Net("replicates")
    u = stream.uniforms(0, 4 * NET, 2).reshape(4, NET, 2)
    for d in range(2):
        cells = (u[:, :, d] * NET).long().sort(1).values
        assert torch.equal(cells, torch.arange(NET).expand(4, NET))  # one point in each of the 256 parts
    boxes = (u[..., 0] * 16).long() * 16 + (u[..., 1] * 16).long()
    assert torch.equal(boxes.sort(1).values, torch.arange(NET).expand(4, NET))  # and in each of 16 × 16 boxes
    means = Net("many").uniforms(0, NET * 400)[:, 0].reshape(400, NET).mean(1)
    assert float(torch.corrcoef(torch.stack([means[:-1], means[1:]]))[0, 1]) < 0.3
    assert torch.equal(stream.uniforms_at(torch.tensor([5, 900]), 3), stream.uniforms(0, 4 * NET, 3)[[5, 900]])


def test_a_shared_shift_would_be_seen(monkeypatch):
    """Planted: all replicates shifted alike, so that the error of their mean is understated."""
    step = average("step", sp.floor(2 * x), {x: laws.Uniform(sp.Rational(1, 5000), 1)})
    first_draws.cache_clear()
    right = taken(Way.NET, step)
    first_draws.cache_clear()
    with monkeypatch.context() as planted:
        planted.setattr(Net, "_shifts", lambda self, replicates, dims, first: torch.zeros(len(replicates), dims).long())
        assert taken(Way.NET, step) != right
    first_draws.cache_clear()


def test_draws_that_are_kept_are_those_that_would_be_made():
    """Kept for the first leaf alone, for each stream apart, and never written over."""
    for way in Way:
        for law in (Normal(1, 2), laws.Gamma(sp.Rational(1, 2), 1), Finite(1, 2)):
            one = replace(average("kept", sp.exp(-(x**2)), {x: law}), way=way)
            first_draws.cache_clear()
            fresh = one.values(0, 2 * NET)
            assert torch.equal(one.values(0, 2 * NET), fresh) and first_draws.cache_info().hits
            first_draws.cache_clear()
            assert torch.equal(replace(one, check="kept").values(0, 2 * NET), fresh)
            assert not torch.equal(replace(one, check="other").values(0, 2 * NET), fresh)
            assert not torch.equal(replace(one, seed=one.seed + 1).values(0, 2 * NET), fresh)
            kept = first_draws.cache_info().currsize
            later = one.values(2 * NET, 2 * NET)
            assert first_draws.cache_info().currsize == kept
            assert torch.equal(one.values(0, 4 * NET), torch.cat([fresh, later]))


def test_nets_are_not_taken_where_there_are_jumps():
    """A jump within one part of the net moves the means of few replicates, so that they may all be the same."""
    for e, law in (
        (sp.sign(x), Normal(0, 1)),
        (x, laws.Poisson(3)),
        (Lookup(x, 1, 2), Finite(sp.Rational(999, 256), 1)),
    ):
        assert average("jump", e, {x: law}).jumps
    assert not BELL.jumps
    p = sp.Rational(85, 256) - sp.Rational(1, 256 * 400)
    assert sampled(Expectation(Lookup(x, 1, 0), x, Finite(p, 1 - p)), "near", FEW).contains(float(p))


def test_ways_change_no_bit_by_how_work_is_cut():
    for way in (Way.ANTITHETIC, Way.NET):
        wanted = replace(BELL, way=way)
        alone = summed(wanted, NET * REPLICATES)
        assert summed(wanted, NET * REPLICATES, chunk=1) == alone
        with ThreadPoolExecutor(2) as pool:
            assert summed(wanted, NET * REPLICATES, pool, chunk=LEAF) == alone


def test_the_route_takes_what_pays_and_says_so():
    claim = Claim("laplace", Expectation(sp.Abs(x), x, laws.Laplace(0, s)), s, (Variable("s", Positive()),))
    found = by_sampling(FEW).run(claim)
    assert isinstance(found, Agreement)
    assert "nets worth" in found.detail
    assert found.digits > by_sampling(PLAIN).run(claim).digits
    slip = by_sampling(FEW).run(replace(claim, right=s * sp.Rational(1010, 1000)))
    assert isinstance(slip, Counterexample)
    assert slip.confirmed
    assert not isinstance(by_sampling(PLAIN).run(replace(claim, right=s * sp.Rational(1010, 1000))), Counterexample)
    few = by_sampling(Sampling(samples=LEAF // 2)).run(claim)
    assert "nets" not in few.detail


def test_means_of_nets_hold_what_they_promise():
    """40 seeds of a mean at alpha 1e-3: a miss of more than two has a chance below 1e-5."""
    promised = replace(FEW, plan=replace(FEW.plan, alpha=1e-3))
    balls = [sampled(Expectation(sp.sqrt(x), x, laws.Exponential(1)), f"seed {k}", promised) for k in range(40)]
    assert sum(not ball.contains(sqrt(pi) / 2) for ball in balls) <= 2
    assert not any(ball.contains(sqrt(pi) / 2 + 0.005) for ball in balls)


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
