"""Worlds: true identities hold in all of them, false ones fail, and nothing is filled in silently."""

from __future__ import annotations

import numpy as np
import pytest

from errata.judging.result_forms import value_in
from errata.meaning.elaborate import elaborate, notations
from errata.meaning.terms import Term
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.worlds.operations import NoValue, close
from errata.worlds.sorts import Sort, sort_of
from errata.worlds.world import world

SEEDS = range(1, 9)


def sides(latex: str) -> tuple[Term, Term]:
    root = parse(latex)
    (pair,) = [p for chain in stated(root) for p in chain.pairs()]
    notation = next(notations(root))
    return elaborate(pair.left, notation), elaborate(pair.right, notation)


def holds(latex: str, sorts: dict[str, str]) -> list[bool]:
    left, right = sides(latex)
    typed = {head: sort_of(text) for head, text in sorts.items()}
    return [close(world(seed, typed).value(left), world(seed, typed).value(right)) for seed in SEEDS]


TRUE = (
    (r"(A B)^\top = B^\top A^\top", {"A": "matrix n k", "B": "matrix k m"}),
    (r"\operatorname{tr}(A B) = \operatorname{tr}(B A)", {"A": "matrix n k", "B": "matrix k n"}),
    (r"\|x\|^2 = x^\top x", {"x": "vector d"}),
    (r"(A + \lambda I)^{-1} A = I - \lambda (A + \lambda I)^{-1}", {"A": "spd n", "λ": "positive"}),
    (r"\log \prod_{i=1}^n x_i = \sum_{i=1}^n \log x_i", {"x": "positive", "n": "natural"}),
    (r"\operatorname{Var}(X) = \mathbb E[X^2] - (\mathbb E[X])^2", {"X": "random real"}),
    (r"\operatorname{Cov}(A x) = A \operatorname{Cov}(x) A^\top", {"A": "matrix m d", "x": "random vector d"}),
    (r"\mathbb E_{x \sim p}[a f(x) + b] = a \mathbb E_{x \sim p}[f(x)] + b", {"p": "positive"}),
    (r"\nabla_x (x^\top A x) = (A + A^\top) x", {"x": "vector n", "A": "square n"}),
    (r"\nabla_x \log p(x) = \frac{\nabla_x p(x)}{p(x)}", {"p": "positive", "x": "vector n"}),
    (r"\sigma'(z) = \sigma'(z)", {"σ": "unit"}),
    # a law that is told by its parameters, and one that is made of others
    (r"\mathbb E_{x \sim N(0, v)}[a x + b] = a \mathbb E_{x \sim N(0, v)}[x] + b", {"v": "positive"}),
    (r"\mathbb E_{x \sim p + q}[a f(x) + b] = a \mathbb E_{x \sim p + q}[f(x)] + b", {}),
    (r"\sum_{i=1}^n \sum_{j=1}^n x_i x_j = \left(\sum_{i=1}^n x_i\right)^2", {"x": "real", "n": "natural"}),
)
FALSE = (
    (r"(A B)^\top = A^\top B^\top", {"A": "square n", "B": "square n"}),
    (r"\operatorname{tr}(A B C) = \operatorname{tr}(A C B)", {"A": "square n", "B": "square n", "C": "square n"}),
    (r"\|x\| = x^\top x", {"x": "vector d"}),
    (r"\log \sum_{i=1}^n x_i = \sum_{i=1}^n \log x_i", {"x": "positive", "n": "natural"}),
    (r"\operatorname{Var}(X) = \mathbb E[X^2] + (\mathbb E[X])^2", {"X": "random real"}),
    (r"\operatorname{Cov}(A x) = A^\top \operatorname{Cov}(x) A", {"A": "square d", "x": "random vector d"}),
    (r"\mathbb E_{x \sim p}[f(x)] = \mathbb E_{x \sim q}[f(x)]", {"p": "positive", "q": "positive"}),
    (r"\mathbb E_{x \sim N(0, v)}[x^2] = \mathbb E_{x \sim N(0, 4 v)}[x^2]", {"v": "positive"}),
    (r"\mathbb E_{z \sim q(x)}[f(z)] = \mathbb E_{z \sim q(y)}[f(z)]", {}),
    (r"\mathbb E_{x \sim p + q}[f(x)] = \mathbb E_{x \sim p + r}[f(x)]", {}),
    (r"\nabla_x (x^\top A x) = 2 A x", {"x": "vector n", "A": "square n"}),
    (r"\mathrm{KL}(p \,\|\, q) = \mathrm{KL}(q \,\|\, p)", {}),
    (r"\operatorname{Var}(E[X \mid Y]) = \operatorname{Var}(E[Y \mid X])", {"X": "random real", "Y": "random real"}),
    (r"\operatorname{Var}(E[X \mid Y]) = 0", {"X": "random real", "Y": "random real"}),
)


