"""One relation: what it is for, whether it can be computed, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import (
    IllFormed,
    NotAClaim,
    NotAClaimKind,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Unread,
)
from errata.checking import worked
from errata.checking.at_one_value import for_any_argument, is_of_a_function
from errata.checking.bare_operators import with_operands
from errata.checking.branches import judge_branches
from errata.checking.choices import AS_CHOICES, with_choices, with_columns_as_choices
from errata.checking.commuting import at_random_matrices, why_no_numbers
from errata.checking.compositions import judge_composition
from errata.checking.context import At, State, roots_of, span_of
from errata.checking.continued import continued
from errata.checking.coordinates.at_data import judge_at_data
from errata.checking.coordinates.block_jacobians import judge_block_jacobian
from errata.checking.coordinates.changes import judge_change
from errata.checking.coordinates.currents import judge_current
from errata.checking.coordinates.entries import judge_entries
from errata.checking.coordinates.extremes import judge_extremes
from errata.checking.coordinates.judging import judge_in_coordinates
from errata.checking.coordinates.optima import judge_optimum
from errata.checking.derivatives_of_definitions import judge_derivatives
from errata.checking.differentials import without_measure
from errata.checking.excuses import excuse
from errata.checking.expansions import judge_expansion
from errata.checking.factorisations import gives_factors
from errata.checking.facts import judge_with_facts
from errata.checking.families.chains.judging import judge_chains
from errata.checking.families.classes import judge_classes
from errata.checking.families.constants import judge_constant
from errata.checking.families.counted import judge_counted
from errata.checking.families.draws import judge_draw
from errata.checking.families.judging import judge_families
from errata.checking.families.likelihoods import judge_likelihood
from errata.checking.families.loosely import judge_loosely
from errata.checking.families.posteriors import judge_posterior
from errata.checking.families.printed import judge_printed
from errata.checking.families.restated import judge_restated
from errata.checking.families.ruling import Ruling
from errata.checking.families.same_laws import judge_same_law
from errata.checking.families.saving_values import with_saving_value
from errata.checking.families.topics import unless_of_another_law
from errata.checking.followed import ruled_by_definition
from errata.checking.fonts import in_one_font
from errata.checking.given_by_chain import MEANT as BY_CHAIN
from errata.checking.given_by_chain import with_value_of_chain
from errata.checking.given_values import with_given_value
from errata.checking.giving_laws import gives_a_law, is_mixture
from errata.checking.glued_names import WHY as GLUED
from errata.checking.glued_names import with_glued_names
from errata.checking.gradients import judge_gradient
from errata.checking.indicators import judge_indicators
from errata.checking.inequalities import judge_inequality
from errata.checking.introduced import introduces
from errata.checking.jacobians import judge_jacobian
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import has_gradient, is_law_of, is_number, is_power_of_name
from errata.checking.listed import families, with_lists
from errata.checking.misparts import Mispart, misparts
from errata.checking.old_values import (
    in_another_case,
    is_another_example,
    is_another_solution,
    known_result,
    puts_in_anew,
    repeats_what_is_given,
    rests_on_old_values,
)
from errata.checking.orderings import judge_ordering
from errata.checking.orderings_of_vectors import judge_norms
from errata.checking.other_readings import other_readings
from errata.checking.partials import judge_partials
from errata.checking.premises import with_premises
from errata.checking.proportional import judge_proportional, up_to_a_constant
from errata.checking.put_in import is_instance, puts_numbers_in
from errata.checking.rank_claims import judge_given_rank, judge_ranks
from errata.checking.reaches import with_other_reaches
from errata.checking.repairs import SLIPS
from errata.checking.rounded_before import with_rounded_numbers
from errata.checking.saving.conditions import with_condition
from errata.checking.scaled import in_scale
from errata.checking.stated_conditions import with_stated_condition
from errata.checking.step_slips import refuted_step
from errata.checking.steps import as_said, judge_defined, judge_step, laws_of
from errata.checking.supported import judge_by_parts, judge_equal
from errata.checking.tabular import row_number, with_row
from errata.checking.tacit_premises import with_means_zero
from errata.checking.turned_sides import judge_turned
from errata.checking.units_of_measurement import MEANT as UNIT
from errata.checking.units_of_measurement import without_unit
from errata.checking.whole_numbers import at_whole_numbers
from errata.reading.document import Span
from errata.reading.ellipses import without_ellipses
from errata.reading.lowering import Convention, LogBase, lower
from errata.reading.names import is_name, key, named_call
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import (
    Big,
    Call,
    Dots,
    Fence,
    Gap,
    Group,
    Node,
    Num,
    Opaque,
    Phrase,
    Styled,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

ARITHMETIC = frozenset("= ≈ ≃ ≅ ≡ ≠ < ≤ > ≥ ≪ ≫".split())
SUMMARIES = frozenset({"E", "𝔼", "Var", "Cov", "P", "Pr"})
UP_TO_A_FACTOR = "up to a factor, as a step before it holds"
_SLOPES = re.compile(r"\\(?:nabla|partial|Delta|prime)|['′∇∂Δ]|\bd[A-Za-z]?\b")
"""Signs of derivatives: ∇, ∂, Δ, a prime, d. A macro of the document may stand for any of them."""
_ARROWS = re.compile(r"->|→|\\(?:x?rightarrow|longrightarrow|to)\b|\b(?:go(?:es|ing)?|tend(?:s|ing)?|approach\w*)\b")
"""What may say where a limit goes."""
REACH_ARROW = 300
REACH_TEMPLATE = 12
"""Lines from a formula in the names of a table to the line that takes its rows up one by one."""


def judge_pair(state: State, at: At, pair: Pair, kind: Kind) -> Judged:
    """What is said of one pair of a chain.

    One that only says which law something has is given, as X ∼ N(0, 1) is; one that repeats a definition is one. One
    that fails is left undecided where the text has a reason for it.
    """
    known = for_any_argument(state, pair)
    pair = with_columns_as_choices(pair)
    judged = _in_turn(known, at, pair, kind)
    open_ = isinstance(judged.verdict, Refuted | Undecided) and judged.kind is Kind.CLAIM
    if open_ and (chosen := with_choices(pair)) is not None:
        judged = _taken_for(judged, _in_turn(known, at, chosen, kind), AS_CHOICES)
    if open_ and (numbers := without_unit(pair)) is not None:
        judged = _of_numbers(judged, _in_turn(known, at, numbers, kind))
    if open_ and (further := continued(state, at, pair)) is not None:
        judged = _if_it_holds(judged, _in_turn(known, at, further[0], kind), further[1])
    if open_ and (applied := with_operands(state, at, pair)) is not None:
        judged = _once_applied(at, pair, judged, _in_turn(known, at, applied[0], kind), applied[1])
    turned = judge_turned(at, judged, pair, lambda at, one: _in_turn(known, at, one, Kind.CLAIM), state.options.seed)
    judged = turned or judged
    noted = state.stock.get((key(pair.left), key(pair.right))) if kind is Kind.CLAIM and not pair.position else None
    if noted is not None and noted.asked and not isinstance(judged.verdict, Refuted):
        return replace(judged, kind=Kind.EQUATION_TO_SOLVE, verdict=NotAClaim(NotAClaimKind.EQUATION_TO_SOLVE))
    if isinstance(judged.verdict, Proved | Supported) and (other := why_no_numbers(state, at, pair)) is not None:
        judged = replace(judged, verdict=Undecided((), other))
        judged = as_said(state, at, judged, pair) or judged
    if (
        isinstance(judged.verdict, Proved | Supported | Refuted)
        and (glued := with_glued_names(state, pair)) is not None
    ):
        judged = _as_glued(judged, _in_turn(known, at, glued, kind))
    if isinstance(judged.verdict, Proved) and (of_matrices := at_random_matrices(state, at, pair)) is not None:
        return replace(judged, verdict=Supported((of_matrices,), None))
    if _fails(judged) and not _is_refuted(judged) and judged.kind is Kind.CLAIM:
        judged = _with_other_reach(judged, pair, lambda one: _in_turn(known, at, one, kind))
    if judged.kind is Kind.CLAIM and (whole := at_whole_numbers(state, at, pair, judged)) is not None:
        return whole
    fails = isinstance(judged.verdict, Undecided) and any(isinstance(e, Counterexample) for e in judged.verdict.tried)
    if fails and pair.position and judged.kind is Kind.CLAIM:
        return with_premises(state, at, pair, judged) or with_stated_condition(state, at, pair, judged) or judged
    if not isinstance(judged.verdict, Refuted):
        return judged
    if is_another_solution(state, at, pair):
        given = NotAClaim(NotAClaimKind.GIVEN)
        return replace(judged, kind=Kind.GIVEN, verdict=given, rule=None, message=None, label=None, focus=None)
    if pair.position == 0 and is_mixture(pair.right) and gives_a_law(pair):
        given = NotAClaim(NotAClaimKind.GIVEN)
        return replace(judged, kind=Kind.GIVEN, verdict=given, rule=None, message=None, label=None, focus=None)
    if (multiple := _after_a_proportion(state, at, judged, pair)) is not None:
        return multiple
    if (alike := in_one_font(pair)) is not None:
        return _taken_for(judged, _in_turn(state, at, alike[0], kind), alike[1])
    if judged.rule == "E301" and (within := with_value_of_chain(at.chain, pair)) is not None:
        again = _in_turn(state, at, within, kind)
        if not isinstance(again.verdict, Refuted):
            return _taken_for(judged, again, BY_CHAIN)
        judged = replace(judged, **_said(again))
    if judged.rule in ("E301", "E302") and (exact := with_rounded_numbers(state, at, pair)) is not None:
        again = _in_turn(state, at, exact[0], kind)
        if isinstance(again.verdict, Proved | Supported):
            return _taken_for(judged, again, exact[1])
    assert isinstance(judged.verdict, Refuted)
    for read, meant in other_readings(state, at.chain, pair):
        again = _taken_for(judged, _in_turn(state, at, read, kind), meant)
        if again is not judged:
            return again
    reached = _with_other_reach(judged, pair, lambda one: _in_turn(known, at, one, kind))
    if reached is not judged:
        return reached
    if (with_said := with_premises(state, at, pair, judged)) is not None:
        return with_said
    if (with_value := with_given_value(state, at, pair, judged)) is not None:
        return with_value
    if (under := with_stated_condition(state, at, pair, judged)) is not None:
        return under
    if judged.rule == "E311" and (limit := _in_the_limit(state, at, pair, judged)) is not None:
        return limit
    for without, supposed in with_means_zero(pair, roots_of(state)):
        if isinstance(_in_turn(known, at, without, kind).verdict, Proved | Supported):
            return replace(
                judged,
                verdict=Undecided((), f"it may be that {supposed}"),
                rule=None,
                message=None,
                label=None,
                focus=None,
            )
    said = as_said(state, at, judged, pair)
    if said is not None and isinstance(said.verdict, Supported):
        return replace(said, rule=None, message=None, label=None, focus=None)
    repair = judged.verdict.repair
    mended = repair is not None and repair.slip != "name"
    if (why := excuse(state, at, pair, judged, mended)) is not None:
        return replace(judged, verdict=Undecided((), why), rule=None, message=None, label=None, focus=None)
    judged = with_saving_value(state, at, pair, judged)
    return with_condition(state, pair, judged, lambda one: _in_turn(known, at, one, kind))


def _with_other_reach(judged: Judged, pair: Pair, judge: Callable[[Pair], Judged]) -> Judged:
    """A relation that fails, as it is where functions without brackets, or a slash, have another reach; as it was where
    it fails in every reading."""
    for read, meant in with_other_reaches(pair):
        again = judge(read)
        if isinstance(again.verdict, Proved | Supported) or (not _fails(again) and _is_refuted(judged)):
            return _taken_for(judged, again, meant)
    return judged


def _is_refuted(judged: Judged) -> bool:
    return isinstance(judged.verdict, Refuted)


def _fails(judged: Judged) -> bool:
    """Whether a relation is refuted, or would be if nothing else could be meant: a counterexample has been found."""
    tried = judged.verdict.tried if isinstance(judged.verdict, Undecided) else ()
    return _is_refuted(judged) or any(isinstance(one, Counterexample) for one in tried)


def _taken_for(judged: Judged, again: Judged, condition: str) -> Judged:
    """A relation that fails, as it is once it is read in another way, which it may have been meant in."""
    if isinstance(again.verdict, Refuted):
        return judged
    if not isinstance(again.verdict, Proved | Supported):
        if not isinstance(judged.verdict, Refuted):
            return judged
        why = f"it may be that {condition}"
        return replace(judged, verdict=Undecided((), why), rule=None, message=None, label=None, focus=None)
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    return replace(plain, verdict=Supported(tuple(again.verdict.by), condition), where=again.where)


def _of_numbers(judged: Judged, again: Judged) -> Judged:
    """A relation between numbers with a unit behind one of them, as it is without; a power of ten may be the unit's."""
    if isinstance(again.verdict, Refuted) and again.rule in ("E301", "E302"):
        return replace(again, span=judged.span, left=judged.left, right=judged.right, read_as=judged.read_as)
    return _taken_for(judged, again, UNIT)


