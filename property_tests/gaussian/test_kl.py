"""KL between normals: the derivation, the routes and the reference model hold each other.

Nothing here writes the formula down again: the closed form comes from the claim, its value from other routes.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from flint import arb
from hypothesis import given

from claims.claim import Derivation, Step
from claims.domains import Positive, Real
from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.notation import Normal
from claims.records import replace
from claims.verdict import Proved, Refuted, Tried, decide
from derivations.check import Holds, check, derive, link
from derivations.gaussian.kl import DERIVATIONS, kl_normal_eq, kl_normal_std_eq
from numerics.balls import enclose
from numerics.catalogue import evidence, routes
from numerics.gaussian.kl import GENERAL, PLAN, deviation, integral, log_ratio, monte_carlo
from numerics.gaussian.kl import general as general_of
from numerics.monte_carlo import radius
from numerics.points import CALM, at, free_variables, points
from property_tests.planted import first_and_last_of_each_kind, real_somewhere, with_slip, wrong
from property_tests.slip_kinds import insist_on_every_kind
from property_tests.strategies import points as points_of
from property_tests.strategies import values
from reference_models.gaussian.kl import kl

CLAIMS = [d.claim for d in DERIVATIONS]
every_claim = pytest.mark.parametrize("claim", CLAIMS, ids=[c.name for c in CLAIMS])
every_derivation = pytest.mark.parametrize("derivation", DERIVATIONS, ids=[c.name for c in CLAIMS])
means, stds = values(Real()), values(Positive()).filter(lambda s: s > 0.1)


def model(m1, s1, m2, s2) -> float:
    return kl(*(torch.tensor([[float(v)]], dtype=torch.float64) for v in (m1, s1, m2, s2))).item()


def general(m1, s1, m2, s2) -> arb:
    """The closed form of kl_normal_eq as a ball."""
    point = {"m_1": m1, "s_1": s1, "m_2": m2, "s_2": s2}
    return enclose(at(kl_normal_eq.claim.right, point, kl_normal_eq.claim.where))


# 1. Every link of the derivation holds.


@every_derivation
def test_every_link_is_proved(derivation):
    checked = derive(derivation)
    assert isinstance(checked.verdict, Proved)
    assert [s.number for s in checked.steps] == list(range(1, len(derivation.steps) + 1))
    assert all(s.link == Holds() for s in checked.steps[1:])


# 2. The closed form meets every route, and the reference model at drawn points.


@every_claim
def test_every_route_agrees_at_enough_points(claim):
    found = evidence(claim)
    assert len(found) == len(routes(claim.name)) >= 3
    for e in found:
        assert isinstance(e, Agreement), e
        assert e.points >= 8


@given(means, stds, means, stds)
def test_closed_form_is_the_reference_model(m1, s1, m2, s2):
    expected = model(m1, s1, m2, s2)
    assert abs(float(general(m1, s1, m2, s2).mid()) - expected) <= 1e-12 * (10 + expected)


@given(points_of(free_variables(kl_normal_std_eq.claim.right, kl_normal_std_eq.claim.where)))
def test_the_standard_normal_is_a_special_case(point):
    closed = enclose(at(kl_normal_std_eq.claim.right, point, kl_normal_std_eq.claim.where))
    assert closed.overlaps(general(point["mu"], point["sigma"], 0 * point["mu"], 0 * point["mu"] + 1))


@given(means, stds, means, stds)
def test_the_bound_on_the_tails_holds_where_they_are_long(m1, s1, m2, s2):
    """Cut off after one standard deviation, a third of p is left to the bound: the ball is wide, and still holds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("numerics.gaussian.kl.REACH", (1, 1))
        cut = integral((m1, s1, m2, s2))
    assert cut.overlaps(general(m1, s1, m2, s2))
    assert float(cut.rad()) > 0.1


def test_the_reference_model_takes_a_batch():
    m, s = torch.zeros(3, 2, 1, dtype=torch.float64), torch.ones(3, 2, 1, dtype=torch.float64)
    assert kl(m, s, m + 1, s).shape == (3, 2)


# 3. Laws of the notion.


@given(means, stds, means, stds)
def test_never_negative_and_zero_only_between_equals(m1, s1, m2, s2):
    closed = general(m1, s1, m2, s2)
    assert closed.contains(0) if (m1, s1) == (m2, s2) else closed > 0


@given(means, stds)
def test_zero_between_equals(m, s):
    assert general(m, s, m, s) == 0


