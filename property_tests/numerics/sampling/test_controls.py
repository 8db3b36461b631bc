"""Control variates take off what they should, leave the mean where it is, and are left off where they don't pay."""

from __future__ import annotations

from math import e, exp

import pytest
import sympy as sp
from flint import arb

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.notation import KL, Expectation, Normal
from claims.records import replace
from numerics.sampling import controls
from numerics.sampling.averages import FLOAT32, LEAF, average
from numerics.sampling.controls import candidates, controlled
from numerics.sampling.engine import summed
from numerics.sampling.estimates import Sampled
from numerics.sampling.reduction import Way
from numerics.sampling.route import Sampling, by_sampling, sampled, worth_of

x, y = sp.symbols("x y", real=True)
WHERE = (Variable("m", Real()), Variable("s", Positive()), Variable("r", Positive()))
m, s, r = symbols_of(WHERE)
FEW = Sampling(samples=LEAF)
PLAIN = replace(FEW, controls=False)


def test_an_exponential_keeps_what_lies_beyond_the_square():
    """Var eᶻ = e² − e; of e Σ 1/k! the terms k = 1, 2 are taken off."""
    plain = average("exp", sp.exp(x), {x: Normal(0, 1)})
    one = controlled(plain, 2)
    assert one.gain == pytest.approx((e - 1) / (e - 5 / 2), rel=0.2)
    before, after = summed(plain, 4 * LEAF), summed(one.average, 4 * LEAF)
    assert before.variance / after.variance == pytest.approx((e - 1) / (e - 5 / 2), rel=0.2)
    assert abs(after.mean - exp(0.5)) < 6.11 * after.deviation / after.n**0.5
    gains = [c.gain for c in candidates(plain)]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) == 3


EXACT = {
    "divergence": (KL(Normal(1, 4), Normal(0, 9)), sp.log(sp.Rational(3, 2)) + sp.Rational(5, 18) - sp.Rational(1, 2)),
    "fourth moment": (Expectation(x**4, x, Normal(1, 2)), sp.Integer(1 + 6 * 2 + 3 * 4)),
    "uniform": (Expectation(3 * x**2 - x, x, laws.Uniform(-1, 3)), sp.Integer(7 - 1)),
    "of a logarithm": (Expectation(sp.log(x) ** 2, x, laws.LogNormal(1, 2)), sp.Integer(3)),
    "two variables": (Expectation(Expectation((x + y) ** 2, y, Normal(2, 1)), x, Normal(1, 3)), sp.Integer(9 + 4)),
}


@pytest.mark.parametrize("name", EXACT)
def test_polynomials_of_low_degree_leave_rounding_alone(name):
    left, value = EXACT[name]
    ball = sampled(left, name, FEW)
    assert ball.contains(float(value)) or abs(float(ball.mid()) - float(value)) < 1e-10
    assert ball.rad() < 1e-9
    assert sampled(left, name, PLAIN).rad() > 1e-3


@pytest.mark.parametrize("moments", [(1.0, 2.9), (0.98, 3.0)])
def test_a_control_whose_mean_is_not_zero_is_caught(moments, monkeypatch):
    controlled.cache_clear()
    monkeypatch.setattr(controls, "NORMAL", moments)
    left, value = EXACT["fourth moment"]
    assert (
        not sampled(left, f"planted {moments}", FEW).overlaps(sampled(left, "plain", PLAIN))
        or abs(float(sampled(left, f"planted {moments}", FEW).mid()) - float(value)) > 1e-2
    )
    controlled.cache_clear()


def test_laws_that_start_from_no_normal_or_uniform_number_are_left_as_they_are():
    for law in (laws.Exponential(1), laws.Gamma(2, 1), laws.Poisson(3), laws.Bernoulli(sp.Rational(1, 3))):
        wanted = average("left", x**2, {x: law})
        assert [one.average for one in candidates(wanted)] == [wanted]
    wild = average("wild", sp.sin(50 * x), {x: Normal(0, 1)})
    assert [one.gain for one in candidates(wild)] == [1]


def test_a_law_that_depends_on_a_draw_has_controls_for_what_does_not():
    wanted = average("nested", x**2 + y, {x: Normal(0, 1), y: Normal(x, 1)})
    one = controlled(wanted, 4)
    assert one.gain == pytest.approx((2 + 1 + 1) / 1, rel=0.2)  # Var(x² + x + noise) = 2 + 1 + 1; the noise is left
    assert abs(summed(one.average, 4 * LEAF).mean - 1) < 6.11 / (4 * LEAF) ** 0.5


def test_the_route_says_what_the_controls_were_worth_and_slips_are_still_refuted():
    claim = Claim("exp", Expectation(sp.exp(x / 4), x, Normal(m, s**2)), sp.exp(m / 4 + s**2 / 32), WHERE)
    found = by_sampling(FEW).run(claim)
    assert isinstance(found, Agreement)
    assert "control variates worth" in found.detail
    assert found.digits >= 3 > by_sampling(PLAIN).run(claim).digits
    slip = by_sampling(FEW).run(replace(claim, right=sp.exp(m / 4 + s**2 / 31)))
    assert isinstance(slip, Counterexample)
    assert slip.confirmed
    plain = by_sampling(FEW).run(Claim("plain", Expectation(x, x, laws.Exponential(r)), 1 / r, WHERE))
    assert "control" not in plain.detail
    assert worth_of([Sampled(arb(0), 1.0)] * 2) == ""
    bars = [Sampled(arb(0), gain, Way.CONTROLS) for gain in (2.0, float("inf"))]
    assert worth_of(bars) == "; control variates worth 2 to any number of times the draws"


def test_controls_in_float32_stay_within_their_rounding():
    ball = sampled(Expectation(sp.exp(x / 4), x, Normal(0, 1)), "single", replace(FEW, precision=FLOAT32))
    assert ball.contains(exp(1 / 32))
    assert 1e-7 < float(ball.rad()) < 1e-3
