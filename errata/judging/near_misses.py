"""A relation that fails, and that every way of judging supports as soon as one slip in it is undone.

That it fails says little: it may rest on a premise that was not read. That the page's own definitions and premises
support it but for one sign, factor, power or reciprocal, or the other way round, says that this was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Proved, Refuted, Repair, Supported, Undecided, Verdict
from errata.checking.abstract import unfoldings
from errata.checking.algebra import judge_identity
from errata.checking.context import At, State, definitions_in_force, span_of
from errata.checking.definitions import usable_in
from errata.checking.excuses import excuse
from errata.checking.families.ruling import wishes
from errata.checking.families.spoken import last_sentence
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import speaks_of_solving
from errata.checking.law_repairs import world_apart
from errata.checking.linear import judge_linear
from errata.checking.refuted_laws import witness_of
from errata.checking.repairs import SLIPS, Repaired, is_outside_of_functions
from errata.checking.restored import restored
from errata.checking.slips import Slip, slips
from errata.checking.stated_conditions import is_said_before
from errata.checking.steps import laws_of
from errata.judging.powers_of_means import power_inside
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.substitution import unfolded
from errata.reading.tree import Call, Differential, Relation, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

KINDS = frozenset({"sign", "factor-2", "factor-1/2", "inverse", "square", "log", "lost-log", "bracket"})
"""Slips that can be told. A term that is left out may be nothing by a premise, another name may be meant."""
OF_BOUNDS = frozenset({"inverse", "square"})
"""Slips that can be told in a bound, which other signs and factors make looser or idle."""
LARGEST = 60
"""Nodes of both sides of a relation whose edits are tried."""
MOST = 10
"""Edits of a relation that are tried."""
ON_THE_PAGE = (
    "with the definitions that the document gives", "with what line", "given what line",
    "the values and the numbers are positive", "for positive values",
)  # fmt: skip
"""Conditions that the page itself meets, or that go without saying. Another one may be what saves the relation as it
stands, too."""
_OTHER_WAY = {"≤": ("≥", r"\ge"), "≥": ("≤", r"\le"), "<": (">", ">"), ">": ("<", "<")}
Judge = Callable[[State, At, Pair, Kind], Judged]


def _has_one_function(pair: Pair) -> bool:
    """Whether two values of one function are equated, v(s_3) = v(s_2): an edit of an argument tells nothing of that."""
    left, right = pair.left, pair.right
    if pair.relation.sign != "=" or not isinstance(left, Call) or not isinstance(right, Call):
        return False
    return key(left.head) == key(right.head)


def near_miss(state: State, at: At, pair: Pair, judged: Judged, judge: Judge) -> Judged:
    """The judgement on a step or a bound that fails: refuted where one slip undone makes it hold, else as it was."""
    if judged.kind is not Kind.CLAIM or not isinstance(judged.verdict, Undecided) or not state.mends:
        return judged
    if _has_one_function(pair) or is_said_before(state, at.index, pair):
        return judged
    if not _is_asked(judged.verdict, pair) or at.chain.implies or at.chain.concluded or wishes(at):
        return judged
    if speaks_of_solving(last_sentence(at.prose)) or speaks_of_solving(at.chain.before):
        return judged
    state.mends = False  # the repairs of an edited relation are of no use
    try:
        said = {key(item) for item in at.chain.chain.items}  # that a member is as an earlier one says is no mend
        for slip, edited in _edits(pair):
            if slip.kind != "direction" and key(edited.right) in said:
                continue
            again = judge(state, at, edited, Kind.CLAIM)
            if (
                _holds(again)
                and _is_told(slip, pair, again)
                and (witness := _witness(state, at, pair, again)) is not None
            ):
                wrong = _wrong(at, judged, pair, slip, witness, again)
                rule = "E313" if speaks_of_laws(pair.left) or speaks_of_laws(pair.right) else wrong.rule
                return wrong if excuse(state, at, pair, replace(wrong, rule=rule), mended=True) is None else judged
    finally:
        state.mends = True
    return judged


def _is_asked(verdict: Undecided, pair: Pair) -> bool:
    """Whether a relation is a step that has been seen to fail, or a bound about laws; none of differentials, and none
    that is long."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    if any(power_inside(n) is not None for n in nodes):
        return False  # E(x − m)² may be the mean of the square
    if len(nodes) > LARGEST or any(isinstance(n, Differential) for n in nodes):
        return False
    if pair.relation.sign in _OTHER_WAY:
        return speaks_of_laws(pair.left) and speaks_of_laws(pair.right)
    if pair.relation.sign != "=" or not pair.position:
        return False
    return any(isinstance(e, Counterexample) and e.admissible and e.confirmed for e in verdict.tried)


