"""Steps that fail, and hold once a single slip is undone: of linear algebra, of expectations, of members, of values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported
from errata.checking.algebra import Found, is_step, judge_identity, may_be_identity
from errata.checking.as_given import still_fails
from errata.checking.context import At, State, bodies_of, definitions_of, known_in, roots_of, span_of
from errata.checking.definitions import gives_a_name
from errata.checking.expected_repairs import refute_expected
from errata.checking.families.ruling import says_alike, says_so, wishes
from errata.checking.fixed_calls import refute_beside_calls
from errata.checking.integrand_repairs import refute_integrals
from errata.checking.integrands import names_compared
from errata.checking.judgement import Judged
from errata.checking.kinds import is_number
from errata.checking.known_forms import misremembered
from errata.checking.linear import judge_linear
from errata.checking.linear_repairs import Frame, fails_as_given, may_be_special, repaired_linear, repaired_shapes
from errata.checking.member_repairs import misfit_members, refute_members
from errata.checking.members import means_in
from errata.checking.repairs import SLIPS, Repaired, is_slip
from errata.checking.special import speaks_of_special
from errata.checking.undefined import refute_undefined
from errata.reading.gloss import glossed
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

NOISE = frozenset((r"\epsilon", r"\varepsilon", r"\xi", r"\eta"))
"""Letters of noise, which is independent of all else."""


_ONE_MORE = re.compile(r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R+|ℝ)\s*\^\s*\{\s*\w\s*\+\s*1\s*\}")
"""A space of vectors with one member more than their number of features says: a constant one among them."""


def refuted_step(at: At, judged: Judged, pair: Pair, found: Found, mended: Repaired | None) -> Judged:
    """A wrong step, with the slip whose undoing mends it where there is one."""
    assert isinstance(found.verdict, Refuted)
    judged = replace(judged, verdict=found.verdict, where=found.where, rule="E311", message=found.message)
    if mended is None:
        return replace(judged, focus=span_of(at.formula, pair.right.start, pair.right.end))
    side = "left" if mended.left else "right"
    label = f"{SLIPS[mended.repair.slip]} ({side} side)"
    verdict = replace(found.verdict, repair=mended.repair)
    return replace(judged, verdict=verdict, label=label, focus=span_of(at.formula, mended.start, mended.end))


def misintegrated(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A step between integrals over the same range that holds under the integral sign once a slip in it is undone."""
    if not is_step(pair, at.chain, at.prose) or wishes(at) or names_compared(pair) & definitions_of(state).keys():
        return None
    found = refute_integrals(pair, state.options.seed)
    if found is None or not is_slip(found[1], step=True) or (found[1].repair.slip == "name" and says_alike(at)):
        return None
    return refuted_step(at, judged, pair, *found)


