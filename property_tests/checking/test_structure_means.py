"""Indices in means: one that nothing binds is found; components, and what the text introduces, are let pass."""

from __future__ import annotations

import pytest

from errata.checking.structure_means import stray_mean_indices
from errata.reading.parser import parse

WRONG = [
    (r"\mathbb{E}_x[f(x_i)] = \int f(x) p(x) \, dx", "i"),
    (r"\sum_x f(x) p(x) = \mathbb{E}_{x \sim p}[f(x_k)]", "k"),
    (r"\mathbb{E}_{z}[\log q(z_i)] = \mathbb{E}_z[\log p(z)] - c", "i"),
    (r"\mathbb{E}_{x_i}[g(x_j)] = \mu", "j"),
    (r"L = \mathbb{E}_{x_i}[g(x_j)] = \mu", "j"),
    (r"L_i = \mathrm{Var}_{x_i}(g(x_j))", "j"),
]
RIGHT = [
    r"\mathbb{E}_x[f(x)] = \int f(x) p(x) \, dx",
    r"\mathbb{E}_x[x_i] = \int x_i p(x) \, dx",
    r"\mathbb{E}_x[x_i] = \mu_i",
    r"\mathbb{E}_x[x_i] = 0",
    r"\mathbb{E}_x[g(x, x_i)] = \int g(x, x_i) p(x) \, dx",
    r"\mathbb{E}_x[\sum_i f(x_i)] = n \int f(x) p(x) \, dx",
    r"\mathbb{E}_{x_i}[g(x_i, x_j)] = h(x_j)",
    r"\mathbb{E}_{x_i}[g(x_j)] = g(x_j)",
    r"\sum_{j \neq i} \mathbb{E}_{x_i}[g(x_j)] = 0",
    r"\mathbb{E}_{s_t}[V(s_{t+1})] = V",
    r"\mathbb{E}_{x_i}[f(x_i)] = \mathbb{E}[f]",
    r"\mathbb{E}_{x_i}[g(x_j)] = \mu, \; \text{for any } j",
    r"\mathrm{Var}(X) = \mathbb{E}[(X_i - \mu)^2]",
    r"\mathbb{E}_{x_1, \dots, x_n}[f(x_i)] = \int f(x) p(x) \, dx",
]


@pytest.mark.parametrize(("latex", "letter"), WRONG)
def test_an_index_that_nothing_binds_is_found(latex: str, letter: str) -> None:
    (fault,) = stray_mean_indices(parse(latex), [])
    assert fault.rule == "E403" and latex[fault.start : fault.end] == letter


@pytest.mark.parametrize("latex", RIGHT)
def test_what_may_be_meant_is_let_pass(latex: str) -> None:
    assert not list(stray_mean_indices(parse(latex), []))


def test_the_sentence_around_may_introduce_the_index() -> None:
    latex = r"\mathbb{E}_{x_i}[g(x_j)] = \mu"
    assert not list(stray_mean_indices(parse(latex), [parse(r"j \neq i")]))
    assert list(stray_mean_indices(parse(latex), [parse(r"k \neq i")]))
