"""Where a quadratic function is least, from three of its values."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq


def lowest(quadratic: Callable[[fmpq], fmpq]) -> fmpq:
    """The argument at which a quadratic with a positive leading coefficient is least; exact for rational values."""
    left, middle, right = (quadratic(fmpq(x)) for x in (-1, 0, 1))
    bend = left - 2 * middle + right
    if bend <= 0 or quadratic(fmpq(2)) != middle + right - left + 2 * bend:
        raise ValueError("the function is no parabola that opens upwards")
    return (left - right) / (2 * bend)
