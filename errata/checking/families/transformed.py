"""The law of a function of variables whose laws the document states: Z = (X/u)/(Y/v) ∼ F(u, v), −log U ∼ Exp(1).

Z has to be a sum or a product of functions of one variable each. What is compared are expectations that such a law
multiplies (``numerics.families.transforms``), with proven bounds, at random admissible parameters. Several variables
must be called independent somewhere before. What a notation leaves open is tried in each reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from random import Random

import sympy as sp

from claims.evidence import Agreement, Counterexample
from claims.records import Record
from claims.verdict import Tried, decide
from errata.checking.context import At, State, span_of
from errata.checking.families.affine import definition_of
from errata.checking.families.reach import environments, reaches
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.families.trials import Environment
from errata.checking.kinds import INDEX_LETTERS
from errata.reading.families.notation import LawNode, law_node
from errata.reading.families.said import Said
from errata.reading.families.terms import Laws, built
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.said_noise import said_noise
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined
from numerics.families.admissible import Univariate, point
from numerics.families.transforms import (
    Point,
    Separated,
    Transform,
    of_law,
    of_separated,
    separated,
    transforms,
)

SIZES = (2, 3)
"""Values of a whole number, such as the number of terms of a sum."""
TURNS = 24
HOPELESS = 6
"""Points without a value at the start, after which none is expected."""
LEAST = 8
"""Points at which two expectations each have to agree."""
APART = 3
WIDEST = 1e-4
"""Error bound beyond which an expectation tells too little."""
MOST_READINGS = 6
AFTERWARDS = 300
"""Characters after a relation in which its variables may still be called independent."""
_ROUGHLY = re.compile(r"\b(?:approximat\w*|asymptotic\w*|roughly|central limit|large|limit\w*|CLT|dependent)\b", re.I)
_INDEPENDENT = re.compile(r"\b(?:independent|i\.?\s?i\.?\s?d\.?)", re.I)


class _Posed(Record):
    """The function with the laws of its variables, and the law that is stated for it."""

    z: Separated
    laws: Mapping[sp.Symbol, Univariate]
    stated: Univariate
    sizes: Mapping[str, int]
    symbols: Sequence[sp.Symbol]
    introduces: bool
    """Whether a parameter of the stated law appears nowhere else, and so is defined by it."""
    others: bool
    """Whether a name in Z is no parameter of any of the laws: it may be random, too."""


class _Tallied(Record):
    agree: int
    differ: int
    first: tuple[tuple[tuple[str, str], ...], str, str] | None
    notes: tuple[str, ...]
    law: str
    open: Mapping[str, int]
    others: bool


def judge_transformed(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on Z ∼ Law for a Z made of variables whose laws are stated; None where nothing is settled."""
    law = law_node(pair.right)
    if pair.relation.sign != "∼" or law is None or law.point is not None:
        return None
    body = definition_of(state, at, key(pair.left)) if is_name(pair.left) else pair.left
    if body is None:
        return None
    around = environments(state, at)
    if len(around) != 1:
        return None
    own = key(pair.left) if is_name(pair.left) else ""
    variables = {**_in_words(state, at), **around[0].variables}
    variables = {name: known for name, known in variables.items() if name != own}
    said = state.document.text[: at.formula.offset(at.chain.chain.end - 1) + AFTERWARDS]
    independent = _INDEPENDENT.search(said) is not None
    failed: list[_Tallied] = []
    try:
        for found in _readings(body, law, variables, around[0], independent, state.options.seed):
            if found is None:
                return None
            if found.agree >= LEAST and not found.differ:
                return _held(found, failed)
            if found.differ < APART or found.agree or found.others:
                return None
            failed.append(found)
    except (Unlowered, Undetermined, TypeError, ValueError, RecursionError):
        return None
    rough = pair.relation.over is not None or _ROUGHLY.search(said[-2 * AFTERWARDS :]) is not None
    return _refuted(at, pair, failed[0]) if failed and around[0].sure and not rough and not supposes(at) else None


def _in_words(state: State, at: At) -> dict[str, LawNode]:
    """The variables that sentences before a place call standard normal: "noise $e$ from the standard normal"."""
    law = law_node(parse(r"\mathcal{N}(0, 1)").statements[0])
    place = at.formula.offset(at.chain.chain.start)
    said = (Said(key(name), None, law, at.index, where, False) for name, where in said_noise(state.document))
    known = {s.variable: s.law for s in said if s.place < place and reaches(s, place, state.document)}
    return {name: found for name, found in known.items() if found is not None}


def _readings(
    body: Node, law: LawNode, variables: Mapping[str, LawNode], around: Environment, independent: bool, seed: int
) -> Iterator[_Tallied | None]:
    """What the points say under each reading of the notation, the usual one first."""
    first = _tallied(body, law, variables, around, {}, independent, seed)
    yield first
    if first is None:
        return
    names = sorted(first.open)
    for choice in islice(product(*(range(first.open[n]) for n in names)), 1, MOST_READINGS):
        yield _tallied(body, law, variables, around, dict(zip(names, choice, strict=True)), independent, seed)


