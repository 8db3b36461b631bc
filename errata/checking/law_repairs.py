"""A relation about abstract laws that fails, and holds for all laws once a slip of sign, factor or power is undone.

Cov(X, Y) = E(XY) + E(X) E(Y) holds where a mean is zero, so that a failure alone says little; that one sign away from
it stands an identity says that the identity was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from claims.evidence import Counterexample
from claims.records import replace
from claims.sentences import Divergence, Sentence, Value, parts
from claims.verdict import Proved, Refuted, Repair, Supported, Tried, decide
from errata.checking.abstract import SIGNS, judge_abstract, signature_of
from errata.checking.algebra import Found
from errata.checking.page_laws import PageLaws, first_read_on, read_on
from errata.checking.refutable import (
    EVEN,
    SAME,
    Around,
    are_zero,
    formulas_relate_variables,
    formulas_tie_variables,
    holds_where_tied,
    is_spoken_of,
    known_conditions,
    may_be_alike,
    saving_condition,
    variables,
)
from errata.checking.refuted_laws import witness_of
from errata.checking.repairs import OUTSIDE, Repaired, suspected
from errata.checking.restored import restored
from errata.checking.slips import Slip, rewritten, slips
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import law_of, speaks_of_laws
from errata.reading.sentences.readings import Read
from errata.reading.tree import Call, Factors, Fence, Function, Node, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import Apart, tallies
from numerics.interpretations.worlds import PLAIN, POSITIVE, TWO
from numerics.interpretations.worlds import Kind as Worlds

MOST_SLIPS = 24
MOST_SUSPECTED = 80
"""Slips of a long side that are looked for, after the first ones, where it differs from the other one."""
MOST_NAMES = 40
KINDS = OUTSIDE | {"inverse", "lost-log", "bracket"}
SOME = 8
"""Worlds of positive values, of which some have none either where names may be below zero."""
MOST_LAWS = 5
"""Variables of a law beyond which no slip is looked for: its worlds are large."""


_MEANINGLESS = ("stands twice in a law", "outside of any law", "its parameter or its own value")
"""Ends of the reasons why a side is not read, where that is as no law or number can be written."""
Frame = Callable[[Pair], Pair]
"""What a relation is judged as: itself, or for p ∝ q the equation of both sides normalised."""


def _itself(pair: Pair) -> Pair:
    return pair


def near_miss(
    pair: Pair, page: PageLaws, near: Around, seed: int, frame: Frame = _itself
) -> tuple[Found, Repaired] | None:
    """The refutation of such a relation with its witness, and the slip; None where no slip mends it."""
    framed = frame(pair)
    if framed.relation.sign not in ("=", "≡") or not speaks_of_laws(pair.right):
        return None
    try:
        reads = read_on(framed, page)
    except Unlowered:
        return None
    if any(len(one) > MOST_LAWS for read in reads for one in read.laws.values()):
        return None
    apart = [_apart(read, seed) for read in reads]
    if not apart or any(found is None for found in apart):
        return None
    mended = mended_laws(pair, page, seed, frame)
    first = apart[0]
    if mended is None or first is None:
        return None
    if mended.repair.slip == "name" and not (
        _is_of_a_name(reads, near, mended.left, seed) and _speaks_of_the_same(mended.mended, reads, page, seed)
    ):
        return None
    if any(_may_be_saved(read, page, near, mended.repair.slip, seed) for read in reads):
        return None
    detail = f"left {first.left}, right {first.right}"
    by = Counterexample("worlds", witness_of(first), first.left, first.right, detail, True, True)
    shown = ", ".join(f"{name} is {value}" for name, value in witness_of(first))
    message = f"where {shown}, the left side is {first.left}, the right side {first.right}"
    verdict = decide([Tried(None, (by,))], mended.repair)
    assert isinstance(verdict, Refuted)
    return Found(verdict, (), True, message), mended


def meaningless(pair: Pair, page: PageLaws, seed: int) -> tuple[str, Repaired] | None:
    """Why a relation means nothing, and the wrong name in it: p(y | m, m), which is true of all laws as p(y | t, m)."""
    if pair.relation.sign not in ("=", "≡") or not speaks_of_laws(pair.right):
        return None
    try:
        read_on(pair, page)
    except Unlowered as reason:
        if not str(reason).endswith(_MEANINGLESS):
            return None
        mended = mended_laws(pair, page, seed)
        return None if mended is None or mended.repair.slip != "name" else (str(reason), mended)
    return None


def _may_be_saved(read: Read, page: PageLaws, near: Around, slip: str, seed: int) -> bool:
    """Whether the text speaks of a condition under which the relation holds as it stands: X is zero or one, or, where a
    name may be wrong, a function of Y; or whether it says that Y is X."""
    signature = signature_of(read)
    related = formulas_relate_variables(read, page, near)
    if related and formulas_tie_variables(read, page, near, plainly=True):
        return True
    if slip != "square" and not related:
        return False
    saving = known_conditions(read, "=", signature, seed, plainly=True)
    if slip == "square" and _has_divergence(read):
        saving = [c for c in saving if c not in (SAME, EVEN)]  # where it is 0 nobody writes KL(p ‖ q)²
    if any(is_spoken_of(c, near.text) for c in saving):
        return True
    if slip != "name" or not formulas_tie_variables(read, page, near):
        return False
    return holds_where_tied(read, "=", signature, seed)


def _has_divergence(read: Read) -> bool:
    """Whether the divergence of one law from another is in a relation."""
    return any(isinstance(part, Divergence) for side in (read.left, read.right) for part in parts(side))


def _is_of_a_name(reads: Sequence[Read], near: Around, on_left: bool, seed: int) -> bool:
    """Whether a wrong name can be told: its side brings in nothing new, no known condition saves the relation as it
    stands, and no text says that several variables have one law, by which one may stand for another."""
    sides = [(_families(r.left), _families(r.right)) for r in reads]
    if may_be_alike(near) or not all(left <= right if on_left else right <= left for left, right in sides):
        return False
    conditions = (known_conditions(read, "=", signature_of(read), seed) for read in reads)
    return all(saving_condition(found, near.up_to_here) is None for found in conditions)


def _speaks_of_the_same(mended: Pair, reads: Sequence[Read], page: PageLaws, seed: int) -> bool:
    """Whether a mended relation has no value that it didn't speak of before, as in f(p) for f(x), and isn't 0 = 0, as
    the slope by θ of a mean over x is, once what it is a mean of has no x."""
    spoken = frozenset[str]().union(*(_values(r.left) | _values(r.right) for r in reads))
    for read in read_on(mended, page):
        found = tuple(tallies(read.left, SIGNS["="], read.right, signature_of(read), seed, kinds=(TWO,), worlds=1))
        if not _values(read.left) | _values(read.right) <= spoken or are_zero(found):
            return False
    return True


def _values(sentence: Sentence) -> frozenset[str]:
    """The values and variables that a sentence speaks of."""
    return variables(sentence) | {p.name for p in parts(sentence) if isinstance(p, Value)}


def _families(sentence: Sentence) -> frozenset[str]:
    """The variables that a sentence speaks of, x_1 and x_i by the name of their family."""
    return frozenset(name.partition("_")[0] for name in variables(sentence))


def world_apart(pair: Pair, page: PageLaws, seed: int, positive: bool) -> Apart | None:
    """A world in which a relation about abstract laws fails in every reading; None where there is none, or where it
    isn't read as one; ``positive`` asks for positive values alone."""
    try:
        sign = SIGNS[pair.relation.sign]
        kinds = (POSITIVE,) if positive else (PLAIN, TWO, POSITIVE)
        found = [_apart(read, seed, sign, kinds) for read in read_on(pair, page)]
    except Unlowered:
        return None
    return found[0] if found and all(one is not None for one in found) else None


