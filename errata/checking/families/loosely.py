"""Log-densities of a model up to what notes leave out: log p(y | x) ∝ −‖y − f(x)‖², and log p(y | x) = … + const.

Between logarithms ∝ is used for "up to an additive constant and a positive factor", which is no proportion; the support
names this meaning. What may change are the quantity and the mean of its law, or one of them: a relation is refuted only
where it fails for each of these, since no constant and no positive factor could make it hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Repair, Supported, Tried, decide
from errata.checking.context import At, State, bodies_of, span_of
from errata.checking.families.changes import READINGS, Kind, Tally, tallied
from errata.checking.families.conditionals import FORMS, Posed, put_in
from errata.checking.families.judging import NEAR
from errata.checking.families.likelihoods import has_all_parameters, in_topic, named, of_vectors, posed_under, said_anew
from errata.checking.families.losses import is_surely_so, likelihood_sign
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.proportional import up_to_a_constant, without_constant
from errata.checking.repairs import SLIPS
from errata.checking.slips import slips
from errata.reading.document import Span
from errata.reading.families.models import Model, asked
from errata.reading.relations import Pair
from errata.reading.tree import Call, Function, Gap, Sym, walk
from errata.reading.unparse import to_latex

ADDITIVE = "∝ leaves out an additive constant, too"
MOST_SLIPS = 40


class _Trial(Record):
    model: Model
    posed: Posed
    tallies: tuple[Tally, ...]


def judge_loosely(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a log-density that is given up to a constant; None where no model settles it."""
    if isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    constant = pair.relation.sign != "∝" and up_to_a_constant(pair)
    if pair.relation.sign != "∝" and not constant:
        return None
    plain = replace(pair, left=without_constant(pair.left), right=without_constant(pair.right))
    sign = likelihood_sign(state, at, plain.left)
    logarithm = _is_logarithm(plain) or sign != 0
    kind = Kind(not constant and logarithm, not constant and not logarithm)
    trials: list[_Trial] = []
    for model, posed in posed_under(state, at, plain, loosely=True):
        if posed.form in FORMS:
            ruling = _of_vectors(posed, kind, state.options.seed)
            if ruling is not None:
                return named(state, ruling, model, posed)
            continue
        tallies: list[Tally] = []
        for reading in READINGS:
            found = tallied(posed.pair, posed.explicit_left, reading, kind, state.options.seed)
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
    if sign and not is_surely_so(state, plain.left):
        return None  # what a sentence calls the likelihood may be no logarithm
    return _refuted(state, at, pair, trials, kind)


def _of_vectors(posed: Posed, kind: Kind, seed: int) -> Ruling | None:
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


def _supported(found: Tally, reading: str, kind: Kind, posed: Posed) -> Ruling:
    detail = f"changes of both sides agree at {found.agree} random choices of the parameters"
    by = Agreement("law", found.agree, 7, detail)
    loose = ADDITIVE if kind.factor and found.strict < found.agree else None
    condition = "; ".join(c for c in (loose, posed.said) if c is not None)
    where = (f"the constants may depend on anything but {reading}", found.law)
    return Ruling(decide([Tried(condition or None, (by,))]), where)


def _refuted(state: State, at: At, pair: Pair, trials: Sequence[_Trial], kind: Kind) -> Ruling | None:
    """The refutation where no reading under any model of the topic holds."""
    known = [t for t in trials if not said_anew(t.model, bool(t.tallies), trials)]
    of_topic = [t for t in known if in_topic(state, t.model, at)]
    meant = of_topic or known[:1]
    if not meant or not all(t.tallies for t in meant) or supposes(at):
        return None
    first = meant[0]
    if not kind.factor and not has_all_parameters(first.posed):
        return None
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


def _repair(state: State, at: At, pair: Pair, trial: _Trial, kind: Kind) -> tuple[Repair | None, Span, str | None]:
    """The first slip whose undoing makes the relation hold, and where it stands."""
    on_left = trial.posed.explicit_left
    side = pair.left if on_left else pair.right
    for slip in islice(slips(side), MOST_SLIPS):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        edited = replace(edited, left=without_constant(edited.left), right=without_constant(edited.right))
        for posed in put_in(edited, trial.model, bodies_of(state)):
            if posed.form != trial.posed.form or posed.said != trial.posed.said:
                continue
            found = tallied(posed.pair, on_left, READINGS[0], kind, state.options.seed)
            if found is not None and found.holds:
                focus = span_of(at.formula, slip.start, slip.end)
                label = f"{SLIPS[slip.kind]} ({'left' if on_left else 'right'} side)"
                return Repair(to_latex(slip.node), slip.kind), focus, label
    return None, span_of(at.formula, side.start, side.end), None
