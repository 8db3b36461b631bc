"""Claims that hold, as the judge finds them in notes, and what it says of each with a slip planted in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import TypeVar

from sympy.core.cache import clear_cache

from benchmarks.meaning import bernoulli, changed, in_zero_and_one
from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided
from errata.checking.context import State, definitions_in_force, root_of, span_of
from errata.checking.definitions import usable_in
from errata.checking.examine import come_to, judged_afresh, state_at_start, up_to_a_finding
from errata.checking.judgement import Judged, Kind
from errata.checking.options import Options
from errata.checking.pool.limits import OutOfTime, ran_out_of_time, set_alarm
from errata.checking.slips import Slip, rewritten, slips
from errata.reading.discover import discover
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document
from errata.reading.tree import Gap, Lines, Node
from errata.reading.unparse import to_latex

_T = TypeVar("_T")
REACH = 6
"""Statements before a claim that may say which values a name in it has; a formula that only names something is none."""
EQUATES = ("=", "≡", "≈")
"""Signs of the relations in which slips are planted."""
OUTCOMES = ("refuted", "warned", "undecided", "held if", "held", "failed")
"""What may become of a mutant. "held if" names a condition; "held" must not happen, and "failed" is the judge's own
failure."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that holds, in its place: the state of the document just before its formula, and which relation."""

    state: State
    formula: int
    root: Lines
    number: int
    pair: Pair
    neighbours: Mapping[int, tuple[Node, ...]]
    """What each member of the chain stands beside, by the identity of its node."""
    holds: bool = True
    """Whether it was supported or proved before a slip was planted."""

    @property
    def place(self) -> str:
        document = self.state.document
        offset = document.formulas[self.formula].offset(self.pair.right.start)
        return f"{document.path}:{document.place(offset).line}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A claim with a slip planted in one of its sides."""

    claim: Claim
    slip: Slip
    old: Node
    """The side without the slip."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant; ``meant`` says whether its meaning differs from that of the claim (None: can't tell)."""

    mutant: Mutant
    meant: bool | None
    outcome: str
    repaired: bool
    undone: bool
    why: str = ""
    """The judge's own failure, or its reason for leaving the mutant undecided."""

    def told(self) -> str:
        """The mutant in one line."""
        claim, new = self.mutant.claim, to_latex(self.mutant.slip.node)
        return f"{claim.place}: {self.mutant.slip.kind}: {to_latex(self.mutant.old)[:90]} → {new[:90]} [{self.why}]"


def claims(
    paths: Sequence[str], options: Options, at: Callable[[str], None], undecided: bool = False
) -> Iterator[Claim]:
    """Every equation in these files that is supported or proved without a condition, and those that are left undecided
    where they are asked for; ``at`` hears each path.

    An inequality may hold with a slip in it, and a formula with a finding is wrong already; both are left out.
    """
    for path in discover(tuple(paths)).files:
        at(path)
        document = read_document(path)
        state = state_at_start(document, options)
        for index, formula in enumerate(document.formulas):
            come_to(state, index)
            before, root = copied(state), parse(formula.latex, document.macros)
            pairs = {_span(state, index, p): p for chain in stated(root) for p in chain.pairs()}
            beside = _neighbours(pairs.values())
            found = _judged(state, index, root)
            if any(j.rule is not None for j in found):
                continue
            for number, judged in enumerate(found):
                pair = pairs.get(judged.span)
                if pair is None or pair.relation.sign not in EQUATES:
                    continue
                is_open = undecided and judged.kind is Kind.CLAIM and isinstance(judged.verdict, Undecided)
                if _holds(judged) or is_open:
                    yield Claim(before, index, root, number, pair, beside, not is_open)


def _neighbours(pairs: Iterable[Pair]) -> Mapping[int, tuple[Node, ...]]:
    found: dict[int, tuple[Node, ...]] = {}
    for pair in pairs:
        if pair.relation.sign in EQUATES:
            found[id(pair.left)] = (*found.get(id(pair.left), ()), pair.right)
            found[id(pair.right)] = (*found.get(id(pair.right), ()), pair.left)
    return found


