"""Hold an implementation against its exercise: the first disagreement, shrunk, and what explains it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from numerics.conformance.diagnosis import diagnoses
from numerics.conformance.exercise import Exercise
from numerics.conformance.inputs import Inputs, inputs_of
from numerics.conformance.process import Theirs
from numerics.conformance.values import Array, Returned, Seen, agree, asked, ours, theirs, tolerance

EXAMPLES = 60
KEPT = 40
"""Inputs with their answers that an explanation must fit."""
GRADIENT = 1e-5
SHORT = (1, 2)
"""Lengths of axes on which a disagreement is sought again, shortest first, to be shown small."""
DEATHS = 3
"""After so many, smaller inputs that it dies of are no longer looked for."""


@dataclass(frozen=True)
class Disagreement:
    """Where an implementation differs: ``kind`` is raises, returns, shape, values or gradients."""

    kind: str
    inputs: Inputs
    said: str
    at_edge: bool = False
    fatal: bool = False
    """Whether the process died of it, or had to be killed."""


@dataclass(frozen=True)
class Conformance:
    """What was found: the smallest disagreement or none, what explains it, and how much was tried."""

    exercise: Exercise
    disagreement: Disagreement | None
    likely: tuple[str, ...]
    tried: int
    edges: int
    gradients_compared: bool
    edge: Disagreement | None = None
    """Where a right one differs at the edge of the domains, on inputs that the exercise doesn't ask for."""
    overflow: Disagreement | None = None
    """Where a right one gives no number on inputs that are far from 0, and could."""


def conformance(
    exercise: Exercise,
    implementation: Theirs,
    seed: int = 0,
    examples: int = EXAMPLES,
    progress: Callable[[int], None] = lambda tried: None,
) -> Conformance:
    """Draw inputs, compare, shrink the first disagreement; then the edges of the domains. Raises CantRun."""

    calls = Calls(exercise, implementation, progress)
    found = _smallest(calls, Random(seed), examples, lambda one: one.kind != "gradients")
    if found is None:
        found = _smallest(calls, Random(seed), examples, lambda one: True)
    if found is None:
        edges = _edges(calls)
        wrong = next((edge for edge in edges if exercise.asks_for(edge.inputs)), None)
        told = wrong or next(iter(edges), None)
        whole = _whole(exercise, implementation, wrong, () if told is None else hints(told), calls.tried)
        return whole if wrong else replace(whole, edge=told, overflow=_overflow(calls, Random(seed + 2)))
    _gather(calls, Random(seed + 1))
    likely = (*_unsteady(exercise, implementation, found), *hints(found), *diagnoses(exercise, calls.seen))
    return _whole(exercise, implementation, found, likely, calls.tried)


def _unsteady(exercise: Exercise, implementation: Theirs, found: Disagreement) -> tuple[str, ...]:
    """Whether the same inputs give another value when they are given again."""
    if found.kind not in ("values", "gradients"):
        return ()
    first, second = (implementation.call(asked(exercise, found.inputs)).get("value") for _ in range(2))
    same = json.dumps(first) == json.dumps(second)
    return (
        ()
        if same
        else ("the same inputs give another value each time: it draws randomness of its own, or keeps state",)
    )


def hints(found: Disagreement) -> tuple[str, ...]:
    """What the text of an exception, or a NaN at the edge of a domain, most often comes from."""
    said = found.said
    if found.kind == "raises" and "dtype" in said:
        return ("inputs are float64; torch.eye, torch.zeros and such make float32 unless dtype=x.dtype is given",)
    if found.kind == "raises" and "requires grad" in said:
        return ("a tensor is asked, through which gradients flow: return it as it is",)
    if found.kind == "raises" and said.startswith("EOFError"):
        return ("it asks for input: everything that it needs are its arguments",)
    if found.kind == "values" and found.at_edge and "nan" in said.rpartition(" expected, ")[2]:
        return ("0 · log 0 counts as 0 there: torch.xlogy or scipy.special.xlogy",)
    return ()


