"""A step that is wrong in one part: f(A) = f(B) where A isn't B, but would be with a single slip undone.

All other parts in which the sides differ agree. What surrounds the wrong one decides which slips count: a sign is no
mistake in an even function, and a term may be dropped under a mean that takes it to 0, but a lost factor 2 is a mistake
nearly everywhere. Nothing is said where the document gives a name of the part in the others.
"""

from __future__ import annotations

from claims.records import Record, replace
from claims.verdict import IllFormed, Refuted
from errata.checking.algebra import Found, is_step, judge_identity
from errata.checking.context import At, State, bodies_of, span_of
from errata.checking.definitions import gives_a_name
from errata.checking.families.judging import is_written_out, judge_families
from errata.checking.families.ruling import says_alike, wishes
from errata.checking.linear import judge_linear
from errata.checking.linear_repairs import repaired_linear, repaired_shapes
from errata.checking.parts import MOST_NODES, Search, agree, speaks_of_vectors
from errata.checking.repairs import SLIPS, Repaired, is_slip, repaired
from errata.checking.slips import KINDS, rewritten
from errata.checking.supported import asker
from errata.reading.alike import alike, bare
from errata.reading.document import Span
from errata.reading.names import names_in
from errata.reading.relations import Pair
from errata.reading.tree import Big, Call, Dots, Fence, Function, Node, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

INJECTIVE = frozenset({"log", "ln", "exp", "lg"})
"""Functions that take different values to different values."""
AVERAGED = frozenset({"factor-2", "factor-1/2", "square", "inverse", "log", "off-by-one"})
"""Slips that count under a sum, an integral or a mean."""
UNKNOWN = frozenset({"factor-2", "factor-1/2", "inverse"})
"""Slips that count in what a function or a law is applied to, of which nothing is known."""
ALL = frozenset(KINDS)
MOST_TRIED = 3
"""Parts within parts that are held against each other, the smallest first."""
Faulty = tuple[Node, Node, frozenset[str]]
MEANS = frozenset({"E", "𝔼"})


class Mispart(Record):
    """The part that is wrong, what was found of it, and its slip."""

    part: Pair
    found: Found
    focus: Span
    label: str


def misparts(state: State, at: At, pair: Pair) -> Mispart | None:
    """The one part in which a step is wrong; None where there is none, or nothing can be said of it."""
    if pair.relation.sign not in ("=", "≡") or not is_step(pair, at.chain, at.prose) or wishes(at):
        return None
    if sum(1 for side in (pair.left, pair.right) for _ in walk(side)) > MOST_NODES:
        return None
    if any(_trails_off(n) for side in (pair.left, pair.right) for n in walk(side)):
        return None
    search = Search(pair, asker(state, at, pair), state.stock)
    bodies = bodies_of(state)
    for left, right, kinds in _faulty(pair.left, pair.right, search, ALL)[:MOST_TRIED]:
        part = replace(pair, left=left, right=right, position=1)
        if gives_a_name(bodies, left, right):
            return None
        found = _of_law(state, at, part, kinds) if is_written_out(part) else _of_part(state, at, pair, part, kinds)
        if found is not None:
            return found
    return None


def _trails_off(node: Node) -> bool:
    """Whether dots stand among terms: what they stand for depends on the terms beside them, and is in no part."""
    return isinstance(node, Terms) and any(isinstance(item, Dots) for item in node.items)


def _of_part(state: State, at: At, pair: Pair, part: Pair, kinds: frozenset[str]) -> Mispart | None:
    """The refutation of a part, with the slip."""
    vectors = speaks_of_vectors(pair.left, pair.right)
    found = _of_vectors(state, part) if vectors else _of_numbers(state, at, pair, part)
    if found is None and vectors and (misfit := _of_shapes(state, at, pair, part, kinds)) is not None:
        return misfit
    if found is None and vectors:
        found, vectors = _of_numbers(state, at, pair, part), False  # it fails in dimension one already
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    common = names_in(pair.left) & names_in(pair.right)
    seed = state.options.seed
    mended = repaired_linear(part, seed) if vectors else repaired(part, seed, common=common)
    if mended is None or mended.repair.slip not in kinds or not is_slip(_in_whole(pair, part, mended), step=True):
        return None
    found = replace(found, verdict=replace(found.verdict, repair=mended.repair))
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    return Mispart(part, found, span_of(at.formula, mended.start, mended.end), label)


