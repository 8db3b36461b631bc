"""Steps with densities of named laws, N(x; μ, σ²) or Poiss(k; λ), that fail once these are written out.

A failure counts where a single slip explains it, in what stands beside the laws or in what they are applied to, and
where no other parameterisation in use makes the relation hold.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, is_step, judge_identity
from errata.checking.context import At, State, bodies_of
from errata.checking.definitions import gives_a_name
from errata.checking.families.ruling import wants
from errata.checking.families.spelled import spelled_out
from errata.checking.families.vectors import spare_names
from errata.checking.integrand_repairs import refute_integrals
from errata.checking.judgement import Judged
from errata.checking.linear import judge_linear
from errata.checking.linear_relation import COUNTS
from errata.checking.linear_repairs import fails_as_given, repaired_linear
from errata.checking.repairs import Repaired, is_slip, repaired
from errata.checking.step_slips import misshapen, refuted_step
from errata.reading.names import names_in
from errata.reading.relations import Pair
from errata.reading.vectors import Unlowered


def misspelled(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The refutation of a step whose densities, written out, leave the sides a slip apart; None where nothing is."""
    framed = _written_out(pair)
    if framed == pair or not is_step(pair, at.chain, at.prose) or wants(at):
        return None
    if not names_in(framed.right) - COUNTS <= names_in(framed.left):
        return None
    bodies = bodies_of(state)
    given = gives_a_name(bodies, framed.left, framed.right)
    found = _of_numbers(pair, framed, state.options.seed) if not given else None
    found = found or _of_vectors(state, pair, framed)
    if found is None:
        return misshapen(state, at, judged, pair, _written_out, spare_names(state, framed))
    return refuted_step(at, judged, pair, *found) if is_slip(found[1], step=True) else None


def _written_out(pair: Pair, otherwise: bool = False) -> Pair:
    return replace(pair, left=spelled_out(pair.left, otherwise), right=spelled_out(pair.right, otherwise))


def _of_numbers(pair: Pair, framed: Pair, seed: int) -> tuple[Found, Repaired] | None:
    try:
        found = judge_identity(framed, {}, seed)
        other = judge_identity(_written_out(pair, otherwise=True), {}, seed)
    except (Unlowered, RecursionError):
        return None
    if isinstance(other.verdict, Supported | Proved):
        return None
    under = refute_integrals(pair, seed, _written_out)
    if under is not None:
        return under
    if not isinstance(found.verdict, Refuted) or not found.known:
        return None
    mended = repaired(pair, seed, frame=_written_out)
    return None if mended is None else (found, mended)


def _of_vectors(state: State, pair: Pair, framed: Pair) -> tuple[Found, Repaired] | None:
    seed = state.options.seed
    mended = repaired_linear(pair, seed, _written_out, spare_names(state, framed))
    if mended is None:
        return None
    found = judge_linear(framed, seed)
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    return (found, mended) if fails_as_given(framed, bodies_of(state), seed) else None
