"""Both sides of a relation of slopes at random points of random worlds."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, ctx

from errata.checking.coordinates.findings import Witness
from errata.checking.scores.fields import Fields
from errata.checking.scores.settings import Setting
from errata.checking.scores.shaped import Shaped
from errata.checking.scores.world import Plan, World
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.undetermined import Undetermined

BITS = 160
NARROW = 1e-15
CLOSE, APART = 1e-6, 1e-3
"""How close means that were computed to some digits have to be, and how far apart, relative to their size."""


@dataclass
class Outcome:
    """How often the sides agree and differ; ``known`` says whether both have values of one shape."""

    agree: int = 0
    idle: int = 0
    """Agreements of those where both sides are zero before anything is computed: nothing moves in what is derived."""
    differ: int = 0
    known: bool = True
    first: Witness | None = None


def tried(setting: Setting, plan: Plan, seed: int, points: int) -> Outcome:
    """Both sides at some points."""
    out = Outcome()
    with ctx.workprec(BITS):
        for n in range(points):
            world = World(plan, f"{seed} {n} {plan.dim}")
            try:
                apart = _apart(setting, world, out)
            except (Unlowered, Misshapen, RecursionError):
                return Outcome(known=False)
            except (Undetermined, ValueError, ZeroDivisionError):
                continue
            if apart is None:
                out.agree += 1
                continue
            out.differ += 1
            out.first = out.first or (tuple((n, str(v)) for n, v in sorted(world.drawn.items())), *apart)
    out.known = out.agree + out.differ > 0
    return out


def _apart(setting: Setting, world: World, out: Outcome) -> tuple[str, str] | None:
    """Both sides where they differ in some entry; None where they agree."""
    plain = Fields(world)
    world.places = {name: plain.of(body, {}) for name, body in world.plan.moved.items()}
    left, right = plain.of(setting.left, {}), plain.of(setting.right, {})
    if left.shape and not right.shape and right.number.is_constant and right.number.value == 0:
        right = Shaped(tuple(right.number for _ in left.entries), left.shape)
    if left.shape != right.shape:
        raise Misshapen("sides of different shapes")
    for one, other in zip(left.entries, right.entries, strict=True):
        a, b = one.value, other.value
        if not (_is_narrow(a) and _is_narrow(b)):
            raise Undetermined("the value could not be enclosed tightly")
        if world.approximate and abs(a - b) < CLOSE * (1 + abs(a)):
            continue
        if world.approximate and not abs(a - b) > APART * (1 + abs(a)):
            raise Undetermined("the values are neither close nor apart")
        if not a.overlaps(b):
            return a.str(8, radius=False), b.str(8, radius=False)
    out.idle += all(e.value == 0 for e in (*left.entries, *right.entries))
    return None


def _is_narrow(value: arb) -> bool:
    return bool(value.is_finite() and value.rad() < NARROW * (1 + abs(value.mid())))
