"""The best function of an objective, and slips in it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

ADVERSARIAL = (
    r"The value is $V = \mathbb{E}_{x \sim p}[\log D(x)] + \mathbb{E}_{z \sim r(z)}[\log(1 - D(G(z)))]$, and the best "
    r"discriminator is $%s$."
)
SAMPLES = (
    r"The value is $V = \mathbb{E}_{x \sim p_d}[\log D(x)] + \mathbb{E}_{x \sim p_g}[\log(1 - D(x))]$, and the best "
    r"discriminator is $%s$."
)
SQUARES = r"The loss is $L = \mathbb{E}_{x \sim p}[(D(x) - 1)^2] + \mathbb{E}_{x \sim q}[D(x)^2]$, smallest at $%s$."


def verdict(notes: str, claim: str) -> object:
    return examine(read_document("a.md", notes % claim), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("notes", "claim", "slips"),
    [
        (
            ADVERSARIAL,
            r"D^*(x) = \frac{p(x)}{p(x) + q(x)}",
            [("{p(x)}", "{q(x)}"), ("+", "-"), ("+", "+ 2"), ("{p(x) + q(x)}", "{q(x)}"), (r"\frac", r"2 \frac")],
        ),
        (SAMPLES, r"D^*(x) = \frac{p_d(x)}{p_d(x) + p_g(x)}", [("{p_d(x)}", "{p_g(x)}")]),
        (SQUARES, r"D^*(x) = \frac{p(x)}{p(x) + q(x)}", [("{p(x)}", "{q(x)}")]),
    ],
)
def test_the_best_function_and_slips_in_it(notes, claim, slips):
    assert isinstance(verdict(notes, claim), Supported)
    for old, new in slips:
        found = verdict(notes, claim.replace(old, new, 1))
        assert isinstance(found, Refuted) and found.by.witness, new


def test_without_an_objective_nothing_is_said():
    found = verdict("The best discriminator is $%s$.", r"D^*(x) = \frac{q(x)}{p(x) + q(x)}")
    assert not isinstance(found, Supported | Refuted)


def test_an_objective_in_another_function_says_nothing():
    found = verdict(SAMPLES.replace("D(x)", "C(x)"), r"D^*(x) = \frac{p_g(x)}{p_d(x) + p_g(x)}")
    assert not isinstance(found, Supported | Refuted)


def test_the_function_is_taken_where_the_densities_are():
    found = verdict(ADVERSARIAL, r"D^*(x^2) = \frac{p(x)}{p(x) + q(x)}")
    assert not isinstance(found, Supported)
