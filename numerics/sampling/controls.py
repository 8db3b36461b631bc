"""Control variates for any average under normal and uniform laws: polynomials of mean zero, taken off each draw.

The controls are polynomials in what the sampler itself starts from, a standard normal or a uniform number: no moment of
a named law is leant on, so that a claim about one is still tested. Their coefficients come from a pilot of its own, so
nothing is biased. What is left is a program like any other, for every engine, precision and device.

Source   Owen, "Monte Carlo theory, methods and examples" (2013), chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import torch
from torch import Tensor

from claims import laws
from claims.notation import Normal
from claims.records import replace
from numerics.sampling.averages import FLOAT64, Average
from numerics.sampling.program import Node, Program
from numerics.sampling.reduction import NET, Way, evaluations_each, independent

PILOT = 2**13
NETS = 16
"""Replicates in a pilot of nets."""
LEAST_GAIN = 1.5
"""Controls that are worth fewer times the draws are left off."""
SMALL = 0.02
"""A control that takes off less than this part of what is left anyway is dropped."""
MOST_VARIABLES = 3
DEGREES = (4, 2)
EXACT = 1e-9
"""A deviation this small beside the plain one is rounding: the controls are the integrand."""


@dataclass(frozen=True, slots=True)
class Controlled:
    """An average with the same mean and less variance: ``gain`` times as many plain draws leave the same error."""

    average: Average
    gain: float = 1.0
    plain_deviation: float = 0.0

    @property
    def way(self) -> Way:
        """What takes off the variance."""
        plain = self.average.way is Way.PLAIN
        return Way.CONTROLS if plain and self.gain > 1 else self.average.way

    def leaves_nothing(self, deviation: float) -> bool:
        """Whether draws of this deviation are rounding: the controls are the integrand."""
        return deviation < EXACT * self.plain_deviation


def candidates(wanted: Average) -> Iterator[Controlled]:
    """The average with controls of degree 4, with those of degree 2, where they are worth anything, and as it is.

    High powers take off most where they fit, and leave a heavy tail where they don't: who takes a mean decides.
    """
    yield from (one for degree in DEGREES if (one := controlled(wanted, degree)).gain > 1)
    yield Controlled(wanted)


def reduced(wanted: Average, way: Way) -> Controlled:
    """The average by opposite pairs, or by nets, and by a pilot of its own what an evaluation of it is worth."""
    plain = replace(wanted, check=f"{wanted.check}, pilot", fused=False, precision=FLOAT64).values(0, PILOT)
    pilot = replace(wanted, check=f"{wanted.check}, pilot of {way.value}", fused=False, way=way)
    left = independent(pilot.values(0, NETS * NET if way is Way.NET else PILOT // 4), way)
    variance = float(left.var()) * evaluations_each(way)
    if not bool(left.isfinite().all()) or not variance >= 0:
        return Controlled(replace(wanted, way=way), 0.0, float(plain.std()))
    gain = float(plain.var()) / variance if variance else float("inf")
    return Controlled(replace(wanted, way=way), gain, float(plain.std()))


@lru_cache(maxsize=256)
def controlled(wanted: Average, degree: int) -> Controlled:
    """The average less the controls that pay, of at most some degree; as it is where none do."""
    pilot = replace(wanted, check=f"{wanted.check}, pilot", fused=False, precision=FLOAT64)
    values = pilot.values(0, PILOT)
    plain = float(values.std())
    made = _Controls(list(wanted.integrand.constants), [])
    for control in made.of(wanted, degree):
        made.trees.append(control)
    if not made.trees or not bool(values.isfinite().all()) or plain == 0.0:
        return Controlled(wanted, 1.0, plain)
    columns = torch.stack([_column(tree, made.constants, pilot) for tree in made.trees], 1)
    coefficients, left = _fitted(values, columns)
    kept = [i for i, c in enumerate(coefficients) if float((c * columns[:, i]).var()) > SMALL * float(left.var())]
    if not kept or not bool(left.isfinite().all()):
        return Controlled(wanted, 1.0, plain)
    coefficients, left = _fitted(values, columns[:, kept])
    gain = float(values.var() / left.var()) if float(left.var()) else float("inf")
    if gain < LEAST_GAIN:
        return Controlled(wanted, 1.0, plain)
    tree = wanted.integrand.tree
    for i, coefficient in zip(kept, coefficients, strict=True):
        tree = ("sub", tree, ("mul", made.constant(float(coefficient)), made.trees[i]))
    return Controlled(replace(wanted, integrand=Program(tree, tuple(made.constants))), gain, plain)


def _fitted(values: Tensor, columns: Tensor) -> tuple[Tensor, Tensor]:
    """The coefficients of least squares about the mean, and what they leave."""
    away = values - values.mean()
    centred = columns - columns.mean(0)
    coefficients = torch.linalg.pinv(centred) @ away  # of least squares a graphics processor knows full rank only
    return coefficients, away - centred @ coefficients


def _column(tree: Node, constants: Sequence[float], pilot: Average) -> Tensor:
    return replace(pilot, integrand=Program(tree, tuple(constants))).values(0, PILOT)


@dataclass(slots=True)
class _Controls:
    """Trees of controls over the constants of a program, to which theirs are added."""

    constants: list[float]
    trees: list[Node]

    def constant(self, number: float) -> Node:
        self.constants.append(number)
        return ("c", len(self.constants) - 1)

    def of(self, wanted: Average, degree: int) -> Iterator[Node]:
        """Polynomials in each variable whose law has numbers for parameters, and products of two variables."""
        firsts: list[Node] = []
        for i, one in enumerate(wanted.drawn):
            start = _STARTS.get(type(one.law))
            if start is None or not all(isinstance(p, float) for p in one.parameters):
                continue
            base, moments = start(self, ("x", i), *(float(p) for p in one.parameters if isinstance(p, float)))
            firsts.append(base)
            yield base
            for power in range(2, degree + 1):
                raised: Node = ("power", base, power)
                yield raised if power % 2 else self._less(raised, moments[power // 2 - 1])
        if 2 <= len(firsts) <= MOST_VARIABLES:
            yield from (("mul", a, b) for a, b in combinations(firsts, 2))

    def _less(self, tree: Node, mean: float) -> Node:
        return ("sub", tree, self.constant(mean))

    def scaled(self, tree: Node, middle: float, scale: float) -> Node:
        return ("mul", ("sub", tree, self.constant(middle)), self.constant(1 / scale))


Start = Callable[..., tuple[Node, tuple[float, ...]]]
"""From a variable and the parameters of its law to what is symmetric about zero in it, and its even moments."""
NORMAL, UNIFORM = (1.0, 3.0), (1 / 3, 1 / 5)


def _of_normal(made: _Controls, x: Node, mean: float, variance: float) -> tuple[Node, tuple[float, ...]]:
    return made.scaled(x, mean, variance**0.5), NORMAL


def _of_lognormal(made: _Controls, x: Node, mean: float, variance: float) -> tuple[Node, tuple[float, ...]]:
    return made.scaled(("log", x), mean, variance**0.5), NORMAL


def _of_uniform(made: _Controls, x: Node, a: float, b: float) -> tuple[Node, tuple[float, ...]]:
    return made.scaled(x, (a + b) / 2, (b - a) / 2), UNIFORM


_STARTS: Mapping[type, Start] = {Normal: _of_normal, laws.LogNormal: _of_lognormal, laws.Uniform: _of_uniform}
