"""A weight that has lost its density, and a divergence with its laws the wrong way round."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(latex: str, text: str = "With densities $f$ and $g$,") -> Judged:
    return examine(read_document("page.md", f"{text}\n\n$$ {latex} $$\n".encode()), Options()).judged[-1]


@pytest.mark.parametrize(
    "latex",
    [
        r"p(x) = \pi_0 f(x) + (1 - \pi_0)",
        r"p(x | y) = w + (1 - w) g(x)",
        r"{\rm Prob}(x) = \frac{1}{3} f(x) + \frac{1}{3} g(x) + \frac{1}{3}",
    ],
)
def test_a_weight_without_a_density_is_found(latex: str) -> None:
    found = last(latex)
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E312"
    assert "stands before no density" in str(found.message)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"p(x) = \pi_0 f(x) + (1 - \pi_0) g(x)", "With densities $f$ and $g$,"),
        (r"p(x) = c + (1 - c) f(x)", "With a guessing rate c and the curve f,"),
        (r"p(x) = a f(x) + b", "With the density f,"),
        (r"p(x) = \pi_0 f(x) + (1 - \pi_0) x", "With the density f,"),
    ],
)
def test_other_sums_are_left_alone(latex: str, text: str) -> None:
    assert not isinstance(last(latex, text).verdict, Refuted)


@pytest.mark.parametrize("left", [r"KL_g(\alpha)", r"\mathrm{KL}_g", r"D_{KL}"])
def test_a_negative_divergence_is_found(left: str) -> None:
    found = last(left + r" = \int \log\left(\frac{g(w)}{h(w)}\right) h(w) dw")
    assert isinstance(found.verdict, Refuted)
    assert "never negative" in str(found.message)


@pytest.mark.parametrize(
    "latex",
    [
        r"KL_g(\alpha) = \int \log\left(\frac{h(w)}{g(w)}\right) h(w) dw",
        r"KL_g(\alpha) = \int \log\left(\frac{g(w)}{h(w)}\right) g(w) dw",
        r"KL_g(\alpha) = -\int \log\left(\frac{g(w)}{h(w)}\right) h(w) dw",
        r"R_g(\alpha) = \int \log\left(\frac{g(w)}{h(w)}\right) h(w) dw",
    ],
)
def test_what_is_not_negative_or_no_divergence_is_left_alone(latex: str) -> None:
    assert not isinstance(last(latex).verdict, Refuted)
