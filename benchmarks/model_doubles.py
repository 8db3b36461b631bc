"""``python -m benchmarks.model_doubles [PAGE…]``: functions of reference models that compute the same thing.

What each function was asked by properties, oracles, pins and numeric routes is asked again of every other that takes as
many arguments, in every order. A line names two that gave the same numbers each time, who asks them (``run``: the
specifications; ``derive``: the routes; ``pin``; ``own``: other models on the page), and the order of the second one's
arguments where it is another. Sameness at a few points is no proof, and one formula may serve two notions: read both,
and merge them, or say in ``benchmarks.model_doubles_reasons`` why not. 1 where a pair has no reason.
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from inspect import signature
from itertools import permutations
from types import FunctionType
from typing import Any

import torch
from torch import Tensor

from benchmarks.model_doubles_reasons import reason_of
from benchmarks.model_mutations import checks, forget
from benchmarks.mutated_models import changed, functions

CALLS = 3
FAST_S = 4e-4
"""A function that takes longer is not asked what another was asked."""
PATIENCE_S = 2
"""After which a function that was asked what it wasn't made for is given up, and left out."""
MOST_NUMBERS = 200
MOST_ARGUMENTS = 4
CLOSE = 1e-7
Given = tuple[Any, ...]


@dataclass
class Heard:
    """A function, some of what it was asked and said, the least time that it took, and who asked."""

    function: FunctionType
    calls: list[tuple[Given, Tensor]] = field(default_factory=list)
    seconds: float = float("inf")
    sides: set[str] = field(default_factory=set)


def side_of(check: str) -> str:
    """Who asks: the names of routes begin with that of a derivation."""
    from numerics.catalogue import ROUTES

    return "pin" if check.startswith("pin of") else "derive" if check.partition(":")[0] in ROUTES else "run"


def heard(every: Mapping[str, FunctionType]) -> dict[str, Heard]:
    """What each function was asked while all checks ran once."""
    found, now, depth = {name: Heard(one) for name, one in every.items()}, "", 0

    def listen(name: str, own: Callable[..., Any], args: Given, kwargs: dict[str, Any]) -> Any:
        nonlocal depth
        one, began, depth = found[name], time.perf_counter(), depth + 1
        wanted = len(one.calls) < CALLS and not kwargs and all(map(_is_number, args))
        given = tuple(a.detach().clone() if isinstance(a, Tensor) else a for a in args) if wanted else ()
        try:
            said = own(*args, **kwargs)
        finally:
            depth -= 1
        one.seconds = min(one.seconds, time.perf_counter() - began)
        one.sides.add("own" if depth else now)
        if wanted and (numbers := _numbers(said)) is not None and _tells(numbers, given):
            one.calls += [(given, numbers)] if not any(_same(numbers, before) for _, before in one.calls) else []
        return said

    with ExitStack() as stack:
        for name, function in every.items():
            stack.enter_context(changed(function, partial(listen, name)))
        for check in checks():
            now = side_of(check.name)
            forget()
            check.content()
    return found


def _is_plain(one: Any) -> bool:
    return not torch._C._functorch.is_functorch_wrapped_tensor(one)  # type: ignore[attr-defined]  # has no other name


def _is_number(one: Any) -> bool:
    if isinstance(one, Tensor):
        return _is_plain(one) and one.numel() <= MOST_NUMBERS
    return isinstance(one, (int, float)) and not isinstance(one, bool)


def _numbers(said: Any) -> Tensor | None:
    one = said[0] if isinstance(said, tuple) and said else said
    if _is_number(one) and not (isinstance(one, Tensor) and one.is_complex()):
        flat = torch.as_tensor(one).detach().double().flatten()
        return flat if 0 < flat.numel() <= MOST_NUMBERS and bool(flat.isfinite().all()) else None
    return None


def _tells(said: Tensor, given: Given) -> bool:
    """Whether it says more than an argument again: many functions that have nothing in common do that somewhere."""
    return not any(numbers is not None and _same(said, numbers) for numbers in map(_numbers, given))


def _same(a: Tensor, b: Tensor) -> bool:
    return a.shape == b.shape and bool(((a - b).abs() <= CLOSE * (1 + b.abs())).all())


def order_of(one: Heard, other: Heard) -> tuple[int, ...] | None:
    """The order in which ``other`` takes the arguments of ``one``, where it says the same of all of them."""
    sizes = {len(given) for given, _ in one.calls}
    if len(one.calls) < 2 or len(sizes) > 1 or not 0 < (size := sizes.pop()) <= MOST_ARGUMENTS:
        return None
    try:
        signature(other.function).bind(*range(size))
    except TypeError:
        return None
    for order in permutations(range(size)):
        if all(_says(other.function, tuple(given[i] for i in order), said) for given, said in one.calls):
            return order
    return None


def _says(function: FunctionType, given: Given, said: Tensor) -> bool:
    try:
        numbers = _numbers(function(*given))
    except Exception:
        return False
    return numbers is not None and _same(numbers, said)


def doubles(found: Mapping[str, Heard], firsts: Sequence[str], slow: set[str]) -> Iterator[tuple[str, str, str]]:
    """Names of two functions, and an order other than that of the first; what never answers is added to ``slow``."""
    seconds = [name for name, one in found.items() if one.calls and one.seconds < FAST_S]
    for first in firsts:
        rest = [name for name in seconds if name != first]
        while rest:
            rest = [name for name in rest if name not in slow]
            done = yield from _asked_apart(found, first, rest)
            if done < len(rest):
                slow.add(rest[done])
            rest = rest[done + 1 :]


def _asked_apart(
    found: Mapping[str, Heard], first: str, rest: Sequence[str]
) -> Generator[tuple[str, str, str], None, int]:
    """In a process of its own, which is ended where a function doesn't answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for second in rest:
            order = order_of(found[first], found[second])
            plain = order is None or list(order) == sorted(order)
            os.write(writing, f"{'-' if order is None else '=' if plain else ' '.join(map(str, order))}\n".encode())
        os._exit(0)
    os.close(writing)
    told = b""
    while select.select([reading], [], [], PATIENCE_S)[0] and (more := os.read(reading, 65536)):
        told += more
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    answers = told.decode().splitlines()
    for second, order in zip(rest, answers, strict=False):
        if order != "-":
            yield first, second, "" if order == "=" else f"({order.replace(' ', ', ')})"
    return len(answers)


def main(arguments: Sequence[str]) -> int:
    """Prints the doubles, those without a reason marked; 1 where there are any of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.model_doubles", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only the doubles of pages whose names begin so")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    found = heard(functions([]))
    firsts = [n for n, one in found.items() if one.calls and (not asked.pages or n.startswith(tuple(asked.pages)))]
    seen: set[frozenset[str]] = set()
    open_pairs = 0
    for first, second, order in doubles(found, firsts, set()):
        if frozenset((first, second)) in seen:
            continue
        seen.add(frozenset((first, second)))
        why = reason_of(first, second)
        open_pairs += why is None
        one, other = (f"{name} [{'+'.join(sorted(found[name].sides))}]" for name in (first, second))
        print(" ".join(filter(None, (one, other, order))), "--", why or "NO REASON IS GIVEN", flush=True)
    print(f"{len(seen)} pairs among {len(firsts)} functions, {open_pairs} without a reason", file=sys.stderr)
    return int(open_pairs > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
