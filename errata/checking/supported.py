"""The support that any engine lends a relation as the part of another one: no refutation, and no search for a slip."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found, judge_identity
from errata.checking.context import At, State
from errata.checking.expected import judge_expected
from errata.checking.facts import facts_about, judge_with_facts
from errata.checking.families.judging import judge_families
from errata.checking.members import judge_vectors
from errata.checking.parts import Ask, Noted, also_if, judge_parts, speaks_of_vectors
from errata.checking.steps import laws_of, linear_by_definitions, supported_by_definitions
from errata.reading.families.notation import law_call
from errata.reading.names import is_outcome
from errata.reading.relations import Pair
from errata.reading.tree import Call, walk
from errata.reading.vectors import Unlowered

MOST_MEMBERS = 2
"""Expressions of what stands at the head of a chain that are held against the next one."""


def judge_by_parts(state: State, at: At, pair: Pair) -> Found | None:
    """The support of a relation by the parts in which its sides differ; None where they give none."""
    ask = asker(state, at, pair)
    if any(is_outcome(n) for side in (pair.left, pair.right) for n in walk(side)):
        return None  # Y^1 beside Y is not equal to it
    found = judge_parts(pair, state.stock, ask)
    if found is not None or pair.position:
        return found
    for fact in facts_about(pair.left, state.facts):
        condition = Noted(fact.line, not fact.said).condition
        for member in fact.members[::-1][:MOST_MEMBERS]:
            again = judge_parts(replace(pair, left=member), state.stock, ask)
            if again is not None:
                return also_if(again, condition)
    return None


def asker(state: State, at: At, pair: Pair) -> Ask:
    """What is asked about the parts of a relation: the engines for its kind."""
    engines = _of_vectors if speaks_of_vectors(pair.left, pair.right) else _of_numbers
    return lambda part: _first(engines(state, at, part))


def judge_equal(state: State, at: At, pair: Pair) -> Found | None:
    """The support of left ∝ right by that of left = right; None where the sides aren't known to be equal."""
    equal = replace(pair, relation=replace(pair.relation, sign="="))
    found = asker(state, at, equal)(equal) or judge_by_parts(state, at, equal)
    return None if found is None else replace(found, where=(*found.where, "the sides are equal"))


def _first(answers: Iterator[Found | None]) -> Found | None:
    """The first answer that lends support; an engine that can't read a part lends none."""
    while True:
        try:
            found = next(answers)
        except StopIteration:
            return None
        if found is not None and isinstance(found.verdict, Supported | Proved):
            return found


def _of_numbers(state: State, at: At, pair: Pair) -> Iterator[Found | None]:
    """What the engines say of a part in which factors change places freely."""
    seed = state.options.seed
    try:
        yield judge_identity(pair, {}, seed, bounds=state.bounds)
    except (Unlowered, RecursionError):
        yield judge_vectors(pair, seed, plainly=True)
    yield supported_by_definitions(state, at, pair)
    yield from _of_laws(state, at, pair)
    yield judge_with_facts(pair, state.facts, seed, state.bounds)


def _of_vectors(state: State, at: At, pair: Pair) -> Iterator[Found | None]:
    """What linear algebra says of a part, also with what the document defines, and laws of vectors."""
    seed = state.options.seed
    yield judge_vectors(pair, seed, plainly=True)
    yield judge_expected(pair, seed)
    yield linear_by_definitions(state, at, pair)
    yield from _of_laws(state, at, pair)
    yield judge_with_facts(pair, state.facts, seed, state.bounds, vectors=True)


def _of_laws(state: State, at: At, pair: Pair) -> Iterator[Found | None]:
    nodes = (n for side in (pair.left, pair.right) for n in walk(side))
    if any(isinstance(n, Call) and law_call(n) is not None for n in nodes):
        named = judge_families(state, at, pair)
        yield None if named is None else Found(named.verdict, named.where, True)
    yield judge_abstract(pair, laws_of(state, at.formula), state.options.seed)
