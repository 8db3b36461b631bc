"""A function that has a meaning of its own is defined by no formula: what is said of it is right or wrong."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(text: str) -> str:
    return type(examine(read_document("page.md", text), Options()).judged[-1].verdict).__name__


@pytest.mark.parametrize(
    ("head", "right", "wrong"),
    [
        (r"\cosh(x)", r"\frac{e^x + e^{-x}}{2}", r"\frac{e^x - e^{-x}}{2}"),
        (r"\tanh(x)", r"\frac{e^x - e^{-x}}{e^x + e^{-x}}", r"\frac{e^x + e^{-x}}{e^x - e^{-x}}"),
        (r"\Gamma(n)", "(n - 1)!", "n!"),
        (r"\operatorname{erf}(x)", *(rf"\frac{{{n}}}{{\sqrt\pi}} \int_0^x e^{{-t^2}} dt" for n in (2, 1))),
    ],
)
def test_what_is_said_of_a_known_function_is_judged(head: str, right: str, wrong: str) -> None:
    assert verdict(f"Recall ${head} = {right}$.") == "Supported"
    assert verdict(f"Recall ${head} = {wrong}$.") == "Refuted"


def test_an_equation_for_its_argument_is_not_refuted() -> None:
    assert verdict(r"The fixed point fulfils $\cos(x) = x$.") == "Undecided"


def test_a_quantity_that_bears_its_name_is_still_defined() -> None:
    assert verdict(r"Let $\Gamma(x) = a x + b$.") == "NotAClaim"