def _apart(read: Read, seed: int, sign: str = "=", kinds: Sequence[Worlds] = (PLAIN, TWO, POSITIVE)) -> Apart | None:
    """A world in which a reading fails, the plainest one that is at hand; one of positive values alone, where others
    have none, as log x has none below zero."""
    signature = signature_of(read)
    for tally in tallies(read.left, SIGNS[sign], read.right, signature, seed, kinds=kinds, worlds=4):
        if tally.first is not None:
            return tally.first
        if tally.kind is TWO and tally.agree:
            return None
    return None


def mended_laws(pair: Pair, page: PageLaws, seed: int, frame: Frame = _itself) -> Repaired | None:
    """The first slip whose undoing makes a relation hold for all laws; None where none does.

    Those of the right side come first, and those of the left side only where it opens a chain.
    """
    right = islice((s for s in (*slips(pair.right), *_with_logarithms(pair.right)) if s.kind in KINDS), MOST_SLIPS)
    further = islice((s for s in suspected(pair, on_left=False) if s.kind in KINDS), MOST_SUSPECTED)
    brackets = (s for s in restored(pair.right, pair.left) if s.kind in ("bracket", "lost-log"))
    left = islice((slip for slip in slips(pair.left) if slip.kind in KINDS and not pair.position), MOST_SLIPS)
    names = islice((s for s in suspected(pair, on_left=False) if s.kind == "name"), MOST_NAMES)
    head = (s for s in suspected(pair, on_left=True) if s.kind == "name" and not pair.position)
    taken = _taken(frame(pair), page)
    after = (
        *((s, False) for s in brackets),
        *((s, True) for s in left),
        *((s, False) for s in names),
        *((s, True) for s in islice(head, MOST_NAMES)),
        *((s, False) for s in further),
    )
    for slip, on_left in (*((s, False) for s in right), *after):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        if not _may_hold(frame(edited), page, seed) or key(edited.left) == key(edited.right):
            continue
        found = judge_abstract(frame(edited), page, seed)
        if found is not None and _holds(found, taken):
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def _with_logarithms(side: Node) -> Iterator[Slip]:
    """The edits of a side in which the logarithm of a density is taken, p(x) log p(x) for p(x) p(x)."""
    for product in (n for n in walk(side) if isinstance(n, Factors)):
        for node in product.items:
            if isinstance(node, Call) and law_of(node.head, frozenset()) is not None:
                log = Function(node.start, node.end, Sym(node.start, node.start, "log", "roman", r"\log"), node)
                yield Slip("lost-log", rewritten(side, node, log), node.start, node.end)


