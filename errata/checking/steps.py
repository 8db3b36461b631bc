"""One step of a derivation: integrands, scalars and linear algebra are asked in turn, and what could save it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Tried, Undecided, decide
from errata.checking.abstract import judge_abstract, unfoldings
from errata.checking.algebra import BY_DEFINITIONS, Found, is_step, judge_identity, judge_unfolded, may_be_identity
from errata.checking.antiderivatives import judge_antiderivative, repaired_antiderivative
from errata.checking.as_given import still_fails
from errata.checking.asymmetries import judge_asymmetry
from errata.checking.context import (
    At,
    State,
    bodies_of,
    definitions_in_force,
    definitions_of,
    known_in,
    roots_of,
    span_of,
)
from errata.checking.customary_conditions import Condition, saving_condition
from errata.checking.definitions import beyond_a_step, gives_a_name, usable_in
from errata.checking.distributed import judge_distributed
from errata.checking.equal_objectives import judge_equal_objectives
from errata.checking.estimators import judge_unbiased
from errata.checking.expected import judge_expected
from errata.checking.facts import judge_with_facts
from errata.checking.families.ruling import says_alike, supposes, wishes
from errata.checking.families.spoken import last_sentence
from errata.checking.given_back import judge_given_back
from errata.checking.identities import identity_of
from errata.checking.identity_notation import fails_as_identity
from errata.checking.increasing_maps import judge_increasing_maps
from errata.checking.inferred import misrearranged
from errata.checking.integrands import judge_integrals, names_compared
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import speaks_of_solving
from errata.checking.known_words import judge_known_words
from errata.checking.law_repairs import may_square_inside, meaningless, mended_laws, near_miss
from errata.checking.layered import judge_layered
from errata.checking.linear import supported_linear
from errata.checking.linear_repairs import repaired_linear
from errata.checking.members import judge_members, judge_vectors
from errata.checking.mixtures import is_mixture, refute_mixture
from errata.checking.named_divergences import is_divergence, refute_sign
from errata.checking.never import refute_never
from errata.checking.page_laws import PageLaws, page_laws
from errata.checking.parametric import judge_parametric
from errata.checking.rearranged import Equation, judge_rearranged
from errata.checking.recurrences import other_members
from errata.checking.refutable import around, speaks_of_densities
from errata.checking.refuted_laws import refute_laws
from errata.checking.reordered_traces import judge_reordered_trace
from errata.checking.repairs import (
    MOST_WORK,
    OUTSIDE,
    QUICKLY,
    SLIPS,
    Repaired,
    is_outside_of_functions,
    is_slip,
    repaired,
)
from errata.checking.said_matrices import judge_said_matrices
from errata.checking.sampled import judge_sampled
from errata.checking.spelled_slips import misspelled
from errata.checking.step_slips import lost_value, mended_linear, misexpanded, misfixed, misintegrated, refuted_step
from errata.checking.through_outputs import judge_through_outputs
from errata.checking.unfolded_alike import judge_alike
from errata.checking.vectors_as_laws import judge_vectors_as_laws
from errata.checking.wide_sums import holds_for_wide_sums
from errata.checking.written_matrices import works_out
from errata.reading.calculus import is_derivative
from errata.reading.document import Formula
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.substitution import unfolded
from errata.reading.tree import Accent, Factors, Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

_IDENTITY = re.compile(r"\bidentit(?:y|ies)\b(?! matri)", re.I)


def judge_step(state: State, at: At, judged: Judged, pair: Pair, why: str) -> Judged:
    """A relation in free symbols; ``why`` says what kept it from being judged as one of numbers.

    One that fails for all values of its names may hold with what is established of them: ŷ_i = 0 at the start.
    """
    found = _in_symbols(state, at, judged, pair, why)
    if isinstance(found.verdict, Refuted):
        held = judge_with_facts(pair, state.facts, state.options.seed, state.bounds)
        if held is None and pair.relation.sign == "=":
            held = judge_rearranged(pair, _used_before(state), state.options.seed, state.bounds)
        return found if held is None else replace(judged, verdict=held.verdict, where=held.where)
    if isinstance(found.verdict, Undecided) and pair.position == 0 and pair.relation.sign == "=":
        follows = judge_rearranged(pair, state.equations, state.options.seed, state.bounds)
        if follows is not None:
            return replace(judged, verdict=follows.verdict, where=follows.where)
    if isinstance(found.verdict, Undecided):
        found = judge_laws(state, at, found, pair)
    if isinstance(found.verdict, Undecided):
        with_facts = judge_with_facts(pair, state.facts, state.options.seed, state.bounds)
        if with_facts is not None:
            return replace(judged, verdict=with_facts.verdict, where=with_facts.where)
        alike = judge_alike(state, laws_of(state), pair, at.index, state.options.seed)
        if alike is not None:
            return replace(judged, verdict=alike.verdict, where=alike.where)
        if not state.mends:
            return as_said(state, at, found, pair) or found
        wrong = misrearranged(state, at, found, pair) or misspelled(state, at, found, pair)
        return wrong or as_said(state, at, found, pair) or found
    return found


def _used_before(state: State) -> tuple[Equation, ...]:
    """The equations from which steps of the formula before this one follow: it may go on to use them."""
    used = {said for judged in state.in_turn for said in judged.where}
    return tuple(e for e in state.equations if f"given what line {e.line} says" in used)


def as_said(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement by what the text says of the matrices in a relation; None where that settles nothing."""
    said = judge_said_matrices(state, at, pair) or judge_distributed(state, at, pair)
    said = said or judge_reordered_trace(state, at, pair)
    if said is None:
        return None
    judged = replace(judged, kind=Kind.CLAIM)
    if isinstance(said.verdict, Refuted):
        return refuted_step(at, judged, pair, said, None)
    return replace(judged, verdict=said.verdict, where=said.where)