def _edits(pair: Pair) -> Iterator[tuple[Slip, Pair]]:
    """The relation with one slip undone: turned round, or with another right side, which the step arrives at."""
    way = _OTHER_WAY.get(pair.relation.sign)
    if way is not None:
        turned = Relation(pair.relation.start, pair.relation.end, way[0], way[1])
        slip = Slip("direction", pair.right, pair.relation.start, pair.relation.end)
        yield slip, replace(pair, relation=turned)
    seen = {key(pair.right)}
    found = chain(slips(pair.right, pair.left), restored(pair.right, pair.left))
    kinds = KINDS if way is None else OF_BOUNDS
    for slip in islice((s for s in found if s.kind in kinds), MOST):
        if key(slip.node) not in seen and key(slip.node) != key(pair.left):
            seen.add(key(slip.node))
            yield slip, replace(pair, right=slip.node)


def _holds(judged: Judged) -> bool:
    verdict = judged.verdict
    if isinstance(verdict, Proved):
        return True
    return isinstance(verdict, Supported) and (verdict.holds_if is None or verdict.holds_if.startswith(ON_THE_PAGE))


def _is_told(slip: Slip, pair: Pair, again: Judged) -> bool:
    """Whether the place of a slip tells it: not within an unknown function, where f(−x) may be f(x)."""
    if slip.kind == "direction" or pair.relation.sign in _OTHER_WAY:
        return True
    found = Repaired(Repair("", slip.kind), slip.start, slip.end, False, pair)
    return _condition(again) is not None or is_outside_of_functions(found, pair)


def _is_of_laws(pair: Pair, again: Judged) -> bool:
    """Whether a bound holds for all laws, and not at some points alone."""
    by = again.verdict.by if isinstance(again.verdict, Proved | Supported) else ()
    return pair.relation.sign == "=" or all(e.route in ("worlds", "shannon") for e in by)


def _condition(judged: Judged) -> str | None:
    return judged.verdict.holds_if if isinstance(judged.verdict, Supported) else None


def _witness(state: State, at: At, pair: Pair, again: Judged) -> Counterexample | None:
    """Where the two sides are apart, with the definitions by which the mended relation holds put in."""
    condition = _condition(again)
    positive = pair.relation.sign in _OTHER_WAY or (condition is not None and "positive" in condition)
    by_definition = condition is not None and not positive
    for read in _with_definitions(state, at, pair) if by_definition else (pair,):
        apart = world_apart(read, laws_of(state), state.options.seed, positive)
        if apart is not None:
            detail = f"left {apart.left}, right {apart.right}"
            return Counterexample("worlds", witness_of(apart), apart.left, apart.right, detail, True, True)
        for verdict in _verdicts(read, state.options.seed):
            if isinstance(verdict, Refuted) and verdict.by.admissible and verdict.by.confirmed:
                return verdict.by
    return None


def _with_definitions(state: State, at: At, pair: Pair) -> Iterator[Pair]:
    """The relation with what the page defines put in."""
    used = usable_in(definitions_in_force(state), pair, at.index)
    if used:
        with suppress(Unlowered):
            yield replace(pair, left=unfolded(pair.left, used), right=unfolded(pair.right, used))
    yield from unfoldings(pair, laws_of(state))


def _verdicts(pair: Pair, seed: int) -> Iterator[Verdict]:
    linear = judge_linear(pair, seed)
    if linear is not None:
        yield linear.verdict
    with suppress(Unlowered):
        yield judge_identity(pair, {}, seed).verdict


def _wrong(at: At, judged: Judged, pair: Pair, slip: Slip, witness: Counterexample, again: Judged) -> Judged:
    is_turned = slip.kind == "direction"
    repaired = _OTHER_WAY[pair.relation.sign][1] if is_turned else to_latex(slip.node)
    message = f"{SLIPS[slip.kind]}: as {_shown(pair, slip)} it holds"
    where = span_of(at.formula, slip.start, slip.end)
    return replace(
        judged, verdict=Refuted(witness, repair=Repair(repaired, slip.kind)), rule="E311", message=message,
        focus=where, label=SLIPS[slip.kind], where=(*judged.where, *again.where),
    )  # fmt: skip


def _shown(pair: Pair, slip: Slip) -> str:
    sign = _OTHER_WAY[pair.relation.sign][1] if slip.kind == "direction" else pair.relation.latex
    return f"{to_latex(pair.left)} {sign} {to_latex(slip.node)}"