def _as_glued(judged: Judged, again: Judged) -> Judged:
    """A relation of names in two signs: what is said of them as names, unless both ways of reading agree."""
    if type(judged.verdict) is type(again.verdict):
        return judged
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    if isinstance(again.verdict, Proved | Supported):
        return replace(plain, verdict=again.verdict, where=again.where)
    return replace(plain, verdict=Undecided((), GLUED))


def _if_it_holds(judged: Judged, again: Judged, condition: str) -> Judged:
    """A relation with the support that it gets once it is read in another way; as it was where it gets none."""
    if not isinstance(again.verdict, Proved | Supported):
        return judged
    more = again.verdict.holds_if if isinstance(again.verdict, Supported) else None
    holds_if = "; ".join(filter(None, (condition, more)))
    return replace(judged, verdict=Supported(tuple(again.verdict.by), holds_if), where=again.where)


def _once_applied(at: At, pair: Pair, judged: Judged, again: Judged, said: str) -> Judged:
    """A relation by what is said of it once its operators are applied to something, which stands elsewhere."""
    if not isinstance(again.verdict, Refuted):
        return _if_it_holds(judged, again, said)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return replace(judged, **{**_said(again), "focus": focus, "label": None, "where": (*again.where, said)})


def _after_a_proportion(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """An equation after a step that is only proportional, p(μ | x) ∝ A = B, where B is a multiple of A."""
    earlier = [r for r in at.chain.chain.relations[: pair.position] if r.sign == "∝"]
    if not earlier or pair.relation.sign != "=":
        return None
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    found = judge_proportional(state, at, plain, replace(pair, relation=earlier[-1]), laws_of(state))
    if found is None or not isinstance(found.verdict, Proved | Supported):
        return None
    return replace(found, verdict=Supported(tuple(found.verdict.by), UP_TO_A_FACTOR))


def _in_turn(state: State, at: At, pair: Pair, kind: Kind) -> Judged:
    judged = _judged(state, at, pair, kind)
    if _may_be_a_limit(pair):
        from errata.checking.limits import judge_limit  # few documents need it

        limit = judge_limit(state, at, judged, pair, lambda other: _judged(state, at, other, Kind.CLAIM))
        if limit is not None:
            return limit
    composed = judge_composition(state, at, judged, pair)
    if composed is not None:
        return composed
    if judged.kind is Kind.GIVEN and (ranked := judge_given_rank(state, at, judged, pair)) is not None:
        return ranked
    if not isinstance(judged.verdict, Undecided) or judged.kind is not Kind.CLAIM:
        return judged
    first = (judge_branches, judge_indicators, judge_ranks, judge_inequality, judge_ordering, judge_norms)
    later = (
        judge_change,
        judge_current,
        judge_optimum,
        judge_entries,
        judge_at_data,
        judge_in_coordinates,
        _judge_slopes,
    )
    for judge in (*first, *later):
        if (found := judge(state, at, judged, pair)) is not None:
            return found
    if (extreme := judge_extremes(state, at, judged, pair, lambda: laws_of(state))) is not None:
        return extreme
    for judge in (judge_expansion, judge_draw, judge_counted, judge_block_jacobian):
        if (found := judge(state, at, judged, pair)) is not None:
            return found
    if gives_a_law(pair):
        return replace(judged, kind=Kind.GIVEN, verdict=NotAClaim(NotAClaimKind.GIVEN))
    if pair.relation.sign == "=" and (key(pair.left), key(pair.right)) in state.defined:
        return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
    written = _without_ellipses(state, at, judged, pair, kind)
    if isinstance(written.verdict, Undecided):
        written = _with_lists(state, at, written, pair, kind)
    if isinstance(written.verdict, Undecided) and (plain := without_measure(pair)) is not None:
        written = replace(written, **_said(_judged(state, at, plain, kind)))
    if not isinstance(written.verdict, Undecided):
        return written
    parts = judge_equal(state, at, pair) if pair.relation.sign == "∝" else judge_by_parts(state, at, pair)
    if parts is not None:
        return replace(judged, verdict=parts.verdict, where=parts.where)
    wrong = misparts(state, at, pair)
    if wrong is None and gives_factors(pair, at.prose):
        return replace(judged, kind=Kind.CONSTRAINT, verdict=NotAClaim(NotAClaimKind.CONSTRAINT))
    if wrong is not None:
        return _wrong_part(judged, wrong)
    brought_in = introduces(state, at, pair)
    if brought_in is not None:
        return replace(judged, kind=brought_in, verdict=NotAClaim(NotAClaimKind(brought_in.value)))
    return written


def _may_be_a_limit(pair: Pair) -> bool:
    """Whether an arrow stands between the sides, or a sign before a law, or a limit is taken on the left."""
    if pair.relation.sign in ("⇝", "≈", "∼"):
        return isinstance(pair.right, Call)
    return pair.relation.sign == "→" or (isinstance(pair.left, Big) and pair.relation.sign in ("=", "≡"))


def _in_the_limit(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """An equation that holds in a limit of which the text speaks."""
    span = state.document.formulas[at.index].span
    if _ARROWS.search(state.document.text, max(0, span.start - REACH_ARROW), span.end + REACH_ARROW) is None:
        return None
    from errata.checking.limits import in_the_limit  # few documents need it

    return in_the_limit(state, at, pair, judged)


def _judge_slopes(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on slopes of densities, where a sign of a derivative stands in the formula."""
    if not state.document.macros and _SLOPES.search(at.formula.latex) is None:
        return None
    from errata.checking.scores.judging import judge_scores  # few documents need it

    return judge_scores(state, at, judged, pair)


def _wrong_part(judged: Judged, wrong: Mispart) -> Judged:
    """The refutation of a step by the one part that is wrong."""
    sides = f"{to_latex(wrong.part.left)} = {to_latex(wrong.part.right)}"
    message = f"where the sides differ, {sides}: {wrong.found.message}"
    rule = wrong.found.verdict.rule if isinstance(wrong.found.verdict, IllFormed) else "E311"
    return replace(
        judged, verdict=wrong.found.verdict, where=wrong.found.where, rule=rule, message=message, label=wrong.label,
        focus=wrong.focus,
    )  # fmt: skip


def _without_ellipses(state: State, at: At, judged: Judged, pair: Pair, kind: Kind) -> Judged:
    """The same with its dots written out as sums and products, where that lends it support."""
    left, right = without_ellipses(pair.left), without_ellipses(pair.right)
    if left is pair.left and right is pair.right:
        return judged
    written = _judged(state, at, replace(pair, left=left, right=right), kind)
    dots = any(isinstance(n, Dots) for side in (pair.left, pair.right) for n in walk(side))
    if isinstance(written.verdict, Refuted) and not dots:  # a multinomial coefficient means one thing only
        focus = span_of(at.formula, pair.right.start, pair.right.end)
        verdict = replace(written.verdict, repair=None)
        return replace(
            judged, verdict=verdict, where=written.where, rule=written.rule, message=written.message, focus=focus
        )  # fmt: skip
    if not isinstance(written.verdict, Proved | Supported):
        return judged
    return replace(judged, verdict=written.verdict, where=written.where, derived=written.derived)


def _said(judged: Judged) -> dict[str, Any]:
    """What is said of a relation, but for how it is written."""
    names = ("verdict", "where", "rule", "message", "focus", "label", "derived")
    return {name: getattr(judged, name) for name in names}


def _with_lists(state: State, at: At, judged: Judged, pair: Pair, kind: Kind) -> Judged:
    """The same with names taken for the lists of their members, where that lends it support: x for x_1, …, x_n."""
    of = families(pair.left, pair.right)
    left, right = (with_lists(side, of) for side in (pair.left, pair.right))
    if left is pair.left and right is pair.right:
        return judged
    listed = _judged(state, at, replace(pair, left=left, right=right), kind)
    if not isinstance(listed.verdict, Proved | Supported):
        return judged
    if any(not family.index for family in of.values()) and getattr(listed.verdict, "holds_if", None) is not None:
        return judged  # factors written out may say how a law factorises: only what holds of all laws is a chain rule
    said = tuple(f"{letter} is the list of the {letter}_{family.index or 'i'}" for letter, family in sorted(of.items()))
    return replace(judged, verdict=listed.verdict, where=(*listed.where, *said), derived=listed.derived)


def _judged(state: State, at: At, pair: Pair, kind: Kind) -> Judged:
    index, formula, base = at.index, at.formula, at.base
    span = span_of(formula, pair.left.start if not isinstance(pair.left, Gap) else pair.relation.start, pair.right.end)
    judged = Judged(
        index, span, to_latex(pair.left), pair.relation.latex, to_latex(pair.right), kind,
        Undecided((), "not judged yet"), f"{words(pair.left)} {words(pair.relation)} {words(pair.right)}",
    )  # fmt: skip
    opaque = next((n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Opaque)), None)
    if opaque is not None:
        where = span_of(formula, opaque.start, opaque.end)
        return replace(judged, verdict=Unread(opaque.why, where.start, where.end))
    same = judge_same_law(at, judged, pair, lambda whole, part: judge_step(state, at, whole, part, "a parameter"))
    if same is not None:
        return same
    restated = judge_restated(state, at, pair) or judge_chains(state, at, pair)
    if restated is not None:
        return _by_law(judged, restated)
    named = judge_families(state, at, pair) or judge_likelihood(state, at, pair) or judge_constant(state, at, pair)
    named = unless_of_another_law(
        state, at, pair, named or judge_classes(state, at, pair) or judge_printed(state, at, pair)
    )
    if named is not None:
        if isinstance(named.verdict, Undecided):
            known = judge_with_facts(pair, state.facts, state.options.seed, state.bounds)
            if known is not None:
                return replace(judged, kind=Kind.CLAIM, verdict=known.verdict, where=known.where)
        return _by_law(judged, named)
    follows = _follows(state, at, judged, pair)
    if follows is not None:
        return follows
    if pair.relation.sign == "∝" or up_to_a_constant(pair):
        multiple = judge_proportional(state, at, judged, pair, laws_of(state))
        if multiple is not None:
            return multiple
        loosely = unless_of_another_law(state, at, pair, judge_loosely(state, at, pair))
        if loosely is not None:
            return _by_law(judged, loosely)
        posterior = judge_posterior(state, at, judged, pair)
        if posterior is not None:
            return posterior
    if kind in (Kind.CLAIM, Kind.DEFINITION) and (defined := judge_defined(state, at, judged, pair)) is not None:
        return defined
    derivative = judge_derivatives(state, at, judged, pair) or judge_partials(state, at, judged, pair)
    derivative = derivative or judge_jacobian(state, at, judged, pair)
    if derivative is not None:
        return derivative
    if kind is Kind.CLAIM and (gradient := judge_gradient(state, at, pair)) is not None:
        if isinstance(gradient.verdict, Refuted):
            slip = gradient.verdict.repair
            label = None if slip is None else f"{SLIPS[slip.slip]} (right side)"
            return replace(refuted_step(at, judged, pair, gradient, None), label=label)
        return replace(judged, verdict=gradient.verdict, where=gradient.where)
    line = state.document.place(span.start).line
    rechecked = kind is Kind.GIVEN and known_result(pair, state, index) and not in_another_case(at)
    new = rechecked or is_another_example(at, pair)
    if kind is Kind.GIVEN and not new and (computed := _computed(pair, state.scope, base)) is not None:
        return _with_ruling(
            replace(judged, kind=Kind.CLAIM), computed, span_of(formula, pair.right.start, pair.right.end)
        )
    if kind is Kind.GIVEN and not new and (follows_ := ruled_by_definition(state, at, pair, base)) is not None:
        span_ = span_of(formula, pair.right.start, pair.right.end)
        return _with_ruling(replace(judged, kind=Kind.CLAIM), follows_, span_)
    if kind is Kind.GIVEN and (said := as_said(state, at, judged, pair)) is not None:
        return said
    if kind is not Kind.CLAIM and not rechecked and _row_of(state, pair, line) is None:
        return replace(judged, verdict=NotAClaim(NotAClaimKind(kind.value)))
    if pair.relation.sign not in ARITHMETIC:
        return replace(judged, verdict=Undecided((), f"the relation {pair.relation.sign} is not judged yet"))
    row = _row_of(state, pair, line)
    if row is not None:
        pair, scope = row
        return ruled(replace(judged, kind=Kind.CLAIM), pair, scope, base, None, span)
    try:
        ruling = worked.judge(pair, state.scope, base, at.origin if _may_be_rounded(at, pair) else None)
        ruling = in_scale(state, at, pair, ruling, lambda scaled: worked.judge(scaled, state.scope, base, None))
    except Unlowered as reason:
        if _names_a_number(pair, state.scope, base) and not has_gradient(pair.left):
            return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
        if puts_numbers_in(pair, state.scope):
            return replace(judged, kind=Kind.GIVEN, verdict=NotAClaim(NotAClaimKind.GIVEN))
        return judge_step(state, at, judged, pair, str(reason))
    if rechecked:
        judged = replace(judged, kind=Kind.CLAIM)
    agrees = isinstance(ruling.verdict, Proved | Supported) and ruling.rule is None
    if agrees and is_of_a_function(pair, state.scope):
        return judge_step(state, at, judged, pair, "it holds at a value of its argument, and may not at others")
    if _renames(pair, state.scope) and not agrees:
        return replace(judged, kind=Kind.DEFINITION, verdict=NotAClaim(NotAClaimKind.DEFINITION))
    if agrees and repeats_what_is_given(pair, state.scope):
        return replace(judged, kind=Kind.GIVEN, verdict=NotAClaim(NotAClaimKind.GIVEN))
    if isinstance(ruling.verdict, Refuted) and (is_instance(pair) or puts_in_anew(pair, state, index)):
        return replace(judged, kind=Kind.GIVEN, verdict=NotAClaim(NotAClaimKind.GIVEN))
    if isinstance(ruling.verdict, Refuted) and rests_on_old_values(pair, state, index):
        return judge_step(state, at, judged, pair, "its names were given values long before")
    if isinstance(ruling.verdict, Refuted) and not _may_refute(pair, ruling, rechecked):
        why = "the names have values here, but the relation may be about other ones"
        return judge_step(state, at, judged, pair, why)
    result = component_of(pair.right, ruling.component)
    return _with_ruling(judged, ruling, span_of(formula, result.start, result.end))


def _by_law(judged: Judged, ruling: Ruling) -> Judged:
    """A relation with what laws say of it."""
    return replace(
        judged, kind=Kind.CLAIM, verdict=ruling.verdict, where=ruling.where, rule=ruling.rule, message=ruling.message,
        focus=ruling.focus, label=ruling.label, derived=ruling.derived,
    )  # fmt: skip


def _follows(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """What small worlds say of the conclusion of an implication."""
    if pair.position != 0 or not at.chain.concluded:
        return None
    if not state.document.macros and not any(letter in at.formula.latex for letter in "UVWXYZ"):
        return None  # no random variable is named
    from errata.checking.implications import judge_implication  # few documents need it

    return judge_implication(state, at, judged, pair)


def _may_be_rounded(at: At, pair: Pair) -> bool:
    """Whether a decimal or an ≈ stands in the chain up to a step, so that it may carry more digits than it shows."""
    items, relations = at.chain.chain.items, at.chain.chain.relations
    until = next((n for n, item in enumerate(items) if item is pair.left), len(items) - 1)
    approximate = any(r.sign not in ("=", "≡") for r in relations[: until + 1])
    return approximate or any(isinstance(n, Num) and "." in n.text for item in items[: until + 1] for n in walk(item))


def ruled(
    judged: Judged, pair: Pair, scope: Scope, base: LogBase | None, origin: sp.Basic | None, focus: Span
) -> Judged:
    """A relation whose both sides are known to be computable here."""
    try:
        return _with_ruling(judged, worked.judge(pair, scope, base, origin), focus)
    except Unlowered as reason:
        return replace(judged, verdict=Undecided((), str(reason)))


def component_of(node: Node, number: int | None) -> Node:
    """A component of a vector that is written out; the node itself where there is none."""
    inner = node
    while isinstance(inner, Fence | Group | Styled) and inner.body is not None:
        inner = inner.body
    if number is None or not isinstance(inner, Phrase) or number > len(inner.items):
        return node
    return inner.items[number - 1]


def _with_ruling(judged: Judged, ruling: worked.Ruling, focus: Span) -> Judged:
    return replace(
        judged, verdict=ruling.verdict, rule=ruling.rule, message=ruling.message, label=ruling.label,
        where=(*judged.where, *ruling.where), focus=focus if ruling.rule else None,
    )  # fmt: skip


def _row_of(state: State, pair: Pair, line: int) -> tuple[Pair, Scope] | None:
    """p_2(82) ≈ 0.0194 as the value of the formula before it in the second row of the table before that."""
    number = row_number(pair.left)
    if state.template is None or number is None or line - state.template_line > REACH_TEMPLATE:
        return None
    node, rows = state.template
    if not is_number(pair.right) or not 1 <= number <= len(rows) or state.scope.value(key(pair.left)) is not None:
        return None
    return replace(pair, left=node), with_row(state.scope, rows[number - 1])


def _renames(pair: Pair, scope: Scope) -> bool:
    """Whether a name that has a value gets a new expression: a new definition, where it isn't the old value."""
    named = is_name(pair.left) or named_call(pair.left)
    return named and pair.position == 0 and not is_number(pair.right) and scope.value(key(pair.left)) is not None


def _computed(pair: Pair, scope: Scope, base: LogBase | None) -> worked.Ruling | None:
    """The ruling on f(3) = 10, where f is known, and on σ² = 4, where σ is; None where the left side is only a name.

    A square that doesn't fit its root is a new value, not a mistake.
    """
    if not (named_call(pair.left) or is_power_of_name(pair.left)) or scope.value(key(pair.left)) is not None:
        return None
    try:
        ruling = worked.judge(pair, scope, base, None)
    except Unlowered:
        return None
    if is_power_of_name(pair.left) and not isinstance(ruling.verdict, Proved | Supported):
        return None
    return ruling


def _names_a_number(pair: Pair, scope: Scope, base: LogBase | None) -> bool:
    """Whether a name, or a quantity as E[p | D], at the head of a chain gets the value of an expression of numbers."""
    named = is_name(pair.left) or _is_summary(pair.left)
    if pair.position or not named or pair.relation.sign not in ("=", "≈", "≡"):
        return False
    try:
        lower(pair.right, scope, Convention(log=base or LogBase.NATURAL))
    except Unlowered:
        return False
    return True


def _is_summary(node: Node) -> bool:
    """Whether a node is a mean, a variance or a probability: a number that belongs to a law."""
    return named_call(node) and isinstance(node, Call) and is_law_of(node.head, SUMMARIES)


def _may_refute(pair: Pair, ruling: worked.Ruling, rechecked: bool) -> bool:
    """Refutation by the values of names needs a computation on one side and its result on the other."""
    closed = not any(w for w in ruling.where if "line" in w)
    if closed:
        return True
    result = _is_closed(pair.right) and not (isinstance(pair.right, Num) and pair.right.text == "0")
    return result and (rechecked or not (is_name(pair.left) or named_call(pair.left)) or _applied(pair))


def _is_closed(node: Node) -> bool:
    """Whether a side is a number, or made of numbers only: 9 + 16."""
    if is_number(node):
        return True
    try:
        lower(node, Scope(), Convention())
    except Unlowered:
        return False
    return True


def _applied(pair: Pair) -> bool:
    return named_call(pair.left)
