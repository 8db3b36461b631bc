"""p_θ(x) beside p(x | θ): what holds of the one law is supported with that said; slips and other parameters never."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = r"""
The likelihood is $$ L(\theta) = \prod_{j=1}^M p(v_j \mid \theta), $$ its logarithm
$$ \ell(\theta) = \log L(\theta), $$ and the data have
$$ \hat p(v) = \frac{1}{M} \sum_{j=1}^M \mathbb{1}[v_j = v]. $$
So $$ %s $$
"""
DIVERGENCE = r"\mathrm{KL}(q \| p_\theta) = \int q(v) \log \frac{q(v)}{p(v \mid \theta)} dv"
CONDITIONED = r"\mathbb{E}_{q(w)}[\log p(v \mid w, \theta)] = \int q(w) \log p_\theta(v \mid w) dw"
LEARNT = r"\arg\max_\theta \ell(\theta) = \arg\min_\theta H(\hat p, p_\theta)"
SLIPS = [
    (DIVERGENCE, r"\frac{q(v)}{p(v \mid \theta)}", r"\frac{p(v \mid \theta)}{q(v)}"),
    (DIVERGENCE, r"\int q(v)", r"\int p(v \mid \theta)"),
    (DIVERGENCE, r"p(v \mid \theta)", r"p(\theta \mid v)"),
    (DIVERGENCE, r"p(v \mid \theta)", r"p(v \mid \phi)"),
    (DIVERGENCE, r"p(v \mid \theta)", r"r(v \mid \theta)"),
    (DIVERGENCE, r"p(v \mid \theta)", r"p(v \mid \theta)^2"),
    (CONDITIONED, r"\log p_\theta(v \mid w)", r"\log p_\theta(w \mid v)"),
    (CONDITIONED, r"\log p_\theta(v \mid w)", r"p_\theta(v \mid w)"),
    (LEARNT, r"\arg\min", r"\arg\max"),
    (LEARNT, r"\hat p, p_\theta", r"p_\theta, \hat p"),
    (LEARNT, r"H(\hat p, p_\theta)", r"\mathrm{KL}(p_\theta \| \hat p)"),
]


def last(claim, page=PAGE):
    return examine(read_document("a.md", (page % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize("claim", [DIVERGENCE, CONDITIONED])
def test_a_law_at_its_parameter_is_the_law_that_carries_it(claim):
    found = last(claim)
    assert isinstance(found, Supported)
    assert found.holds_if == "p_θ is the law given the parameter"


@pytest.mark.parametrize("body", [r"H(\hat p, p_\theta)", r"\mathrm{KL}(\hat p \| p_\theta)"])
def test_the_likelihood_that_the_document_defines_is_put_in(body):
    found = last(LEARNT.replace(r"H(\hat p, p_\theta)", body))
    assert isinstance(found, Supported)
    assert "with the definitions that the document gives" in found.holds_if
    assert "the empirical distribution of the v_j" in found.holds_if


DERIVED = r"""
We have $$ \ell(\theta) = \log p(D \mid \theta) = \sum_{j=1}^M \log p(v_j \mid \theta) $$ and
$$ \hat p(v) = \frac{1}{M} \sum_{j=1}^M \mathbb{1}[v_j = v]. $$
So $$ %s $$
"""


def test_the_end_of_a_chain_is_put_in_and_said():
    found = last(LEARNT, DERIVED)
    assert isinstance(found, Supported)
    assert "with what the document derives for its functions" in found.holds_if


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\theta) = \sum_{j=1}^M \log", r"\theta) = -\sum_{j=1}^M \log"),
        (r"\theta) = \sum", r"\theta) \geq \sum"),
        (r"\log p(v_j \mid \theta)", r"p(v_j \mid \theta)"),
    ],
)
def test_only_the_right_end_of_a_chain_of_equations_supports(old, new):
    assert old in DERIVED
    assert not isinstance(last(LEARNT, DERIVED.replace(old, new)), Supported | Refuted)


@pytest.mark.parametrize(("claim", "old", "new"), SLIPS)
def test_a_slip_is_never_supported(claim, old, new):
    assert old in claim
    assert not isinstance(last(claim.replace(old, new, 1)), Supported)


@pytest.mark.parametrize(("old", "new"), [("v_j = v", "u_j = v"), (r"\log L", r"-\log L"), (r"\prod", r"\sum")])
def test_what_is_put_in_must_be_the_likelihood_of_the_data(old, new):
    assert old in PAGE
    assert not isinstance(last(LEARNT, PAGE.replace(old, new)), Supported | Refuted)
