"""A slip in a relation of vectors and matrices whose undoing makes it hold in every dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod

from claims.records import Record, replace
from claims.verdict import Refuted, Repair, Supported
from errata.checking.linear import (
    OF_A_DIMENSION,
    fails_throughout,
    fits_nothing,
    holds_throughout,
    judge_linear,
    points_of,
    shaped,
    supported_linear,
    tested,
    tied_points,
)
from errata.checking.linear_relation import Relation, relation_of
from errata.checking.repairs import Repaired, suspected
from errata.checking.slips import Slip
from errata.reading.dimensions import Mismatch
from errata.reading.edited_terms import EditedTerms, SettledTerms
from errata.reading.matrix_notation import bare_names, hint_of
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.shapes import Reading, candidates, readings, settled
from errata.reading.substitution import unfolded
from errata.reading.tree import Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.drawn import Place, agrees_at, first_place, tally
from numerics.matrices import Name, Term, subterms
from numerics.spots import Drawn
from numerics.undetermined import Undetermined

OF_SPECIAL = frozenset({"square", "lost-term", "dropped-term", "off-by-one", "log"})
"""Slips that are none for special matrices and vectors."""
MOST_LOOKS = 60_000
"""Nodes of all the edited formulas together: each is looked at in one point, which is quick."""
MOST_SHAPED = 60
"""Slips that are tried where no shapes fit and neither side by itself says what the names are."""
MOST_TIED = 3
"""Ways to take a number for a dimension."""
MOST_GIVEN = 8
"""Ways to put in what a document says of the names of a relation."""


class Looked(Record):
    """A relation under the likeliest of the ranked shapes, at a point; where slips are looked for, one that fails."""

    relation: Relation
    ranked: tuple[Reading, ...]
    reading: Reading
    left: Term
    right: Term
    points: Drawn
    place: Place
    """A point at which both sides have a value."""
    tied: bool = False
    """Whether a number in the relation is taken for a dimension, as n is in (2π)^n."""


Frame = Callable[[Pair], Pair | None]
"""What a relation is judged as: itself, or with its expectations written out; None where it can't be."""


def repaired_linear(
    pair: Pair,
    seed: int,
    frame: Frame = lambda pair: pair,
    spare: Sequence[Node] = (),
    special: bool = True,
    telling: bool = False,
) -> Repaired | None:
    """The first slip, on either side, whose undoing makes the sides agree in every dimension.

    None where no slip does, or where the relation may hold for special matrices and so needs no mending. ``spare`` are
    names that may have been taken for one that stands in it, such as those that its frame brings in; ``special`` says
    that its matrices may be special ones, and ``telling`` leaves out slips without which both sides are the same text.
    """
    framed = frame(pair)
    failed = None if framed is None else _failed(framed, seed)
    if framed is None or failed is None:
        return None
    trials = _Trials(pair, framed, frame, list(_trials(pair, framed, spare)))
    for one, some in _ways_to_look(failed, trials, spare, seed):
        mended = _first_that_mends(trials, some, one, seed, telling)
        if mended is not None:
            clean = may_be_special(mended, special)
            fails = all(tested(failed.relation, r, seed, clean, plainly=False).fails for r in failed.ranked)
            return mended if fails else None
    return None


def may_be_special(mended: Repaired, special: bool) -> bool:
    """Whether a relation with this slip is right for special matrices, which may be meant: of P² = P and log|Q| = 0
    authors make use, but nobody writes another name or a wrong sign because it makes no difference there."""
    return special and mended.repair.slip in OF_SPECIAL


