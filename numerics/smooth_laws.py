"""Random smooth densities in closed form, of which all marginals and conditionals have a closed form, too.

A joint density is a mixture over whole blocks of coordinates: given its component the blocks are independent normals,
so that dropping a block from each component integrates it out. Blocks depend on each other through the component.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, mul
from random import Random

from flint import arb, fmpq

from claims.records import Record
from numerics.taylor import Taylor

COMPONENTS = 3
"""Normals in a mixture: two could have symmetries that three don't have."""
REACH = 12
"""How far from zero a coordinate of a mixture has any mass to speak of, while its time is below one."""
Block = tuple[str, Sequence[Taylor]]
"""The name of a variable, and its coordinates."""


def normal_density(x: Taylor, mean: Taylor, variance: Taylor) -> Taylor:
    """N(x; mean, variance)."""
    moved = x - mean
    return (-(moved * moved) / variance.scaled(2)).exponential() / variance.scaled(2 * arb.pi()).root()


class Mixture(Record):
    """The joint density of any number of blocks, each told by its name; ``seed`` draws its parameters.

    ``time`` is what its means move with, None where they stand still.
    """

    seed: str
    time: Taylor | None = None

    def density(self, blocks: Sequence[Block], one: Taylor) -> Taylor:
        """The density of some of the blocks, whatever the others are; ``one`` is the density of none."""
        weights = [Random(f"{self.seed} weight {c}").randint(2, 9) for c in range(COMPONENTS)]
        parts = [self._component(c, blocks, one).scaled(fmpq(weights[c], sum(weights))) for c in range(COMPONENTS)]
        return reduce(add, parts)

    def _component(self, component: int, blocks: Sequence[Block], one: Taylor) -> Taylor:
        out = one
        for name, block in blocks:
            random = Random(f"{self.seed} {component} {name}")
            variance = fmpq(random.randint(4, 9), 6)
            for x in block:
                moved = x + one.scaled(fmpq(random.randint(-9, 9), 7))
                if self.time is not None:
                    moved = moved - self.time.scaled(fmpq(random.randint(1, 9), 8))
                bell = (moved * moved).scaled(-1 / (2 * variance)).exponential()
                out = out * bell.scaled(1 / (2 * arb.pi() * variance).sqrt())
        return out


def random_field(seed: str, arguments: Sequence[Taylor], one: Taylor) -> Taylor:
    """A smooth function of its arguments that no derivative of low order makes vanish; ``one`` is the number 1."""
    random = Random(seed)

    def form() -> Taylor:
        parts = [a.scaled(fmpq(random.randint(1, 9) * random.choice((-1, 1)), 11)) for a in arguments]
        return reduce(add, parts, one.scaled(fmpq(random.randint(1, 9), 7)))

    square, cube, waves = form(), form(), form()
    parts = [form(), square * square, reduce(mul, [cube] * 3).scaled(fmpq(1, 2)), waves.mapped(lambda s: s.sin())]
    return reduce(add, parts)


def trapezoid(low: fmpq, high: fmpq, steps: int) -> list[tuple[fmpq, fmpq]]:
    """Places and weights of the trapezoidal rule, which is nearly exact for smooth functions that fall off like a
    normal density inside of both ends."""
    width = (high - low) / steps
    return [(low + width * k, width) for k in range(steps + 1)]


def hermite(count: int) -> list[tuple[fmpq, fmpq]]:
    """Places and weights under the standard normal law, exact to 15 digits for polynomials of degree 2 count - 1."""
    from numpy.polynomial.hermite_e import hermegauss  # only means under normal laws of vectors need it

    places, weights = hermegauss(count)
    total = sum(weights)
    return [
        (fmpq(*x.as_integer_ratio()), fmpq(*(w / total).as_integer_ratio()))
        for x, w in zip(places, weights, strict=True)
    ]