@pytest.mark.parametrize(("latex", "sorts"), TRUE)
def test_what_is_true_holds_in_every_world(latex: str, sorts: dict[str, str]) -> None:
    assert all(holds(latex, sorts))


@pytest.mark.parametrize(("latex", "sorts"), FALSE)
def test_what_is_false_fails_in_every_world(latex: str, sorts: dict[str, str]) -> None:
    assert not any(holds(latex, sorts))


@pytest.mark.parametrize(
    ("latex", "sorts"),
    [
        ("A + x = x", {"A": "matrix n m", "x": "vector n"}),
        ("A B = B", {"A": "matrix n k", "B": "matrix n k"}),
        ("X = X", {"X": "random real"}),
        (r"\lim_{n \to \infty} x_n = x", {}),
        (r"\log x = x", {"x": "vector d"}),
    ],
)
def test_what_has_no_value_raises(latex: str, sorts: dict[str, str]) -> None:
    left, right = sides(latex)
    typed = {head: sort_of(text) for head, text in sorts.items()}
    with pytest.raises(NoValue):
        for seed in SEEDS:
            world(seed, typed).value(left)
            world(seed, typed).value(right)


def test_a_size_is_one_number_wherever_it_is_named() -> None:
    typed = {"A": sort_of("matrix n k"), "x": sort_of("vector k"), "n": sort_of("natural")}
    here = world(3, typed)
    left, right = sides("A x = n")
    value, size = here.value(left), here.value(right)
    assert isinstance(value, np.ndarray)
    assert value.shape == (size, 1)


def test_a_world_is_the_same_each_time() -> None:
    left, _ = sides("f(x) + y = 0")
    assert world(5, {}).value(left) == world(5, {}).value(left)
    assert world(5, {}).value(left) != world(6, {}).value(left)


@pytest.mark.parametrize("text", ["vector", "matrix n", "length", "", "random"])
def test_what_is_no_sort_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no sort"):
        sort_of(text)


def test_sorts_are_read() -> None:
    assert sort_of("random vector d") == Sort("vector", ("d",), True)


def read(latex: str) -> Term:
    root = parse(latex)
    return elaborate(root.statements[0], next(notations(root)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (r"\mathbb E[(a - b)^2]", r"\mathbb E[(b - a)^2]", True),
        (r"\mathbb E[(a - b)^2]", r"\mathbb E[(a + b)^2]", False),
        (r"\mathbb E_{a, b}[a b]", r"\mathbb E_{b, a}[b a]", True),
        (r"\mathbb E_{a, b}[a b]", r"\mathbb E_{a, c}[a b]", False),
        (r"p(x \mid z)", r"p(x, z)", False),
        (r"p(x, z)", r"p(z, x)", True),
        (r"\prod_{g \in N \setminus \{f\}} h_g", r"\prod_{g \in N} h_g", False),
    ],
)
def test_what_is_told_apart(one: str, other: str, same: bool) -> None:
    for seed in range(1, 6):
        here = world(seed, {})
        assert close(here.value(read(one)), here.value(read(other))) is same


def test_a_value_that_is_kept_is_that_of_its_own_world() -> None:
    """Worlds are told apart by what they are: another seed, and another sort of a symbol, have values of their own."""
    term, _ = sides(r"f(x) + x = 0")
    worlds = [
        world(seed, {"f": sort_of("real"), "x": sort_of(kind)}) for seed in SEEDS for kind in ("real", "positive")
    ]
    once = [value_in(here, term) for here in worlds]
    assert len(set(once)) == len(worlds)
    assert [value_in(here, term) for here in worlds] == once == [here.value(term) for here in worlds]
    nothing, _ = sides(r"\operatorname{tr}(x) = 0")
    assert [value_in(world(1, {"x": sort_of(kind)}), nothing) is None for kind in ("matrix n k", "spd n")] == [
        True,
        False,
    ]
