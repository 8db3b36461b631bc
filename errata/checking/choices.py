"""The number of ways to choose k out of n as C_n^k, as Russian, French and Chinese notes write it, or as n over k in a
column of two, which stands where a number belongs."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_inverse, is_name, is_power, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Accent, Binom, Fence, Grid, Node, Num, Script, Sym, Terms, walk

AS_CHOICES = "C_n^k is the number of ways to choose k out of n"


def with_choices(pair: Pair) -> Pair | None:
    """The relation with binomial coefficients for each C_n^k; None where a C in it stands otherwise, or none does."""
    sides = (pair.left, pair.right)
    letters = sum(1 for side in sides for n in walk(side) if isinstance(n, Sym) and _is_letter(n))
    found = [n for side in sides for n in walk(side) if _chooses(n)]
    if not found or len(found) != letters or all(_is_square(n) for n in found):
        return None
    left, right = (rebuilt(side, _binomial) for side in sides)
    return replace(pair, left=left, right=right)


def with_columns_as_choices(pair: Pair) -> Pair:
    """The relation with a binomial coefficient for each column of two counts, where a vector can't be meant: the other
    side is a number that is written without any, and nothing else in it is a vector or a matrix."""
    columns = [[n for n in walk(side) if _column(n) is not None] for side in (pair.left, pair.right)]
    grids = [sum(isinstance(n, Grid) for n in walk(side)) for side in (pair.left, pair.right)]
    if not any(columns) or grids != [len(c) for c in columns] or any(map(_is_of_vectors, (pair.left, pair.right))):
        return pair
    bare = [side for side, found in zip((pair.left, pair.right), columns, strict=True) if not found]
    if any(is_name(side) or (isinstance(side, Num) and side.text == "0") for side in bare):
        return pair
    return replace(pair, left=rebuilt(pair.left, _chosen), right=rebuilt(pair.right, _chosen)) if bare else pair


def _column(node: Node) -> tuple[Node, Node] | None:
    """The entries of a bracket that holds a column of two whole numbers or plain letters, with or without others added
    to them."""
    grid = node.body if isinstance(node, Fence) and node.open == "(" and node.close == ")" else node
    alone = isinstance(node, Grid) and node.environment not in ("pmatrix", "psmallmatrix")
    if not isinstance(grid, Grid) or alone or grid.environment == "cases" or [len(r) for r in grid.rows] != [1, 1]:
        return None
    (top,), (bottom,) = grid.rows
    return (top, bottom) if _is_count(top) and _is_count(bottom) else None


def _is_count(node: Node) -> bool:
    if isinstance(node, Terms):
        return node.signs[0] == "" and all(map(_is_count, node.items))
    return node.text.isdigit() if isinstance(node, Num) else isinstance(node, Sym) and not node.font


def _is_of_vectors(side: Node) -> bool:
    return any(map(_marks_a_vector, walk(side)))


def _marks_a_vector(node: Node) -> bool:
    """Whether a node is bold, has an arrow, or is transposed."""
    if isinstance(node, Script):
        return node.sup is not None and is_transpose(node.sup)
    return (isinstance(node, Sym) and node.font == "bold") or (isinstance(node, Accent) and node.kind == "vec")


def _chosen(node: Node) -> Node | None:
    column = _column(node)
    return None if column is None else Binom(node.start, node.end, *column)


def _is_letter(node: Sym) -> bool:
    return node.name == "C" and not node.font


def _chooses(node: Node) -> bool:
    if not isinstance(node, Script) or not isinstance(node.base, Sym) or not _is_letter(node.base) or node.primes:
        return False
    if node.sub is None or node.sup is None or is_transpose(node.sup) or is_inverse(node.sup):
        return False
    return is_power(node.sup)


def _is_square(node: Node) -> bool:
    """Whether it looks like the power of a member: C_i^2."""
    return (
        isinstance(node, Script) and isinstance(node.sup, Num) and node.sub is not None and not key(node.sub).isdigit()
    )


def _binomial(node: Node) -> Node | None:
    if not isinstance(node, Script) or not _chooses(node) or node.sub is None or node.sup is None:
        return None
    return Binom(node.start, node.end, rebuilt(node.sub, _binomial), rebuilt(node.sup, _binomial))
