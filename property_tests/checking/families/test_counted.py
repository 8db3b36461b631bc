"""Likelihoods of coins by their counts: those of the counts that the text names are supported, slips never are."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.outcomes import Count, outcomes_told
from errata.reading.sources import read_document

NAMES = "A likelihood $\\mathcal{L}(r) := P(D | r)$. There were $k$ heads in $n$ flips. So $$%s$$"
BOTH = "A likelihood $\\mathcal{L}(r) := P(D | r)$. There were $k$ successes and $f$ failures. So $$%s$$"
NUMBERS = "A likelihood $\\mathcal{L}(r) := P(D | r)$. We saw three heads and 4 tails. So $$%s$$"
LOGS = "The log-likelihood $\\ell(r) := \\log P(D | r)$. There were $k = 3$ heads in $n = 7$ tosses. So $$%s$$"
RIGHT = [
    (NAMES, r"\mathcal{L}(r) = r^k (1 - r)^{n - k}"),
    (BOTH, r"\mathcal{L}(r) = r^k (1 - r)^f"),
    (NUMBERS, r"\mathcal{L}(r) = r^3 (1 - r)^4"),
    (LOGS, r"\ell(r) = k \log r + (n - k) \log(1 - r)"),
    (NAMES, r"p(D \mid r) \propto r^k (1 - r)^{n - k}"),
]
SLIPS = [
    (0, "n - k", "n"),
    (0, "r^k", "r^n"),
    (0, "1 - r", "1 + r"),
    (0, "r^k", "2 r^k"),
    (1, "^f", "^k"),
    (2, "^3", "^4"),
    (2, "^4", "^3"),
    (3, "+", "-"),
    (3, "n - k", "n + k"),
    (3, r"k \log r", "k r"),
    (4, "n - k", "k - n"),
]


def last(text: str, claim: str):
    return examine(read_document("a.md", (text % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(("text", "claim"), RIGHT)
def test_the_likelihood_of_the_counts_is_supported(text, claim):
    found = last(text, claim)
    assert isinstance(found, Supported)
    assert "the trials are independent" in found.holds_if


@pytest.mark.parametrize(("which", "old", "new"), SLIPS)
def test_a_slip_is_never_supported(which, old, new):
    text, claim = RIGHT[which]
    assert old in claim
    assert not isinstance(last(text, claim.replace(old, new, 1)), Supported)


def test_names_that_are_no_counts_say_nothing():
    assert not isinstance(last(NAMES.replace("$k$ heads", "$k$ apples"), RIGHT[0][1]), Supported | Refuted)
    assert not isinstance(last(NAMES, r"\mathcal{L}(r) = r^a (1 - r)^{n - a}"), Supported | Refuted)


def test_counts_are_read_from_names_numbers_and_words():
    told = outcomes_told("In $n = 9$ tosses there were $k = 4$ heads and five tails.")
    assert told.successes == Count(frozenset({"k"}), 4)
    assert told.failures == Count(frozenset(), 5)
    assert told.trials == Count(frozenset({"n"}), 9)
    assert outcomes_told("Heads or tails, in flips.").successes is None


MASSES = r"\prod_{i=1}^M r^{u_i} (1 - r)^{1 - u_i}"


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (MASSES, r"r^{\#H} (1 - r)^{\#T}", True),
        (MASSES, r"r^{\# \text{heads}} (1 - r)^{\# \text{tails}}", True),
        (MASSES, r"r^{\#T} (1 - r)^{\#H}", False),
        (MASSES, r"r^{\#H} (1 + r)^{\#T}", False),
        (MASSES, r"r^{\#H} (1 - r)^{\#H}", False),
        (MASSES, r"r^{\#A} (1 - r)^{\#B}", False),
        (r"\prod_{i=1}^M r^{1 - u_i} (1 - r)^{u_i}", r"r^{\#H} (1 - r)^{\#T}", False),
        (r"\prod_{i=1}^M r^{u_j} (1 - r)^{1 - u_j}", r"r^{\#H} (1 - r)^{\#T}", False),
        (r"\sum_{i=1}^M r^{u_i} (1 - r)^{1 - u_i}", r"r^{\#H} (1 - r)^{\#T}", False),
    ],
)
def test_marked_counts_gather_the_masses_of_trials(left: str, right: str, holds: bool) -> None:
    assert isinstance(last("There is $$%s$$", f"{left} = {right}"), Supported) is holds
