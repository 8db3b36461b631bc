"""Both sides of a relation in coordinates at random points: where they agree, and where they are apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from flint import ctx

from errata.checking.coordinates.findings import Witness
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.readings import SIZES, Reading, Setting, free_indices, plan_of
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Plan, Spot
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Array, Misshapen
from numerics.undetermined import Undetermined

BITS = (160, 320)
"""Precisions: the second confirms what the first found apart."""
NARROW = 1e-20
KINDS = ((0, 1), (0, 3), (-2, 2))
"""Where leaves are drawn from."""
POINTS = 2
"""Points of each kind, for each choice of sizes."""


@dataclass
class Outcome:
    """What the points said under one reading."""

    agree: int = 0
    differ: int = 0
    kinds: dict[tuple[int, int], bool] = field(default_factory=dict)
    """For each kind of point that had a value, whether the sides differ at one."""
    first: Witness | None = None
    left: set[Spot] = field(default_factory=set)
    """Leaves met on the left side, and on the right."""
    right: set[Spot] = field(default_factory=set)
    used: dict[str, tuple[str, int]] = field(default_factory=dict)
    sigmoid: bool = False

    @property
    def holds(self) -> bool:
        return self.agree >= 8 and not self.differ

    @property
    def fails(self) -> bool:
        """Whether they are apart at points of every kind, so that no range of the values saves the relation."""
        return self.differ >= 3 and all(self.kinds.values())


def tried(setting: Setting, reading: Reading, seed: int) -> Outcome | None:
    """Both sides at points of every kind and size; None where their shapes don't fit in every size."""
    out = Outcome()
    for turn, (low, high), n in product(range(len(SIZES)), KINDS, range(POINTS)):
        plan = plan_of(setting, reading, turn)
        for bound in free_indices(setting, plan.extents):
            try:
                _try(setting, plan, bound, f"{seed} {turn} {n}", low, high, out)
            except Undetermined:
                continue
            except Misshapen:
                if 1 not in (*plan.extents.limits.values(), plan.extents.others):  # a matrix of one entry is a number
                    return None
            except (Unlowered, RecursionError):
                return Outcome()
    return out


def _try(setting: Setting, plan: Plan, bound: Bound, seed: str, low: int, high: int, out: Outcome) -> None:
    """One point; what it says is added to the outcome. Raises what evaluation raises."""
    found: tuple[str, str] | None = None
    for bits in BITS:
        one, other = Drawn(seed, low, high), Drawn(seed, low, high)
        with ctx.workprec(bits):
            left, right = Values(plan, one).of(setting.left, bound), Values(plan, other).of(setting.right, bound)
            apart = _apart(left, right)
        if found is not None and apart is None:
            raise Undetermined("the sides are apart at one precision only")
        found = apart
        if found is None:
            break
    out.used |= {**one.used, **other.used}
    out.sigmoid = out.sigmoid or one.sigmoid or other.sigmoid
    out.agree += found is None
    out.differ += found is not None
    out.kinds[low, high] = out.kinds.get((low, high), False) or found is not None
    if found is None:
        return
    out.left |= one.leaves
    out.right |= other.leaves
    sizes = [(name, str(size)) for name, size in plan.extents.limits.items()]
    free = [(name, str(i)) for name, i in bound.indices.items()]
    values = sorted({**one.values, **other.values}.items())
    drawn = [(_written(letter, indices), str(value)) for (letter, indices), value in values]
    out.first = out.first or ((*sizes, *free, *drawn), *found)


def _written(letter: str, indices: tuple[int, ...]) -> str:
    return letter + (f"[{','.join(map(str, indices))}]" if indices else "")


def _apart(left: Array, right: Array) -> tuple[str, str] | None:
    """The first entries in which two arrays differ, a number standing beside each entry; None where all agree. Raises
    Misshapen, and Undetermined where a value is not known well."""
    beside = right.items * len(left.items) if right.is_number else right.items
    if len(left.items) != len(beside) or not (right.is_number or left.shape == right.shape):
        raise Misshapen(f"{left.shape} = {right.shape}")
    for a, b in zip(left.items, beside, strict=True):
        if not a.value.overlaps(b.value):
            return a.value.str(8, radius=False), b.value.str(8, radius=False)
        if not (a.value.rad() < NARROW and b.value.rad() < NARROW):
            raise Undetermined("the value could not be enclosed tightly")
    return None


def holds_at_once(setting: Setting, reading: Reading, seed: int) -> bool:
    """Whether both sides agree at one point: a quick look before all of them are tried."""
    out = Outcome()
    plan = plan_of(setting, reading, 0)
    try:
        for bound in free_indices(setting, plan.extents):
            _try(setting, plan, bound, f"{seed} at once", 0, 1, out)
    except (Undetermined, Unlowered, Misshapen, RecursionError):
        return False
    return not out.differ
