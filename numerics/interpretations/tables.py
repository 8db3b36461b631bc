"""Joint tables of laws over finitely many outcomes: every marginal and conditional comes from the joint, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random

from flint import fmpq

from numerics.interpretations.signature import Factor
from numerics.undetermined import Undetermined

Outcome = tuple[int, ...]
"""For each variable of a table, which of its values it has."""


ZERO = fmpq(0)
NEARLY_SURE = 20_000
"""The weight of an outcome beside which all others are rare."""


@dataclass
class Table:
    """A joint law: the mass of each outcome of ``variables``; ``loose`` tables have no consistent marginals."""

    variables: tuple[str, ...]
    masses: Mapping[Outcome, fmpq]
    loose: Callable[[tuple[str, ...], tuple[str, ...], Outcome], fmpq] | None = None
    marginals: dict[tuple[str, ...], Mapping[Outcome, fmpq]] = field(default_factory=dict)

    def marginal(self, variables: tuple[str, ...]) -> Mapping[Outcome, fmpq]:
        """The masses of the outcomes of some variables, in this order; outcomes of mass zero are left out."""
        if variables not in self.marginals:
            at = self._positions(variables)
            out: dict[Outcome, fmpq] = {}
            for outcome, mass in self.masses.items():
                if mass != 0:
                    part = tuple(outcome[i] for i in at)
                    out[part] = out.get(part, fmpq(0)) + mass
            self.marginals[variables] = out
        return self.marginals[variables]

    def mass(self, head: tuple[str, ...], given: tuple[str, ...], outcome: Outcome) -> fmpq:
        """P(head | given) at an outcome of head and given together. Raises Undetermined where P(given) is zero."""
        if self.loose is not None:
            return self.loose(head, given, outcome)
        joint = self.marginal((*head, *given)).get(outcome, ZERO)
        if not given:
            return joint
        below = self.marginal(given).get(outcome[len(head) :], ZERO)
        if below == 0:
            raise Undetermined("a condition of probability zero")
        return joint / below

    def _positions(self, variables: tuple[str, ...]) -> list[int]:
        return [self.variables.index(v) for v in variables]


def drawn_table(
    variables: tuple[str, ...],
    factors: Sequence[Factor],
    sizes: Mapping[str, int],
    draw: Callable[[Random], int],
    random: Random,
    corner: int | None = None,
) -> Table:
    """A random joint law composed of random conditional laws; ``draw`` gives the unnormalised weights.

    With ``corner``, the outcome of the first factor that has this number is nearly sure.
    """
    masses: dict[Outcome, fmpq] = {(): fmpq(1)}
    order: tuple[str, ...] = ()
    for factor in factors:
        conditionals: dict[Outcome, list[fmpq]] = {}
        outcomes = list(product(*(range(sizes[v]) for v in factor.head)))
        grown: dict[Outcome, fmpq] = {}
        for before, mass in masses.items():
            given = tuple(before[order.index(v)] for v in factor.given)
            if given not in conditionals:
                weights = [draw(random) for _ in outcomes]
                if corner is not None and not order:
                    weights[corner % len(weights)] += NEARLY_SURE
                conditionals[given] = _normalised(weights, random)
            for outcome, part in zip(outcomes, conditionals[given], strict=True):
                grown[(*before, *outcome)] = mass * part
        masses, order = grown, (*order, *factor.head)
    at = [order.index(v) for v in variables]
    return Table(variables, {tuple(outcome[i] for i in at): mass for outcome, mass in masses.items()})


def _normalised(weights: list[int], random: Random) -> list[fmpq]:
    """Weights that add up to one; where all are zero, one outcome is sure."""
    if not any(weights):
        weights[random.randrange(len(weights))] = 1
    total = sum(weights)
    return [fmpq(w, total) for w in weights]
