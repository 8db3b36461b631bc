"""Questions are read into notation; what is none is refused at its place; no text runs or takes long."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from claims.domains import Integer, OpenUnit, Positive, Real
from claims.laws import FAMILIES, Beta, Binomial, Gamma, Laplace, Uniform
from claims.notation import KL, Covariance, CrossEntropy, Entropy, Expectation, Normal, Variance
from errata.reading.questions import EXAMPLES, LAWS, question
from errata.reading.typed_terms import MOST_CHARACTERS, BadQuestion

X, m = sp.symbols("X m", real=True)
a, b, s = sp.symbols("a b s", positive=True)

READ = [
    ("KL(Normal(m, s^2) || Laplace(0, b))", KL(Normal(m, s**2), Laplace(0, b))),
    ("KL(normal(m, s**2) ‖ laplace(0,b))", KL(Normal(m, s**2), Laplace(0, b))),
    ("H(Gamma(a, b))", Entropy(Gamma(a, b))),
    ("H(Gamma(shape=a, rate=1/b))", Entropy(Gamma(a, 1 / b))),
    ("H(Gamma(a, b), Gamma(1, 2))", CrossEntropy(Gamma(a, b), Gamma(1, 2))),
    ("E[X^2 - 0.5*X], X ~ Beta(a, b)", Expectation(X**2 - X / 2, X, Beta(a, b))),
    ("Var(2*X), X ~ Beta(a, b)", Variance(2 * X, X, Beta(a, b))),
    ("Cov[X, exp(-a*X)], X ~ Gamma(2, b), a > 0", Covariance(X, sp.exp(-a * X), X, Gamma(2, b))),
    ("H(Uniform(m, m + a))", Entropy(Uniform(m, m + a))),
    ("KL(N(m, s^2) || Laplace(0, b))", KL(Normal(m, s**2), Laplace(0, b))),
    ("D_KL[gaussian(m, s^2), Laplace(0, b)]", KL(Normal(m, s**2), Laplace(0, b))),
    ("H(X), X ~ Gamma(a, b)", Entropy(Gamma(a, b))),
    ("entropy of Gamma(a, b)", Entropy(Gamma(a, b))),
    ("mean of Beta(a, b)", Expectation(X, X, Beta(a, b))),
    ("Var[Beta(a, b)]", Variance(X, X, Beta(a, b))),
    ("E[exp(-a*X)], X ~ gamma(2, b), a > 0", Expectation(sp.exp(-a * X), X, Gamma(2, b))),
]


@pytest.mark.parametrize(("text", "asked"), READ, ids=lambda v: str(v)[:40])
def test_a_question_is_read(text, asked):
    flags = {"m": m, "a": a, "b": b, "s": s}
    read = question(text)
    if "Uniform" in text:  # the end of the range has no domain of its own: it may be any positive number
        flags["m"] = sp.Symbol("m", real=True)
    assert str(read.asked) == str(asked)
    assert read.asked.free_symbols == asked.free_symbols


def test_names_take_the_narrowest_domain_of_their_places():
    domains = {v.name: v.domain for v in question("KL(Binomial(n, p) || Binomial(n, 1 - q))").where}
    assert domains == {"x": Real(), "n": Integer(1), "p": OpenUnit(), "q": OpenUnit()}
    assert dict((v.name, v.domain) for v in question("E[t*X], X ~ Normal(m, t)").where)["t"] == Positive()
    assert question("H(Binomial(3, 1/3))").laws == (Binomial(3, sp.Rational(1, 3)),)


BAD = [
    ("", 0, "KL, H, E, Var or Cov is expected"),
    ("H(Gama(a, b))", 2, "no law is called Gama; there is Gamma"),
    ("H(Gamma(a))", 2, "Gamma(shape, rate) has 2 parameters, not 1"),
    ("H(Poisson(a, b))", 2, "Poisson(rate) has 1 parameter, not 2"),
    ("H(Gausian(0, 1))", 2, "no law is called Gausian; there is Normal"),
    ("H(X)", 4, 'give the law of X, as in ", X ~ Normal(0, 1)"'),
    ("H(X), Y ~ Beta(a, b)", 6, "the law of X is expected"),
    ("H(Normal(0, std=s))", 12, "a deviation s is the variance s^2"),
    ("posterior of Beta(a, b)", 0, "lists posteriors, estimators"),
    ("KL of Beta(a, b)", 0, "KL takes two laws"),
    ("H(Gamma(a, scale=b))", 11, "parameter 2 of Gamma is its rate, not scale"),
    ("H(Normal(0, -1))", 2, "variance -1 of Normal is out of range"),
    ("H(Normal(0, 1 - s))", 2, "not sure to be positive"),
    ("H(Bernoulli(2*p))", 2, "not sure to be between 0 and 1"),
    ("H(Binomial(n/2, p))", 2, "not sure to be a whole number"),
    ("H(Uniform(a, b))", 2, "write Uniform(a, a + w)"),
    ("E[X]", 4, "say what is drawn"),
    ("E[X], X ~ Normal(X, 1)", 10, "can't be a parameter"),
    ("E[X], X ~ Normal(0, 1), X > 0", 29, "to condition on more"),
    ("E[X], X ~ Normal(0, 1), t > 1", 28, "only “> 0”"),
    ("H(Normal(0, 1)) now", 16, "“now” is left over"),
    ("E[X/0], X ~ Normal(0, 1)", 4, "division by zero"),
    ("E[X^999999999], X ~ Normal(0, 1)", 4, "powers go up to"),
    ("E[((9^20)^20)^20], X ~ Normal(0, 1)", 14, "powers go up to"),
    ("E[__import__(X)], X ~ Normal(0, 1)", 12, "no function that is known"),
    ("E[X; X], X ~ Normal(0, 1)", 3, "“;” has no meaning"),
    ("E[" + "(" * 200 + "X", 32, "nested too deeply"),
    ("H" * (MOST_CHARACTERS + 1), MOST_CHARACTERS, "at most"),
]


@pytest.mark.parametrize(("text", "place", "why"), BAD, ids=lambda v: str(v)[:30])
def test_what_is_no_question_is_refused_at_its_place(text, place, why):
    with pytest.raises(BadQuestion) as refused:
        question(text)
    assert why in refused.value.why
    assert refused.value.place == place


@given(st.text(alphabet="KLHEXab01.^*/-+()[]|,~=> \x00λ", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        question(text)
    except BadQuestion as refused:
        assert 0 <= refused.place <= max(len(text), MOST_CHARACTERS)


def test_the_laws_and_examples_are_those_there_are():
    assert set(LAWS.values()) == {Normal, *FAMILIES}
    assert all(question(example).laws for example in EXAMPLES)
