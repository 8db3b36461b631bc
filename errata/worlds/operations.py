"""Operations on the values of a world: numbers, and arrays of two axes (a vector is one column)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from claims.records import Record

Array = np.ndarray[Any, np.dtype[Any]]
MOST_EXACT = 1000
"""Binomial coefficients of numbers up to this are floats."""


class NoValue(Exception):
    """A term has no value in a world: shapes that don't fit, a domain that is left, an operation that is not known."""


class Eye(Record, frozen=True):
    """A multiple of the identity whose size is told by what it stands beside."""

    factor: float | complex = 1.0


class Token(Record, frozen=True):
    """What is no number: a slice, a set, a condition. Two are equal where their texts are."""

    text: str


Value = float | complex | int | Array | Eye | Token


def added(values: Sequence[Value]) -> Value:
    """A sum of numbers, or of arrays of one shape; a multiple of the identity takes the size of the others."""
    shapes = {v.shape for v in values if isinstance(v, np.ndarray)}
    if any(isinstance(v, Token) for v in values):
        raise NoValue("a sum of what are no numbers")
    if len(shapes) > 1:
        raise NoValue("a sum of arrays of different shapes")
    if not shapes:
        if any(isinstance(v, Eye) for v in values):
            if all(isinstance(v, Eye) for v in values):
                return Eye(sum(v.factor for v in values if isinstance(v, Eye)))
            raise NoValue("a number and an identity matrix")
        return sum(values)  # type: ignore[arg-type]
    (shape,) = shapes
    total = np.zeros(shape)
    for v in values:
        if isinstance(v, Eye):
            if shape[0] != shape[1]:
                raise NoValue("an identity beside an array that is not square")
            total = total + v.factor * np.eye(shape[0])
        elif isinstance(v, np.ndarray):
            total = total + v
        else:
            raise NoValue("a sum of a number and an array")
    return total


def multiplied(values: Sequence[Value]) -> Value:
    """A product in its order; one row times one column is a number."""
    result: Value = 1.0
    for v in values:
        result = _times(result, v)
    return result


def _times(a: Value, b: Value) -> Value:
    if isinstance(a, Token) or isinstance(b, Token):
        raise NoValue("a product of what is no number")
    if isinstance(a, Eye) and isinstance(b, Eye):
        return Eye(a.factor * b.factor)
    if isinstance(a, Eye):
        return a.factor * b if isinstance(b, np.ndarray) else Eye(a.factor * b)  # type: ignore[operator]
    if isinstance(b, Eye):
        return b.factor * a if isinstance(a, np.ndarray) else Eye(b.factor * a)
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape[1] != b.shape[0]:
            raise NoValue("a product of arrays whose shapes don't fit")
        return shrunk(a @ b)
    return a * b


def shrunk(value: Array) -> Value:
    """An array of one entry as a number."""
    return value.item() if value.shape == (1, 1) else value


def raised(base: Value, exponent: Value) -> Value:
    """A power of a number, of each entry of nothing, or of a square matrix (−1, whole numbers, ±1/2 if symmetric)."""
    if isinstance(exponent, np.ndarray | Eye | Token) or isinstance(base, Token):
        raise NoValue("a power by what is no number")
    if isinstance(base, Eye):
        return Eye(base.factor**exponent)
    if not isinstance(base, np.ndarray):
        if base == 0 and exponent.real < 0:
            raise NoValue("a division by zero")
        if isinstance(base, complex) or isinstance(exponent, complex):
            return complex(base) ** exponent
        if base < 0 and float(exponent) != int(exponent):
            raise NoValue("a root of a negative number")
        try:
            return math.pow(base, exponent)
        except (OverflowError, ValueError) as error:
            raise NoValue("too large") from error
    if base.shape[0] != base.shape[1]:
        raise NoValue("a power of an array that is not square")
    if isinstance(exponent, complex):
        raise NoValue("a complex power of a matrix")
    return _matrix_power(base, float(exponent))


