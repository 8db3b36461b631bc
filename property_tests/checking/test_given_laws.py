"""A relation that only says which law something has is given; one that says more of it is a claim."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def kinds(text: str) -> list[str]:
    document = read_document("page.md", text.encode())
    return [j.kind.value for j in examine(document, Options(), lambda *_: None, {}).judged]


@pytest.mark.parametrize(
    "latex",
    [
        r"p(z) = \mathcal{N}(0, I)",
        r"p(y_i | \lambda) = \mathrm{Poiss}(y_i; \lambda x_i)",
        r"p(x_t | x_{t-1}) = \mathcal{N}(x_t; \sqrt{1-\beta} x_{t-1}, \beta I)",
    ],
)
def test_a_law_that_is_given_is_no_claim(latex):
    assert kinds(f"Here $p$ is a law. ${latex}$ and again ${latex}$.")[-1] in ("given", "definition")


@pytest.mark.parametrize(
    "latex",
    [
        r"m \sim \mathcal{N}(a, b + b) = \mathcal{N}(a, b^2)",
        r"\mathcal{N}(x; 0, 1) = \frac{1}{\sqrt{2\pi}} e^{-x^2/2}",
        r"p(x | \theta) = \frac{p(\theta | x)}{p(\theta)}",
    ],
)
def test_what_says_more_is_a_claim(latex):
    assert kinds(f"$${latex}$$")[-1] == "claim"
