"""Events: comparisons, sets of outcomes joined by ∪ and ∩, complements; their probabilities and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.sentences import (
    Bound,
    Compare,
    Complement,
    Event,
    Every,
    Indicator,
    Occurs,
    Probability,
    Sentence,
    Some,
    Value,
    free_names,
    occurrence,
    parts,
)
from errata.reading.indicators import COMPLEMENTS, chains, condition
from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare, is_random, letter
from errata.reading.sentences.survey import is_set
from errata.reading.tree import Accent, Big, Chain, Fence, Logic, Node, Prefix, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

_COMPARISONS = ("=", "≠", "<", ">", "≤", "≥")
_UNION = ("\\cup", "∪", "\\lor", "\\vee", "∨")
_BOTH = ("\\cap", "∩", "\\land", "\\wedge", "∧")
_WITHOUT = ("\\setminus", "\\backslash", "∖")


def is_event(reader: Reader, node: Node, scope: Scope) -> bool:
    """Whether an argument of a law is an event and no variable at a value."""
    if is_set(node):
        return True
    if is_name(node):
        return reader.is_event(node) or _is_sure(node)
    if isinstance(node, Chain):
        name = bare(node.items[0])
        plain = len(node.items) == 2 and node.relations[0].sign == "=" and is_name(name)
        random = any(is_name(n) and is_random(n) and key(n) not in reader.sizes for n in walk(node.items[-1]))
        return not plain or random or reader.variable(name, scope) is None
    return not isinstance(node, Sym)


def event(reader: Reader, node: Node, scope: Scope) -> Event:
    """The event that a node stands for. Raises Unlowered."""
    node = bare(node)
    if isinstance(node, Fence) and node.body is not None and node.open in ("(", "[", "\\{"):
        return event(reader, node.body, scope)
    if isinstance(node, Chain):
        return _comparison(reader, node, scope)
    if isinstance(node, Terms):
        return _joined(reader, node.items, node.signs, scope)
    if isinstance(node, Logic):
        return _joined(reader, node.items, ("", *node.signs), scope)
    if isinstance(node, Accent) and node.kind in ("overline", "bar"):
        return Complement(event(reader, node.body, scope))
    if isinstance(node, Prefix) and isinstance(node.sign, Sym) and node.sign.name == "¬":
        return Complement(event(reader, node.operand, scope))
    if isinstance(node, Script) and node.sup is not None and _is_complement(node):
        base = node.base if node.sub is None else Script(node.start, node.end, node.base, node.sub, None)
        return Complement(event(reader, base, scope))
    if isinstance(node, Big):
        return _family(reader, node, scope)
    if _is_sure(node):
        return Every(())
    if is_name(node) and reader.variable(node, scope) is not None:
        return Occurs(str(reader.variable(node, scope)))
    raise Unlowered("an event that is not understood")


def probability(
    reader: Reader, law: str, head: Sequence[Node], given: Sequence[Node], scope: Scope
) -> Probability:  # fmt: skip
    """P(head | given) for events; a plain variable in a condition stands for the event that it has its value."""
    below = [_condition(reader, part, scope) for part in given]
    what = Every(tuple(_condition(reader, part, scope) for part in head))
    condition = Every(tuple(below)) if below else None
    over = over_event(reader, (what, *below), (*head, *given), scope)
    if free_names(what) and not free_names(what) & {bound.name for bound in over}:  # given all names, it is 0 or 1
        raise Unlowered("the probability of an event with nothing random in it")
    return Probability(law, what, over, condition)


def over_event(
    reader: Reader, happens: Sequence[Event], nodes: Sequence[Node], scope: Scope
) -> tuple[Bound, ...]:  # fmt: skip
    """The random names of events, each with its variable."""
    free = frozenset().union(*map(free_names, happens))
    over: dict[str, Bound] = {}
    for part in (p for e in happens for p in parts(e)):
        if isinstance(part, Occurs):
            over[occurrence(part.variable)] = Bound(occurrence(part.variable), part.variable)
        if isinstance(part, Value) and part.name.endswith("°"):
            over[part.name] = Bound(part.name, part.name[:-1])
    for node in nodes:
        for n in walk(node):
            if is_name(n) and (is_random(n) or key(n) in reader.survey.random):
                name, variable = reader.indexed(n, scope), reader.variable(n, scope)
                if name in free and variable is not None:
                    over[name] = Bound(name, variable)
    if not over and any(not isinstance(p, Every) for e in happens for p in parts(e)):
        raise Unlowered("the probability of an event with nothing random in it")
    return tuple(over.values())


def indicator(reader: Reader, node: Node, scope: Scope) -> Sentence | None:
    """1[X ≥ a], 1_{X ≥ a}, I(X ≥ a), and 1_A where A is an event; None for what is no indicator."""
    asked = condition(node)
    if asked is None:
        return None
    found = chains(asked) or (asked,)
    return Indicator(event(reader, found[0], scope) if len(found) == 1 else Every(tuple(
        event(reader, chain, scope) for chain in found
    )))  # fmt: skip


def _condition(reader: Reader, node: Node, scope: Scope) -> Event:
    """An event, or the event that a plain variable has its value."""
    if not is_name(node) or is_set(node) or _is_sure(node) or reader.is_event(node):
        return event(reader, node, scope)
    variable = reader.variable(node, scope)
    if variable is None:
        raise Unlowered("a condition that is no event")
    return Compare(Value(f"{variable}°"), "=", Value(reader.indexed(node, scope)))


def _comparison(reader: Reader, node: Chain, scope: Scope) -> Event:
    out: list[Event] = []
    for i, relation in enumerate(node.relations):
        if relation.sign not in _COMPARISONS:
            raise Unlowered(f"the event with {relation.sign}")
        left, right = (_side(reader, n, scope) for n in node.items[i : i + 2])
        if relation.sign in ("=", "≠"):
            _same_kind(reader, left, right)
        out.append(Compare(left, relation.sign, right))
    return out[0] if len(out) == 1 else Every(tuple(out))


def _same_kind(reader: Reader, left: Sentence, right: Sentence) -> None:
    """Both sides of an equation between values must be able to meet. Raises Unlowered."""
    if isinstance(right, Value) and reader.name_of(right.name) is not None and not isinstance(left, Value):
        left, right = right, left
    variable = reader.name_of(left.name) if isinstance(left, Value) else None
    if variable is None:
        raise Unlowered("an event that says that two expressions are equal")
    reader.at(variable, right)
    reader.counted.add(variable)


def _side(reader: Reader, node: Node, scope: Scope) -> Sentence:
    return reader.value(node, scope) if is_name(node) and is_random(node) else reader.of(node, scope)


def _joined(reader: Reader, items: Sequence[Node], signs: Sequence[str], scope: Scope) -> Event:
    if signs and signs[0]:
        raise Unlowered("a sign before an event")
    happens = [event(reader, i, scope) for i in items]
    signs = signs[1:]
    if len(items) == 2 and signs[0] in _WITHOUT:
        return Every((happens[0], Complement(happens[1])))
    if all(s in _UNION for s in signs):
        return Some(tuple(happens))
    if all(s in _BOTH for s in signs):
        return Every(tuple(happens))
    raise Unlowered("events joined in more than one way")


def _is_sure(node: Node) -> bool:
    """Ω: what always happens."""
    return isinstance(node, Sym) and node.name == "Ω"


def _is_complement(node: Script) -> bool:
    sup = bare(node.sup) if node.sup is not None else None
    return isinstance(sup, Sym) and sup.name in COMPLEMENTS


def _family(reader: Reader, node: Big, scope: Scope) -> Event:
    from errata.reading.sentences.totals import written_out

    name = letter(node.head)[0]
    if name not in ("⋃", "⋂") or node.body is None:
        raise Unlowered("a family of events that is not understood")
    happens = tuple(event(reader, node.body, inner) for inner in written_out(reader, node, scope))
    return Some(happens) if name == "⋃" else Every(happens)