@given(means, stds, means, stds, stds, means)
def test_a_shared_affine_map_changes_nothing(m1, s1, m2, s2, scale, shift):
    moved = general(scale * m1 + shift, scale * s1, scale * m2 + shift, scale * s2)
    assert moved.overlaps(general(m1, s1, m2, s2))


def test_the_arguments_do_not_commute():
    assert not general(*map(CALM.__getitem__, (0, 1, 4, 4))).overlaps(general(*map(CALM.__getitem__, (4, 4, 0, 1))))


# 4. Planted slips.


@every_claim
def test_each_slip_in_the_closed_form_is_refuted(claim):
    planted = wrong(claim.right, claim.where)
    assert {s.name for s in planted} >= {"sign", "factor 2", "factor 1/2", "lost term", "lost square", "missing log"}
    assert len(planted) > 25
    insist_on_every_kind(claim)
    for slip in planted:
        mutant = replace(claim, right=slip.expression)
        if real_somewhere(mutant):
            verdict = decide([Tried(None, evidence(mutant))])
            assert isinstance(verdict, Refuted), (slip, verdict)
        else:
            assert all(isinstance(e, Inconclusive) for e in evidence(mutant)), slip


@every_derivation
def test_each_slip_in_a_step_fails_at_that_step(derivation):
    where, last = derivation.claim.where, len(derivation.steps)
    for place in range(1, last):
        step, before = derivation.steps[place], derivation.steps[place - 1]
        planted = first_and_last_of_each_kind(wrong(step.expression, where))
        assert len(planted) >= 8
        for slip in planted:
            assert link(before.expression, slip.expression, where) != Holds(), slip
        verdict = check(with_slip(derivation, place, planted[0].expression))
        assert verdict.why.startswith(f"step {place + 1} of {last} ('{step.reason}') is not")


@every_derivation
def test_a_slip_in_the_first_step_is_refused_and_one_on_the_left_fails_at_the_next(derivation):
    slip = wrong(derivation.claim.left, derivation.claim.where)[0].expression
    steps = (Step("slip", slip), *derivation.steps[1:])
    with pytest.raises(ValueError, match="step 1 must be the left side"):
        Derivation(derivation.claim, steps)
    verdict = check(Derivation(replace(derivation.claim, left=slip), steps))
    assert verdict.why.startswith("step 2 of")


def test_the_law_with_std_for_variance_is_refuted_by_the_route_that_reads_the_left_side():
    claim = kl_normal_eq.claim
    p, q = claim.left.args
    mutant = replace(claim, left=claim.left.func(Normal(p.mean, p.variance**2), q))
    found = {r.name: r.run(mutant) for r in routes(claim.name)}
    assert isinstance(found["as written"], Counterexample)
    assert found["as written"].confirmed


# 5. Sampling, within the stated error at the stated n.


calm = pytest.mark.parametrize("parameters", [general_of(p) for p in points(GENERAL, 8, pool=CALM)])


@calm
def test_the_sampling_ball_holds_the_rigorous_value(parameters):
    assert monte_carlo(parameters).overlaps(integral(parameters))


@calm
@pytest.mark.parametrize("sign", [-1, 1])
def test_sampling_rejects_a_mutant_of_the_stated_size_at_the_stated_n(parameters, sign):
    """Off by the discrepancy and no more; PLAN.n was fixed by arithmetic before anything was drawn."""
    mutant = integral(parameters) + sign * PLAN.discrepancy * deviation(parameters)
    assert not monte_carlo(parameters).overlaps(mutant)


def test_what_sampling_promises_is_in_its_evidence():
    (sampling,) = (r for r in routes("kl_normal_eq") if r.name == "monte-carlo")
    found = sampling.run(kl_normal_eq.claim)
    assert found.detail.startswith(f"n={PLAN.n}, alpha=1e-09 at each point, an error of 0.02 sd")


@given(means, stds, means, stds)
def test_the_spread_that_fixes_the_radius_is_the_spread_of_the_draws(m1, s1, m2, s2):
    """Gauss-Hermite under p: the second moment of the log-ratio is a polynomial of degree four."""
    t, w = np.polynomial.hermite_e.hermegauss(8)
    w = w / w.sum()
    spread = log_ratio(t, (m1, s1, m2, s2))
    variance = (w * spread**2).sum() - (w * spread).sum() ** 2
    assert np.isclose(deviation((m1, s1, m2, s2)) ** 2, variance, rtol=1e-8, atol=1e-9)
    assert radius(PLAN, 1.0) < PLAN.discrepancy
