"""Judges a relation in which densities are derived in their points: ∇_x log p(x) = −Σ⁻¹(x − μ) where p is stated,
∇_x log p(x | y) = ∇_x log p(x) + ∇_x log p(y | x) for all densities, −∇·(f p) + ½ g² Δp = −∇·((f − ½ g² ∇ log p) p).

What the document states of a density is put in; a density of which it states nothing is a random smooth one. It is
refuted only where it fails in dimension one already, under every reading, and where the density speaks of each name
that only one side has; one of densities of any kind only where a single slip mends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.algebra import BY_DEFINITIONS
from errata.checking.context import At, State, bodies_of, roots_of
from errata.checking.coordinates.findings import refuted
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.refutable import around
from errata.checking.scores.given import given_for, unknown_in
from errata.checking.scores.operators import Kind as Of
from errata.checking.scores.processes import Kept, kept_by
from errata.checking.scores.settings import (
    FUNCTIONS,
    Setting,
    densities_of,
    is_about_slopes,
    plans,
    points_of,
    setting_of,
    slopes_in,
)
from errata.checking.scores.stated import Density, densities_in, with_deviation
from errata.checking.scores.trials import Outcome, tried
from errata.checking.scores.world import Plan, Sort
from errata.checking.slips import Slip, slips
from errata.checking.wide_logarithms import MEANT as LOGARITHM
from errata.checking.wide_logarithms import with_wide_logarithms
from errata.reading.lowering import LogBase
from errata.reading.names import is_name, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import Prefix, Script, walk

DIMS = (2, 3)
LEAST = 8
APART = 6
"""Points at which a relation has to fail."""
MOST_EDITS = 60
IN_ONE = "in dimension one"
"""Where alone a mean under a density that may be any is computed."""
DEVIATION = "the second parameter of N(·, ·) is a standard deviation"
_SPEAKS = re.compile(
    r"\b(?:independen\w*|approximat\w*|Markov\w*|uniform\w*|flat|ignor\w*|neglect\w*|drop\w*|special case|wrong\w*|"
    r"incorrect\w*|constant|stationar\w*|limit\w*|asymptotic\w*|not hold|does not)\b",
    re.I,
)
"""Words near a relation that may say more of its densities."""


class Reading(Record):
    """A relation with the densities put in, and what came out in each dimension."""

    setting: Setting
    flat: tuple[tuple[Plan, Outcome], ...]
    line: int | None
    """The line that states the density; None for densities of which nothing is stated."""
    sure: bool
    """Whether it is stated before the relation in its section, and nothing else of it."""
    condition: str | None = None
    """What has to be meant by the notation."""


def judge_scores(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation of slopes of densities; None where this says nothing."""
    if pair.relation.sign not in ("=", "≡") or at.base not in (None, LogBase.NATURAL):
        return None
    kept = kept_by(state, at, pair)
    if kept is not None:
        return _of_process(state, judged, kept)
    if not is_about_slopes(pair):
        return None
    wide = with_wide_logarithms(pair)
    found_readings = [*_readings(state, at, pair)]
    found_readings += [] if wide is None else [_meaning(one, LOGARITHM) for one in _readings(state, at, wide)]
    readings = [_read(reading, state.options.seed) for reading in found_readings]
    for reading in readings:
        found = _supported(state, judged, reading)
        if found is not None:
            return found
    return _refuted(state, at, judged, pair, readings)


def _meaning(reading: Reading, condition: str) -> Reading:
    """A reading under one more condition."""
    return replace(reading, condition="; ".join(c for c in (reading.condition, condition) if c is not None))


def _of_process(state: State, judged: Judged, kept: Kept) -> Judged | None:
    """The support of a process that moves its density as it has to, whatever that density is."""
    if not is_about_slopes(kept.pair):
        return None
    reading = _read(Reading(setting_of(kept.pair, (), {}, {}), (), None, False), state.options.seed)
    found = _supported(state, judged, reading)
    return None if found is None else replace(found, where=(kept.told, *found.where))


