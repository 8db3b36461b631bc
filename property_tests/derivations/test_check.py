"""The engine proves what is true, says nothing of what it can't, and shows where a step is false."""

from __future__ import annotations

import time

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.claim import Claim, Derivation, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.evidence import Inconclusive
from claims.notation import KL, Covariance, CrossEntropy, Entropy, Expectation, NamedLaw, Normal, Variance
from claims.verdict import Proved, Undecided
from derivations.check import Broken, Holds, Open, check, derive, link
from derivations.moments import normal_moment

WHERE = (Variable("x", Real()), Variable("m", Real()), Variable("s", Positive()), Variable("z", Positive()))
x, m, s, z = symbols_of(WHERE)
p, q, normal = NamedLaw("p"), NamedLaw("q"), Normal(m, s**2)

TRUE = [
    (CrossEntropy(p, q), Entropy(p) + KL(p, q)),
    (Variance(x, x, p), Expectation(x**2, x, p) - Expectation(x, x, p) ** 2),
    (Covariance(x, x, x, p), Variance(x, x, p)),
    (Expectation(x, x, p), Expectation(z * 0 + m, m, p)),
    (Expectation(2 * x + s, x, p), 2 * Expectation(x, x, p) + s),
    (Variance(x, x, normal), s**2),
    (Expectation((x - m) ** 4, x, normal), 3 * s**4),
    (Entropy(normal), sp.log(2 * sp.pi * sp.E * s**2) / 2),
    (KL(normal, normal), sp.Integer(0)),
    (KL(Normal(0, 1), Normal(0, 4)), sp.log(2) - sp.Rational(3, 8)),
    (sp.log(s**2 * z), 2 * sp.log(s) + sp.log(z)),
]
FALSE = [
    (KL(p, q), KL(q, p)),
    (CrossEntropy(p, q), CrossEntropy(q, p)),
    (Expectation(x**2, x, p), Expectation(x, x, p) ** 2),
    (Variance(x, x, normal), s),
    (Entropy(normal), sp.log(2 * sp.pi * sp.E * s) / 2),
    (KL(Normal(0, 1), Normal(0, 4)), KL(Normal(0, 4), Normal(0, 1))),
    (sp.sqrt(x**2), x),
    (sp.log(x**2), 2 * sp.log(x)),
    (sp.log(-s), sp.log(s)),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_what_is_true_is_proved(left, right):
    assert link(left, right, WHERE) == Holds()
    assert link(right, left, WHERE) == Holds()


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_what_is_false_is_not_proved(left, right):
    assert isinstance(link(left, right, WHERE), Broken | Open)


def test_a_broken_link_shows_a_point():
    assert link(Variance(x, x, normal), s, WHERE) == Broken((("s", "1/2"),), "-0.250000")


@pytest.mark.parametrize("law", [Normal(m, -(s**2)), Normal(m, x)])
def test_a_law_whose_variance_may_be_negative_has_no_moments(law):
    t = sp.Symbol("t", real=True)
    assert isinstance(link(Expectation(t**2, t, law), law.variance + m**2, WHERE), Open)


def test_a_normal_variable_that_sympy_takes_for_positive_has_no_moments():
    """SymPy reads sqrt(z²) as z for z > 0, and under N(0, 1) that has mean 0 where |z| has not."""
    assert isinstance(link(Expectation(sp.sqrt(z**2), z, Normal(0, 1)), sp.Integer(0), WHERE), Open)


@given(st.integers(0, 12))
def test_moments_of_the_standard_normal_are_double_factorials(k):
    assert normal_moment(k, sp.Integer(0), sp.Integer(1)) == (0 if k % 2 else sp.factorial2(k - 1))


@settings(max_examples=30)
@given(st.integers(0, 8), st.integers(-3, 3), st.integers(1, 4))
def test_moments_are_the_derivatives_of_the_generating_function(k, mean, variance):
    t = sp.Symbol("t")
    generating = sp.exp(mean * t + sp.Rational(variance) * t**2 / 2)
    assert normal_moment(k, sp.Integer(mean), sp.Integer(variance)) == sp.diff(generating, t, k).subs(t, 0)


SQUARE = Claim("square_eq", (x + m) ** 2, x**2 + 2 * m * x + m**2, WHERE)
MIDDLE = x * (x + m) + m * (x + m)


def chain(middle) -> Derivation:
    return Derivation(
        SQUARE,
        (Step("the square", SQUARE.left), Step("split the first factor", middle), Step("collect", SQUARE.right)),
    )


def test_a_chain_whose_links_hold_is_proof():
    assert isinstance(check(chain(MIDDLE)), Proved)


def test_a_failed_link_names_its_step_its_reason_and_a_point():
    checked = derive(chain(MIDDLE - 2 * m * x))
    assert isinstance(checked.verdict, Undecided)
    assert checked.verdict.why == (
        "step 2 of 3 ('split the first factor') is not equal to step 1: they differ by -3.00000 at x=1/2, m=-3"
    )
    assert checked.verdict.tried == (Inconclusive("derivation", checked.verdict.why),)
    assert [type(s.link) for s in checked.steps] == [type(None), Broken, Broken]
    assert checked.seconds == sum(s.seconds for s in checked.steps)


def test_a_link_that_runs_out_of_time_is_open_and_the_derivation_undecided(monkeypatch):
    def slow(e: sp.Expr) -> sp.Expr:
        end = time.process_time() + 5
        while time.process_time() < end:
            pass
        return e

    monkeypatch.setattr("derivations.check.canonical", slow)
    started = time.process_time()
    verdict = check(chain(MIDDLE), budget=0.05)
    assert verdict.why.startswith("step 2 of 3 ('split the first factor') is not proved equal to step 1")
    assert verdict.why.endswith("no answer within 0.05 s")
    assert time.process_time() - started < 4