def mutants(claim: Claim) -> Iterator[Mutant]:
    """The claim with each known slip in turn: in its right side, and in its left side where it opens a chain."""
    pair = claim.pair
    sides = (pair.right,) if pair.position or isinstance(pair.left, Gap) else (pair.right, pair.left)
    return (Mutant(claim, slip, side) for side in sides for slip in slips(side))


def fate(mutant: Mutant, seed: int) -> Fate:
    """What the judge says of a mutant in its place."""
    claim, slip = mutant.claim, mutant.slip
    root = rewritten(claim.root, mutant.old, slip.node)
    assert isinstance(root, Lines)
    try:
        found = _judged(copied(claim.state), claim.formula, root)
    except Exception as error:
        return Fate(mutant, None, "failed", False, False, f"{type(error).__name__}: {error}"[:80])
    repair = next((r for j in found if (r := getattr(j.verdict, "repair", None)) is not None), None)
    beside, scope = claim.neighbours[id(mutant.old)], claim.state.scope
    binary = in_zero_and_one(_before(claim)) | bernoulli([claim.root])
    given = usable_in(definitions_in_force(claim.state), Pair(mutant.old, claim.pair.relation, slip.node, 1))
    meant = _timed(
        lambda: changed(mutant.old, slip.node, beside, scope, seed, binary, given), claim.state.options.budget_s
    )
    undone = repair is not None and _same(mutant.old, repair.latex, claim, seed)
    outcome = _outcome(found, claim.number)
    return Fate(mutant, meant, outcome, repair is not None, undone, _reason(found, claim.number))


def _before(claim: Claim) -> Iterator[Node]:
    """The trees of the last formulas before a claim that state something, and its own."""
    before = (root_of(claim.state, index) for index in range(claim.formula - 1, -1, -1))
    yield from islice((root for root in before if any(stated(root))), REACH)
    yield claim.root


def _same(old: Node, latex: str, claim: Claim, seed: int) -> bool:
    """Whether a repair has the value of what was there."""
    statements = parse(latex, claim.state.document.macros).statements
    if len(statements) != 1:
        return False
    same = _timed(lambda: changed(old, statements[0], (old,), claim.state.scope, seed), claim.state.options.budget_s)
    return latex == to_latex(old) or same is False


def _outcome(found: Sequence[Judged], number: int) -> str:
    if any(isinstance(j.verdict, Refuted | IllFormed) and not (j.rule or "").startswith("W") for j in found):
        return "refuted"
    if any((j.rule or "").startswith("W") for j in found):
        return "warned"
    if number < len(found) and isinstance(found[number].verdict, Supported | Proved):
        return "held" if _holds(found[number]) else "held if"
    return "undecided"


def _reason(found: Sequence[Judged], number: int) -> str:
    """Why a mutant was left undecided."""
    if number >= len(found):
        return "not come to in its time"
    return str(getattr(found[number].verdict, "why", type(found[number].verdict).__name__))


def _holds(judged: Judged) -> bool:
    if judged.rule is not None:
        return False
    return isinstance(judged.verdict, Proved) or (
        isinstance(judged.verdict, Supported) and judged.verdict.holds_if is None
    )


def _judged(state: State, index: int, root: Lines) -> list[Judged]:
    found = _timed(lambda: judged_afresh(state, index, root), state.options.budget_s)
    return up_to_a_finding(state.in_turn) if found is None else found


def _timed(work: Callable[[], _T], seconds: float) -> _T | None:
    """The result, or None where it takes longer than the budget of a formula, be it by the time the alarm is off."""
    try:
        try:
            set_alarm(seconds)
            return work()
        finally:
            set_alarm(0)
    except (OutOfTime, SystemError) as error:
        if not ran_out_of_time(error):
            raise
        clear_cache()  # of what was cut off half done
        return None


def _span(state: State, index: int, pair: Pair) -> object:
    start = pair.relation.start if isinstance(pair.left, Gap) else pair.left.start
    return span_of(state.document.formulas[index], start, pair.right.end)


def copied(state: State) -> State:
    """The state as it is now, whatever is said later."""
    return replace(state, **{f.name: _copy(getattr(state, f.name)) for f in fields(state)})


def _copy(value: object) -> object:
    if isinstance(value, dict):
        return {k: list(v) if isinstance(v, list) else v for k, v in value.items()}
    return value
