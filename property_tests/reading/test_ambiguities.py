"""What is left open is said, and nothing is said where nothing is open."""

from __future__ import annotations

import pytest

from errata.reading.ambiguities import ambiguities
from errata.reading.parser import parse


def test_a_product_whose_last_factors_lack_its_index() -> None:
    assert ambiguities(parse(r"\prod_{i=1}^n \frac{1}{y_i!} \lambda^{n} \cdot c")) == (
        "the product over i may end before λ^n: both readings are tried",
    )


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        ("t(n-1)", "t is read as a factor of (n - 1); it may be a function of it"),
        (r"m = \gamma_a^{-1}(\frac{c}{2})", "γ_a^(-1) is read as a factor of (c/2); it may be a function of it"),
    ],
)
def test_a_factor_that_may_be_a_function(latex: str, said: str) -> None:
    assert ambiguities(parse(latex)) == (said,)


@pytest.mark.parametrize(
    "latex",
    ["n(n-1)", "p(1-p)", r"A^\top(x + y)", "h(1-x)", "c (a+b)", r"\Sigma^{-1}(x-\mu)", "f(x)",
     r"\prod_{i=1}^n \lambda e^{-x_i}", r"\prod_{i=1}^n a_i", r"\prod_i 2 c", r"\sum_{i=1}^n x_i c", r"x \cdot y"],
)  # fmt: skip
def test_nothing_is_open(latex: str) -> None:
    assert ambiguities(parse(latex)) == ()
