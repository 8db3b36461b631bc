"""What a quadrature gives: a bound, or an estimate that says so. One is never taken for the other."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from claims.records import Record


class Bounded(Record):
    """A ball that surely holds the value: rounding is outwards, and a theorem bounds what the rule leaves out."""

    ball: arb
    by: str
    """The theorem, or how the value is put together."""


class Estimate(Record):
    """A ball that is likely to hold the value: its radius is what two rules differ by, with a margin."""

    ball: arb
    why: str
    """Why there is no bound."""


Quadrature = Bounded | Estimate


def said_of(found: Sequence[Quadrature]) -> str:
    """How many of the values of a route are bounded, and by what; and why the others are estimates."""
    by = sorted({one.by for one in found if isinstance(one, Bounded) and one.by})
    why = sorted({one.why for one in found if isinstance(one, Estimate)})
    estimates = sum(isinstance(one, Estimate) for one in found)
    sound = f"bounded: {'; '.join(by) or 'rounding alone'}"
    if not estimates:
        return sound
    rough = f"an estimate, not a bound, at {estimates} of {len(found)} points: {'; '.join(why)}"
    return rough if estimates == len(found) else f"{rough}; else {sound}"