def _tallied(
    body: Node,
    law: LawNode,
    variables: Mapping[str, LawNode],
    around: Environment,
    choice: Mapping[str, int],
    independent: bool,
    seed: int,
) -> _Tallied | None:
    random = Random(f"{seed} transformed")
    agree = differ = 0
    first = None
    laws = Laws(around.variables, around.labels, around.over, choice)
    posed: _Posed | None = None
    for turn in range(TURNS):
        posed = _posed(body, law, variables, laws, SIZES[turn % len(SIZES)])
        if posed is None or (len(posed.laws) > 1 and not independent) or posed.introduces:
            return None
        here = point(
            posed.symbols, [*posed.laws.values(), posed.stated], {}, frozenset(), frozenset(), (), turn, random
        )
        same = None if here is None else _same(posed, here)
        if here is None or same is None:
            if turn + 1 == HOPELESS and not agree + differ:
                break
            continue
        agree, differ = agree + (same == ""), differ + (same != "")
        if same and first is None:
            shown = (*((n, str(v)) for n, v in posed.sizes.items()), *((str(s), str(here[s])) for s in posed.symbols))
            left, _, right = same.partition("|")
            first = (shown, left, right)
        if agree >= LEAST or differ >= APART or (agree and differ):
            break
    if posed is None:
        return None
    said = f"{', '.join(f'{s} ∼ {posed.laws[s]}' for s in posed.laws)}"
    return _Tallied(agree, differ, first, tuple(sorted(laws.notes)), said, dict(laws.open), posed.others)


def _same(posed: _Posed, here: Point) -> str | None:
    """Empty where both expectations agree, else the two that differ; None where they have no value."""
    for kind in transforms(posed.z, posed.laws):
        try:
            return _same_under(kind, posed, here)
        except Undetermined:
            continue
    return None


def _same_under(kind: Transform, posed: _Posed, here: Point) -> str:
    """The same by one transform. Raises Undetermined."""
    for index in (0, 1):
        left = of_separated(posed.z, posed.laws, kind, index, here)
        right = of_law(posed.stated, posed.z, posed.laws, kind, index, here)
        for a, b in zip(left, right, strict=True):
            if not a.overlaps(b):
                return f"{a.str(8, radius=False)}|{b.str(8, radius=False)}"
            if float((a - b).rad()) > WIDEST:
                raise Undetermined("too wide to tell laws apart")
    return ""


def _posed(body: Node, law: LawNode, variables: Mapping[str, LawNode], laws: Laws, size: int) -> _Posed | None:
    counted = whole_numbers(body, body)[0]
    sizes = dict.fromkeys(counted, size)
    generic = Generic(sizes)
    e = lower_generic(body, generic)
    if not isinstance(e, sp.Expr) or generic.uninterpreted or generic.marked or generic.matrices or generic.means:
        return None
    inside = {s: known for s in sorted(e.free_symbols, key=str) if (known := _law_of(str(s), variables)) is not None}
    if not inside:
        return None
    own = {s: built(known, generic, laws) for s, known in inside.items()}
    stated = built(law, generic, laws)
    z = separated(e, frozenset(own))
    if z is None or any(set(own) & family.free_symbols for family in (*own.values(), stated)):
        return None
    known = e.free_symbols.union(*(family.free_symbols for family in own.values()))
    symbols = sorted((known | stated.free_symbols) - set(own), key=str)
    parameters = stated.free_symbols.union(*(family.free_symbols for family in own.values()))
    others = not e.free_symbols <= parameters | set(own)
    return _Posed(z, own, stated, sizes, symbols, not stated.free_symbols <= known, others)


def _law_of(symbol: str, variables: Mapping[str, LawNode]) -> LawNode | None:
    """The law of X, x_1 or X_i for the symbol X, x[1] or X[2]; none for an index whose law depends on it."""
    if symbol in variables:
        return variables[symbol]
    base, bracket, index = symbol.partition("[")
    if not bracket:
        return None
    exact = variables.get(f"{base}_{index.rstrip(']')}")
    if exact is not None:
        return exact
    for letter in sorted(INDEX_LETTERS):
        found = variables.get(f"{base}_{letter}")
        if found is not None and not any(f"_{letter}" in key(a) for a in found.arguments):
            return found
    return None


def _held(found: _Tallied, failed: Sequence[_Tallied]) -> Ruling:
    condition = "; ".join(n for n in found.notes if not all(n in f.notes for f in failed)) if failed else None
    by = Agreement("law", found.agree, 15, f"two expectations each at {found.agree} random choices of the parameters")
    return Ruling(decide([Tried(condition or None, (by,))]), (*found.notes, found.law))


def _refuted(at: At, pair: Pair, found: _Tallied) -> Ruling | None:
    assert found.first is not None
    witness, left, right = found.first
    shown = f" at {', '.join(f'{n} = {v}' for n, v in witness)}" if witness else ""
    message = f"for {found.law}{shown} an expectation of the left side is {left}, and the stated law has {right}"
    counter = Counterexample("law", witness, left, right, message, True, True)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(decide([Tried(None, (counter,))]), found.notes, "E316", message, focus)
