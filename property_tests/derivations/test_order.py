"""Inequalities: what the grounds bear is proved, what they don't is not, and a false step shows a point."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from claims.claim import Claim, Derivation, Lemma, Relation, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Gibbs, Jensen, LeastAt, Mean, Modulus, OverTangent, Sign, Tangent, Times, Triangle
from claims.laws import Bernoulli, Exponential, Uniform
from claims.notation import KL, Density, Entropy, Expectation, NamedLaw, Normal
from claims.verdict import Undecided
from derivations.check import Broken, Holds, Open, check, linked
from derivations.order import gap_of, stands
from property_tests.strategies import points

WHERE = (
    Variable("p", OpenUnit()),
    Variable("q", OpenUnit()),
    Variable("x", Real()),
    Variable("m", Real()),
    Variable("r", Positive()),
)
p, q, x, m, r = symbols_of(WHERE)
DOMAINS = {v.name: v.domain for v in WHERE}
u, t = sp.Symbol("u", real=True), sp.Symbol("t", positive=True)
P, Q = NamedLaw("p"), NamedLaw("q")
KL_OF_COINS = p * sp.log(p / q) + (1 - p) * sp.log((1 - p) / (1 - q))
PINSKER = KL_OF_COINS - 2 * (p - q) ** 2
RATIO = Density(Q, x) / Density(P, x)
AM_GM = (RATIO - 1) ** 2 / r + r - 2 * sp.Abs(RATIO - 1)

TRUE = [
    (KL_OF_COINS, sp.S.Zero, (Tangent(q / p, p), Tangent((1 - q) / (1 - p), 1 - p))),
    (KL_OF_COINS, 2 * (p - q) ** 2, (LeastAt(PINSKER, q, p),)),
    (sp.S.Zero, Expectation(sp.log(RATIO), x, P), (Mean(Tangent(RATIO), x, P),)),
    (Expectation(r * x - sp.log(r), x, P), Entropy(P), (Gibbs(P, Exponential(r)),)),
    (KL(P, Normal(m, r)), sp.S.Zero, (Gibbs(P, Normal(m, r)),)),
    (p * sp.exp(x) + (1 - p) * sp.exp(m), sp.exp(p * x + (1 - p) * m), (Jensen(sp.exp(u), u, (p, 1 - p), (x, m)),)),
    (sp.log(p * r + (1 - p) * q), p * sp.log(r) + (1 - p) * sp.log(q), (Jensen(-sp.log(t), t, (p, 1 - p), (r, q)),)),
    (sp.exp(x), 1 + x, (OverTangent(sp.exp(u), u, sp.S.Zero, x),)),
    (r - 1, sp.log(r), (OverTangent(-sp.log(t), t, sp.S.One, r),)),
    (Expectation((RATIO - 1) ** 2 / r + r, x, P), Expectation(2 * sp.Abs(RATIO - 1), x, P), (Mean(Sign(AM_GM), x, P),)),
    (sp.Abs(x - m), x - m, (Modulus(x - m),)),
    (sp.Abs(x) + sp.Abs(m), sp.Abs(x - m), (Triangle(x, -m),)),
    (r + sp.Max(x, m), sp.Max(x, m - r), (Times(sp.Rational(1, 2), Triangle(x - m, r)),)),
    (sp.Min(x, m) + r, sp.Min(x, m - r), (Times(sp.Rational(1, 2), Triangle(x - m + r, -r)),)),
    ((x - m) ** 2 + r, r, ()),
    (x**2 + m**2, 2 * x * m, (Sign((x - m) ** 2),)),
    (Expectation(x**2, x, Bernoulli(p)), p**2, (Sign(p * (1 - p)),)),
]
FALSE = [
    (sp.Abs(x + m), sp.Abs(x) + sp.Abs(m), (Triangle(x, m),)),
    (sp.Max(x, m - r), r / 2 + sp.Max(x, m), (Times(sp.Rational(1, 2), Triangle(x - m, r)),)),
    (KL_OF_COINS, 3 * (p - q) ** 2, (LeastAt(KL_OF_COINS - 3 * (p - q) ** 2, q, p),)),
    (KL_OF_COINS, sp.Rational(1, 100), (Tangent(q / p, p), Tangent((1 - q) / (1 - p), 1 - p))),
    (sp.S.Zero, KL_OF_COINS, ()),
    (p * sp.log(r) + (1 - p) * sp.log(q), sp.log(p * r + (1 - p) * q), (Jensen(sp.log(t), t, (p, 1 - p), (r, q)),)),
    (sp.exp(x) + sp.exp(m), sp.exp(x + m), (Jensen(sp.exp(u), u, (sp.S.One, sp.S.One), (x, m)),)),
    (x, x - m, (Sign(m),)),
    (x**3, m**3, (Sign((x - m) * (x**2 + x * m + m**2)),)),
    (x - 1, sp.log(r), (Tangent(r),)),
]


@pytest.mark.parametrize(("high", "low", "grounds"), TRUE)
def test_what_its_grounds_bear_is_proved_from_either_side(high, low, grounds):
    assert linked(high, Step("down", low, Relation.GE, grounds), WHERE) == Holds()
    assert linked(low, Step("up", high, Relation.LE, grounds), WHERE) == Holds()


@pytest.mark.parametrize(("high", "low", "grounds"), [row for row in TRUE if row[2] and not row[0].has(Expectation)])
def test_without_its_grounds_or_turned_around_it_is_not(high, low, grounds):
    assert linked(low, Step("down", high, Relation.GE, grounds), WHERE) != Holds()


@pytest.mark.parametrize(("high", "low", "grounds"), FALSE)
def test_what_is_false_is_refuted_with_a_point(high, low, grounds):
    found = linked(high, Step("down", low, Relation.GE, grounds), WHERE)
    assert isinstance(found, Broken)
    assert found.witness


STANDING_NOT = [
    Tangent(x),
    Tangent(r, x),
    Tangent(1 - r),
    Sign(x),
    Sign(x - r),
    Modulus(sp.Symbol("z")),
    Triangle(x, sp.Symbol("z")),
    LeastAt((x - m) ** 2, x, m + 1),
    LeastAt(-((x - m) ** 2), x, m),
    LeastAt((p - 2) ** 2, p, sp.Integer(2)),
    LeastAt(sp.log(x) ** 2, x, sp.S.One),
    LeastAt(x**2, u, sp.S.Zero),
    Jensen(u**3, u, (p, 1 - p), (x, m)),
    Jensen(t**3, t, (p, 1 - p), (x, r)),
    Jensen(u**2, u, (p, p), (x, m)),
    Jensen(u**2, u, (1 + r, -r), (x, m)),
    OverTangent(u**3, u, sp.S.Zero, x),
    OverTangent(t**3, t, sp.S.One, x),
    OverTangent(t**3, t, m, r),
    Mean(Sign(AM_GM - r), x, P),
    Gibbs(Normal(0, 1), Exponential(r)),
    Gibbs(P, Exponential(x)),
    Gibbs(P, Normal(0, x)),
    Gibbs(P, Uniform(x, m)),
    Mean(Tangent(x), x, P),
    Mean(Sign(t), t, Normal(0, 1)),
    Mean(Sign(u**2), u, Bernoulli(r)),
]


@pytest.mark.parametrize("ground", STANDING_NOT, ids=str)
def test_a_ground_whose_facts_are_not_given_does_not_stand(ground):
    assert not stands(ground, DOMAINS)


def test_a_bound_letter_hides_a_variable_of_the_page():
    """p is between 0 and 1 on the page; under E_{p ~ N(0, 1)} it is any real, so that 1 − p need not be positive."""
    bound = sp.Symbol("p", real=True)
    assert stands(Sign(1 - p), DOMAINS)
    assert not stands(Mean(Sign(1 - bound), bound, Normal(0, 1)), DOMAINS)
    assert not stands(Jensen(-((1 - bound) ** 3), bound, (q, 1 - q), (x, m)), DOMAINS)


GROUNDS = [row for row in TRUE if row[2] and not row[0].has(Expectation, KL, Entropy) and not row[1].has(Expectation)]


@pytest.mark.parametrize("ground", [g for row in GROUNDS for g in row[2]], ids=str)
@settings(max_examples=12, deadline=None)
@given(point=points(WHERE))
def test_a_ground_that_stands_is_never_negative_at_drawn_points(ground, point):
    values = {s: point[s.name] for s in (p, q, x, m, r)}
    assert stands(ground, DOMAINS)
    assert float(gap_of(ground).subs(values)) >= -1e-12


def test_a_false_link_names_its_step_and_its_point_and_is_no_evidence():
    claim = Claim("kl_ge", KL_OF_COINS, 3 * (p - q) ** 2, WHERE, Relation.GE)
    chain = Derivation(claim, (Step("of coins", claim.left), Step("a bound", claim.right, Relation.GE)))
    verdict = check(chain)
    assert isinstance(verdict, Undecided)
    assert verdict.why.startswith("step 2 of 2 ('a bound') is not at most step 1: they differ by ")


def test_what_can_be_neither_proved_nor_refuted_is_open():
    found = linked(KL(P, Q), Step("Gibbs", sp.S.Zero, Relation.GE), WHERE)
    assert isinstance(found, Open) and found.why.startswith("beyond the grounds there is")
    unknown = linked(x, Step("down", x, Relation.GE, (Sign(m),)), WHERE)
    assert isinstance(unknown, Open) and "Sign" in unknown.why


W = sp.Function("w", positive=True)


def test_a_lemma_takes_a_mean_of_what_lies_in_its_place_everywhere():
    """A claim about 0 < p < 1 is used on E w/(1 + w), which lies there, but not on means that may lie elsewhere."""
    claim = Claim("lemma_ge", p, p**2, (WHERE[0],), Relation.GE)
    lemma = Derivation(claim, (Step("p", p), Step("p(1 − p) ≥ 0", p**2, Relation.GE, (Sign(p * (1 - p)),))))

    def used_on(mean: sp.Expr) -> object:
        return linked(mean, Step("by the lemma", mean**2, Relation.GE, (), (Lemma(lemma, ((p, mean),)),)), WHERE)

    inside = Expectation(W(x) / (1 + W(x)), x, P)
    assert used_on(inside) == Holds()
    assert used_on(1 - inside) == Holds()
    for outside in (Expectation(W(x), x, P), Expectation(x, x, P), inside + Expectation(1 / (1 + W(x)), x, Q)):
        assert isinstance(used_on(outside), Open)
    assert isinstance(used_on(inside * inside + inside), Open)
