"""Relations in a notation of identities that stand alone: refuted without a slip, unless words take them back."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(text: str) -> str:
    return type(examine(read_document("page.md", text), Options()).judged[-1].verdict).__name__


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\sum_{i=1}^n (x_i - \bar x)^2 = \sum_{i=1}^n x_i^2 - n \bar x^2",
         r"\sum_{i=1}^n (x_i - \bar x)^2 = \sum_{i=1}^n x_i^2 - \bar x^2"),
        (r"\binom{n}{k} = \binom{n - 1}{k - 1} + \binom{n - 1}{k}",
         r"\binom{n}{k} = \binom{n - 1}{k - 1} + \binom{n}{k - 1}"),
        (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", r"\sum_{k=0}^{\infty} r^k = \frac{r}{1 - r}"),
        (r"\Gamma(x) \Gamma(1 - x) = \frac{\pi}{\sin(\pi x)}", r"\Gamma(x) \Gamma(1 - x) = \frac{\pi}{\cos(\pi x)}"),
    ],
)  # fmt: skip
def test_what_fails_in_this_notation_is_a_mistake(right: str, wrong: str) -> None:
    assert verdict(f"We use that ${right}$.") in ("Supported", "Proved")
    assert verdict(f"We use that ${wrong}$.") == "Refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Find $n$ with $\binom{n}{2} = \binom{n}{3}$.",
        r"Here $\binom{n}{2} = \binom{n}{3}$.",  # an equation for the only name in it
        r"As the data are uncorrelated, $\sum_{i=1}^n x_i y_i = n \bar x \bar y$.",
        r"We have $\sum_{i=1}^n w_i x_i^2 = \bar x \sum_{i=1}^n w_i x_i$.",  # x̄ may be a weighted mean
        r"It is wrong that $\sum_{k=0}^{\infty} r^k = \frac{r}{1 - r}$.",
        r"By the update, $\psi(a_n) - a_n \psi(a_0) = a_0 \log b_n - \psi(b_0)$.",  # a_n may be a_0 + 1
        r"We need $a d = b c$.",
    ],
)
def test_equations_and_conditions_are_left_alone(text: str) -> None:
    assert verdict(text) == "Undecided"
