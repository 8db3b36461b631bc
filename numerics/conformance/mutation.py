"""Slips sought by making them: the formula is run with one operation, argument or result changed, or with two.

An explanation holds on every input that was seen. One slip is preferred to two, an argument taken for something else to
an operation done otherwise; of two slips, a known one and another come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Any

import numpy as np

from numerics.conformance.exercise import Exercise
from numerics.conformance.inputs import Inputs
from numerics.conformance.misread import after, of_arguments, of_operand, of_use
from numerics.conformance.operations import RESULTS, of_operation
from numerics.conformance.terms import OF_FACTORS, OF_TERMS
from numerics.conformance.tracing import Call, Change, Changed, Place, Recorded, called, quoted
from numerics.conformance.values import Array, Returned, Seen, all_same, arguments_of, arrays, tells, tolerance

FEW = 6
"""Inputs on which a slip is tried with every change of the result, before the rest confirms it."""
PAIRS = 5_000
"""Pairs of slips that are tried at most."""
RESULT_SLIPS = frozenset(said for said, _ in RESULTS)
RESULT = 3
WORDS = {
    "add": "sum", "radd": "sum", "sub": "difference", "rsub": "difference", "mul": "product", "rmul": "product",
    "div": "quotient", "true_divide": "quotient", "rdiv": "quotient", "rtruediv": "quotient", "pow": "power",
    "mm": "matrix product", "matmul": "matrix product", "rmatmul": "matrix product", "exp": "exponential",
    "log": "logarithm", "sqrt": "root",
}  # fmt: skip
"""What torch's operations give, by the names that tracing has for them."""

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Slip:
    """What is said of it, and how the formula is run with it: changed operations, and changed arguments."""

    said: str
    places: Mapping[Place, Change]
    arguments: Callable[[Arguments], Arguments] | None = None
    rank: int = 0
    """0 of an argument everywhere or of terms one by one, 1 of an operation, 2 of an argument in one or beside what
    comes out, 3 of the result of an operation, 4 of another argument in its place."""
    after: Callable[[Any, Arguments], Any] | None = None
    kept: tuple[Place, ...] = ()
    """Places whose results the change takes."""


@dataclass(frozen=True)
class Base:
    """A formula in which slips are made: the exercise's own (nothing is said of it), or one with a known slip."""

    said: str
    formula: Callable[..., Any]


def one_slip(exercise: Exercise, seen: Sequence[Seen]) -> Iterator[str]:
    """Single slips in the formulas of the exercise that explain everything seen, the plainest first."""
    trial = Trial(exercise, seen)
    for formula in exercise.formulas:
        base = Base("", formula)
        for slip in sorted(slips(exercise, base, trial.ordered), key=lambda s: s.rank):
            if trial.explains(base, slip):
                yield slip.said


def two_slips(
    exercise: Exercise, seen: Sequence[Seen], result: Callable[[Sequence[Seen]], Sequence[str]]
) -> Iterator[str]:
    """Two slips: a known one or any with another result, then any two. (Slips inside of a known one say little.)"""
    trial = Trial(exercise, seen)
    own = [Base("", formula) for formula in exercise.formulas]
    known = [Base(convention.said, convention.function) for convention in exercise.conventions]
    nothing = Slip("", {})
    for base in known:
        yield from trial.with_result(base, nothing, result)
    for base in own:
        for slip in slips(exercise, base, trial.ordered):
            yield from trial.with_result(base, slip, result)
    for base in own:
        plain = [
            s
            for s in slips(exercise, base, trial.ordered)
            if s.rank < RESULT and s.after is None and trial.alters(base, s)
        ]
        for one, other in islice(_pairs(plain), PAIRS):
            if not (one.places.keys() & other.places.keys()) and trial.explains(base, joined(one, other)):
                yield _both(one.said, other.said)


def _pairs(possible: Sequence[Slip]) -> Iterator[tuple[Slip, Slip]]:
    """Two at a time: two operations, then an argument and an operation, then the rest."""
    pairs = list(combinations(possible, 2))
    yield from sorted(pairs, key=lambda pair: ((pair[0].rank, pair[1].rank) != (1, 1), pair[0].rank + pair[1].rank))


def _both(one: str, other: str) -> str:
    return f"{one}; and {other}"


def joined(one: Slip, other: Slip) -> Slip:
    """Both slips at once."""
    first, second = one.arguments, other.arguments

    def changed(given: Arguments) -> Arguments:
        given = given if first is None else first(given)
        return given if second is None else second(given)

    return Slip("", {**one.places, **other.places}, changed, kept=(*one.kept, *other.kept))


def slips(exercise: Exercise, base: Base, seen: Sequence[Seen]) -> list[Slip]:
    """Every slip that can be made in a formula, as its operations are on a few inputs."""
    found = [Slip(slip.said, {}, slip.change) for slip in of_arguments(exercise)]
    found += [Slip(said, {}, rank=2, after=change) for said, change in after(exercise)]
    places: dict[Place, Call] = {}
    results: dict[Place, Any] = {}
    for one in seen[:FEW]:
        recorded = _recorded(exercise, base, one.inputs)
        for place, call in recorded.calls.items():
            places.setdefault(place, call)
            results.setdefault(place, recorded.so_far.results[place])
    found += _everywhere(places)
    for place, call in places.items():
        found += _at_a_place(exercise, place, call, results)
    return found


