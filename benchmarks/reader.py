"""One reader of LaTeX in a process of its own: a formula in, seconds and what came of it out, as lines of JSON.

``python -m benchmarks.reader NAME`` first prints its version, then answers each line.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib.metadata import version
from io import StringIO

Read = Callable[[str], bool]
"""Reads a formula; whether all of it was read, as far as the reader tells. What isn't read may raise, too."""

WARM_UP = (r"x + 1", r"\frac{a}{b} = \log c", r"\sum_{i=1}^{n} x_i")


def errata() -> tuple[str, Read]:
    from errata import __version__
    from errata.reading.parser import parse
    from errata.reading.tree import opaque_parts

    return f"errata {__version__}", lambda latex: not opaque_parts(parse(latex))


def sympy() -> tuple[str, Read]:
    from sympy.parsing.latex import parse_latex

    def read(latex: str) -> bool:
        return parse_latex(latex, backend="antlr") is not None

    return f"SymPy {version('sympy')} parse_latex (antlr)", read


def latex2sympy() -> tuple[str, Read]:
    from latex2sympy2_extended import latex2sympy as parse

    def read(latex: str) -> bool:
        return parse(latex) is not None

    return f"latex2sympy2_extended {version('latex2sympy2_extended')}", read


READERS: dict[str, Callable[[], tuple[str, Read]]] = {"errata": errata, "sympy": sympy, "latex2sympy": latex2sympy}


def serve(name: str, lines: Iterator[str]) -> Iterator[dict[str, object]]:
    """The answers of a reader: its title, then one for each line."""
    title, read = READERS[name]()
    for latex in WARM_UP:
        _measured(read, latex)
    yield {"title": title}
    for line in lines:
        yield _measured(read, json.loads(line))


def _measured(read: Read, latex: str) -> dict[str, object]:
    """Each formula is read once, so nobody's cache helps."""
    before = time.perf_counter()
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            whole = read(latex)
    except Exception as error:
        return {"seconds": time.perf_counter() - before, "returned": False, "why": type(error).__name__}
    return {"seconds": time.perf_counter() - before, "returned": whole, "why": "" if whole else "read in part"}


def main() -> None:
    """Answers on standard output until standard input ends."""
    warnings.simplefilter("ignore")
    out = sys.stdout
    for answer in serve(sys.argv[1], iter(sys.stdin)):
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
