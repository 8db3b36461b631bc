"""The part of a notebook that a callable needs, as a Python file: its definition, what that uses, and their imports.

Cells that train, plot or download are not run, as nothing that the callable uses is defined in them.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LEFT_OUT = ("%%bash", "%%sh", "%%html", "%%javascript", "%%latex", "%%markdown", "%%writefile", "%%script")


class NoNotebook(Exception):
    """The text is no notebook, or the cell with the callable is no Python. The message says what."""


@dataclass(frozen=True)
class Script:
    """A Python file, and where each of its lines stands in the notebook: cell and line, both from 1."""

    text: str
    places: tuple[tuple[int, int], ...]
    packages: frozenset[str]
    """What the whole notebook imports."""

    def place(self, line: int) -> str:
        """In words, for a line of the file from 1."""
        if not 1 <= line <= len(self.places):
            return f"line {line}"
        cell, inside = self.places[line - 1]
        return f"cell {cell} line {inside}"


def script(text: str, name: str) -> Script:
    """What the callable of that name needs. Raises NoNotebook."""
    statements = [(number, lines, node) for number, lines in cells(text) for node in _parsed(number, lines, name)]
    needed = _needed([node for _, _, node in statements], name)
    kept: list[str] = []
    places: list[tuple[int, int]] = []
    for (number, lines, node), wanted in zip(statements, needed, strict=True):
        if wanted:
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            for inside in range(first, (node.end_lineno or node.lineno) + 1):
                kept.append(lines[inside - 1])
                places.append((number, inside))
    return Script("\n".join(kept) + "\n", tuple(places), frozenset(imported(node for _, _, node in statements)))


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The packages that are imported anywhere in them."""
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def defined(text: str) -> set[str]:
    """The functions and classes of a notebook. Raises NoNotebook."""
    nodes = (node for number, lines in cells(text) for node in _parsed(number, lines, None))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each code cell among all cells, and its lines, magics blanked."""
    try:
        tree: Any = json.loads(text)
        found = tree["cells"]
    except (ValueError, KeyError, TypeError):
        raise NoNotebook("is not a notebook: there are no cells in it") from None
    for number, cell in enumerate(found, 1):
        if isinstance(cell, Mapping) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            lines = ("".join(source) if isinstance(source, list) else str(source)).split("\n")
            if not lines[0].lstrip().startswith(LEFT_OUT):
                yield number, [_blanked(line) for line in lines]


def _blanked(line: str) -> str:
    """A magic or a shell command as ``pass``, in its place."""
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}pass" if bare.startswith(("%", "!", "?")) or bare.endswith("?") else line


def _parsed(number: int, lines: list[str], name: str | None) -> list[ast.stmt]:
    try:
        return ast.parse("\n".join(lines)).body
    except SyntaxError as why:
        defines = name is not None and any(
            line.lstrip().startswith((f"def {name}(", f"class {name}")) for line in lines
        )
        if defines:
            raise NoNotebook(f"cell {number} line {why.lineno}: {why.msg}") from None
        return []  # a cell that doesn't hold what is asked


def _needed(nodes: list[ast.stmt], name: str) -> list[bool]:
    """Which statements define the name, or anything that they use in their turn."""
    names, wanted = {name}, [False] * len(nodes)
    changed = True
    while changed:
        changed = False
        for i, node in enumerate(nodes):
            if not wanted[i] and (_bound(node) & names or _star(node)):
                wanted[i] = changed = True
                names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return wanted


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _star(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
