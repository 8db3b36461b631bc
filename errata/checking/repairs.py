"""The smallest known slip whose undoing makes a refuted step hold."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice

from claims.records import Record, replace
from claims.verdict import Proved, Repair, Supported
from errata.checking.algebra import judge_identity
from errata.checking.glance import Glance
from errata.checking.restored import restored
from errata.checking.slips import Slip, slips
from errata.reading.alike import suspects
from errata.reading.lowering import operator_parts
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Big, Call, Factors, Frac, Function, Node, Num, Script, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

SLIPS = {
    "sign": "a sign is wrong",
    "factor-2": "a factor 2 is missing or too many",
    "factor-1/2": "a factor 1/2 is missing or too many",
    "square": "a square is missing or too many",
    "lost-term": "a term is too many",
    "dropped-term": "a term is missing",
    "bracket": "a bracket is missing or too many",
    "log": "a logarithm is too many",
    "lost-log": "a logarithm is missing",
    "inverse": "the fraction is upside down",
    "off-by-one": "a number is off by one",
    "direction": "a comparison goes the other way",
    "name": "a wrong name stands here",
    "lost-factor": "a factor is missing or too many",
}
"""What each kind of slip is, for the author."""
MOST_TRIALS = 400
"""Edits that are tried on a side."""
MOST_WORK = 30_000
"""Nodes of all the edited formulas together: the longer a formula, the fewer of its edits are tried."""
QUICKLY = 20_000
"""The same, where a slip is only suspected."""


class Repaired(Record):
    """A repair, and the place in the old formula that it changes."""

    repair: Repair
    start: int
    end: int
    left: bool
    """Whether it changes the left side."""
    mended: Pair
    """The relation with the slip undone."""


Frame = Callable[[Pair], Pair]
"""What a relation is judged as: itself, or with the laws in it written out."""


def repaired(
    pair: Pair,
    seed: int,
    work: int = MOST_WORK,
    kinds: Container[str] = tuple(SLIPS),
    conditionally: bool = False,
    frame: Frame = lambda pair: pair,
    common: Container[str] = (),
) -> Repaired | None:
    """The first slip, on either side, whose undoing makes the two sides agree at all points; None where none does.

    Edits of both sides of the given kinds are tried kind by kind, those of the right side first: it is what the step
    arrives at. ``conditionally`` counts what holds for positive values, say, as mended too; ``frame`` is what the
    edited relation is judged as. Names in ``common`` stand on both sides of a relation of which this one is a part.
    """
    size = sum(1 for side in (pair.left, pair.right) for _ in walk(side))
    most = min(MOST_TRIALS, max(1, work // size))
    right = [(s, False) for s in islice(suspected(pair, on_left=False, common=common), most) if s.kind in kinds]
    left = [(s, True) for s in islice(suspected(pair, on_left=True, common=common), most) if s.kind in kinds]
    try:
        glance = Glance(frame(pair), seed)
    except Unlowered:
        return None
    for slip, on_left in [*right, *left]:
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        try:
            framed = frame(edited)
            if glance.differs(framed, on_left):
                continue
            found = judge_identity(framed, {}, seed)
        except Unlowered:
            continue
        supported = isinstance(found.verdict, Supported) and (conditionally or not found.verdict.holds_if)
        if slip.kind == "off-by-one" and _vanishes(slip.node):
            continue  # what is nothing equals all that may be nothing
        if supported or isinstance(found.verdict, Proved):
            return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, edited)
    return None


def _vanishes(side: Node) -> bool:
    """Whether a zero stands over a fraction, among factors or in an exponent of a side."""
    return any(isinstance(part, Num) and part.text == "0" for node in walk(side) for part in _factors(node))


def _factors(node: Node) -> tuple[Node, ...]:
    """The parts of a node of which one that is zero makes nothing, or one, of all."""
    match node:
        case Frac(top=top):
            return (top,)
        case Factors(items=items) | Terms(items=(_,) as items):
            return items
        case Script(sup=sup) if sup is not None:
            return (sup,)
    return ()


def suspected(
    pair: Pair,
    on_left: bool,
    common: Container[str] = (),
    spare: Sequence[Node] = (),
    written: Node | None = None,
) -> Iterator[Slip]:
    """The slips of a side that change something in which the sides differ: the rest stands on the other one, too.

    ``written`` is the other one as it is written out, where it isn't as it stands: a sum in it may have lost a term.
    """
    places = suspects(pair.left, pair.right)[0 if on_left else 1]
    side, beside = (pair.left, pair.right) if on_left else (pair.right, pair.left)
    yield from slips(side, beside, places, common, spare)
    yield from restored(side, written or beside, places)


OUTSIDE = frozenset({"sign", "factor-2", "factor-1/2", "square", "off-by-one"})
"""Slips that can be told beside functions of which nothing is known: a term that is missing may be known to be 0."""


def is_outside_of_functions(found: Repaired, pair: Pair) -> bool:
    """Whether a slip is one of sign, factor or power, and not in what a function is applied to, where f(−x) may be
    f(x), nor under an integral. What log and exp do is known, and so is what a sum is of."""
    side = pair.left if found.left else pair.right
    inside = (_inside(n) for n in walk(side) if isinstance(n, Call | Function | Big) and not _is_known(n))
    within = any(n is not None and n.start <= found.start and found.end <= n.end for n in inside)
    return found.repair.slip in OUTSIDE and not within


def _inside(node: Call | Function | Big) -> Node | None:
    """What a function is applied to, or an integral is of."""
    if isinstance(node, Big):
        return node.body
    return node.fence if isinstance(node, Call) else node.argument


def _is_known(node: Call | Function | Big) -> bool:
    """Whether a node is a logarithm, an exponential, a root, or a sum or product."""
    return operator_parts(node.head)[0] in KNOWN


KNOWN = frozenset({"log", "ln", "exp", "∑", "∏"})
"""Heads whose value is known for whatever they are applied to."""


def is_slip(found: Repaired, step: bool) -> bool:
    """Whether a repair shows that a relation was meant as an identity: it mends a calculation, and doesn't just make
    both sides the same text, nor, outside of a chain of steps, swap a name, as any condition on two names is mended.
    """
    mended = found.mended
    return (step or found.repair.slip != "name") and key(mended.left) != key(mended.right)