def _may_hold(pair: Pair, page: PageLaws, seed: int) -> bool:
    """Whether a relation holds in the one world that is tried: most of what could stand here is wrong. Where it has no
    value there, as log x has none below zero, a world of positive values is tried."""
    try:
        first = first_read_on(pair, page)
    except Unlowered:
        return False
    signature = signature_of(first)
    for kind, worlds in ((TWO, 1), (POSITIVE, SOME)):
        (tally,) = tallies(first.left, SIGNS["="], first.right, signature, seed, kinds=(kind,), worlds=worlds)
        if tally.agree or tally.differ:
            return not tally.differ
    return False


def _taken(pair: Pair, page: PageLaws) -> frozenset[str | None]:
    """What the readings of a relation take its letters for, such as a small one for a random variable: in all of them
    the relation fails, and one of them is meant."""
    try:
        return frozenset({None, *(read.condition for read in read_on(pair, page))})
    except Unlowered:
        return frozenset({None})


def _holds(found: Found, taken: frozenset[str | None]) -> bool:
    verdict = found.verdict
    return isinstance(verdict, Proved) or (isinstance(verdict, Supported) and verdict.holds_if in taken)


def may_square_inside(side: Node) -> bool:
    """Whether E[X − m]² stands in a side, by which some mean E[(X − m)²]."""
    return any(
        isinstance(n, Script)
        and n.sup is not None
        and isinstance(n.base, Call)
        and isinstance(n.base.fence, Fence)
        and isinstance(n.base.fence.body, Terms)
        for n in walk(side)
    )