def _of_shapes(state: State, at: At, pair: Pair, part: Pair, kinds: frozenset[str]) -> Mispart | None:
    """A part whose names no shapes fit, with the slip without which it holds in every dimension."""
    mended = repaired_shapes(part, state.options.seed)
    if mended is None or mended.repair.slip not in kinds or not is_slip(_in_whole(pair, part, mended), step=True):
        return None
    focus = span_of(at.formula, mended.start, mended.end)
    side = mended.mended.left if mended.left else mended.mended.right
    message = f"no shapes of its names fit; they would in {to_latex(side)}, with which it holds in every dimension"
    verdict = IllFormed("E411", message, focus.start, focus.end, mended.repair)
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    return Mispart(part, Found(verdict, (), True, message), focus, label)


def _in_whole(pair: Pair, part: Pair, mended: Repaired) -> Repaired:
    """The repair of a part as one of the whole relation."""
    left = rewritten(pair.left, part.left, mended.mended.left)
    right = rewritten(pair.right, part.right, mended.mended.right)
    return replace(mended, mended=replace(pair, left=left, right=right))


def _of_law(state: State, at: At, part: Pair, kinds: frozenset[str]) -> Mispart | None:
    """The refutation of a part that writes a law out, with the slip."""
    ruling = judge_families(state, at, part)
    if ruling is None or not isinstance(ruling.verdict, Refuted) or ruling.focus is None or ruling.label is None:
        return None
    repair = ruling.verdict.repair
    if repair is None or repair.slip not in kinds:
        return None
    return Mispart(part, Found(ruling.verdict, ruling.where, True, ruling.message), ruling.focus, ruling.label)


def _faulty(left: Node, right: Node, search: Search, kinds: frozenset[str]) -> list[Faulty]:
    """The parts that don't agree while all beside them do, the smallest first, with the slips that count in each."""
    left, right = bare(left), bare(right)
    within = kinds & _counting(left)
    for parts in alike(left, right) if within else ():
        wrong = [p for p in parts if agree(*p, search) is None]
        if len(wrong) == 1 and wrong[0] != (left, right):
            return [*_faulty(*wrong[0], search, within), (*wrong[0], within)]
    return []


def _counting(node: Node) -> frozenset[str]:
    """The slips that count in what a node is made of."""
    match node:
        case Function(head=Sym(name=name)):
            return ALL if name in INJECTIVE else UNKNOWN
        case Call(head=Sym(name=name)) if name in INJECTIVE:
            return ALL
        case Call(head=Sym(name=name)) if name in MEANS:
            return AVERAGED
        case Call() | Function():
            return UNKNOWN
        case Big():
            return AVERAGED
        case Script(sup=sup) if sup is not None:
            return ALL - {"sign"}
        case Fence(open=r"\langle" | "⟨"):
            return AVERAGED
        case Fence(open="|" | r"\|" | r"\lvert" | r"\lVert" | r"\lfloor" | r"\lceil" | "⌊" | "⌈"):
            return frozenset()
    return ALL


def _of_numbers(state: State, at: At, pair: Pair, part: Pair) -> Found | None:
    """The refutation of a part whose names are the same on both sides, or none of which is new to the relation."""
    try:
        found = judge_identity(part, {}, state.options.seed, bounds=state.bounds)
    except (Unlowered, RecursionError):
        return None
    known = names_in(part.right) <= names_in(pair.left) and not says_alike(at)
    return found if found.known and (found.sound or known) else None


def _of_vectors(state: State, part: Pair) -> Found | None:
    return judge_linear(part, state.options.seed)
