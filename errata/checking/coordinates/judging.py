"""Judges a relation with a derivative in coordinates: ∇_θ L = ∑_i (p̂_i − y_i) x_i, ∂π_i/∂z_j = π_i(δ_ij − π_j); or one
of members and the vector that they make up: ∑_i (y_i − θᵀx_i)² = ‖y − Xθ‖².

Both sides are evaluated at random points, with several numbers of members and dimensions, for all values of the free
indices; the derivative is carried along from what the document gives for the function. It is refuted only where it
fails for every choice of shapes and bodies, with one-hot labels too, and where nothing else is said of its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.algebra import BY_DEFINITIONS
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.bodies import bodies_near
from errata.checking.coordinates.findings import misshapen, refuted
from errata.checking.coordinates.index_cases import index_cases
from errata.checking.coordinates.readings import (
    Reading,
    Setting,
    held_in,
    readings_of,
    setting_of,
    stacks_members,
    work_of,
)
from errata.checking.coordinates.trials import Outcome, holds_at_once, tried
from errata.checking.coordinates.world import Sort
from errata.checking.derivatives_of_definitions import (
    Derivative,
    bodies_of,
    derivative_of,
    poses_an_equation,
)
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.slips import Slip, rewritten, slips, times
from errata.reading.generic import free_names
from errata.reading.gloss import glossed
from errata.reading.lowering import LogBase
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Big, Fence, Group, Node, Num, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex

MISFITS = frozenset({"name", "square"})
"""Slips by which shapes come not to fit."""
MOST_EDITS = 80
"""Slips of the right side that are tried."""
MOST_WORK = 100_000
"""Nodes that are looked at for all of them: of a long relation, whose names may be many things, fewer are tried."""
_ONE_HOT = re.compile(r"\bone[- ]?hot\b", re.I)
_ANNOUNCED = re.compile(r"[\s$.,;\\\])]*(?:where|with|here)\b", re.I)
"""How a text after a formula begins that says what its names are."""
_PARTS = re.compile(r"^\W{0,12}(?:Exercise|Problem|Question|Example|Task|Case|Part)\b", re.M)
_SIGMOID = re.compile(r"\b(?:sigmoid|logistic|logit)", re.I)


def judge_in_coordinates(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation in which something is derived; None where this says nothing."""
    if pair.relation.sign not in ("=", "≡") or not (held_in(pair) or stacks_members(pair)):
        return None
    roots = roots_of(state)
    setting = setting_of(pair, bodies_near(roots, at.index), bodies_near(roots, at.index, numbers=True))
    setting = replace(setting, cases=index_cases(state, at))
    text = glossed(state.document.text)
    told = _ONE_HOT.search(text) is not None
    outcomes = ((r, tried(setting, r, state.options.seed)) for r in readings_of(setting, told, state.options.seed))
    readings = [(r, o) for r, o in outcomes if o is not None]
    if not readings:
        return _misfit(state, at, judged, pair, setting, text)
    held = next(((r, o) for r, o in readings if o.holds and r.may_support), None)
    if held is not None:
        found = _supported(state, judged, *held)
        said = tuple(f"{a} {'=' if same else '≠'} {b}, as the text says" for a, b, same in setting.cases)
        return replace(found, where=(*found.where, *said))
    if not all(o.fails for _, o in readings) or not _may_refute(state, at, pair, [o for _, o in readings], text):
        return None
    if _holds_turned(setting, told, state.options.seed):
        return None  # a matrix of derivatives may have a row for each column of the one it is derived by
    reading, best = next(((r, o) for r, o in readings if bool(r.one_hot) == told and not r.pinned), readings[0])
    slip = _mended(setting, readings, state.options.seed)
    if best.first is None:
        return None
    beside = "" if reading.fits else "an entry of "
    message = f"in coordinates, {beside}the left side is {best.first[1]}, the right side {best.first[2]}"
    located = replace(judged, where=_where(state, reading, best))
    return refuted(at, located, pair, "coordinates", "E311", best.first, message, slip)


def _holds_turned(setting: Setting, told: bool, seed: int) -> bool:
    """Whether a relation holds with its right side transposed."""
    at = (setting.right.start, setting.right.end)
    turned = Script(*at, Fence(*at, "(", setting.right, ")"), None, Sym(*at, "⊤", latex=r"\top"))
    other = replace(setting, right=turned)
    outcomes = (tried(other, r, seed) for r in readings_of(other, told, seed) if holds_at_once(other, r, seed))
    return any(o is not None and o.holds for o in outcomes)


