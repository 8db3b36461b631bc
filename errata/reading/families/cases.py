"""A case distinction as values with the conditions under which each holds."""

from __future__ import annotations

from claims.records import Record
from errata.reading.tree import Chain, Fence, Grid, Group, Node, Phrase, Text


class Case(Record):
    """A value, and the chains that all have to hold for it; none for "otherwise"."""

    value: Node
    conditions: tuple[Chain, ...]


def cases_of(node: Node) -> tuple[Case, ...]:
    """The rows of a case distinction; empty where a node is anything else, or a row can't be read."""
    while isinstance(node, Group):
        node = node.body
    if isinstance(node, Phrase):
        parts = [i for i in node.items if not isinstance(i, Text)]
        return cases_of(parts[0]) if len(parts) == 1 else ()
    grid = (
        node.body if isinstance(node, Fence) and node.open in (r"\{", r"\lbrace") and node.close in (".", "") else node
    )
    if not isinstance(grid, Grid) or not ("cases" in grid.environment or isinstance(node, Fence)):
        return ()
    rows = [_row(row) for row in grid.rows]
    known = [r for r in rows if r is not None]
    return tuple(known) if len(known) == len(rows) else ()


def _row(cells: tuple[Node, ...]) -> Case | None:
    if len(cells) < 2:
        return None
    values = [i for i in _parts(cells[0]) if not isinstance(i, Text)]
    if len(values) != 1:
        return None
    stated = [n for cell in cells[1:] for n in _parts(cell) if not isinstance(n, Text)]
    chains = tuple(n for n in stated if isinstance(n, Chain))
    words = [n.text for cell in cells[1:] for n in _parts(cell) if isinstance(n, Text)]
    if len(chains) < len(stated) or (not chains and not any("otherwise" in w or "else" in w for w in words)):
        return None
    if any(" or" in w for w in words):
        return None
    return Case(values[0], chains)


def _parts(cell: Node) -> tuple[Node, ...]:
    return cell.items if isinstance(cell, Phrase) else (cell,)