def _matrix_power(base: Array, exponent: float) -> Array:
    try:
        if exponent == int(exponent):
            return np.linalg.matrix_power(base, int(exponent))
        values, vectors = np.linalg.eig(base)
        if np.abs(values.imag).max() > 1e-9 or values.real.min() <= 0:
            raise NoValue("a root of a matrix whose eigenvalues are not positive")
        return np.asarray(((vectors * values.real**exponent) @ np.linalg.inv(vectors)).real)
    except np.linalg.LinAlgError as error:
        raise NoValue("a singular matrix") from error


def transposed(value: Value) -> Value:
    """The transpose; numbers stay."""
    return value.T if isinstance(value, np.ndarray) else value


def _real(value: Value) -> float | Array:
    if isinstance(value, Eye | Token):
        raise NoValue("not a number")
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, complex):
        if value.imag:
            raise NoValue("a complex number")
        return value.real
    return float(value)


def entrywise(function: Callable[[Any], Any]) -> Callable[[Value], Value]:
    """A function of numbers as one of arrays, entry by entry."""

    def of(value: Value) -> Value:
        if isinstance(value, float | int) and function in _PLAIN:
            try:
                return _PLAIN[function](value)
            except (ValueError, OverflowError) as error:
                raise NoValue("no finite value") from error
        with np.errstate(all="ignore"):
            got = function(_real(value))
        if not np.all(np.isfinite(got)):
            raise NoValue("no finite value")
        return got if isinstance(got, np.ndarray) else float(got)

    return of


_PLAIN: dict[Any, Callable[[float], float]] = {
    np.log: math.log, np.exp: math.exp, np.sin: math.sin, np.cos: math.cos, np.tanh: math.tanh,
}  # fmt: skip
"""The same functions for a single number, which is what most values are."""


def exponential(value: Value) -> Value:
    """exp of a number, of a complex one too, or of each entry."""
    if isinstance(value, complex):
        return complex(np.exp(value))
    return entrywise(np.exp)(value)


def norm(value: Value, order: Value) -> Value:
    """‖x‖_p of a vector, ‖A‖_F of a matrix; the spectral norm for a matrix without more said."""
    array = np.atleast_2d(np.asarray(_real(value)))
    if isinstance(order, Token):
        if order.text == "F":
            return float(np.sqrt((array**2).sum()))
        if order.text == "∞":
            return float(np.abs(array).max())
        raise NoValue(f"the norm {order.text}")
    p = _real(order)
    if isinstance(p, np.ndarray):
        raise NoValue("a norm of an array of orders")
    if array.shape[1] != 1:
        if p == 2:
            return float(np.linalg.norm(array, 2))
        raise NoValue("a norm of a matrix")
    return float((np.abs(array) ** p).sum() ** (1 / p)) if p > 0 else float((array != 0).sum())


def trace(value: Value) -> Value:
    """The sum of the diagonal of a square matrix; a number is its own trace."""
    if isinstance(value, np.ndarray):
        if value.shape[0] != value.shape[1]:
            raise NoValue("a trace of an array that is not square")
        return float(np.trace(value))
    return _real(value)


def determinant(value: Value) -> Value:
    """The determinant of a square matrix; a number is its own."""
    if isinstance(value, np.ndarray):
        if value.shape[0] != value.shape[1]:
            raise NoValue("a determinant of an array that is not square")
        return float(np.linalg.det(value))
    return _real(value)


def modulus(value: Value) -> Value:
    """|x| of a number, the determinant of a square matrix, the length of a vector."""
    if isinstance(value, complex):
        return abs(value)
    if isinstance(value, np.ndarray):
        return determinant(value) if value.shape[0] == value.shape[1] else norm(value, 2)
    got = _real(value)
    assert isinstance(got, float)
    return abs(got)


def diagonal(value: Value) -> Value:
    """The diagonal matrix of a vector, the diagonal of a matrix."""
    array = _real(value)
    if isinstance(array, float):
        return array
    return np.diag(array[:, 0]) if array.shape[1] == 1 else np.diag(array)[:, None]


