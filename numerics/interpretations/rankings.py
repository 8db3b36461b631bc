"""Whether two bodies rank the values of what they are made largest over in the same order, in random worlds.

What is best by both whatever the laws are is ranked by both alike: any two values might be all that there are. In a
random world the best value is often the same by chance, as that of KL(p ‖ q) and KL(q ‖ p) is; a ranking hardly ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from flint import arb, ctx, fmpq

from claims.sentences import Extremum
from numerics.balls import PRECISIONS
from numerics.interpretations.agreement import points
from numerics.interpretations.evaluation import exact, settings, value
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import ANY, KINDS, Kind, Parameters, World
from numerics.undetermined import Undetermined

WORLDS = 4
"""Worlds of each kind."""


def ranked_alike(
    left: Extremum,
    right: Extremum,
    signature: Signature,
    seed: int,
    parameters: Parameters = ANY,
    kinds: Sequence[Kind] = KINDS,
) -> bool:
    """Whether no world of these kinds has two values of which the sides put different ones first."""
    for kind in kinds:
        for number in range(WORLDS):
            world = World(kind, signature, f"{seed} {number} ranks", parameters, number, False, exact)
            if any(_reversed(a, b) for a, b in _rankings(world, left, right)):
                return False
    return True


def _rankings(
    world: World, left: Extremum, right: Extremum
) -> Iterator[tuple[list[arb | fmpq], list[arb | fmpq]]]:  # fmt: skip
    """The values of both bodies at every place, larger is better, for some values of the free names."""
    for names in points(world):
        try:
            yield _values(world, left, names), _values(world, right, names)
        except (Undetermined, ZeroDivisionError, ValueError, OverflowError):
            continue


def _values(world: World, side: Extremum, names: Mapping[str, fmpq]) -> list[arb | fmpq]:
    before = ctx.prec
    ctx.prec = PRECISIONS[0]
    try:
        found = [value(world, side.body, inner) for inner, _ in settings(world, side.over, dict(names))]
    finally:
        ctx.prec = before
    return found if side.largest else [-v for v in found]


def _reversed(a: Sequence[arb | fmpq], b: Sequence[arb | fmpq]) -> bool:
    """Whether two places stand in one order by the one list and in the other by the other."""
    return any(_sign(a[i], a[j]) * _sign(b[i], b[j]) < 0 for i, j in combinations(range(len(a)), 2))


def _sign(x: arb | fmpq, y: arb | fmpq) -> int:
    """1 where x is larger, −1 where y is, 0 where that can't be told."""
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return int(x > y) - int(x < y)
    one, two = arb(x), arb(y)
    return 0 if one.overlaps(two) else 1 if one > two else -1
