"""Limits that are stated with an arrow: (1 − λ/n)^n → e^{−λ} as n → ∞, μ_n → μ_0 as τ → 0, X̄_n → E[X].

A limit of numbers is looked at from three distances, at random points where the values settle: they settle at what is
stated, or elsewhere. The mean of a sample tends to the mean of its law, which the laws of the page give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported, Tried, Undecided, decide
from errata.checking.algebra import Lowered, lowered
from errata.checking.approaches import (
    Found,
    approach_in,
    approaches,
    at_place,
    may_move,
    moves,
    near_place,
    opens_a_limit,
    said_near,
)
from errata.checking.asymptotics.judging import NEARLY_A_LAW, judge_sample_limit
from errata.checking.asymptotics.lists import SIZE, Lists, lists_in
from errata.checking.asymptotics.named import laws_at, meanings_at
from errata.checking.context import At, State, bodies_of, definitions_in_force, root_of
from errata.checking.coordinates.findings import refuted
from errata.checking.definitions import usable_in
from errata.checking.families.ruling import wishes
from errata.checking.judgement import Judged, Kind
from errata.checking.limits_of_laws import judge_limit_of_laws
from errata.checking.sample_means import mean_of_law
from errata.checking.settling import Outcome, chosen, look, look_for_infinity
from errata.checking.slips import Slip, slips
from errata.reading.calculus import infinite
from errata.reading.endpoints import approach
from errata.reading.matrix_notation import bare_names
from errata.reading.names import key, names_in
from errata.reading.relations import Pair, stated
from errata.reading.substitution import unfolded
from errata.reading.tree import Big, Chain, Fence, Group, Node, Num, Relation, Script, Sym
from errata.reading.vectors import Unlowered
from errata.reading.words import words
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

DISTANCES = (12, 18, 24)
"""The powers of ten that stand for a place far out, or for one over the distance to a place."""
NEAR = (1e-6, 1e-5, 1e-2)
"""How far the last two values may be from each other, the last one from what is stated, and how far it has to be from
it to be somewhere else; relative to the larger of the two."""
POINTS = 6
DRAWS = 60
LEAST = 8
MOST_EDITS = 60
OF_A_SAMPLE = "the mean of a sample tends to the mean of its law"
CONSTANTS = frozenset({"e", r"\mathrme", r"\pi", "π", r"\log", r"\ln", r"\exp", r"\max", r"\min"})
EITHER_SIGN = frozenset("a b c s t u v w x y z".split())
"""Letters of numbers of which nobody takes for granted that they are positive."""
_JOINED = re.compile(r"(?:\$[^$]*\$\s*(?:,\s*)?(?:and|with|while)\s*)+(?=\$*\Z)")
"""Formulas before one that is joined to them."""
ABOVE, BELOW = "its place is neared from above", "its place is neared from below"
EXISTS = "where the left side has a limit"
_HOLDS = {"<": lambda a, b: a < b, ">": lambda a, b: a > b, "≤": lambda a, b: a <= b, "≥": lambda a, b: a >= b}

Again = Callable[[Pair], Judged]
"""The judgement on another relation that stands where the limit stands."""


class Limit(Record):
    """Both sides of a limit, where it goes, and the conditions that stand beside it."""

    left: Node
    right: Node
    found: Found
    conditions: tuple[Pair, ...]
    lists: Lists | None = None
    """How its lists and laws are written out, where they are."""


def judge_limit(state: State, at: At, judged: Judged, pair: Pair, again: Again) -> Judged | None:
    """The judgement on a limit; None where an arrow is none, or nothing can be said of it."""
    if pair.relation.sign in ("=", "≡") and isinstance(pair.left, Big):
        if isinstance(judged.verdict, Undecided):
            return _of_equation(state, at, judged, pair)
        limit = _limit_of(state, at, pair)
        one_sided = limit is not None and _differs_below(state, limit)
        return _from_one_side(judged, ABOVE) if one_sided else None
    if pair.relation.sign in NEARLY_A_LAW:
        return judge_sample_limit(state, at, judged, pair)
    if pair.relation.sign != "→":
        return None
    claimed = replace(judged, kind=Kind.CLAIM)
    of_samples = judge_sample_limit(state, at, judged, pair)
    if of_samples is not None:
        return of_samples
    average = mean_of_law(state, at, pair)
    if average is not None:
        return _taken_for(claimed, again(average), (OF_A_SAMPLE,), True)
    places = approaches(state, at, pair)
    if len(places) != 1 or _says_where(at, pair, places[0]):
        return None
    of_laws = judge_limit_of_laws(state, at, judged, pair, places[0])
    if of_laws is not None:
        return of_laws
    limit = Limit(pair.left, pair.right, places[0], tuple(_conditions(state, at)))
    settled = _settled(state, at, claimed, pair, limit)
    if settled is not None:
        return settled
    return _taken_for(claimed, again(_as_limit(pair, places[0])), (), False)


def in_the_limit(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """An equation that fails as it stands, and holds where a name goes that it loses: h (2 x + h)/h = 2 x, "since
    $h \\to 0$".

    A name that both sides have is not lost: (x + h)² = x² + h² is wrong whatever h does.
    """
    if pair.relation.sign != "=":
        return None
    lost = names_in(pair.left) - names_in(pair.right)
    places = [f for f in approaches(state, at, pair) or said_near(state, at, pair) if f.approach.variable in lost]
    if len(places) != 1 or not moves(pair.left, places[0].approach.variable):
        return None
    limit = Limit(pair.left, pair.right, places[0], tuple(_conditions(state, at)))
    out = _tried(limit, state.options.seed)
    plain = replace(judged, rule=None, message=None, label=None, focus=None)
    found = None if out is None or out.differ else _supported(plain, out, (), limit)
    if found is None or not isinstance(found.verdict, Supported):
        return None
    to = places[0].approach
    holds_if = "; ".join(filter(None, (f"in the limit {to.variable} → {words(to.place)}", found.verdict.holds_if)))
    return replace(found, verdict=replace(found.verdict, holds_if=holds_if))


def _says_where(at: At, pair: Pair, found: Found) -> bool:
    """Whether an arrow says itself where limits go, "as $c \\to \\infty$" after "as $c \\to 0$": its left side is the
    name that moves, or stands right behind such a word."""
    named = key(pair.left) == found.approach.variable
    before = _JOINED.sub("", at.prose + at.chain.before)  # as k → 0 and n k → ∞
    return named or (pair.position == 0 and opens_a_limit(before))


def _taken_for(judged: Judged, found: Judged, where: tuple[str, ...], may_fail: bool) -> Judged | None:
    """A limit with what is said of the equation that it stands for."""
    if not isinstance(found.verdict, Supported | Proved) and not (may_fail and isinstance(found.verdict, Refuted)):
        return None
    return replace(
        judged, verdict=found.verdict, where=(*where, *found.where), rule=found.rule, message=found.message,
        focus=found.focus, label=found.label,
    )  # fmt: skip


def _of_equation(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on lim_{n → ∞} a_n = a."""
    limit = _limit_of(state, at, pair)
    if limit is None:
        return None
    body = replace(pair, left=limit.left, relation=Relation(pair.left.start, pair.left.start, "→", r"\to"))
    of_samples = judge_sample_limit(state, at, judged, body, True)
    if of_samples is not None:
        return of_samples
    of_laws = judge_limit_of_laws(state, at, judged, body, limit.found)
    if of_laws is not None:
        return of_laws
    return _settled(state, at, replace(judged, kind=Kind.CLAIM), pair, limit)


