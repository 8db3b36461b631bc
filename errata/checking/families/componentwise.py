"""Normal models of vectors with independent components: N(x; f(z), σ²I) as a product over the components.

A squared norm, or a vector times itself, becomes a sum over the components, and the letter that stands for the
dimension their number. Where no letter does, the vector may also be a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from claims.records import replace
from errata.checking.families.atoms import is_transposed, rebuilt, spelled
from errata.checking.linear_relation import COUNTS
from errata.reading.families.models import letter_of
from errata.reading.families.notation import identity_factor
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.tree import (
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Root,
    Script,
    Sym,
    children,
    walk,
)

NORMS = frozenset({r"\|", "||", r"\lVert", r"\Vert", "‖", "|", r"\lvert", r"\vert"})
_COMPONENTS = ("j", "l", "m", "r")
_SIZES = ("D", "M", "T", "R")


def isotropic(covariance: Node) -> Node | None:
    """The variance σ² of σ²I, and 1 of I; None for any other covariance."""
    found = identity_factor(covariance)
    return None if found is None else _as_variance(found[0])


def _as_variance(node: Node) -> Node:
    """σ² as it is, and v as (v)¹, which can be no standard deviation: before an identity matrix stands a variance."""
    if isinstance(node, Num) or (isinstance(node, Script) and node.sup is not None):
        return node
    bracket = Fence(node.start, node.end, "(", node, ")")
    return Script(node.start, node.end, bracket, None, Num(node.start, node.end, "1"), 0, False)


def dimension(node: Node, known: frozenset[str]) -> str | None:
    """The letter for the dimension: the one name of a side that counts and stands nowhere in the model."""
    inside = {n.name for n in _outside_of_sums(node) if isinstance(n, Sym) and not n.font}
    limits = {m.name for n in walk(node) if isinstance(n, Big) for m in walk(n.head) if isinstance(m, Sym)}
    found = (inside & COUNTS) - known - limits
    return next(iter(found)) if len(found) == 1 else None


def written_size(node: Node, vectors: frozenset[str]) -> str | None:
    """The letter up to which a side itself runs over the components of a vector: d of ∏_{j=1}^d N(z_j; 0, 1)."""
    for big in (n for n in walk(node) if isinstance(n, Big)):
        if not isinstance(big.head, Script) or big.body is None:
            continue
        below, above = big.head.sub, big.head.sup
        start = below.body if isinstance(below, Group) else below
        end = above.body if isinstance(above, Group) else above
        if not isinstance(start, Chain) or not isinstance(end, Sym):
            continue
        members = (n for n in walk(big.body) if isinstance(n, Script) and n.sub is not None and n.sup is None)
        if any(spelled(n.base) in vectors and key(n.sub) == key(start.items[0]) for n in members if n.sub is not None):
            return end.name
    return None


def _outside_of_sums(node: Node) -> Iterator[Node]:
    """The nodes of a tree but for indices, the T of a transpose, and the ranges of sums."""
    heads = [n.head for n in walk(node) if isinstance(n, Big)]
    indices = [n.sub for n in walk(node) if isinstance(n, Script) and n.sub is not None]
    turned = [n.sup for n in walk(node) if isinstance(n, Script) and n.sup is not None and is_transposed(n)]
    hidden = {id(m) for n in (*heads, *indices, *turned) for m in walk(n)}
    return (n for n in walk(node) if id(n) not in hidden)


def unused(letters: tuple[str, ...], taken: frozenset[str]) -> str:
    """The first of some letters that stands for nothing yet."""
    return next((letter for letter in letters if letter not in taken), letters[0])


def component_index(taken: frozenset[str]) -> str:
    """A letter for the components."""
    return unused(_COMPONENTS, taken)


def size_letter(taken: frozenset[str]) -> str:
    """A letter for the number of components, where the notes have none."""
    return unused(_SIZES, taken)


def member(name: Node, index: str, bound: frozenset[str]) -> Node:
    """x_j for x, x_{i,j} for x_i where something runs over i, and else the j-th of what x_i is; zero for zero."""
    if letter_of(name) == "0":
        return Num(name.start, name.end, "0")
    letter = Sym(name.start, name.end, index, "", index)
    if not isinstance(name, Script) or name.sub is None or not any(key(n) in bound for n in walk(name.sub)):
        return Script(name.start, name.end, name, letter, None, 0, False)
    both = Phrase(name.start, name.end, (name.sub, letter), (",", ""))
    return replace(name, sub=Group(name.start, name.end, both))


def in_components(node: Node, vectors: frozenset[str], index: str, size: str, bound: frozenset[str]) -> Node | None:
    """A side with its squared norms as sums over the components; None where a vector stands elsewhere."""

    def of_member(part: Node) -> Node | None:
        return member(part, index, bound) if is_name(part) and spelled(part) in vectors else None

    def summed(part: Node, body: Node) -> Node:
        big = parse(rf"\sum_{{{index}=1}}^{{{size}}} q^2").statements[0]
        assert isinstance(big, Big) and isinstance(big.body, Script)
        inside = replace(big.body, base=Fence(part.start, part.end, "(", rebuilt(body, of_member), ")"))
        return Fence(part.start, part.end, "(", replace(big, body=inside, start=part.start, end=part.end), ")")

    def change(part: Node) -> Node | None:
        body = squared_norm(part, vectors)
        if body is not None:
            return summed(part, body)
        if (body := norm(part, vectors)) is not None:
            root = parse(r"\sqrt{q}").statements[0]
            assert isinstance(root, Root)
            return replace(root, start=part.start, end=part.end, body=summed(part, body))
        if isinstance(part, Factors) and (at := _with_itself(part)) is not None:
            inner = summed(part, _untransposed(part.items[at]))
            items = (*part.items[:at], inner, *part.items[at + 2 :])
            signs = (*part.signs[: at + 1], *part.signs[at + 2 :])
            return rebuilt(inner if len(items) == 1 else replace(part, items=items, signs=signs), change)
        return None

    found = rebuilt(node, change)
    loose = any(is_name(n) and spelled(n) in vectors for n in whole_names(found))
    return None if loose else found


def as_numbers(node: Node, vectors: frozenset[str]) -> Node:
    """A side of vectors with one component: its squared norms are plain squares, its norms absolute values."""

    def change(part: Node) -> Node | None:
        body = squared_norm(part, vectors)
        if body is not None and isinstance(part, Script):
            return replace(part, base=Fence(part.start, part.end, "(", body, ")"), sub=None)
        if (body := norm(part, vectors)) is not None:
            return Fence(part.start, part.end, "|", body, "|")
        return rebuilt(_untransposed(part), change) if is_transposed(part) else None

    return rebuilt(node, change)


def squared_norm(node: Node, vectors: frozenset[str]) -> Node | None:
    """The inside of ‖a − b‖², where vectors stand in it."""
    if not isinstance(node, Script) or not isinstance(node.sup, Num) or node.sup.text != "2":
        return None
    return norm(replace(node, sup=None), vectors)


def norm(node: Node, vectors: frozenset[str]) -> Node | None:
    """The inside of ‖a − b‖ and of ‖a − b‖₂, where vectors stand in it."""
    fence = node.base if isinstance(node, Script) and node.sup is None else node
    if not isinstance(fence, Fence) or fence.open not in NORMS or fence.body is None:
        return None
    plain = not isinstance(node, Script) or node.sub is None or (isinstance(node.sub, Num) and node.sub.text == "2")
    inside = {spelled(n) for n in whole_names(fence.body)}
    return fence.body if plain and inside and inside <= vectors else None


def _with_itself(product: Factors) -> int | None:
    """The place of (a − b)ᵀ(a − b) in a product."""
    for n, (one, other) in enumerate(zip(product.items, product.items[1:], strict=False)):
        if is_transposed(one) and not product.signs[n + 1] and spelled(_untransposed(one)) == spelled(other):
            return n
    return None


def _untransposed(node: Node) -> Node:
    if not isinstance(node, Script):
        return node
    return node.base if node.sub is None else replace(cast("Any", node), sup=None)


def whole_names(node: Node) -> Iterator[Node]:
    """The names in a tree as wholes: x_{1,j} and not the x in it."""
    stack = [node]
    while stack:
        n = stack.pop()
        if is_name(n):
            yield n
            continue
        stack += [n.fence] if isinstance(n, Call) else children(n)