def _in_symbols(state: State, at: At, judged: Judged, pair: Pair, why: str) -> Judged:
    """A relation whose functions and laws may be anything."""
    if pair.relation.sign not in ("=", "≡"):
        return replace(judged, verdict=Undecided((), why))
    if is_name(pair.left) and is_name(pair.right) and key(pair.left) != key(pair.right):
        return replace(judged, verdict=Undecided((), "it says that two quantities are equal"))
    if (integral := _of_antiderivative(state, at, judged, pair)) is not None:
        return integral
    try:
        found = _found(state, at, pair)
    except Unlowered as reason:
        judged = replace(judged, verdict=Undecided((), str(reason)))
        return (mended_linear(state, at, judged, pair) if state.mends else None) or judged
    if not isinstance(found.verdict, Refuted):
        derived = None if found.sides is None else identity_of(*found.sides)
        judged = replace(judged, verdict=found.verdict, where=found.where, derived=derived)
        if not isinstance(found.verdict, Undecided) or not state.mends:
            return judged
        return mended_linear(state, at, judged, pair) or lost_value(state, at, judged, pair) or judged
    if other_members(pair.left, pair.right):
        return replace(judged, verdict=Undecided((found.verdict.by,), "a recurrence may stand between the sides"))
    condition = saving_condition(pair, glossed(state.document.text), state.options.seed)
    if condition is not None and condition.said:
        return _under(judged, condition)
    if holds_for_wide_sums(pair, state.options.seed):
        return replace(judged, verdict=Undecided((found.verdict.by,), "a sum may reach over the terms after it"))
    if not state.mends:
        return replace(judged, verdict=Undecided((found.verdict.by,), why))
    if found.sound and _is_step(at, pair):
        with _for_now(state, refuted_step(at, judged, pair, found, None)):
            mended = repaired(pair, state.options.seed) or repaired_linear(pair, state.options.seed)
        return refuted_step(at, judged, pair, found, mended)
    if (wrong := misintegrated(state, at, judged, pair)) is not None:
        return wrong
    step = is_step(pair, at.chain, at.prose) or (found.known and _works_out_a_derivative(at, pair))
    if step or (found.closed and may_be_identity(pair, at.chain, at.prose)) or (found.known and _is_told(at)):
        work = MOST_WORK if found.closed else QUICKLY
        mended = repaired(pair, state.options.seed, work, SLIPS if found.known or not step else OUTSIDE)
        told = mended is not None and is_slip(mended, step) and not (mended.repair.slip == "name" and says_alike(at))
        if told and mended is not None and mended.repair.slip == "name":
            bodies = beyond_a_step(bodies_of(state), pair)
            told = not gives_a_name(bodies, pair.left, pair.right) or still_fails(pair, bodies, state.options.seed)
        if mended is not None and told and (found.known or is_outside_of_functions(mended, pair)):
            return refuted_step(at, judged, pair, found, mended)
    if (wrong := misexpanded(at, judged, pair, found, state.options.seed)) is not None:
        return wrong
    if is_step(pair, at.chain, at.prose) and (beside := misfixed(state, at, judged, pair)) is not None:
        return beside
    if fails_as_identity(state, at, pair, found):
        return refuted_step(at, judged, pair, found, None)
    if judged.kind is Kind.CLAIM and (never := refute_never(pair, state.options.seed)) is not None:
        return refuted_step(at, judged, pair, never, None)
    open_ = why if pair.position == 0 else "it may use what is said elsewhere"
    judged = replace(judged, verdict=Undecided((found.verdict.by,), open_))
    return mended_linear(state, at, judged, pair) or judged


