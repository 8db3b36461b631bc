"""What a relation says of a normal chain, part by part: each factor and variance is held against what the chain makes
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.evidence import Evidence
from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found
from errata.checking.context import At, State, span_of
from errata.checking.families.chains.defined_families import filled
from errata.checking.families.chains.equality import holds, judged
from errata.checking.families.chains.forward import Forward
from errata.checking.families.ruling import Ruling
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Call, Group, Node, Num, Script

RULE = "E316"


class Part(Record):
    """What a part of a relation is called, what the chain makes it, and what is said."""

    name: str
    made: Node
    said: Node


def ruled(
    state: State,
    at: At,
    pair: Pair,
    parts: Sequence[Part],
    chain: Forward,
    given: str,
    may_refute: bool,
    told: tuple[str, ...] = (),
) -> Ruling | None:
    """The support for a relation all of whose parts hold, and the refutation of one with a part that fails; None where
    neither can be told."""
    where = (chain.said, *told)
    found: list[Found | None] = []
    for part in parts:
        found.append(judged(state, part.made, part.said))
        if found[-1] is None:
            break
    if len(found) == len(parts) and all(map(holds, found)):
        by = tuple(e for f in found if f is not None for e in _evidence(f))
        return Ruling(Supported(by, given), where)
    if not may_refute or not _of_the_same(parts) or chain.is_left_behind(state, at):
        return None
    for part, one in zip(parts, found, strict=False):
        if one is None or not one.known or not isinstance(one.verdict, Refuted):
            continue
        if _begins_anywhere(one.verdict):
            continue
        message = f"{given} the {part.name} is another one: {_values(one.verdict)}"
        focus = span_of(at.formula, pair.right.start, pair.right.end)
        return Ruling(replace(one.verdict, repair=None), where, RULE, message, focus)
    return None


def factors_in(state: State, side: Node, names: Sequence[Node]) -> list[Node] | None:
    """What each of some names is multiplied by in an expression that is a sum of multiples of them; None for any
    other one."""
    alone = [_put_in(side, {key(name): Num(0, 0, "1" if name is one else "0") for name in names}) for one in names]
    numbers = {key(name): Num(0, 0, str(n)) for n, name in enumerate(names, 2)}
    summed = " + ".join(rf"{n} {chr(ord('A') + i)}" for i, n in enumerate(range(2, 2 + len(names))))
    whole = filled(summed, **{chr(ord("A") + i): one for i, one in enumerate(alone)})
    return alone if holds(judged(state, whole, _put_in(side, numbers))) else None


def _put_in(side: Node, values: dict[str, Num]) -> Node:
    def value(n: Node) -> Node | None:
        return values.get(key(n)) if is_name(n) else None

    return rebuilt(side, value)


def names_in(side: Node, wanted: Callable[[Node], bool]) -> list[Node]:
    """The names of a kind in an expression, in order; those of functions are left out."""
    found: dict[str, Node] = {}

    def look(n: Node) -> Node | None:
        if is_name(n):
            if wanted(n):
                found.setdefault(key(n), n)
            return n
        return Group(n.start, n.end, rebuilt(n.fence, look)) if isinstance(n, Call) and is_name(n.head) else None

    rebuilt(side, look)
    return list(found.values())


def _evidence(found: Found) -> tuple[Evidence, ...]:
    return tuple(found.verdict.by) if isinstance(found.verdict, Supported | Proved) else ()


def _values(verdict: Refuted) -> str:
    by = verdict.by
    shown = ", ".join(f"{name} = {value}" for name, value in by.witness)
    return (
        f"at {shown} it is {by.left}, and what is said comes to {by.right}" if shown else f"{by.left}, not {by.right}"
    )


def _of_the_same(parts: Sequence[Part]) -> bool:
    """Whether what is said has no other letters than what the chain makes it: what isn't defined may be anything, and
    another chain may be meant."""
    made = {letter for part in parts for letter in _letters(part.made)}
    return all(_letters(part.said) <= made for part in parts)


def _letters(side: Node) -> set[str]:
    """The letters of an expression but for those that count."""
    found: set[str] = set()

    def look(n: Node) -> Node | None:
        if isinstance(n, Script) and n.sub is not None and is_name(n.base):
            found.add(key(n.base))
            return n if n.sup is None else rebuilt(n.sup, look)
        if isinstance(n, Big):
            return n if n.body is None else rebuilt(n.body, look)
        if is_name(n):
            found.add(key(n))
            return n
        return None

    rebuilt(side, look)
    return found


def _begins_anywhere(verdict: Refuted) -> bool:
    """Whether a number with the index 0 stands in it, which may be none at all: σ_0 where a chain begins."""
    return any(name.endswith("[0]") for name, _ in verdict.by.witness)
