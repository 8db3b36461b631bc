"""Log-densities of a model up to what notes leave out: log p(y | x) ∝ −‖y − f(x)‖², and log p(y | x) = … + const.

Between logarithms ∝ is used for "up to an additive constant and a positive factor", which is no proportion; the support
names this meaning. What may change are the quantity and the mean of its law, or one of them: a relation is refuted only
where it fails for each of these, since no constant and no positive factor could make it hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from claims.laws import support_of
from claims.verdict import Repair, Supported, Tried, decide
from errata.checking.context import At, State, bodies_of, span_of
from errata.checking.families.conditionals import FORMS, Posed, put_in
from errata.checking.families.judging import NEAR
from errata.checking.families.likelihoods import in_topic, named, of_vectors, posed_under, said_anew
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.families.trials import APART, LEAST, MOST_MISSES, MOST_TRIED, Environment, Lowered, lowered_under
from errata.checking.proportional import up_to_a_constant, without_constant
from errata.checking.repairs import SLIPS
from errata.checking.slips import slips
from errata.reading.document import Span
from errata.reading.families.models import LOCATED, Model, asked
from errata.reading.families.terms import Univariate
from errata.reading.relations import Pair
from errata.reading.tree import Call, Function, Gap, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined
from numerics.families.admissible import is_admissible, point

ADDITIVE = "∝ leaves out an additive constant, too"
MOST_SLIPS = 40
POINTS = 4
"""Points that are compared under one choice of what stays as it is."""
_READINGS = ("the quantity and its mean", "the quantity", "the mean")
Point = Mapping[sp.Symbol, fmpq]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a relation leaves open: a factor, beside an additive constant; ``raised`` says that p ∝ q has no logarithm,
    so that the logarithms of its sides differ by a constant."""

    factor: bool
    raised: bool


@dataclass(slots=True)
class _Tally:
    agree: int = 0
    strict: int = 0
    differ: int = 0
    first: tuple[Point, Point, arb, arb] | None = None
    law: str = ""
    whole: bool = False
    """Whether the quantity takes few values, so that points may miss the one at which it fails."""

    @property
    def holds(self) -> bool:
        return self.agree >= LEAST and not self.differ

    @property
    def idle(self) -> bool:
        """Whether nothing varies in this reading."""
        return not self.agree and not self.differ

    @property
    def fails(self) -> bool:
        return self.differ >= APART and (self.whole or not self.agree)


@dataclass(frozen=True, slots=True)
class _Trial:
    model: Model
    posed: Posed
    tallies: tuple[_Tally, ...]


