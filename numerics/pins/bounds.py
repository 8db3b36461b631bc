"""Pins of the functions that only inequalities ask, which hold of too small a value too."""

from __future__ import annotations

import math

from numerics.pins.contract import Pin, t
from reference_models.likelihood import cramer_rao, tails
from reference_models.linear_gaussian import processes

PINS: tuple[Pin, ...] = (
    Pin(tails.reached, lambda f: f(t(0.25, 0.75), t(-1.0, 0.0)), lambda: 0.75, "the level itself counts"),
    Pin(tails.normal_beyond, lambda f: f(t(2.0), t(2.0)), lambda: 0.15865525393145705, "one deviation, by tables"),
    Pin(tails.ones_beyond, lambda f: f(t(2.0), t(0.5), t(0.5)), lambda: 0.75, "one or two heads of two"),
    Pin(
        tails.generated,
        lambda f: f(t(0.5, 0.5), t(0.0, math.log(3)), t(1.0)),
        lambda: 2,
        "(1 + 3)/2",
    ),
    Pin(tails.coin_generated, lambda f: f(t(0.5), t(2.0)), lambda: math.cosh(1), "(e + 1/e)/2"),
    Pin(
        cramer_rao.covariance,
        lambda f: f(t(0.5, 0.5), t(0.0, 2.0), t(1.0, 3.0)),
        lambda: 1,
        "a half of 1 · 1, twice",
    ),
    Pin(
        processes.log_bound,
        lambda f: f(t(0.0), t(1.0), t(2.0), t(1.0)),
        lambda: -1 - math.log(4 * math.pi) / 2,
        "N(0; 0, 2), and a trace term of 1",
    ),
)
"""What bounds of tails and of estimates ask."""
