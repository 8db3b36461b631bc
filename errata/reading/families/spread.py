"""What the second parameter of N(μ, ·) is where an author says it once for all: a variance, or a standard deviation.

A tree in which that is a standard deviation says N(μ, s²) for N(μ, s), the square being one that isn't written. What is
visibly a variance stays one (σ², 2², σ²/n, τ^{-1}), and so does all that is no number: a covariance matrix, before an
identity matrix as well. What a name is called by the text beside it comes before the convention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum

from claims.records import replace
from errata.reading.families.notation import identity_factor, normal_call
from errata.reading.families.said_parameters import roles_said
from errata.reading.names import is_name, key
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Bar,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)


class Spread(Enum):
    """What the second parameter of N(·, ·) is."""

    VARIANCE = "variance"
    DEVIATION = "standard deviation"


Called = Callable[[Node], "Spread | None"]
"""What the text calls a parameter; None where it says nothing of it."""
_ROLES: Mapping[str, Spread] = {s.value: s for s in Spread}
_NUMBER = r"\$?\s*(?P<number>\d+(?:\.\d+)?)\s*\$?(?![\w.^])"
_NUMBERED = re.compile(rf"\b(?P<role>variance|standard\s+deviation)\s+(?:of\s+|is\s+|being\s+|=\s*)?{_NUMBER}", re.I)
_PRECISE = re.compile(r"\bprecisions?\s*\$\s*(?P<name>[A-Za-z](?:_\{?\w+\}?)?|\\[a-zA-Z]+(?:_\{?\w+\}?)?)\s*\$", re.I)


def with_spread(root: Node, spread: Spread, called: Called = lambda node: None) -> Node:
    """The tree of a formula in which the second parameter of each normal law is a variance, where it is of numbers."""
    plain = {id(root), *map(id, _plain_laws(root))}

    def change(node: Node) -> Node | None:
        if not isinstance(node, Call):
            return None
        bare = isinstance(node.head, Sym) and node.head.latex == "N"
        return None if bare and id(node) not in plain else _settled(node, spread, called)

    return rebuilt(root, change)


def is_settled(call: Call) -> bool:
    """Whether it is said that the second parameter of a normal law is a variance, and not only likely."""
    return isinstance(call.fence, Fence) and call.fence.variance


def settled_in(root: Node) -> bool:
    """Whether a tree has a law in it to which a convention was put."""
    return any(isinstance(n, Call) and is_settled(n) for n in walk(root))


def _plain_laws(root: Node) -> Iterator[Call]:
    """The laws in a tree that are called N, with no font: after ∼, with a point, beside a bar, or alone in a formula,
    as in the cell of a table; N(s, t) may count."""
    if isinstance(root, Lines) and len(root.statements) == 1:
        yield from _call(root.statements[0])
    for node in walk(root):
        if isinstance(node, Chain):
            drawn = (item for r, item in zip(node.relations, node.items[1:], strict=True) if r.sign == "∼")
            yield from (call for item in drawn for call in _call(item))
        elif isinstance(node, Bar):
            yield from (c for side in (node.left, node.right) for c in _call(side))
        elif isinstance(node, Call) and (found := normal_call(node)) is not None and found[0] is not None:
            yield node


def _call(node: Node) -> Iterator[Call]:
    while isinstance(node, Group | Styled):
        node = node.body
    if isinstance(node, Call):
        yield node


def _settled(call: Call, spread: Spread, called: Called) -> Call | None:
    found = None if is_settled(call) else normal_call(call)
    if found is None or not isinstance(call.fence, Fence) or call.fence.body is None:
        return None
    last = found[1]
    if identity_factor(last) is not None:
        return None
    fence = replace(call.fence, variance=True)
    if is_variance(last) or (called(last) or spread) is Spread.VARIANCE or key(last) in ("0", "1"):
        return replace(call, fence=fence)
    return replace(call, fence=replace(fence, body=_with_last(call.fence.body, squared(last))))


def squared(node: Node) -> Script:
    """A square that isn't written."""
    two, bare = Num(node.end, node.end, "2"), node
    while isinstance(bare, Group):
        bare = bare.body
    if isinstance(bare, Script) and is_name(bare) and bare.sup is None:
        return replace(bare, sup=two, unwritten=True)
    base = bare if isinstance(bare, Sym | Fence) else Fence(node.start, node.end, "(", bare, ")")
    return Script(node.start, node.end, base, None, two, unwritten=True)


def is_variance(node: Node) -> bool:
    """Whether a parameter is visibly a variance: σ², 2², (s/2)², σ²/n, a² + b², τ^{-1}."""
    while isinstance(node, Group | Styled):
        node = node.body
    match node:
        case Script(sup=sup):
            return sup is not None and _is_even(sup)
        case Frac(top=top, bottom=bottom):
            return is_variance(top) or is_variance(bottom)
        case Terms(items=items) | Factors(items=items):
            return any(map(is_variance, items))
        case Fence(open="(" | "[", body=body) if body is not None:
            return is_variance(body)
    return False


def mixes_spreads(*sides: Node) -> bool:
    """Whether one normal law has s² for its variance, and another one s: no convention makes both right."""
    lasts = [found[1] for side in sides for n in walk(side) if (found := normal_call(n)) is not None]
    squares = {name for last in lasts for name in _squared_in(last)}
    return any(key(n) in squares for last in lasts if not is_variance(last) for n in walk(last) if is_name(n))


def _squared_in(spread: Node) -> Iterator[str]:
    """The names of which a variance has the square as a factor: s of s²/n."""
    match spread:
        case Script(base=base, sub=sub, sup=Num(text="2")):
            yield key(base if sub is None else replace(spread, sup=None))
        case Frac(top=top):
            yield from _squared_in(top)
        case Factors(items=items):
            for item in items:
                yield from _squared_in(item)
        case Group(body=body) | Styled(body=body):
            yield from _squared_in(body)


def _is_even(sup: Node) -> bool:
    while isinstance(sup, Group):
        sup = sup.body
    if isinstance(sup, Terms) and len(sup.items) == 1 and sup.signs[0] in ("-", "−"):
        return isinstance(sup.items[0], Num) and sup.items[0].text in ("1", "2")
    return isinstance(sup, Num) and sup.text == "2"


def _with_last(body: Node, last: Node) -> Node:
    if isinstance(body, Bar):
        return replace(body, right=_with_last(body.right, last))
    return replace(body, items=(*body.items[:-1], last)) if isinstance(body, Phrase) else last


def called_in(near: str, everywhere: str) -> Called:
    """What a text calls a parameter: the words near a law, else what all of the text calls its name."""
    beside, told = _roles(near), _roles(everywhere)
    precise = {found["name"].replace(" ", "") for found in _PRECISE.finditer(everywhere)}

    def called(node: Node) -> Spread | None:
        roles = beside.get(key(node)) or told.get(key(node)) if not isinstance(node, Num) else beside.get(node.text)
        if roles is not None and len(roles) == 1:
            return next(iter(roles))
        by_a_precision = any(key(n) in precise for n in walk(node) if is_name(n))
        return Spread.VARIANCE if by_a_precision and not is_name(node) else None

    return called


def _roles(text: str) -> Mapping[str, set[Spread]]:
    """What a text calls names and numbers: standard deviations, variances."""
    found: dict[str, set[Spread]] = {}
    for role, name, _ in roles_said(text):
        if role in _ROLES:
            found.setdefault(name, set()).add(_ROLES[role])
    for numbered in _NUMBERED.finditer(text):
        role = " ".join(numbered["role"].lower().split())
        found.setdefault(numbered["number"], set()).add(_ROLES[role])
    return found
