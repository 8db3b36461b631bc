"""What a function returned, ours or theirs, as arrays; and how two returns differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from numerics.conformance.exercise import Argument, Exercise, Positives, Reals, Whole
from numerics.conformance.inputs import Inputs

Array = NDArray[np.float64]
MAKE_ARRAY = " (torch.stack or numpy.asarray makes one of it)"
SINGLE = 2e-4
"""Relative error allowed of a value returned in single precision."""


@dataclass(frozen=True)
class Returned:
    """Parts of a return in order (one where it is no tuple), and gradients of their sum by argument; None: no path."""

    parts: tuple[Array, ...]
    gradients: Mapping[str, Array | None]
    single: bool = False
    whole: bool = False
    """Whether all of it came back as whole numbers (int64 and such)."""


@dataclass(frozen=True)
class Seen:
    """An input, what is right there, and what they returned."""

    inputs: Inputs
    right: Returned
    other: Returned


def is_real(argument: Argument) -> bool:
    """Whether an argument holds floating-point numbers."""
    return not isinstance(argument.kind, Whole) or argument.kind.as_float


def is_plain(argument: Argument) -> bool:
    """Whether it is given as a Python number."""
    return isinstance(argument.kind, Whole) and argument.kind.plain


def arguments_of(exercise: Exercise, inputs: Inputs) -> tuple[Any, ...]:
    """The arguments in order: tensors, float64 where they hold floating-point numbers, or Python numbers."""
    return tuple(_argument(argument, inputs[argument.name]) for argument in exercise.arguments)


def _argument(argument: Argument, value: Any) -> Any:
    if is_plain(argument):
        return value
    return torch.tensor(value, dtype=torch.float64 if is_real(argument) else torch.int64)


def arrays(returned: Any) -> tuple[Array, ...]:
    """The parts of what a function of tensors returned."""
    parts = tuple(returned) if isinstance(returned, tuple | list) else (returned,)
    return tuple(_array(part) for part in parts)


def ours(exercise: Exercise, inputs: Inputs, function: Callable[..., Any] | None = None) -> Returned:
    """The specification's own return, or that of another function of the same arguments."""
    arguments = dict(zip((a.name for a in exercise.arguments), arguments_of(exercise, inputs), strict=True))
    leaves = {name: arguments[name].requires_grad_(True) for name in exercise.gradient_in}
    returned = (function or exercise.right)(*arguments.values())
    parts = tuple(returned) if isinstance(returned, tuple | list) else (returned,)
    return Returned(arrays(parts), _gradients(parts, leaves))


def _array(part: Any) -> Array:
    return np.asarray(torch.as_tensor(part).detach().numpy(), dtype=np.float64)


def _gradients(parts: tuple[Any, ...], leaves: Mapping[str, torch.Tensor]) -> dict[str, Array | None]:
    tracked = [part.sum() for part in parts if isinstance(part, torch.Tensor) and part.requires_grad]
    if not leaves or not tracked:
        return {}
    total = torch.stack(tracked).sum()
    found = torch.autograd.grad(total, list(leaves.values()), allow_unused=True)
    return {name: None if g is None else _array(g) for name, g in zip(leaves, found, strict=True)}


def asked(exercise: Exercise, inputs: Inputs) -> list[dict[str, Any]]:
    """The same arguments as plain data, for another process."""
    return [
        {"name": a.name, "value": inputs[a.name], "real": is_real(a), "plain": is_plain(a)} for a in exercise.arguments
    ]


def theirs(answer: Mapping[str, Any], asked_for: int = 1) -> Returned | str:
    """What came back from the other process; a text says what can't be compared with the parts asked for."""
    value = answer["value"]
    trees = value.get("parts", [value])
    if asked_for == 1 and "parts" in value:
        inside = f" of {len(trees)}" if trees else ", an empty one"
        return f"returns a {value['type']}{inside}, where one tensor, array or number is asked{MAKE_ARRAY}"
    parts = []
    for tree in trees:
        if "parts" in tree or tree["shape"] is None:
            return _no_array(tree)
        parts.append(np.asarray(tree["numbers"], dtype=np.float64).reshape(tree["shape"]))
    gradients = {name: None if g is None else np.asarray(g) for name, g in answer.get("gradients", {}).items()}
    single = any("float32" in tree["type"] or "float16" in tree["type"] for tree in trees)
    whole = all(tree["type"].removeprefix("torch.").startswith(("int", "uint", "bool")) for tree in trees)
    return Returned(tuple(parts), gradients, single, whole and bool(trees))


def _no_array(tree: Mapping[str, Any]) -> str:
    """What a part is that is no array."""
    match tree["type"]:
        case "NoneType":
            return "returns nothing (None): is a return missing?"
        case "complex":
            return "returns complex numbers, where real ones are asked"
        case "list" | "tuple" as kind:
            return f"returns a {kind} inside a tuple, where a tensor, an array or a number is asked{MAKE_ARRAY}"
        case kind:
            return f"returns a {kind}, where a tensor, an array or a number is asked"


def agree(mine: Array, other: Array, allowed: float) -> bool:
    """Equal shapes, equal infinities, and numbers within the relative error (absolute below 1). NaN agrees never."""
    if mine.shape != other.shape or (mine.size and _apart(mine.item(0), other.item(0), allowed)):
        return False
    if np.isnan(mine).any() or np.isnan(other).any():
        return False
    with np.errstate(invalid="ignore"):
        close = np.abs(mine - other) <= allowed * np.maximum(1.0, np.abs(mine))
    return bool(np.all(close & np.isfinite(mine) & np.isfinite(other) | (mine == other)))


def _apart(mine: float, other: float, allowed: float) -> bool:
    """Whether two finite numbers differ: most that is tried is wrong from its first number on."""
    return math.isfinite(mine) and math.isfinite(other) and abs(mine - other) > allowed * max(1.0, abs(mine))


def same(mine: Array, other: Array, allowed: float) -> bool:
    """The same for two wrong values: where one is NaN, so is the other."""
    if mine.shape != other.shape:
        return False
    nan = np.isnan(mine)
    return np.array_equal(nan, np.isnan(other)) and agree(mine[~nan], other[~nan], allowed)


def all_same(mine: tuple[Array, ...], other: tuple[Array, ...], allowed: float) -> bool:
    """Every part is the same, NaN where the other is."""
    return len(mine) == len(other) and all(same(a, b, allowed) for a, b in zip(mine, other, strict=True))


def tells(returned: Returned) -> bool:
    """Whether there is a number in it, by which explanations are told apart."""
    return any(bool(np.isfinite(part).any()) for part in returned.parts)


def all_agree(mine: Returned, other: Returned, allowed: float) -> bool:
    """Every part agrees."""
    return len(mine.parts) == len(other.parts) and all(
        agree(a, b, tolerance(other, allowed)) for a, b in zip(mine.parts, other.parts, strict=True)
    )


def tolerance(other: Returned, allowed: float) -> float:
    """More is allowed of single precision."""
    return max(allowed, SINGLE) if other.single else allowed


def lengths(exercise: Exercise, inputs: Inputs) -> dict[str, int]:
    """The length of each named axis in these inputs."""
    found: dict[str, int] = {}
    for argument in exercise.arguments:
        shape = np.shape(inputs[argument.name])
        found |= {dim: size for dim, size in zip(argument.shape, shape, strict=True) if isinstance(dim, str)}
    return found


def is_continuous(argument: Argument) -> bool:
    """Whether a gradient in it makes sense."""
    return isinstance(argument.kind, Reals | Positives) or is_real(argument)
