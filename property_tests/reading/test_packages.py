"""Commands of well-known packages are read as what they stand for, and yield to the document's own."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.document import Macro
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\dv{f}{x} + \dv{x} g", "df/dx + d/dx g"),
        (r"\pdv{f}{x}{y} + \pdv[2]{f}{x}", "(∂^2 f)/(∂ x ∂ y) + (∂^2 f)/(∂ x^2)"),
        (r"\qty(\frac{a}{b})^2", "(a/b)^2"),
        (r"\int x p(x) \dd{x}", "integral(x·p(x) dx)"),
        (r"\int f(x) \mathop{}\!\mathrm{d}x", "integral(f(x) dx)"),
        (r"\SI{3}{\km} + \num{1e-3}", "3·km + 1×10^(-3)"),
        (r"\sum_{\mathclap{i=1}}^n x_i", "sum[(i = 1)..n](x_i)"),
        (r"\expval{x}", "⟨x⟩"),
    ],
)
def test_they_are_written_out(latex: str, said: str) -> None:
    assert words(parse(latex)) == said


def test_the_own_definition_wins() -> None:
    assert words(parse(r"\qty + 1", {"qty": Macro("qty", 0, "q")})) == "q + 1"


def test_a_derivative_in_this_notation_is_judged() -> None:
    def verdict(right: str) -> type:
        text = f"$$\\dv{{x}} (x^3 + 2 x) = {right}$$\n"
        return type(examine(read_document("page.md", text.encode()), Options()).judged[0].verdict)

    assert verdict("3 x^2 + 2") in (Proved, Supported)
    assert verdict("3 x^2 + 1") is Refuted


def test_units_are_no_numbers() -> None:
    text = "$$\\SI{1}{\\km} = \\SI{1000}{\\m}$$\n"
    assert not any(
        isinstance(j.verdict, Refuted) for j in examine(read_document("p.md", text.encode()), Options()).judged
    )
