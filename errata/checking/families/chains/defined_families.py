"""The families of numbers that a document defines, α_t = 1 − β_t and ᾱ_t = ∏ α_s, put in for one another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from claims.records import Record
from errata.checking.context import State, roots_of
from errata.checking.kinds import is_number
from errata.reading.names import is_name, is_power, key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Chain, Fence, Group, Lines, Node, Script, Sym, walk

MOST_DEEP = 4
"""Definitions within definitions that are put in."""
SPARE = ("s", "r", "k", "j", "l", "h")
"""Letters for steps that run."""
ANY = Sym(0, 0, "ι", latex=r"\iota")
"""A letter for all that run, by which expressions are compared."""
_DEFINES = frozenset({"=", ":=", "≡", "≜"})


class Body(Record):
    """What a family is at an index."""

    index: Node
    node: Node


Bodies = Mapping[str, Body]


def bare(node: Node) -> Node:
    """A node without groups around it."""
    while isinstance(node, Group):
        node = node.body
    return node


def families_of(state: State) -> Bodies:
    """The families that the document defines in one way only, by their letters.

    A recurrence isn't a definition, and of two families that are given by each other the first one is taken for it.
    """
    return _families_in(roots_of(state))


@lru_cache(maxsize=8)
def _families_in(roots: tuple[Lines, ...]) -> Bodies:
    """The same in the trees of a document's formulas; the last documents are remembered."""
    out: dict[str, dict[str, Body]] = {}
    for chain in (c for root in roots for c in stated(root)):
        left, right, relation = chain.chain.items[0], chain.chain.items[1], chain.chain.relations[0]
        if relation.sign not in _DEFINES or not isinstance(left, Script) or left.sub is None or left.sup:
            continue
        index, letter = bare(left.sub), key(left.base)
        if not isinstance(index, Sym) or not is_name(left) or is_number(right) or letter in _letters(right):
            continue
        out.setdefault(letter, {})[_without_brackets(right, index)] = Body(index, right)
    single = {letter: next(iter(found.values())) for letter, found in out.items() if len(found) == 1}
    kept: dict[str, Body] = {}
    for letter, body in single.items():
        if any(is_index(n, body.index) for n in walk(body.node)) and letter not in _reached(body.node, kept):
            kept[letter] = body
    return kept


def _letters(node: Node) -> set[str]:
    return {key(n.base) for n in walk(node) if isinstance(n, Script) and n.sub is not None}


def _reached(node: Node, bodies: Bodies) -> set[str]:
    """The families that stand in an expression, and in what these are defined by."""
    found, fresh = set[str](), _letters(node)
    while fresh:
        found |= fresh
        fresh = {name for letter in fresh if letter in bodies for name in _letters(bodies[letter].node)} - found
    return found


def _without_brackets(node: Node, index: Node) -> str:
    """A text that is the same for the same expression in any index, with any brackets and any letter that runs."""
    text = key(_with_one_letter(renamed(node, index, Sym(0, 0, "t", latex="t"))))
    for mark in (r"\left", r"\right", "(", ")"):
        text = text.replace(mark, "")
    return text


def _with_one_letter(node: Node) -> Node:
    """An expression in which sums and products run over one and the same letter."""

    def put_in(n: Node) -> Node | None:
        run = _running(n)
        if run is None or key(run) == ANY.latex:
            return None
        return _with_one_letter(rebuilt(n, lambda m: ANY if is_index(m, run) else None))

    return rebuilt(node, put_in)


def same_expression(one: Node, other: Node) -> bool:
    """Whether two expressions are written alike but for their brackets."""
    nothing = Sym(0, 0, "")
    return _without_brackets(one, nothing) == _without_brackets(other, nothing)


def is_index(node: Node, index: Node) -> bool:
    """Whether a node is the index."""
    return isinstance(node, Sym) and key(node) == key(index)


def unfolded(node: Node, bodies: Bodies, depth: int = 0) -> Node:
    """An expression with the bodies of its families put in, at their indices."""

    def put_in(n: Node) -> Node | None:
        if (
            not isinstance(n, Script)
            or n.sub is None
            or depth == MOST_DEEP
            or (n.sup is not None and not is_power(n.sup))
        ):
            return None
        found = bodies.get(key(n.base))
        if found is None:
            return None
        body = renamed(found.node, found.index, bare(n.sub))
        whole = Fence(n.start, n.end, "(", unfolded(body, bodies, depth + 1), ")")
        return whole if n.sup is None else Script(n.start, n.end, whole, None, n.sup)

    return rebuilt(node, put_in)


def renamed(node: Node, index: Node, other: Node) -> Node:
    """An expression of a step at another one; a letter that runs in it and stands in the other is exchanged."""
    taken = {key(n) for n in walk(other) if isinstance(n, Sym)}

    def put_in(n: Node) -> Node | None:
        if is_index(n, index):
            return other
        run = _running(n)
        if run is None or key(run) not in taken or is_index(run, index):
            return None
        used = taken | {key(m) for m in walk(n) if isinstance(m, Sym)}
        spare = next((s for s in SPARE if s not in used), None)
        if spare is None:
            return None
        return renamed(renamed(n, run, Sym(0, 0, spare, latex=spare)), index, other)

    return rebuilt(node, put_in)


def _running(node: Node) -> Node | None:
    """The letter that runs in a sum or a product: s of ∏_{s=1}^t."""
    head = node.head if isinstance(node, Big) else None
    low = head.sub if isinstance(head, Script) and head.sub is not None else None
    low = None if low is None else bare(low)
    return low.items[0] if isinstance(low, Chain) and isinstance(low.items[0], Sym) else None


def filled(template: str, **parts: Node) -> Node:
    """The tree of a formula in which capital letters stand for expressions."""
    tree = parse(template).statements[0]

    def put_in(n: Node) -> Node | None:
        found = parts.get(n.name) if isinstance(n, Sym) else None
        return None if found is None else found if isinstance(found, Sym) else Fence(0, 0, "(", found, ")")

    return rebuilt(tree, put_in)


def spare_letters(*nodes: Node) -> tuple[Sym, Sym]:
    """Two letters for steps that stand for nothing in some expressions; the last two where all are used."""
    used = {key(n) for node in nodes for n in walk(node) if isinstance(n, Sym)}
    first, second = ([s for s in SPARE if s not in used] + list(SPARE[-2:]))[:2]
    return Sym(0, 0, first, latex=first), Sym(0, 0, second, latex=second)
