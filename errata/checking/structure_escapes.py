"""A variable of a sum or an integral that stands outside of it: ∑_x y ∑_y p(x, y), (1/x) ∫ f(x) dx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errata.checking.structure import Malformed, index_of
from errata.checking.structure_words import IN_A_LINE, is_word
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import (
    Bar,
    Big,
    Brace,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Frac,
    Gap,
    Grid,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Prefix,
    Relation,
    Script,
    Stack,
    Sym,
    Terms,
    Text,
    children,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.words import words

FUNCTIONS = frozenset("exp log ln lg sin cos tan Γ".split())
VAGUE = (Dots, Text, Opaque, Grid, Brace, Stack, Logic, Gap)
"""What may bind a name, or say what it is, without being read here."""


def escaped_variables(root: Lines) -> Iterator[Malformed]:
    """The variables that only a sum or an integral inside a member binds, and that stand outside of it as well.

    The member before it in the chain, which is no bare name, does not have them, nor has the rest of the formula.
    """
    bigs = [n for n in walk(root) if isinstance(n, Big)]
    if not bigs:
        return
    for chain in stated(root):
        for pair in chain.pairs():
            if pair.relation.sign in ("=", "≡") and not is_name(pair.left):
                yield from _escaped(root, pair)


def _escaped(root: Lines, pair: Pair) -> Iterator[Malformed]:
    if any(isinstance(n, VAGUE) for side in (pair.left, pair.right) for n in walk(side)):
        return
    if isinstance(pair.left, Num):
        return
    for name in sorted({name for n in walk(pair.right) for name in _bound_by(n)}):
        found = list(_free(pair.right, name))
        if not found or is_loose(pair.right, name) or _is_indefinite(pair.left, name):
            continue
        if _is_taken_anew(pair.right, name):
            continue
        here = {id(n) for n in walk(pair.right)}
        if any(id(n) not in here for n in _unbound(root, name)):
            continue
        node = found[0]
        detail = f"{words(node)} is the variable of a sum or an integral, and stands outside of it too"
        yield Malformed("E412", detail, node.start, node.end, f"{words(node)} is bound by nothing here")


def _is_indefinite(node: Node, name: str) -> bool:
    """Whether a side is an integral without limits over a name, which antiderivatives are functions of."""
    plain = (n for n in walk(node) if isinstance(n, Big) and not isinstance(n.head, Script))
    return any(isinstance(n.head, Sym) and n.head.name in ("∫", "∬", "∭", "∮") and name in _bound_by(n) for n in plain)


def _is_taken_anew(side: Node, name: str) -> bool:
    """Whether the mean of a function is taken from a value of it, f(x, y) − ∑_y p(y | x) f(x, y): outside of the sum
    the name is what was observed."""
    for terms in (n for n in walk(side) if isinstance(n, Terms) and set(n.signs) >= {"-"}):
        sums = [any(name in _bound_by(n) for n in walk(item)) for item in terms.items]
        alone = [item for item, summed in zip(terms.items, sums, strict=True) if not summed]
        outside, inside = (_calls_of(items, name) for items in (alone, [i for i in terms.items if i not in alone]))
        if outside and outside <= inside and _stands_in(alone, name) == len(list(_unbound(side, name))):
            return True
    return False


def _calls_of(items: Iterable[Node], name: str) -> set[str]:
    """The calls that have a name among their arguments."""
    calls = (n for item in items for n in walk(item) if isinstance(n, Call))
    return {key(c) for c in calls if _mentions(c.fence, name)}


def _stands_in(items: Iterable[Node], name: str) -> int:
    """How often a name stands in the arguments of calls."""
    calls = (n for item in items for n in walk(item) if isinstance(n, Call))
    return sum(1 for c in calls for _ in _unbound(c.fence, name))


def _bound_by(node: Node) -> frozenset[str]:
    """The names that a sum, a product or an integral binds."""
    if not isinstance(node, Big):
        return frozenset()
    index = index_of(node)
    found = {key(d.variable) for d in node.differentials if isinstance(d, Differential) and is_name(d.variable)}
    along = {key(v.sub) for v in _integrators(node) if isinstance(v, Script) and v.sub is not None and is_name(v.sub)}
    return frozenset(found | along | ({index[0]} if index is not None else set()))


def _integrators(node: Big) -> Iterator[Node]:
    """What an integral is taken along: B_s in ∫ f(s) dB_s."""
    yield from (d.variable for d in node.differentials if isinstance(d, Differential))


def _free(node: Node, name: str) -> Iterator[Node]:
    """Where a name stands as a value that nothing around it binds or may bind."""
    if _may_bind(node, name) or _is_marked(node, name) or is_word(node, IN_A_LINE):
        return
    if is_name(node):
        if key(node) == name:
            yield node
        elif isinstance(node, Script):
            parts = (part for part in (node.sub, node.sup) if part is not None and not is_word(part))
            yield from (found for part in parts for found in _free(part, name))
        return
    if isinstance(node, Big):
        if isinstance(node.head, Sym) and node.head.name in ("∑", "∏"):
            return  # ∑ a_i says nothing of what it runs over: all the indices in it
        inside = name in _bound_by(node)
        yield from () if inside or node.body is None else _free(node.body, name)
        limits = node.head
        if isinstance(limits, Script):
            yield from _within_limits(limits, name)
        return
    if isinstance(node, Call):
        yield from _free(node.fence, name)
        return
    for child in children(node):
        if not (isinstance(node, Script) and child is not node.base and is_word(child)):
            yield from _free(child, name)


def _is_marked(node: Node, name: str) -> bool:
    """Whether a name has a capital or a word above it, which makes another name of it: θ^U beside θ."""
    if not isinstance(node, Script) or node.sup is None or key(node.base) != name:
        return False
    return isinstance(node.sup, Text) or (isinstance(node.sup, Sym) and node.sup.name[:1].isupper())


def _unbound(node: Node, name: str) -> Iterator[Node]:
    """Where a name stands outside of every sum and integral over it, for whatever reason."""
    if name in _bound_by(node):
        return
    if isinstance(node, Sym | Script) and key(node) == name:
        yield node
    for child in children(node):
        yield from _unbound(child, name)


def _counts_its_own(limit: Node | None, name: str) -> bool:
    """Whether a limit is what the index itself counts: n_k in ∑_{k=1}^{n_k} is the number of the k."""
    return isinstance(limit, Script) and limit.sub is not None and key(limit.sub) == name


def _says_in(limit: Node | None) -> bool:
    """Whether a limit is a number of things that go in: N_{in}, whose i is no index."""
    sub = limit.sub if isinstance(limit, Script) else None
    return sub is not None and to_latex(sub).strip("{}").replace(" ", "") == "in"


def _within_limits(head: Script, name: str) -> Iterator[Node]:
    """Where a name stands in the limits of a sum, which it does not bind there: ∑_{i=1}^{x}, ∫_0^x."""
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Phrase) and all(is_name(item) for item in sub.items):
        sub = None  # ∫_{x,y} … dx dy names them a second time
    if isinstance(sub, Chain) and sub.relations[0].sign in ("<", ">", "≤", "≥", "≠"):
        sub = None  # ∫_{a < b} … da db is taken over a part of the space
    if isinstance(sub, Chain) and sub.relations[0].sign in ("∼", "∈") and key(sub.items[0]) == name:
        sub = None  # ∑_{z ∼ p(z)} says what z is drawn from
    if isinstance(sub, Call) and head.sup is None:
        sub = None  # ∫_{c(t)} … dt runs along a curve, whose parameter t is
    lower = sub.items[1:] if isinstance(sub, Chain) else (() if sub is None or is_name(sub) else (sub,))
    sup = head.sup.body if isinstance(head.sup, Group) else head.sup
    if _counts_its_own(sup, name) or _says_in(sup):
        sup = None
    upper = sup.items[1:] if isinstance(sup, Chain) else (() if sup is None else (sup,))  # ∫_{x=a}^{x=b}
    for part in (*lower, *upper):
        yield from _free(part, name)


def _may_bind(node: Node, name: str) -> bool:
    """Whether a part takes a name as its own: d/dx, E_x[…], H[p(x)], […]_a^b, f(x)|_{x=a}, {x : …}, arg max_x."""
    match node:
        case Frac(top=top, bottom=bottom):
            return _has_d(top) and _mentions(bottom, name)
        case Factors(items=items):
            return any(isinstance(item, Frac) and _may_bind(item, name) for item in items)
        case Prefix(sign=sign):
            return _mentions(sign, name) or not (isinstance(sign, Sym) and sign.name in ("-", "+", "−", "¬"))
        case Script(base=Fence(), sub=sub) if sub is not None:
            return True
        case Bar(right=right):
            return isinstance(right, Script) and isinstance(right.base, Gap) and _mentions(right, name)
        case Fence(open=r"\{", body=Phrase() | Bar() | Chain()):
            return True
        case Call(head=Sym(name=head), fence=fence) if head in FUNCTIONS or (len(head) == 1 and head.islower()):
            return head == "h" or any(isinstance(n, Call) for n in walk(fence))
        case Call() | Fence(open=r"\langle" | "⟨"):
            return True
        case Big():
            index = index_of(node)
            if index is not None:  # ∑_{y_i ∈ D} runs over i
                return isinstance(index[1], Script) and _mentions(index[1], name)
            return not node.differentials and isinstance(node.head, Script) and _mentions(node.head, name)
        case Chain() | Relation() | Differential():
            return False
    return False


def _has_d(node: Node) -> bool:
    """Whether a numerator is that of a derivative: d, ∂, d², ∂f."""
    return any(isinstance(n, Sym) and n.name in ("d", "∂") for n in walk(node))


def _mentions(node: Node, name: str) -> bool:
    return any(is_name(n) and key(n) == name for n in walk(node))


def open_sums(side: Node) -> Iterator[tuple[Terms, int, int]]:
    """The terms of which a sum may reach further than it is read, as its variable stands behind it: ∑_i x_i + y_i; with
    the places of the sum and of the last term that has its variable."""
    names = {name for n in walk(side) if isinstance(n, Big) for name in _bound_by(n)}
    for name in sorted(names):
        yield from _loose(side, name)


def is_loose(side: Node, name: str) -> bool:
    """Whether a term after a sum has its variable, as in ∑_i x_i + y_i: its bracket is often left out."""
    return next(_loose(side, name), None) is not None


def _loose(side: Node, name: str) -> Iterator[tuple[Terms, int, int]]:
    for terms in walk(side):
        if not isinstance(terms, Terms):
            continue
        bound = [n for n, item in enumerate(terms.items) if any(name in _bound_by(part) for part in walk(item))]
        behind = [n for n, item in enumerate(terms.items) if bound and n > bound[0] and any(_free(item, name))]
        if behind:
            yield terms, bound[0], behind[-1]
