"""Relations with floors and ceilings: ⌊(3k − 2)/3⌋ = k − 1 holds for every whole number k, and for few others.

A name that stands in a floor or a ceiling and is written as whole numbers are is tried at whole numbers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Refuted, Supported, Undecided
from errata.checking.context import At, State
from errata.checking.judgement import Judged
from errata.reading.generic import Generic, lower_generic
from errata.reading.names import names_in
from errata.reading.relations import Pair
from errata.reading.tree import Fence, Node, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

COUNTS = frozenset("i j k l m n s N M K".split())
"""Letters of whole numbers."""
ROUNDS = frozenset({r"\lfloor", r"\lceil", "⌊", "⌈"})
POINTS, ENOUGH = 24, 12
"""Points that are tried, and how many of them must have a value on both sides."""
OFTEN = 0.9
"""The share of whole numbers at which a relation fails that is wrong, and not meant for odd ones only."""
MOST = 24
"""The largest whole number that is tried."""


def at_whole_numbers(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """A relation with floors that fails, as it is at whole numbers: supported where it holds at all that are tried,
    with a witness of whole numbers where it fails at one; None where it isn't about whole numbers."""
    sides = (pair.left, pair.right)
    rounded = [n for side in sides for n in walk(side) if isinstance(n, Fence) and n.open in ROUNDS]
    if not rounded or pair.relation.sign not in ("=", "≡"):
        return None
    judgeable = isinstance(judged.verdict, Undecided | Supported) or judged.rule == "E311"
    names = sorted(names_in(pair.left) | names_in(pair.right))
    inside = {name for n in rounded for name in names_in(n)}
    if not (judgeable and inside and inside <= COUNTS):
        return None
    met = list(_compared(pair, names, inside, state.options.seed))
    apart = [found for found in met if found is not None]
    if len(met) < ENOUGH:
        return None
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    if not apart:
        by = Agreement("whole numbers", len(met), 15, f"both sides are equal at {len(met)} points of whole numbers")
        return replace(plain, verdict=Supported((by,), f"whole {', '.join(sorted(inside))}"))
    if isinstance(judged.verdict, Undecided) and len(apart) == len(met):
        return None
    if len(apart) < OFTEN * len(met) or isinstance(judged.verdict, Undecided | Supported):
        return replace(plain, verdict=Undecided((apart[0],), "it holds for some whole numbers, and fails for others"))
    assert isinstance(judged.verdict, Refuted)
    message = f"at whole numbers the left side is {apart[0].left}, the right side {apart[0].right}"
    return replace(judged, verdict=replace(judged.verdict, by=apart[0]), message=message)


def _compared(pair: Pair, names: list[str], inside: set[str], seed: int) -> Iterator[Counterexample | None]:
    """For each point at which both sides have an exact value, where they are apart; None where they are equal."""
    random = Random(f"{seed} whole")
    for _ in range(POINTS):
        at = {name: fmpq(random.randint(1, MOST), 1 if name in inside else 7) for name in names}
        try:
            left, right = (_exact(side, at) for side in (pair.left, pair.right))
        except (Unlowered, Undetermined, RecursionError):
            continue
        if left is None or right is None:
            continue
        witness = tuple((name, str(value)) for name, value in at.items())
        detail = f"the left side is {left}, the right side {right}"
        yield (
            None
            if left == right
            else Counterexample("whole numbers", witness, str(left), str(right), detail, confirmed=True)
        )


def _exact(side: Node, at: dict[str, fmpq]) -> fmpq | None:
    """The exact value of a side with numbers for its names."""
    generic = Generic({name: int(value.p) for name, value in at.items() if value.q == 1})
    expression = lower_generic(side, generic)
    if generic.uninterpreted or isinstance(expression, sp.Tuple):
        return None
    return rational(expression, {symbol: at[name] for name, symbol in generic.symbols.items() if name in at})
