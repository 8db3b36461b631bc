"""What a document gives for a name, one of its members or one of its values: L, p̂_i, π_k(x), f(x).

The statements of a document are looked up by the letter that they define, whatever its font, its indices and its
arguments. Those before a place count first, the nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from claims.records import Record, replace
from errata.checking.kinds import is_number
from errata.reading.names import is_name, is_power, is_transpose, key
from errata.reading.relations import stated
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Function,
    Gap,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Prefix,
    Relation,
    Script,
    Styled,
    Sym,
    Text,
    children,
    walk,
)

_NOISE = frozenset({"ε", "ϵ", "η", "ξ"})
_EQUATES = frozenset({"=", ":=", "≡", "≜"})
REACH = 60
"""Formulas before a relation in which what its names are is looked for."""
AFTER = 3
"""Formulas after a relation that may still say what its names are."""


class Use(Record):
    """A name as it stands somewhere: its letter, the nodes of its indices, and what it is applied to."""

    letter: str
    indices: tuple[Node, ...]
    arguments: tuple[Node, ...] | None


class Body(Record):
    """One expression that the document gives for what it writes as ``head``, and the formula that does."""

    head: Use
    node: Node
    formula: int
    custom: str | None = None
    """What it says in LaTeX, where it is what a name stands for by custom, and no formula of the document."""


Bodies = Mapping[str, tuple[Body, ...]]
"""The bodies of each letter, the nearest first."""


def use_of(node: Node) -> Use | None:
    """How a node names something; None where it doesn't. A power or a transpose is no part of a name."""
    match node:
        case Call(head=head, fence=Fence(open="(" | "[", body=body)) if body is not None:
            called = use_of(head)
            return None if called is None or called.arguments is not None else replace(called, arguments=listed(body))
        case Script(base=base, sub=sub, sup=sup, primes=0) if sup is None or not (is_power(sup) or is_transpose(sup)):
            letter = letter_of(base)
            if letter is None:
                return None
            mark = "" if sup is None else f"^{key(sup)}"
            indices = () if sub is None else indices_of(sub)
            if sub is not None and not indices:
                return Use(f"{letter}_{key(sub)}{mark}", (), None)
            return Use(letter + mark, indices, None)
        case _:
            letter = letter_of(node)
            return None if letter is None else Use(letter, (), None)


def letter_of(node: Node) -> str | None:
    """The letter of a name with its accents, whatever its font."""
    while isinstance(node, Group | Styled):
        node = node.body
    match node:
        case Sym(name=name) if is_name(node):
            return name
        case Accent(kind=kind, body=body):
            inner = letter_of(body)
            return None if inner is None else f"{kind.replace('wide', '')} {inner}"
    return None


def is_bold(node: Node) -> bool:
    """Whether a name is set in bold, as vectors and matrices are."""
    return any(isinstance(n, Sym) and n.font == "bold" for n in walk(node.base if isinstance(node, Script) else node))


def listed(node: Node) -> tuple[Node, ...]:
    """What stands between commas, semicolons and bars."""
    if isinstance(node, Phrase):
        return tuple(n for item in node.items for n in listed(item))
    return (*listed(node.left), *listed(node.right)) if isinstance(node, Bar) else (node,)


def indices_of(sub: Node) -> tuple[Node, ...]:
    """The indices in a subscript: i; i, k; ij; a word or a letter in bold belongs to the name, and is none."""
    node = sub.body if isinstance(sub, Group | Fence) and sub.body is not None else sub
    if isinstance(node, Factors) and not any(node.signs) and all(isinstance(n, Sym | Num) for n in node.items):
        parts: tuple[Node, ...] = node.items
    else:
        parts = listed(node)
    return parts if all(_may_be_index(p) for p in parts) else ()


def _may_be_index(node: Node) -> bool:
    """Whether a node can be a place in a list: i, 3, i − 1, y_i; no word, and no capital or Greek letter."""
    for n in walk(node):
        if isinstance(n, Text | Gap) or (isinstance(n, Sym) and (len(n.name) > 1 or n.font or not n.name.isascii())):
            return False
        if isinstance(n, Sym) and not n.name.islower():
            return False
    return True


def bodies_near(roots: Sequence[Lines], place: int, numbers: bool = False) -> Bodies:
    """What the formulas before a place and just after it give for each letter, numbers or all but numbers; laws and
    noise are left out, and so is a function of the letter of what is announced after it: a(x) before a ∈ ℝ^n."""
    found: dict[str, list[Body]] = {}
    announced: set[str] = set()
    for number in _by_distance(len(roots), place):
        announced.update(_announced(roots[number]) if number < place else ())
        for chain in stated(roots[number]):
            if chain.implies or chain.concluded:
                continue
            for items, relations in _heads(chain.chain):
                head = use_of(items[0])
                if head is None or not _defines(head) or (head.arguments and head.letter in announced):
                    continue
                equal = next((n for n, r in enumerate(relations) if r.sign not in _EQUATES), len(relations))
                members = [m for m in items[1 : equal + 1] if _may_define(m, head) and is_number(m) is numbers]
                found.setdefault(head.letter, []).extend(Body(head, m, number) for m in members)
    return {letter: tuple(bodies) for letter, bodies in found.items()}


