"""Functions of reference models, changed in place for whoever calls them, and seen at work."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from inspect import Parameter, isfunction, signature
from itertools import pairwise
from types import FunctionType
from typing import Any

import torch
from torch import Tensor

import reference_models

SIGN, FACTOR, SWAPPED, OFF_BY_ONE = "sign", "factor", "swapped", "off by one"
HOOK = "_changed_by_the_mutation_run_"
Change = Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]
"""What is called in the place of a function: it is given the function as it was, and the arguments."""


@dataclass
class Seen:
    """What a function was seen to return: floats at which places of a tuple (None: not in one), and whole numbers."""

    floats: set[int | None] = field(default_factory=set)
    whole: bool = False


def functions(pages: Sequence[str]) -> dict[str, FunctionType]:
    """Every function written on a page whose name begins with one of these (any page without them), by full name."""
    found: dict[str, FunctionType] = {}
    for one in pkgutil.walk_packages(reference_models.__path__, "reference_models."):
        short = one.name.removeprefix("reference_models.")
        if one.ispkg or (pages and not any(short.startswith(page) for page in pages)):
            continue
        for name, made in vars(import_module(one.name)).items():
            if isfunction(made) and made.__module__ == one.name and not made.__code__.co_freevars:
                found[f"{short}.{name}"] = made
    return found


def _passed_on(*args: Any, **kwargs: Any) -> Any:
    return HOOK(*args, **kwargs)  # type: ignore[operator]  # the name of the hook is put in its place below


@contextmanager
def changed(function: FunctionType, change: Change) -> Iterator[None]:
    """While it is entered, whoever calls the function, imported by whatever name, gets what ``change`` returns."""
    code, defaults, only = function.__code__, function.__defaults__, function.__kwdefaults__
    own = FunctionType(code, function.__globals__, function.__name__, defaults)
    own.__kwdefaults__, hook = only, f"{HOOK}{function.__name__}"
    function.__globals__[hook] = partial(_asked, change, own)
    function.__defaults__ = function.__kwdefaults__ = None  # type: ignore[assignment]
    function.__code__ = _passed_on.__code__.replace(co_names=(hook,))
    try:
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = code, defaults, only
        del function.__globals__[hook]


def _asked(change: Change, own: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return change(own, args, kwargs)


@contextmanager
def watched(every: Mapping[str, FunctionType]) -> Iterator[dict[str, Seen]]:
    """While it is entered, which functions are called is seen, and what they return."""
    seen: dict[str, Seen] = {}

    def watch(name: str, own: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        found = own(*args, **kwargs)
        _look(found, seen.setdefault(name, Seen()))
        return found

    with ExitStack() as stack:
        for name, function in every.items():
            stack.enter_context(changed(function, partial(watch, name)))
        yield seen


def _look(found: Any, seen: Seen) -> None:
    for place, one in enumerate(found) if type(found) is tuple else [(None, found)]:
        if _holds(one, _is_float):
            seen.floats.add(place)
        elif _holds(one, _is_whole):
            seen.whole = True


def _holds(one: Any, kind: Callable[[Any], bool]) -> bool:
    if isinstance(one, Mapping):
        return any(_holds(value, kind) for value in one.values())
    if isinstance(one, tuple | list):
        return any(_holds(value, kind) for value in one)
    return kind(one)


def _is_float(one: Any) -> bool:
    return one.is_floating_point() or one.is_complex() if isinstance(one, Tensor) else isinstance(one, float)


def _is_whole(one: Any) -> bool:
    if isinstance(one, Tensor):
        return one.dtype != torch.bool and not _is_float(one)
    return isinstance(one, int) and not isinstance(one, bool)


def changes(function: FunctionType, seen: Seen) -> Iterator[tuple[str, str, Change]]:
    """Each way of changing a function: its kind, where, and the change."""
    for place in sorted(seen.floats, key=lambda p: -1 if p is None else p):
        where = "" if place is None else f"part {place}"
        yield SIGN, where, partial(_returned, place, _is_float, lambda x: -x)
        yield FACTOR, where, partial(_returned, place, _is_float, lambda x: 1.001 * x)
    if seen.whole and not seen.floats:
        yield OFF_BY_ONE, "result", partial(_returned, None, _is_whole, lambda x: x + 1)
    named = [p for p in signature(function).parameters.values() if p.kind in (Parameter.POSITIONAL_OR_KEYWORD,)]
    for a, b in pairwise(named):
        if a.annotation == b.annotation and "Callable" not in str(a.annotation):
            yield SWAPPED, f"{a.name}, {b.name}", partial(_swapped, a.name, b.name)
    for one in named:
        if one.annotation in (int, "int"):
            yield OFF_BY_ONE, one.name, partial(_one_more, one.name)


def _returned(
    place: int | None, kind: Callable[[Any], bool], turn: Callable[[Any], Any], own: Callable[..., Any],
    args: tuple[Any, ...], kwargs: dict[str, Any],
) -> Any:  # fmt: skip
    found = own(*args, **kwargs)
    if place is None:
        return _turned(found, kind, turn)
    if type(found) is not tuple or place >= len(found):
        return found
    return (*found[:place], _turned(found[place], kind, turn), *found[place + 1 :])


def _turned(one: Any, kind: Callable[[Any], bool], turn: Callable[[Any], Any]) -> Any:
    if isinstance(one, Mapping):
        return {name: _turned(value, kind, turn) for name, value in one.items()}
    if isinstance(one, tuple | list):
        parts = [_turned(value, kind, turn) for value in one]
        return type(one)(*parts) if hasattr(one, "_fields") else type(one)(parts)
    return turn(one) if kind(one) else one


def _swapped(a: str, b: str, own: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    bound = signature(own).bind(*args, **kwargs)
    if a in bound.arguments and b in bound.arguments:
        bound.arguments[a], bound.arguments[b] = bound.arguments[b], bound.arguments[a]
    return own(*bound.args, **bound.kwargs)


def _one_more(name: str, own: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    bound = signature(own).bind(*args, **kwargs)
    if name in bound.arguments:
        bound.arguments[name] += 1
    return own(*bound.args, **bound.kwargs)
