"""Expansions up to O(g) or dots: right ones held, wrong coefficients and orders refuted."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(formula: str):
    return examine(read_document("page.md", f"We expand: ${formula}$."), Options()).judged[-1]


def verdict(formula: str) -> str:
    return type(judged(formula).verdict).__name__


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\log(1 + x) = x - \frac{x^2}{2} + O(x^3)", r"\log(1 + x) = x + \frac{x^2}{2} + O(x^3)"),
        (r"e^x = 1 + x + \frac{x^2}{2!} + \dots", r"e^x = 1 + x + x^2 + \dots"),
        (r"e^x = 1 + x + \mathcal{O}(x^2)", r"e^x = 1 + x + \mathcal{O}(x^3)"),
        (r"\sqrt{1 + x} = 1 + \frac{x}{2} - \frac{x^2}{8} + \cdots", r"\sqrt{1 + x} = 1 + x - \frac{x^2}{8} + \cdots"),
        (r"\frac{1}{1 - x} = 1 + x + x^2 + \dots", r"\frac{1}{1 + x} = 1 + x + x^2 + \dots"),
        (r"\sin(x) = x - \frac{x^3}{6} + \dots", r"\sin(x) = x + \frac{x^3}{6} + \dots"),
        (r"\cosh(a x) = 1 + \frac{a^2 x^2}{2} + O(x^4)", r"\cosh(a x) = 1 + \frac{a x^2}{2} + O(x^4)"),
        (r"(1 - \frac{1}{n})^n = \frac{1}{e} + O(1/n)", r"(1 - \frac{1}{n})^n = \frac{1}{e} + O(1/n^2)"),
    ],
)
def test_what_is_left_is_as_small_as_it_is_said_to_be(right: str, wrong: str) -> None:
    assert verdict(right) == "Supported"
    assert verdict(wrong) == "Refuted"


def test_the_slip_in_the_terms_is_undone() -> None:
    found = judged(r"\log(1 + x) = x + \frac{x^2}{2} + O(x^3)").verdict
    assert found.repair is not None and found.repair.slip == "sign"


@pytest.mark.parametrize(
    "formula",
    [
        r"f(x + h) = f(x) + h f'(x) + O(h^2)",
        r"x \log x = 2 x + O(x)",  # x log x is no multiple of x, but hardly more
        r"T = a n + b + O(n^2)",
        r"1 + 2 + \dots + n = n + \dots",
    ],
)
def test_what_can_not_be_told_is_left_alone(formula: str) -> None:
    assert verdict(formula) not in ("Supported", "Proved", "Refuted")


def test_terms_of_an_order_are_no_functions() -> None:
    small = r"o\left(\frac{1}{n}\right)"
    assert verdict(rf"1 - \left(1 + \frac{{a}}{{n}} + {small}\right) = -\frac{{a}}{{n}} + {small}") == "Undecided"
