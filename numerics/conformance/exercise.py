"""What an implementation is asked: its arguments and their domains, what it returns, and the mistakes often made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never

import numpy as np


@dataclass(frozen=True)
class AfterLast:
    """One more than the length of a named axis."""

    of: str

    def __str__(self) -> str:
        return f"{self.of} + 1"


Dim = str | int | AfterLast
"""The name of an axis, whose length is drawn, a fixed length, or one more than another."""


@dataclass(frozen=True)
class Reals:
    """Real numbers between two bounds."""

    low: float = -4.0
    high: float = 4.0


@dataclass(frozen=True)
class Positives:
    """Positive numbers, away from zero and not large."""

    low: float = 0.125
    high: float = 5.0


@dataclass(frozen=True)
class Probabilities:
    """Numbers strictly between 0 and 1."""


@dataclass(frozen=True)
class Whole:
    """Whole numbers between two bounds, both included; a bound may be the name of an axis, whose length less 1 counts.

    ``as_float`` where they are given as floating-point numbers, ``plain`` as one Python int.
    """

    low: int = 0
    high: str | int = 9
    as_float: bool = False
    plain: bool = False


@dataclass(frozen=True)
class OnSimplex:
    """Non-negative numbers that sum to 1 along the last axis; all positive."""


@dataclass(frozen=True)
class Covariances:
    """Symmetric positive definite matrices on the last two axes."""


@dataclass(frozen=True)
class Invertible:
    """Square matrices with an inverse on the last two axes, not symmetric, of either sign of the determinant."""


Kind = Reals | Positives | Probabilities | Whole | OnSimplex | Covariances | Invertible


def domain(kind: Kind) -> str:
    """What values are given, in words."""
    match kind:
        case Reals():
            return "real"
        case Positives():
            return "positive"
        case Probabilities():
            return "between 0 and 1"
        case Whole(low, high, as_float, plain):
            top = high if isinstance(high, int) else f"{high} − 1"
            how = ", as float64" if as_float else ", one Python int" if plain else ", as int64"
            return f"whole, {low} to {top}{how}"
        case OnSimplex():
            return "positive, with sum 1 along the last axis"
        case Covariances():
            return "symmetric and positive definite"
        case Invertible():
            return "invertible"
        case never:
            assert_never(never)


def is_in(kind: Kind, value: Any) -> bool:
    """Whether all numbers are in the domain that is said, where that has an edge."""
    numbers = np.asarray(value, dtype=np.float64)
    match kind:
        case Positives() | OnSimplex():
            return bool((numbers > 0).all())
        case Probabilities():
            return bool(((numbers > 0) & (numbers < 1)).all())
        case Whole(low, int() as high):
            return bool(((numbers >= low) & (numbers <= high)).all())
        case Reals() | Covariances() | Invertible() | Whole():
            return True
        case never:
            assert_never(never)


@dataclass(frozen=True)
class Argument:
    """An argument in its place: its axes (none for a scalar), its values, what it is."""

    name: str
    shape: tuple[Dim, ...]
    kind: Kind
    meaning: str


@dataclass(frozen=True)
class Convention:
    """Another convention, or a mistake often made: what it is, and the function under it, of the same arguments."""

    said: str
    function: Callable[..., Any]


@dataclass(frozen=True)
class Exercise:
    """A function of a specification that may be written by somebody else.

    ``right`` is the specification's own; ``returns`` says the shape and the unit; ``sizes`` bounds the axes by name;
    ``edges`` are inputs at the edge of the domains, or just outside, where nobody is wrong; ``gradient_in`` names
    arguments in which gradients are compared;
    ``logarithmic`` says that the value is in nats, so that other logarithms may be meant; ``written`` are the same as a
    course writes it, where ``right`` goes another way: slips are sought in them; ``arranged`` makes lawful inputs of
    those drawn (one less than another, say); ``wide`` are arguments that may be met as far from 0 as this.
    """

    model: str
    function: str
    right: Callable[..., Any]
    arguments: tuple[Argument, ...]
    returns: str
    conventions: tuple[Convention, ...] = ()
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    edges: tuple[Mapping[str, Any], ...] = ()
    gradient_in: tuple[str, ...] = ()
    logarithmic: bool = False
    allowed: float = 1e-6
    written: tuple[Callable[..., Any], ...] = ()
    arranged: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    wide: Mapping[str, float] = field(default_factory=dict)

    @property
    def formulas(self) -> tuple[Callable[..., Any], ...]:
        """The function in the ways in which it is written."""
        return (*self.written, self.right)

    @property
    def name(self) -> str:
        """What ``errata conform`` takes."""
        return f"{self.model}.{self.function}"

    @property
    def signature(self) -> str:
        """The call as one line."""
        return f"{self.function}({', '.join(a.name for a in self.arguments)}) -> {self.returns}"

    def asks_for(self, inputs: Mapping[str, Any]) -> bool:
        """Whether inputs are in the domains that it says."""
        return all(is_in(argument.kind, inputs[argument.name]) for argument in self.arguments)

    @property
    def axes(self) -> tuple[str, ...]:
        """The named axes, in the order in which they appear."""
        named = (dim for argument in self.arguments for dim in argument.shape if isinstance(dim, str))
        whole = (a.kind.high for a in self.arguments if isinstance(a.kind, Whole) and isinstance(a.kind.high, str))
        return tuple(dict.fromkeys((*named, *whole)))
