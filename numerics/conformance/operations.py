"""What can go wrong in one operation of a formula: a sign, a factor, a power, an axis, an index, a mask, a function.

What a change makes of tensors that it isn't meant for doesn't matter: it explains nothing then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from torch import Tensor

from numerics.conformance.terms import ADDED, MULTIPLIED, OfOperation, of_terms
from numerics.conformance.tracing import Call, Change

Map = Callable[[Any], Any]


DROPPED = ("exp", "log", "sqrt", "square", "abs", "sigmoid", "tanh", "relu", "lgamma", "log1p", "expm1", "softplus")
"""Functions that may be forgotten; logsigmoid, softmax and such have names of their own for what is lost."""

LOST = {
    "exp": "the exponential is missing",
    "log": "the logarithm is missing",
    "sqrt": "the root is missing",
    "square": "the square is missing",
    "abs": "the absolute value is missing",
    "softmax": "the softmax is missing",
    "log_softmax": "the softmax is missing",
    "inv": "the inverse is missing",
    "clamp": "the clamp is missing",
    "clamp_max": "the clamp is missing",
    "clamp_min": "the clamp is missing",
    "cumsum": "the cumulated sum is missing",
    "cumprod": "the cumulated product is missing",
    "flip": "the order is not reversed",
    "roll": "the shift is missing",
    "cholesky": "the root of the matrix is missing",
    "mT": "a transpose is missing",
    "T": "a transpose is missing",
    "transpose": "a transpose is missing",
    "triu": "the mask is not triangular",
    "tril": "the mask is not triangular",
    "masked_fill": "the mask is missing",
    "logsumexp": "the log-sum-exp is missing",
}
REDUCING = {"sum": "the sum", "mean": "the mean", "prod": "the product", "logsumexp": "the log-sum-exp"}
AXES = ("sum", "mean", "prod", "softmax", "log_softmax", "logsumexp", "cumsum", "cumprod", "norm", "var", "std")


def of_operation(call: Call) -> Iterator[OfOperation]:
    """The slips that an operation may suffer."""
    if call.name in LOST or call.name in DROPPED:
        yield OfOperation(LOST.get(call.name, f"{call.name} is missing"), lambda c: c.arguments[0])
    if call.name in ADDED:
        yield from _in_a_sum(call.name)
    if call.name in MULTIPLIED:
        yield from _in_a_product(call.name)
    if call.name in ("pow", "__pow__", "square"):
        yield OfOperation("the square is missing", lambda c: c.arguments[0])
        yield OfOperation("a third power for a square", lambda c: c.arguments[0] ** 3)
        yield OfOperation("an absolute value for a square", lambda c: torch.abs(c.arguments[0]))
    if call.name in ("matmul", "__matmul__", "mm", "__rmatmul__"):
        yield from _in_a_product_of_matrices()
    if call.name in AXES:
        yield from _in_a_reduction(call)
    yield from of_terms(call)
    yield from _particular(call)
    if call.name != "shape":
        yield from _of_result(call)


def _in_a_sum(name: str) -> Iterator[OfOperation]:
    minus = "sub" in name
    first, second = (1, 0) if name in ("rsub", "__rsub__") else (0, 1)  # rsub(a, b) is b − a
    said = "a plus for the minus" if minus else "a minus for the plus"
    yield OfOperation(said, _signed(first, second, not minus))
    if minus:
        yield OfOperation("the terms of the difference are exchanged", lambda c: -c.plain())
    yield OfOperation("the last term is missing", lambda c: _kept(c, first))
    yield OfOperation("the first term is missing", lambda c: (-1.0 if minus else 1.0) * _kept(c, second))
    yield OfOperation("a product for the sum" if not minus else "a product for the difference", _of_both(torch.mul))
    if minus:
        yield OfOperation("a quotient for the difference", lambda c: c.arguments[first] / c.arguments[second])
    yield OfOperation("the last term is squared", lambda c: _resigned(c, first, second, minus, squared))
    yield OfOperation("the last term is halved", lambda c: _resigned(c, first, second, minus, lambda x: x / 2))
    yield OfOperation("the last term is doubled", lambda c: _resigned(c, first, second, minus, lambda x: x * 2))


def _in_a_product(name: str) -> Iterator[OfOperation]:
    if name in ("mul", "__rmul__"):
        yield OfOperation("a quotient for the product", _of_both(torch.div))
        yield OfOperation("a factor is missing", lambda c: _kept(c, 0))
        yield OfOperation("a factor is missing", lambda c: _kept(c, 1))
        yield OfOperation("a sum for the product", _of_both(torch.add))
        yield OfOperation("a factor is squared", lambda c: c.of(squared(c.arguments[0]), c.arguments[1]))
        yield OfOperation("a factor is squared", lambda c: c.of(c.arguments[0], squared(c.arguments[1])))
        yield OfOperation("a factor stands under its root", lambda c: c.of(rooted(c.arguments[0]), c.arguments[1]))
        yield OfOperation("a factor stands under its root", lambda c: c.of(c.arguments[0], rooted(c.arguments[1])))
        return
    over, under = (1, 0) if name in ("__rdiv__", "__rtruediv__") else (0, 1)
    yield OfOperation("the denominator is missing", lambda c: _kept(c, over))
    yield OfOperation("a product for the quotient", _of_both(torch.mul))
    yield OfOperation("the quotient is upside down", lambda c: 1 / c.plain())
    yield OfOperation("the numerator is 1", lambda c: torch.ones_like(c.plain()) / c.arguments[under])
    yield OfOperation("the denominator is squared", lambda c: c.arguments[over] / squared(c.arguments[under]))
    yield OfOperation("the denominator stands under a root", lambda c: c.arguments[over] / rooted(c.arguments[under]))
    yield OfOperation("half of the denominator", lambda c: c.arguments[over] / (c.arguments[under] / 2))
    yield OfOperation("twice the denominator", lambda c: c.arguments[over] / (c.arguments[under] * 2))


def _in_a_product_of_matrices() -> Iterator[OfOperation]:
    yield OfOperation("the left factor is transposed", lambda c: c.of(turned(c.arguments[0]), c.arguments[1]))
    yield OfOperation("the right factor is transposed", lambda c: c.of(c.arguments[0], turned(c.arguments[1])))
    yield OfOperation("both factors are transposed", lambda c: c.of(*map(turned, c.arguments[:2])))
    yield OfOperation("the factors are in the other order", lambda c: c.of(c.arguments[1], c.arguments[0]))
    yield OfOperation("a product element by element", _of_both(torch.mul))
    yield OfOperation("the left factor is missing", lambda c: c.arguments[1])
    yield OfOperation("the right factor is missing", lambda c: c.arguments[0])


def _in_a_reduction(call: Call) -> Iterator[OfOperation]:
    given = call.arguments[0]
    dims = range(given.ndim) if isinstance(given, Tensor) else ()
    for dim in dims:
        back = dim - len(dims)  # from the end, where an input may have further axes in front
        yield OfOperation(f"another axis (dim={back})", partial(_along, dim=back))
    if call.name in REDUCING:
        yield OfOperation("over all axes at once", lambda c: getattr(c.arguments[0], c.name)())
    if call.name == "sum":
        yield OfOperation("a mean for the sum", lambda c: _renamed(c, torch.mean))
    if call.name == "mean":
        yield OfOperation("a sum for the mean", lambda c: _renamed(c, torch.sum))
    if call.name in ("var", "std"):
        other = torch.std if call.name == "var" else torch.var
        yield OfOperation(
            "a deviation for the variance" if call.name == "var" else "a variance for the deviation",
            lambda c: _renamed(c, other),
        )
        yield OfOperation("n − 1 for n, or the other way", _recounted)
    if call.name == "logsumexp":
        yield OfOperation("the greatest for the log-sum-exp", lambda c: _axis_of(c, torch.amax))
        yield OfOperation("the logarithm of a mean", lambda c: c.plain() - math.log(c.arguments[0].shape[_dim(c)]))
        yield OfOperation("a sum for the log-sum-exp", lambda c: _axis_of(c, torch.sum))
        yield OfOperation("a mean for the log-sum-exp", lambda c: _axis_of(c, torch.mean))
        yield OfOperation("the logarithm is missing", lambda c: torch.exp(c.plain()))
    if call.name == "softmax":
        yield OfOperation("a sigmoid for the softmax", lambda c: torch.sigmoid(c.arguments[0]))
        yield OfOperation("a log-softmax for the softmax", lambda c: torch.log(c.plain()))
        yield OfOperation("a softmax twice", lambda c: c.of(c.plain(), *c.arguments[1:]))
    if call.name == "log_softmax":
        yield OfOperation("the logarithm of the softmax is missing", lambda c: torch.exp(c.plain()))
        yield OfOperation("a softmax twice", lambda c: c.of(torch.exp(c.plain()), *c.arguments[1:]))
    if call.name == "norm":
        yield OfOperation("the root of the norm is missing", lambda c: squared(c.plain()))
    if call.name in ("cumsum", "cumprod"):
        yield OfOperation("the last element is left out (exclusive)", _exclusive)
        yield OfOperation("cumulated from the other end", _backwards)


def _particular(call: Call) -> Iterator[OfOperation]:
    """What belongs to one function: masks, indices, roots of matrices, special functions."""
    name = call.name
    if name in ("triu", "tril"):
        for step in (-1, 1):
            yield OfOperation(f"the diagonal of the mask is off by {step:+d}", partial(_shifted_mask, step=step))
        other = torch.tril if name == "triu" else torch.triu
        yield OfOperation("the other triangle", lambda c: other(c.arguments[0], -_diagonal(c)))
    if name in ("inv", "cholesky", "linalg_inv", "linalg_cholesky"):
        yield OfOperation("transposed", lambda c: c.plain().mT)
    if name in ("solve", "linalg_solve"):
        yield OfOperation("the inverse is missing", lambda c: c.arguments[0] @ c.arguments[1])
        yield OfOperation("nothing is solved: the matrix is missing", lambda c: c.arguments[1])
    if name in ("slogdet", "linalg_slogdet"):
        said = "the absolute value of the determinant is missing: no number where it is negative,"
        yield OfOperation(said, _of_the_determinant)
        yield OfOperation("the logarithm of the determinant is missing", lambda c: (None, torch.exp(c.plain()[1])))
    if name == "log":
        for said, base in (("log2 for log", math.log(2)), ("log10 for log", math.log(10))):
            yield OfOperation(said, partial(_over, divisor=base))
        yield OfOperation("log(1 + x) for log x", lambda c: torch.log1p(c.arguments[0]))
    if name == "lgamma":
        yield OfOperation("off by one: log Γ(x + 1)", lambda c: torch.lgamma(c.arguments[0] + 1))
        yield OfOperation("off by one: log Γ(x − 1)", lambda c: torch.lgamma(c.arguments[0] - 1))
    if name in ("sigmoid", "log_sigmoid", "softplus", "exp"):
        yield OfOperation("the sign of what stands inside", lambda c: c.of(-c.arguments[0], *c.arguments[1:]))
    if name == "log_sigmoid":
        yield OfOperation("the logarithm is missing", lambda c: torch.exp(c.plain()))
        yield OfOperation("the sigmoid is missing", lambda c: c.arguments[0])
    if name in ("minimum", "min", "amin"):
        yield OfOperation("the greatest for the least", lambda c: _instead(c, {"minimum": torch.maximum}.get(c.name)))
    if name in ("maximum", "max", "amax"):
        yield OfOperation("the least for the greatest", lambda c: _instead(c, {"maximum": torch.minimum}.get(c.name)))
    if name == "where":
        yield OfOperation("the condition is turned round", lambda c: torch.where(*_turned_round(c)))
        yield OfOperation("the condition is left out", lambda c: c.arguments[1])
    if name == "masked_fill":
        yield OfOperation("the mask is turned round", lambda c: c.of(c.arguments[0], ~c.arguments[1], *c.arguments[2:]))
    if name == "__getitem__":
        for step in (-1, 1):
            yield OfOperation(f"an index is off by {step:+d}", partial(_reindexed, step=step))
    if name == "shape":
        yield OfOperation("the length of another axis", lambda c: torch.Size(reversed(c.plain())))
    if name == "detach":
        yield OfOperation("it is not detached", lambda c: c.arguments[0])


def _of_the_determinant(call: Call) -> Any:
    sign, log_abs = call.plain()
    return sign, torch.where(sign > 0, log_abs, torch.nan)


def _of_result(call: Call) -> Iterator[OfOperation]:
    """What may happen to the value of any operation."""
    for said, change in RESULTS:
        yield OfOperation(said, partial(_then, change=change))


def squared(x: Any) -> Any:
    """x²."""
    return x * x


def rooted(x: Any) -> Any:
    """√x."""
    return torch.sqrt(x) if isinstance(x, Tensor) else math.sqrt(x)


def turned(x: Tensor) -> Tensor:
    """Transposed, if it is a matrix."""
    return x.transpose(-1, -2) if x.ndim >= 2 else x


RESULTS: tuple[tuple[str, Map], ...] = (
    ("the sign is the other one", lambda x: -x),
    ("a factor 2 too many", lambda x: 2 * x),
    ("a factor 1/2 too many", lambda x: x / 2),
    ("a square too many", squared),
    ("a root too many", rooted),
    ("the reciprocal", lambda x: 1 / x),
    ("left out: it counts as 0", torch.zeros_like),
    ("left out: it counts as 1", torch.ones_like),
    ("1 minus it", lambda x: 1 - x),
    ("shifted by one place", lambda x: torch.roll(x, 1, 0)),
    ("shifted by one place, to the front", lambda x: torch.roll(x, -1, 0)),
    ("transposed", turned),
    ("a logarithm too many", torch.log),
    ("a logarithm is missing", torch.exp),
    ("only the diagonal is kept", lambda x: torch.diag_embed(torch.diagonal(x, dim1=-2, dim2=-1))),
)


def _then(call: Call, change: Map) -> Any:
    return change(call.plain())


def _over(call: Call, divisor: float) -> Any:
    return call.plain() / divisor


def _kept(call: Call, which: int) -> Any:
    """One operand, in the shape of the result."""
    return torch.zeros_like(call.plain()) + call.arguments[which]


def _signed(first: int, second: int, minus: bool) -> Change:
    sign = -1.0 if minus else 1.0
    return lambda c: c.arguments[first] + sign * c.arguments[second]


def _resigned(call: Call, first: int, second: int, minus: bool, change: Map) -> Any:
    return call.arguments[first] + (-1.0 if minus else 1.0) * change(call.arguments[second])


def _of_both(operation: Callable[[Any, Any], Any]) -> Change:
    return lambda c: operation(*map(torch.as_tensor, c.arguments[:2]))


def _dim(call: Call) -> Any:
    return call.keywords.get("dim", call.arguments[1] if len(call.arguments) > 1 else -1)


def _along(call: Call, dim: int) -> Any:
    if call.name == "norm":
        return call.of(*call.arguments[:2], dim=dim)
    rest = {k: v for k, v in call.keywords.items() if k != "dim"}
    return call.function(call.arguments[0], dim=dim, **rest)


def _renamed(call: Call, function: Callable[..., Any]) -> Any:
    return function(*call.arguments, **call.keywords)


def _axis_of(call: Call, function: Callable[..., Any]) -> Any:
    return function(call.arguments[0], dim=_dim(call), keepdim=call.keywords.get("keepdim", False))


def _recounted(call: Call) -> Any:
    unbiased = call.keywords.get("unbiased", call.keywords.get("correction", 1))
    return call.of(*call.arguments, correction=0 if unbiased else 1)


def _exclusive(call: Call) -> Any:
    given, found = call.arguments[0], call.plain()
    return found - given if call.name == "cumsum" else found / given


def _backwards(call: Call) -> Any:
    dim = _dim(call)
    return call.of(call.arguments[0].flip(dim), *call.arguments[1:]).flip(dim)


def _diagonal(call: Call) -> int:
    return int(call.keywords.get("diagonal", call.arguments[1] if len(call.arguments) > 1 else 0))


def _shifted_mask(call: Call, step: int) -> Any:
    return call.function(call.arguments[0], _diagonal(call) + step)


def _instead(call: Call, function: Callable[..., Any] | None) -> Any:
    if function is not None:
        return function(*call.arguments, **call.keywords)
    other = {"min": "max", "max": "min", "amin": "amax", "amax": "amin"}[call.name]
    return getattr(call.arguments[0], other)(*call.arguments[1:], **call.keywords)


def _turned_round(call: Call) -> tuple[Any, Any, Any]:
    condition, one, other = call.arguments[:3]
    return condition, torch.as_tensor(other), torch.as_tensor(one)


def _reindexed(call: Call, step: int) -> Any:
    given, index = call.arguments[0], call.arguments[1]
    parts = index if isinstance(index, tuple) else (index,)
    moved = tuple(_moved(part, step) for part in parts)
    if all(a is b for a, b in zip(moved, parts, strict=True)):
        raise IndexError("nothing here can be moved")
    return given[moved if isinstance(index, tuple) else moved[0]]


def _moved(part: Any, step: int) -> Any:
    if isinstance(part, bool) or part is None or part is Ellipsis:
        return part
    if isinstance(part, int):
        return part + step
    if isinstance(part, slice) and (part.start is not None or part.stop is not None):
        return slice(_added(part.start, step), _added(part.stop, step), part.step)
    return part


def _added(bound: Any, step: int) -> Any:
    return None if bound is None else bound + step
