"""How a joint law factorises, as an assumption of a model: q(z_{1:T} | x) = q(z_1 | x) × … × q(z_T | z_{T−1}).

Every variable of the left side is drawn once on the right one, each member of a family from what its factor names. That
is no claim, as an identity of all laws is (the chain rule): it says which law is meant. Where a variable is drawn
nowhere, or something is drawn that the left side doesn't have, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from errata.checking.coordinates.bodies import listed
from errata.checking.kinds import is_law_of
from errata.checking.scores.stated import base_letter
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Dots,
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

_LAWS = frozenset({"p", "q", "P", "Q", "Pr", "π", "ρ"})
SOME = 5
"""How many members a family has that is as long as a name says."""
_IDENTITY = re.compile(r"\b(?:chain rule|product rule|always|any (?:law|distribution|density)|in general)\b", re.I)
"""Words before a factorisation that is meant to hold of all laws."""


def gives_factors(pair: Pair, prose: str) -> bool:
    """Whether a relation says how a joint law factorises over the members of its variables, or that a member depends on
    some of the earlier ones only."""
    if pair.position or pair.relation.sign not in ("=", "≡") or _IDENTITY.search(prose):
        return False
    joint = _density(pair.left)
    if joint is None:
        return False
    return _factorises(pair, joint) or _forgets(pair, joint)


def _factorises(pair: Pair, joint: tuple[Node, Node | None]) -> bool:
    if not any(isinstance(n, Dots) or _is_product(n) for n in walk(pair.right)):
        return False
    factors = list(_factors(pair.right))
    if len(factors) < 1 or any(f is None for f in factors):
        return False
    drawn = [name for f in factors if f is not None for name in _names(f[0])]
    wanted = {_letter(name) for name in _names(joint[0])}
    given = {_letter(name) for name in _names(joint[1])}
    known = {_letter(name) for f in factors if f is not None for name in _names(f[1])}
    if any(_is_range(n) and _letter(n) in wanted for f in factors if f is not None for n in _names(f[1])):
        return False  # all members before it: the chain rule
    once = len({key(name) for name in drawn}) == len(drawn) and _covers(joint[0], pair.right)
    return once and {_letter(name) for name in drawn} == wanted and known <= wanted | given


def _covers(joint: Node, product: Node) -> bool:
    """Whether the members that are drawn are those of the joint law, each once, for a family of a few; True where the
    left side names the family as a whole."""
    wanted: dict[str, set[int]] = {}
    for name, number in _counted(listed(joint), {}):
        wanted.setdefault(name, set()).add(number)
    drawn = list(_drawn(product, {}))
    return all(sorted(n for letter, n in drawn if letter == name) == sorted(many) for name, many in wanted.items())


def _drawn(node: Node, at: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The members that the factors of a product draw."""
    match node:
        case Group(body=body) | Fence(body=body) if body is not None:
            yield from _drawn(body, at)
        case Factors(items=items):
            if any(isinstance(i, Dots) for i in items):
                yield from _counted(_targets(items), at)
                return
            for item in items:
                yield from _drawn(item, at)
        case Big(body=body, head=Script(sub=sub, sup=sup)) if body is not None:
            for index, number in _values(sub, sup):
                yield from _drawn(body, {**at, index: number})
        case Call() if (density := _density(node)) is not None:
            yield from _counted(listed(density[0]), at)


def _targets(items: Sequence[Node]) -> list[Node]:
    """What the factors of a product with dots draw; before one of another family, where the dots lead to: to z_1 in
    p(z_T) p(z_{T−1} | z_T) ⋯ p(x | z_1)."""
    out: list[Node] = []
    for item in items:
        density = _density(item)
        if density is not None and len(out) > 1 and isinstance(out[-1], Dots) and is_name(density[0]):
            family = _letter(out[-2])
            if _letter(density[0]) != family:
                out += [n for n in _names(density[1]) if _letter(n) == family]
        out += [item] if isinstance(item, Dots) else [] if density is None else [density[0]]
    return out


def _values(sub: Node | None, sup: Node | None) -> Iterator[tuple[str, int]]:
    """The values of an index from its first to its last, all names of lengths standing for a few."""
    sub = sub.body if isinstance(sub, Group) else sub
    if isinstance(sub, Chain) and [r.sign for r in sub.relations] == ["="]:
        low, high = _number(sub.items[1], {}), _number(sup, {})
        if low is not None and high is not None:
            yield from ((key(sub.items[0]), n) for n in range(low, high + 1))
    elif sub is not None and is_name(sub):
        yield from ((key(sub), n) for n in range(1, SOME + 1))


