"""Letters of definitions, givens and laws that nothing gives a value: a law that is its own parameter, the component
of an argument that no sum runs over."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.kinds import INDEX_LETTERS
from errata.checking.structure import Malformed, index_of
from errata.checking.structure_laws import parameters_of, sampled_by
from errata.reading.families.notation import law_call
from errata.reading.names import is_name, key
from errata.reading.tree import Bar, Big, Call, Chain, Fence, Lines, Node, Phrase, Script, Sym, walk
from errata.reading.words import words

_EQUATES = frozenset({"=", ":=", "≡", "∝"})


def own_parameters(root: Lines) -> Iterator[Malformed]:
    """X ∼ N(X, 1) and p(θ) = N(θ; θ, 1): the variable of a law among its parameters."""
    given = _given(root)
    for chain in (n for n in walk(root) if isinstance(n, Chain)):
        for left, relation, right in zip(chain.items, chain.relations, chain.items[1:], strict=False):
            if id(left) in given:
                continue
            variable = _drawn(left) if relation.sign == "∼" else _argument(left) if relation.sign in _EQUATES else None
            if variable is None or not isinstance(right, Call) or law_call(right) is None:
                continue
            if not isinstance(right.fence, Fence):
                continue
            parameters, _ = parameters_of(right.fence, any(right is n for n in sampled_by(chain)))
            own = next((p for p in parameters or () if is_name(p) and key(p) == key(variable)), None)
            if own is not None:
                detail = f"{words(right.head)} is the law of {words(variable)}, which is a parameter of it here"
                yield Malformed("E410", detail, own.start, own.end, "the variable itself")


def _given(root: Lines) -> frozenset[int]:
    """The ends of conditions, by identity: the x of Y | X = x ∼ Bin(4, x), the n of Y | X, n ∼ Bin(n, p)."""
    found: set[int] = set()
    for node in walk(root):
        if isinstance(node, Chain):
            bars = [n for n, item in enumerate(node.items) if isinstance(item, Bar)]
            found |= {id(item) for item in node.items[bars[0] + 1 :]} if bars else set()
        if isinstance(node, Phrase):
            is_open = False
            for item in node.items:
                first = item.items[0] if isinstance(item, Chain) else item
                if is_open:
                    found.add(id(first))
                drawn = isinstance(item, Chain) and any(r.sign == "∼" for r in item.relations)
                is_open = (is_open or isinstance(first, Bar)) and not drawn
    return frozenset(found)


def _drawn(left: Node) -> Node | None:
    return left if is_name(left) else None


def _argument(left: Node) -> Node | None:
    """The θ of p(θ)."""
    body = left.fence.body if isinstance(left, Call) and isinstance(left.fence, Fence) else None
    return body if body is not None and is_name(body) else None


def stray_components(root: Lines) -> Iterator[Malformed]:
    """F(x) = ∑_i w_i x_j: the part of an argument under a sum over another index, with one that stands nowhere else."""
    letters = [key(n) for n in walk(root) if isinstance(n, Sym)]
    for chain in (n for n in walk(root) if isinstance(n, Chain)):
        head, body = chain.items[0], chain.items[1]
        if chain.relations[0].sign not in _EQUATES or not isinstance(head, Call) or not isinstance(head.fence, Fence):
            continue
        arguments = head.fence.body.items if isinstance(head.fence.body, Phrase) else (head.fence.body,)
        given = {key(a) for a in arguments if a is not None and is_name(a)}
        for big in (n for n in walk(body) if isinstance(n, Big) and n.body is not None):
            bound = index_of(big)
            if bound is None:
                continue
            for part in (n for n in walk(big.body or big) if isinstance(n, Script) and key(n.base) in given):
                sub = part.sub
                alone = isinstance(sub, Sym) and sub.name in INDEX_LETTERS and letters.count(key(sub)) == 1
                if alone and sub is not None and key(sub) != bound[0] and part.sup is None:
                    detail = f"the sum runs over {words(bound[1])}, and {words(part)} has the index {words(sub)}"
                    yield Malformed("E403", detail, sub.start, sub.end, f"{words(sub)} is bound by nothing here")