@dataclass(slots=True)
class _Trials:
    """The slips of a relation, with what each edit of it is once it is read: it is looked at in several ways."""

    pair: Pair
    framed: Pair
    frame: Frame
    slips: Sequence[tuple[Slip, bool]]
    known: dict[int, tuple[Pair | None, Term | None]] = field(default_factory=dict)
    terms: EditedTerms = field(init=False)
    shaped: SettledTerms | None = None

    def __post_init__(self) -> None:
        self.terms = EditedTerms(self.framed.left, self.framed.right)

    def numbers(self, on_left: bool) -> list[int]:
        """Those of one side."""
        return [n for n, (_, left) in enumerate(self.slips) if left is on_left]

    def edited(self, number: int) -> Pair:
        slip, on_left = self.slips[number]
        return replace(self.pair, left=slip.node) if on_left else replace(self.pair, right=slip.node)

    def read(self, number: int) -> tuple[Pair | None, Term | None]:
        """What the edited relation is judged as, and its edited side as a term; None where it is none."""
        found = self.known.get(number)
        if found is None:
            tried, on_left = self.frame(self.edited(number)), self.slips[number][1]
            found = self.known[number] = tried, self._term(tried.left if on_left else tried.right) if tried else None
        return found

    def settled(self, number: int, reading: Reading) -> Term | None:
        """The edited side under a reading; None where it doesn't fit it."""
        if self.shaped is None or self.shaped.reading is not reading:
            self.shaped = SettledTerms(reading)
        term = self.read(number)[1]
        try:
            return None if term is None else self.shaped.of(term)
        except (Mismatch, KeyError, RecursionError):
            return None

    def _term(self, node: Node) -> Term | None:
        try:
            return self.terms.edited(node)
        except (Unlowered, RecursionError):
            return None

    def mending(self, number: int) -> Repaired:
        slip, on_left = self.slips[number]
        return Repaired(Repair(to_latex(slip.node), slip.kind), slip.start, slip.end, on_left, self.edited(number))


def _ways_to_look(
    failed: Looked, trials: _Trials, spare: Sequence[Node], seed: int
) -> Iterator[tuple[Looked, Sequence[int]]]:
    """A relation under its own shapes; then under those of either side, where a slip on the other one changed them."""
    yield failed, range(len(trials.slips))
    for one in _tied(failed, seed):
        yield one, range(len(trials.slips))
    for alone, some in _by_sides(trials, spare, seed):
        if any(failed.reading.kinds.get(name) is not kind for name, kind in alone.reading.kinds.items()):
            yield alone, some


def _by_sides(trials: _Trials, spare: Sequence[Node], seed: int) -> Iterator[tuple[Looked, Sequence[int]]]:
    """Each side beside itself, with the slips of the other one that are held against it."""
    for on_left in (False, True):
        alone = _by_one_side(trials.framed, trials.framed.right if on_left else trials.framed.left, spare, seed)
        if alone is not None:
            yield alone, trials.numbers(on_left)
            yield from ((one, trials.numbers(on_left)) for one in _tied(alone, seed))


def _first_that_mends(
    trials: _Trials, some: Sequence[int], failed: Looked, seed: int, telling: bool = False
) -> Repaired | None:
    for number in some:
        term = trials.settled(number, failed.reading)
        if term is None or not _agrees(term, failed, trials.slips[number][1], seed):
            continue
        if telling and key((edited := trials.edited(number)).left) == key(edited.right):
            continue
        tried = trials.read(number)[0]
        if tried is not None and _holds(tried, failed.tied, seed):
            return trials.mending(number)
    return None


def _holds(pair: Pair, tied: bool, seed: int) -> bool:
    """Whether a relation holds in every dimension, and on no condition but which dimension a number is."""
    found = supported_linear(pair, seed) if tied else judge_linear(pair, seed, plainly=True)
    if found is None or not isinstance(found.verdict, Supported):
        return False
    condition = found.verdict.holds_if
    return not condition or (tied and all(OF_A_DIMENSION in said for said in condition.split("; ")))


def repaired_shapes(
    pair: Pair, seed: int, frame: Frame = lambda pair: pair, spare: Sequence[Node] = ()
) -> Repaired | None:
    """The slip without which a relation, whose names no shapes fit, holds in every dimension; None where it has shapes.

    A relation that isn't read as one of vectors and matrices, or is too ambiguous, has none either. What the names are
    is looked for on the side without the slip first.
    """
    framed = frame(pair)
    if framed is None or not fits_nothing(framed):
        return None
    trials = _Trials(pair, framed, frame, list(_trials(pair, framed, spare)))
    for one, some in _by_sides(trials, spare, seed):
        mended = _first_that_mends(trials, some, one, seed)
        if mended is not None:
            return mended
    for number in range(min(MOST_SHAPED, len(trials.slips))):
        tried = trials.read(number)[0]
        if tried is not None and _holds(tried, False, seed):
            return trials.mending(number)
    return None