def _smallest(
    calls: Calls, random: Random, examples: int, counts: Callable[[Disagreement], bool]
) -> Disagreement | None:
    """The smallest disagreement of those that count: on axes as short as it can be had on."""
    from hypothesis import Phase, find, settings
    from hypothesis.errors import NoSuchExample

    def differs(inputs: Inputs) -> bool:
        found = calls.compared(inputs)
        return found is not None and counts(found)

    def found(longest: int | None, *phases: Phase) -> Disagreement | None:
        how = settings(max_examples=examples, deadline=None, database=None, phases=phases)
        try:
            return calls.compared(find(inputs_of(calls.exercise, longest), differs, settings=how, random=random))
        except NoSuchExample:
            return None

    first = found(None, Phase.generate)
    if first is None:
        return None
    small = (found(longest, Phase.generate, Phase.shrink) for longest in (*SHORT, None))
    return next((one for one in small if one is not None), first)


def _whole(
    exercise: Exercise, implementation: Theirs, found: Disagreement | None, likely: tuple[str, ...], tried: int
) -> Conformance:
    gradients = implementation.uses_torch and bool(exercise.gradient_in)
    return Conformance(exercise, found, likely, tried, len(exercise.edges), gradients)


def _gather(calls: Calls, random: Random) -> None:
    """More answers, on inputs of every size: shrinking has kept to small ones, on which many explanations fit."""
    from hypothesis import Phase, find, settings
    from hypothesis.errors import NoSuchExample

    how = settings(max_examples=KEPT, deadline=None, database=None, phases=(Phase.generate,))

    def never(inputs: Inputs) -> bool:
        calls.compared(inputs)
        return False

    try:
        find(inputs_of(calls.exercise), never, settings=how, random=random)
    except NoSuchExample:
        return


def _edges(calls: Calls) -> list[Disagreement]:
    compared = (calls.compared(dict(inputs)) for inputs in calls.exercise.edges)
    return [replace(found, at_edge=True) for found in compared if found is not None]


FAR = 8
"""Inputs far from 0 that are tried."""


def _overflow(calls: Calls, random: Random) -> Disagreement | None:
    """Inputs as far from 0 as they may be met, on which theirs is infinite or no number, and ours is one."""
    from hypothesis import Phase, find, settings
    from hypothesis.errors import NoSuchExample

    wide = calls.exercise.wide
    if not wide:
        return None

    def overflows(inputs: Inputs) -> bool:
        return _no_number(calls, _stretched(inputs, wide)) is not None

    how = settings(max_examples=FAR, deadline=None, database=None, phases=(Phase.generate,))
    try:
        return _no_number(
            calls, _stretched(find(inputs_of(calls.exercise, 2), overflows, settings=how, random=random), wide)
        )
    except NoSuchExample:
        return None


def _no_number(calls: Calls, inputs: Inputs) -> Disagreement | None:
    right = ours(calls.exercise, inputs)
    answer = calls.implementation.call(asked(calls.exercise, inputs))
    other = None if "raised" in answer else theirs(answer, len(right.parts))
    if other is None or isinstance(other, str):
        return None
    for mine, got in zip(right.parts, other.parts, strict=False):
        if mine.shape == got.shape and np.isfinite(mine).all() and not np.isfinite(got).all():
            return Disagreement("overflows", inputs, f"{shown(mine)} expected, {shown(got)} returned")
    return None


def _stretched(inputs: Inputs, wide: Mapping[str, float]) -> Inputs:
    """The same with some arguments scaled, so that their greatest number is as far from 0 as it may be."""
    return {name: _scaled(value, wide[name]) if name in wide else value for name, value in inputs.items()}


def _scaled(value: Any, to: float) -> Any:
    array = np.asarray(value, dtype=np.float64)
    greatest = np.abs(array).max() if array.size else 0.0
    return (array * (to / greatest)).round(4).tolist() if greatest > 0 else value


class Calls:
    """Every call made, so that none is made twice, and none after the process has died too often."""

    def __init__(self, exercise: Exercise, implementation: Theirs, progress: Callable[[int], None]) -> None:
        self.exercise, self.implementation = exercise, implementation
        self.seen: list[Seen] = []
        self._progress = progress
        self._known: dict[str, Disagreement | None] = {}
        self._deaths = 0

    @property
    def tried(self) -> int:
        """Different inputs."""
        return len(self._known)

    def compared(self, inputs: Inputs) -> Disagreement | None:
        """How a call disagrees. Once the process has died DEATHS times, new inputs are taken to agree."""
        key = json.dumps(inputs)
        if key not in self._known:
            if self._deaths >= DEATHS:
                return None
            found, one = compared(self.exercise, self.implementation, inputs)
            self._deaths += found is not None and found.fatal
            if one is not None and len(self.seen) < 2 * KEPT:
                self.seen.append(one)
            self._known[key] = found
            self._progress(self.tried)
        return self._known[key]


