"""One loop in C that makes the random words, turns them into normals, evaluates and sums, and stores no sample.

``loop.c`` is compiled for this processor and for one shape of integrand, which takes about a second, and is loaded into
this process alone. log, sin and cos are written out with the few operations that their arguments need here, so that
the loop has no call: in float64 they are right to 1e-15, and the normals differ from those of ``Stream.normals`` by
their rounding only. In float32 they are right to what ``rounding`` says.

An integrand reaches the compiler as its tree: names of operations from the table below, and numbers of slots.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import pi, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from numerics.sampling.moments import Moments, shifted
from numerics.sampling.program import Node, Program
from numerics.sampling.streams import Stream

SOURCE = Path(__file__).with_name("loop.c")
FLAGS = (
    "-std=gnu11", "-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast",
    "-fopenmp-simd", "-shared", "-fPIC",
)  # fmt: skip
PATIENCE_S = 120
BLOCK = 512
"""Samples in a block of the loop: a leaf is a whole number of them."""


def near_best(f: Callable[[NDArray[np.float64]], NDArray[np.float64]], high: float, terms: int) -> tuple[float, ...]:
    """The coefficients of a polynomial near f on [0, high]: through f at the zeros of a Chebyshev polynomial."""
    found = Chebyshev.interpolate(f, terms - 1, domain=[0, high]).convert(kind=Polynomial)
    return (*map(float, found.coef), *[0.0] * (terms - len(found.coef)))


def coefficients(terms: int, widest: float) -> Mapping[str, tuple[float, ...]]:
    """sin y = y Σ SINE_k y^(2k), cos y = Σ COSINE_k y^(2k), 2 artanh f = f Σ AREA_k f^(2k), for y up to an eighth of a
    turn and f up to ``widest``.
    """
    eighth = (pi / 4) ** 2
    return {
        "SINE": near_best(lambda square: np.sinc(np.sqrt(square) / pi), eighth, terms),
        "COSINE": near_best(lambda square: np.cos(np.sqrt(square)), eighth, terms),
        "AREA": near_best(lambda square: 2 * np.arctanh(np.sqrt(square)) / np.sqrt(square), widest**2, terms),
    }


DOUBLE, SINGLE = (8, (sqrt(2) - 1) ** 2), (6, 1 / 3)
"""Terms, and the widest argument of the area function: a mantissa within √2 of 1, or 1 − t for t up to 1/2."""


@lru_cache(maxsize=1)
def compiler() -> str | None:
    """The C compiler of this machine; None where there is none that knows GCC's vectors."""
    return next(filter(None, map(shutil.which, ("gcc", "clang", "g++", "clang++", "cc"))), None)


def can_be_compiled(tree: Node) -> bool:
    """Whether there is a compiler, and a C function for every operation of the tree."""
    return compiler() is not None and in_c(tree) is not None


def native_leaf(
    integrand: Program, stream: Stream, mean: float, std: float, pivot: float, start: int, count: int, single: bool
) -> Moments | None:
    """The moments of ``integrand`` at mean + std z for samples start … start + count − 1, both divisible by BLOCK.

    None where no loop can be had on this machine.
    """
    made = library(integrand.tree, len(integrand.constants), single)
    if made is None:
        return None
    given = (ctypes.c_double * (len(integrand.constants) + 3))(*integrand.constants, mean, std, pivot)
    sums = (ctypes.c_double * 2)()
    made.leaf(*_where(stream, start, count), given, sums)
    return shifted(count, float(np.float32(pivot)) if single else pivot, *sums)


def generated_leaf(stream: Stream, start: int, count: int, single: bool = False) -> float:
    """The sum of the normals of a leaf: the generator alone, which nothing that consumes normals can outrun.

    Raises RuntimeError where no loop can be had.
    """
    made = library(("x", 0), 0, single)
    if made is None:
        raise RuntimeError("no C compiler is here")
    sums = (ctypes.c_double * 1)()
    made.generated(*_where(stream, start, count), sums)
    return float(sums[0])


def _where(stream: Stream, start: int, count: int) -> tuple[ctypes.c_uint64, ctypes.c_uint32, ctypes.c_uint32, object]:
    if start % BLOCK or count % BLOCK:
        raise ValueError(f"start={start} and count={count} must be divisible by {BLOCK}")
    k, m = stream.key
    return ctypes.c_uint64(start // 2), ctypes.c_uint32(k), ctypes.c_uint32(m), ctypes.c_int64(count)


@lru_cache(maxsize=256)
def library(tree: Node, constants: int, single: bool) -> ctypes.CDLL | None:
    """The loop for a tree, compiled and loaded; None where that can't be done here."""
    expression, cc = in_c(tree), compiler()
    if expression is None or cc is None:
        return None
    terms, widest = SINGLE if single else DOUBLE
    tables = {name: ",".join(map(repr, row)) for name, row in coefficients(terms, widest).items()}
    given = {"REAL": "float" if single else "double", "INTEGRAND": expression, "CONSTANTS": constants, "TERMS": terms}
    defined = [f"-D{name}={value}" for name, value in (given | tables).items()] + ["-DSINGLE"] * single
    with TemporaryDirectory(prefix="errata-") as folder:
        target = Path(folder, "loop.so")
        command = [cc, *FLAGS, *defined, "-x", "c", str(SOURCE), "-o", str(target), "-lm"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
            return ctypes.CDLL(str(target))
        except (OSError, subprocess.SubprocessError):
            return None


def in_c(tree: Node) -> str | None:
    """A tree as an expression of C over x and c[…]; None where an operation has no function of C here."""
    match tree:
        case ("x", 0):
            return "x"
        case ("c", int(i)):
            return f"c[{i}]"
        case ("power", tuple(inner), int(n)):
            within = in_c(inner)
            return None if within is None else f"whole({within},{n})"
        case (str(name), *parts) if name in _IN_C:
            found = [in_c(part) for part in parts if isinstance(part, tuple)]
            return None if None in found else _IN_C[name].format(*found)
    return None


def _of_one(*names: str) -> Mapping[str, str]:
    return {name: f"{name}({{0}})" for name in names}


_IN_C: Mapping[str, str] = {
    "add": "({0}+{1})", "sub": "({0}-{1})", "mul": "({0}*{1})", "pow": "pow({0},{1})", "abs": "fabs({0})",
    **_of_one("sqrt", "exp", "log", "sin", "cos", "tan", "tanh", "sinh", "cosh", "asin", "acos", "atan", "erf", "erfc"),
}  # fmt: skip
