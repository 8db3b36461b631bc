"""Functions that were derived before are put in, and the law at its parameter is written in one way."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, NotAClaimKind, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

DERIVED = r"""
$$g(\theta) := \log \prod_{i=1}^M p(u_i | \theta) = \sum_{i=1}^M \log p(u_i | \theta)$$

Its mean is

$$\frac{1}{M} g(\theta) = %s$$
"""
DEFINED = r"""
The likelihood is $L(\theta) := p(D \mid \theta)$. By independence,

$$L(a) = %s$$
"""


def last(page: str) -> Judged:
    return examine(read_document("page.md", page.encode()), Options()).judged[-1]


def test_a_derived_function_is_put_in() -> None:
    verdict = last(DERIVED % r"\frac{1}{M} \sum_{i=1}^M \log p_\theta(u_i)").verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "with what the document derives for its functions"


@pytest.mark.parametrize(
    "slip",
    [
        r"\sum_{i=1}^M \log p_\theta(u_i)",
        r"-\frac{1}{M} \sum_{i=1}^M \log p_\theta(u_i)",
        r"\frac{1}{M} \sum_{i=1}^M \log p_\phi(u_i)",
        r"\frac{1}{M} \sum_{i=1}^M p_\theta(u_i)",
    ],
)
def test_a_slip_is_not_supported(slip: str) -> None:
    assert not isinstance(last(DERIVED % slip).verdict, Supported)


def test_the_law_of_a_sample_is_given_by_its_members() -> None:
    assert last(DEFINED % r"\prod_{i=1}^M p(u_i \mid a)").verdict == NotAClaim(NotAClaimKind.GIVEN)


@pytest.mark.parametrize(
    "slip", [r"\sum_{i=1}^M p(u_i \mid a)", r"\prod_{i=1}^M p(u_i \mid b)", r"\prod_{i=1}^M (1 - p(u_i \mid a))"]
)
def test_another_expression_does_not_give_it(slip: str) -> None:
    assert not isinstance(last(DEFINED % slip).verdict, NotAClaim | Supported)
