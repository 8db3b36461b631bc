"""What stands for what in a change of variables: the two densities, their points, and the maps between these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.records import Record, replace
from errata.checking.coordinates.bodies import is_bold, letter_of, listed
from errata.checking.coordinates.slopes import slope_of
from errata.checking.kinds import is_law_of
from errata.reading.calculus import bare_operator
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, is_power, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Lines,
    Node,
    Script,
    Styled,
    Sym,
    walk,
)

LAWS = frozenset({"p", "q", "ρ", "π"})
_JACOBIAN = frozenset({"J", "D"})
_THEN = frozenset({"∘", r"\circ"})
"""Signs between maps that are applied one after the other."""
REACH = 40
"""Formulas around a relation in which the direction of its maps is looked for."""


class Roles(Record):
    """What stands for what: the densities, the points they are taken at, and the maps between these."""

    after: str
    """The density on the left, with its point."""
    before: str
    end: str
    """The letter of the point that the left density is taken at; ``start`` that of the other point, if it has one."""
    end_key: str
    """How the point of the left density is written."""
    start: str | None
    start_index: str | None
    maps: tuple[str, ...]
    known: Mapping[str, bool]
    """For each map whose direction the formula itself gives, whether it goes back."""
    many: bool
    """Whether it is about vectors."""
    limits: tuple[str, ...]
    """The numbers of maps, as limits of sums say."""


class _Densities(Record):
    """The density on the left and the one on the right, each with the point that it is taken at."""

    after: Call
    end: Node
    before: Call
    other: Node


def roles_of(pair: Pair, told: bool = False) -> Roles | None:
    """The roles in a relation; None where it is no change of variables. ``told`` says that the text calls it one, so
    that the Jacobian may be what is missing."""
    found = _densities(pair)
    if found is None or not (_has_jacobian(pair.right) or (told and not is_name(found.other))):
        return None
    end = bare(found.end)
    start = bare(found.other) if is_name(found.other) else None
    index = index_in(found.other)
    if start == end and index == index_in(found.end):
        if key(found.after.head) == key(found.before.head):
            return None
        start = None
    known = _directions(pair.right, found, end, start)
    if known is None:
        return None
    maps = tuple(dict.fromkeys([*known, *(name for name, _, _ in _maps_in(pair.right, end, start))]))
    many = any(is_bold(n) for n in walk(pair.left) if isinstance(n, Sym)) or _speaks_of_vectors(pair.right)
    after, before = key(found.after), key(found.before)
    return Roles(after, before, end, key(found.end), start, index, maps, known, many, _limits(pair.right))


def _densities(pair: Pair) -> _Densities | None:
    """The densities of a relation: one on the left, itself or its logarithm, and one on the right."""
    left = plain(pair.left)
    if isinstance(left, Function) and operator_parts(left.head)[0] in ("log", "ln"):
        left = left.argument
    right = [n for n in walk(pair.right) if isinstance(n, Call) and _is_density(n)]
    if not isinstance(left, Call) or not _is_density(left) or len({key(n) for n in right}) != 1:
        return None
    end, other = point_of(left), point_of(right[0])
    if end is None or other is None or not is_name(end) or key(other) in _matrices(pair.right):
        return None
    return _Densities(left, end, right[0], other)


def _matrices(right: Node) -> set[str]:
    """What determinants are of, which is no point."""
    heads = (n for n in walk(right) if isinstance(n, Function) and operator_parts(n.head)[0] == "det")
    return {key(plain(n.argument)) for n in heads}


def _directions(right: Node, found: _Densities, end: str, start: str | None) -> dict[str, bool] | None:
    """For each map whose direction the formula gives, whether it goes back: by the point of the density, p(g(y)), or by
    what its Jacobian is taken at. None where these are no maps between the two points, or contradict each other."""
    known: dict[str, bool] = {}
    if not is_name(found.other):
        given = map_at(found.other)
        if given is None or given[1] is None or bare(given[1]) != end:
            return None
        known[given[0]] = not given[2]
    sure = frozenset(known)
    first = index_in(found.other)
    for name, at, inverse in _maps_in(right, end, start):
        point = None if at is None else bare(at)
        between = point == start and index_in(at or right) != first  # a point between the maps, at either end of one
        if point in (end, start) and start != end and name not in sure and not between:
            goes_back = (point == end) is not inverse
            if known.setdefault(name, goes_back) is not goes_back:
                return None
    return known


def _limits(node: Node) -> tuple[str, ...]:
    """The names up to which sums run."""
    heads = (n.head for n in walk(node) if isinstance(n, Big))
    return tuple(dict.fromkeys(key(h.sup) for h in heads if isinstance(h, Script) and isinstance(h.sup, Sym)))


def direction_in(name: str, roles: Roles, roots: Sequence[Lines], place: int) -> bool | None:
    """Whether a map goes back, by the formula itself or by what the document says: x = f(z), the nearest formula to a
    place counting first. None where neither tells."""
    if name in roles.known:
        return roles.known[name]
    near = range(max(0, place - REACH), min(len(roots), place + REACH))
    for left, call in _equations([roots[n] for n in sorted(near, key=lambda n: abs(n - place))]):
        given = map_at(call)
        if given is None or given[0] != name or not is_name(left):
            continue
        inside = {bare(n) for n in walk(call.fence) if isinstance(n, Sym | Script) and is_name(n)}
        to, inverse = bare(left), given[2]
        if to == roles.start == bare(point_of(call) or left) and _follows(left, call):
            return inverse
        if to == roles.end and roles.end not in inside:
            return inverse
        elif to == roles.start and roles.end in inside:
            return not inverse
    return None


def numbers_in(roles: Roles, roots: Sequence[Lines], place: int) -> bool:
    """Whether a formula near a place says which map leads to which point: z_1 = f_1(z_0), z_i = f_i(z_{i−1})."""
    for left, call in _equations(roots[max(0, place - REACH) : place + REACH]):
        point, head = point_of(call), call.head
        same = index_in(left) is not None and index_in(left) == index_in(head) and map_at(call) is not None
        if same and point is not None and bare(left) == roles.start == bare(point):
            return index_in(point) != index_in(left)
    return False


def _follows(left: Node, call: Call) -> bool:
    """Whether a point has a number one above that of the point that a map makes it of: z_i = f_i(z_{i−1})."""
    point = point_of(call)
    to, of = (index_in(n) if n is not None else None for n in (left, point))
    if to is None or of is None:
        return False
    return of.replace(" ", "") == f"{to}-1" or (to.isdigit() and of.isdigit() and int(of) + 1 == int(to))


def _equations(roots: Sequence[Lines]) -> Iterator[tuple[Node, Call]]:
    """The sides of every a = f(…) of the document, in a chain of whatever signs."""
    for chain in (n for root in roots for n in walk(root) if isinstance(n, Chain)):
        for left, relation, right in zip(chain.items, chain.relations, chain.items[1:], strict=False):
            call = _innermost(right)
            if relation.sign in ("=", ":=", "≡") and call is not None:
                yield left, call


def _innermost(node: Node) -> Call | None:
    """A call, or the one that maps of the same letter are applied to, one after the other: f_K ∘ … ∘ f_1(z)."""
    if isinstance(node, Factors) and len(node.items) == 2 and node.signs[1] == "":
        head, point = node.items
        inner = head.body if isinstance(head, Fence) else None
        if isinstance(inner, Factors) and isinstance(point, Fence) and set(inner.signs[1:]) <= _THEN:
            last = Call(inner.items[-1].start, point.end, inner.items[-1], point, True)
            node = replace(inner, items=(*inner.items[:-1], last))
    if isinstance(node, Factors) and set(node.signs[1:]) <= _THEN:
        *outer, node = node.items
        given = map_at(node) if isinstance(node, Call) else None
        maps = [map_at(n) for n in outer if not isinstance(n, Dots)]
        if given is None or any(m is None or (m[0], m[2]) != (given[0], given[2]) for m in maps):
            return None
    return node if isinstance(node, Call) else None


def plain(node: Node) -> Node:
    """A node without the braces around it."""
    while isinstance(node, Group):
        node = node.body
    return node


def _is_density(node: Call) -> bool:
    head = plain(node.head)
    of_variable = isinstance(head, Script) and bare(head) == "f" and (index_in(head) or "").isupper()
    return (is_law_of(head, LAWS) or of_variable) and point_of(node) is not None


def point_of(node: Node) -> Node | None:
    """The one argument of a call."""
    body = node.fence.body if isinstance(node, Call) and isinstance(node.fence, Fence) else None
    return None if body is None or len(listed(body)) != 1 else body


def bare(node: Node) -> str:
    """The letter of a name without its indices."""
    while isinstance(node, Script | Group | Styled):
        node = node.base if isinstance(node, Script) else node.body
    return letter_of(node) or key(node)


def index_in(node: Node) -> str | None:
    """The index of a name."""
    return key(node.sub) if isinstance(node, Script) and node.sub is not None else None


def map_at(node: Node) -> tuple[str, Node | None, bool] | None:
    """The letter of a map, the name that it is applied to, and whether it is the inverse that stands there."""
    head, point = (node.head, point_of(node)) if isinstance(node, Call) else (node, None)
    head = plain(head)
    inverse = False
    if isinstance(head, Script) and head.sup is not None and key(head.sup) == "-1":
        inverse = True
        head = head.base
    if isinstance(head, Script) and head.sup is not None and is_power(head.sup):
        return None
    letter = bare(head)
    named = isinstance(head, Sym | Script | Accent) and len(letter) == 1 and letter not in LAWS | _JACOBIAN
    return (letter, point, inverse) if named else None


def _maps_in(node: Node, end: str, start: str | None) -> Iterator[tuple[str, Node | None, bool]]:
    """Each map in a formula, the point that its Jacobian is taken at, and whether it is inverted."""
    for n in walk(node):
        slope, of = slope_of(n), jacobian_of(n)
        if slope is not None:
            given = map_at(slope[0])
            if given is not None and given[0] not in (end, start):
                yield given[0], slope[1], given[2]
        elif of is not None:
            given, at = map_at(of[0]), of[1]
            if given is not None:
                yield given[0], None if at is None or not is_name(at) else at, given[2]


def jacobian_of(node: Node) -> tuple[Node, Node | None] | None:
    """g and y of J_g(y); y is None in J_g."""
    head = node.head if isinstance(node, Call) else node
    if not isinstance(head, Script) or head.sub is None or head.sup is not None:
        return None
    if bare(head.base) not in _JACOBIAN:
        return None
    return head.sub, point_of(node)


def _has_jacobian(node: Node) -> bool:
    loose = (n for n in walk(node) if isinstance(n, Frac) and bare_operator(n) is not None)
    return any(slope_of(n) is not None or jacobian_of(n) is not None for n in walk(node)) or any(True for _ in loose)


def _speaks_of_vectors(node: Node) -> bool:
    return any(isinstance(n, Sym) and (n.name in ("det", "∂") or n.font == "bold") for n in walk(node))
