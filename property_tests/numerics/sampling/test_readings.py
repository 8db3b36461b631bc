"""What is averaged in a claim, by its form; each kind agrees with what is right and refutes a planted mistake."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims.claim import Claim, Relation
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.laws import Bernoulli, Binomial, Exponential, Gamma
from claims.notation import KL, Argmax, Argmin, CrossEntropy, Density, Entropy, Expectation, NamedLaw, Normal
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.catalogue import derivations
from numerics.casts import GIVEN
from numerics.catalogue import casts_of, routes
from numerics.sampling.averages import LEAF
from numerics.sampling.estimates import Sampling, refused, sampled
from numerics.sampling.finite import Finite, Lookup, finite
from numerics.sampling.proposals import as_average
from numerics.sampling.readings import Form, nothing_is_random, reading
from numerics.sampling.route import Applies, applies, by_sampling, can_be_sampled
from numerics.sampling.streams import Stream
from numerics.undetermined import Undetermined

WHERE = (
    Variable("a", Positive()),
    Variable("b", Positive()),
    Variable("m", Real()),
    Variable("p", OpenUnit()),
    Variable("q", OpenUnit()),
    Variable("t", OpenUnit()),
)
a, b, m, p, q, t = symbols_of(WHERE)
x, u = sp.Symbol("x", real=True), sp.Symbol("u", real=True)
total = a + b + 1


def binary(success: sp.Expr, one: sp.Expr, zero: sp.Expr) -> sp.Expr:
    return success * one + (1 - success) * zero


kl_coins = binary(p, sp.log(p / q), sp.log((1 - p) / (1 - q)))
TRUE = {
    Form.SUM: [
        Claim("coins", kl_coins,
              p * sp.log(p) + (1 - p) * sp.log(1 - p) - p * sp.log(q) - (1 - p) * sp.log(1 - q), WHERE),
        Claim("table", sum(-w / total * sp.log(w / total) for w in (a, b, sp.S.One)),
              sp.log(total) - (a * sp.log(a) + b * sp.log(b)) / total, WHERE),
        Claim("counts", a * sp.log(p) + b * sp.log(q), sp.log(p**a * q**b), WHERE),
        Claim("best coin", Argmax(m * p - p * sp.log(p) - (1 - p) * sp.log(1 - p), p), 1 / (1 + sp.exp(-m)), WHERE),
        Claim("slope", sp.Derivative(t * sp.log(a) + (1 - t) * sp.log(b), t), sp.log(a / b), WHERE),
    ],
    Form.INTEGRAL: [
        Claim("line", sp.Integral(Density(Normal(0, a), x) * Density(Normal(x, b), m), (x, -sp.oo, sp.oo)),
              sp.exp(-m**2 / (2 * (a + b))) / sp.sqrt(2 * sp.pi * (a + b)), WHERE),
        Claim("half-line", sp.Integral(x * sp.exp(-a * x), (x, 0, sp.oo)), 1 / a**2, WHERE),
        Claim("unit", sp.Integral(u**a * (1 - u), (u, 0, 1)), 1 / ((a + 1) * (a + 2)), WHERE),
        Claim("other way", sp.Integral(sp.exp(a * x), (x, -sp.oo, 0)), 1 / a, WHERE),
    ],
    Form.SHARE: [
        Claim("softmax", sp.exp(m) / (sp.exp(m) + sp.exp(a)), 1 / (1 + sp.exp(a - m)), WHERE),
        Claim("loss", -sp.log(sp.exp(m) / (sp.exp(m) + sp.exp(a))), sp.log(1 + sp.exp(a - m)), WHERE),
        Claim("its slope", sp.Derivative(sp.exp(m) / (sp.exp(m) + 1), m), sp.exp(m) / (1 + sp.exp(m)) ** 2, WHERE),
        Claim("loss's slope", sp.Derivative(-sp.log(sp.exp(m) / (sp.exp(m) + 1)), m), -1 / (1 + sp.exp(m)), WHERE),
    ],
    Form.PARTS: [
        Claim("parts", p * (a + b) + (1 - p) * (a - b), a + b * (2 * p - 1), WHERE),
        Claim("moving law", sp.Derivative(t * (t * a + b) + (1 - t) * (t * a - b), t), a + 2 * b, WHERE),
    ],
    Form.AVERAGES: [
        Claim("score", sp.Derivative(Expectation(x**2, x, Normal(m, a)), m), 2 * m, WHERE),
        Claim("in a log",
              sp.Derivative(sp.log(Expectation(sp.exp(x / 4), x, Normal(m, 1))), m), sp.Rational(1, 4), WHERE),
        Claim("best coin", Argmin(KL(Bernoulli(p), Bernoulli(q)), q), p, WHERE),
        Claim("nested",
              sp.Derivative(Expectation(Expectation(x * u, u, Normal(x, 1)), x, Normal(m, 1)), m), 2 * m, WHERE),
    ],
}  # fmt: skip
CASES = [(form, claim) for form, claims in TRUE.items() for claim in claims]
named = pytest.mark.parametrize(("form", "claim"), CASES, ids=lambda c: getattr(c, "name", None))


@named
def test_each_form_agrees_and_refutes_slips(form, claim):
    assert reading(claim.left).form is form
    assert applies(claim) is Applies.YES
    found = by_sampling().run(claim)
    assert isinstance(found, Agreement), found
    assert found.points == 8
    for slip in (claim.right * sp.Rational(5, 4), claim.right + sp.Rational(1, 2)):
        assert isinstance(decide([Tried(None, (by_sampling().run(replace(claim, right=slip)),))]), Refuted), slip


def test_a_planted_mistake_on_the_sampled_side_is_refuted():
    for form, claim in CASES:
        if form in (Form.SUM, Form.SHARE) and not claim.left.has(sp.Derivative, Argmax):
            wrong = replace(claim, left=claim.left.xreplace({a: a + 1, p: p / 2}))
            found = by_sampling().run(wrong)
            assert isinstance(found, Counterexample), claim.name
            assert found.confirmed


def test_the_side_that_averages_is_drawn_and_the_other_read_as_written():
    claim = Claim("right", sp.log(p**t * q ** (1 - t)), t * sp.log(p) + (1 - t) * sp.log(q), WHERE)
    assert "the right side is drawn" in by_sampling().run(claim).detail
    wrong = replace(claim, right=t * sp.log(p) + (1 - t) * sp.log(q / 2))
    found = by_sampling().run(wrong)
    assert isinstance(found, Counterexample)
    assert found.confirmed


def test_an_inequality_is_held_in_the_right_order():
    ge = Claim("gibbs", kl_coins, sp.Integer(0), WHERE, Relation.GE)
    assert isinstance(by_sampling().run(ge), Agreement)
    assert isinstance(by_sampling().run(replace(ge, relation=Relation.LE)), Counterexample)
    turned = Claim("turned", sp.Integer(0), kl_coins, WHERE, Relation.LE)
    assert isinstance(by_sampling().run(turned), Agreement)
    assert isinstance(by_sampling().run(replace(turned, relation=Relation.GE)), Counterexample)
    tight = replace(ge, right=kl_coins.subs(p, p / 2) + 1)
    assert isinstance(by_sampling().run(tight), Counterexample)


PAIRS = tuple({"p": Normal(0, k), "q": Normal(1, 2)} for k in range(1, 9))


def test_names_are_read_as_the_laws_of_the_casts():
    law, other = NamedLaw("p"), NamedLaw("q")
    claim = Claim("divergence", KL(law, other), CrossEntropy(law, other) - Entropy(law), WHERE)
    assert reading(claim.left).form is Form.NAMES
    assert not can_be_sampled(claim)
    assert can_be_sampled(claim, casts=PAIRS)
    assert isinstance(by_sampling(casts=PAIRS).run(claim), Agreement)
    found = by_sampling(casts=PAIRS).run(replace(claim, left=KL(other, law)))
    assert isinstance(found, Counterexample)
    assert dict(found.witness)["q"] == str(PAIRS[0]["q"])


def test_names_of_laws_given_an_outcome_are_drawn_after_it():
    """E KL(s(· | x) ‖ r) is at least zero and E log s/r; with the laws in other places it isn't E log s/r."""
    given, out = sp.symbols("x y", real=True)
    first, s, r = NamedLaw("p"), NamedLaw("s", given), NamedLaw("r")
    casts = tuple(
        {"p": Binomial(1, sp.Rational(k, 9)), "s": Binomial(2, (1 + GIVEN) / 4), "r": Binomial(2, sp.Rational(k, 9))}
        for k in range(1, 9)
    )
    told = Expectation(KL(s, r), given, first)
    spoken = Expectation(Expectation(sp.log(Density(s, out) / Density(r, out)), out, s), given, first)
    claim = Claim("information", told, spoken, (Variable("x", Real()), Variable("y", Real())))
    assert isinstance(by_sampling(casts=casts).run(claim), Agreement)
    turned = Expectation(Expectation(sp.log(Density(s, out) / Density(r, out)), out, r), given, first)
    for slip in (turned, spoken / 2, Expectation(KL(r, s), given, first)):
        found = by_sampling(casts=casts).run(replace(claim, right=slip))
        assert isinstance(found, Counterexample), slip
        assert found.confirmed
    below = replace(claim, right=sp.Integer(0), relation=Relation.LE)
    assert isinstance(by_sampling(casts=casts).run(below), Counterexample)
    assert isinstance(by_sampling(casts=casts).run(replace(below, relation=Relation.GE)), Agreement)


