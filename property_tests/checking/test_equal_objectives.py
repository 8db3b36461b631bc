"""What is best by one objective is best by an equal one, for all laws."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

MEAN = r"\mathbb{E}_{z \sim q_\phi}[\log p_\theta(x|z)] %s \mathrm{KL}(q_\phi(z|x) \| p(z))"


def held(left: str, right: str) -> bool:
    page = f"$$m = {left} = {right}$$"
    return isinstance(
        examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict, Supported | Proved
    )


BOUND = r"\arg\max_{\phi, \theta} \text{ELBO}(x)"


def test_equal_objectives_are_best_at_the_same_place() -> None:
    assert held(BOUND, rf"\arg\max_{{\phi, \theta}} \left( {MEAN % '-'} \right)")


def test_the_opposite_of_what_is_largest_is_smallest() -> None:
    right = r"-\mathbb{E}_{z \sim q_\phi}[\log p_\theta(x|z)] + \mathrm{KL}(q_\phi(z|x) \| p(z))"
    assert held(BOUND, rf"\arg\min_{{\phi, \theta}} \left( {right} \right)")


@pytest.mark.parametrize(
    "right",
    [
        rf"\arg\max_{{\phi, \theta}} \left( {MEAN % '+'} \right)",
        rf"\arg\min_{{\phi, \theta}} \left( {MEAN % '-'} \right)",
        rf"\arg\max_{{\phi}} \left( {MEAN % '-'} \right)",
        r"\arg\max_{\phi, \theta} \left( \mathbb{E}_{z \sim q_\phi}[\log p_\theta(x|z)] "
        r"- \mathrm{KL}(p(z) \| q_\phi(z|x)) \right)",
    ],
)
def test_other_objectives_are_not_supported(right: str) -> None:
    assert not held(BOUND, right)
