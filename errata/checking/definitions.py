"""What the document defines: the first expression that it gives for each name, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.records import Record
from errata.checking.kinds import is_number
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, names_in
from errata.reading.relations import Pair, stated
from errata.reading.tree import Accent, Fence, Lines, Node, Script


class Definition(Record):
    """The body of a name, and the number of the formula that gives it."""

    name: str
    body: Node
    formula: int


def definitions_in(roots: Iterable[Lines]) -> Mapping[str, Definition]:
    """The first expression that the formulas of a document give for each name."""
    found: dict[str, Definition] = {}
    for number, root in enumerate(roots):
        for chain in stated(root):
            first, second = chain.chain.items[0], chain.chain.items[1]
            defines = chain.chain.relations[0].sign in ("=", ":=", "≡") and is_name(first) and not _is_mean(first)
            if (
                defines
                and not is_number(second)
                and not _are_members(first, second)
                and key(first) not in set(bare_names(second))
            ):
                found.setdefault(key(first), Definition(key(first), second, number))
    return found


def _are_members(first: Node, second: Node) -> bool:
    """x_a and x_b: that they are equal is a case or a condition, which defines neither."""
    if not isinstance(first, Script) or not isinstance(second, Script) or first.sub is None or second.sub is None:
        return False
    return first.sup is None and second.sup is None and key(first.base) == key(second.base)


def usable_in(definitions: Mapping[str, Definition], pair: Pair, formula: int | None = None) -> Mapping[str, Node]:
    """The definitions that a relation uses, directly or through each other, but for those of one formula.

    One that the relation merely repeats says nothing about it, and neither does one that is given in terms of the very
    name that the relation is about: λ = 2/s, which was found from s = 2/λ.
    """
    out: dict[str, Node] = {}
    about = key(pair.left) if pair.position == 0 and is_name(pair.left) else None
    waiting = [*bare_names(pair.left), *bare_names(pair.right)]
    while waiting:
        definition = definitions.get(waiting.pop())
        if definition is None or definition.name in out or definition.formula == formula:
            continue
        if not _repeats(pair, definition) and (definition.name == about or about not in bare_names(definition.body)):
            out[definition.name] = definition.body
            waiting += bare_names(definition.body)
    return out


def gives_a_name(bodies: Mapping[str, tuple[Node, ...]], *nodes: Node) -> bool:
    """Whether an expression that a document states for a name of these formulas is in other names of theirs, or a value
    at which a slip may make no difference: 0 or 1, or one that two of the names have."""
    names = {name for node in nodes for name in bare_names(node)}
    given = [body for name in sorted(names) for body in bodies.get(name, ())]
    values = [key(body) for body in given if is_number(body)]
    if len(values) != len(set(values)) or any(map(_may_hide, values)):
        return True
    return any(names.issuperset(bare_names(body)) for body in given if not is_number(body))


def beyond_a_step(bodies: Mapping[str, tuple[Node, ...]], pair: Pair) -> Mapping[str, tuple[Node, ...]]:
    """What a document states for the names of a step, less the 0 or 1 that it states for one that the step keeps on
    both sides: whoever used it would have dropped the name."""
    kept = names_in(pair.left) & names_in(pair.right) if pair.position else frozenset[str]()
    return {
        name: tuple(b for b in found if not (name in kept and is_number(b) and _may_hide(key(b))))
        for name, found in bodies.items()
    }


def _may_hide(value: str) -> bool:
    """Whether a name may have another sign, factor or power at a value: 0 or 1, or a list of these."""
    return all(part.strip(" ()-−+") in ("0", "1", "0.0", "1.0") for part in value.split(","))


def is_set(node: Node) -> bool:
    """Whether a side lists what it is made of, as in y = {y_1, …, y_n}: no expression that could be put in."""
    return isinstance(node, Fence) and node.open in (r"\lbrace", r"\{", "{")


def bodies_in(roots: Iterable[Lines]) -> Mapping[str, tuple[Node, ...]]:
    """Every expression without the name itself that the formulas of a document state a name to equal."""
    found: dict[str, dict[str, Node]] = {}
    for pair in (p for root in roots for chain in stated(root) for p in chain.pairs()):
        for side, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if pair.relation.sign not in ("=", ":=", "≡") or is_set(other):
                continue
            if is_name(side) and key(side) not in set(bare_names(other)):
                found.setdefault(key(side), {})[key(other)] = other
    return {name: tuple(bodies.values()) for name, bodies in found.items()}


def _repeats(pair: Pair, definition: Definition) -> bool:
    sides = {key(pair.left), key(pair.right)}
    return definition.name in sides and key(definition.body) in sides


def _is_mean(node: Node) -> bool:
    """x̄, which stands for the mean of the x_i already."""
    return isinstance(node, Accent) and node.kind in ("bar", "overline")
