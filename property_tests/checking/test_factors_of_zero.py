"""c(0) where c is a number of the document is a product that is nothing; a function's value at zero is kept."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

WORKED = r"""With the intercept in $y_j = c_0 + 2 x_j$:
$$\begin{align}
G(a) &= %s \\
&= %s
\end{align}$$
"""
RIGHT = WORKED % ("w^T w - c_0 (0) + 2 w^T w", "3 w^T w")
WRONG = WORKED % ("w^T w - c_0 (0) + 2 w^T w", "4 w^T w - c_0 (0)")


def verdict(text: str) -> Verdict:
    return examine(read_document("notes.md", text), Options()).judged[-1].verdict


def test_a_number_before_a_zero_is_a_factor() -> None:
    assert not isinstance(verdict(RIGHT), Refuted)


def test_what_fails_as_a_product_too_is_refuted() -> None:
    assert isinstance(verdict(WRONG), Refuted)


@pytest.mark.parametrize("applied", ["c_0(t) + 1", "c_0(1) + c_0(2)", "c_0(0) = 3"])
def test_a_name_that_the_document_applies_is_no_factor(applied: str) -> None:
    assert isinstance(verdict(f"The curve at the times is ${applied}$. " + RIGHT), Refuted)
