"""The Monte-Carlo route that no page writes: it agrees with what is right, refutes slips, and knows its limits."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims import laws
from claims.claim import Claim
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, NamedLaw, Normal, Variance
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.catalogue import derivations
from numerics.catalogue import routes
from numerics.sampling.averages import LEAF, average
from numerics.sampling.expectations import apart
from numerics.sampling.program import program
from numerics.sampling.route import PLAN, POINTS, Sampling, by_sampling, can_be_sampled, sampled
from numerics.sampling.sequences import TOTAL_ALPHA, share
from numerics.sampling.streams import Stream
from numerics.written import worth

WHERE = (Variable("m", Real()), Variable("s", Positive()), Variable("r", Positive()))
m, s, r = symbols_of(WHERE)
x, y = sp.symbols("x y", real=True)
FEW = Sampling(samples=LEAF)
HALF = sp.Rational(1, 2)

TRUE = [
    Claim("mean", Expectation(x**2, x, Normal(m, s**2)), m**2 + s**2, WHERE),
    Claim("variance", Variance(2 * x, x, laws.Exponential(r)), 4 / r**2, WHERE),
    Claim("covariance", Covariance(x, x**2, x, Normal(m, s**2)), 2 * m * s**2, WHERE),
    Claim("entropy", Entropy(laws.Laplace(m, s)), 1 + sp.log(2 * s), WHERE),
    Claim("divergence", KL(laws.Exponential(r), laws.Exponential(s)), sp.log(r / s) + s / r - 1, WHERE),
    Claim("coded", CrossEntropy(Normal(m, s**2), Normal(0, 1)), sp.log(2 * sp.pi) / 2 + (m**2 + s**2) / 2, WHERE),
    Claim("nested", Expectation(Expectation(x * y, y, Normal(x, 1)), x, Normal(m, s**2)), m**2 + s**2, WHERE),
    Claim("counted", Expectation(x, x, laws.Poisson(r)), r, WHERE),
    Claim(
        "counted twice",
        Expectation(Expectation(r * x * y, y, laws.Binomial(3, (1 + x) / 4)), x, laws.Binomial(2, HALF)),
        sp.Rational(15, 8) * r,
        WHERE,
    ),
]
named = pytest.mark.parametrize("claim", TRUE, ids=lambda c: c.name)


@named
def test_true_claims_agree_and_slips_are_refuted(claim):
    assert can_be_sampled(claim)
    found = by_sampling().run(claim)
    assert isinstance(found, Agreement), found
    assert found.points == 8
    assert f"n={PLAN.n}, alpha=2e-10" in found.detail
    for slip in (2 * claim.right, claim.right + sp.Rational(1, 2), -claim.right):
        assert isinstance(decide([Tried(None, (by_sampling().run(replace(claim, right=slip)),))]), Refuted), slip


def test_a_variance_read_as_a_deviation_on_the_left_is_refuted():
    slip = replace(TRUE[0], left=Expectation(x**2, x, Normal(m, s**4)))
    found = by_sampling().run(slip)
    assert isinstance(found, Counterexample)
    assert found.confirmed


def test_what_cancels_cancels_exactly_where_both_means_are_under_one_law():
    p = Normal(0, 10**8)
    together = sampled(Expectation(x**2, x, p) - Expectation(x**2 - x / 10**4, x, p), "together", FEW)
    assert together.contains(0)
    assert together.rad() < 0.1
    assert len(apart(Expectation(x, x, p) - Expectation(y, y, p)).means) == 1
    assert len(apart(Expectation(x, x, p) * Expectation(y, y, p)).means) == 2


CHANNEL = laws.Binomial(2, (1 + x) / 5)
"""A second number whose law depends on the first."""


def test_a_mean_of_means_under_one_law_is_one_mean_of_both_draws():
    told = KL(CHANNEL, laws.Binomial(2, HALF))
    spoken = Expectation(sp.log(Density(CHANNEL, y) / Density(laws.Binomial(2, HALF), y)), y, CHANNEL)
    for inside in (told, 3 * told + x, told - x * spoken):
        (mean,) = apart(Expectation(inside, x, laws.Binomial(3, HALF))).means.values()
        assert len(mean.laws) == 2
    both = Expectation(x * Entropy(CHANNEL), x, laws.Bernoulli(HALF)) + Expectation(
        x * CrossEntropy(CHANNEL, CHANNEL), x, laws.Bernoulli(HALF)
    )
    assert len(apart(both).means) == 1
    for apart_from in (sp.exp(told), told * spoken, told + Entropy(laws.Bernoulli(HALF))):
        with pytest.raises(TypeError, match="made of an average"):
            apart(Expectation(apart_from, x, laws.Binomial(3, HALF)))


def test_what_is_drawn_after_a_draw_is_drawn_from_the_law_that_it_gives():
    """Each outcome of the second number, seen given each of the first: within 6 deviations of its chance, or not."""
    one = average("channel", y, {x: laws.Binomial(2, HALF), y: CHANNEL})
    firsts = average("channel", x, {x: laws.Binomial(2, HALF), y: CHANNEL}).values(0, LEAF)
    seconds = one.values(0, LEAF)
    for first in range(3):
        given = seconds[firsts == first]
        for p, near in (((1 + first) / 5, True), ((1 + first) / 5 + 0.04, False), ((3 - first) / 5, first == 1)):
            for k, chance in enumerate(((1 - p) ** 2, 2 * p * (1 - p), p**2)):
                off = abs(float((given == k).double().mean()) - chance) / (chance * (1 - chance) / len(given)) ** 0.5
                assert off < 6 or not near, (first, k)
            if not near:
                assert abs(float(given.mean()) - 2 * p) > 6 * float(given.std()) / len(given) ** 0.5
    assert one.outcomes is not None
    chances, values = one.outcomes
    assert abs(float(chances.sum()) - 1) < 1e-12
    assert abs(float((chances * values).sum()) - 0.8) < 1e-12


def test_a_second_outcome_too_rare_to_be_seen_is_refused():
    rare = Expectation(Expectation(sp.exp(30 * y), y, laws.Binomial(1, (1 + x) / 10**9)), x, laws.Bernoulli(HALF))
    found = by_sampling(FEW).run(Claim("rare", rare, sp.Integer(1), ()))
    assert isinstance(found, Inconclusive)


def test_a_law_of_too_many_outcomes_after_a_draw_has_no_sampler():
    for law in (laws.Binomial(1000, (1 + x) / 5), laws.Poisson(1 + x)):
        with pytest.raises(TypeError, match="no sampler"):
            average("long", y, {x: laws.Bernoulli(HALF), y: law})


REFUSED = [
    (Expectation(x, x, NamedLaw("p")), "no sampler"),
    (KL(laws.Uniform(0, 2), laws.Uniform(0, 1)), "may not hold"),
    (CrossEntropy(Normal(0, 1), laws.Exponential(1)), "may not hold"),
    (Expectation(sp.log(Expectation(y, y, Normal(x, 1))), x, Normal(0, 1)), "made of an average"),
    (sp.Limit(Expectation(x * m, x, Normal(0, 1)), m, 0), "more than an average"),
    (sp.Derivative(sp.sin(Expectation(x * m, x, Normal(0, 1))), m), "no reading as an average"),
    (sp.Derivative(Expectation(x, x, laws.Uniform(0, s)), s), "move"),
    (Density(Normal(0, 1), 0), "nothing is random"),
    (Expectation(sp.Function("f")(x), x, Normal(0, 1)), "can't be sampled"),
]


@pytest.mark.parametrize(("left", "why"), REFUSED, ids=str)
def test_what_has_no_reading_is_refused_and_not_guessed(left, why):
    found = by_sampling(FEW).run(Claim("refused", left, sp.Integer(1), WHERE))
    assert isinstance(found, Inconclusive)
    assert why in found.why


def test_a_mean_that_may_have_no_variance_is_refused():
    for left in (Expectation(x, x, laws.Cauchy(0, 1)), Expectation(x**2, x, laws.StudentT(3))):
        assert "no variance" in by_sampling(FEW).run(Claim("heavy", left, sp.Integer(0), ())).why
    undefined = Claim("log", Expectation(sp.log(x), x, Normal(0, 1)), sp.Integer(0), ())
    assert "no finite value" in by_sampling(FEW).run(undefined).why


def test_sampling_is_offered_only_where_it_can_be_done():
    assert [route.name for route in routes("kl_normal_eq")].count("monte-carlo") == 1
    assert "monte-carlo" in [route.name for route in routes("entropy_normal_eq")]
    assert "monte-carlo" not in [route.name for route in routes("affine_normal_eq")]
    assert routes("a stranger") == ()


def test_the_checks_of_a_whole_run_keep_its_budget():
    sampled_claims = [d for d in derivations() if any(route.name == "monte-carlo" for route in routes(d.claim.name))]
    assert len(sampled_claims) > 30
    assert len(sampled_claims) * POINTS * PLAN.alpha <= TOTAL_ALPHA
    assert PLAN.alpha <= share(len(sampled_claims) * POINTS)


def test_a_device_is_an_argument():
    """Only the CPU is at hand: what is made there by name is what is made without."""
    (wanted,) = (average("device", x**2, {x: law}) for law in (Normal(0, 1),))
    assert torch.equal(replace(wanted, device="cpu:0").values(0, 9), wanted.values(0, 9))
    assert Stream("device", device="meta").normals(0, 9).device.type == "meta"


PLAIN = [
    sp.exp(-(x**2) / 2) * sp.cos(x) / sp.sqrt(1 + x**2),
    sp.log(Density(Normal(m, s**2), x) / Density(laws.Logistic(0, 1), x)),
    sp.Abs(x) ** sp.Rational(3, 2) + sp.tanh(x) ** 3 - 1 / (2 + x**4),
    sp.loggamma(2 + x**2) + sp.erf(x) - sp.Max(x, 0),
    sp.binomial(7, x**2, evaluate=False) * sp.Rational(1, 3),
]


@pytest.mark.parametrize("e", PLAIN, ids=str)
def test_a_program_has_the_value_of_its_expression(e):
    e = e.subs({m: sp.Rational(1, 2), s: 2})
    for place in (sp.Rational(1, 2), sp.Rational(-5, 4)):
        (value,) = program(e, (x,))(torch.tensor([float(place)], dtype=torch.float64))
        variable = (Variable("x", Real()),)
        assert abs(float(value) - float(worth(e, {"x": place}, variable).mid())) < 1e-12


def test_a_program_keeps_constants_apart_from_its_shape():
    one, other = (program(sp.exp(-((x - a) ** 2) / b), (x,)) for a, b in ((2, 3), (5, 7)))
    assert one.tree == other.tree
    assert one.constants != other.constants


def test_gamma_of_a_negative_number_has_no_value_rather_than_the_wrong_sign():
    assert program(sp.gamma(x), (x,))(torch.tensor([-0.5], dtype=torch.float64)).isnan().all()