def mended_linear(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A step of linear algebra that fails in every dimension, and holds in every one once a slip in it is undone; or a
    relation that stands alone, in the same names on both sides."""
    step = is_step(pair, at.chain, at.prose) or _is_step_of_premise(at, pair)
    if not step and not _may_be_law(at, pair):
        return None
    special = speaks_of_special(glossed(state.document.text))
    mended = repaired_linear(pair, state.options.seed, special=special, telling=step)
    if mended is None and not step:
        return _mismembered(state, at, judged, pair)
    if mended is None:
        return (
            _misaveraged(state, at, judged, pair)
            or _mismembered(state, at, judged, pair)
            or misshapen(state, at, judged, pair)
        )
    if not is_slip(mended, step) or _may_be_meant(at, mended.repair.slip):
        return None
    known, special = known_in(state), may_be_special(mended, special)
    found = judge_linear(pair, state.options.seed, known, special=special)
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    if not fails_as_given(pair, bodies_of(state), state.options.seed, special):
        return None
    return refuted_step(at, judged, pair, found, mended)


def _may_be_meant(at: At, slip: str) -> bool:
    """Whether the text may say that two names are one, or that a term is 0."""
    if at.chain.implies and slip in ("lost-term", "dropped-term"):
        return True  # ‖x + y‖² = xᵀx + yᵀy ⇒ xᵀy = 0
    return (slip == "name" and says_alike(at)) or (slip in ("name", "lost-term", "dropped-term") and says_so(at))


def _is_step_of_premise(at: At, pair: Pair) -> bool:
    """Whether a pair is a later step of a chain of expressions that goes on with ⇒: more likely one of a calculation,
    if a slip parts it from an identity, than an equation."""
    if not at.chain.implies or pair.position == 0 or is_number(at.chain.chain.items[-1]):
        return False
    return may_be_identity(pair, replace(at.chain, implies=False), at.prose)


def _may_be_law(at: At, pair: Pair) -> bool:
    """Whether a relation that opens a chain may state a law of its names: nothing is supposed or solved for, neither
    side is a name or a number, and both have the same names, members counted with their vector."""
    if pair.position or wishes(at) or not may_be_identity(pair, at.chain, at.prose):
        return False
    sides = (pair.left, pair.right)
    if any(is_name(side) or is_number(side) for side in sides):
        return False
    left, right = (frozenset(map(_letter, bare_names(side))) for side in sides)
    return left == right


def _letter(name: str) -> str:
    """The letter of a vector or of its member, x for a bold x and for x_i."""
    return name.partition("_")[0].removeprefix(r"\mathbf")


def misexpanded(at: At, judged: Judged, pair: Pair, found: Found, seed: int) -> Judged | None:
    """A relation between a function and its expansion that fails, and is one slip away from a theorem."""
    if not found.known or wishes(at) or not may_be_identity(pair, at.chain, at.prose):
        return None
    meant = misremembered(pair, seed)
    if meant is None or not isinstance(found.verdict, Refuted):
        return None
    wrong = pair.left if meant.left else pair.right
    label = f"{meant.label} ({'left' if meant.left else 'right'} side)"
    verdict, focus = replace(found.verdict, repair=meant.repair), span_of(at.formula, wrong.start, wrong.end)
    return replace(
        judged, verdict=verdict, where=found.where, rule="E311", message=found.message, focus=focus, label=label
    )  # fmt: skip


def misfixed(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A step with a function of which nothing is known, that holds for all its values once a slip is undone; a name is
    none where the document says of it what may make it right."""
    found = refute_beside_calls(pair, state.options.seed)
    if found is None or (found[1].repair.slip == "name" and says_alike(at)):
        return None
    bodies = bodies_of(state)
    if gives_a_name(bodies, pair.left, pair.right) and not still_fails(pair, bodies, state.options.seed):
        return None
    return refuted_step(at, judged, pair, *found)


def lost_value(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A relation one side of which has no value anywhere, but for a slip."""
    if not may_be_identity(pair, at.chain, at.prose):
        return None
    found = refute_undefined(pair, is_step(pair, at.chain, at.prose), state.options.seed)
    return None if found is None else refuted_step(at, judged, pair, *found)


def _misaveraged(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A step of expectations of vectors that holds for all laws once a slip in it is undone."""
    if wishes(at):
        return None
    found = refute_expected(pair, state.options.seed)
    if found is None or not is_slip(found[1], step=True):
        return None
    if found[1].repair.slip in ("lost-term", "dropped-term") and _has_noise(state, pair):
        return None  # the mean of what is independent and centred is zero
    return refuted_step(at, judged, pair, *found)


def _has_noise(state: State, pair: Pair) -> bool:
    """Whether a relation has a name of noise, by its letter, or one that the document draws from a law of its own."""
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    chains = (c.chain for root in roots_of(state) for c in stated(root))
    drawn = {key(c.items[0]) for c in chains if c.relations[0].sign == "∼" and is_name(c.items[0])}
    return bool(names & (NOISE | drawn))


def _mismembered(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A step between a vector and its members that holds in every size once a slip in it is undone."""
    if wishes(at) or gives_a_name(_beside_means(state, pair), pair.left, pair.right):
        return None
    step, found = is_step(pair, at.chain, at.prose), refute_members(pair, state.options.seed)
    if found is not None:
        longer = found[1].repair.slip == "off-by-one" and _ONE_MORE.search(state.document.text) is not None
        return refuted_step(at, judged, pair, *found) if is_slip(found[1], step) and not longer else None
    mended = misfit_members(pair, state.options.seed)
    return None if mended is None or not is_slip(mended, step) else _of_no_shape(at, judged, mended)


def _beside_means(state: State, pair: Pair) -> Mapping[str, tuple[Node, ...]]:
    """What the document gives for names, less that a name with a bar is the mean of its members."""
    bodies, means = bodies_of(state), means_in(pair)
    bars = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if key(n) in means}
    others = {m: tuple(b for b in bodies.get(m, ()) if not _is_mean(pair, bar, b, state)) for m, bar in bars.items()}
    return {**bodies, **others}


def _is_mean(pair: Pair, bar: Node, body: Node, state: State) -> bool:
    try:
        found = judge_identity(replace(pair, left=bar, right=body), {}, state.options.seed)
    except Unlowered:
        return False
    return isinstance(found.verdict, Supported | Proved)


def misshapen(
    state: State,
    at: At,
    judged: Judged,
    pair: Pair,
    frame: Frame = lambda pair: pair,
    spare: Sequence[Node] = (),
) -> Judged | None:
    """A step whose names no shapes fit, and that holds in every dimension once a slip in it is undone; ``frame`` is
    what it is judged as, and ``spare`` are names that may have been taken for another."""
    mended = repaired_shapes(pair, state.options.seed, frame, spare)
    if mended is None or not is_slip(mended, step=True):
        return None
    return _of_no_shape(at, judged, mended)


def _of_no_shape(at: At, judged: Judged, mended: Repaired) -> Judged:
    focus = span_of(at.formula, mended.start, mended.end)
    side = mended.mended.left if mended.left else mended.mended.right
    message = f"no shapes of its names fit; they would in {to_latex(side)}, with which it holds in every dimension"
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    wrong = IllFormed("E411", message, focus.start, focus.end)
    return replace(judged, verdict=wrong, rule="E411", message=message, focus=focus, label=label)