def binomial(n: float, k: float) -> float:
    """The binomial coefficient, also of numbers that are not whole."""
    if 0 <= k <= n <= MOST_EXACT:
        if n == int(n) and k == int(k):
            return float(math.comb(int(n), int(k)))
        return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))
    return float(_special().binom(n, k))


def _special() -> Any:
    """SciPy's functions: slow to import, and few pages need them."""
    from scipy import special

    return special


def softmax(value: Value) -> Value:
    """exp(x_k)/Σ exp(x_l) of a vector, of each row of a matrix."""
    array = _real(value)
    if isinstance(array, float):
        raise NoValue("a softmax of a number")
    axis = 0 if array.shape[1] == 1 else 1
    raised = np.exp(array - np.max(array, axis=axis, keepdims=True))
    return np.asarray(raised / np.sum(raised, axis=axis, keepdims=True))


def log_sum_exp(value: Value) -> Value:
    """log Σ exp(x_k) of a vector."""
    array = _real(value)
    return float(np.logaddexp.reduce(np.ravel(array)))


def hadamard(a: Value, b: Value) -> Value:
    """The product entry by entry of arrays of one shape."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape != b.shape:
            raise NoValue("an entrywise product of different shapes")
        return a * b
    return _times(a, b)


def stacked(values: Sequence[Value]) -> Value:
    """A list of numbers as one column."""
    if any(isinstance(v, np.ndarray | Eye | Token) for v in values):
        raise NoValue("a list of what are no numbers")
    return np.asarray([[v] for v in values])


ENTRYWISE: dict[str, Callable[[Any], Any]] = {
    "log": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "sinh": np.sinh, "cosh": np.cosh,
    "atan": np.arctan, "sigmoid": lambda x: np.exp(-np.logaddexp(0, -x)), "relu": lambda x: np.maximum(x, 0),
    "sign": np.sign, "gamma": lambda x: _special().gamma(x), "factorial": lambda x: _special().gamma(np.asarray(x) + 1),
    "floor": np.floor, "ceil": np.ceil, "softplus": lambda x: np.logaddexp(0, x), "percent": lambda x: x / 100,
}  # fmt: skip
"""Functions of one number, taken entry by entry."""
UNARY: dict[str, Callable[[Value], Value]] = {
    **{name: entrywise(f) for name, f in ENTRYWISE.items()},
    "exp": exponential, "transpose": transposed, "tr": trace, "det": determinant, "abs": modulus, "diag": diagonal,
    "softmax": softmax, "logsumexp": log_sum_exp,
}  # fmt: skip


def close(a: Value, b: Value, relative: float = 1e-6) -> bool:
    """Whether two values are the same but for rounding."""
    if isinstance(a, Eye) or isinstance(b, Eye) or isinstance(a, Token) or isinstance(b, Token):
        return type(a) is type(b) and a == b
    x, y = _floating(a), _floating(b)
    if x.shape != y.shape:
        return False
    if not np.all(np.isfinite(x)) or not np.all(np.isfinite(y)):
        return isinstance(a, int) and isinstance(b, int) and a == b
    scale = max(float(np.abs(x).max(initial=0)), float(np.abs(y).max(initial=0)), 1e-9)
    return bool(np.abs(x - y).max(initial=0) <= relative * scale)


def is_finite(value: Value) -> bool:
    """Whether a value is a number or an array of numbers, all of them finite."""
    return not isinstance(value, Eye | Token) and bool(np.all(np.isfinite(_floating(value))))


def _floating(value: float | complex | int | Array) -> Array:
    """A value as an array of floating numbers; a whole number that is too large for one is infinite."""
    if isinstance(value, int):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return np.asarray(np.inf)
    return np.asarray(value)


def whole(value: Value) -> int:
    """A value as a whole number. Raises NoValue."""
    if isinstance(value, float | int) and math.isfinite(value) and value == int(value):
        return int(value)
    raise NoValue("not a whole number")
