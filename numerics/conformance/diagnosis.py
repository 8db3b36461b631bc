"""Which convention or common mistake explains how an implementation differs, on every input that was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from math import log, pi

import numpy as np

from numerics.conformance.exercise import Exercise
from numerics.conformance.mutation import LEAST, one_slip, two_slips
from numerics.conformance.values import (
    Array,
    Seen,
    agree,
    all_agree,
    all_same,
    arguments_of,
    lengths,
    ours,
    same,
    tells,
    tolerance,
)

MOST = 3
"""Explanations that are given at most, of those equally plain."""

FACTORS = (
    (-1.0, "the sign is the other one"),
    (2.0, "a factor 2 too many"),
    (0.5, "a factor 1/2 too many, or a factor 2 is lost"),
)
LOGARITHMS = ((1 / log(2), "the logarithm is to base 2, not natural"), (1 / log(10), "the logarithm is to base 10"))
CONSTANTS = (
    (log(2 * pi) / 2, "½ log 2π"),
    (log(2 * pi), "log 2π"),
    (log(2), "log 2"),
    (log(pi) / 2, "½ log π"),
    (1.0, "1"),
    (0.5, "½"),
)


def diagnoses(exercise: Exercise, seen: Sequence[Seen]) -> list[str]:
    """Explanations that hold on every input seen and differ from what is right on enough of them; known slips first."""
    differing = sum(not all_agree(one.right, one.other, exercise.allowed) for one in seen)
    if differing < LEAST or _parts(seen) is None:
        return []
    constant = _constant(exercise, seen)
    if constant:
        return constant
    known = [c.said for c in exercise.conventions if _explains(exercise, seen, c.function)]
    plain = list(dict.fromkeys([*known, *(_of_result(exercise, seen))]))
    one = plain or list(dict.fromkeys(one_slip(exercise, seen)))[:MOST]
    partly = one or list(dict.fromkeys(_of_parts(exercise, seen)))
    return partly or list(islice(dict.fromkeys(two_slips(exercise, seen, partial(_of_result, exercise))), MOST))


def _of_result(exercise: Exercise, seen: Sequence[Seen]) -> list[str]:
    """Changes of what is right, if every part that differs has one."""
    said = list(_of_parts(exercise, seen))
    unexplained = [i for i in _differing(exercise, seen) if not any(s.startswith(_of(i)) for s in said)]
    return said if _parts(seen) == 1 or not unexplained or ORDER in said else []


def _differing(exercise: Exercise, seen: Sequence[Seen]) -> list[int]:
    """The parts that aren't right everywhere."""
    return [
        part
        for part in range(_parts(seen) or 0)
        if not all(
            agree(one.right.parts[part], one.other.parts[part], tolerance(one.other, exercise.allowed)) for one in seen
        )
    ]


def _of(part: int) -> str:
    return f"in part {part + 1}: "


def _parts(seen: Sequence[Seen]) -> int | None:
    """How many parts a return has, if that is right."""
    counts = {len(one.other.parts) for one in seen}
    return len(seen[0].right.parts) if counts == {len(one.right.parts) for one in seen} else None


def _constant(exercise: Exercise, seen: Sequence[Seen]) -> list[str]:
    """Whether the same comes back for everything, or an argument as it is."""
    if len(seen[0].other.parts) > 1:
        return []
    first = seen[0].other.parts[0]
    numbers = {float(v) for one in seen for v in one.other.parts[0].ravel()}
    if first.size and len(numbers) == 1:
        return [f"it returns {first.ravel()[0]:g} whatever is put in"]
    for i, argument in enumerate(exercise.arguments):
        if all(
            same(np.asarray(arguments_of(exercise, one.inputs)[i], dtype=np.float64), one.other.parts[0], 1e-12)
            for one in seen
        ):
            return [f"it returns {argument.name} as it is"]
    return []


def _explains(exercise: Exercise, seen: Sequence[Seen], function: Callable[..., object]) -> bool:
    different = 0
    for one in seen:
        try:
            other = ours(exercise, one.inputs, function).parts
        except (ValueError, RuntimeError, IndexError, ZeroDivisionError):
            return False
        if not all_same(other, one.other.parts, tolerance(one.other, exercise.allowed)):
            return False
        different += tells(one.other) and not all_same(one.right.parts, other, exercise.allowed)
    return different >= LEAST


ORDER = "the parts of the tuple are in another order"


def _of_parts(exercise: Exercise, seen: Sequence[Seen]) -> Iterator[str]:
    """What no specification needs to name: order, axes, factors, logarithms, constants, transposes, powers."""
    parts = _parts(seen)
    if parts is None:
        return
    if parts > 1 and all(_swapped(one, exercise.allowed) for one in seen):
        yield ORDER
    allowed = [tolerance(one.other, exercise.allowed) for one in seen]
    sizes = [lengths(exercise, one.inputs) for one in seen]
    for part in _differing(exercise, seen):
        pairs = [(one.right.parts[part], one.other.parts[part]) for one in seen]
        where = _of(part) if parts > 1 else ""
        yield from (where + said for said in _of_part(exercise, pairs, allowed, sizes))