NOTHING = [
    a * x**2 + b * x,
    sp.Derivative(a * x**2, x),
    Density(Normal(m, a), x),
    sp.Determinant(sp.Matrix([[a, b], [b, a]])),
    -sp.log(Density(Normal(m, a), x) * Density(Normal(m, b), x)),
    sp.log(a) + sp.log(b),
    a / (a + b),
    Argmin(a * x**2 - b * x, x),
    sp.Limit((1 + a / x) ** x, x, sp.oo),
    Density(NamedLaw("p"), x),
]


@pytest.mark.parametrize("e", NOTHING, ids=str)
def test_where_nothing_is_averaged_nothing_is_random(e):
    where = (*WHERE, Variable("x", Real()))
    claim = Claim("nothing", e, sp.Integer(1), where)
    assert nothing_is_random(claim)
    assert applies(claim) is Applies.NOTHING_RANDOM
    assert "nothing is random" in by_sampling().run(claim).why


NOT_SAMPLED = {
    "averages of what is made of averages": """
        bias_variance_any_eq score_covariance_eq cramer_rao_le rectified_cost_le reinforce_eq adam_bias_eq""",
    "conditions on what is drawn": "chernoff_normal_le chernoff_binomial_le hoeffding_binomial_le",
    "laws of which the routes draw tables with conditions": "markov_le chebyshev_le chernoff_le",
    "sums of averages, or products, with a letter at their end": """
        ols_weights_any_eq ridge_weights_any_eq minimum_norm_weights_any_eq rts_mean_any_eq sparse_expected_any_eq
        nll_logistic_any_eq""",
    "slopes of what is averaged": """
        de_bruijn_integrand_eq de_bruijn_normal_eq path_score_eq kl_bend_eq dreg_integrand_eq""",
}
"""Claims with something random that no draw is made for, by what stands in the way; each has two routes without one."""


