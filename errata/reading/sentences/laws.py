"""A law at its arguments: p(x), p(x | z), f_{X,Y}(x, y), F_X(x), P(X = x | Y = y), p(x; θ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.sentences import Bound, Compare, Density, Place, Probability, Sentence, Value
from errata.reading.names import is_name, key
from errata.reading.sentences import events, lists
from errata.reading.sentences.heads import NAMED_LAWS, Law, argument_of, bare, is_random, letter
from errata.reading.sentences.survey import law
from errata.reading.sentences.totals import whole
from errata.reading.tree import Bar, Call, Chain, Dots, Fence, Node, Phrase, Script, Sym, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

INDICES = frozenset("ijklmn")
"""Letters that name states: P(i, j) is the probability to go from one to the other."""


def density(reader: Reader, node: Call, scope: Scope) -> Sentence:
    """A law at its arguments, as a density or as the probability of an event. Raises Unlowered."""
    found = law(node.head, reader.survey)
    body = argument_of(node)
    if found is None or body is None or not isinstance(node.fence, Fence):
        raise Unlowered("a law without arguments")
    if found.variables:
        return _subscripted(reader, node, found, body, scope)
    left, right = (bare(body.left), bare(body.right)) if isinstance(body, Bar) else (bare(body), None)
    if isinstance(body, Bar) and (isinstance(left, Bar) or isinstance(right, Bar)):
        raise Unlowered("two bars in the bracket of a law")
    head, given = arguments(reader, left, scope), arguments(reader, right, scope)
    reader.note_parameters(found.key, node, body)
    if letter(node.head)[0] == "P" and not given and len(head) > 1 and all(map(_is_index, head)):
        raise Unlowered(f"{key(node)} may be an entry of a transition matrix")
    _check_apart((*head, *given), key(body).partition(";")[2].split(","))
    if any(events.is_event(reader, part, scope) for part in (*head, *given)):
        return events.probability(reader, reader.law_key(found.key), head, given, scope)
    counted = letter(node.head)[0] in NAMED_LAWS or any(isinstance(p, Chain) and is_random(p.items[0]) for p in head)
    at, below = (tuple(place(reader, p, scope, counted) for p in side) for side in (head, given))
    if not at:
        raise Unlowered("a law without arguments")
    if len({p.variable for p in (*at, *below)}) < len(at) + len(below):
        raise Unlowered("a variable that stands twice in a law")
    parameters = key(body).partition(";")[2].split(",")
    return Density(reader.law_key(found.key), at, (*below, *reader.moved(found.key, parameters)))


def _is_index(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in INDICES and not node.font


def place(reader: Reader, part: Node, scope: Scope, counted: bool = False) -> Place:
    """One argument of a law: a name, or a variable at a value."""
    name = bare(part.items[0]) if isinstance(part, Chain) else part
    variable = reader.variable(name, scope) if is_name(name) else None
    if variable is None:
        raise Unlowered("an argument of a law that is no variable")
    if not isinstance(part, Chain):
        return Place(variable, reader.value(name, scope))
    if counted and variable not in reader.integrated:  # ∫ P(Z = z) P(x | Z = z) dz has densities
        reader.counted.add(variable)
    value = part.items[1]
    return Place(
        variable, reader.at(variable, reader.value(value, scope) if is_name(value) else reader.of(value, scope))
    )


def arguments(reader: Reader, node: Node | None, scope: Scope) -> tuple[Node, ...]:
    """The arguments on one side of the bar; names after a semicolon only say which law it is."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Phrase) else (node,)
    separators = node.separators if isinstance(node, Phrase) else ("",)
    parts: list[Node] = []
    for i, (item, separator) in enumerate(zip(items, separators, strict=True)):
        if isinstance(item, Dots):
            if not 0 < i < len(items) - 1:
                raise Unlowered("dots at the end of a list")
            parts.extend(lists.between(reader, items[i - 1], items[i + 1], scope))
        elif i and isinstance(items[i - 1], Dots) and _is_empty(reader, items[i - 2], item, scope):
            pass
        else:
            inner = bare(item)
            several = lists.spread(reader, inner, scope)
            parts.extend([inner] if several is None else several)
        if separator.strip() == ";":
            _check_parameters(items[i + 1 :])
            break
        if separator.strip() not in (",", ""):
            raise Unlowered(f"the separator {separator} in the bracket of a law")
    return tuple(parts)


def _is_empty(reader: Reader, before: Node, last: Node, scope: Scope) -> bool:
    """Whether x_1, …, x_k ends at x_1 or before it."""
    before, last = bare(before), bare(last)
    if not isinstance(before, Script) or not isinstance(last, Script) or before.sub is None or last.sub is None:
        return False
    low, high = whole(reader, before.sub, scope), whole(reader, last.sub, scope)
    if low is not None and high is not None and high < low:
        raise Unlowered("a list with dots that is empty")
    return low is not None and low == high


def _check_apart(parts: Sequence[Node], parameters: Sequence[str]) -> None:
    """Raises Unlowered for P(X | Z; Z), where a parameter is an argument, and for P(a = a)."""
    for part in parts:
        name = part.items[0] if isinstance(part, Chain) else part
        if key(name) in parameters or (isinstance(part, Chain) and key(part.items[0]) == key(part.items[1])):
            raise Unlowered("an argument of a law that is its parameter or its own value")


def _check_parameters(nodes: Sequence[Node]) -> None:
    if not all(is_name(bare(n)) for n in nodes):
        raise Unlowered("parameters that are no names")


def _subscripted(reader: Reader, node: Call, found: Law, body: Node, scope: Scope) -> Sentence:
    """f_{X,Y}(x, y), where the subscript says which variables have these values."""
    sides = (body.left, body.right) if isinstance(body, Bar) else (body,)
    parts = [p for side in sides for p in arguments(reader, bare(side), scope)]
    if len(parts) != len(found.variables):
        raise Unlowered("a density with more or fewer arguments than variables")
    values = [reader.value(p, scope) if is_name(p) else reader.of(p, scope) for p in parts]
    if found.cumulative:
        if len(values) != 1:
            raise Unlowered("a joint distribution function")
        (variable,) = found.variables
        inner = f"{variable}°"
        event = Compare(Value(inner), "≤", values[0])
        return Probability(reader.law_key(found.key), event, (Bound(inner, variable),))
    places = tuple(Place(v, reader.at(v, x)) for v, x in zip(found.variables, values, strict=True))
    barred = isinstance(node.head, Script) and any(isinstance(n, Bar) for n in walk(node.head))
    if barred or isinstance(body, Bar):
        if not isinstance(body, Bar):
            raise Unlowered("a conditional density without a bar in its bracket")
        n = len(arguments(reader, bare(body.left), scope))
        return Density(reader.law_key(found.key), places[:n], places[n:])
    return Density(reader.law_key(found.key), places)


def law_name(reader: Reader, node: Node) -> str | None:
    """The key of the law that a bare name stands for."""
    node = bare(node)
    if not is_name(node) or key(node) in reader.survey.random:
        return None
    found = law(node, reader.survey)
    return None if found is None or found.variables else reader.law_key(found.key)
