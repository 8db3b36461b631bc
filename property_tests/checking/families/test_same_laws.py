"""Laws of one family with other parameters: equal one by one, of numbers and of matrices."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str) -> str:
    document = read_document("page.md", f"$$ {text} $$".encode())
    return type(examine(document, Options(), lambda *_: None, {}).judged[-1].verdict).__name__


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"y \sim \mathcal{N}(A 0_n + \mu, A I_n A^\mathrm{T}) = \mathcal{N}(\mu, A A^\mathrm{T})", "Supported"),
        (
            r"m \sim \mathcal{N}(\frac{n \mu}{n}, \frac{n \sigma^2}{n^2}) = \mathcal{N}(\mu, \frac{\sigma^2}{n})",
            "Proved",
        ),
        (r"m \sim \mathcal{N}(\frac{n \mu}{n}, \frac{n \sigma^2}{n^2}) \sim \mathcal{N}(\mu, \sigma^2)", "Refuted"),
        (r"m \sim \mathcal{N}(a, b + b) = \mathcal{N}(a, b^2)", "Refuted"),
        (r"m \sim \mathrm{Gam}(a, b) = \mathcal{N}(a, b^2)", "Undecided"),
        (r"p(y) = \mathrm{Exponential}(y) = \exp(-y)", "Undecided"),  # e to the power of −y, and no law
        (r"Y \sim \mathcal{MN}(M, A I_n A^\mathrm{T}, V) = \mathcal{MN}(M, A A^\mathrm{T}, V)", "Supported"),
        (r"Y \sim \mathcal{MN}(M, a U + a U, V) = \mathcal{MN}(M, a U, V)", "Undecided"),
    ],
)
def test_the_parameters_decide(text, verdict):
    assert last(text) == verdict