def _limit_of(state: State, at: At, pair: Pair) -> Limit | None:
    """The limit that a relation begins with: lim_{n → ∞} a_n = a."""
    left = pair.left
    sub = left.head.sub if isinstance(left, Big) and isinstance(left.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    found = approach_in(sub) if isinstance(sub, Chain) else None
    if found is None or not isinstance(left, Big) or approach(left) is None or left.body is None:
        return None
    return Limit(left.body, pair.right, found, tuple(_conditions(state, at)))


def _settled(state: State, at: At, judged: Judged, pair: Pair, limit: Limit) -> Judged | None:
    """What points say of a limit as it stands, or with the definitions of the document put in."""
    for one, given in (*_with_definitions(state, limit, pair), *_written_out(state, at, limit, pair)):
        out = _tried(one, state.options.seed)
        if out is None:
            continue
        supported = _supported(judged, out, given, one)
        if supported is not None:
            return _from_one_side(supported, ABOVE) if _differs_below(state, one) else supported
        failed = _refuted(state, at, judged, pair, limit, one, out)
        if failed is not None:
            return _from_below(state, judged, given, one) or failed
    return None


def _differs_below(state: State, limit: Limit) -> bool:
    """Whether a limit that holds from above fails from below, where nothing says from which side it is meant.

    What goes to zero before something finite is often a temperature, or another that is never negative; x and the like
    may be.
    """
    out = _tried_below(state, limit) if infinite(limit.right) or _has_two_sides(limit) else None
    return out is not None and bool(out.differ) and not out.agree


def _has_two_sides(limit: Limit) -> bool:
    """Whether a place is surely neared from both sides: one that is not zero, or by a letter of either sign."""
    to = limit.found.approach
    return key(to.place) != "0" or to.variable in EITHER_SIGN


def _from_below(state: State, judged: Judged, given: tuple[str, ...], limit: Limit) -> Judged | None:
    """An infinite limit that holds from below, where nothing says from which side it is meant."""
    out = _tried_below(state, limit) if infinite(limit.right) else None
    found = None if out is None else _supported(judged, out, given, limit)
    return None if found is None else _from_one_side(found, BELOW)


def _tried_below(state: State, limit: Limit) -> Outcome | None:
    """What points below the place say of a limit; None where there are none, or its side is written."""
    if limit.found.sided or infinite(limit.found.approach.place):
        return None
    return _tried(replace(limit, found=replace(limit.found, below=True)), state.options.seed)


def _from_one_side(found: Judged, side: str) -> Judged:
    """A limit that holds as its place is neared from one side."""
    if not isinstance(found.verdict, Supported | Proved):
        return found
    more = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
    condition = "; ".join(filter(None, (more, side)))
    return replace(found, verdict=Supported(tuple(found.verdict.by), condition))


def _conditions(state: State, at: At) -> Iterator[Pair]:
    """The inequalities that stand beside a limit in its formula: a > b."""
    for other in stated(root_of(state, at.index)):
        pairs = other.pairs()
        if other.chain is not at.chain.chain and all(p.relation.sign in _HOLDS for p in pairs):
            yield from pairs


def _with_definitions(state: State, limit: Limit, pair: Pair) -> Iterator[tuple[Limit, tuple[str, ...]]]:
    """The limit as it stands where its name stands in it, then with the definitions of the document put in."""
    variable = limit.found.approach.variable
    if moves(limit.left, variable):
        yield limit, ()
    given = usable_in(definitions_in_force(state), pair)
    given = {name: body for name, body in given.items() if name != variable}
    left = unfolded(limit.left, given)
    if given and left is not limit.left and moves(left, variable):
        yield replace(limit, left=left, right=unfolded(limit.right, given)), tuple(given)


def _written_out(state: State, at: At, limit: Limit, pair: Pair) -> Iterator[tuple[Limit, tuple[str, ...]]]:
    """The limit with its lists and finite laws written out."""
    lists = lists_in(limit.left, limit.right, laws_at(state, at), meanings_at(state, at, pair))
    if lists is None:
        return
    try:
        left, right = lists.of(limit.left), lists.of(limit.right)
    except (Unlowered, RecursionError):
        return
    if (left is not limit.left or right is not limit.right) and moves(left, limit.found.approach.variable):
        yield replace(limit, left=left, right=right, lists=lists), ()


def _tried(limit: Limit, seed: int, most: int = POINTS) -> Outcome | None:
    """What points say of a limit; None where it has no numbers."""
    try:
        sides = [_sides(limit, power) for power in DISTANCES]
        bounds = [lowered(p) for p in limit.conditions]
    except (Unlowered, RecursionError, TypeError, ValueError):
        return None
    if any(s.generic.matrices or s.generic.uninterpreted or s.generic.interpreted for s in sides):
        return None
    out = Outcome()
    symbols = sorted({s for one in (*sides, *bounds) for s in one.symbols}, key=str)
    for kind in KINDS:
        random = Random(f"{seed} {kind.name}")
        points = ({s: kind.draw(random) for s in symbols} for _ in range(DRAWS))
        allowed = (p for p in points if _is_allowed(limit, bounds, p))
        for point in islice(allowed, most):
            if infinite(limit.right):
                look_for_infinity(out, [one.left for one in sides], infinite(limit.right), point, kind.name, NEAR[0])
            else:
                look(out, [one.left for one in sides], sides[-1].right, point, kind.name, NEAR)
    return out


def _sides(limit: Limit, power: int) -> Lowered:
    """Both sides with a place near the one of the limit."""
    name, near = limit.found.approach.variable, near_place(limit.found, 10**power)
    goal = Num(0, 0, "0") if infinite(limit.right) else limit.right
    left, right = (at_place(side, name, near) for side in (limit.left, goal))
    found = lowered(Pair(left, Relation(0, 0, "=", "="), right, 0))
    return replace(found, left=chosen(found.left), right=chosen(found.right))


def _is_allowed(limit: Limit, bounds: list[Lowered], point: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether the conditions beside a limit hold at a point."""
    for pair, sides in zip(limit.conditions, bounds, strict=True):
        try:
            left, right = (enclose(side, at=point) for side in (sides.left, sides.right))
        except Undetermined:
            return False
        if not _HOLDS[pair.relation.sign](left, right):
            return False
    return True


def _supported(judged: Judged, out: Outcome, given: tuple[str, ...], limit: Limit) -> Judged | None:
    """The support of a limit that holds wherever there is one, or for one kind of values."""
    kinds = [k.name for k in KINDS if out.agree.get(k.name, 0) >= POINTS - 1 and not out.differ.get(k.name)]
    agree = sum(out.agree.values())
    conditions = [f"with the definitions that the document gives of {', '.join(given)}"] if given else []
    if not out.differ and agree >= LEAST:
        conditions += [EXISTS] if out.open else []
    elif kinds and sum(out.differ.values()) <= sum(out.agree.values()):
        agree = out.agree[kinds[0]]
        conditions.append(f"for {kinds[0]}")
    else:
        return None
    if agree < POINTS - 1:
        return None
    by = Agreement("limits", max(agree, LEAST), 5, f"{agree} random points, from three distances to the place")
    where = [f"{key(limit.found.node)} is taken as far as 10^{DISTANCES[-1]}, or as near"]
    where += [f"lists and laws have {SIZE} values"] if limit.lists is not None else []
    return replace(judged, verdict=decide([Tried("; ".join(conditions) or None, (by,))]), where=tuple(where))


def _refuted(
    state: State, at: At, judged: Judged, pair: Pair, plain: Limit, limit: Limit, out: Outcome
) -> Judged | None:
    """The refutation of a limit that settles elsewhere at every point, where nothing could save it."""
    if out.agree or sum(out.differ.values()) < LEAST or out.first is None or wishes(at):
        return None
    known = CONSTANTS | {limit.found.approach.variable}
    on_left, on_right = ({*bare_names(side)} - known for side in (limit.left, limit.right))
    if on_right - on_left - names_in(limit.left) or any(map(may_move, on_left - on_right)):
        return None  # δ_0 may be anything, and the S of S/n may grow with n
    bodies = bodies_of(state)
    used = usable_in(definitions_in_force(state), pair)
    if limit.left is not plain.left and any(len(bodies.get(name, ())) != 1 for name in used):
        return None
    names, left, right = out.first
    message = f"the left side tends to {left}, and the right side is {right}"
    slip = _mended(limit, pair, state.options.seed)
    return refuted(at, judged, pair, "limits", "E311", (names, left, right), message, slip)


def _mended(limit: Limit, pair: Pair, seed: int) -> Slip | None:
    """The first slip of the right side whose undoing makes the limit hold."""
    for slip in islice(slips(pair.right, pair.left), MOST_EDITS):
        try:
            right = slip.node if limit.lists is None else limit.lists.of(slip.node)
        except (Unlowered, RecursionError):
            continue
        quick = _tried(replace(limit, right=right), seed, 1)
        if quick is not None and quick.agree and not quick.differ:
            full = _tried(replace(limit, right=right), seed)
            if full is not None and not full.differ and sum(full.agree.values()) >= LEAST:
                return slip
    return None


def _as_limit(pair: Pair, found: Found) -> Pair:
    """The same as an equation: lim_{n → ∞} a_n = a."""
    left = pair.left
    arrow = Relation(left.start, left.start, "→", r"\to")
    under = Chain(left.start, left.start, (found.node, found.approach.place), (arrow,))
    head = Script(left.start, left.start, Sym(left.start, left.start, "lim", "", r"\lim"), under, None)
    body = Fence(left.start, left.end, "(", left, ")")
    limit = Big(left.start, left.end, head, body)
    return replace(pair, left=limit, relation=replace(pair.relation, sign="=", latex="=", over=None), position=0)
