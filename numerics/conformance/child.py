"""Runs one callable of one file, call by call, in a process of its own with bounded time and memory.

Started as a script that imports nothing of ours. It reads a JSON line for each call from standard input and writes one
to the descriptor that standard output had; what the callable prints goes to standard error.
"""

import json
import os
import resource
import runpy
import sys
import traceback
from collections.abc import Callable
from typing import Any, TextIO


def main(path: str, name: str, memory: str, plain: str) -> None:
    """Load the file, say whether that went well, then answer calls until the input ends."""
    answers, calls = os.fdopen(os.dup(1), "w"), os.fdopen(os.dup(0))
    os.dup2(2, 1)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)  # the callable that asks for input finds its end
    limit = int(memory) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    try:
        found = runpy.run_path(path)
    except BaseException as error:
        say(answers, raised(error, path))
        return
    if not callable(found.get(name)):
        callables = sorted(k for k, v in found.items() if callable(v) and not k.startswith("_"))
        say(answers, {"missing": name, "callables": callables})
        return
    say(answers, {"loaded": name})
    for line in calls:
        say(answers, answered(found[name], json.loads(line), path, plain == "numpy"))


def answered(function: Callable[..., Any], call: dict[str, Any], path: str, plain: bool) -> dict[str, Any]:
    """The value and the gradients asked for, or what was raised."""
    try:
        arguments, leaves = prepared(call, plain)
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
