"""The value of a name under which a refuted relation holds, where it is what makes it hold, and where nothing does."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

NORMAL = r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$."
COIN = r"Let $X \sim \mathrm{Bernoulli}(p)$."
KL = r"\mathrm{KL}(\mathcal{N}(\mu_1, \sigma_1^2) \| \mathcal{N}(\mu_2, \sigma_2^2))"


def condition(before, claim):
    verdict = examine(read_document("a.md", f"{before} Then\n\n$$ {claim} $$\n"), Options()).judged[-1].verdict
    assert isinstance(verdict, Refuted)
    return verdict.holds_if


@pytest.mark.parametrize(
    ("before", "claim", "said"),
    [
        (NORMAL, r"\mathbb{E}[X^2] = \mu^2 + 1", r"\sigma = 1"),
        (NORMAL, r"\mathbb{E}[X^2] = \sigma^2", r"\mu = 0"),
        (COIN, r"\mathrm{Var}(X) = p^2", r"p = \frac{1}{2}"),
        ("", rf"{KL} = \frac{{(\mu_1 - \mu_2)^2}}{{2 \sigma_2^2}}", r"\sigma_2 = \sigma_1"),
    ],
)
def test_what_makes_it_hold_is_told(before, claim, said):
    assert condition(before, claim) == said


@pytest.mark.parametrize(
    ("before", "claim"),
    [
        (NORMAL, r"\mathbb{E}[X^2] = \mu^2 + \sigma^2 + 1"),
        (NORMAL, r"\mathrm{Var}(X) = 2 \sigma^2"),
        (COIN, r"\mathrm{Var}(X) = p (1 - p) + 1"),
        (COIN, r"\mathrm{Var}(X) = p^2 (1 - p)"),
        (r"Let $X \sim \mathrm{Poiss}(\lambda)$.", r"\mathrm{Var}(X) = 2 \lambda"),
    ],
)
def test_what_does_not_is_not(before, claim):
    assert condition(before, claim) is None
