"""Means without a law in chains that name one."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

NOTES = r"""
Let $q(z) = \mathcal{N}(z; \mu, \sigma^2)$ and $p(z) = \mathcal{N}(z; 0, 1)$. Then

$$ %s $$
"""
CHAIN = r"\mathbb{E}_{z \sim q}[(z - a)^2] = \mathbb{E}[z^2] - 2 a \mathbb{E}[z] + a^2"


def judged(claim):
    return examine(read_document("a.md", NOTES % claim), Options()).judged[-1].verdict


def test_a_mean_without_a_law_may_be_under_that_of_the_chain():
    found = judged(CHAIN)
    assert isinstance(found, Supported) and found.holds_if is not None and "chain" in found.holds_if


@pytest.mark.parametrize(("old", "new"), [("- 2 a", "- a"), ("+ a^2", "- a^2"), ("[z^2]", "[z]")])
def test_what_holds_under_neither_law_is_refuted(old, new):
    assert CHAIN.count(old) == 1
    assert isinstance(judged(CHAIN.replace(old, new)), Refuted)


def test_means_under_two_laws_leave_it_open():
    claim = r"\mathbb{E}_q[z^2] + \mathbb{E}_p[z^2] = \mu^2 + \sigma^2 + \mathbb{E}[z^2]"
    assert not isinstance(judged(claim), Refuted)


def test_the_density_p_is_none_that_q_gives():
    found = examine(read_document("a.md", NOTES % "a = a"), Options()).judged
    assert not any(isinstance(one.verdict, Refuted) for one in found)
