"""Runs one callable of one file, call by call, in a process of its own with bounded time and memory.

Started as a script that imports nothing of ours. It reads a JSON line for each call from standard input and writes one
to the descriptor that standard output had; what the callable prints goes to standard error.

The callable is a function, a class (an nn.Module is made and called), or ``Class.method``. A constructor gets the
arguments of the exercise that it names, the call the others.
"""

from __future__ import annotations

import inspect
import json
import os
import resource
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any, TextIO


def main(path: str, name: str, memory: str, kind: str, home: str) -> None:
    """Load the file, say whether that went well, then answer calls until the input ends."""
    answers, calls = os.fdopen(os.dup(1), "w"), os.fdopen(os.dup(0))
    os.dup2(2, 1)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)  # the callable that asks for input finds its end
    limit = int(memory) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, home)
    try:
        found = runpy.run_path(path)
    except BaseException as error:
        say(answers, raised(error, path))
        return
    function = target(found, name)
    if function is None:
        callables = sorted(k for k, v in found.items() if callable(v) and not k.startswith("_"))
        say(answers, {"missing": name, "callables": callables})
        return
    kind = "numpy" if kind == "torch" and takes_arrays(function) else kind
    say(answers, {"loaded": name, "kind": kind})
    for line in calls:
        say(answers, answered(function, json.loads(line), path, kind == "numpy"))


def target(found: dict[str, Any], name: str) -> Callable[..., Any] | OfInstance | None:
    """The callable: of a class, its instances or its method, made anew for each call; None where there is none."""
    outer, _, inner = name.partition(".")
    holder = found.get(outer)
    if not isinstance(holder, type):
        return holder if callable(holder) and not inner else None
    if inner:
        static = isinstance(inspect.getattr_static(holder, inner, None), staticmethod | classmethod)
        method = getattr(holder, inner, None)
        return None if not callable(method) else method if static else OfInstance(holder, inner)
    if _is_function(holder):
        applied: Callable[..., Any] | None = getattr(holder, "apply", None)
        return applied
    return OfInstance(holder, "__call__") if "__call__" in dir(holder) else None


def _is_function(holder: type) -> bool:
    """Whether it is a torch.autograd.Function, which is applied rather than made."""
    return any(base.__module__ == "torch.autograd.function" for base in holder.__mro__)


class OfInstance:
    """A method of an instance that is made of those arguments that the constructor names."""

    def __init__(self, holder: type, method: str) -> None:
        self.holder, self.method = holder, method

    def called(self, names: list[str], arguments: list[Any]) -> Any:
        """What the method returns for the arguments that are left."""
        given = dict(zip(names, arguments, strict=True))
        wanted = {}
        for parameter in inspect.signature(self.holder).parameters.values():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            if parameter.name in given:
                value = given.pop(parameter.name)
                wanted[parameter.name] = value.item() if getattr(value, "ndim", None) == 0 else value
            elif parameter.default is parameter.empty:
                made, asked = self.holder.__name__, ", ".join(names)
                raise TypeError(f"{made} is made of {parameter.name}, which is none of the arguments: {asked}")
        made = self.holder(**wanted)
        made = made.double() if hasattr(made, "double") and hasattr(made, "parameters") else made
        return getattr(made, self.method)(*given.values())


def takes_arrays(function: Callable[..., Any] | OfInstance) -> bool:
    """Whether it and what it calls in its file use numpy and nothing of torch."""
    bases = function.holder.__mro__ if isinstance(function, OfInstance) else ()
    homes = {*packages_of(function), *(base.__module__.split(".")[0] for base in bases)}
    return "numpy" in homes and "torch" not in homes


def packages_of(function: Callable[..., Any] | OfInstance) -> Iterator[str]:
    """The packages of what it names, and of what the functions of its file name that it calls."""
    own = [*vars(function.holder).values()] if isinstance(function, OfInstance) else [inspect.unwrap(function)]
    waiting = [one for one in own if inspect.isfunction(one)]
    seen = set()
    while waiting:
        one = waiting.pop()
        seen.add(one)
        for value in (one.__globals__.get(name) for code in nested(one.__code__) for name in code.co_names):
            home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
            yield home.split(".")[0]
            if inspect.isfunction(value) and value.__globals__ is one.__globals__ and value not in seen:
                waiting.append(value)


def nested(code: CodeType) -> Iterator[CodeType]:
    """A code and those inside of it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from nested(inner)


def answered(function: Callable[..., Any] | OfInstance, call: dict[str, Any], path: str, plain: bool) -> dict[str, Any]:
    """The value and the gradients asked for, or what was raised."""
    try:
        arguments, leaves = prepared(call, plain)
        if isinstance(function, OfInstance):
            value = function.called([argument["name"] for argument in call["arguments"]], arguments)
        else:
            value = function(*arguments)
        return {"value": described(value), "gradients": gradients(value, leaves)}
    except BaseException as error:
        return raised(error, path)


def prepared(call: dict[str, Any], plain: bool) -> tuple[list[Any], dict[str, Any]]:
    """Arguments as arrays or tensors, float64 where they hold floating-point numbers; those to differentiate in."""
    arguments: list[Any] = []
    leaves: dict[str, Any] = {}
    for argument in call["arguments"]:
        value = argument["value"]
        if not argument["plain"]:
            if plain:
                import numpy

                value = numpy.asarray(value)
            else:
                import torch

                torch.set_num_threads(1)
                value = torch.tensor(value, dtype=torch.float64 if argument["real"] else torch.int64)
                if argument["name"] in call["gradient_in"]:
                    leaves[argument["name"]] = value.requires_grad_(True)
        arguments.append(value)
    return arguments, leaves


def described(value: Any) -> dict[str, Any]:
    """Shape, type and numbers (none where they are complex); a tuple or a list as a list of such."""
    if isinstance(value, (tuple, list)):
        return {"parts": [described(part) for part in value], "type": type(value).__name__}
    if "complex" in str(getattr(value, "dtype", type(value).__name__)):
        return {"type": "complex", "shape": None, "numbers": None}
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        return {"type": str(value.dtype), "shape": list(value.shape), "numbers": value.tolist()}
    if isinstance(value, (bool, int, float)):
        return {"type": type(value).__name__, "shape": [], "numbers": value}
    if hasattr(value, "tolist"):
        return {"type": str(value.dtype), "shape": list(value.shape), "numbers": value.tolist()}
    return {"type": type(value).__name__, "shape": None, "numbers": None}


def gradients(value: Any, leaves: dict[str, Any]) -> dict[str, Any]:
    """d(sum of all that is returned)/d(argument), null where nothing leads back to it."""
    returned = value if isinstance(value, (tuple, list)) else [value]
    parts = [part.sum() for part in returned if getattr(part, "requires_grad", False)]
    if not leaves or not parts:
        return {}
    import torch

    found = torch.autograd.grad(sum(parts), list(leaves.values()), allow_unused=True)
    return {name: None if g is None else g.tolist() for name, g in zip(leaves, found, strict=True)}


def raised(error: BaseException, path: str) -> dict[str, Any]:
    """Type, text and the line of the file that raised."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if os.path.abspath(frame.filename) == os.path.abspath(path)]
    line = lines[-1] if lines else getattr(error, "lineno", None)
    return {"raised": type(error).__name__, "text": str(error)[:500], "line": line}


def say(answers: TextIO, tree: dict[str, Any]) -> None:
    """One JSON line."""
    answers.write(json.dumps(tree) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
