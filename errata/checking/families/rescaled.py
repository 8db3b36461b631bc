"""A variable moved and scaled: √n (X̄ − μ) ≈ N(0, σ²) in one row, √n (X̄ − μ)/σ ≈ N(0, 1) in the next.

The left side of the later row is c times that of the earlier one, plus d, whatever is random in both. So its law is
N(c m + d, c² v), which is compared with the stated one. Limits in law are treated alike: they are kept by such maps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import Record
from claims.verdict import LEAST_POINTS, Refuted, Tried, decide
from errata.checking.algebra import sizes_in
from errata.checking.context import At, State, root_of, span_of
from errata.checking.families.ruling import Ruling, supposes
from errata.reading.families.notation import LawNode, law_node
from errata.reading.generic import Generic, lower_generic
from errata.reading.relations import Pair, stated
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.comparison import digits
from numerics.identity import KINDS

LIMITS_IN_LAW = frozenset({"≈", "→", "⇝"})
"""Signs between an expression and a law that it has nearly, or tends to."""
BACK = 1
"""Formulas back to where the earlier row may stand."""
BETWEEN = 160
"""Characters between the two, beyond which the later one may speak of something else."""
POINTS = 5
"""Points for each choice of the whole numbers."""
TURNS = 2
_HEADING = re.compile(r"^#|\\(?:sub)*section", re.M)
_CAPITAL = re.compile(r"(?:\\[a-z]+)*[A-Z]")
"""How the name of a random variable begins, accents before it left aside."""
_STANDARD_DEVIATION = "the second parameter of N(·, ·) is a standard deviation"


class _Row(Record):
    """An expression and the parameters of its normal law."""

    expression: sp.Expr
    mean: sp.Expr
    spread: sp.Expr
    open: bool
    """Whether the second parameter may be a standard deviation as well."""

    @property
    def parameters(self) -> frozenset[sp.Symbol]:
        return frozenset(self.mean.free_symbols | self.spread.free_symbols)

    def variance(self, deviation: bool) -> sp.Expr:
        return self.spread**2 if deviation and self.open else self.spread


def judge_rescaled(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on "expression ∼ N(m, v)" by the law of another expression; None where none is near."""
    law = _normal(pair)
    if law is None or supposes(at):
        return None
    for earlier, given, line in _rows_before(state, at):
        try:
            ruling = _compared(at, (pair, law), (earlier, given), line, state.options.seed)
        except (Unlowered, Undetermined, TypeError, ValueError, ZeroDivisionError):
            continue
        if ruling is not None:
            return ruling
    return None


def _normal(pair: Pair) -> LawNode | None:
    """The normal law of one variable on the right of a sign that says what a law is."""
    law = law_node(pair.right) if pair.relation.sign in LIMITS_IN_LAW | {"∼"} else None
    return law if law is not None and law.name == "N" and law.point is None else None


def _rows_before(state: State, at: At) -> Iterator[tuple[Pair, LawNode, int]]:
    """The rows before, the nearest first, that say of an expression that its law is normal."""
    for index in range(at.index, max(-1, at.index - 1 - BACK), -1):
        formula = state.document.formulas[index]
        for chain in reversed(stated(root_of(state, index))):
            if index == at.index and chain.chain.start >= at.chain.chain.start:
                continue
            place = formula.offset(chain.chain.start)
            wrong = any(isinstance(j.verdict, Refuted) and j.span.start == place for j in state.in_turn)
            for earlier in chain.pairs():
                law = _normal(earlier)
                if law is not None and not wrong:
                    yield earlier, law, state.document.place(place).line
        before = state.document.formulas[index - 1].span.end if index > 0 else 0
        if formula.span.start - before > BETWEEN or _HEADING.search(state.document.text[before : formula.span.start]):
            return


def _compared(
    at: At, claimed: tuple[Pair, LawNode], given: tuple[Pair, LawNode], line: int, seed: int
) -> Ruling | None:
    worlds = [_world(claimed, given, turn) for turn in range(TURNS)]
    if not all(w.closed and w.is_of_one for w in worlds):
        return None
    for names in zip(*(sorted(w.random_names, key=str) for w in worlds), strict=False):
        failed: list[_Apart] = []
        for deviation in (False, True) if worlds[0].before.open or worlds[0].after.open else (False,):
            found = _tested(worlds, names, deviation, seed)
            if found is None:
                break
            if found.first is None:
                return _held(found, line, deviation, failed)
            failed.append(found)
        if failed and all(f.agree == 0 for f in failed):
            return _refuted(at, claimed[0], failed[0], line)
    return None