def compared(exercise: Exercise, implementation: Theirs, inputs: Inputs) -> tuple[Disagreement | None, Seen | None]:
    """One call: how it disagrees, and what was returned where it can be compared."""
    answer = implementation.call(asked(exercise, inputs), exercise.gradient_in)
    right = ours(exercise, inputs)
    if "raised" in answer:
        fatal = answer["raised"] in ("Timeout", "Exit")
        return Disagreement("raises", inputs, _raised(answer, implementation), fatal=fatal), None
    other = theirs(answer, len(right.parts))
    if isinstance(other, str):
        return Disagreement("returns", inputs, other), None
    found = _difference(exercise, inputs, right, other)
    if found is None and implementation.uses_torch:
        found = _gradient_difference(exercise.gradient_in, inputs, right, other)
        if found is not None and not _beside(exercise, implementation, inputs):
            found = None
    return found, Seen(inputs, right, other)


def _beside(exercise: Exercise, implementation: Theirs, inputs: Inputs) -> bool:
    """Whether gradients differ beside the inputs too: at a kink, as of |x| at 0, each has its own and none is wrong."""
    near = {name: _nudged(value) if name in exercise.gradient_in else value for name, value in inputs.items()}
    answer = implementation.call(asked(exercise, near), exercise.gradient_in)
    if "raised" in answer:
        return True
    right = ours(exercise, near)
    other = theirs(answer, len(right.parts))
    return isinstance(other, str) or _gradient_difference(exercise.gradient_in, near, right, other) is not None


def _nudged(value: Any, by: float = 1.7e-3) -> Any:
    """Every number a little greater, each by another amount."""
    array = np.asarray(value, dtype=np.float64)
    return (array + by * (1 + np.arange(array.size).reshape(array.shape) / 7)).tolist()


def _raised(answer: Mapping[str, Any], implementation: Theirs) -> str:
    where = f", {implementation.path.name} {implementation.place(answer['line'])}" if answer.get("line") else ""
    return f"{answer['raised']}: {answer['text']}{where}"


def _difference(exercise: Exercise, inputs: Inputs, right: Returned, other: Returned) -> Disagreement | None:
    if len(right.parts) != len(other.parts):
        said = f"{_parts(len(right.parts))} asked, {_parts(len(other.parts))} returned"
        return Disagreement("returns", inputs, said)
    for i, (mine, got) in enumerate(zip(right.parts, other.parts, strict=True)):
        where = f"part {i + 1}: " if len(right.parts) > 1 else ""
        if mine.shape != got.shape:
            return Disagreement("shape", inputs, f"{where}shape {mine.shape} expected, {got.shape} returned")
        if not agree(mine, got, tolerance(other, exercise.allowed)):
            kind = " as whole numbers" if other.whole else ""
            return Disagreement("values", inputs, f"{where}{shown(mine)} expected, {shown(got)} returned{kind}")
    return None


def _gradient_difference(names: Sequence[str], inputs: Inputs, right: Returned, other: Returned) -> Disagreement | None:
    for name in names:
        mine, got = right.gradients.get(name), other.gradients.get(name)
        if mine is None or not np.isfinite(mine).all():
            continue
        if got is None:
            return Disagreement("gradients", inputs, f"no gradient flows to {name}; {shown(mine)} expected")
        if not agree(mine, got, max(GRADIENT, tolerance(other, GRADIENT))):
            return Disagreement("gradients", inputs, f"in {name}: {shown(mine)} expected, {shown(got)} returned")
    return None


def _parts(count: int) -> str:
    return "one value" if count == 1 else f"a tuple of {count}"


def shown(value: Array) -> str:
    """A number or nested lists, with six digits."""
    return np.array2string(value, precision=6, separator=", ", threshold=40, floatmode="maxprec").replace("\n", "")
