"""Notation that may mean something else than what it is read as; beside it what stays a mistake."""

from __future__ import annotations

import pytest

from errata.checking.loose_notation import meant_otherwise
from errata.reading.parser import parse
from errata.reading.relations import stated


@pytest.mark.parametrize(
    ("meant", "plain"),
    [
        (r"f^{-1} = f", r"f^2 = f"),
        (r"b = b \times 2", r"b = c \times 2"),
        (r"b = b + 1", r"b = \exp(- \ln b)"),
        (r"\mathrm{E}(X) = \mathrm{Var}(X)", r"\mathrm{E}(X) = \mathrm{Var}(Y)"),
        (r"\mathrm{E}(X) = \mathrm{Var}(X)", r"\mathrm{E}(X) = \mathrm{E}(X)^2"),
        (r"(A_{ji}) = (A_{ij})^T", r"A_{ji} = A_{ij}"),
        (r"(A_{ji}) = (A_{ij})^T", r"(A_i)^2 = (A_j)"),
        (r"\sum_{n=0}^{N-1} x_{-n} = \sum_{k=0}^{N-1} x_k", r"\sum_{n=0}^{N-1} x_{n-1} = \sum_{k=0}^{N-1} x_k"),
        (r"\sum_{n=0}^{N-1} x_{-n} = \sum_{k=0}^{N-1} x_k", r"\sum_{n=0}^{N-1} x^{-n} = \sum_{k=0}^{N-1} x^k"),
        (r"x_{-n} = x_n", r"\int_{-\infty}^s f(y) \, dy = \int_{-a}^s f(y) \, dy"),
        (
            r"\sum_{w \in A} p(w) = \sum_{w \in S} p(w) - \sum_{w \in B} p(w)",
            r"\sum_{w \in A} p(w) = 2 \sum_{w \in A} p(w)",
        ),
        (r"\sum_{w \in A} w = \sum_{w \in S} w", r"\sum_{x \in A} x + \sum_{y \in B} y = \sum_{x \in A} 2 x"),
        (r"E[Y | T = 1] = E[Y_1 | T = 1]", r"E[Y | T = 1] = E[X_1 | T = 1]"),
        (r"E[Y | T = 1] = E[Y^1 | T = 1]", r"E[Y | T = 1] = E[X^1 | T = 1]"),
        (r"a_i \cdot b_j = \sum_l a_{il} b_{jl}", r"a_i \cdot b_j = \sum_l a_{il} c_{jl}"),
        (r"a_i \cdot b_j = \sum_l a_{il} b_{jl}", r"a_i \cdot b_j = \sum_l a_l b_l"),
        (r"a1 = a2", r"a \cdot 1 = 2 a"),
        (r"a1 = a2", r"y_{i1} = y_{i2}"),
        (r"\frac{c_i}{1 - c_i} = \frac{c_{i1}}{c_{i0}}", r"\frac{c_{i1}}{1 - c_{i1}} = \frac{c_{i1}}{c_{i0}}"),
        (r"e^{i t} = \cos t", r"e^{k t} = \cos t"),
        (r"E[(Z - E(Z))^2] = E[(Z - \frac{8}{9})^2]", r"\mathrm{Var}(Z) = E[(Z - 2)^2]"),
        (r"E[(X - E(X))^2] = E[(X - 3)^2]", r"E[(X - E(X))^2] = 3 E[(X - E(X))^2]"),
        (r"[1 \times 8] \times [8 \times 6] = [1 \times 6]", r"[1 \times 8] \times [8 + 6] = [1 \times 6]"),
        (r"c = s + 1 + ϕi", r"c = s + 1 + \phi i"),
        (r"f(x) = 2 x \mathbf{1}_{[0,1]}(x)", r"f(x) = 2 x \mathbf{1}"),
        (r"2 x \propto x \mathbb{1}_{x > 0}", r"2 x \mathbb{1}_{x > 0} = x \mathbb{1}_{x > 1}"),
        (r"E[(X_{1,i} - E[X_1])^2] = \mathrm{Var}(X_1)", r"E[(X_{1,i} - E[X_2])^2] = \mathrm{Var}(X_2)"),
        (r"E[X_i^2] = E[X]", r"X_i^2 = X"),
        (r"x^{(2)} x^{(1)} = x^{(1)} - x^{(2)}", r"x^{(2)} x^{(1)} = x^{(1)} - 2 x^{(2)}"),
        (r"x_1^2 + x_2^2 = x \cdot x", r"x_1^2 + x_2^2 = x x"),
        (r"x_1^2 + x_2^2 = x \cdot x", r"x_1^2 + x_2^2 = x \cdot (x_1 + x_2)"),
        (r"P(Y | X) = \frac{P(X | Y) P(Y)}{P(x)}", r"P(Y | X) = \frac{P(X | Y) P(X)}{P(Y)}"),
        (r"P(y) = P(Y, X)", r"P(X = x) = P(X)"),
    ],
)
def test_what_may_be_meant(meant: str, plain: str) -> None:
    (loose,), (firm,) = (stated(parse(latex))[0].pairs() for latex in (meant, plain))
    assert meant_otherwise(loose) is not None
    assert meant_otherwise(firm) is None


def test_a_number_is_no_mean_where_another_slip_explains_it() -> None:
    (pair,) = stated(parse(r"E[(Z - E(Z))^2] = E[(Z - 3)^2]"))[0].pairs()
    assert meant_otherwise(pair) is not None
    assert meant_otherwise(pair, mended=True) is None


@pytest.mark.parametrize(
    "latex",
    [
        r"- \mathbb{E}_{Y \sim p}[\log p(Y)] = - \sum_y p(y) \log p(y)^2",
        r"a_{0 (X)}^\top b = \frac{1}{2} a_{0 (X)}^\top b",
    ],
)
def test_letters_are_what_they_are_read_as_where_another_slip_explains_it(latex: str) -> None:
    (pair,) = stated(parse(latex))[0].pairs()
    assert meant_otherwise(pair) is not None
    assert meant_otherwise(pair, mended=True) is None