def fails_as_given(pair: Pair, bodies: Mapping[str, tuple[Node, ...]], seed: int, special: bool = True) -> bool:
    """Whether a relation still fails once its names are what the document says they are, in the names that it has.

    ``bodies`` is every expression that the document gives for a name. One in other names says nothing about the
    relation; beyond ``MOST_GIVEN`` ways to put them in, the answer is no.
    """
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    given = {n: [b for b in bodies.get(n, ()) if names.issuperset(bare_names(b))] for n in names}
    ways = [[(name, body) for body in found] for name, found in given.items() if found]
    if prod(len(way) for way in ways) > MOST_GIVEN:
        return False
    for chosen in product(*ways):
        put_in = dict(chosen)
        edited = replace(pair, left=unfolded(pair.left, put_in), right=unfolded(pair.right, put_in))
        found = judge_linear(edited, seed, special=special) if put_in else None
        if put_in and (found is None or not isinstance(found.verdict, Refuted)):
            return False
    return True


def _trials(pair: Pair, framed: Pair, spare: Sequence[Node]) -> Iterator[tuple[Slip, bool]]:
    size = sum(1 for side in (pair.left, pair.right) for _ in walk(side))
    most = max(1, MOST_LOOKS // size)
    right = suspected(pair, on_left=False, spare=spare, written=framed.left)
    left = suspected(pair, on_left=True, spare=spare, written=framed.right)
    yield from ((s, False) for s in islice(right, most))
    yield from ((s, True) for s in islice(left, most))


def _failed(pair: Pair, seed: int) -> Looked | None:
    found = _shaped(pair.left, pair.right, seed)
    if found is None or not fails_throughout(tally(found.left, found.right, found.points, seed)):
        return None
    return found


def _shaped(left: Node, right: Node, seed: int) -> Looked | None:
    """A relation under its likeliest shapes, with a point; None where they are too many, or it has no value."""
    relation, found = shaped(left, right)
    if relation is None or found is None or not found.complete or not found.ranked:
        return None
    return _at_a_point(relation, found.ranked, found.ranked[0], seed)


def _by_one_side(pair: Pair, side: Node, spare: Sequence[Node], seed: int) -> Looked | None:
    """A side beside itself under its likeliest shapes, with a point that has a value for each name of both sides, and
    for the spare ones; None where one of these can have no shape."""
    relation, found = shaped(side, side)
    if relation is None or found is None or not found.complete or not found.ranked:
        return None
    both = relation_of(pair.left, pair.right)
    reading = found.ranked[0]
    named = {t.key for one in (both.left, both.right) for t in subterms(one) if isinstance(t, Name)}
    hints = {**{key(n): hint_of(n) for n in spare}, **relation.notes.hints, **both.notes.hints}
    notes = replace(both.notes, hints=hints)
    new = sorted((named | {key(n) for n in spare}) - reading.kinds.keys())
    possible = {name: candidates(name, notes) for name in new}
    if not all(possible.values()):
        return None
    others = {name: kinds[0][1] for name, kinds in possible.items()}
    reading = replace(reading, kinds={**reading.kinds, **others})
    return _at_a_point(replace(relation, notes=notes), found.ranked, reading, seed)


def looked_at(relation: Relation, seed: int) -> Looked | None:
    """A relation of terms under its likeliest shapes; None where none fit, or they are too many."""
    found = readings(relation.left, relation.right, relation.notes)
    return (
        None if not found.complete or not found.ranked else _at_a_point(relation, found.ranked, found.ranked[0], seed)
    )


def _at_a_point(relation: Relation, ranked: tuple[Reading, ...], reading: Reading, seed: int) -> Looked | None:
    sides = settled(relation.left, reading), settled(relation.right, reading)
    points = points_of(relation, reading, *sides)
    place = first_place(*sides, points, seed)
    return None if place is None else Looked(relation, ranked, reading, *sides, points, place)


def _tied(failed: Looked, seed: int) -> Iterator[Looked]:
    """The same with its numbers taken for dimensions, where it still fails."""
    for drawn in islice(tied_points(failed.relation, failed.reading, failed.points), MOST_TIED):
        place = first_place(failed.left, failed.right, drawn, seed)
        if place is not None:
            yield replace(failed, points=drawn, place=place, tied=True)


def _agrees(term: Term, failed: Looked, on_left: bool, seed: int) -> bool:
    """A quick look: whether an edited side equals the other one at the points of the relation."""
    try:
        if not agrees_at(failed.place, term, on_left):
            return False
        sides = (term, failed.right) if on_left else (failed.left, term)
        return holds_throughout(tally(*sides, failed.points, seed, until_apart=True))
    except (Unlowered, Undetermined, Mismatch, RecursionError, KeyError, ValueError):
        return False
