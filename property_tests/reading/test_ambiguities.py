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
    "latex",
    [r"\prod_{i=1}^n \lambda e^{-x_i}", r"\prod_{i=1}^n a_i", r"\prod_i 2 c", r"\sum_{i=1}^n x_i c", r"x \cdot y"],
)
def test_nothing_is_open(latex: str) -> None:
    assert ambiguities(parse(latex)) == ()
