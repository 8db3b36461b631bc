"""Integrals without limits, held against the derivative of what they are said to be."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str):
    return examine(read_document("page.md", text), Options()).judged[-1]


def verdict(text: str) -> str:
    return type(judged(text).verdict).__name__


@pytest.mark.parametrize(
    ("integral", "right", "wrong"),
    [
        (r"\int x e^{-x} dx", "-(x + 1) e^{-x} + C", "(x + 1) e^{-x} + C"),
        (r"\int x^2 \, dx", r"\frac{x^3}{3}", r"\frac{x^3}{2}"),
        (r"\int \log x \, dx", r"x \log x - x + \text{const}", r"x \log x + x + \text{const}"),
        (r"\int \cos(a x) dx", r"\frac{1}{a} \sin(a x)", r"a \sin(a x)"),
        (r"\int \frac{1}{x} dx", r"\log x + c", r"2 \log x + c"),
        (
            r"\int \exp(-a x^2) dx",
            r"\frac{1}{2} \sqrt{\frac{\pi}{a}} \mathrm{erf}(\sqrt{a} x)",
            r"\frac{1}{2} \sqrt{\frac{\pi}{a^2}} \mathrm{erf}(\sqrt{a} x)",
        ),
    ],
)
def test_an_antiderivative_has_the_integrand_for_its_derivative(integral: str, right: str, wrong: str) -> None:
    assert verdict(f"$${integral} = {right}$$") in ("Supported", "Proved")
    assert verdict(f"$${integral} = {wrong}$$") == "Refuted"


def test_the_slip_in_it_is_named() -> None:
    found = judged(r"$$\int x e^{-x} dx = (x + 1) e^{-x} + C$$")
    assert found.verdict.repair is not None and found.verdict.repair.slip == "sign"


@pytest.mark.parametrize(
    "formula",
    [
        r"\int e^{-x^2} dx = \sqrt{\pi}",  # over all x
        r"\int e^{-x^2/2} dx = \sqrt{\pi}",
        r"\int x \, p(x) \, dx = \mu",
        r"\int f(x) dx = F(x) + C",
        r"\int u \, dv = u v - \int v \, du",
        r"\int a x \, dx = \frac{b x^2}{2}",  # b may be a
        r"\int 2 x \, dx = \pi x^2",  # π may be a name
    ],
)
def test_other_integrals_are_left_alone(formula: str) -> None:
    assert verdict(f"$${formula}$$") == "Undecided"


def test_an_equation_to_be_solved_is_no_claim() -> None:
    assert verdict(r"We set $$\int x \, dx = x^2$$ and solve for $x$.") != "Refuted"