def _swapped(one: Seen, allowed: float) -> bool:
    mirrored = zip(one.right.parts, reversed(one.other.parts), strict=True)
    return all(agree(a, b, tolerance(one.other, allowed)) for a, b in mirrored)


Pairs = Sequence[tuple[Array, Array]]


def _of_part(
    exercise: Exercise, pairs: Pairs, allowed: Sequence[float], sizes: Sequence[Mapping[str, int]]
) -> Iterator[str]:
    def holds(change: Callable[[Array, int], Array]) -> bool:
        return _all(pairs, allowed, change)

    ones = [1.0] * len(pairs)
    for factor, said in (*FACTORS, *(LOGARITHMS if exercise.logarithmic else ())):
        if holds(_times(factor, ones)):
            yield said
    for axis in dict.fromkeys(name for size in sizes for name in size):
        n = [float(size[axis]) for size in sizes]
        if holds(_times(1.0, n)):
            yield f"a sum over {axis} where the mean is asked"
        if holds(_times(1.0, [1 / length for length in n])):
            yield f"a mean over {axis} where the sum is asked"
        yield from (f"{said} for each of {axis} {verb}" for said, verb in _constants(holds, n))
    yield from (f"a constant {said} {verb}" for said, verb in _constants(holds, ones))
    for said, change in SHAPES:
        if holds(change):
            yield said
    yield from _unreduced(pairs, allowed)
    yield from _reshaped(pairs, allowed)


def _times(factor: float, of: Sequence[float]) -> Callable[[Array, int], Array]:
    return lambda a, i: a * (factor * of[i])


def _plus(constant: float, of: Sequence[float]) -> Callable[[Array, int], Array]:
    return lambda a, i: a + constant * of[i]


def _constants(
    holds: Callable[[Callable[[Array, int], Array]], bool], of: Sequence[float]
) -> Iterator[tuple[str, str]]:
    for constant, said in CONSTANTS:
        if holds(_plus(constant, of)):
            yield said, "is added"
        if holds(_plus(-constant, of)):
            yield said, "is lost"


def _transposed(a: Array, i: int) -> Array:
    return a.mT if a.ndim >= 2 else a


def _silent(change: Callable[[Array], Array]) -> Callable[[Array, int], Array]:
    def quietly(a: Array, i: int) -> Array:
        with np.errstate(all="ignore"):
            return change(a)

    return quietly


SHAPES: tuple[tuple[str, Callable[[Array, int], Array]], ...] = (
    ("the matrix is transposed", _transposed),
    ("the logarithm is missing", _silent(np.exp)),
    ("a logarithm too many", _silent(np.log)),
    ("the square is missing", _silent(np.sqrt)),
    ("a square too many", _silent(np.square)),
    ("the reciprocal", _silent(np.reciprocal)),
    ("1 minus the value", _silent(lambda a: 1 - a)),
    ("summed to one number where one each is asked", _silent(lambda a: np.asarray(a.sum()))),
    ("averaged to one number where one each is asked", _silent(lambda a: np.asarray(a.mean()))),
    ("only the first axis is kept", _silent(lambda a: a.sum(-1) if a.ndim > 1 else a)),
)


def _all(pairs: Pairs, allowed: Sequence[float], change: Callable[[Array, int], Array]) -> bool:
    """Whether a change of what is right gives theirs everywhere, and is a change often enough."""
    different = 0
    for i, ((right, other), tolerated) in enumerate(zip(pairs, allowed, strict=True)):
        changed = np.asarray(change(right, i))
        if not agree(changed, other, tolerated):
            return False
        different += not agree(right, changed, tolerated)
    return different >= LEAST


def _reshaped(pairs: Pairs, allowed: Sequence[float]) -> Iterator[str]:
    """Theirs holds the right numbers in the right order, in another shape."""
    if all(right.shape == other.shape for right, other in pairs):
        return
    if not all(agree(right.ravel(), other.ravel(), t) for (right, other), t in zip(pairs, allowed, strict=True)):
        return
    if all(1 in other.shape and other.ndim > right.ndim for right, other in pairs):
        yield "an axis of length 1 too many: squeeze it, or index it away"
    elif all(other.ndim == 1 for _, other in pairs):
        yield "the numbers are right, but flattened"
    else:
        yield "the numbers are right, in another shape"


def _unreduced(pairs: Pairs, allowed: Sequence[float]) -> Iterator[str]:
    """Theirs has an axis more, and its sum or mean over the last is right."""
    if not all(other.ndim == right.ndim + 1 and other.size for right, other in pairs):
        return
    if all(other.shape[-1] == 1 for _, other in pairs):
        return  # nothing is summed over an axis of length 1
    for said, reduced in (("sum", np.sum), ("mean", np.mean)):
        if all(agree(right, reduced(other, axis=-1), t) for (right, other), t in zip(pairs, allowed, strict=True)):
            yield f"the {said} over the last axis is missing"