def _misfit(state: State, at: At, judged: Judged, pair: Pair, setting: Setting, text: str) -> Judged | None:
    """A relation whose names no shapes fit, and that holds in the shapes of its names once a slip is undone."""
    seed, told = state.options.seed, _ONE_HOT.search(text) is not None
    mirror = replace(setting, right=setting.left)
    if not stacks_members(pair) and next(readings_of(mirror, told, seed), None) is None:
        return None  # it isn't the right side that no shapes fit
    most = min(MOST_EDITS, MOST_WORK // max(1, work_of(setting)))
    for slip in islice((s for s in slips(setting.right, setting.left) if s.kind in MISFITS), most):
        edited = replace(setting, right=slip.node)
        for reading in (r for r in readings_of(edited, told, seed) if r.may_support):
            found = tried(edited, reading, seed) if holds_at_once(edited, reading, seed) else None
            if found is None or not found.holds or tried(setting, reading, seed) is not None:
                continue
            if not _may_refute(state, at, replace(pair, right=slip.node), [found], text):
                return None
            message = f"no shapes of its names fit; they would in {to_latex(slip.node)}, with which it holds"
            return misshapen(at, replace(judged, where=_where(state, reading, found)), message, slip)
    return None


def _where(state: State, reading: Reading, out: Outcome) -> tuple[str, ...]:
    of = {sort: sorted({letter for (letter, _), s in reading.sorts.items() if s is sort}) for sort in Sort}
    told = [f"{', '.join(names)}: {sort.value}" for sort, names in of.items() if names and sort is not Sort.NUMBER]
    taken = [
        f"{letter} = {custom}" if custom else f"{letter} as line {_line(state, formula)} gives it"
        for letter, (custom, formula) in sorted(out.used.items())
    ]
    if out.sigmoid:
        taken.append("σ is the logistic function")
    return (*told, *taken)


def _line(state: State, formula: int) -> int:
    return state.document.place(state.document.formulas[formula].span.start).line


def _supported(state: State, judged: Judged, reading: Reading, out: Outcome) -> Judged:
    by = Agreement("coordinates", out.agree, 20, f"{out.agree} random points in several numbers of members")
    said = [BY_DEFINITIONS] if out.used else []
    said += [f"{letter} = {custom}" for letter, (custom, _) in sorted(out.used.items()) if custom]
    if reading.one_hot:
        said.append(f"each {', '.join(sorted(reading.one_hot))} one-hot")
    verdict = decide([Tried("; ".join(said) or None, (by,))])
    return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=_where(state, reading, out))


def _may_refute(state: State, at: At, pair: Pair, outcomes: Sequence[Outcome], text: str) -> bool:
    """Whether nothing could save the relation: every name on the right is met on the left, the bodies stand near by,
    and the text neither supposes nor solves."""
    derivative = derivative_of(pair.left)
    if derivative is not None and poses_an_equation(derivative, pair.right, at.prose, text):
        return False
    if derivative is not None and not free_names(pair.right):
        return False  # it may be the value at one point
    if derivative is not None and _is_of_an_example(state, pair, outcomes):
        return False  # x · 0.2 may be the slope at the numbers of an example
    if derivative is not None and _is_ordinary(pair.left) and len(_bodies(state, derivative)) > 1:
        return False  # y is another function in each example
    if at.chain.implies or at.chain.concluded or supposes(at) or at.base not in (None, LogBase.NATURAL):
        return False
    if any(not _in_force(state, at, formula) for o in outcomes for _, formula in o.used.values()):
        return False
    if any(o.sigmoid for o in outcomes) and not _SIGMOID.search(text):
        return False
    for out in outcomes:
        marked = any(" " in letter or "^" in letter for letter, _ in out.left | out.right)
        if marked or any(spot not in out.left and spot[0] not in held_in(pair) for spot in out.right):
            return False
    return True


def _is_of_an_example(state: State, pair: Pair, outcomes: Sequence[Outcome]) -> bool:
    """Whether a decimal stands on the right, or a number up to which a sum runs, that no expression of what is derived
    has."""
    used = {formula for o in outcomes for _, formula in o.used.values() if formula >= 0}
    given = {number for formula in used for number in _of_data(roots_of(state)[formula])}
    return bool({*_of_data(pair.right)} - given)


def _of_data(root: Node) -> Iterator[str]:
    """The decimals in an expression, and the numbers up to which its sums run."""
    for node in walk(root):
        if isinstance(node, Num) and "." in node.text:
            yield node.text
        elif isinstance(node, Big) and isinstance(node.head, Script) and isinstance(node.head.sup, Num):
            yield f"up to {node.head.sup.text}"


def _is_ordinary(node: Node) -> bool:
    """Whether a derivative is written with d and not with ∂: dy/dx."""
    return not any(isinstance(n, Sym) and n.name in ("∂", "∇") for n in walk(node))


def _bodies(state: State, of: Derivative) -> frozenset[str]:
    """The different expressions that the document gives for what is derived."""
    bodies = (body for body in bodies_of(roots_of(state)) if body.name == of.name)
    return frozenset(key(body.node) for body in bodies if body.parameter in (None, key(of.variable)))


def _in_force(state: State, at: At, formula: int) -> bool:
    """Whether what a formula gives for a name holds here: it stands before in the same exercise, or is announced."""
    if formula < 0 or formula == at.index:
        return True
    spans = (state.document.formulas[formula].span, at.formula.span)
    between = state.document.text[min(s.end for s in spans) : max(s.start for s in spans)]
    if formula > at.index:
        return _ANNOUNCED.match(between) is not None
    return _PARTS.search(between) is None


def _mended(setting: Setting, readings: Sequence[tuple[Reading, Outcome]], seed: int) -> Slip | None:
    """The first slip of the right side whose undoing makes the relation hold under the first reading of each kind."""
    for slip in (*_of_derivatives(setting.right), *islice(slips(setting.right, setting.left), MOST_EDITS)):
        edited = replace(setting, right=slip.node)
        for reading in [r for r, _ in readings if r.may_support][:2]:
            found = tried(edited, reading, seed) if holds_at_once(edited, reading, seed) else None
            if found is not None and found.holds:
                return slip
    return None


def _of_derivatives(side: Node) -> Iterator[Slip]:
    """Slips that only whole derivatives suffer: the 2 of a square is lost, or the sign in an exponential."""
    if not isinstance(side, Terms):
        yield Slip("factor-2", times(2, side), side.start, side.end)
    for node in walk(side):
        if isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "e" and node.sup is not None:
            exponent = node.sup.body if isinstance(node.sup, Group) else node.sup
            if not isinstance(exponent, Terms | Num):
                turned = replace(node, sup=Terms(exponent.start, exponent.end, ("-",), (exponent,)))
                yield Slip("sign", rewritten(side, node, turned), node.start, node.end)