def test_every_claim_of_the_catalogue_is_sampled_or_has_nothing_random_in_it():
    kinds = {d.claim.name: applies(d.claim, casts_of(routes(d.claim.name))) for d in derivations()}
    unread = {name for name, kind in kinds.items() if kind is Applies.NOT_READ}
    assert unread == {name for names in NOT_SAMPLED.values() for name in names.split()}
    assert all(len(routes(name)) > 1 for name in unread)
    sampled_names = {name for name in kinds if "monte-carlo" in [r.name for r in routes(name)]}
    assert {name for name, kind in kinds.items() if kind is Applies.NOTHING_RANDOM}.isdisjoint(sampled_names)
    assert len(sampled_names) > 200


def test_weights_below_zero_are_those_of_no_law():
    place = sp.Symbol("k", real=True)
    with pytest.raises(Undetermined, match="no law"):
        sampled(Expectation(Lookup(place, 1, 2), place, Finite(-1, 2)), "negative", Sampling())
    with pytest.raises(TypeError, match="two outcomes"):
        Finite(1)


def test_a_law_over_a_list_is_drawn_in_proportion_to_its_weights():
    drawn = finite(2.0, 1.0, 5.0).draw(Stream("weights"), torch.arange(80_000), 0)
    shares = [float((drawn == k).double().mean()) for k in range(3)]
    assert all(abs(share - w / 8) < 0.012 for share, w in zip(shares, (2, 1, 5), strict=True))  # 6.8 deviations or more
    wrong = finite(1.0, 2.0, 5.0).draw(Stream("weights"), torch.arange(80_000), 0)
    assert abs(float((wrong == 0).double().mean()) - 2 / 8) > 0.1


