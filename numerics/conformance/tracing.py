"""The operations of a formula in torch: where each stands in its source, and the formula with some done otherwise.

Nothing of the formula's text is changed or compiled: its tensors' operations are intercepted as it runs. An operation
is known by the calls that lead to it, so that it is the same one on every input and in every turn of a loop.
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from claims.records import Record

TORCH = str(Path(torch.__file__).parent)
QUOTED = 70
"""Characters of the source that are shown."""

Place = tuple[tuple[CodeType, int], ...]
"""The calls from the formula down to an operation, each a code and the index of its instruction."""


@dataclass(frozen=True)
class SoFar:
    """The arguments of a formula by name, names by identity, and what its operations have given until now."""

    arguments: Mapping[str, Any]
    names: Mapping[int, str]
    origins: dict[int, Call] = field(default_factory=dict)
    results: dict[Place, Any] = field(default_factory=dict)
    alive: list[Any] = field(default_factory=list)
    """Every result, so that no identity is given twice."""

    def note(self, call: Call, result: Any) -> None:
        """Remember where a result came from."""
        self.origins[id(result)] = call
        self.alive.append(result)


def _nothing_yet(arguments: Mapping[str, Any]) -> SoFar:
    return SoFar(arguments, {id(value): name for name, value in arguments.items()})


class Call(Record, frozen=True, eq=False):
    """An operation about to be done: its name in torch, its arguments, and those of the formula."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    so_far: SoFar

    def name_of(self, value: Any) -> str | None:
        """The name of an argument of the formula that is this very value."""
        return self.so_far.names.get(id(value))

    def origin(self, value: Any) -> Call | None:
        """The operation that this very value came of."""
        return self.so_far.origins.get(id(value))

    def plain(self) -> Any:
        """What it gives."""
        return self.function(*self.arguments, **self.keywords)

    def of(self, *arguments: Any, **keywords: Any) -> Any:
        """What it gives for other arguments; keywords are added to its own."""
        return self.function(*arguments, **{**self.keywords, **keywords})


Change = Callable[[Call], Any]


class Recorded(TorchFunctionMode):
    """While it is entered, every operation is noted by its place; the first call there stands for all."""

    def __init__(self, formula: Mapping[str, Any]) -> None:
        super().__init__()
        self.calls: dict[Place, Call] = {}
        self.so_far = _nothing_yet(formula)

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        call = _call(func, args, kwargs or {}, self.so_far)
        result = call.plain()
        if call.name not in UNSEEN:
            place = _place(sys._getframe(1))
            self.calls.setdefault(place, call)
            self.so_far.results.setdefault(place, result)
            self.so_far.note(call, result)
        return result


class Changed(TorchFunctionMode):
    """While it is entered, the operations at some places are done otherwise; results of others are kept for them."""

    def __init__(self, changes: Mapping[Place, Change], formula: Mapping[str, Any], kept: tuple[Place, ...]) -> None:
        super().__init__()
        self._changes, self._kept = changes, kept
        self._so_far = _nothing_yet(formula)
        self._last = {place[-1] for place in (*changes, *kept)}

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        keywords = kwargs or {}
        call = _call(func, args, keywords, self._so_far)
        frame = _outside(sys._getframe(1))
        if frame is None or (frame.f_code, frame.f_lasti) not in self._last:
            result = func(*args, **keywords)
        else:
            place = _place(frame)
            result = self._changes[place](call) if place in self._changes else call.plain()
            if place in self._kept:
                self._so_far.results[place] = result
        self._so_far.note(call, result)
        return result


UNSEEN = frozenset({"ndim", "dtype", "device", "size", "dim", "numel", "__len__", "is_floating_point", "grad"})
"""What is asked of a tensor without computing anything."""


def _call(function: Callable[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any], so_far: SoFar) -> Call:
    name = getattr(function, "__name__", "")
    if name == "__get__":  # a property such as mT
        name = getattr(getattr(function, "__self__", None), "__name__", name)
    return Call(name, function, arguments, keywords, so_far)


def _outside(frame: FrameType | None) -> FrameType | None:
    """The frame that asked, past those of torch itself."""
    while frame is not None and (frame.f_code.co_filename.startswith(TORCH) or frame.f_code.co_filename == __file__):
        frame = frame.f_back
    return frame


def _place(frame: FrameType | None) -> Place:
    """The calls that led here, outermost first, as far out as the call of the formula."""
    found: list[tuple[CodeType, int]] = []
    frame = _outside(frame)
    while frame is not None and frame.f_code.co_filename != __file__:
        if not frame.f_code.co_filename.startswith(TORCH):
            found.append((frame.f_code, frame.f_lasti))
        frame = frame.f_back
    return tuple(reversed(found))


def called(formula: Callable[..., Any], arguments: tuple[Any, ...], mode: TorchFunctionMode | None) -> Any:
    """What the formula returns while a mode is entered. It stands here because a place ends at this file."""
    with torch.no_grad(), mode or nullcontext():
        return formula(*arguments)


def quoted(place: Place) -> str:
    """The source of an operation on one line, cut where it is long; empty where there is none to be had."""
    code, index = place[-1]
    span = next(islice(code.co_positions(), index // 2, None), None)
    if span is None or None in span:
        return ""
    first, last, left, right = (int(value or 0) for value in span)
    lines = [linecache.getline(code.co_filename, number).encode() for number in range(first, last + 1)]
    if not lines or not lines[0]:
        return ""
    lines[-1] = lines[-1][:right]
    lines[0] = lines[0][left:]
    text = " ".join(b" ".join(lines).decode().split())
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