def judge_loosely(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a log-density that is given up to a constant; None where no model settles it."""
    if isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    constant = pair.relation.sign != "∝" and up_to_a_constant(pair)
    if pair.relation.sign != "∝" and not constant:
        return None
    plain = replace(pair, left=without_constant(pair.left), right=without_constant(pair.right))
    kind = _Kind(not constant and _is_logarithm(plain), not constant and not _is_logarithm(plain))
    trials: list[_Trial] = []
    for model, posed in posed_under(state, at, plain):
        if posed.form in FORMS:
            ruling = _of_vectors(posed, kind, state.options.seed)
            if ruling is not None:
                return named(state, ruling, model, posed)
            continue
        tallies: list[_Tally] = []
        for reading in _READINGS:
            found = _tallied(posed.pair, posed.explicit_left, reading, kind, state.options.seed)
            if found is None or not (found.holds or found.fails or found.idle):
                break
            if found.holds and posed.form == "number":
                return None  # what holds in dimension one shows nothing
            if found.holds:
                return named(state, _supported(found, reading, kind, posed), model, posed)
            tallies += [] if found.idle else [found]
        else:
            trials.append(_Trial(model, posed, tuple(tallies)))
            continue
        trials.append(_Trial(model, posed, ()))
    return _refuted(state, at, pair, trials, kind)


def _of_vectors(posed: Posed, kind: _Kind, seed: int) -> Ruling | None:
    """The support of linear algebra for one form of a normal density of vectors."""
    found = of_vectors(posed, seed)
    if found is None or not isinstance(found.verdict, Supported):
        return None
    loose = ADDITIVE if kind.factor and posed.form != "density" else None
    condition = "; ".join(c for c in (loose, found.verdict.holds_if) if c is not None)
    kept = {"kernel": "the dimension", "quadratic": "the covariance"}.get(posed.form)
    where = (*found.where, *((f"the constant depends on {kept} alone",) if kept is not None else ()))
    return replace(found, verdict=Supported(tuple(found.verdict.by), condition or None), where=where)


def _is_logarithm(pair: Pair) -> bool:
    """Whether a density stands in a logarithm."""
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        head = node.head if isinstance(node, Call | Function) else None
        if isinstance(head, Sym) and head.name in ("log", "ln") and any(asked(n) for n in walk(node)):
            return True
    return False


def _supported(found: _Tally, reading: str, kind: _Kind, posed: Posed) -> Ruling:
    detail = f"changes of both sides agree at {found.agree} random choices of the parameters"
    by = Agreement("law", found.agree, 7, detail)
    loose = ADDITIVE if kind.factor and found.strict < found.agree else None
    condition = "; ".join(c for c in (loose, posed.said) if c is not None)
    where = (f"the constants may depend on anything but {reading}", found.law)
    return Ruling(decide([Tried(condition or None, (by,))]), where)


def _refuted(state: State, at: At, pair: Pair, trials: Sequence[_Trial], kind: _Kind) -> Ruling | None:
    """The refutation where no reading under any model of the topic holds."""
    known = [t for t in trials if not said_anew(t.model, bool(t.tallies), trials)]
    of_topic = [t for t in known if in_topic(state, t.model, at)]
    meant = of_topic or known[:1]
    if not meant or not all(t.tallies for t in meant) or supposes(at):
        return None
    first = meant[0]
    tally = first.tallies[0]
    assert tally.first is not None
    one, other, left, right = tally.first
    moved = ", ".join(f"{s} from {one[s]} to {other[s]}" for s in one if one[s] != other[s])
    kept = tuple((str(s), str(v)) for s, v in one.items() if v == other[s])
    witness = (*kept, *((str(s), f"{one[s]}, then {other[s]}") for s in one if one[s] != other[s]))
    change = (left.str(8, radius=False), right.str(8, radius=False))
    message = f"under {tally.law}, with {moved}, the left side changes by {change[0]}, the right side by {change[1]}"
    message += "; no positive factor makes all such changes equal" if kind.factor else ""
    by = Counterexample("law", witness, *change, message, True, True)
    repair, focus, label = _repair(state, at, pair, first, kind)
    if not of_topic and (repair is None or repair.slip not in NEAR):
        return None
    ruling = Ruling(decide([Tried(None, (by,))], repair), (), "E315", message, focus, label)
    return named(state, ruling, first.model, first.posed)


def _repair(state: State, at: At, pair: Pair, trial: _Trial, kind: _Kind) -> tuple[Repair | None, Span, str | None]:
    """The first slip whose undoing makes the relation hold, and where it stands."""
    on_left = trial.posed.explicit_left
    side = pair.left if on_left else pair.right
    for slip in islice(slips(side), MOST_SLIPS):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        edited = replace(edited, left=without_constant(edited.left), right=without_constant(edited.right))
        for posed in put_in(edited, trial.model, bodies_of(state)):
            if posed.form != trial.posed.form or posed.said != trial.posed.said:
                continue
            found = _tallied(posed.pair, on_left, _READINGS[0], kind, state.options.seed)
            if found is not None and found.holds:
                focus = span_of(at.formula, slip.start, slip.end)
                label = f"{SLIPS[slip.kind]} ({'left' if on_left else 'right'} side)"
                return Repair(to_latex(slip.node), slip.kind), focus, label
    return None, span_of(at.formula, side.start, side.end), None


def _tallied(pair: Pair, explicit_left: bool, reading: str, kind: _Kind, seed: int) -> _Tally | None:
    """Changes of both sides between points that differ in what a reading lets vary; None where they have no value."""
    random = Random(f"{seed} loosely")
    found = _Tally()
    misses = 0
    try:
        lowered = lowered_under(pair, Environment({}, {}, {}), {}, random)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    if not lowered.laws.met or not _is_sound(lowered, explicit_left):
        return None
    found.law = ", ".join(map(str, lowered.laws.met[:3]))
    found.whole = any(support_of(law).whole for law in lowered.laws.met)
    varied = _varied(lowered, reading)
    if not varied:
        return found
    for turn in range(MOST_TRIED):
        if _compare(found, lowered, varied, kind, turn, random):
            misses = 0
        else:
            misses += 1
            if misses == MOST_MISSES:
                return None
        mixed = found.agree and found.differ and not found.whole
        if (found.agree >= LEAST and not found.differ) or found.differ >= APART or mixed:
            break
    return found


def _is_sound(lowered: Lowered, explicit_left: bool) -> bool:
    """Whether both sides are made of numbers, and the explicit one of those that the law knows."""
    generic, laws = lowered.generic, lowered.laws
    if generic.uninterpreted or generic.marked or generic.matrices or generic.means or laws.doubtful:
        return False
    sides = lowered.check.expressions()
    known = set(laws.places).union(*(law.free_symbols for law in laws.met))
    return bool(sides[0 if explicit_left else 1].free_symbols <= known)


def _varied(lowered: Lowered, reading: str) -> frozenset[sp.Symbol]:
    laws = lowered.laws
    points = frozenset(laws.places)
    means = frozenset().union(*(_moving(law) for law in laws.met))
    return {"the quantity and its mean": points | means, "the quantity": points, "the mean": means}[reading]


def _moving(law: Univariate) -> set[sp.Symbol]:
    """The names in the mean of a law that is moved by it, and in all parameters of any other one."""
    located = type(law).__name__ in LOCATED or type(law).__name__ == "Normal"
    return set(law.args[0].free_symbols if located else law.free_symbols)


def _compare(
    found: _Tally, lowered: Lowered, varied: frozenset[sp.Symbol], kind: _Kind, turn: int, random: Random
) -> bool:
    """Tallies one more choice of what stays; False where it has no value."""
    points = list(islice(_points(lowered, varied, turn, random), POINTS))
    if len(points) < POINTS:
        return False
    try:
        sides = [_sides(lowered, at, kind.raised) for at in points]
    except Undetermined:
        return False
    (left, right), others = sides[0], sides[1:]
    changes = [(a - left, b - right) for a, b in others]
    if kind.factor:
        return _with_factor(found, points, (left, right), changes, others)
    if all(a.contains(0) and b.contains(0) for a, b in changes):
        return False
    same = [a.overlaps(b) for a, b in changes]
    found.agree += all(same)
    found.differ += not all(same)
    if not all(same) and found.first is None:
        at = same.index(False)
        found.first = (points[0], points[at + 1], *changes[at])
    return True


def _with_factor(
    found: _Tally,
    points: Sequence[Point],
    start: tuple[arb, arb],
    changes: Sequence[tuple[arb, arb]],
    others: Sequence[tuple[arb, arb]],
) -> bool:
    (first, second), rest = changes[0], changes[1:]
    if first.contains(0) or second.contains(0):
        return False
    positive = bool(first * second > 0)
    if not positive and not first * second < 0:
        return False
    same = positive and all((first * b).overlaps(a * second) for a, b in rest)
    found.agree += same
    found.differ += not same
    found.strict += same and all((start[0] * b).overlaps(a * start[1]) for a, b in others)
    if not same and found.first is None:
        found.first = (points[0], points[1], first, second)
    return True


def _points(
    lowered: Lowered, varied: frozenset[sp.Symbol], turn: int, random: Random
) -> Iterator[dict[sp.Symbol, fmpq]]:
    """Admissible points that differ in what varies only."""
    laws = lowered.laws
    start = None
    for attempt in range(4 * POINTS):
        at = point(
            lowered.symbols, laws.met, laws.places, frozenset(), frozenset(), laws.within, turn + attempt, random
        )  # fmt: skip
        if at is None:
            continue
        if start is None:
            start = at
        here = {s: at[s] if s in varied else start[s] for s in lowered.symbols}
        if all(is_admissible(law, here) for law in laws.met):
            yield here


def _sides(lowered: Lowered, at: dict[sp.Symbol, fmpq], raised: bool) -> tuple[arb, arb]:
    left, right = lowered.check.sides(at)
    if not raised:
        return left, right
    if not left > 0 or not right > 0:
        raise Undetermined("the logarithm of a side that may not be positive")
    return left.log(), right.log()
