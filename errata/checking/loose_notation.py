"""Notation that may mean something else than what it is read as: a relation that fails in it is no mistake yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errata.checking.differentials import equates_differentials
from errata.checking.imaginary import has_imaginary_unit
from errata.reading.lowering import operator_parts
from errata.reading.names import is_inverse, is_name, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Sym,
    Terms,
    walk,
)

_MOMENTS = frozenset({"e", "var", "std", "sd", "𝔼", "v", "𝕍"})


def meant_otherwise(pair: Pair) -> str | None:
    """What the notation of a relation may mean besides what it is read as; None where nothing is known."""
    return next((why for is_so, why in _KINDS if is_so(pair)), None)


def _has_imaginary_unit(pair: Pair) -> bool:
    return has_imaginary_unit((pair.left, pair.right))


def _says_what_kind(pair: Pair) -> bool:
    """P^{-1} = P⊤ of orthogonal matrices, f^{-1} = f of an involution."""
    bases = [
        side.base if isinstance(side, Script) and side.sup is not None else side for side in (pair.left, pair.right)
    ]
    raised = [side.sup for side in (pair.left, pair.right) if isinstance(side, Script) and side.sup is not None]
    inverse = any(is_inverse(sup) for sup in raised)
    return inverse and pair.relation.sign == "=" and is_name(bases[0]) and key(bases[0]) == key(bases[1])


def _gives_anew(pair: Pair) -> bool:
    """β = 2β: an assignment, or an equation to be solved, as no number but 0 is twice itself."""
    first = pair.position == 0 and pair.relation.sign == "=" and is_name(pair.left)
    parts = pair.right.items if isinstance(pair.right, Factors | Terms) else ()
    return first and any(key(part) == key(pair.left) for part in parts)


def _compares_moments(pair: Pair) -> bool:
    """E(X) = Var(X), as Poisson's law has it: moments of one variable that differ in their unit."""
    heads = [side.head for side in (pair.left, pair.right) if isinstance(side, Call)]
    fences = {key(side.fence) for side in (pair.left, pair.right) if isinstance(side, Call)}
    names = {operator_parts(head)[0].lower() for head in heads}
    return len(heads) == 2 and len(fences) == 1 and len(names) == 2 and names <= _MOMENTS


def _has_matrix_of_entries(pair: Pair) -> bool:
    """(a_{ij})^⊤: a matrix by its general entry."""
    raised = (n.base for n in _nodes(pair) if isinstance(n, Script) and is_transpose(n.sup))
    held = (side for side in (pair.left, pair.right, *raised) if isinstance(side, Fence))
    return any(isinstance(fence.body, Script) and len(_indices(fence.body)) > 1 for fence in held)


def _indices(node: Script) -> tuple[Node, ...]:
    sub = node.sub.body if isinstance(node.sub, Group) else node.sub
    return sub.items if isinstance(sub, Factors | Phrase) else () if sub is None else (sub,)


def _counts_backwards(pair: Pair) -> bool:
    """x_{−n}: an index below zero, as in a sequence that repeats itself."""
    members = (n for n in _nodes(pair) if isinstance(n, Script) and isinstance(n.base, Sym) and n.base.name.isalpha())
    subs = (n.sub.body if isinstance(n.sub, Group) else n.sub for n in members)
    alone = (sub for sub in subs if isinstance(sub, Terms) and len(sub.items) == 1)
    return any(sub.signs[0] in ("-", "−") and any(isinstance(n, Sym) for n in walk(sub)) for sub in alone)


def _has_numbered_letters(pair: Pair) -> bool:
    """a1 = a2: letters with a number after them, as indices are typed in haste."""
    return any(
        isinstance(name, Sym) and isinstance(number, Num) and name.end == number.start
        for n in _nodes(pair)
        if isinstance(n, Factors)
        for name, number in zip(n.items, n.items[1:], strict=False)
    )


def _sums_over_several_sets(pair: Pair) -> bool:
    """∑_{ω∈A} + ∑_{ω∈B} = ∑_{ω∈Ω}: sets may be parts of others, and there the sums depend on each other."""
    heads = (n.head for n in _nodes(pair) if isinstance(n, Big) and isinstance(n.head, Script))
    chains = (head.sub.body if isinstance(head.sub, Group) else head.sub for head in heads)
    sets = (c.items for c in chains if isinstance(c, Chain) and c.relations[0].sign == "∈")
    members = {(key(letter), key(last)) for letter, *_, last in sets}
    return len(members) > len({letter for letter, _ in members})


def _has_outcomes_of_a_choice(pair: Pair) -> bool:
    """E[Y | T = 1] = E[Y_1 | T = 1]: Y is one of Y_0 and Y_1, as T chooses."""
    inside = [n.body.left for n in _nodes(pair) if isinstance(n, Fence) and isinstance(n.body, Bar)]
    plain = {n.name for body in inside for n in (body,) if isinstance(n, Sym)}
    chosen = [n for body in inside for n in walk(body) if isinstance(n, Script) and isinstance(n.sub, Num)]
    return any(isinstance(n.base, Sym) and n.base.name in plain for n in chosen)


def _nodes(pair: Pair) -> Iterator[Node]:
    return (n for side in (pair.left, pair.right) for n in walk(side))


_KINDS: tuple[tuple[Callable[[Pair], bool], str], ...] = (
    (_has_imaginary_unit, "complex numbers are not judged"),
    (equates_differentials, "its d may be that of differentials, which are not judged"),
    (_says_what_kind, "it says of what kind a quantity is"),
    (_gives_anew, "it may give its left side anew, or be an equation for it"),
    (_compares_moments, "it may be a property of the law that is spoken of"),
    (_has_matrix_of_entries, "an entry in brackets may stand for its matrix"),
    (_counts_backwards, "an index below zero may count from the end"),
    (_sums_over_several_sets, "its sets may be parts of one another"),
    (_has_outcomes_of_a_choice, "a variable may be one of those with numbers"),
    (_has_numbered_letters, "a letter with a number after it may be a name"),
)