def _readings(state: State, at: At, pair: Pair) -> Iterator[Reading]:
    """The relation for densities of any kind, and for those that the document states, with each thing that it gives for
    the names that only one side has."""
    stated = _stated(state, at, pair)
    heads = {d.applied.head for d in densities_in(roots_of(state))}
    free = not heads & {a.head for a in densities_of(pair.left, pair.right)}
    yield Reading(setting_of(pair, (), {}, {}), (), None, free)
    if not stated:
        return
    place = max(d.formula for d in stated)
    line = state.document.place(state.document.formulas[place].span.start).line
    sure = _in_section(state, at, place)
    for bodies, moved in given_for(pair, stated, bodies_of(state), roots_of(state)):
        defined = BY_DEFINITIONS if bodies or moved else None
        yield Reading(setting_of(pair, stated, bodies, moved), (), line, sure, defined)
        if any(with_deviation(d) is not None for d in stated):
            other = setting_of(pair, tuple(with_deviation(d) or d for d in stated), bodies, moved)
            yield Reading(other, (), line, sure, DEVIATION if defined is None else f"{DEVIATION}; {defined}")


def _stated(state: State, at: At, pair: Pair) -> tuple[Density, ...]:
    """What the document states of the densities of a relation: the nearest before it, else the first after it."""
    taken = {a.written for a in densities_of(pair.left, pair.right)}
    bare = {key(n) for s in (pair.left, pair.right) for n in walk(s) if is_name(n)}
    found: dict[str, Density] = {}
    for density in densities_in(roots_of(state)):
        name = density.applied.written
        alone = density.applied.head in bare and density.applied.names == points_of(pair)[:1]
        if (name in taken or alone) and (name not in found or density.formula < at.index):
            found[name] = density
    return tuple(found.values())


def _in_section(state: State, at: At, place: int) -> bool:
    """Whether a formula stands before another with no heading between them."""
    start, end = state.document.formulas[place].span.end, at.formula.span.start
    return start < end and not any(start <= h.span.start < end for h in state.document.headings)


def _read(reading: Reading, seed: int) -> Reading:
    """A reading with what came out in plain numbers."""
    flat = [(plan, tried(reading.setting, plan, seed, LEAST)) for plan in plans(reading.setting, 0)]
    return replace(reading, flat=tuple((p, o) for p, o in flat if o.known))


def _supported(state: State, judged: Judged, reading: Reading) -> Judged | None:
    """The support of a relation that holds in dimension one, whichever names are functions, and in each dimension in
    which its shapes fit."""
    for tight in sorted({p.tight for p, _ in reading.flat}):
        if not all(_holds(o) for p, o in reading.flat if p.tight is tight):
            continue
        fitting = _fitting(reading.setting, tight, state.options.seed)
        where = _where(state, reading)
        if not fitting and _is_of_vectors(reading.setting):
            return None
        if not fitting and reading.line is None and _has_nabla(reading.setting):
            means = reading.sure and reading.setting.averages
            return _told(judged, LEAST, where, replace(reading, condition=IN_ONE)) if means else None
        if not fitting:
            return _told(judged, LEAST, where, reading)
        held = next((p for p, o in fitting if not o.differ), None)
        if held is None:
            return None
        higher = tried(reading.setting, replace(held, dim=DIMS[1]), state.options.seed, 2)
        if higher.known and not higher.differ:
            return _told(judged, LEAST + higher.agree + 3, (*where, *_shapes(held)), reading)
    return None


def _holds(found: Outcome) -> bool:
    return found.agree >= LEAST and not found.differ and found.idle < found.agree


def _fitting(setting: Setting, tight: bool, seed: int) -> list[tuple[Plan, Outcome]]:
    """The ways to take the names in several dimensions under which both sides have one shape, as many names as can be
    functions taken for some."""
    found = [(p, tried(setting, p, seed, 3)) for p in plans(setting, DIMS[0]) if p.tight is tight]
    known = [(p, o) for p, o in found if o.known]
    most = max((_functions(p) for p, _ in known), default=0)
    return [(p, o) for p, o in known if _functions(p) == most]


def _functions(plan: Plan) -> int:
    """How many names are taken for functions of the point."""
    return sum(sort in FUNCTIONS for sort in plan.sorts.values())


