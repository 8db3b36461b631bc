"""A vector and its members: the relation holds for every number of members, or it isn't supported."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.members import judge_members
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated


def pair(latex: str) -> Pair:
    return next(iter(stated(parse(latex.replace("'", r"^\mathrm{T}")))[0].pairs()))


SQUARES = r"\sum_{i=1}^n (y_i - \mu)^2 = y' y - 2 n \mu \bar{y} + n \mu^2"
HELD = [
    r"y' y = \sum_{i=1}^n y_i^2",
    r"x' y = \sum_{i=1}^n x_i y_i",
    r"Y' Y = \sum_{i=1}^n Y_i^2",
    r"\|\boldsymbol{\theta}\|_2^2 = \sum_j \theta_j^2",
    r"\|\boldsymbol{\theta}\|_1 = \sum_j |\theta_j|",
    r"\|\mathbf{y} - \mathbf{X} \mathbf{w}\|^2 = \sum_{i=1}^n (y_i - \mathbf{w}' \mathbf{x}_i)^2",
    SQUARES,
    r"\sum_{i=1}^n (y_i - \bar{y})^2 = y' y - n \bar{y}^2",
    r"\sum_{i=1}^n (y_i - b - c x_i)^2 = (y - b 1_n - c x)' (y - b 1_n - c x)",
]
BROKEN = [
    r"y' y = \sum_{i=1}^n y_i",
    r"Y' Y = \sum_{i=1}^n Y_i",
    r"\|\boldsymbol{\theta}\|_1 = \sum_j \theta_j^2",
    r"\|\mathbf{y} - \mathbf{X} \mathbf{w}\|^2 = \sum_{i=1}^n (y_i + \mathbf{w}' \mathbf{x}_i)^2",
    r"x' x = \sum_{i=1}^n x_i y_i",
    SQUARES.replace("2 n", "2"),
    SQUARES.replace("2 n", "n"),
    r"\sum_{i=1}^n (y_i - \bar{y})^2 = y' y - \bar{y}^2",
    r"\sum_{i=1}^n (y_i - b - c x_i)^2 = (y - b 1_n + c x)' (y - b 1_n + c x)",
]


@pytest.mark.parametrize(("latex", "holds"), [(latex, True) for latex in HELD] + [(latex, False) for latex in BROKEN])
def test_a_vector_is_the_column_of_its_members(latex: str, holds: bool) -> None:
    found = judge_members(pair(latex), 0)
    assert (found is not None and isinstance(found.verdict, Supported)) is holds


def test_what_is_taken_for_granted_is_said() -> None:
    found = judge_members(pair(SQUARES), 0)
    assert found is not None
    assert found.where[:2] == ("y is the column of the y_i", r"\bary is the mean of the y_i")


def test_it_says_nothing_without_a_vector() -> None:
    assert judge_members(pair(r"\sum_{i=1}^n y_i^2 = \sum_{i=1}^n y_i y_i"), 0) is None
