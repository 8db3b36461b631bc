"""The least condition under which a refuted relation would hold, which its diagnostic tells.

It is looked for where a relation is refuted for good, and changes nothing of that: what is claimed says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.context import State
from errata.checking.judgement import Judged
from errata.checking.saving.matrices import saves_matrices
from errata.checking.saving.numbers import saves_numbers
from errata.reading.generic import whole_numbers
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Node, Num, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined

MOST_AGAIN = 6
"""Values of names with which a relation is judged again."""
AGAIN = frozenset({"coordinates", "images", "slopes", "fields", "optima"})
"""Routes of refutations that no points of names alone can tell of."""
DIMENSIONS = frozenset("d n m D N K k p".split())
FAULTS = (Unlowered, Undetermined, ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What a condition that makes no sense may raise, which is no reason to lose a finding."""
Again = Callable[[Pair], Judged]


def with_condition(state: State, pair: Pair, judged: Judged, again: Again) -> Judged:
    """A refuted relation with the condition under which it would hold, where there is one; ``again`` judges another
    relation that stands in its place."""
    verdict = judged.verdict
    if not isinstance(verdict, Refuted) or verdict.holds_if is not None or pair.relation.sign not in ("=", "≡"):
        return judged
    state.in_turn.append(judged)  # should the time be up, the finding stays
    try:
        said = _condition(state, pair, verdict.by.route, again)
    except FAULTS:
        said = None
    state.in_turn.pop()
    return judged if said is None else replace(judged, verdict=replace(verdict, holds_if=said))


def _condition(state: State, pair: Pair, route: str, again: Again) -> str | None:
    seed = state.options.seed
    if route == "matrices":
        return saves_matrices(pair, seed)
    if route == "points":
        return saves_numbers(pair, state.document.text, seed)
    if route in AGAIN:
        return next((says for says, put_in in islice(_values(pair), MOST_AGAIN) if _holds(pair, put_in, again)), None)
    return None


def _values(pair: Pair) -> Iterator[tuple[str, Mapping[str, int]]]:
    """One for each number of terms and dimension, free indices being one then, too; then one and zero for each Greek
    letter of a number."""
    counted, free = whole_numbers(pair.left, pair.right)
    letters = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if _is_letter(n)}
    sizes = dict.fromkeys([*counted, *(name for name in sorted(letters) if name in DIMENSIONS)])
    yield from ((f"{name} = 1", {name: 1, **dict.fromkeys(free, 1)}) for name in sizes)
    for number in (1, 0):
        greek = (name for name in sorted(letters) if name.startswith("\\") and name not in sizes)
        yield from ((f"{name} = {number}", {name: number}) for name in greek)


def _is_letter(node: Node) -> bool:
    return isinstance(node, Sym) and is_name(node) and node.font == "" and key(node) not in (r"\pi", "e", "i")


def _holds(pair: Pair, put_in: Mapping[str, int], again: Again) -> bool:
    """Whether a relation holds with values put in, and holds no more with twice its right side."""

    def value(node: Node) -> Node | None:
        number = put_in.get(key(node)) if isinstance(node, Sym) else None
        return None if number is None else Num(node.start, node.end, str(number))

    left, right = rebuilt(pair.left, value), rebuilt(pair.right, value)
    twice = Factors(right.start, right.end, ("", r"\cdot"), (Num(right.start, right.start, "2"), right))
    return _agrees(again(replace(pair, left=left, right=right))) and not _agrees(
        again(replace(pair, left=left, right=twice))
    )


def _agrees(found: Judged) -> bool:
    verdict = found.verdict
    return isinstance(verdict, Proved) or (isinstance(verdict, Supported) and verdict.holds_if is None)