def _is_of_vectors(setting: Setting) -> bool:
    """Whether the notation can only be that of vectors."""
    if setting.bold or any(s.kind is Of.DIVERGENCE for n in (setting.left, setting.right) for s in slopes_in(n)):
        return True
    nodes = [n for node in setting.nodes for n in walk(node)]
    return any(isinstance(n, Script) and n.sup is not None and is_transpose(n.sup) for n in nodes)


def _has_nabla(setting: Setting) -> bool:
    nodes = (n for node in setting.nodes for n in walk(node))
    return any(isinstance(n, Prefix) and key(n.sign).startswith(r"\nabla") for n in nodes)


def _told(judged: Judged, points: int, where: tuple[str, ...], reading: Reading) -> Judged:
    by = Agreement(
        "slopes",
        points,
        5 if reading.setting.averages else 20,
        f"{points} random points in dimensions up to 3, derivatives in closed form",
    )
    return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(reading.condition, (by,))]), where=where)


def _where(state: State, reading: Reading) -> tuple[str, ...]:
    if reading.line is None:
        return ("the densities may be any smooth ones",)
    return (f"the density is what line {reading.line} says",)


def _shapes(plan: Plan) -> tuple[str, ...]:
    out = []
    for sort in (Sort.VECTOR, Sort.MATRIX, Sort.FIELD):
        names = sorted(n for n, s in (*plan.sorts.items(), *plan.functions.items()) if s is sort)
        if names:
            out.append(f"{', '.join(names)}: {sort.value}")
    return tuple(out)


def _refuted(state: State, at: At, judged: Judged, pair: Pair, readings: Sequence[Reading]) -> Judged | None:
    """The refutation of a relation that fails under every reading."""
    told = [r for r in readings if r.flat]
    reading = next((r for r in reversed(told) if r.sure), None)
    if reading is None or not all(_fails(r) for r in told) or not _may_refute(state, at, pair, reading):
        return None
    slip = _mended(reading, state.options.seed)
    witness = next(o.first for _, o in reading.flat if o.first is not None)
    if witness is None or (
        reading.line is None and (slip is None or unknown_in(pair.left, slip.node, reading.setting))
    ):
        return None
    message = f"in dimension one the left side is {witness[1]}, the right side {witness[2]}"
    return refuted(at, replace(judged, where=_where(state, reading)), pair, "slopes", "E313", witness, message, slip)


def _fails(reading: Reading) -> bool:
    return all(o.differ >= APART and not o.agree for _, o in reading.flat)


def _may_refute(state: State, at: At, pair: Pair, reading: Reading) -> bool:
    """Whether nothing could save the relation: every name on the right is known, and the text says nothing else."""
    if at.chain.implies or at.chain.concluded or supposes(at) or judged_given(pair):
        return False
    if _SPEAKS.search(around(state.document, at.formula).text) is not None:
        return False
    given = bodies_of(state)
    if any(len(given.get(name, ())) != 1 for name in (*reading.setting.bodies, *reading.setting.moved)):
        return False
    lost = reading.line is not None and unknown_in(pair.left, pair.right, reading.setting)
    return not lost and not unknown_in(pair.right, pair.left, reading.setting)


def judged_given(pair: Pair) -> bool:
    """Whether a relation poses an equation of a density that moves: ∂p/∂t = …"""
    return any(s.variable is not None and key(s.variable) in ("t", "s", "τ", r"\tau") for s in slopes_in(pair.left))


def _mended(reading: Reading, seed: int) -> Slip | None:
    """The first slip of the right side whose undoing makes the relation hold."""
    setting = reading.setting
    for slip in islice(slips(setting.right, setting.left), MOST_EDITS):
        edited = replace(setting, right=slip.node)
        for plan, _ in reading.flat:
            quick = tried(edited, plan, seed, 2)
            if quick.known and not quick.differ and _supported_flat(edited, plan, seed):
                return slip
    return None


def _supported_flat(setting: Setting, plan: Plan, seed: int) -> bool:
    return _holds(tried(setting, plan, seed, LEAST))
