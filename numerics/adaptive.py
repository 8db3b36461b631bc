"""Adaptive product rules in one to three dimensions whose error is a sum of local bounds.

On each part of a box a product of Gauss-Legendre rules is off by at most its volume times the sum, over the dimensions,
of Bernstein's bound in one variable while the others are anywhere on their sides: I₁I₂I₃ − Q₁Q₂Q₃ is
(I₁ − Q₁)I₂I₃ + Q₁(I₂ − Q₂)I₃ + Q₁Q₂(I₃ − Q₃), and each I and Q is a mean. A part takes as few nodes in each variable as
its share of the error allows; where no number of nodes will do, it is cut in half across that variable. What is left
when the work is used up is enclosed by the range of the integrand on it. Infinite sides are cut off where an envelope
of the integrand leaves next to nothing (``envelopes``). All numbers are balls, so the sum is a bound.

Source   Davis and Rabinowitz, "Methods of Numerical Integration" (2nd ed., 1984), 5.6 (product rules);
         for the bound in one variable see ``ellipses``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product

import sympy as sp
from flint import acb, arb, ctx

from numerics.bounded import Bounded
from numerics.ellipses import ellipses, fewest_nodes
from numerics.holomorphic import Constant, Function, function_of
from numerics.orthogonal import LEGENDRE, gauss_rule
from numerics.sides import PROBES, Side, cut_off
from numerics.undetermined import Undetermined

BITS = 128
GOALS = {1: -60, 2: -44, 3: -36}
"""The error aimed at is 2 to this power, by the number of variables."""
NODES = (2, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 56, 64)
MOST_NODES = {1: 64, 2: 64, 3: 56}
"""In one variable of a part, by the number of variables."""
ASIDE = {1: 1, 2: 8, 3: 5}
"""Into how many pieces the side of each other variable is cut for a bound in one of them."""
MOST_PARTS = 3_000
MOST_EVALUATIONS = 800_000
"""Of the integrand, for bounds and for sums, before what is left is enclosed by its range."""
LOOSEST = arb(2) ** -10
"""A sum is not given out if it is relatively wider than this."""

Part = tuple[tuple[arb, arb], ...]
"""The ends of each variable, within [0, 1]."""


def integrated(f: sp.Expr, sides: Sequence[Side], constant: Constant, goal: int | None = None) -> Bounded:
    """∫ f over a box of one to three sides, the outermost first; ends may depend on variables before, or be infinite.

    ``constant`` encloses what is free of the variables. ``goal`` is the binary order of the error aimed at. Raises
    Undetermined where no bound is found, ValueError for other numbers of sides.
    """
    if len(sides) not in GOALS:
        raise ValueError(f"a box has 1 to {max(GOALS)} sides, not {len(sides)}")
    aim = arb(2) ** (GOALS[len(sides)] if goal is None else goal)
    with ctx.workprec(BITS):
        cut, beyond = cut_off(f, sides, constant, aim / 2)
        box = _Box.of(f, cut, constant)
        if not all(map(box.is_real_at, range(len(PROBES)))):
            raise Undetermined("the integrand is not real everywhere")
        ball = box.whole(aim) + arb(0, beyond.upper())
    if not ball.is_finite() or not (ball.rad() < LOOSEST * abs(ball) or ball.rad() < arb(2) ** -20):
        raise Undetermined("so many parts are not enough for the integral")
    return Bounded(ball, f"product Gauss-Legendre rules on {box.parts} parts, Bernstein's bound on each")


@dataclass(slots=True)
class _Box:
    integrand: Function
    ends: tuple[tuple[Function, Function], ...]
    parts: int = 0
    evaluations: int = 0

    @classmethod
    def of(cls, f: sp.Expr, sides: Sequence[Side], constant: Constant) -> _Box:
        names = [side.variable for side in sides]
        ends = tuple((function_of(s.low, names, constant), function_of(s.high, names, constant)) for s in sides)
        return cls(function_of(f, names, constant), ends)

    def at(self, place: Sequence[acb], analytic: bool) -> acb:
        """The integrand with its sides put onto [0, 1], times what that stretches."""
        self.evaluations += 1
        point: tuple[acb, ...] = ()
        stretch = acb(1)
        for s, (low, high) in zip(place, self.ends, strict=True):
            bottom = low(point, analytic)
            width = high(point, analytic) - bottom
            point, stretch = (*point, bottom + width * s), stretch * width
        return self.integrand(point, analytic) * stretch

    def is_real_at(self, turn: int) -> bool:
        """Whether the integrand is real so far along each side, so that no complex branch is taken for it."""
        value = self.at([acb(PROBES[(turn + i) % len(PROBES)]) for i in range(len(self.ends))], False)
        return bool(value.is_finite() and value.imag.contains(0))

    def whole(self, goal: arb) -> arb:
        """The sum over the parts, the largest first."""
        waiting: deque[Part] = deque([tuple((arb(0), arb(1)) for _ in self.ends)])
        total = arb(0)
        while waiting:
            part = waiting.popleft()
            if self.parts >= MOST_PARTS or self.evaluations >= MOST_EVALUATIONS:
                total += self._range(part)
                continue
            self.parts += 1
            rule = self._nodes(part, goal)
            if isinstance(rule, int):
                low, high = part[rule]
                middle = (low + high) / 2
                waiting.extend((*part[:rule], half, *part[rule + 1 :]) for half in ((low, middle), (middle, high)))
            else:
                total += self._sum(part, *rule)
        return total

    def _nodes(self, part: Part, goal: arb) -> tuple[list[int], arb] | int:
        """The nodes in each variable and a bound on the error of the mean; or the variable to be cut in half."""
        dims = len(part)
        share, counts, error = goal / dims, [], arb(0)
        choices = [n for n in NODES if n <= MOST_NODES[dims]]
        hard: list[tuple[int, int]] = []
        for d in range(dims):
            met, best = 0, None
            for one in ellipses(partial(self._aside, part, d), *part[d]):
                met += 1
                n = fewest_nodes([one], share, choices)
                if best is not None and (n is None or n >= best[0]):
                    break  # smaller ellipses ask for more nodes still
                if n is not None:
                    best = (n, one.error(n))
            if best is None:
                hard.append((met, d))
            else:
                counts.append(best[0])
                error += best[1]
        if hard:
            fewest = min(found for found, _ in hard)
            widest = [d for found, d in hard if found == fewest]
            return max(widest, key=lambda d: float(part[d][1] - part[d][0]))
        return counts, error

    def _aside(self, part: Part, d: int, z: acb) -> acb:
        """A ball whose size bounds the integrand, with z for one variable and the others anywhere on their sides."""
        if len(part) == 1:
            return self.at((z,), True)
        cuts = ASIDE[len(part)]
        pieces = []
        for i, (low, high) in enumerate(part):
            step = (high - low) / cuts
            pieces.append([z] if i == d else [acb((low + k * step).union(low + (k + 1) * step)) for k in range(cuts)])
        most = arb(0)
        for place in product(*pieces):
            value = self.at(place, True)
            if not value.is_finite():
                return acb("nan")
            most = most.max(value.abs_upper())
        return acb(most)

    def _sum(self, part: Part, counts: Sequence[int], error: arb) -> arb:
        rules = [
            [((low + high) / 2 + (high - low) / 2 * x, w) for x, w in gauss_rule(LEGENDRE, n)]
            for n, (low, high) in zip(counts, part, strict=True)
        ]
        volume = reduce(lambda a, b: a * b, (high - low for low, high in part))
        total = arb(0)
        for nodes in product(*rules):
            weight = reduce(lambda a, b: a * b, (w for _, w in nodes))
            total += weight * self.at([acb(x) for x, _ in nodes], False).real
        return volume * (total + arb(0, error.upper()))

    def _range(self, part: Part) -> arb:
        value = self.at([acb(low.union(high)) for low, high in part], False)
        return value.real * reduce(lambda a, b: a * b, (high - low for low, high in part))
