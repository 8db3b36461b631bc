"""What an argument may be taken for, everywhere or in one operation; and which two may be exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from numerics.conformance.exercise import (
    Argument,
    Covariances,
    Exercise,
    OnSimplex,
    Positives,
    Probabilities,
    Reals,
    Whole,
)
from numerics.conformance.operations import rooted, squared, turned
from numerics.conformance.terms import OfOperation
from numerics.conformance.tracing import Call, Change, Place, quoted

Map = Callable[[Any], Any]


@dataclass(frozen=True)
class OfArguments:
    """A slip in what is put in: what it is, and the arguments that the formula then gets, from those given."""

    said: str
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]]


def of_kind(argument: Argument) -> Iterator[tuple[str, Map]]:
    """What an argument may be taken for: said of it, and the change."""
    match argument.kind:
        case Reals():
            yield "has the other sign", lambda x: -x
            yield "is taken for a logarithm", torch.exp
            yield "is squared", squared
            yield "is halved", lambda x: x / 2
            yield "is doubled", lambda x: 2 * x
        case Positives():
            yield "is squared, or applied twice", squared
            yield "is under a root: a variance for a deviation, or the like", rooted
            yield "is inverted", lambda x: 1 / x
            yield "is taken for a logarithm", torch.exp
            yield "is halved", lambda x: x / 2
            yield "is doubled", lambda x: 2 * x
        case Probabilities():
            yield "is taken for its complement", lambda x: 1 - x
            yield "is squared, or applied twice", squared
            yield "is under a root", rooted
        case Covariances():
            yield "is taken for a precision", torch.linalg.inv
            yield "is taken for a factor L of L Lᵀ", lambda x: x @ x.mT
            yield "is taken for its root", torch.linalg.cholesky
            yield "counts by its diagonal only", lambda x: torch.diag_embed(torch.diagonal(x, dim1=-2, dim2=-1))
            yield "is squared element by element", squared
        case OnSimplex():
            yield "is taken for logits", lambda x: torch.softmax(x, -1)
            yield "is made uniform", lambda x: torch.ones_like(x) / x.shape[-1]
        case Whole(plain=True):
            yield "is counted from one less", lambda x: x - 1
            yield "is counted from one more", lambda x: x + 1
        case _:
            pass
    if len(argument.shape) >= 1:
        yield "is read in the other direction", lambda x: x.flip(0)
        yield "is shifted by one place", lambda x: torch.roll(x, 1, 0)
        yield "is shifted by one place, to the front", lambda x: torch.roll(x, -1, 0)
    if len(argument.shape) >= 2 and argument.shape[-1] == argument.shape[-2]:
        yield "is transposed", turned
    if not isinstance(argument.kind, Whole):
        yield "is left out: it counts as 0", torch.zeros_like
        yield "is left out: it counts as 1", torch.ones_like


def of_arguments(exercise: Exercise) -> Iterator[OfArguments]:
    """An argument taken for something else wherever it is used; two of the same shape exchanged."""
    for i, argument in enumerate(exercise.arguments):
        for said, change in of_kind(argument):
            yield OfArguments(f"{argument.name} {said}", _put(i, change))
    for i, one in enumerate(exercise.arguments):
        for j in range(i + 1, len(exercise.arguments)):
            other = exercise.arguments[j]
            if len(one.shape) == len(other.shape):
                yield OfArguments(f"{one.name} and {other.name} are exchanged", _exchanged(i, j))


def _put(i: int, change: Map) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    return lambda given: (*given[:i], change(given[i]), *given[i + 1 :])


def _exchanged(i: int, j: int) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    def swapped(given: tuple[Any, ...]) -> tuple[Any, ...]:
        found = list(given)
        found[i], found[j] = given[j], given[i]
        return tuple(found)

    return swapped


def of_use(call: Call, arguments: Mapping[str, Argument]) -> Iterator[OfOperation]:
    """An argument of the formula taken for something else in this one operation."""
    for position, value in enumerate(call.arguments):
        name = call.name_of(value)
        if name is not None and isinstance(value, Tensor):
            for said, change in of_kind(arguments[name]):
                yield OfOperation(f"{name} {said},", _at(position, change))


@dataclass(frozen=True)
class OfAnother:
    """Something else in the place of an operand: what it is, the change, and the place whose result it takes."""

    said: str
    change: Change
    kept: tuple[Place, ...] = ()


def of_operand(call: Call, results: Mapping[Place, Any]) -> Iterator[OfAnother]:
    """An argument or a result of the same shape in the place of an operand: ᾱ of the step before, the other mean."""
    if call.name == "shape":
        return
    for position, value in enumerate(call.arguments):
        if not isinstance(value, Tensor):
            continue
        name = call.name_of(value) or ("what comes first" if position == 0 else "what comes second")
        for other, given in call.so_far.arguments.items():
            if _may_stand_for(given, value):
                yield OfAnother(f"{other} for {name}", _taken(position, partial(_argument, name=other)))
        for place, result in results.items():
            source = quoted(place)
            if source and _may_stand_for(result, value):
                yield OfAnother(f"{source} for {name}", _taken(position, partial(_result, place=place)), (place,))


def _may_stand_for(other: Any, value: Tensor) -> bool:
    return (
        isinstance(other, Tensor) and other is not value and other.shape == value.shape and other.dtype == value.dtype
    )


def _argument(call: Call, name: str) -> Any:
    return call.so_far.arguments[name]


def _result(call: Call, place: Place) -> Any:
    return call.so_far.results[place]


def _taken(position: int, other: Callable[[Call], Any]) -> Change:
    def changed(call: Call) -> Any:
        given = list(call.arguments)
        given[position] = other(call)
        return call.of(*given)

    return changed


def after(exercise: Exercise) -> Iterator[tuple[str, Callable[[Any, tuple[Any, ...]], Any]]]:
    """What comes out, with an argument too many in it."""
    for i, argument in enumerate(exercise.arguments):
        if not isinstance(argument.kind, Whole):
            yield f"multiplied by {argument.name}", _combined(i, torch.mul)
            yield f"divided by {argument.name}", _combined(i, torch.div)
            yield f"{argument.name} is added", _combined(i, torch.add)
            yield f"{argument.name} is taken off", _combined(i, torch.sub)


def _combined(i: int, operation: Callable[[Any, Any], Any]) -> Callable[[Any, tuple[Any, ...]], Any]:
    return lambda found, given: operation(found, given[i])


def _at(position: int, change: Map) -> Change:
    def changed(call: Call) -> Any:
        given = list(call.arguments)
        given[position] = change(given[position])
        return call.of(*given)

    return changed