RARE = sp.Rational(1, 10**9)


def test_an_outcome_too_rare_to_be_seen_is_refused_and_not_missed():
    place = sp.Symbol("k", real=True)
    hidden = Expectation(Lookup(place, 10**9, 0, 1), place, Finite(RARE, sp.Rational(1, 2), sp.Rational(1, 2) - RARE))
    with pytest.raises(Undetermined, match="not near enough"):
        sampled(hidden, "rare", Sampling(samples=LEAF))
    assert sampled(Expectation(x - x + 2, x, Bernoulli(RARE)), "constant", Sampling(samples=LEAF)).contains(2)


def test_one_of_two_values_is_enclosed_by_the_law_of_its_count_however_rare():
    place = sp.Symbol("k", real=True)
    hidden = sampled(
        Expectation(Lookup(place, 10**9, 0), place, Finite(RARE, 1 - RARE)), "rare", Sampling(samples=LEAF)
    )
    assert hidden.contains(1) and float(hidden.rad()) > 1e4
    coin = sampled(Expectation(x, x, Bernoulli(RARE)), "coin", Sampling(samples=LEAF))
    assert coin.contains(float(RARE)) and not coin.contains(0.1)


def test_draws_that_are_all_the_same_have_no_error_bar():
    assert "rarer" in refused(torch.zeros(100), 1000, 1e-9)


def test_weights_with_too_heavy_a_tail_are_refused():
    bell = as_average(sp.Integral(sp.exp(-(x**2)), (x, -sp.oo, sp.oo)))
    assert sampled(bell, "bell", Sampling()).contains(float(sp.sqrt(sp.pi)))
    assert not sampled(2 * bell, "bell", Sampling()).contains(float(sp.sqrt(sp.pi)))
    heavy = as_average(sp.Integral(1 / (1 + x**2) ** 2, (x, -sp.oo, sp.oo)))
    assert not isinstance(heavy.law, Normal)
    assert sampled(heavy, "heavy", Sampling()).contains(float(sp.pi / 2))
    with pytest.raises(Undetermined, match="within the grid"):
        as_average(sp.Integral(x ** sp.Rational(-6, 5), (x, 1, sp.oo)))
    with pytest.raises(Undetermined, match=r"no finite value|grow beyond"):
        as_average(sp.Integral((1 - u) ** sp.Rational(-9, 10), (u, 0, 1)))


def test_a_search_that_finds_no_turn_is_no_answer():
    rising = Claim("rising", Argmax(t * sp.log(2) + (1 - t) * sp.log(1), t), t, (*WHERE, Variable("k", Real())))
    assert isinstance(by_sampling().run(rising), Inconclusive)
    other = Argmin(KL(Exponential(a), Gamma(2, b)), b)
    claim = Claim("rates", other, 2 * a, WHERE)
    assert isinstance(by_sampling().run(claim), Agreement)
    assert isinstance(by_sampling().run(replace(claim, right=a)), Counterexample)