def _recorded(exercise: Exercise, base: Base, inputs: Inputs) -> Recorded:
    given = arguments_of(exercise, inputs)
    recorded = Recorded(_named(exercise, given))
    try:
        called(base.formula, given, recorded)
    except Exception:  # a formula with a known slip may raise anything; what came before it is there
        return recorded
    return recorded


def _at_a_place(exercise: Exercise, place: Place, call: Call, results: Mapping[Place, Any]) -> Iterator[Slip]:
    source = quoted(place)
    where = f" in {source}" if source else f" in a {_word(call.name)}"
    arguments = {a.name: a for a in exercise.arguments}
    before = {other: result for other, result in results.items() if call.origin(result) is not None}
    for slip in of_operation(call):
        yield Slip(f"{slip.said}{where}", {place: slip.change}, rank=_rank(slip.said))
    for slip in of_use(call, arguments):
        yield Slip(f"{slip.said}{where}", {place: slip.change}, rank=2)
    for other in of_operand(call, before):
        yield Slip(f"{other.said}{where}", {place: other.change}, rank=4, kept=other.kept)


def _everywhere(places: Mapping[Place, Call]) -> Iterator[Slip]:
    """The same slip in every operation of a kind, where there are several."""
    changes: dict[tuple[str, str], dict[Place, Change]] = {}
    for place, call in places.items():
        for slip in of_operation(call):
            if slip.said not in RESULT_SLIPS and call.name.isalpha():
                changes.setdefault((call.name, slip.said), {})[place] = slip.change
    for (name, said), there in changes.items():
        if len(there) > 1:
            yield Slip(f"{said} in every {_word(name)}", there, rank=2)


def _word(name: str) -> str:
    """What an operation of torch gives, as readers call it."""
    return WORDS.get(name.strip("_"), name)


def _rank(said: str) -> int:
    return 0 if said in (OF_TERMS, OF_FACTORS) else RESULT if said in RESULT_SLIPS else 1


def _named(exercise: Exercise, given: Arguments) -> dict[str, Any]:
    return {argument.name: value for argument, value in zip(exercise.arguments, given, strict=True)}


class Trial:
    """What was seen, the most telling inputs first, and whether a slip explains it."""

    def __init__(self, exercise: Exercise, seen: Sequence[Seen]) -> None:
        self.exercise = exercise
        telling = sorted(seen, key=lambda one: -_numbers(one.inputs))
        differing = [one for one in telling if not self._same(one.right.parts, one)]
        self.ordered = [*differing, *(one for one in telling if self._same(one.right.parts, one))]
        self._given = {id(one.inputs): arguments_of(exercise, one.inputs) for one in seen}

    def explains(self, base: Base, slip: Slip) -> bool:
        """Whether the formula with the slip gives what they returned on every input, and often not what is right.

        No number for another tells little, unless the inputs that give one are told from many that give none.
        """
        different = numbers = without = 0
        for one in self.ordered:
            found = self._run(base, slip, one.inputs)
            if found is None or not self._same(found, one):
                return False
            wrong = not all_same(found, one.right.parts, self.exercise.allowed)
            different += wrong and tells(one.other)
            without += wrong and not tells(one.other)
            numbers += tells(one.other)
        return different >= LEAST or min(numbers, without) >= LEAST

    def alters(self, base: Base, slip: Slip) -> bool:
        """Whether it changes what comes out on the most telling input, into numbers."""
        found = self._run(base, slip, self.ordered[0].inputs)
        right = self.ordered[0].right.parts
        return (
            found is not None
            and not any(np.isnan(part).all() for part in found if part.size)
            and not all_same(found, right, self.exercise.allowed)
        )

    def with_result(self, base: Base, slip: Slip, result: Callable[[Sequence[Seen]], Sequence[str]]) -> Iterator[str]:
        """The slip, and a change of all that comes out of it."""
        few = self._slipped(base, slip, self.ordered[:FEW])
        if few is None or all_same(few[0].right.parts, self.ordered[0].right.parts, self.exercise.allowed):
            return
        there = set(result(few))
        if there:
            whole = self._slipped(base, slip, self.ordered)
            held = [] if whole is None else [said for said in result(whole) if said in there]
            yield from (_both(base.said or slip.said, said) for said in held)

    def _slipped(self, base: Base, slip: Slip, seen: Sequence[Seen]) -> list[Seen] | None:
        found = []
        for one in seen:
            parts = self._run(base, slip, one.inputs)
            if parts is None:
                return None
            found.append(replace(one, right=Returned(parts, {})))
        return found

    def _run(self, base: Base, slip: Slip, inputs: Inputs) -> tuple[Array, ...] | None:
        given = self._given[id(inputs)]
        try:
            changed = given if slip.arguments is None else slip.arguments(given)
            is_within = slip.places or slip.kept
            mode = Changed(slip.places, _named(self.exercise, changed), slip.kept) if is_within else None
            found = called(base.formula, changed, mode)
            return arrays(found if slip.after is None else slip.after(found, given))
        except Exception:  # a formula that is done otherwise may raise anything, and explains nothing then
            return None

    def _same(self, found: tuple[Array, ...], one: Seen) -> bool:
        return all_same(found, one.other.parts, tolerance(one.other, self.exercise.allowed))


LEAST = 4
"""Inputs on which an explanation must hold and differ from what is right."""


def _numbers(inputs: Inputs) -> int:
    """How many different numbers: where they are equal, exchanging them can't be seen."""
    return sum(np.unique(np.asarray(value)).size for value in inputs.values())
