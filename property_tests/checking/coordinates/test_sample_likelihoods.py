"""The likelihood of a sample and the divergence from its empirical distribution are best at the same place."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = r"""
The empirical distribution is

$$\hat{p}(u) = \frac{1}{M} \sum_{i=1}^M \mathbb{1}[U_i = u]$$

and the best weight is

$$\hat{w} = \arg\max_w [\log p(D \mid w) + \log g(w)]$$

which is

$$\hat{w} = %s$$
"""


def verdict(page: str) -> object:
    return examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "right",
    [
        r"\arg\min_w \left[ \mathrm{KL}(\hat{p} \| p_w) - \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \left[ H(\hat{p}, p_w) - \frac{1}{M} \log g(w) \right]",
        r"\arg\max_w \left[ \log g(w) - M \mathrm{KL}(\hat{p} \| p_w) \right]",
    ],
)
def test_a_divergence_from_the_data_stands_for_their_likelihood(right: str) -> None:
    found = verdict(PAGE % right)
    assert isinstance(found, Supported)
    assert found.holds_if is not None and "is the empirical distribution of independent data" in found.holds_if


@pytest.mark.parametrize(
    "right",
    [
        r"\arg\min_w \left[ \mathrm{KL}(\hat{p} \| p_w) + \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \left[ \mathrm{KL}(\hat{p} \| p_w) - \log g(w) \right]",
        r"\arg\max_w \left[ \mathrm{KL}(\hat{p} \| p_w) - \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \left[ \mathrm{KL}(p_w \| \hat{p}) - \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \left[ \mathrm{KL}(\hat{q} \| p_w) - \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \left[ \mathrm{KL}(\hat{p} \| p_v) - \frac{1}{M} \log g(w) \right]",
        r"\arg\min_w \mathrm{KL}(\hat{p} \| p_w)",
    ],
)
def test_a_slip_is_not_supported(right: str) -> None:
    assert not isinstance(verdict(PAGE % right), Supported)