def _counted(items: Sequence[Node], at: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The members in a list, those that dots stand for included; a name without a number is none."""
    last: tuple[str, int] | None = None
    dots = False
    for item in items:
        if isinstance(item, Dots):
            dots = True
            continue
        for name, number in _members(item, at):
            if dots and last is not None and last[0] == name:
                step = 1 if number > last[1] else -1
                yield from ((name, n) for n in range(last[1] + step, number, step))
            dots, last = False, (name, number)
            yield last


def _members(name: Node, at: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """x_3 by its number, x_{1:T} by all of them."""
    if not isinstance(name, Script) or (name.sub is None and name.sup is None):
        return
    sub = name.sub if name.sub is not None else name.sup
    while isinstance(sub, Group | Fence) and sub.body is not None:
        sub = sub.body
    if isinstance(sub, Bar):
        low, high = _number(sub.left, at), _number(sub.right, at)
        if low is not None and high is not None:
            yield from ((_letter(name), n) for n in range(low, high + 1))
    elif (number := _number(sub, at)) is not None:
        yield _letter(name), number


def _number(node: Node | None, at: Mapping[str, int]) -> int | None:
    """The number that an index or a limit stands for: T − 1 is one less than a few."""
    match node:
        case Group(body=body):
            return _number(body, at)
        case Num(text=text):
            return int(text) if text.isdigit() else None
        case Terms(signs=signs, items=items):
            numbers = [_number(i, at) for i in items]
            return sum((n or 0) * (-1 if s == "-" else 1) for s, n in zip(signs, numbers, strict=True))
        case Sym():
            return at.get(key(node), SOME)
    return None


def _forgets(pair: Pair, left: tuple[Node, Node | None]) -> bool:
    """P(X_i | X_1, …, X_{i−1}) = P(X_i | X_{i−1}): fewer conditions of those that dots stand among."""
    right = _density(pair.right)
    if right is None or left[1] is None or not any(isinstance(n, Dots) for n in walk(left[1])):
        return False
    kept, there = ({key(n) for n in _names(given)} for given in (right[1], left[1]))
    return key(left[0]) == key(right[0]) and kept < there


def _factors(node: Node) -> Iterator[tuple[Node, Node | None] | None]:
    """What each factor of a product draws and from what; None for a factor that is no density."""
    match node:
        case Group(body=body):
            yield from _factors(body)
        case Fence(body=body) if body is not None:
            yield from _factors(body)
        case Factors(signs=signs, items=items):
            if any(sign not in ("", r"\times", r"\cdot", "×", "·") for sign in signs):
                yield None
            for item in items:
                if not isinstance(item, Dots):
                    yield from _factors(item)
        case Big(body=body) if body is not None and _is_product(node):
            yield from _factors(body)
        case _:
            yield _density(node)


def _is_product(node: Node) -> bool:
    head = node.head.base if isinstance(node, Big) and isinstance(node.head, Script) else None
    return isinstance(head, Sym) and head.name == "∏"


def _density(node: Node) -> tuple[Node, Node | None] | None:
    """What a density is of, and what it is given."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    if not is_law_of(node.head, _LAWS):
        return None
    body = _before_parameters(node.fence.body)
    parts = (body.left, _before_parameters(body.right)) if isinstance(body, Bar) else (body, None)
    return parts if all(is_name(n) or isinstance(n, Dots) for n in listed(parts[0])) else None


def _before_parameters(body: Node) -> Node:
    """What stands before a semicolon."""
    if not isinstance(body, Phrase) or ";" not in body.separators:
        return body
    at = body.separators.index(";") + 1
    if at == 1:
        return body.items[0]
    return Phrase(body.start, body.end, body.items[:at], (*body.separators[: at - 1], ""))


def _names(node: Node | None) -> list[Node]:
    """The names in a list, the first and the last one where dots stand for the others."""
    return [] if node is None else [n for n in listed(node) if is_name(n)]


def _is_range(node: Node) -> bool:
    """Whether a name is that of several members: x_{1:t−1}, x_{<t}."""
    sub = node.sub.body if isinstance(node, Script) and isinstance(node.sub, Group | Fence) else None
    return isinstance(sub, Bar | Chain)


def _letter(node: Node) -> str:
    """The letter of a family: that of the list X is that of its members x_i."""
    while isinstance(node, Script | Group):
        node = node.base if isinstance(node, Script) else node.body
    return base_letter(node).lower()
