"""What can go wrong between an operation and the sum, product or reduction that it is done to, or that is done to it.

Brackets stand elsewhere, a function is taken of each term, a term counts once or too often, means are pooled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from numerics.conformance.tracing import Call, Change


@dataclass(frozen=True)
class OfOperation:
    """A slip in one operation: what it is, before the source of the operation is quoted."""

    said: str
    change: Change


ADDED = ("add", "sub", "rsub", "__radd__", "__rsub__")
MULTIPLIED = ("mul", "div", "true_divide", "__rmul__", "__rdiv__", "__rtruediv__")
ENDS = ("first", "last")
OF_TERMS = "taken of each term, not of what they make together,"
OF_FACTORS = "taken of each factor, not of what they make together,"
NOT_ADDITIVE = {"log": True, "exp": True, "sqrt": False, "square": False, "pow": False, "__pow__": False, "abs": False}
"""Functions whose value at a sum is not the sum of their values, and whether that holds of a product as well."""


def of_terms(call: Call) -> Iterator[OfOperation]:
    """The slips that join an operation with the one that gave its operand."""
    yield from _brackets(call)
    yield from _of_each(call)
    yield from _counted(call)


def _brackets(call: Call) -> Iterator[OfOperation]:
    """Brackets missing around a sum that is multiplied or divided, or standing around too much."""
    for position, value in enumerate(call.arguments[:2]):
        inner = call.origin(value)
        if inner is None:
            continue
        if call.name in MULTIPLIED and inner.name in ADDED:
            for which, term in enumerate(ENDS):
                said = f"brackets are missing: a factor or divisor counts for the {term} term only,"
                yield OfOperation(said, partial(_of_one_term, position=position, term=which))
        if call.name in ADDED and inner.name in MULTIPLIED:
            for which in (0, 1):
                said = "brackets too many: a factor counts for the whole sum,"
                yield OfOperation(said, partial(_of_all, position=position, factor=which))


def _of_one_term(call: Call, position: int, term: int) -> Any:
    """(a + b) c as a c + b, or a + b c."""
    inner = _origin(call, call.arguments[position])
    given = list(call.arguments)
    terms = list(inner.arguments)
    given[position] = terms[term]
    terms[term] = call.of(*given)
    return inner.of(*terms)


def _of_all(call: Call, position: int, factor: int) -> Any:
    """a + b c as (a + b) c."""
    inner = _origin(call, call.arguments[position])
    given = list(call.arguments)
    factors = list(inner.arguments)
    given[position] = factors[1 - factor]
    factors[1 - factor] = call.of(*given)
    return inner.of(*factors)


def _of_each(call: Call) -> Iterator[OfOperation]:
    """log(a + b) as log a + log b, and the like."""
    inner = call.origin(call.arguments[0]) if call.arguments and call.name in NOT_ADDITIVE else None
    if inner is None:
        return
    if inner.name in ADDED:
        yield OfOperation(OF_TERMS, _taken_of_each)
    if inner.name in MULTIPLIED and NOT_ADDITIVE[call.name]:
        yield OfOperation(OF_FACTORS, _taken_of_each)


def _taken_of_each(call: Call) -> Any:
    inner = _origin(call, call.arguments[0])
    return inner.of(*(call.of(_tensor(one), *call.arguments[1:]) for one in inner.arguments[:2]))


def _counted(call: Call) -> Iterator[OfOperation]:
    """How often a term counts beside a sum, and how means of two samples are joined."""
    if call.name == "sum" and call.arguments:
        inner = call.origin(call.arguments[0])
        for which, term in enumerate(ENDS) if inner is not None and inner.name in ADDED else ():
            said = f"the {term} term counts once, not for each of those summed,"
            yield OfOperation(said, partial(_once, which=which))
    if call.name in ADDED:
        for which, term in enumerate(reversed(ENDS)):
            if _reduced(call, which, "sum") is not None:
                said = f"the {term} term counts for each of those summed, not once,"
                yield OfOperation(said, partial(_for_each, summed=which))
        if all(_reduced(call, which, "mean") is not None for which in (0, 1)):
            yield OfOperation("one mean over all together, not one of each,", _pooled)


def _once(call: Call, which: int) -> Any:
    """Σ (a + b) as Σ a + b, where b has no such axis."""
    given = call.arguments[0]
    inner = _origin(call, given)
    terms = [_tensor(one) for one in inner.arguments[:2]]
    if terms[which].ndim or not given.ndim:
        raise IndexError("every term has the axis")
    terms[1 - which] = call.of(terms[1 - which], *call.arguments[1:])
    return inner.of(*terms)


def _for_each(call: Call, summed: int) -> Any:
    """Σ a + b as Σ (a + b)."""
    terms = list(call.arguments[:2])
    terms[1 - summed] = terms[1 - summed] * _length(call, summed, "sum")
    return call.of(*terms)


def _pooled(call: Call) -> Any:
    """The mean of n numbers and that of m as one mean of n + m."""
    n, m = (_length(call, which, "mean") for which in (0, 1))
    return call.of(call.arguments[0] * (n / (n + m)), call.arguments[1] * (m / (n + m)))


def _reduced(call: Call, which: int, name: str) -> Call | None:
    """The sum or mean that an operand is, up to its sign and a number that multiplies or divides it."""
    found = call.origin(call.arguments[which])
    while found is not None and found.name in ("neg", "mul", "__rmul__", "div", "true_divide"):
        tensors = [one for one in found.arguments[:2] if isinstance(one, Tensor)]
        found = found.origin(tensors[0]) if len(tensors) == 1 else None
    return found if found is not None and found.name == name else None


def _length(call: Call, which: int, name: str) -> int:
    """How many numbers it is of."""
    found = _reduced(call, which, name)
    if found is None:
        raise IndexError("another operation came before")
    return int(found.arguments[0].numel() // max(call.arguments[which].numel(), 1))


def _origin(call: Call, value: Any) -> Call:
    inner = call.origin(value)
    if inner is None:
        raise IndexError("another operation came before")
    return inner


def _tensor(value: Any) -> Tensor:
    """A number as a tensor: what is done to it is an operation of tensors."""
    return value if isinstance(value, Tensor) else torch.tensor(float(value), dtype=torch.float64)
