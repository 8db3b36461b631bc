"""What a relation of slopes is about: its densities as the document states them, its points, what its names may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from claims.records import Record, replace
from errata.checking.coordinates.bodies import is_bold
from errata.checking.kinds import INDEX_LETTERS
from errata.checking.scores.averages import average_in
from errata.checking.scores.fields import TIMES
from errata.checking.scores.operators import Kind, Slope, narrowed, slope_in, slope_of_factors
from errata.checking.scores.stated import Applied, Density, applied, base_letter, is_density
from errata.checking.scores.world import TIME, Plan, Sort
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, is_power, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Accent,
    Call,
    Factors,
    Fence,
    Frac,
    Function,
    Node,
    Phrase,
    Prefix,
    Script,
    Styled,
    Sym,
    children,
    walk,
)

MOST_SORTS = 128
FUNCTIONS = frozenset({Sort.FIELD, Sort.FUNCTION})
_NO_NAMES = frozenset({"∇", "∇·", "∂", "Δ", "e", "π", "log", "ln", "exp", "tr", "Tr", "trace", "div", "d"})
_FIELDS = frozenset({"f", "v", "u", "b", "s", "F", "J", "h", "V", "U", "φ", "ψ"})
"""Letters of functions, which notes write without their arguments."""
_MATRICES = frozenset({"Σ", "Λ", "S", "P", "Q", "K", "C", "R", "A", "B", "M", "W", "H", "Ω", "Ψ", "Γ"})


class Setting(Record):
    """A relation with what its document says of its densities and names."""

    left: Node
    right: Node
    densities: tuple[Density, ...]
    bodies: Mapping[str, Node]
    moved: Mapping[str, Node]
    """Points that are given in terms of others: x_t = a x_0 + b ε."""
    points: tuple[str, ...]
    """The points of its densities and what is derived by; the first one is meant where none is written."""
    bold: frozenset[str]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything that is evaluated."""
        stated = (n for d in self.densities for n in (d.normal or (d.body,)))
        return (self.left, self.right, *stated, *self.bodies.values(), *self.moved.values())

    @property
    def averages(self) -> bool:
        """Whether a mean stands in the relation."""
        calls = (n for side in (self.left, self.right) for n in walk(side) if isinstance(n, Call))
        return any(average_in(call) is not None for call in calls)


def slopes_in(node: Node) -> Iterator[Slope]:
    """Every derivative in a node."""
    for n in walk(node):
        found = slope_in(n)
        if found is not None:
            yield found
        if isinstance(n, Factors):
            yield from (s[0] for i in range(len(n.items)) if (s := slope_of_factors(n, i)) is not None)


def densities_of(*nodes: Node) -> Iterator[Applied]:
    """Every density that is taken somewhere in nodes."""
    yield from (a for node in nodes for n in walk(node) if (a := applied(n)) is not None)


def is_about_slopes(pair: Pair) -> bool:
    """Whether a density, or an expression with one, is derived in a relation."""
    slopes = [s for side in (pair.left, pair.right) for s in slopes_in(side)]
    by = {key(s.variable) for s in slopes if s.variable is not None}
    names = (n for s in slopes for n in walk(s.operand) if isinstance(n, Sym | Script) and key(n) not in by)
    if not any(is_density(n) for n in names):
        return False
    return all(s.variable is None or _is_point(s.variable, pair) for s in slopes)


def _is_point(variable: Node, pair: Pair) -> bool:
    """Whether a density of a relation is taken at a name, or bare ones may be: no parameter, as the θ of p_θ is, nor an
    index, as the i of ∇_i p."""
    if key(variable) == TIME:
        return True
    sides = (pair.left, pair.right)
    taken = {name for a in densities_of(*sides) for name in a.names}
    heads = [n for side in sides for n in walk(side) if isinstance(n, Script) and is_density(n) and n.sub is not None]
    inside = {key(n) for head in heads if head.sub is not None for n in walk(head.sub)}
    return key(variable) in taken if taken else key(variable) not in inside | INDEX_LETTERS


def points_of(pair: Pair) -> tuple[str, ...]:
    """The points that something is derived by, then those of densities."""
    sides = (pair.left, pair.right)
    by = [key(s.variable) for side in sides for s in slopes_in(side) if s.variable is not None]
    taken = [name for a in densities_of(*sides) for name in map(key, (*a.points, *a.given))]
    found = tuple(dict.fromkeys(n for n in (*by, *taken) if n not in TIMES))
    return found or ("x",)


def setting_of(
    pair: Pair, densities: tuple[Density, ...], bodies: Mapping[str, Node], moved: Mapping[str, Node]
) -> Setting:
    """A relation with what is known of its names."""
    points = points_of(pair)
    setting = Setting(pair.left, pair.right, densities, bodies, moved, points, frozenset())
    bold = frozenset(key(n) for node in setting.nodes for n in names_in(node) if is_bold(n))
    return replace(setting, bold=bold)


def names_in(node: Node) -> Iterator[Node]:
    """The names in a node that stand for values; heads of calls, operators and densities are none."""
    if isinstance(node, Script) and node.sup is not None and (is_power(node.sup) or is_transpose(node.sup)):
        yield from names_in(node.base if node.sub is None else replace(node, sup=None))
        yield from names_in(node.sup) if is_power(node.sup) else ()
        return
    if is_name(node):
        if base_letter(node) not in _NO_NAMES and not is_density(node):
            yield node
        return
    below = children(node)
    if isinstance(node, Call):
        below = (node.fence,) if _is_function(node) or is_density(node.head) else (node.head, node.fence)
        average = average_in(node)
        below = below if average is None else (average.body, average.density)
    elif isinstance(node, Function):
        below = (node.argument,)
    elif isinstance(node, Prefix):
        below = (node.operand,)
    elif isinstance(node, Frac) and (slope := slope_in(node)) is not None:
        below = (slope.operand,)
    elif isinstance(node, Fence):
        below = () if node.body is None else (node.body,)
    for child in below:
        yield from names_in(child)


