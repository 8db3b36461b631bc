"""Sums over the members of a sample: ∑_{i=1}^N g(x_i), with or without the 1/N before it."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record, replace
from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare, letter
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Chain, Factors, Fence, Frac, Node, Num, Script, Sym, walk


class SampleSum(Record):
    """A sum over a sample. ``whole`` is the mean (1/N) ∑ where the sum is divided by its size, else the sum."""

    sum: Big
    whole: Node
    body: Node
    member: Node
    base: Node
    """The name of a member without its index."""
    index: Node
    size: Node
    divided: bool

    def summand_at(self, variable: Node) -> Node:
        """The summand with a variable in the place of the member."""
        return rebuilt(self.body, lambda n: self._put_in(n, variable))

    def _put_in(self, node: Node, variable: Node) -> Node | None:
        if not isinstance(node, Script):
            return None
        if key(node) == key(self.member):
            return variable
        raised = node.sub is not None and node.sup is not None and key(replace(node, sup=None)) == key(self.member)
        bracketed = Fence(node.start, node.end, "(", variable, ")")
        return Script(node.start, node.end, bracketed, None, node.sup) if raised else None  # x_i^2 is (x)^2


def sample_sums(node: Node) -> Iterator[SampleSum]:
    """The sums over samples in a node, as they stand in the text. One without its upper limit has it from the 1/N."""
    sizes = {id(big): (whole, size) for n in walk(node) for whole, size, big in _divided(n)}
    for big in walk(node):
        if isinstance(big, Big) and letter(big.head)[0] == "∑":
            found = _of(big, *sizes.get(id(big), (big, None)))
            if found is not None:
                yield found


def member_base(node: Node, index: Node | None = None) -> Node | None:
    """x of x_i and of x^{(i)}, for any index or for a certain one; None for anything else."""
    if not isinstance(node, Script) or node.primes or not is_name(node.base):
        return None
    if node.sub is not None and node.sup is None:
        at: Node | None = bare(node.sub)
    elif node.sub is None and isinstance(node.sup, Fence) and node.sup.open == "(":
        at = node.sup.body
    else:
        return None
    if not isinstance(at, Sym | Num):
        return None
    return node.base if index is None or key(at) == key(index) else None


def _divided(node: Node) -> Iterator[tuple[Node, Node, Big]]:
    """The mean, the size and the sum in (1/N) ∑ and (∑ …)/N."""
    if isinstance(node, Frac) and isinstance(bare(node.top), Big):
        top = bare(node.top)
        assert isinstance(top, Big)
        yield node, node.bottom, top
    if isinstance(node, Factors) and len(node.items) > 1 and isinstance(node.items[-1], Big):
        before, big = node.items[-2:]
        if isinstance(before, Frac) and _is_one(before.top) and not node.signs[-1] and isinstance(big, Big):
            yield (node if len(node.items) == 2 else big), before.bottom, big


def _is_one(node: Node) -> bool:
    node = bare(node)
    return isinstance(node, Num) and node.text == "1"


def _of(big: Big, whole: Node, divisor: Node | None) -> SampleSum | None:
    head = big.head
    if not isinstance(head, Script) or head.sub is None or big.body is None or big.differentials:
        return None
    sub, size = bare(head.sub), head.sup
    index = sub
    if isinstance(sub, Chain):
        if [r.sign for r in sub.relations] != ["="] or not _is_one(sub.items[1]) or size is None:
            return None
        index = sub.items[0]
    elif size is None:
        size = divisor
    if not isinstance(index, Sym) or size is None or not is_name(bare(size)):
        return None
    member = _member(big.body, index)
    if member is None:
        return None
    base = member_base(member)
    divided = divisor is not None and key(bare(divisor)) == key(bare(size))
    if base is None or (divisor is not None and not divided):
        return None
    return SampleSum(big, whole, big.body, member, base, index, bare(size), divided)


def _member(body: Node, index: Sym) -> Node | None:
    """The one member of a sample that a summand has; None where the index stands anywhere else, too."""
    if any(isinstance(n, Big) for n in walk(body)):
        return None
    found: dict[str, Node] = {}
    inside = 0
    for node in walk(body):
        plain = node
        if isinstance(node, Script) and node.sub is not None and node.sup is not None:
            plain = replace(node, sup=None)
        if member_base(plain, index) is not None:
            found[key(plain)] = plain
            inside += 1
    every = sum(1 for n in walk(body) if isinstance(n, Sym) and key(n) == key(index))
    return next(iter(found.values())) if len(found) == 1 and inside == every else None
