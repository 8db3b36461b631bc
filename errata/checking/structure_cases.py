"""Case distinctions of which two rows hold at one place and give different values there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.records import Record
from errata.checking.case_points import CasePoints, compared, parts_of
from errata.checking.kinds import INDEX_LETTERS
from errata.checking.structure import Malformed
from errata.reading.families.cases import Case
from errata.reading.families.deciding import holds, plain_cases
from errata.reading.generic import whole_numbers
from errata.reading.names import is_name, key
from errata.reading.tree import Chain, Fence, Grid, Lines, Node, walk
from errata.reading.vectors import Unlowered
from errata.reading.words import words
from numerics.balls import Undetermined

DRAWS = 6
"""Values of the other names, at each of which the rows must hold at one place and differ there."""
COUNTS = INDEX_LETTERS | {"n"}
MOST_NUMBERS = 40
"""Whole numbers that are looked at."""


class _Shared(Record):
    """A place where two rows hold; ``inside`` says that they hold around it as well, or are the same."""

    at: fmpq
    inside: bool
    values: tuple[str, str]


def overlapping_cases(root: Lines) -> Iterator[Malformed]:
    """The later one of two rows that hold at one place with different values: x < 2 and x > 1.

    A row that holds wherever an earlier one does may be read as holding elsewhere only, as programs are.
    """
    inside = {id(n.body) for n in walk(root) if isinstance(n, Fence)}
    for node in walk(root):
        grid = node.body if isinstance(node, Fence) else node
        if not isinstance(grid, Grid) or id(node) in inside:
            continue
        cases = [c for c in plain_cases(node) if c.conditions]
        for i, first in enumerate(cases):
            for second in cases[i + 1 :]:
                if (shared := _shared(first, second)) is not None:
                    yield _fault(second, *shared)


def _fault(second: Case, name: Node, shared: _Shared) -> Malformed:
    place = f"{words(name)} = {shared.at}"
    detail = f"two rows hold at {place}, where they give {shared.values[0]} and {shared.values[1]}"
    start, end = second.conditions[0].start, second.conditions[-1].end
    return Malformed("E414" if shared.inside else "W405", detail, start, end, f"{place} is in a row above as well")


def _shared(first: Case, second: Case) -> tuple[Node, _Shared] | None:
    """A place where both rows hold and differ, with the name that is compared, at every value of the other names."""
    name = _compared_name((*first.conditions, *second.conditions))
    if name is None:
        return None
    found: list[_Shared] = []
    for turn in range(DRAWS):
        random = Random(f"{turn} {key(first.value)} {key(second.value)}")
        try:
            one = _found(_drawn(name, random, (first, second)), (first, second))
        except (Unlowered, Undetermined):
            return None
        if one is None or (found and found[0].inside != one.inside):
            return None
        found.append(one)
    return name, found[0]


def _compared_name(chains: Sequence[Chain]) -> Node | None:
    """The first name that every condition compares."""
    names = [{key(i): i for i in chain.items if is_name(i)} for chain in chains]
    common = set.intersection(*(set(n) for n in names)) if names else set()
    return next((names[0][name] for name in names[0] if name in common), None)


class _Drawn(Record):
    """Two rows at one choice of the names beside the one that is compared."""

    points: CasePoints
    symbol: sp.Symbol
    others: dict[sp.Symbol, fmpq]
    places: tuple[tuple[fmpq, bool], ...]
    """The ends of all ranges, and places between and beyond them; whether each is no end."""
    counts: bool


def _drawn(name: Node, random: Random, cases: tuple[Case, Case]) -> _Drawn:
    """Raises Unlowered, Undetermined."""
    parts = parts_of(cases)
    counted = {letter for letters in whole_numbers(*parts) for letter in letters} - {key(name)}
    points = CasePoints(parts, {n: random.randint(1, 6) for n in sorted(counted)})
    symbol = points.symbol(name)
    if symbol is None:
        raise Unlowered("the compared name is a number")
    others = {s: fmpq(random.randint(-40, 40), 13) for s in points.symbols if s != symbol}
    bounds = (n for case in cases for n in compared(case.conditions) if key(n) != key(name))
    ends = sorted({w for n in bounds if (w := points.worth(others)(n)) is not None})
    return _Drawn(points, symbol, others, tuple(_places(ends, key(name) in COUNTS)), key(name) in COUNTS)


def _places(ends: Sequence[fmpq], counts: bool) -> Iterator[tuple[fmpq, bool]]:
    if counts and ends:
        low = int(ends[0].p // ends[0].q) - 1
        numbers = range(low, min(int(ends[-1].p // ends[-1].q) + 2, low + MOST_NUMBERS) + 1)
        yield from ((fmpq(k), fmpq(k) not in ends) for k in numbers)
    elif ends:
        yield from ((end, False) for end in ends)
        yield from (((a + b) / 2, True) for a, b in pairwise(ends))
        yield from ((at, True) for at in (ends[0] - 1, ends[-1] + 1))


def _found(drawn: _Drawn, cases: tuple[Case, Case]) -> _Shared | None:
    """The place at which both rows hold and differ, one around which they hold if there is any; None where there is
    none, or the later row holds wherever the first one does. Raises Undetermined."""
    truths = [tuple(_holds(drawn, case, at) for case in cases) for at, _ in drawn.places]
    if any(None in pair for pair in truths):
        return None
    both = [place for place, pair in zip(drawn.places, truths, strict=True) if all(pair)]
    apart = [(at, inner, values) for at, inner in both if (values := _apart(drawn, cases, at)) is not None]
    same = all(a == b for a, b in truths)
    if not apart or (not same and all(b for a, b in truths if a)):
        return None
    at, inner, values = next((one for one in apart if one[1]), apart[0])
    return _Shared(at, inner or same or (drawn.counts and len(apart) > 1), values)


def _holds(drawn: _Drawn, case: Case, at: fmpq) -> bool | None:
    worth = drawn.points.worth({**drawn.others, drawn.symbol: at})
    truths = [holds(chain, worth) for chain in case.conditions]
    return False if False in truths else None if None in truths else True


def _apart(drawn: _Drawn, cases: tuple[Case, Case], at: fmpq) -> tuple[str, str] | None:
    """Both values at a place, where they differ. Raises Undetermined."""
    a, b = (drawn.points.ball(case.value, {**drawn.others, drawn.symbol: at}) for case in cases)
    return None if a.overlaps(b) else (_shown(a), _shown(b))


def _shown(value: arb) -> str:
    whole = value.unique_fmpz()
    return str(whole) if whole is not None else value.str(6, radius=False)