def _announced(root: Lines) -> Iterator[str]:
    """The letters that a formula says to be members of some set."""
    for chain in (n for n in walk(root) if isinstance(n, Chain)):
        member = next((n for n, r in enumerate(chain.relations) if r.sign == "∈"), -1)
        names = (letter_of(name) for name in chain.items[: member + 1])
        yield from (name for name in names if name is not None)


def _heads(chain: Chain) -> Iterator[tuple[tuple[Node, ...], tuple[Relation, ...]]]:
    """A chain from each member that it may define: RBF = g(x) = … defines g(x) as well; z_i = g(a_i) = … is about the
    z_i."""
    items, relations = chain.items, chain.relations
    yield items, relations
    bare = isinstance(items[0], Sym) and is_name(items[0])
    if bare and len(items) > 2 and isinstance(items[1], Call) and relations[0].sign in _EQUATES:
        yield items[1:], relations[1:]


def _by_distance(count: int, place: int) -> list[int]:
    before = range(min(place, count) - 1, max(-1, place - 1 - REACH), -1)
    return [*before, *range(place, min(place + 1 + AFTER, count))]


def _defines(head: Use) -> bool:
    """Whether all of a name holds in general: its indices and arguments are letters, no numbers."""
    plain = all(isinstance(i, Sym) for i in head.indices)
    return plain and all(is_name(a) for a in head.arguments or ())


def _may_define(member: Node, head: Use) -> bool:
    if isinstance(member, Gap | Text | Phrase):
        return False
    for n in walk(member):
        if isinstance(n, Sym) and n.name in _NOISE:
            return False
        used = use_of(n) if isinstance(n, Sym | Script | Accent | Call) else None
        if used is not None and used.letter == head.letter and used.arguments is None and not head.arguments:
            return False
    return True


NAMED = frozenset("exp log ln sin cos tanh sigmoid logistic expit softmax Softmax det tr Tr trace diag max min".split())
"""Functions whose names are no quantities."""


@lru_cache(maxsize=4_096)
def uses_in(node: Node) -> tuple[tuple[Use, Node], ...]:
    """The names in a node with their indices and arguments, each as a whole; what is in their arguments, too."""
    return tuple(_uses_in(node))


def _uses_in(node: Node) -> Iterator[tuple[Use, Node]]:
    match node:
        case Call(head=head, fence=fence):
            use = use_of(node)
            if use is not None and use.letter not in NAMED:
                yield use, node
                if (use.indices or not node.sure) and use.letter != "σ":
                    yield replace(use, arguments=None), head
            yield from uses_in(fence)
            return
        case Function(argument=argument):
            yield from uses_in(argument)
            return
        case Big(head=Script(sup=sup), body=body):
            yield from () if sup is None else uses_in(sup)
            yield from () if body is None else uses_in(body)
            return
    use = use_of(node) if isinstance(node, Script | Sym | Accent | Styled) else None
    if use is None:
        for child in _quantities(node):
            yield from uses_in(child)
        return
    if use.letter not in NAMED:
        yield use, node
    for index in use.indices:
        if isinstance(index, Script):
            yield from uses_in(index)


def _quantities(node: Node) -> Sequence[Node]:
    """What is directly below a node, without the mark of a transpose and the name of an operator."""
    if isinstance(node, Script) and node.sup is not None and is_transpose(node.sup):
        return (replace(node, sup=None),) if node.sub is not None else (node.base,)
    if isinstance(node, Script) and node.sub is not None and node.sup is not None:
        return (replace(node, sup=None), node.sup)
    if isinstance(node, Prefix):
        variable = node.sign.sub if isinstance(node.sign, Script) else None
        return (node.operand,) if variable is None else (variable, node.operand)
    return children(node)


def bodies_of(use: Use, node: Node, given: Sequence[Body]) -> tuple[int, list[Body]]:
    """What the document gives for a use: for the name itself, for its members (−1), or for one example of it (1)."""
    for more in (0, -1, 1):
        fitting = [b for b in given if len(b.head.indices) + more == len(use.indices) and _may_be_called(use, b)]
        if more == 1:
            fitting = [b for b in fitting if b.head.indices or b.head.arguments or " " in use.letter]
            fitting = [b for b in fitting if not _sums_over(b.node, use)]
        if fitting:
            return more, fitting
    return 0, []


def _sums_over(node: Node, use: Use) -> bool:
    """Whether an index of a use is that of a sum: J_i is one of the terms of J = ∑_i …, and not J of one example."""
    heads = (n.head for n in walk(node) if isinstance(n, Big) and isinstance(n.head, Script))
    subs = (h.sub.body if isinstance(h.sub, Group) else h.sub for h in heads)
    bound = {key(s.items[0] if isinstance(s, Chain) else s) for s in subs if s is not None}
    return any(key(index) in bound for index in use.indices)


def _may_be_called(use: Use, body: Body) -> bool:
    """Whether a body is that of a name at these arguments: π(1 − π) is a product where π stands at nothing."""
    if not use.arguments or body.custom is not None:
        return True
    if not body.head.arguments:
        inside = {key(n) for n in walk(body.node)}
        return all(is_name(a) and (is_bold(a) or key(a) in inside) for a in use.arguments)
    if [key(a) for a in use.arguments] == [key(a) for a in body.head.arguments]:
        return True
    met = {letter_of(n) for n in walk(body.node)}
    return all(letter_of(a) in met for a in body.head.arguments)