def _of_antiderivative(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an integral without limits, by the derivative of what it is said to be."""
    found = judge_antiderivative(pair, state.options.seed)
    if found is None:
        return None
    if not isinstance(found.verdict, Refuted):
        return replace(judged, verdict=found.verdict, where=found.where)
    if not may_be_identity(pair, at.chain, at.prose) or wishes(at):
        return None
    return refuted_step(at, judged, pair, found, repaired_antiderivative(pair, state.options.seed))


def _works_out_a_derivative(at: At, pair: Pair) -> bool:
    """Whether the left side derives what is written out, and the right side does not: (d/dx) e^{kx} = k e^{kx}. As both
    are known functions, nothing is defined by it, and no function is looked for."""
    left = pair.left.items[0] if isinstance(pair.left, Factors) else pair.left
    if not is_derivative(left) or any(is_derivative(n) for n in walk(pair.right)):
        return False
    return pair.position == 0 and may_be_identity(pair, at.chain, at.prose)


def _is_told(at: At) -> bool:
    """Whether the sentence before a formula says that it is an identity: "by the trigonometric identity"."""
    said = not speaks_of_solving(at.prose) and not speaks_of_solving(at.chain.before)
    return said and not at.chain.implies and _IDENTITY.search(last_sentence(at.prose)) is not None


def _under(judged: Judged, condition: Condition) -> Judged:
    """A step that holds under a condition of which the document speaks."""
    if not condition.general:
        return replace(judged, verdict=Undecided((condition.by,), f"it may rest on {condition.text}"))
    return replace(judged, verdict=decide([Tried(condition.text, (condition.by,))]))


@contextmanager
def _for_now(state: State, judged: Judged) -> Iterator[None]:
    """What is known of a relation while a repair is looked for: if time runs out on the way, it stands."""
    state.in_turn.append(judged)
    yield
    state.in_turn.pop()


def judge_laws(state: State, at: At, judged: Judged, pair: Pair) -> Judged:
    """A relation that nothing else decides, as a sentence about abstract laws."""
    laws = laws_of(state, at.formula)
    found = judge_abstract(pair, laws, state.options.seed) or judge_asymmetry(pair, laws, state.options.seed)
    if found is not None and not isinstance(found.verdict, Undecided):
        return replace(judged, verdict=found.verdict, where=found.where)
    ways = (judge_layered, judge_given_back, judge_sampled, judge_parametric, judge_known_words,
            judge_vectors_as_laws, judge_increasing_maps,
            judge_through_outputs)  # fmt: skip
    objectives = partial(judge_equal_objectives, judges=(_for_all_laws, *ways))
    for judge in (*ways, objectives):
        if (composed := judge(state, laws, pair, at.index, state.options.seed)) is not None:
            return replace(judged, verdict=composed.verdict, where=composed.where)
    if not state.mends:
        return judged
    solved = speaks_of_solving(last_sentence(at.prose)) or speaks_of_solving(at.chain.before)
    solved = solved or any(may_square_inside(side) for side in (pair.left, pair.right))
    if judged.kind is not Kind.CLAIM or at.chain.implies or at.chain.concluded or solved:
        return judged
    near = around(state.document, at.formula)
    refuted = refute_laws(pair, laws, near, is_step(pair, at.chain, at.prose), state.options.seed)
    if refuted is None:
        return _near_miss(state, at, judged, pair)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    label = "not equal for the laws below" if pair.relation.sign in "=≡" else None
    plain = replace(
        judged, verdict=refuted.verdict, rule="E313", message=refuted.message, focus=focus, label=label
    )  # fmt: skip
    with _for_now(state, plain):
        mended = mended_laws(pair, laws, state.options.seed) if pair.relation.sign in "=≡" else None
    if mended is None or not isinstance(refuted.verdict, Refuted):
        return plain
    return _mended_laws(at, judged, replace(refuted, verdict=replace(refuted.verdict, repair=mended.repair)), mended)


def _for_all_laws(_state: State, page: PageLaws, pair: Pair, _formula: int, seed: int) -> Found | None:
    """The verdict on a relation that is about abstract laws as it stands."""
    return judge_abstract(pair, page, seed)


def judge_defined(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation that may define its left side, by what the text or the name says it is."""
    if pair.position:
        return None
    estimated = judge_unbiased(pair, at.prose)
    if estimated is not None:
        return _estimated(at, judged, pair, estimated)
    if not (is_divergence(pair.left) or is_mixture(pair)):
        return None
    near = around(state.document, at.formula)
    mixture = refute_mixture(pair, near.text, state.options.seed)
    found = mixture or refute_sign(pair, lambda: laws_of(state), near, state.options.seed)
    if found is None or supposes(at):
        return None
    rule = "E313" if mixture is None else "E312"
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return replace(judged, kind=Kind.CLAIM, verdict=found.verdict, rule=rule, message=found.message, focus=focus)


def _estimated(at: At, judged: Judged, pair: Pair, found: Found) -> Judged:
    """An estimator that the text calls unbiased."""
    judged = replace(judged, kind=Kind.CLAIM, verdict=found.verdict, where=found.where)
    if not isinstance(found.verdict, Refuted):
        return judged
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return replace(judged, rule="E314", message=found.message, focus=focus)


def laws_of(state: State, formula: Formula | None = None) -> PageLaws:
    """What the document says of its laws; with what is said near a formula of whether they have densities."""
    if state.laws is None:
        state.laws = page_laws(state.document.text, roots_of(state))
    laws = replace(state.laws, bounds=dict(state.bounds)) if state.bounds else state.laws
    return laws if formula is None else replace(laws, dense=speaks_of_densities(around(state.document, formula)))


def _near_miss(state: State, at: At, judged: Judged, pair: Pair) -> Judged:
    """The same where one slip away from the relation stands an identity of all laws, or one with what is defined."""
    if wishes(at):
        return judged
    laws, near, seed = laws_of(state), around(state.document, at.formula), state.options.seed
    found = near_miss(pair, laws, near, seed)
    if found is None and next(unfoldings(pair, laws), None) is not None:
        found = near_miss(pair, laws, near, seed, lambda one: next(unfoldings(one, laws), one))
    if found is None:
        return _meaningless(at, judged, pair, laws, seed)
    return _mended_laws(at, judged, *found)


def _meaningless(at: At, judged: Judged, pair: Pair, laws: PageLaws, seed: int) -> Judged:
    """The same where a relation of laws can mean nothing, but for a wrong name."""
    found = meaningless(pair, laws, seed)
    if found is None:
        return judged
    why, mended = found
    focus, side = (
        span_of(at.formula, mended.start, mended.end),
        mended.mended.left if mended.left else mended.mended.right,
    )
    message = f"{why}; with {to_latex(side)} it holds for all laws"
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    wrong = IllFormed("E313", message, focus.start, focus.end, mended.repair)
    return replace(judged, verdict=wrong, rule="E313", message=message, focus=focus, label=label)


def _mended_laws(at: At, judged: Judged, found: Found, mended: Repaired) -> Judged:
    focus = span_of(at.formula, mended.start, mended.end)
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    return replace(judged, verdict=found.verdict, rule="E313", message=found.message, focus=focus, label=label)


def _found(state: State, at: At, pair: Pair) -> Found:
    """What integrands, scalars and linear algebra say of a relation, in turn. Raises Unlowered where all are silent."""
    seed = state.options.seed
    integrals = judge_integrals(pair, seed)
    if integrals is not None and (isinstance(integrals.verdict, Supported) or _is_sound(state, at, pair, integrals)):
        return integrals
    try:
        found = judge_identity(pair, {}, seed, bounds=state.bounds)
    except Unlowered:
        linear = _judge_linear(state, at, pair) or supported_by_definitions(state, at, pair)
        if linear is None:
            raise
        return linear
    if isinstance(found.verdict, Supported | Proved):
        return found
    if isinstance(found.verdict, Refuted) and _as_stated(state, found) and is_step(pair, at.chain, at.prose):
        try:
            found = judge_identity(pair, usable_in(definitions_in_force(state), pair), seed, bounds=state.bounds)
        except Unlowered:  # what the document says of these names can't be put in, so that only a slip can tell
            return replace(found, sound=False)
        return replace(found, sound=_as_stated(state, found))
    linear = _judge_linear(state, at, pair)
    return linear or supported_by_definitions(state, at, pair) or found


def _as_stated(state: State, found: Found) -> bool:
    """Whether nothing could save a failure, means taken for what the document says that they are."""
    return found.sound or (bool(found.bars) and found.bars <= _means_of(state))


def _means_of(state: State) -> frozenset[str]:
    """The names with a bar that the document gives the mean of their family: x̄ = (1/n) ∑ x_i."""
    if state.means is None:
        heads = (
            chain for root in roots_of(state) for chain in stated(root) if isinstance(chain.chain.items[0], Accent)
        )
        state.means = frozenset(
            key(c.chain.items[0]) for c in heads if _is_stated_mean(c.pairs()[0], state.options.seed)
        )
    return state.means


def _is_stated_mean(pair: Pair, seed: int) -> bool:
    try:
        found = judge_identity(pair, {}, seed)
    except Unlowered:
        return False
    return isinstance(found.verdict, Supported | Proved) and any("is the mean of" in said for said in found.where)


def supported_by_definitions(state: State, at: At, pair: Pair) -> Found | None:
    """The support of a relation once what other formulas define is put in; None where it gets none."""
    used = usable_in(definitions_in_force(state), pair, at.index)
    if not used:
        return None
    try:
        found = judge_unfolded(pair, used, state.options.seed, state.bounds)
        if found is not None and isinstance(found.verdict, Supported | Proved):
            return found
    except Unlowered:
        pass
    return linear_by_definitions(state, at, pair)


def linear_by_definitions(state: State, at: At, pair: Pair) -> Found | None:
    """The support that linear algebra gives a relation with what other formulas define; None where it gives none."""
    used = usable_in(definitions_in_force(state), pair, at.index)
    linear = judge_vectors(_with(used, pair), state.options.seed, plainly=True) if used else None
    if linear is None or not isinstance(linear.verdict, Supported | Proved):
        return None
    return replace(linear, verdict=Supported(tuple(linear.verdict.by), BY_DEFINITIONS))


def _is_sound(state: State, at: At, pair: Pair, found: Found) -> bool:
    """Whether a refutation under the integral sign counts: a step, and what the document says of its names doesn't
    make it hold."""
    if not found.sound or not is_step(pair, at.chain, at.prose):
        return False
    given = names_compared(pair) & definitions_of(state).keys()
    used = usable_in(definitions_in_force(state), pair, at.index)
    if not given <= used.keys():
        return False
    again = judge_integrals(_with(used, pair), state.options.seed) if given else found
    return again is not None and isinstance(again.verdict, Refuted)


def _with(used: Mapping[str, Node], pair: Pair) -> Pair:
    """A relation with definitions put in."""
    return replace(pair, left=unfolded(pair.left, used), right=unfolded(pair.right, used))


def _is_step(at: At, pair: Pair) -> bool:
    """Whether a relation of matrices is a step, or works out what is written out, also at the head of a chain."""
    worked = pair.position == 0 and works_out(pair) and may_be_identity(pair, at.chain, at.prose) and not wishes(at)
    return worked or is_step(pair, at.chain, at.prose)


def _judge_linear(state: State, at: At, pair: Pair) -> Found | None:
    """The verdict of linear algebra; None where it settles nothing. What is no step can only get support."""
    seed, step = state.options.seed, _is_step(at, pair)
    if step:
        linear = judge_vectors(pair, seed, known_in(state))
    else:
        linear = supported_linear(pair, seed) or judge_members(pair, seed)
    if linear is None or not isinstance(linear.verdict, Supported):
        linear = judge_expected(pair, seed) or linear
    if linear is None or isinstance(linear.verdict, Undecided):
        return None
    refuted = isinstance(linear.verdict, Refuted)
    return linear if not refuted or (linear.sound and step) else None
