"""Means over samples: estimates by draws and sums over data are supported with what they rest on; slips never are."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PLAIN = r"""We compute a mean. $$ %s $$"""
DATA = r"""
The points have the distribution that is
$$ \hat p(v) := \frac{1}{M} \sum_{j=1}^M \mathbb{1}[v_j = v]. $$
So $$ %s $$
"""
DIRACS = DATA.replace(r"\mathbb{1}[v_j = v]", r"\delta(v - v_j)")

DRAWS = r"\mathbb{E}_q[g(w)] \approx \frac{1}{S} \sum_{s=1}^S g(w_s)"
INTEGRAL = r"\int g(w)^2 p(w) dw \approx \frac{1}{S} \sum_{s=1}^S g(w_s)^2"
EVIDENCE = r"\int p(v \mid w) p(w) dw \approx \frac{1}{S} \sum_{s=1}^S p(v \mid w_s)"
WEIGHTED = r"\mathbb{E}_p[g(w)] \approx \frac{1}{S} \sum_{s=1}^S \frac{p(w_s)}{q(w_s)} g(w_s)"
UNBIASED = r"\mathbb{E}\left[\frac{1}{S} \sum_{s=1}^S g(w_s)\right] = \mathbb{E}_p[g(W)]"
SLIPS = [
    (DRAWS, r"\frac{1}{S}", ""),
    (DRAWS, r"\frac{1}{S}", r"\frac{1}{S-1}"),
    (DRAWS, r"\frac{1}{S}", r"-\frac{1}{S}"),
    (DRAWS, "g(w_s)", "g(w_s)^2"),
    (DRAWS, "g(w_s)", "h(w_s)"),
    (DRAWS, "g(w_s)", "q(w_s) g(w_s)"),
    (INTEGRAL, "g(w_s)^2", "g(w_s)"),
    (EVIDENCE, r"p(v \mid w_s)", r"p(v \mid w_s) p(w_s)"),
    (EVIDENCE, r"p(v \mid w_s)", r"p(w_s \mid v)"),
    (WEIGHTED, r"\frac{p(w_s)}{q(w_s)}", r"\frac{q(w_s)}{p(w_s)}"),
    (UNBIASED, r"g(W)", r"g(W)^2"),
    (UNBIASED, r"\frac{1}{S}", r"\frac{1}{S+1}"),
]

AVERAGE = r"\frac{1}{M} \sum_{j=1}^M \log p_\theta(v_j) = \mathbb{E}_{v \sim \hat p}[\log p_\theta(v)]"
LEARNT = r"\arg\max_\theta \sum_{j=1}^M \log p_\theta(v_j) = \arg\min_\theta \mathrm{KL}(\hat p \| p_\theta)"
CROSSED = r"-\frac{1}{M} \sum_{j=1}^M \log p_\theta(v_j) = H(\hat p) + \mathrm{KL}(\hat p \| p_\theta)"
DATA_SLIPS = [
    (AVERAGE, r"= \mathbb", r"= -\mathbb"),
    (AVERAGE, r"\frac{1}{M}", ""),
    (AVERAGE, r"\hat p}", "p}"),
    (AVERAGE, r"[\log", r"[\log^2"),
    (LEARNT, r"\arg\min", r"\arg\max"),
    (LEARNT, r"\hat p \| p_\theta", r"p_\theta \| \hat p"),
    (CROSSED, r"H(\hat p) +", ""),
    (CROSSED, "-", ""),
    (CROSSED, r"\hat p \| p_\theta", r"p_\theta \| \hat p"),
]


def last(claim, page):
    return examine(read_document("a.md", (page % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("claim", "condition"),
    [
        (DRAWS, "the w_s are many independent draws from q"),
        (INTEGRAL, "the w_s are many independent draws from p"),
        (EVIDENCE, "the w_s are many independent draws from p"),
        (WEIGHTED, "the w_s are many independent draws from q; every outcome is possible"),
        (UNBIASED, "the w_s are draws from p"),
    ],
)
def test_what_draws_estimate_is_supported(claim, condition):
    found = last(claim, PLAIN)
    assert isinstance(found, Supported)
    assert found.holds_if == condition


@pytest.mark.parametrize(("claim", "old", "new"), SLIPS)
def test_a_slip_in_an_estimate_is_never_supported(claim, old, new):
    assert old in claim
    assert not isinstance(last(claim.replace(old, new, 1), PLAIN), Supported)


def test_draws_that_follow_another_law_support_nothing():
    told = PLAIN.replace("a mean.", r"a mean of $w_s \sim r(w)$.")
    assert not isinstance(last(DRAWS, told), Supported)
    assert isinstance(last(DRAWS, told.replace("r(w)", "q(w)")), Supported)
    assert isinstance(last(WEIGHTED, told.replace("r(w)", "q(w)")), Supported)
    assert not isinstance(last(WEIGHTED, told.replace("r(w)", "p(w)")), Supported)


def test_an_average_of_draws_is_not_the_mean_itself():
    assert not isinstance(last(DRAWS.replace(r"\approx", "="), PLAIN), Supported)


@pytest.mark.parametrize("page", [DATA, DIRACS])
@pytest.mark.parametrize("claim", [AVERAGE, LEARNT, CROSSED])
def test_sums_over_data_are_means_of_their_distribution(claim, page):
    found = last(claim, page)
    assert isinstance(found, Supported)
    assert found.holds_if == "p̂ is the empirical distribution of the v_j"


@pytest.mark.parametrize(("claim", "old", "new"), DATA_SLIPS)
def test_a_slip_in_a_sum_over_data_is_never_supported(claim, old, new):
    assert old in claim
    assert not isinstance(last(claim.replace(old, new, 1), DATA), Supported)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\frac{1}{M} \sum_{j=1}^M \mathbb", r"\sum_{j=1}^M \mathbb"),
        ("v_j = v]", "u_j = v]"),
        ("= v]", "> v]"),
        (r"\hat p(v)", r"\hat q(v)"),
        (r"\sum_{j=1}^M \mathbb", r"\sum_{j=1}^N \mathbb"),
    ],
)
def test_the_distribution_must_be_that_of_the_data(old, new):
    assert old in DATA
    assert not isinstance(last(AVERAGE, DATA.replace(old, new)), Supported | Refuted)


def test_forward_and_reverse_divergence_are_not_taken_for_each_other():
    reverse = r"\arg\min_\theta H(Q, p_\theta) = \arg\min_\theta \mathrm{KL}(p_\theta \| Q)"
    for law in ("q", r"\hat p", r"p_{\text{data}}", "p_0"):
        assert not isinstance(last(reverse.replace("Q", law), PLAIN), Supported)
