"""Refutes a relation about abstract laws: it fails in random worlds of every kind, and nothing can save it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.evidence import Counterexample
from claims.records import replace
from claims.sentences import Extremum
from claims.verdict import Refuted, Tried, decide
from errata.checking.abstract import LEAST, MORE, SIGNS, signature_of
from errata.checking.algebra import Found
from errata.checking.page_laws import PageLaws, read_on
from errata.checking.refutable import (
    Around,
    known_conditions,
    may_be_alike,
    nothing_else_is_said,
    saving_condition,
    speaks_of_densities,
    speaks_of_the_same,
)
from errata.reading.relations import Pair
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.sentences.readings import Read
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import Apart, Tally, tallies
from numerics.interpretations.evaluation import measure_of
from numerics.interpretations.worlds import DENSITIES, PLAIN, POSITIVE, SMALL, THREE, TWO, World

KINDS = (TWO, THREE, POSITIVE, SMALL, DENSITIES)
"""Worlds in which every outcome is possible, so that nothing is undefined."""
POSITIVE_KINDS = (POSITIVE, SMALL)
_BOUNDED = re.compile(
    r"\bsupport|\binterval|\bbounded\b|\bcompact\b|\blies? (?:in|between)\b|[\[(]\s*[\w.-]+\s*,\s*[\w.-]+\s*[\])]"
)
"""Words and signs by which they live on a part of the line, which no world of ours knows."""


def refute_laws(pair: Pair, page: PageLaws, near: Around, step: bool, seed: int) -> Found | None:
    """The refutation of a relation with its witness; None where it holds somewhere, or something could save it.

    ``near`` is what stands around the relation; ``step`` says that it is a step of a
    calculation, and no statement that may be a condition on several laws.
    """
    sign = SIGNS.get(pair.relation.sign)
    if sign is None or not (speaks_of_laws(pair.left) or speaks_of_laws(pair.right)):
        return None
    try:
        reads = read_on(pair, page)
    except Unlowered:
        return None
    return refuted_reads(reads, sign, page, near, step, seed)


def refuted_reads(
    reads: Sequence[Read], sign: str, page: PageLaws, near: Around, step: bool, seed: int
) -> Found | None:  # fmt: skip
    """The refutation of a relation in all its readings; None where one of them holds, or something could save it."""
    if not speaks_of_the_same(reads[0], sign, step) or not all(nothing_else_is_said(r, page, near) for r in reads):
        return None
    if not step and len(reads[0].laws) > 1 and reads[0].names and sign == "=":
        return None
    if may_be_alike(near) and any(len(of) > 1 for read in reads for of in read.laws.values()):
        return None
    dense = sign != "=" and speaks_of_densities(near)
    if dense and _BOUNDED.search(near.text):
        return None
    witnesses = [_witness(read, sign, seed, dense) for read in reads]
    if any(w is None for w in witnesses):
        return None
    conditions = [known_conditions(read, sign, signature_of(read), seed) for read in reads]
    if any(saving_condition(found, near.up_to_here) is not None for found in conditions):
        return None
    first = witnesses[0]
    assert first is not None
    return _refuted(first, next(iter(conditions[0]), None))


def _witness(read: Read, sign: str, seed: int, dense: bool) -> Apart | None:
    """The smallest world in which the relation fails, where it fails in all kinds of worlds; of densities, where these
    are spoken of.
    """
    if any(3 ** len(vs) > 100 for vs in read.laws.values()):
        return None
    places = isinstance(read.left, Extremum) and isinstance(read.right, Extremum)
    worlds = 2 if sign == "=" and not places else 6
    numbers = sign == "=" and not places
    found: list[Tally] = []
    for tally in tallies(read.left, sign, read.right, signature_of(read), seed, kinds=KINDS, worlds=worlds):
        if tally.agree if numbers else not tally.differ:
            return None
        found.append(tally)
    if sign == "=" and not any(t.agree for t in found) and sum(t.differ for t in found) < LEAST:
        worlds *= MORE  # logarithms of values, say, have a value there alone
        found += tallies(read.left, sign, read.right, signature_of(read), seed, kinds=POSITIVE_KINDS, worlds=worlds)
    everywhere = not any(t.agree for t in found) if numbers else all(t.differ for t in found)
    if not everywhere or ((numbers or places) and sum(t.differ for t in found) < LEAST):
        return None
    if dense:
        return _first([t for t in found if t.kind is DENSITIES])
    by_hand = tallies(read.left, sign, read.right, signature_of(read), seed, kinds=(PLAIN,), worlds=6)
    return _first([*by_hand, *found])


def _first(found: Sequence[Tally]) -> Apart | None:
    return next((t.first for t in found if t.first is not None), None)


def _refuted(apart: Apart, condition: str | None) -> Found:
    detail = f"left {apart.left}, right {apart.right}"
    by = Counterexample("worlds", witness_of(apart), apart.left, apart.right, detail, True, True)
    message = f"where {_shown(apart)}, the left side is {apart.left}, the right side {apart.right}"
    verdict = decide([Tried(None, (by,))])
    assert isinstance(verdict, Refuted)
    return Found(replace(verdict, holds_if=condition), (), True, message)


def witness_of(apart: Apart) -> tuple[tuple[str, str], ...]:
    """The values of the free names, and each law as a table of its outcomes."""
    values = tuple((name, str(value)) for name, value in sorted(apart.names.items()))
    return (*values, *((law, _table(apart.world, law)) for law in sorted(apart.world.tables)))


def _shown(apart: Apart) -> str:
    return ", ".join(f"{name} is {value}" for name, value in witness_of(apart))


def _table(world: World, law: str) -> str:
    table = world.table(law)
    rows = []
    for outcome, mass in sorted(table.masses.items()):
        values = [str(world.support(v)[i]) for v, i in zip(table.variables, outcome, strict=True)]
        measure = measure_of(world, table.variables, outcome)
        rows.append(f"({', '.join(values)}): {mass}" + (f" on a length of {measure}" if measure != 1 else ""))
    return f"over ({', '.join(table.variables)}): {{{'; '.join(rows)}}}"
