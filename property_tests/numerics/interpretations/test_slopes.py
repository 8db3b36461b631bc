"""Gradients of expectations in random worlds: score functions, Fisher's identity, chain rules, and wrong signs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.sentences import Apply, Bound, Density, Expectation, Number, Place, Product, Slope, Total, Unknown, Value
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document
from numerics.interpretations.evaluation import value
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import THREE, World
from numerics.undetermined import Undetermined

LAW = "p_\\theta"
X = Density(LAW, (Place("x", Value("x")),), ())


def world(seed: int) -> World:
    return World(THREE, Signature({LAW: ("x",)}, {"x": "x"}, frozenset(), frozenset()), str(seed))


@settings(max_examples=20, deadline=None, database=None)
@given(st.integers(0, 10**6))
def test_masses_change_so_that_they_still_sum_to_one_and_the_score_has_mean_zero(seed):
    w, over = world(seed), (Bound("x", "x"),)
    total = Slope(Total(X, over, False), "\\theta")
    assert value(w, total, {}) == 0
    score = Expectation(LAW, Slope(Apply("log", X), "\\theta"), over, ())
    assert value(w, score, {}) == 0


@settings(max_examples=20, deadline=None, database=None)
@given(st.integers(0, 10**6))
def test_the_gradient_of_a_mean_is_the_mean_of_f_times_the_score_and_not_of_the_gradient_of_f(seed):
    w, over, f = world(seed), (Bound("x", "x"),), Unknown("f", (Value("x"),))
    left = value(w, Slope(Expectation(LAW, f, over, ()), "\\theta"), {})
    right = value(w, Expectation(LAW, Product((f, Slope(Apply("log", X), "\\theta"))), over, ()), {})
    assert left == right
    assert value(w, Expectation(LAW, Slope(f, "\\theta"), over, ()), {}) == 0


def test_a_law_without_the_subscript_does_not_move():
    other = Density("p", (Place("x", Value("x")),), ())
    w = World(THREE, Signature({"p": ("x",)}, {"x": "x"}, frozenset(), frozenset()), "0")
    assert value(w, Slope(other, "\\theta"), {"x": w.support("x")[0]}) == 0


def test_what_has_no_known_derivative_is_undetermined():
    with pytest.raises(Undetermined):
        value(world(0), Slope(Apply("abs", Value("\\theta")), "\\theta"), {"\\theta": fmpq(1)})
    assert value(world(0), Slope(Number(Fraction(3)), "\\theta"), {}) == 0


def verdict(latex: str) -> str:
    document = read_document("page.md", f"$$ {latex} $$".encode())
    return type(examine(document, Options(), lambda *_: None, {}).judged[-1].verdict).__name__


@pytest.mark.parametrize(
    "latex",
    [
        r"\nabla_\theta \mathbb{E}_{p_\theta(x)}[f(x)] = \mathbb{E}_{p_\theta(x)}[f(x) \nabla_\theta \log p_\theta(x)]",
        r"\mathbb{E}_{p_\theta(x)}[\nabla_\theta \log p_\theta(x)] = 0",
        r"\nabla_\theta \log p_\theta(x) = \mathbb{E}_{p_\theta(z|x)}[\nabla_\theta \log p_\theta(x, z)]",
        r"\frac{\partial}{\partial \theta} \log p_\theta(x) = \frac{\nabla_\theta p_\theta(x)}{p_\theta(x)}",
        r"\nabla_\theta \mathrm{KL}(p(x) \| p_\theta(x)) = - \mathbb{E}_{p(x)}[\nabla_\theta \log p_\theta(x)]",
        r"\nabla_\phi \mathbb{E}_{p(u)}[f(g_\phi(u))] = \mathbb{E}_{p(u)}[\nabla_\phi f(g_\phi(u))]",
    ],
)
def test_identities_of_gradients_are_supported(latex):
    assert verdict(latex) == "Supported"


@pytest.mark.parametrize(
    "latex",
    [
        r"\nabla_\theta \mathrm{KL}(p(x) \| p_\theta(x)) = \mathbb{E}_{p(x)}[\nabla_\theta \log p_\theta(x)]",
        r"\nabla_\theta \log p_\theta(x) = 2 \mathbb{E}_{p_\theta(z|x)}[\nabla_\theta \log p_\theta(x, z)]",
        r"\nabla_x \log p(x) = 2 \nabla_x \log p(x)",
    ],
)
def test_a_slip_is_refuted(latex):
    assert verdict(latex) == "Refuted"


@pytest.mark.parametrize(
    "latex",
    [
        r"\nabla_\theta \mathbb{E}_{p_\theta(x)}[f(x)] = \mathbb{E}_{p_\theta(x)}[\nabla_\theta f(x)]",
        # as 0 = 0 it would hold, with f(y)
        r"\nabla_\theta \mathbb{E}_{p_\theta(x)}[f(x) g(y)] = \mathbb{E}_{p_\theta(x)}[\nabla_\theta f(x) g(y)]",
    ],
)
def test_what_may_be_saved_or_is_out_of_reach_is_undecided(latex):
    assert verdict(latex) == "Undecided"