def _is_function(node: Call) -> bool:
    """Whether a call applies a function: several arguments, or one that is a bare name."""
    body = node.fence.body if isinstance(node.fence, Fence) else None
    if operator_parts(node.head)[0] in _NO_NAMES or is_density(node.head):
        return True
    return body is not None and is_name(node.head) and (isinstance(body, Phrase) or is_name(body))


def functions_in(node: Node) -> Iterator[Node]:
    """The heads of the functions in a node that are applied to something; densities are none."""
    for n in walk(node):
        named = isinstance(n, Call) and operator_parts(n.head)[0] not in _NO_NAMES and not is_density(n.head)
        if named and isinstance(n, Call) and _is_function(n):
            yield n.head


def plans(setting: Setting, dim: int) -> Iterator[Plan]:
    """The ways to take the names of a relation in a dimension, those with the fewest vectors first."""
    names, functions = _options(setting), _options_of_functions(setting)
    options = [*names.values(), *functions.values()]
    choices = list(islice(product(*options), MOST_SORTS + 1))
    if len(choices) > MOST_SORTS:
        return
    choices.sort(key=lambda c: sum(s is not Sort.NUMBER for s in c))
    twice = any(s.kind is Kind.SECOND for node in setting.nodes for s in slopes_in(node))
    loose = any(narrowed(n) is not n for node in (setting.left, setting.right) for n in walk(node))
    order, along = order_of(setting.left, setting.right), _along(setting)
    for choice in choices if dim else _in_plain_numbers(choices):
        of_names = dict(zip(names, choice, strict=False))
        of_functions = dict(zip(functions, choice[len(names) :], strict=True))
        for summed in (False, True) if twice and dim else (False,):
            for tight in (False, True) if loose else (False,):
                yield Plan(
                    dim, order, of_names, of_functions, setting.points, along, setting.densities, setting.bodies,
                    setting.moved, summed, tight,
                )  # fmt: skip


def order_of(*nodes: Node) -> int:
    """How many derivatives stand in each other."""
    return max((_order_of(node) for node in nodes), default=0)


def _order_of(node: Node) -> int:
    own = slope_in(node)
    more = 0 if own is None else own.order * (2 if own.kind in (Kind.SECOND, Kind.LAPLACIAN) else 1)
    inside = max((_order_of(child) for child in children(node)), default=0)
    if isinstance(node, Factors):
        found = [s[0] for i in range(len(node.items)) if (s := slope_of_factors(node, i)) is not None]
        inside += max((s.order * (2 if s.kind is Kind.LAPLACIAN else 1) for s in found), default=0)
    return more + inside


def _along(setting: Setting) -> tuple[str, ...]:
    """The names that something is derived by, a time as the one that densities move with."""
    slopes = [s for node in setting.nodes for s in slopes_in(node)]
    bare = any(s.variable is None for s in slopes)
    names = [setting.points[0]] if bare else []
    return tuple(dict.fromkeys([*names, *(key(s.variable) for s in slopes if s.variable is not None)]))


def _in_plain_numbers(choices: Sequence[tuple[Sort, ...]]) -> list[tuple[Sort, ...]]:
    """The choices that differ in which names are functions, as numbers, vectors and matrices are all numbers there."""
    seen: dict[tuple[bool, ...], tuple[Sort, ...]] = {}
    for choice in choices:
        seen.setdefault(tuple(s in FUNCTIONS for s in choice), choice)
    return list(seen.values())


def _options(setting: Setting) -> dict[str, tuple[Sort, ...]]:
    """What each name may stand for."""
    out: dict[str, tuple[Sort, ...]] = {point: (Sort.VECTOR,) for point in setting.points[:1]}
    for node in setting.nodes:
        for name in names_in(node):
            if key(name) not in setting.bodies and not _is_unit(name):
                out.setdefault(key(name), _sorts(name, setting))
    return out


def _options_of_functions(setting: Setting) -> dict[str, tuple[Sort, ...]]:
    """What the values of each name that is applied may be."""
    heads = {key(head): head for node in setting.nodes for head in functions_in(node)}
    return {
        name: (Sort.FIELD,) if is_bold(head) else (Sort.FUNCTION, Sort.FIELD) for name, head in sorted(heads.items())
    }


def _is_unit(name: Node) -> bool:
    return base_letter(name) in ("I", "d", "D") and not isinstance(name, Accent)


def _sorts(name: Node, setting: Setting) -> tuple[Sort, ...]:
    letter = base_letter(name)
    if key(name) in setting.points:
        return (Sort.VECTOR,) if key(name) == setting.points[0] or is_bold(name) else (Sort.VECTOR, Sort.NUMBER)
    if key(name) in TIMES:
        return (Sort.NUMBER,)
    if is_bold(name):
        return (Sort.MATRIX,) if letter.isupper() else (Sort.VECTOR,)
    if letter in _FIELDS and isinstance(name, Sym | Styled):
        return (Sort.FIELD, Sort.FUNCTION, Sort.NUMBER)
    if letter in _MATRICES:
        return (Sort.MATRIX, Sort.NUMBER)
    same = any(base_letter_of(p) == letter for p in setting.points)
    return (Sort.VECTOR, Sort.NUMBER) if same else (Sort.NUMBER, Sort.VECTOR)


def base_letter_of(name: str) -> str:
    """The letter of the key of a name."""
    return name.partition("_")[0]
