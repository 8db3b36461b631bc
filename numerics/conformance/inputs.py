"""Hypothesis strategies for the arguments of an exercise: small numbers first, so that what fails is shown small."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING, Any, assert_never

from numerics.conformance.exercise import (
    AfterLast,
    Argument,
    Covariances,
    Dim,
    Exercise,
    Invertible,
    OnSimplex,
    Positives,
    Probabilities,
    Reals,
    Whole,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

SIZES = (1, 4)
"""Least and greatest length of an axis that an exercise doesn't bound."""

Inputs = dict[str, Any]
"""Nested lists of plain numbers, or a number, by the name of the argument."""


def inputs_of(exercise: Exercise, longest: int | None = None) -> SearchStrategy[Inputs]:
    """Values for all arguments: lengths of the named axes first, then numbers.

    No axis is longer than ``longest``, or than its least length where that is more.
    """
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: DrawFn) -> Inputs:
        sizes = {axis: draw(st.integers(*_bounds(exercise, axis, longest))) for axis in exercise.axes}
        found = {argument.name: draw(_values(argument, sizes)) for argument in exercise.arguments}
        return found if exercise.arranged is None else exercise.arranged(found)

    return drawn()


def _bounds(exercise: Exercise, axis: str, longest: int | None) -> tuple[int, int]:
    low, high = exercise.sizes.get(axis, SIZES)
    return low, high if longest is None else max(low, min(high, longest))


def _values(argument: Argument, sizes: Mapping[str, int]) -> SearchStrategy[Any]:
    from hypothesis import strategies as st

    shape = tuple(_length(dim, sizes) for dim in argument.shape)
    match argument.kind:
        case Reals(low, high):
            return _nested(_numbers((0.0, 1.0, -1.0, 2.0, 0.5), low, high), shape)
        case Positives(low, high):
            return _nested(_numbers((1.0, 2.0, 0.5, 3.0), low, high), shape)
        case Probabilities():
            return _nested(_numbers((0.5, 0.25, 0.75, 0.125), 0.02, 0.98), shape)
        case Whole(low, high, as_float, _):
            top = high if isinstance(high, int) else sizes[high] - 1
            whole = st.integers(low, top)
            return _nested(whole.map(float) if as_float else whole, shape)
        case OnSimplex():
            weights = st.lists(st.integers(1, 9), min_size=shape[-1], max_size=shape[-1])
            return _nested(weights.map(lambda w: [v / sum(w) for v in w]), shape[:-1])
        case Covariances():
            return _nested(_nested(_numbers((0.0, 1.0, 0.5), -1.5, 1.5), shape[-2:]).map(_covariance), shape[:-2])
        case Invertible():
            return _nested(_nested(_numbers((0.0, 1.0, -1.0), -1, 1), shape[-2:]).map(_invertible), shape[:-2])
        case never:
            assert_never(never)


def _length(dim: Dim, sizes: Mapping[str, int]) -> int:
    match dim:
        case int():
            return dim
        case str():
            return sizes[dim]
        case AfterLast(of):
            return sizes[of] + 1


def _numbers(simple: tuple[float, ...], low: float, high: float) -> SearchStrategy[float]:
    from hypothesis import strategies as st

    inside = [value for value in simple if low <= value <= high]
    anywhere = st.floats(low, high).map(lambda v: round(v, 4))
    return st.sampled_from(inside) | anywhere if inside else anywhere


def _nested(cell: SearchStrategy[Any], shape: tuple[int, ...]) -> SearchStrategy[Any]:
    """Lists in lists of the shape; a cell where there is no axis."""
    from hypothesis import strategies as st

    if not shape:
        return cell
    count = prod(shape)
    return st.lists(cell, min_size=count, max_size=count).map(lambda flat: _folded(flat, shape))


def _folded(flat: list[Any], shape: tuple[int, ...]) -> Any:
    if len(shape) == 1:
        return flat
    step = prod(shape[1:])
    return [_folded(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def _covariance(root: list[list[float]]) -> list[list[float]]:
    """R Rᵀ + I/2 of any square R."""
    d = len(root)
    products = [[sum(a * b for a, b in zip(root[i], root[j], strict=True)) for j in range(d)] for i in range(d)]
    return [[round(products[i][j], 8) + (0.5 if i == j else 0.0) for j in range(d)] for i in range(d)]


def _invertible(root: list[list[float]]) -> list[list[float]]:
    """I + R/(2d) of any square R with entries up to 1, its first row negated where R begins with a negative number."""
    d = len(root)
    rows = [[round(root[i][j] / (2 * d), 8) + (1.0 if i == j else 0.0) for j in range(d)] for i in range(d)]
    return [[-v for v in rows[0]], *rows[1:]] if root[0][0] < 0 else rows
