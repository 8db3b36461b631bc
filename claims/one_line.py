"""An expression as one line of text, matrices row by row, and the special functions by the names of the field."""

from __future__ import annotations

import sympy as sp
from sympy.printing.str import StrPrinter


class _OneLine(StrPrinter):  # type: ignore[misc]  # sympy is untyped
    """SymPy's text, but for matrices, which it writes over several lines, and ψ, which it writes polygamma(0, a)."""

    def _print_MatrixBase(self, matrix: sp.MatrixBase) -> str:
        rows = ("[" + ", ".join(map(self.doprint, matrix.row(i))) + "]" for i in range(matrix.rows))
        return "[" + ", ".join(rows) + "]"

    def _print_polygamma(self, e: sp.polygamma) -> str:
        order, at = e.args
        return f"digamma({self.doprint(at)})" if order == 0 else str(self._print_Function(e))


def one_line(expression: sp.Basic) -> str:
    """``expression`` as text without a line break: a matrix is [[a, b], [c, d]], its rows from top to bottom."""
    return str(_OneLine().doprint(expression))
