"""Worlds of a page: definitions give values, derivatives reach through them, random variables have their moments."""

from __future__ import annotations

import numpy as np
import pytest

from errata.meaning.elaborate import elaborate, notations
from errata.meaning.terms import Ref, Term
from errata.meaning.unfolding import Schema
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.worlds import page_world
from errata.worlds.experiments import columns_with, independent, jointly, nodes_of, skewed
from errata.worlds.laws import FAMILIES, Law
from errata.worlds.operations import NoValue, close
from errata.worlds.page_world import Facts, value_in
from errata.worlds.sorts import sort_of
from errata.worlds.world import world

SEEDS = range(1, 6)


def term(latex: str) -> Term:
    root = parse(latex)
    return elaborate(root.statements[0], next(notations(root)))


def schema(latex: str) -> Schema:
    root = parse(latex)
    (pair,) = [p for chain in stated(root) for p in chain.pairs()]
    notation = next(notations(root))
    symbol = elaborate(pair.left, notation)
    assert isinstance(symbol, Ref)
    return Schema(symbol, elaborate(pair.right, notation), 0)


def facts(*definitions: str, laws: dict[str, Law] | None = None, is_independent: bool = True) -> Facts:
    found = [schema(d) for d in definitions]
    return Facts({s.symbol.head: (s,) for s in found}, laws or {}, is_independent)


def same(left: str, right: str, known: Facts, sorts: dict[str, str]) -> bool:
    typed = {h: sort_of(s) for h, s in sorts.items()}
    return all(close(*(value_in(world(n, typed), known, term(side)) for side in (left, right))) for n in SEEDS)


HOLDS = (
    (r"f(y)", r"y^2 + c", (r"f(x) = x^2 + c",), {"y": "real", "c": "real"}),
    (
        r"\frac{\partial L}{\partial w_j}",
        r"2 w_j",
        (r"L = \sum_{i=1}^n w_i^2",),
        {"w": "real", "n": "natural", "j": "index"},
    ),
    (r"\frac{\partial L}{\partial x}", r"2 z a", ("L = z^2", "z = a x"), {"x": "real", "a": "real"}),
    (r"\frac{\partial L}{\partial z}", "2 z", ("L = z^2", "z = a x"), {"x": "real", "a": "real"}),
)
FAILS = (
    (r"f(y)", r"y^2 + c", (r"f(x) = x^2 - c",), {"y": "real", "c": "real"}),
    (
        r"\frac{\partial L}{\partial w_j}",
        r"w_j",
        (r"L = \sum_{i=1}^n w_i^2",),
        {"w": "real", "n": "natural", "j": "index"},
    ),
    (r"\frac{\partial L}{\partial x}", "2 z", ("L = z^2", "z = a x"), {"x": "real", "a": "real"}),
)


@pytest.mark.parametrize(("left", "right", "definitions", "sorts"), HOLDS)
def test_definitions_give_values(left: str, right: str, definitions: tuple[str, ...], sorts: dict[str, str]) -> None:
    assert same(left, right, facts(*definitions), sorts)


@pytest.mark.parametrize(("left", "right", "definitions", "sorts"), FAILS)
def test_and_only_theirs(left: str, right: str, definitions: tuple[str, ...], sorts: dict[str, str]) -> None:
    assert not same(left, right, facts(*definitions), sorts)


def test_a_definition_in_a_circle_has_no_value() -> None:
    with pytest.raises(NoValue):
        value_in(world(1, {}), facts("a = b + 1", "b = a - 1"), term("a"))


def test_independent_variables_have_products_of_means_and_others_don_t() -> None:
    sorts = {"X": "random real", "Y": "random real"}
    left, right = r"\mathbb E[X Y]", r"\mathbb E[X] \mathbb E[Y]"
    assert same(left, right, facts(), sorts)
    assert not same(left, right, facts(is_independent=False), sorts)


def test_a_normal_law_has_its_moments() -> None:
    known = facts(laws={"X": Law("normal", (term("m"), term("v")))})
    sorts = {"X": "random real", "m": "real", "v": "positive"}
    assert same(r"\mathbb E[X^4]", "m^4 + 6 m^2 v + 3 v^2", known, sorts)
    assert same(r"\mathbb E[e^X]", "e^{m + v/2}", known, sorts)
    assert not same(r"\mathbb E[X^4]", "m^4 + 6 m^2 v + v^2", known, sorts)


