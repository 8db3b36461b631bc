"""Pins hold, and would not if the function gave its negative or a multiple; they name functions that are there."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import torch

from claims.records import replace
from numerics.pins.catalogue import PINS
from numerics.pins.contract import Pin, pinned, t
from reference_models.learning import estimation

EACH = [pytest.param(pin, id=f"{pin.name}: {pin.why}") for pin in PINS]
UP_TO_SIGN = {"structured.linear_latent.canonical_correlations"}
"""Only the spread along directions is pinned: those have no sign."""


def turned(value: Any, by: float) -> Any:
    """A float value times a number, part by part."""
    if isinstance(value, dict):
        return {key: turned(one, by) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(turned(one, by) for one in value)
    return value * by if isinstance(value, float) or value.is_floating_point() else value


@pytest.mark.parametrize("pin", EACH)
def test_the_function_has_the_value_that_was_worked_out(pin):
    outcome = pinned(pin)
    assert outcome.passed, outcome
    assert pin.why


@pytest.mark.parametrize("pin", EACH)
def test_a_pin_tells_the_negative_and_a_multiple(pin):
    own = pin.function
    assert not pinned(pin, lambda *args, **kwargs: turned(own(*args, **kwargs), 1.001)).passed
    if pin.name not in UP_TO_SIGN:
        assert not pinned(pin, lambda *args, **kwargs: turned(own(*args, **kwargs), -1.0)).passed


def test_a_value_of_another_shape_or_without_a_number_holds_nothing():
    pin = Pin(estimation.mean_nll, lambda f: f(t(1.0)), lambda: [2, 2], "two of them")
    assert not pinned(pin, lambda x: t(2.0)).passed
    assert pinned(pin, lambda x: t(2.0, 2.0)).passed
    assert not pinned(pin, lambda x: t(2.0, float("nan"))).passed
    assert not pinned(replace(pin, expected=lambda: ([2, 2],)), lambda x: t(2.0)).passed


def test_no_pin_stands_twice():
    asked = defaultdict(list)
    for pin in PINS:
        asked[pin.name].append(pin.why)
    assert [name for name, whys in asked.items() if len(set(whys)) < len(whys)] == []
    assert "learning.estimation.mean_nll" in asked
    assert torch.get_default_dtype() is torch.float32, "pins ask for float64 where they need it"
