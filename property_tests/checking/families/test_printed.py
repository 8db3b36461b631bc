"""Printed probabilities and moments of laws with numbers: what supports them, what refutes them, what does neither."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

COIN = r"Let $X \sim \text{Binomial}(10, 0.3)$."
WAIT = r"Let $T \sim \text{Exponential}(2)$."
SIZE = r"Let $H \sim N(170, 10^2)$."


def last(law: str, relation: str, between: str = "Then") -> Judged:
    return examine(read_document("notes.md", f"# Law\n\n{law} {between} ${relation}$.\n"), Options()).judged[-1]


RIGHT = [
    (COIN, r"P(X = 0) = 0.0282"),
    (COIN, r"P(X \le 1) = 0.149"),
    (COIN, r"E[X] = 3"),
    (COIN, r"\mathrm{Var}(X) \approx 2.1"),
    (WAIT, r"P(T < 1) = 0.8647"),
    (SIZE, r"P(H > 180) \approx 0.159"),
    (SIZE, r"P(160 < H < 180) \approx 68\%"),
]


@pytest.mark.parametrize(("law", "relation"), RIGHT)
def test_the_rounding_of_the_computed_value_is_supported(law: str, relation: str) -> None:
    assert isinstance(last(law, relation).verdict, Supported)


@pytest.mark.parametrize(
    ("law", "relation"),
    [
        (COIN, r"P(X = 0) = 0.282"),
        (COIN, r"P(X \le 1) = 0.849"),
        (COIN, r"E[X] = 4"),
        (COIN, r"\mathrm{Var}(X) = 3.1"),
        (WAIT, r"P(T < 1) = 0.1353"),
        (SIZE, r"P(H > 180) \approx 0.841"),
        (SIZE, r"P(160 < H < 180) \approx 95\%"),
    ],
)
def test_a_value_far_away_is_refuted(law: str, relation: str) -> None:
    found = last(law, relation)
    assert isinstance(found.verdict, Refuted) and found.rule in ("E314", "E315")


@pytest.mark.parametrize(
    ("law", "relation", "between"),
    [
        (COIN, r"P(X = 0) = 0.031", "Then"),
        (COIN, r"P(X \le 1) = 0.25", "By the normal approximation"),
        (COIN, r"P(X \le 1) = 0.25", "Suppose now that"),
        (COIN, r"P(X \le 1) = 0.25", "In a simulation"),
        (COIN, r"E[X] = 4", "For another $X$, many lines below," + 700 * " "),
        (r"Let $X \sim \text{Binomial}(n, 0.3)$.", r"P(X = 0) = 0.1", "Then"),
        (r"Let $X \sim \text{Binomial}(10, 0.3)$ or $X \sim \text{Poisson}(4)$.", r"E[X] = 4", "Then"),
    ],
)
def test_what_may_be_meant_otherwise_is_not(law: str, relation: str, between: str) -> None:
    assert not isinstance(last(law, relation, between).verdict, Refuted)


BELL = r"Let $U \sim \mathcal N(0, 1)$."
SHIFTED = r"Let $U \sim \mathcal N(3, 4)$."
AWAY = (
    (BELL, r"P(U \ge 1.96) \approx 0.025", r"P(U \ge 1.96) \approx 0.035"),
    (BELL, r"P(|U| \ge 1.5) \approx 0.134", r"P(|U| \ge 1.5) \approx 0.0668"),
    (BELL, r"P(|U| < 1) = 0.683", r"P(|U| < 1) = 0.841"),
    (SHIFTED, r"P(|U - 3| \le 2) \approx 0.683", r"P(|U - 3| \le 2) \approx 0.85"),
)


@pytest.mark.parametrize(("law", "right", "wrong"), AWAY)
def test_tails_of_continuous_laws_are_told_by_their_digits(law: str, right: str, wrong: str) -> None:
    assert isinstance(last(law, right).verdict, Supported)
    assert isinstance(last(law, wrong).verdict, Refuted)


@pytest.mark.parametrize(
    "relation",
    [r"P(U > 2) \approx 0.02", r"P(|U| < 2) = 0.95", r"P(U > 3) = 0.001", r"P(|U + 1| \ge 1) = 0.9"],
)
def test_a_coarse_rounding_and_an_event_that_is_not_read_are_no_mistakes(relation: str) -> None:
    assert not isinstance(last(BELL, relation).verdict, Refuted)


def test_the_rest_of_a_sentence_says_the_law() -> None:
    page = "The test has the p-value $P(|Z| \\ge 1.5) = %s$ with $Z \\sim \\mathcal N(0, 1)$.\n"
    right, wrong = (examine(read_document("a.md", page % v), Options()).judged[0].verdict for v in ("0.134", "0.067"))
    assert isinstance(right, Supported) and isinstance(wrong, Refuted)
    other = "It is $P(|Z| \\ge 1.5) = 0.067$. A second variable has $Z \\sim \\mathcal N(0, 1)$.\n"
    assert not isinstance(examine(read_document("a.md", other), Options()).judged[0].verdict, Refuted)
