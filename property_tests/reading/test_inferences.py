"""Questions about inference are read into what they mean; what is none is refused at its place."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domains import Integer, OpenUnit, Positive, Real, symbol_of
from claims.laws import Bernoulli, Beta, Binomial, Gamma, Geometric, Poisson
from claims.notation import Normal
from derivations.inferences import Posterior, Score
from errata.reading.inferences import EXAMPLES, inferences, is_inference, settled
from errata.reading.typed_terms import BadQuestion

a, b, s = sp.symbols("a b s", positive=True)


def only(text: str):
    (one,) = inferences(text)
    return one, {v.name: symbol_of(v) for v in one.where}


def test_a_posterior_has_its_prior_its_law_and_what_was_seen():
    one, letters = only("posterior of p ~ Beta(a, b) after X ~ Binomial(n, p)")
    p, X, f = letters["p"], letters["X"], letters["f"]
    assert one.asked == Posterior(Beta(a, b), Binomial(X + f, p), ((X, sp.S.One),), p, letters["u"])
    assert {v.name: v.domain for v in one.where if v.name in "pXf"} == {
        "p": OpenUnit(),
        "X": Integer(0),
        "f": Integer(0),
    }


def test_common_priors_are_read_as_what_they_are():
    assert only("posterior of Uniform(0, 1) after Bernoulli(p)")[0].asked.prior == Beta(1, 1)
    assert only("posterior of Exponential(b) given Poisson(r)")[0].asked.prior == Gamma(1, b)


def test_ones_and_zeros_are_counted():
    one, letters = only("posterior of Beta after Bernoulli")
    assert one.asked.law == Bernoulli(letters["p"])
    assert one.asked.seen == ((sp.S.One, letters["k"]), (sp.S.Zero, letters["f"]))


def test_what_is_drawn_is_written_above_the_least_value():
    one, letters = only("score of Geometric(p)")
    assert one.asked == Score(Geometric(letters["p"]), 1 + letters["k"], letters["p"])


def test_each_letter_is_a_question_and_one_may_be_named():
    assert [str(one.asked.by) for one in inferences("score of Normal(m, s^2)")] == ["m", "s", "x"]
    assert [str(one.asked.by) for one in inferences("MLE of Gamma")] == ["a", "r"]
    assert [str(one.asked.by) for one in inferences("MLE of Gamma(c, r) in r")] == ["r"]
    assert [str(one.asked.by) for one in inferences("score of Poisson")] == ["r"]
    assert [str(one.asked.by) for one in inferences("MLE of Binomial(n, p)")] == ["p"]


def test_the_mean_is_put_in_before_the_spread_is_asked_for():
    one, letters = only("MLE of Normal(m, s^2) in s")
    ready, said = settled(one)
    assert ready.asked.law == Normal(letters["xbar"], s**2)
    assert said == ("m is at its own estimate, xbar",)
    shape_known, said = settled(inferences("MLE of Gamma(a, b)")[1])
    assert shape_known.asked.law == Gamma(a, b) and said == ("a is known",)


def test_letters_take_the_domains_of_what_they_stand_for():
    domains = {v.name: v.domain for v in only("MLE of Poisson(xbar)")[0].where}
    assert domains["xbar"] == Positive() and domains["ybar"] == Positive()
    assert only("posterior of N(0, 1) after N(m, 1)")[1]["m"].is_positive is None
    assert {v.name: v.domain for v in inferences("MLE of Normal(m, s^2)")[0].where}["xbar"] == Real()


BAD = [
    ("posterior of Beta(a, b)", 23, "“after” is expected"),
    ("posterior of Laplace(0, 1) after Normal(m, 1)", 13, "is no prior that is understood"),
    ("posterior of Gamma(a, b) after Bernoulli(p)", 31, "has mass where p, the p of Bern(p), can't be"),
    ("posterior of Normal(0, 1) after Poisson(r)", 32, "has mass where r, the rate of Poisson(r), can't be"),
    ("posterior of Gamma(r, b) after Poisson(r)", 31, "can't be a parameter of its prior"),
    ("posterior of Beta(a, b) after Bernoulli(1/2)", 30, "give the p as a letter of Bernoulli"),
    ("posterior of q ~ Beta(a, b) after Bernoulli(p)", 34, "give q as a letter of Bernoulli"),
    ("MLE Poisson(r)", 4, "“of” is expected"),
    ("MLE of Normal(0, 1)", 19, "has no letter to estimate"),
    ("MLE of Poisson(r) in q", 21, "q is no letter of Poisson(r)"),
    ("MLE of Poisson(r) of", 18, "“of” is left over"),
    ("MLE of Normal(m, v - 1)", 7, "not sure to be positive"),
    ("score of Binomial(n, p) in n", 27, "n is no letter of"),
    ("score of Gama(a)", 9, "no law is called Gama; there is Gamma"),
    ("score of", 8, "the name of a law is expected"),
]


@pytest.mark.parametrize(("text", "place", "why"), BAD, ids=[text for text, *_ in BAD])
def test_a_bad_question_is_refused_at_its_place(text, place, why):
    with pytest.raises(BadQuestion) as refused:
        inferences(text)
    assert why in refused.value.why
    assert refused.value.place == place


def test_the_examples_are_questions():
    assert all(inferences(example) for example in EXAMPLES)


def test_only_three_words_begin_such_a_question():
    assert is_inference("MLE of Poisson") and is_inference("score of") and is_inference("posterior")
    assert not is_inference("E[X], X ~ Poisson(r)") and not is_inference("") and not is_inference("of MLE")


WORDS = [
    "posterior",
    "MLE",
    "score",
    "of",
    "after",
    "in",
    "Beta",
    "(",
    "a",
    ",",
    "b",
    ")",
    "~",
    "Poisson",
    "r",
    "1",
    "^",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_text_is_read_or_refused(words):
    try:
        found = inferences(" ".join(words))
    except BadQuestion:
        return
    assert found


def test_a_law_of_counts_is_named_as_it_was_read():
    one, letters = only("posterior of Gamma(a, b) after Poisson")
    assert one.laws == (Gamma(a, b), Poisson(letters["r"]))
    assert one.statement == "posterior of r ~ Gamma(a, b) after Poisson(r)"
