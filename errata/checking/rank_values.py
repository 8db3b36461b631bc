"""Ranks, nullities and dimensions of spaces of matrices of whole numbers, by the exact ranks of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import mul

from flint import fmpq, fmpq_mat

from claims.records import Record
from errata.reading.names import is_inverse, is_name, is_transpose, key
from errata.reading.tree import (
    Call,
    Factors,
    Fence,
    Function,
    Grid,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    children,
)
from errata.reading.vectors import Unlowered

RANKS, NULLITIES = frozenset({"rank", "rk"}), frozenset({"nullity"})
_IMAGES = frozenset("col row im Im range ran span C R image Col Row Range Im".split())
"""Spaces as large as the rank: of the columns, the rows, and all values."""
_KERNELS = frozenset("ker Ker null Null N kernel".split())
_TIMES = frozenset({"", r"\cdot", r"\times", "*", "·"})


class World(Record):
    """Matrices by the keys of their names, and what letters of dimensions and ranks stand for."""

    matrices: Mapping[str, fmpq_mat]
    numbers: Mapping[str, int]


class Operation(Record):
    """What a node takes of a matrix: its rank, or what its rank lacks of the number of columns."""

    matrix: Node
    lacking: bool


def operations(*nodes: Node) -> Iterator[Operation]:
    """The ranks and nullities in nodes."""
    for node in nodes:
        found = operation(node)
        if found is not None:
            yield found
        else:
            yield from operations(*_inside(node))


def operation(node: Node) -> Operation | None:
    """rank(A), nullity(A), dim ker A, dim C(A); None for any other node."""
    name, inner = _applied(node)
    if name in RANKS | NULLITIES and inner is not None:
        return Operation(inner, name in NULLITIES)
    if name != "dim" or inner is None:
        return None
    space, matrix = _applied(inner)
    if matrix is None or space not in _IMAGES | _KERNELS:
        return None
    return Operation(matrix, space in _KERNELS)


def names_of(node: Node) -> set[str]:
    """The keys of the names of matrices in a node, but for exponents and identity matrices."""
    if isinstance(node, Script) and not is_name(node):
        return names_of(node.base)
    if is_name(node):
        return set() if _is_identity(node) else {key(node)}
    return {name for child in _inside(node) for name in names_of(child)}


def number(node: Node, world: World) -> fmpq:
    """The value of a side made of ranks, dimensions and numbers. Raises Unlowered."""
    found = operation(node)
    if found is not None:
        matrix = matrix_of(found.matrix, world)
        return fmpq(matrix.ncols() - matrix.rank() if found.lacking else matrix.rank())
    name, inner = _applied(node)
    if name in ("min", "max") and isinstance(inner, Phrase):
        return (min if name == "min" else max)(number(item, world) for item in inner.items)
    match node:
        case Num(text=text) if text.isdigit():
            return fmpq(int(text))
        case Fence(body=body) | Group(body=body) if body is not None:
            return number(body, world)
        case Terms(signs=signs, items=items):
            return _sum(signs, [number(item, world) for item in items])
        case Factors(signs=signs, items=items) if set(signs) <= _TIMES:
            return reduce(mul, (number(item, world) for item in items))
        case Script(base=base, sub=None, sup=Num(text=text)) if not is_name(node) and text in "23":
            return number(base, world) ** int(text)
    if is_name(node) and key(node) in world.numbers:
        return fmpq(world.numbers[key(node)])
    raise Unlowered("a number that no rank or dimension gives")


def matrix_of(node: Node, world: World) -> fmpq_mat:
    """The value of a matrix. Raises Unlowered where it has none, as a product of sizes that don't fit."""
    if is_name(node) and key(node) in world.matrices:
        return world.matrices[key(node)]
    if isinstance(node, Grid):
        return literal(node)
    if (size := _is_identity(node)) and size in world.numbers:
        n = world.numbers[size]
        return fmpq_mat([[int(i == j) for j in range(n)] for i in range(n)])
    try:
        return _composed(node, lambda part: matrix_of(part, world))
    except (ValueError, ZeroDivisionError):
        raise Unlowered("matrices that don't fit") from None


def literal(grid: Grid) -> fmpq_mat:
    """A matrix of numbers that is written out. Raises Unlowered."""
    if "matrix" not in grid.environment and grid.environment != "array":
        raise Unlowered("no matrix")
    none = World({}, {})
    rows = [[number(cell, none) for cell in row] for row in grid.rows]
    if not rows or len({len(row) for row in rows}) != 1:
        raise Unlowered("no matrix")
    return fmpq_mat(rows)


def _composed(node: Node, value: Callable[[Node], fmpq_mat]) -> fmpq_mat:
    match node:
        case Fence(body=body, open=open_) if body is not None and open_ in ("(", "[", r"\{"):
            return value(body)
        case Group(body=body) | Styled(body=body):
            return value(body)
        case Terms(signs=signs, items=items):
            return _sum(signs, [value(item) for item in items])
        case Factors(signs=signs, items=items) if set(signs) <= _TIMES:
            return reduce(mul, (value(item) for item in items))
        case Script(base=base, sub=None, sup=sup) if sup is not None:
            if is_transpose(sup):
                return value(base).transpose()
            if isinstance(sup, Num) and sup.text in "23":
                return reduce(mul, [value(base)] * int(sup.text))
            if is_inverse(sup):
                return value(base).inv()
    raise Unlowered("a matrix that is not read here")


def _sum(signs: Sequence[str], values: Sequence[fmpq]) -> fmpq:
    if not set(signs) <= {"", "+", "-", "−"}:
        raise Unlowered("a sum of other kinds")
    total = -values[0] if signs[0] in ("-", "−") else values[0]
    for sign, value in zip(signs[1:], values[1:], strict=True):
        total = total - value if sign in ("-", "−") else total + value
    return total


def _applied(node: Node) -> tuple[str, Node | None]:
    """The name of a function and what it is applied to, without its brackets."""
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    if isinstance(node, Function):
        head, inner = node.head, node.argument
    elif isinstance(node, Call):
        head, inner = node.head, node.fence
    else:
        return "", None
    while isinstance(inner, Fence | Group) and inner.body is not None:
        inner = inner.body
    return (head.name, inner) if isinstance(head, Sym) else ("", None)


def _is_identity(node: Node) -> str:
    """The letter of the size of an identity matrix I_n; "" for any other node."""
    base = node.base if isinstance(node, Script) else node
    if not isinstance(base, Sym) or base.name != "I" or not isinstance(node, Script) or node.sub is None:
        return ""
    return key(node.sub)


def _inside(node: Node) -> tuple[Node, ...]:
    return tuple(children(node))
