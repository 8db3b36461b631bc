"""Log-densities with a name that the text calls a constant: −log p(x | m) = c + ‖x − m‖²/(2 s²), for some c.

What is claimed is that there is such a number, whatever it depends on beside the quantity and its mean: as a summand it
leaves the changes of both sides equal, as a factor it leaves the sides in proportion. A factor where only a summand
makes the equation hold is refuted, with two points at which the factor would have to differ.
"""

from __future__ import annotations

import re

from flint import arb

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Repair, Supported, Tried, decide
from errata.checking.context import At, State, span_of
from errata.checking.families.changes import READINGS, Kind, Point, Tally, tallied
from errata.checking.families.conditionals import FORMS, Posed
from errata.checking.families.likelihoods import has_all_parameters, in_topic, named, posed_under
from errata.checking.families.ruling import Ruling, wants
from errata.reading.constants import constants_said
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Gap, Node, Terms, walk
from errata.reading.unparse import to_latex

NEAR = 120
"""Characters after a formula that may say that it leaves something out."""
_LOOSELY = re.compile(
    r"\b(?:up to|ignor\w*|drop\w*|omit\w*|neglect\w*|proportional\w*|scal(?:ed|ing)|weight\w*)\b", re.I
)
_TIMES = ("", r"\cdot", r"\times", "·", "×")


class _Bare(Record):
    """A relation without its constant; ``factor`` says that it was one, and no summand."""

    pair: Pair
    constant: Node
    rest: Node
    factor: bool


def judge_constant(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a log-density up to a constant that the text speaks of; None where no model settles it."""
    if pair.relation.sign not in ("=", "≡") or isinstance(pair.left, Gap):
        return None
    end = at.formula.span.end
    bare = _bare(pair, constants_said(at.prose, state.document.text[end : end + 200]))
    if bare is None:
        return None
    seed = state.options.seed
    for model, posed in posed_under(state, at, bare.pair):
        if posed.form in FORMS:
            continue
        tally = tallied(posed.pair, posed.explicit_left, READINGS[0], Kind(bare.factor, False), seed)
        if tally is None or posed.form == "number":
            return None
        if tally.holds and (not bare.factor or tally.strict == tally.agree):
            return named(state, _supported(tally, bare, posed), model, posed)
        near = f"{at.prose} {state.document.text[end : end + NEAR]}"
        if not (tally.holds or tally.fails) or not in_topic(state, model, at) or wants(at) or _LOOSELY.search(near):
            return None
        found = _of_a_factor(at, bare, posed, seed) if bare.factor else _of_a_summand(at, bare, posed, tally, seed)
        return None if found is None else named(state, found, model, posed)
    return None


def _bare(pair: Pair, constants: frozenset[str]) -> _Bare | None:
    """The relation without the one constant in it; None where it has none, or has it elsewhere, too."""
    sides = (pair.left, pair.right)
    places = [n for side in sides for n in walk(side) if key(n) in constants]
    if len({key(n) for n in places}) != 1 or len([n for n in places if n.start == places[0].start]) != len(places):
        return None
    for side, other in (("right", pair.right), ("left", pair.left)):
        found = _without(other, places[0])
        if found is not None:
            changed = replace(pair, right=found) if side == "right" else replace(pair, left=found)
            return _Bare(changed, places[0], found, isinstance(other, Factors))
    return None


def _without(side: Node, constant: Node) -> Node | None:
    """A sum or a product without one of its members."""
    if not isinstance(side, Terms | Factors) or (isinstance(side, Factors) and not set(side.signs) <= set(_TIMES)):
        return None
    kept = [n for n, item in enumerate(side.items) if key(item) != key(constant)]
    if len(kept) != len(side.items) - 1 or not kept:
        return None
    signs = [side.signs[n] for n in kept]
    if signs[0] in ("+", *_TIMES):
        signs[0] = ""
    if len(kept) == 1 and not signs[0]:
        return side.items[kept[0]]
    return replace(side, signs=tuple(signs), items=tuple(side.items[n] for n in kept))


def _supported(tally: Tally, bare: _Bare, posed: Posed) -> Ruling:
    by = Agreement("law", tally.agree, 7, f"changes of both sides agree at {tally.agree} random choices")
    condition = f"{to_latex(bare.constant)} is a constant"
    said = "; ".join(c for c in (condition, posed.said) if c is not None)
    where = (f"the constant may depend on anything but {READINGS[0]}", tally.law)
    return Ruling(Supported((by,), said), where)


def _of_a_summand(at: At, bare: _Bare, posed: Posed, tally: Tally, seed: int) -> Ruling | None:
    """Two points between which the sides change by different amounts, whatever is added."""
    small = tallied(posed.pair, posed.explicit_left, READINGS[0], Kind(bare.factor, False), seed, small=True)
    tally = small if small is not None and small.first is not None else tally
    if tally.first is None or not has_all_parameters(posed):
        return None
    witness, moved, left, right = _points(tally.first)
    grown = (left.str(8, radius=False), right.str(8, radius=False))
    message = f"under {tally.law}, with {moved}, the left side changes by {grown[0]}, the right side by {grown[1]}"
    by = Counterexample("law", witness, *grown, message, True, True)
    focus = span_of(at.formula, bare.pair.right.start, bare.pair.right.end)
    return Ruling(decide([Tried(None, (by,))]), (), "E315", message, focus)


def _of_a_factor(at: At, bare: _Bare, posed: Posed, seed: int) -> Ruling | None:
    """Two points at which the factor would have to have two values."""
    tally = tallied(posed.pair, posed.explicit_left, READINGS[0], Kind(False, True), seed, small=True)
    added = tallied(posed.pair, posed.explicit_left, READINGS[0], Kind(False, False), seed)
    if tally is None or tally.first is None or not tally.differ or added is None or not added.holds:
        return None
    witness, moved, left, right = _points(tally.first)
    name = to_latex(bare.constant)
    growth = (_times(left), _times(right))
    message = (
        f"under {tally.law}, with {moved}, the left side grows by the factor {growth[0]}, the right side without "
        f"{name} by {growth[1]}, so that no constant {name} makes them equal; {name} as a summand does"
    )
    by = Counterexample("law", witness, *growth, message, True, True)
    repair = Repair(f"{name} + {to_latex(bare.rest)}", "sign")
    focus = span_of(at.formula, bare.constant.start, bare.constant.end)
    return Ruling(decide([Tried(None, (by,))], repair), (), "E315", message, focus, "a plus is missing")


def _points(first: tuple[Point, Point, arb, arb]) -> tuple[tuple[tuple[str, str], ...], str, arb, arb]:
    """Two points as a witness and in words, with the changes between them."""
    one, other, left, right = first
    moved = ", ".join(f"{s} from {one[s]} to {other[s]}" for s in one if one[s] != other[s])
    kept = tuple((str(s), str(v)) for s, v in one.items() if v == other[s])
    return (*kept, *((str(s), f"{one[s]}, then {other[s]}") for s in one if one[s] != other[s])), moved, left, right


def _times(change: arb) -> str:
    return str(change.exp().str(8, radius=False))
