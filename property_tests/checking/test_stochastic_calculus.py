"""Steps that hold by the rules of stochastic calculus, and those that hold by none."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(page: str) -> list[Judged]:
    return list(examine(read_document("a.md", page.encode()), Options()).judged)


def is_refuted(page: str) -> bool:
    return any(isinstance(j.verdict, Refuted) for j in judged(page))


def test_a_brownian_motion_begins_at_zero() -> None:
    step = "For a constant $c$:\n\n$$I(c) = c (B_T - B_0) = c B_T$$\n"
    assert is_refuted(step)
    assert not is_refuted(f"Let $B$ be a Brownian motion. {step}")
    assert is_refuted(f"Let $B$ be a Brownian motion. {step}".replace("B_0", "B_1"))


def test_products_of_differentials_vanish_by_rules_of_their_own() -> None:
    step = "$$(dS_t)^2 = (\\mu S_t dt + \\sigma S_t dB_t)^2 = \\sigma^2 S_t^2 (dB_t)^2$$\n"
    assert not is_refuted(f"The square is\n\n{step}")
    assert is_refuted("The square is\n\n$$s^2 = (\\mu S_t a + \\sigma S_t b)^2 = \\sigma^2 S_t^2 b^2$$\n")


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"e^{B_t} = 1 + \int_0^t e^{B_s} dB_s + \int_0^t \frac12 e^{B_s} ds", False),
        (r"\log \frac{dP}{dW} = -\int_0^T u_t \cdot dB_t - \frac12 \int_0^T |u_t|^2 dt", False),
        (r"\log \frac{dP}{dW} = u_t - \int_0^T u_t \cdot dB_t - \frac12 \int_0^T |u_t|^2 dt", True),
        (r"e^{B_t} = e^{B_s} + \int_0^t e^{B_s} dB_s + \int_0^t \frac12 e^{B_s} ds", True),
    ],
)
def test_an_integral_along_a_process_binds_its_time(latex: str, found: bool) -> None:
    assert any(j.rule == "E412" for j in judged(f"$${latex}$$\n")) is found