def test_a_variable_outside_of_an_expectation_has_no_value() -> None:
    with pytest.raises(NoValue):
        value_in(world(1, {"X": sort_of("random real")}), facts(), term("X + 1"))


PARAMETERS = {
    "normal": (0.7, 1.9), "bernoulli": (0.3,), "binomial": (5.0, 0.4), "poisson": (2.5,), "exponential": (1.7,),
    "uniform": (-1.0, 2.5),
}  # fmt: skip
MOMENTS = {
    "normal": (0.7, 1.9), "bernoulli": (0.3, 0.21), "binomial": (2.0, 1.2), "poisson": (2.5, 2.5),
    "exponential": (1 / 1.7, 1 / 1.7**2), "uniform": (0.75, 3.5**2 / 12),
}  # fmt: skip


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize("variables", [1, 3, 6])
def test_nodes_have_the_mean_and_the_variance_of_their_law(family: str, variables: int) -> None:
    values, weights = nodes_of(family, PARAMETERS[family], variables)
    mean, variance = MOMENTS[family]
    assert np.isclose(weights.sum(), 1)
    assert np.isclose(weights @ values, mean)
    assert np.isclose(weights @ (values - mean) ** 2, variance)


def test_parameters_that_a_law_can_t_have_are_refused() -> None:
    for family, parameters in (
        ("normal", (0.0, -1.0)),
        ("bernoulli", (1.5,)),
        ("uniform", (2.0, 1.0)),
        ("poisson", (1.0, 2.0)),
    ):
        with pytest.raises(NoValue):
            nodes_of(family, parameters, 1)


def test_values_are_drawn_with_the_moments_that_are_asked_for() -> None:
    rng = np.random.default_rng(3)
    values, weights = skewed(1.5, 0.8, rng)
    assert np.isclose(weights @ values, 1.5) and np.isclose(weights @ (values - 1.5) ** 2, 0.8)
    weights = rng.dirichlet(np.ones(6))
    column = jointly(rng, weights, 1.0, 0.5)
    assert np.isclose(weights @ column, 1.0) and np.isclose(weights @ (column - 1.0) ** 2, 0.5)
    covariance = np.asarray([[2.0, 0.5], [0.5, 1.0]])
    columns = columns_with(rng, weights, 2, None, covariance)
    stack = np.hstack(columns).T
    centred = stack - weights @ stack
    assert np.allclose((centred.T * weights) @ centred, covariance)
    with pytest.raises(NoValue):
        skewed(0.0, -1.0, rng)


def test_too_many_outcomes_are_refused() -> None:
    law = nodes_of("normal", (0.0, 1.0), 1)
    outcomes, weights = independent([law, law])
    assert len(outcomes) == len(weights) == len(law[0]) ** 2
    with pytest.raises(NoValue):
        independent([law] * 4)


MOVED = (
    (
        r"\frac{\partial L}{\partial x}",
        ("L = z^2 + b c z", "z = a x", "b = a^2 + 1", "c = b a"),
        {"x": "real", "a": "real"},
    ),
    (
        r"\frac{\partial L}{\partial w_j}",
        (r"L = \sum_{i=1}^n (w_i - m)^2", "m = a^2 + a"),
        {"n": "natural", "j": "index"},
    ),
    (r"\frac{\partial L}{\partial z}", ("L = g(z) + g(a)", "g(y) = y^3 + b y", "b = 2 a"), {"a": "real"}),
)


@pytest.mark.parametrize(("asked", "definitions", "sorts"), MOVED)
def test_what_is_kept_while_a_name_moves_is_what_it_would_be_again(asked, definitions, sorts, monkeypatch):
    known, typed = facts(*definitions), {h: sort_of(s) for h, s in sorts.items()}
    kept = [value_in(world(n, typed), known, term(asked)) for n in SEEDS]
    monkeypatch.setattr(page_world._InPage, "_is_still", lambda *_: False)
    assert kept == [value_in(world(n, typed), known, term(asked)) for n in SEEDS]


def test_a_kept_value_of_what_moves_would_be_noticed(monkeypatch):
    known, typed = facts("L = z^2", "z = a x"), {"x": sort_of("real"), "a": sort_of("real")}
    right = value_in(world(1, typed), known, term(r"\frac{\partial L}{\partial x}"))
    monkeypatch.setattr(page_world._InPage, "_is_still", lambda self, part, env: True)
    assert value_in(world(1, typed), known, term(r"\frac{\partial L}{\partial x}")) != right