class _World(Record):
    """Both rows, with one choice of the whole numbers."""

    before: _Row
    after: _Row
    generic: Generic

    @property
    def closed(self) -> bool:
        """Whether nothing stands in the later row that the earlier one doesn't have, and all is numbers."""
        if self.generic.uninterpreted or self.generic.matrices or self.generic.approached:
            return False
        known = self.before.expression.free_symbols | self.before.parameters
        return bool((self.after.expression.free_symbols | self.after.parameters) <= known)

    @property
    def is_of_one(self) -> bool:
        """Whether no two names are random by their letters: X − Y is no multiple of X + Y, nor of X, for any Y."""
        names = self.before.expression.free_symbols - self.before.parameters - self.after.parameters
        return sum(_CAPITAL.match(str(s)) is not None for s in names) <= 1

    @property
    def random_names(self) -> frozenset[sp.Symbol]:
        common = self.before.expression.free_symbols & self.after.expression.free_symbols
        return frozenset(common - self.before.parameters - self.after.parameters)


def _world(claimed: tuple[Pair, LawNode], given: tuple[Pair, LawNode], turn: int) -> _World:
    (pair, _), (earlier, _) = claimed, given
    generic = Generic(sizes_in(turn, pair.left, pair.right, earlier.left, earlier.right))
    return _World(_row(*given, generic), _row(*claimed, generic), generic)


def _row(pair: Pair, law: LawNode, generic: Generic) -> _Row:
    parts = [lower_generic(n, generic) for n in (pair.left, *law.arguments)]
    if any(isinstance(p, sp.Tuple) for p in parts):
        raise Unlowered("vectors")
    return _Row(parts[0], parts[1], parts[2], len(law.options) > 1)


class _Apart(Record):
    """At how many points the parameters agree, and the first point at which they don't."""

    agree: int
    first: tuple[tuple[tuple[str, str], ...], str, str] | None


def _tested(worlds: Sequence[_World], names: Sequence[sp.Symbol], deviation: bool, seed: int) -> _Apart | None:
    """The stated parameters beside those that follow, with one random name in each world; None where one row is no
    multiple of the other, or says of the same expression what its law is in another case."""
    random = Random(f"{seed} rescaled")
    agree, first = 0, None
    for world, name in [*zip(worlds, names, strict=True)] * POINTS:
        before, after = world.before, world.after
        here = {s: KINDS[0].draw(random) for s in sorted(before.expression.free_symbols | before.parameters, key=str)}
        map_ = _affine(before.expression, after.expression, name, here)
        if map_ is None:
            return None
        slope, shift = map_
        if slope.overlaps(arb(1)) and shift.contains(0):
            return None
        variance = slope**2 * enclose(before.variance(deviation), at=here)
        follows = (slope * enclose(before.mean, at=here) + shift, variance)
        says = (enclose(after.mean, at=here), enclose(after.variance(deviation), at=here))
        if all(a.overlaps(b) for a, b in zip(follows, says, strict=True)):
            agree += 1
        elif first is None:
            sizes = tuple((n, str(v)) for n, v in world.generic.sizes.items())
            first = (
                (*sizes, *((str(s), str(v)) for s, v in here.items() if s != name)),
                _shown(*says),
                _shown(*follows),
            )
    return _Apart(agree, first)


def _affine(one: sp.Expr, other: sp.Expr, name: sp.Symbol, here: Mapping[sp.Symbol, fmpq]) -> tuple[arb, arb] | None:
    """Slope and shift by which one expression gives the other for every value of a name; None where none do."""
    values = [fmpq(1, 3), fmpq(5, 7), fmpq(17, 9)]
    x = [enclose(one, at={**here, name: v}) for v in values]
    y = [enclose(other, at={**here, name: v}) for v in values]
    if (x[1] - x[0]).contains(0):
        return None
    slope = (y[1] - y[0]) / (x[1] - x[0])
    shift = y[0] - slope * x[0]
    return (slope, shift) if (slope * x[2] + shift).overlaps(y[2]) and not slope.contains(0) else None


def _shown(mean: arb, variance: arb) -> str:
    """The two parameters in words; a ball around zero is one."""
    m, v = ("0" if ball.contains(0) else digits(ball) for ball in (mean, variance))
    return f"mean {m} and variance {v}"


def _held(found: _Apart, line: int, deviation: bool, failed: list[_Apart]) -> Ruling | None:
    if found.agree < LEAST_POINTS:
        return None
    by = Agreement("law", found.agree, 30, f"mean and variance at {found.agree} random points")
    return Ruling(
        decide([Tried(_STANDARD_DEVIATION if deviation and failed else None, (by,))]), (f"the law in line {line}",)
    )


def _refuted(at: At, pair: Pair, found: _Apart, line: int) -> Ruling | None:
    assert found.first is not None
    witness, says, follows = found.first
    shown = ", ".join(f"{n} = {v}" for n, v in witness)
    message = f"at {shown} the law in line {line} gives {follows}, and the stated law has {says}"
    counter = Counterexample("law", witness, says, follows, message, True, True)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(decide([Tried(None, (counter,))]), (f"the law in line {line}",), "E316", message, focus)
