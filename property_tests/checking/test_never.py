"""Equations without a solution are refuted wherever they stand; those with one are no mistakes."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.never import refute_never
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document


def pair(latex: str) -> Pair:
    (found,) = stated(parse(latex))[0].pairs()
    return found


def last(text: str) -> Judged:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1]


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_{-\infty}^{\infty} \exp[-\pi (x - m)^2] \, dx = 2",
        r"\frac{x - x}{y} = 1",
        r"\sin^2 x + \cos^2 x = 2",
        r"\int_0^\infty b e^{-b x} \, dx = \frac{1}{2}",
        r"3 = \frac{\log x^2}{\log x}",
        r"\frac{n \bar{x} - n \bar{x}}{\sum_{i=1}^n (x_i - \bar{x})^2} = 1",
    ],
)
def test_what_has_one_value_is_not_another_number(latex: str) -> None:
    found = refute_never(pair(latex), 0)
    assert found is not None and isinstance(found.verdict, Refuted)
    assert found.verdict.by.witness and found.verdict.by.left != found.verdict.by.right


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_{-\infty}^{\infty} \exp[-\pi (x - m)^2] \, dx = 1",
        r"2 x = 6",
        r"x^2 = -1 - y",
        r"\int_0^b x \, dx = 2",
        r"\lfloor x / 100 \rfloor = 1",  # is 1 for larger x
        r"\frac{|x|}{x} = -1",
        r"f(x) - f(x) = 1",  # of functions nothing is known
        r"\sum_{k=0}^n \binom{n}{k} (-1)^k = 1",  # is 1 for n = 0
        r"\frac{2 x}{x} = 1.9",  # decimals are rounded
        r"x - x = y - y",
        r"0 f o r n = 1",  # ξ ≥ 0 for n = 1
        r"f h f^{-1} h^{-1} = e",  # the neutral element of a group
    ],
)
def test_what_may_have_a_solution_is_let_pass(latex: str) -> None:
    assert refute_never(pair(latex), 0) is None


def test_an_equation_that_opens_a_chain_is_judged() -> None:
    text = r"As it is a density, $$ \int_{-\infty}^{\infty} \frac{1}{\sqrt{2 \pi}} \exp[-@ (x - m)^2] \, dx = 1 $$"
    assert isinstance(last(text.replace("@", "2")).verdict, Refuted)
    assert last(text.replace("@", r"\frac{1}{2}")).rule is None
