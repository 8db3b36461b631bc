"""The trace of an identity beside numbers is the dimension, which they give; what fits none is refuted."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(latex: str) -> Verdict:
    return examine(read_document("notes.md", f"The sum is ${latex}$.\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"J(W) = \text{tr}(-I) + \frac12 \text{tr}(I) = -2 + 1",
        r"J(W) = 3 \operatorname{tr}(I) - \operatorname{tr}(2I) = 12 - 8",
    ],
)
def test_a_dimension_that_fits_is_found(latex: str) -> None:
    assert isinstance(verdict(latex), Proved | Supported)


@pytest.mark.parametrize(
    "latex",
    [
        r"J(W) = \text{tr}(-I) + \frac12 \text{tr}(I) = -2 + \frac14",
        r"J(W) = \text{tr}(-I) + \frac12 \text{tr}(I) = 2 + 1",
    ],
)
def test_what_fits_no_dimension_is_refuted(latex: str) -> None:
    assert isinstance(verdict(latex), Refuted)
