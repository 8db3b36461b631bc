"""Numbers in float32 that carry a bound of their error: running error analysis through torch's own functions.

A ``Rounded`` goes wherever a tensor goes (samplers, programs), since torch hands its functions over to it. Its value is
what float32 gives; its error, in float64, bounds how far that is from the value in exact arithmetic. What has no bound
here, a jump (floor, sign, a comparison) or a function whose rounding nobody states, raises TypeError.

Source   Higham, "Accuracy and Stability of Numerical Algorithms" (2nd edition, 2002), section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, pi, sqrt
from typing import Any

import torch
from torch import Tensor

UNIT = 2.0**-24 * (1 + 2.0**-20)
"""The relative error of a sum or a product, of the value that is seen."""
QUOTIENT = 4 * UNIT
"""That of a quotient or a root: devices may round them to two units in the last place."""
FUNCTION = 8 * UNIT
"""That of an elementary function, which is taken to be right to four units in the last place."""
TINY = 2.0**-126
"""What is lost where numbers below the normal ones are flushed to zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """``value`` float32 and ``error`` float64, of one shape."""

    value: Tensor
    error: Tensor

    @classmethod
    def __torch_function__(
        cls, function: Any, types: Sequence[type], args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Rounded:
        rule = _RULES.get(getattr(function, "__name__", ""))
        if rule is None:
            raise TypeError(f"float32 has no stated rounding for {getattr(function, '__name__', function)}")
        return rule(*args, **(kwargs or {}))

    def __getattr__(self, name: str) -> Any:
        raise TypeError(f"float32 has no stated rounding for {name}")

    @property
    def shape(self) -> torch.Size:
        return self.value.shape

    @property
    def device(self) -> torch.device:
        return self.value.device

    def __getitem__(self, at: Any) -> Rounded:
        return Rounded(self.value[at], self.error[at])

    def reshape(self, *shape: int) -> Rounded:
        return Rounded(self.value.reshape(*shape), self.error.reshape(*shape))

    def __neg__(self) -> Rounded:
        return Rounded(-self.value, self.error)

    def __add__(self, other: Any) -> Rounded:
        return add(self, other)

    def __radd__(self, other: Any) -> Rounded:
        return add(other, self)

    def __sub__(self, other: Any) -> Rounded:
        return add(self, -rounded(other, self.device))

    def __rsub__(self, other: Any) -> Rounded:
        return add(other, -self)

    def __mul__(self, other: Any) -> Rounded:
        return mul(self, other)

    def __rmul__(self, other: Any) -> Rounded:
        return mul(other, self)

    def __truediv__(self, other: Any) -> Rounded:
        return div(self, other)

    def __rtruediv__(self, other: Any) -> Rounded:
        return div(other, self)

    def __pow__(self, power: Any) -> Rounded:
        return pow_(self, power)


def rounded(x: Any, device: torch.device | None = None) -> Rounded:
    """A number of Python as float32 holds it. Raises TypeError for a tensor, whose error is not known."""
    if isinstance(x, Rounded):
        return x
    if isinstance(x, Tensor):
        raise TypeError("a tensor without a bound meets one with a bound")
    value = torch.tensor(float(x), dtype=torch.float32, device=device)
    return Rounded(value, (value.double() - float(x)).abs() + 2.0**-52 * abs(float(x)))


def _both(a: Any, b: Any) -> tuple[Rounded, Rounded]:
    device = a.device if isinstance(a, Rounded) else b.device
    return rounded(a, device), rounded(b, device)


def _made(value: Tensor, carried: Tensor, relative: float) -> Rounded:
    """A value with the error of its arguments, carried through, and its own rounding."""
    error = carried + relative * value.double().abs() + TINY
    return Rounded(value, torch.where(error.isnan() | ~value.isfinite(), inf, error))


def add(a: Any, b: Any) -> Rounded:
    a, b = _both(a, b)
    return _made(a.value + b.value, a.error + b.error, UNIT)


def mul(a: Any, b: Any) -> Rounded:
    a, b = _both(a, b)
    carried = a.value.double().abs() * b.error + b.value.double().abs() * a.error + a.error * b.error
    return _made(a.value * b.value, carried, UNIT)


def div(a: Any, b: Any) -> Rounded:
    a, b = _both(a, b)
    value, size = a.value / b.value, b.value.double().abs()
    quotient = value.double().abs() * (1 + QUOTIENT) + TINY
    carried = torch.where(b.error < size, (a.error + quotient * b.error) / (size - b.error), inf)
    return _made(value, carried, QUOTIENT)


def sqrt_(a: Rounded) -> Rounded:
    """|√x − √y| is at most √|x − y|, and at most |x − y|/√x."""
    value = torch.sqrt(a.value)
    return _made(value, torch.minimum(a.error.sqrt(), a.error / a.value.double().sqrt()), QUOTIENT)


def exp(a: Rounded) -> Rounded:
    value = torch.exp(a.value)
    return _made(value, (value.double() * (1 + 2 * FUNCTION) + TINY) * torch.expm1(a.error), FUNCTION)


def _logarithm(a: Rounded, value: Tensor, argument: Tensor, size: Tensor) -> Rounded:
    near = a.error / argument
    carried = torch.where(near < 1, -torch.log1p(-near), inf)
    return _made(value, carried + FUNCTION * size, UNIT)


def log(a: Rounded) -> Rounded:
    """Near 1 a device may be right in absolute terms only."""
    value = torch.log(a.value)
    return _logarithm(a, value, a.value.double(), value.double().abs().clamp(min=1))


def log1p(a: Rounded) -> Rounded:
    value = torch.log1p(a.value)
    return _logarithm(a, value, 1 + a.value.double(), value.double().abs())


def pow_(a: Any, power: Any) -> Rounded:
    """aᵇ = exp(b log a) for a > 0; a small whole power is multiplied out."""
    if isinstance(power, int) and 0 < power <= 64:
        return a if power == 1 else mul(pow_(a, power - 1), a)
    a, b = _both(a, power)
    value = torch.pow(a.value, b.value)
    base, exponent = a.value.double(), b.value.double()
    relative = torch.where(a.error < base, -torch.log1p(-a.error / base), inf)
    moved = exponent.abs() * relative + base.log().abs() * b.error + relative * b.error
    return _made(value, (value.double() * (1 + 4 * FUNCTION) + TINY) * torch.expm1(moved), 2 * FUNCTION)


def _lipschitz(function: Callable[[Tensor], Tensor], slope: float) -> Callable[[Rounded], Rounded]:
    """The rule of a function whose slope is nowhere above ``slope``, right in absolute terms where it is small."""

    def rule(a: Rounded) -> Rounded:
        value = function(a.value)
        return _made(value, slope * a.error + FUNCTION * value.double().abs().clamp(min=1), UNIT)

    return rule


def _hyperbolic(function: Callable[[Tensor], Tensor]) -> Callable[[Rounded], Rounded]:
    """sinh and cosh: no slope between x − e and x + e is above cosh(|x| + e)."""

    def rule(a: Rounded) -> Rounded:
        steepest = torch.cosh(a.value.double().abs() + a.error)
        return _made(function(a.value), steepest * a.error + FUNCTION * steepest, UNIT)

    return rule


def _extreme(pick: Callable[[Tensor, Tensor], Tensor]) -> Callable[[Any, Any], Rounded]:
    def rule(a: Any, b: Any) -> Rounded:
        a, b = _both(a, b)
        return Rounded(pick(a.value, b.value), torch.maximum(a.error, b.error))

    return rule


def where(condition: Tensor, a: Any, b: Any) -> Rounded:
    """Either, by a condition that is known exactly."""
    if isinstance(condition, Rounded):
        raise TypeError("float32 has no stated rounding for a condition")
    a, b = _both(a, b)
    return Rounded(torch.where(condition, a.value, b.value), torch.where(condition, a.error, b.error))


def _filled(like: Rounded, number: float, **_: Any) -> Rounded:
    one = rounded(number, like.device)
    return Rounded(torch.full_like(like.value, float(one.value)), torch.full_like(like.error, float(one.error)))


def _broadcast(a: Rounded, shape: Any) -> Rounded:
    return Rounded(torch.broadcast_to(a.value, shape), torch.broadcast_to(a.error, shape))


def _stacked(parts: Sequence[Rounded], dim: int = 0) -> Rounded:
    return Rounded(torch.stack([p.value for p in parts], dim), torch.stack([p.error for p in parts], dim))


_RULES: Mapping[str, Callable[..., Rounded]] = {
    "add": add, "sub": lambda a, b: add(a, -rounded(b, a.device if isinstance(a, Rounded) else None)), "mul": mul,
    "div": div, "pow": pow_, "sqrt": sqrt_, "exp": exp, "log": log, "log1p": log1p,
    "abs": lambda a: Rounded(a.value.abs(), a.error), "sin": _lipschitz(torch.sin, 1), "cos": _lipschitz(torch.cos, 1),
    "tanh": _lipschitz(torch.tanh, 1), "atan": _lipschitz(torch.atan, 1), "sigmoid": _lipschitz(torch.sigmoid, 1 / 4),
    "erf": _lipschitz(torch.erf, 2 / sqrt(pi)), "erfc": _lipschitz(torch.erfc, 2 / sqrt(pi)),
    "sinh": _hyperbolic(torch.sinh), "cosh": _hyperbolic(torch.cosh), "maximum": _extreme(torch.maximum),
    "minimum": _extreme(torch.minimum), "where": where, "full_like": _filled,
    "ones_like": lambda like: _filled(like, 1.0), "broadcast_to": _broadcast, "stack": _stacked,
}  # fmt: skip
