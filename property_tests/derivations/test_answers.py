"""Answers are derivations whose steps are proved, with the forms that are known; where none is known, none is given."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Derivation
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Beta, Binomial, Cauchy, Exponential, Gamma, Geometric, Laplace, Pareto, Poisson, Weibull
from claims.notation import KL, Covariance, CrossEntropy, Entropy, Expectation, Normal, Variance
from claims.verdict import Proved
from derivations.answers import NoClosedForm, answer
from derivations.catalogue import derivation
from derivations.check import check, link

WHERE = (
    Variable("x", Real()), Variable("m", Real()), Variable("n", Real()), Variable("s", Positive()),
    Variable("a", Positive()), Variable("b", Positive()), Variable("p", OpenUnit()), Variable("q", OpenUnit()),
)  # fmt: skip
x, m, n, s, a, b, p, q = symbols_of(WHERE)
d, c = m - n, sp.sqrt(2)
KNOWN = [
    (Expectation(x**2, x, Beta(a, b)), a * (a + 1) / ((a + b) * (a + b + 1))),
    (Variance(x, x, Gamma(a, b)), a / b**2),
    (Covariance(x, x**2, x, Normal(m, s**2)), 2 * m * s**2),
    (Entropy(Pareto(a, b)), sp.log(a / b) + 1 + 1 / b),
    (Entropy(Weibull(a, b)), sp.EulerGamma * (1 - 1 / a) + sp.log(b / a) + 1),
    (KL(Poisson(a), Poisson(b)), a * sp.log(a / b) - a + b),
    (KL(Geometric(p), Geometric(q)), sp.log(p / q) + (1 - p) / p * sp.log((1 - p) / (1 - q))),
    (KL(Exponential(a), Laplace(0, b)), sp.log(2 * a * b) - 1 + 1 / (a * b)),
    (KL(Laplace(m, a), Laplace(n, b)), sp.log(b / a) - 1 + (sp.Abs(d) + a * sp.exp(-sp.Abs(d) / a)) / b),
    (
        KL(Normal(m, s**2), Laplace(n, b)),
        sp.log(2 * b) - sp.log(2 * sp.pi * sp.E * s**2) / 2
        + (s * sp.sqrt(2 / sp.pi) * sp.exp(-(d**2) / (2 * s**2)) + d * sp.erf(d / (c * s))) / b,
    ),
    (CrossEntropy(Normal(m, s**2), Normal(n, 1)), sp.log(2 * sp.pi) / 2 + (s**2 + d**2) / 2),
    (KL(Binomial(5, p), Binomial(5, q)), 5 * (p * sp.log(p / q) + (1 - p) * sp.log((1 - p) / (1 - q)))),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "known"), KNOWN, ids=str)
def test_the_answer_is_proved_and_is_the_form_that_is_known(asked, known):
    found = answer(asked, WHERE, ())
    assert isinstance(found, Derivation)
    assert isinstance(check(found), Proved)
    assert type(link(found.claim.right, known, WHERE)).__name__ == "Holds"
    assert type(link(found.claim.right, known + a / 7, WHERE)).__name__ != "Holds"


@pytest.mark.parametrize("name", ["kl_normal_eq", "entropy_gamma_eq", "entropy_beta_eq", "entropy_geometric_eq"])
def test_answers_are_those_of_the_catalogue(name):
    claim = derivation(name).claim
    found = answer(claim.left, claim.where, ())
    assert isinstance(found, Derivation)
    assert type(link(found.claim.right, claim.right, claim.where)).__name__ == "Holds"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Entropy(Poisson(a)), "no closed form is known"),
        (Expectation(x, x, Cauchy(0, 1)), "no closed form is known"),
        (Expectation(1 / x, x, Gamma(a, b)), "no closed form is known"),  # there is none for a <= 1
        (Expectation(sp.exp(x), x, Gamma(a, b)), "no closed form is known"),
        (KL(Normal(0, 1), Exponential(1)), "not sure to have its mass"),
        (KL(Poisson(1), Normal(0, 1)), "not sure to have its mass"),
        (KL(Laplace(0, 1), Beta(a, b)), "not sure to have its mass"),
    ],
    ids=str,
)
def test_where_nothing_is_known_nothing_is_said(asked, why):
    found = answer(asked, WHERE, ())
    assert isinstance(found, NoClosedForm) and why in found.why
