"""Relations that work out what stands in matrices of numbers written out: a product, an inverse, a determinant."""

from __future__ import annotations

from errata.reading.matrix_notation import names_of_quantities
from errata.reading.relations import Pair
from errata.reading.tree import Call, Factors, Fence, Grid, Group, Node, Script, Styled, Sym, Terms, walk

TRANSPOSES = ("⊤", "T")


def works_out(pair: Pair) -> bool:
    """Whether the left side computes with matrices of small letters, and the right side writes the result out in the
    same ones: an equation for some of them would not have to name all."""
    left, right = _grids(pair.left), _grids(pair.right)
    if not left or _is_grid(pair.left) or not all(map(_is_small, (pair.left, pair.right))):
        return False
    if len(right) > 1 or not any(isinstance(n, Terms | Factors) for n in walk(pair.right)):
        return False
    names = [names_of_quantities(side) for side in (pair.left, pair.right)]
    return len(names[0]) > 1 and names[0] == names[1]


def _grids(node: Node) -> list[Grid]:
    return [n for n in walk(node) if isinstance(n, Grid)]


def _is_grid(node: Node) -> bool:
    while isinstance(node, Group | Fence) and node.body is not None:
        node = node.body
    return isinstance(node, Grid) and node.environment != "vmatrix"


def _is_small(node: Node) -> bool:
    """Whether all names in a node are small plain letters, which are numbers and no blocks, and none is a function."""
    return not any(
        isinstance(n, Styled)
        or (isinstance(n, Call) and not _is_operator(n.head))
        or (isinstance(n, Script) and n.primes > 0)
        or (isinstance(n, Sym) and not _is_operator(n) and n.name not in TRANSPOSES and (n.font or n.name.isupper()))
        for n in walk(node)
    )


def _is_operator(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in ("det", "tr")
