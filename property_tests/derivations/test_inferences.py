"""Scores, estimates and posteriors are derived in the forms that are known, and proved; else it is said why not."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Derivation
from claims.domains import ClosedUnit, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Beta, Gamma, density_of
from claims.notation import Normal
from claims.records import replace
from claims.verdict import Proved
from derivations.answers import NoClosedForm
from derivations.check import check, link
from derivations.inferences import derived
from errata.reading.inferences import inferences, settled


def found(text: str):
    """The derivation of the last question of a text, and its letters."""
    ready, _ = settled(inferences(text)[-1])
    return derived(ready.asked, ready.where), {
        v.name: s for v, s in zip(ready.where, symbols_of(ready.where), strict=True)
    }


KNOWN = [
    ("posterior of Beta(a, b) after Binomial(n, p)", lambda a, b, k, f, p, **_: density_of(Beta(a + k, b + f), p)),
    ("posterior of Beta(a, b) after Bernoulli(p)", lambda a, b, k, f, p, **_: density_of(Beta(a + k, b + f), p)),
    ("posterior of Beta(a, b) after Geometric(p)", lambda a, b, k, p, **_: density_of(Beta(a + 1, b + k), p)),
    ("posterior of Gamma(a, b) after Poisson(r)", lambda a, b, k, r, **_: density_of(Gamma(a + k, b + 1), r)),
    ("posterior of Gamma(a, b) after Exponential(r)", lambda a, b, x, r, **_: density_of(Gamma(a + 1, b + x), r)),
    (
        "posterior of N(m, t^2) after N(z, s^2)",
        lambda m, t, s, z, x, **_: density_of(
            Normal((s**2 * m + t**2 * x) / (s**2 + t**2), 1 / (1 / s**2 + 1 / t**2)), z
        ),
    ),
    ("MLE of Poisson(r)", lambda xbar, **_: xbar),
    ("MLE of Bernoulli(p)", lambda share, **_: share),
    ("MLE of Exponential(r)", lambda xbar, **_: 1 / xbar),
    ("MLE of Geometric(p)", lambda above, **_: 1 / (1 + above)),
    ("MLE of Normal(m, v) in m", lambda xbar, **_: xbar),
    ("MLE of Normal(m, v) in v", lambda w, **_: w),
    ("MLE of LogNormal(m, s^2)", lambda w, **_: sp.sqrt(w)),
    ("MLE of Gamma(a, b) in b", lambda a, xbar, **_: a / xbar),
    ("MLE of InverseGaussian(m, l)", lambda gap, **_: 1 / gap),
    ("MLE of Laplace(m, b)", lambda gbar, **_: gbar),
    ("score of Normal(m, s^2) in m", lambda x, m, s, **_: (x - m) / s**2),
    ("score of Normal(m, s^2) in s", lambda x, m, s, **_: (x - m) ** 2 / s**3 - 1 / s),
    ("score of Poisson(r)", lambda k, r, **_: k / r - 1),
    ("score of Bernoulli(p)", lambda x, p, **_: x / p - (1 - x) / (1 - p)),
    ("score of Gamma(a, b) in a", lambda x, a, b, **_: sp.log(b * x) - sp.digamma(a)),
    ("score of Beta(a, b) in x", lambda x, a, b, **_: (a - 1) / x - (b - 1) / (1 - x)),
    ("score of Exponential(r) in x", lambda r, **_: -r),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known"), KNOWN, ids=[text for text, _ in KNOWN])
def test_the_answer_is_proved_and_is_the_form_that_is_known(text, known):
    one, letters = found(text)
    assert isinstance(one, Derivation)
    assert isinstance(check(one), Proved)
    assert type(link(one.claim.right, known(**letters), one.claim.where)).__name__ == "Holds"


@pytest.mark.parametrize("text", [text for text, _ in KNOWN], ids=str)
def test_a_slip_in_the_answer_is_not_proved(text):
    one, _ = found(text)
    slip = replace(one.steps[-1], expression=one.claim.right * sp.Rational(8, 7))
    wrong = replace(one, claim=replace(one.claim, right=slip.expression), steps=(*one.steps[:-1], slip))
    assert not isinstance(check(wrong), Proved)


NONE = [
    ("posterior of Beta(a, b) after Poisson(r)", "not conjugate"),
    ("posterior of Normal(0, 1) after Laplace(m, 1)", "not conjugate"),
    ("posterior of Gamma(a, b) after Weibull(k, l)", "not conjugate"),
    ("MLE of Gamma(a, b) in a", "not proved to have one zero"),
    ("MLE of Laplace(m, b) in m", "no mean of the observations suffices"),
    ("MLE of Uniform(0, w)", "support of U(0, w) depends on w"),
    ("score of Uniform(0, w)", "support of U(0, w) depends on w"),
    ("score of Laplace(m, b) in m", "corner"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[text for text, _ in NONE])
def test_what_the_family_does_not_allow_is_said(text, why):
    one, _ = found(text)
    assert isinstance(one, NoClosedForm) and why in one.why


WHERE = (Variable("p", OpenUnit()), Variable("x", Real()), Variable("a", Positive()), Variable("c", ClosedUnit()))
p, x, a, c = symbols_of(WHERE)


def test_slopes_of_the_same_function_are_the_same_and_of_another_are_not():
    before = sp.Derivative(sp.log(p ** (a - 1) * (1 - p) ** (a + 1)), p)
    after = sp.Derivative((a - 1) * sp.log(p) + (a + 1) * sp.log(1 - p), p)
    assert type(link(before, after, WHERE)).__name__ == "Holds"
    for wrong in (
        sp.Derivative((a + 1) * sp.log(p) + (a + 1) * sp.log(1 - p), p),
        sp.Derivative((a - 1) * sp.log(p) + (a + 1) * sp.log(1 - p), a),
        sp.Derivative((a - 1) * sp.log(p) + (a + 1) * sp.log(1 - p), p, p),
    ):
        assert type(link(before, wrong, WHERE)).__name__ != "Holds"
