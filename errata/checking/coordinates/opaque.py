"""Functions of which nothing is known, as names with indices: log p(y_i | x_i; θ) as log of a number for each i."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.records import replace
from errata.checking.coordinates.bodies import NAMED, Bodies, indices_of, letter_of, use_of
from errata.checking.coordinates.readings import Setting
from errata.reading.lowering import operator_parts
from errata.reading.names import key
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Fence, Node, Num, Phrase, Script, Sym, walk
from errata.reading.vectors import Unlowered

LETTERS = "ϖϑϱϰϝϟϡϙ"
"""Letters for such functions: notes hardly use them."""


@dataclass
class Opaque:
    """The letter of each function by how it is written, and the letters of the names in its arguments."""

    letters: dict[str, str] = field(default_factory=dict)
    inside: dict[str, frozenset[str]] = field(default_factory=dict)


def named_opaque(setting: Setting) -> tuple[Setting, Opaque]:
    """A setting with a name for each function that nothing is known of. Raises Unlowered for too many of them."""
    found = Opaque()

    def plain(node: Node) -> Node:
        return rebuilt(node, lambda n: _named(n, setting.bodies, found))

    bodies = {name: tuple(replace(b, node=plain(b.node)) for b in given) for name, given in setting.bodies.items()}
    nodes = tuple(map(plain, setting.nodes))
    return replace(setting, left=plain(setting.left), right=plain(setting.right), bodies=bodies, nodes=nodes), found


def _named(node: Node, bodies: Bodies, found: Opaque) -> Node | None:
    """The name for a call of such a function, with the indices in its arguments; None for anything else."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    name, _, _ = operator_parts(node.head)
    use = use_of(node)
    if name in NAMED or use is None or use.letter in bodies or use.letter == "σ" or not _is_called(node):
        return None
    indices = list(_indices(node))
    pattern = _without(node, {key(i) for i in indices})
    if pattern not in found.letters:
        if len(found.letters) == len(LETTERS):
            raise Unlowered("too many functions of which nothing is known")
        found.letters[pattern] = LETTERS[len(found.letters)]
    letter = found.letters[pattern]
    scripts = [part for part in (node.head.sub, node.head.sup) if part] if isinstance(node.head, Script) else []
    parts = (n for part in (node.fence, *scripts) for n in walk(part))
    inside = frozenset(one for n in parts if (one := letter_of(n)) is not None)
    found.inside[letter] = found.inside.get(letter, frozenset()) | inside
    base = Sym(node.start, node.end, letter, latex=letter)
    if not indices:
        return base
    items = tuple(indices)
    sub = items[0] if len(items) == 1 else Phrase(node.start, node.end, items, (*("," for _ in items[1:]), ""))
    return Script(node.start, node.end, base, sub, None)


def _is_called(node: Call) -> bool:
    """Whether a call is no product: its head is a law or a function, or several things stand in its bracket."""
    head = letter_of(node.head.base if isinstance(node.head, Script) else node.head) or ""
    several = any(isinstance(n, Phrase) or type(n).__name__ == "Bar" for n in walk(node.fence))
    return node.sure or several or head in ("p", "P", "q", "Q", "f", "g", "h", "ℓ")


def _indices(node: Call) -> Iterator[Node]:
    """The indices in the arguments of a call, each once. Raises Unlowered for one that is no letter and no number."""
    seen: set[str] = set()
    for n in walk(node.fence):
        if isinstance(n, Script) and n.sub is not None:
            for index in indices_of(n.sub):
                if isinstance(index, Num) or key(index) in seen:
                    continue
                if not isinstance(index, Sym):
                    raise Unlowered("an index that is computed, in a function of which nothing is known")
                seen.add(key(index))
                yield index


def _without(node: Node, indices: set[str]) -> str:
    """How a call is written, its indices numbered instead of named."""
    order: dict[str, str] = {}

    def numbered(n: Node) -> Node | None:
        if isinstance(n, Sym) and key(n) in indices:
            return Num(n.start, n.end, order.setdefault(key(n), f"#{len(order)}"))
        return None

    return key(rebuilt(node, numbered))
