"""Events under an increasing map, and a random variable that is what its draw is said to be."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

INCREASES = "Let $g$ be strictly increasing."
DRAW = r"For a CDF $F$, draw $u \sim \text{Uniform}(0, 1)$ and return $y = F^{-1}(u)$."


def condition(relation: str, before: str) -> str | None:
    verdict = examine(read_document("page.md", f"{before}\n\n$${relation}$$".encode()), Options()).judged[-1].verdict
    return (verdict.holds_if or "always") if isinstance(verdict, Supported) else verdict.__class__.__name__


@pytest.mark.parametrize(
    "relation",
    [
        r"P(g(X) \leq t) = P(X \leq g^{-1}(t))",
        r"P(g^{-1}(X) > t) = P(X > g(t))",
        r"P(X \leq g(t)) = P(g^{-1}(X) \leq t)",
    ],
)
def test_an_increasing_map_keeps_an_event(relation: str) -> None:
    assert condition(relation, INCREASES) == "g is strictly increasing"
    assert condition(relation, "Let $g$ be invertible.") == "Undecided"


@pytest.mark.parametrize(
    "slip",
    [
        r"P(g(X) \leq t) = P(X \geq g^{-1}(t))",
        r"P(g(X) \leq t) = P(X \leq g(t)) + 0 g^{-1}(t)",
        r"P(g(X) + g^{-1}(X) \leq t) = P(X \leq t)",
        r"P(g(X) \leq g^{-1}(t)) = P(X \leq t)",
    ],
)
def test_a_slip_is_not_supported(slip: str) -> None:
    assert condition(slip, INCREASES) not in ("g is strictly increasing", "always", Proved.__name__)


def test_a_draw_by_the_inverse_of_a_cdf_has_that_cdf() -> None:
    assert condition(r"P(Y \leq y) = P(F^{-1}(u) \leq y)", DRAW) == "with what line 1 says"
    assert condition(r"P(F^{-1}(u) \leq y) = P(u \leq F(y))", DRAW) == "F is strictly increasing"


@pytest.mark.parametrize(
    "slip",
    [
        r"P(Y \leq y) = P(F(u) \leq y)",
        r"P(Y \leq y) = P(F^{-1}(u) \geq y)",
        r"P(F^{-1}(u) \leq y) = P(u \geq F(y))",
        r"P(F^{-1}(u) \leq y) = P(u \leq F^{-1}(y))",
    ],
)
def test_another_draw_is_not_supported(slip: str) -> None:
    assert condition(slip, DRAW) not in ("with what line 1 says", "F is strictly increasing", "always")
