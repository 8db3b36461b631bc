"""Normal vectors that are written out: [X; Y] ∼ N([μ_1; μ_2], [σ_1², σ_12; σ_12, σ_2²])."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record
from errata.reading.document import Document
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Call, Fence, Grid, Group, Node, Phrase, Sym


class JointNormal(Record):
    """Variables with their means and covariances; None in the covariance stands for zero."""

    variables: tuple[str, ...]
    means: tuple[Node, ...]
    covariance: tuple[tuple[Node | None, ...], ...]
    place: int


def joint_normals(document: Document) -> tuple[JointNormal, ...]:
    """Every normal vector of a document whose mean and covariance are written out, in order."""
    out: list[JointNormal] = []
    for formula in document.formulas:
        if "matrix" not in formula.latex or not any(sign in formula.latex for sign in (r"\sim", "∼")):
            continue
        for chain in stated(parse(formula.latex, document.macros)):
            for n, relation in enumerate(chain.chain.relations):
                if relation.sign == "∼":
                    place = formula.offset(chain.chain.start)
                    out.extend(_joint(chain.chain.items[n], chain.chain.items[n + 1], place))
    return tuple(out)


def _joint(left: Node, right: Node, place: int) -> Iterator[JointNormal]:
    names = _column(left)
    fence = right.fence if isinstance(right, Call) and isinstance(right.head, Sym) and right.head.name == "N" else None
    body = fence.body if isinstance(fence, Fence) else None
    if names is None or not isinstance(body, Phrase) or len(body.items) != 2:
        return
    means, rows = _column(body.items[0]), _rows(body.items[1])
    size = len(names)
    if means is None or rows is None or not all(map(is_name, names)):
        return
    if len(means) == size == len(rows) and all(len(row) == size for row in rows):
        yield JointNormal(tuple(map(key, names)), means, rows, place)


def _column(node: Node) -> tuple[Node, ...] | None:
    rows = _rows(node)
    return None if rows is None or any(len(row) != 1 for row in rows) else tuple(row[0] for row in rows)


def _rows(node: Node) -> tuple[tuple[Node, ...], ...] | None:
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    return node.rows if isinstance(node, Grid) and "matrix" in node.environment else None
