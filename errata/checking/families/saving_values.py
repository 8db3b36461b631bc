"""Values of names under which a refuted relation about a law holds: σ = 1, μ = 0, p = 1/2, σ_1 = σ_2.

Each one is put in everywhere, into the law as well, and the relation is looked at again at random values of the others.
The first condition that makes it hold is told; what no single one of them saves has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.context import At, State
from errata.checking.families.reach import environments
from errata.checking.families.trials import Environment, outcome
from errata.checking.judgement import Judged
from errata.checking.scores.stated import base_letter
from errata.reading.families.notation import LawNode, law_node
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import unfolded, without_power
from errata.reading.tree import Call, Factors, Frac, Node, Num, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

MOST_TRIED = 16
ENOUGH = 8


def with_saving_value(state: State, at: At, pair: Pair, judged: Judged) -> Judged:
    """A refuted relation about a law with the value of a name under which it would hold, where there is one."""
    verdict = judged.verdict
    if not isinstance(verdict, Refuted) or verdict.holds_if is not None or verdict.by.route != "law":
        return judged
    around = environments(state, at)
    if len(around) != 1 or pair.relation.sign not in ("=", "≡"):
        return judged
    for said, values in islice(_conditions(pair, around[0]), MOST_TRIED):
        if _holds(pair, around[0], values, state.options.seed):
            return replace(judged, verdict=replace(verdict, holds_if=said))
    return judged


def _conditions(pair: Pair, around: Environment) -> Iterator[tuple[str, Mapping[str, Node]]]:
    """The customary conditions on the parameters of the laws in a relation: two of a kind are the same, one is zero,
    one or a half."""
    inside = (without_power(n) or n for law in _laws(pair, around) for a in law.arguments for n in walk(a))
    names = {key(n): n for n in inside if is_name(n)}
    names = {name: n for name, n in names.items() if not any(name != other and name in other for other in names)}
    for (_, one), (b, other) in combinations(sorted(names.items()), 2):
        if base_letter(one) == base_letter(other):
            yield f"{to_latex(other)} = {to_latex(one)}", {b: one}
    for number in (Num(0, 0, "0"), Num(0, 0, "1"), Frac(0, 0, Num(0, 0, "1"), Num(0, 0, "2"))):
        for name, node in sorted(names.items()):
            yield f"{to_latex(node)} = {to_latex(number)}", {name: number}


def _laws(pair: Pair, around: Environment) -> Iterator[LawNode]:
    """The laws that a relation writes out, and those of the variables in it."""
    inside = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    yield from (law for name, law in around.variables.items() if name in inside)
    yield from (law for name, law in around.labels.items() if name in inside)
    calls = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call))
    yield from (law for call in calls if (law := law_node(call)) is not None)


def _holds(pair: Pair, around: Environment, values: Mapping[str, Node], seed: int) -> bool:
    """Whether a relation holds with values put in, both sides and the laws alike."""

    def put_in(law: LawNode) -> LawNode:
        return replace(law, arguments=tuple(unfolded(a, values) for a in law.arguments))

    changed = replace(
        around,
        variables={name: put_in(law) for name, law in around.variables.items()},
        labels={name: put_in(law) for name, law in around.labels.items()},
    )
    left, right = unfolded(pair.left, values), unfolded(pair.right, values)
    twice = Factors(right.start, right.end, ("", r"\cdot"), (Num(right.start, right.start, "2"), right))
    held = _agrees(replace(pair, left=left, right=right), changed, seed)
    nothing = held and _agrees(replace(pair, left=left, right=twice), changed, seed)
    return held and not nothing  # where both sides are nothing, nothing is saved


def _agrees(pair: Pair, around: Environment, seed: int) -> bool:
    try:
        found = outcome(pair, around, {}, seed, most=1)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return False
    return found is not None and found.agree >= ENOUGH and not found.differ and not found.uncovered
