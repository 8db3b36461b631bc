"""Judges a relation of vectors and matrices: every name gets a shape that fits, then exact random values in several
dimensions.

A failure counts only where every admissible reading of the shapes fails at every point with all dimensions above one,
also for symmetric, idempotent and orthogonal matrices, and nothing outside the relation can save it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, permutations
from math import perm

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import LEAST_POINTS, Tried, Undecided, decide
from errata.checking.algebra import Found
from errata.checking.indefinite import needs_definite, needs_positive_determinants
from errata.checking.judgement import ANYTHING
from errata.checking.linear_relation import (
    COUNTS,
    Relation,
    fails_at_once,
    fails_in_dimension_one,
    relation_of,
)
from errata.checking.special import ROW_SUMS, saved_by
from errata.checking.usable import Known, usable
from errata.reading.dimensions import Kind
from errata.reading.matrix_notation import Notes, bare_names
from errata.reading.relations import Pair
from errata.reading.shapes import NEAR, Reading, Readings, free_dims, readings, settled
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.drawn import Apart, Tally, tally
from numerics.matrices import Blocks, Constant, Identity, Name, Product, Term, Transpose, distinct
from numerics.spots import Drawn

COVARIANCES = frozenset("Σ Λ Ω V P".split())
"""Letters of covariances and precisions: symmetric and positive definite wherever they are square."""
MOST_ROLES = 12
OF_A_DIMENSION = "the number of"
"""Words of a condition that says which dimension a number is: n is the number of rows."""
LIKELIEST = 0
"""How near to the likeliest shapes others are looked for where all that is asked is support: only those count."""
MOST_SYMMETRIC = 2
"""Matrices that a relation may silently take for symmetric; one that it transposes isn't among them."""


class Tested(Record):
    """What the points said under one reading: whether it holds, under which condition, where it fails."""

    holds: bool
    fails: bool
    condition: str | None
    points: int
    first: Apart | None
    saved_by: str | None = None


def judge_linear(
    pair: Pair, seed: int, known: Known | None = None, plainly: bool = False, special: bool = True
) -> Found | None:
    """The verdict on a relation of vectors and matrices; None where it is none, or no assignment of shapes fits.

    ``known`` is what the document says of names elsewhere (``known_of``): a relation may use what is about its names.
    ``plainly`` asks only whether it holds as it stands, and not under what it may leave unsaid; ``special`` says that
    its matrices and vectors may be projections, rotations and the like, and that it is then no mistake.
    """
    if plainly and not known:
        return _plainly(pair.left, pair.right, seed)
    relation, found = shaped(pair.left, pair.right)
    if relation is None or found is None:
        return None
    return _judged(relation, found, seed, known or {}, plainly, special)


def holds_for_row_sums(pair: Pair, seed: int) -> str | None:
    """The rows of which sum a relation with a vector of ones rests on, as words that follow "it holds": P 𝟏 = 𝟏 is
    rarely said where P is a transition. None where it has no such vector, or rests on none."""
    relation, found = shaped(pair.left, pair.right)
    if relation is None or found is None:
        return None
    if not any(isinstance(t, Constant) and t.value == 1 for t in distinct(relation.left, relation.right)):
        return None
    saved = (tested(relation, reading, seed, True, False).saved_by for reading in _likeliest(found))
    return next((said for said in saved if said in ROW_SUMS), None)


@lru_cache(maxsize=256)
def _plainly(left: Node, right: Node, seed: int) -> Found | None:
    """The verdict on a relation as it stands; remembered, since definitions, facts and parts ask for the same ones."""
    if fails_at_once(left, right):
        return None
    relation, found = shaped(left, right, LIKELIEST)
    return None if relation is None or found is None else _judged(relation, found, seed, {}, plainly=True)


def supported_linear(pair: Pair, seed: int) -> Found | None:
    """The support of a relation, also under what it may leave unsaid; None where it gets none.

    What ``judge_linear`` says of it, without the points that only a refutation needs.
    """
    if fails_at_once(pair.left, pair.right, tied=True):
        return None
    relation, found = shaped(pair.left, pair.right, LIKELIEST)
    if relation is None or found is None:
        return None
    likely: list[Tested] = []
    for reading in _likeliest(found):
        likely.append(tested(relation, reading, seed, clean=False, plainly=False, supporting=True))
        if not likely[-1].holds:
            return None
    if _as_numbers(relation, found.ranked[0]):
        return None
    return _supported(likely, _where(relation, found.ranked[0]))


def judge_matrices(pair: Pair, seed: int, known: Known) -> Found | None:
    """The same for a relation whose plain capitals are matrices, though nothing in it shows that; as ``judge_linear``
    without what may be left unsaid of special ones."""
    try:
        relation = relation_of(pair.left, pair.right)
        relation = replace(relation, notes=replace(relation.notes, linear=True))
        found = readings(relation.left, relation.right, relation.notes)
    except (Unlowered, RecursionError):
        return None
    if not found.ranked or not _has_shape(relation, found.ranked[0]):
        return None
    return _judged(relation, found, seed, known, plainly=False)


def judge_relation(relation: Relation, seed: int, plainly: bool = True) -> Found | None:
    """The same for sides that are terms already, as they stand."""
    found = readings(relation.left, relation.right, relation.notes)
    return _judged(relation, found, seed, {}, plainly) if found.ranked else None


@lru_cache(maxsize=32)
def shaped(left: Node, right: Node, near: int = NEAR) -> tuple[Relation, Readings] | tuple[None, None]:
    """Both sides as terms, with the shapes that fit and are ``near`` the likeliest ones; neither where they are not of
    vectors and matrices.

    The last ones are remembered: a relation is looked at again where it may have a slip.
    """
    try:
        relation = relation_of(left, right)
        if not (relation.notes.linear or relation.notes.suggested):
            return None, None
        found = readings(relation.left, relation.right, relation.notes, near)
    except (Unlowered, RecursionError):
        return None, None
    if not found.ranked or not _has_shape(relation, found.ranked[0]):
        return None, None
    return relation, found


def fits_nothing(pair: Pair) -> bool:
    """Whether a relation is one of vectors and matrices, and no shapes of its names make its sums and products fit."""
    try:
        relation = relation_of(pair.left, pair.right)
        if not relation.notes.linear:
            return False
        found = readings(relation.left, relation.right, relation.notes)
    except (Unlowered, RecursionError):
        return False
    return found.complete and not found.ranked


def _has_shape(relation: Relation, reading: Reading) -> bool:
    """Whether anything in the relation is more than a number."""
    parts = distinct(relation.left, relation.right)
    return any(k is not Kind.SCALAR for k in reading.kinds.values()) or any(
        isinstance(t, Identity | Constant | Blocks) for t in parts
    )


def _judged(relation: Relation, found: Readings, seed: int, known: Known, plainly: bool, special: bool = True) -> Found:
    best = _likeliest(found)
    clean = found.complete and _sound(relation, found, known)
    tests = [tested(relation, r, seed, clean and special, plainly) for r in (best if plainly else found.ranked)]
    likely = tests[: len(best)]
    where = _where(relation, best[0])
    if all(t.holds for t in likely):
        if numbers := _as_numbers(relation, best[0]):
            return Found(Undecided((), f"it holds if {', '.join(numbers)} is a number"), where, False)
        return _supported(likely, where)
    if any(t.holds for t in tests):
        reading = next(r for r, t in zip(found.ranked, tests, strict=True) if t.holds)
        return Found(Undecided((), f"it holds for one reading of the shapes only: {_kinds(reading)}"), where, False)
    first = likely[0].first
    if first is None or not all(t.fails for t in tests):
        saved = next((t.saved_by for t in tests if t.saved_by), None)
        why = f"it holds {saved}" if saved else "the sides agree at some points and differ at others"
        return Found(Undecided((), why), where, False)
    by_point = Counterexample(
        "matrices", first.point, first.left, first.right, f"left {first.left}, right {first.right}", True, True
    )
    message = f"at a random point the left side is {first.left}, the right side {first.right}"
    if not clean and found.complete and _sound(relation, found, known, tied=True):
        clean = all(tested(relation, r, seed, special, plainly).fails for r in found.ranked)
    return Found(decide([Tried(None, (by_point,))]), where, clean, message)


def _likeliest(found: Readings) -> list[Reading]:
    return [r for r in found.ranked if r.cost == found.ranked[0].cost]


def _supported(likely: list[Tested], where: tuple[str, ...]) -> Found:
    """The support of a relation that holds under each of its likeliest readings."""
    condition = next((t.condition for t in likely if t.condition), None)
    by = Agreement("matrices", min(t.points for t in likely), 30, f"{likely[0].points} points in several dimensions")
    return Found(decide([Tried(condition, (by,))]), where, True)


def _as_numbers(relation: Relation, reading: Reading) -> list[str]:
    """The capitals that a reading takes for numbers, though they stand as matrices do: A in xᵀ A x."""
    products = (t.items for t in distinct(relation.left, relation.right) if isinstance(t, Product))
    between = (three for items in products for three in zip(items, items[1:], items[2:], strict=False))
    return sorted(
        {
            name.key
            for row, name, column in between
            if isinstance(row, Transpose) and isinstance(name, Name) and isinstance(column, Name)
            and letter_of(relation.notes, name.key).isupper() and letter_of(relation.notes, name.key) not in COUNTS
            and reading.kinds.get(name.key) is Kind.SCALAR and reading.kinds.get(column.key) is not Kind.SCALAR
        }
    )  # fmt: skip


def is_closed(pair: Pair) -> bool:
    """Whether both sides are made of the same names, dimensions aside, and of known functions, so that nothing is left
    open in them."""
    relation, _ = shaped(pair.left, pair.right)
    if relation is None or relation.notes.uninterpreted | relation.notes.marked:
        return False
    return {*bare_names(pair.left)} ^ {*bare_names(pair.right)} <= COUNTS


def has_open_functions(pair: Pair) -> bool:
    """Whether functions of which nothing is known stand in a relation of vectors and matrices."""
    relation, _ = shaped(pair.left, pair.right)
    return relation is not None and bool(relation.notes.uninterpreted)


def _sound(relation: Relation, found: Readings, known: Known, tied: bool = False) -> bool:
    """Whether nothing outside of a relation could save it; ``tied`` lets numbers that may be dimensions stand in it,
    where all ways to take them for some are tried."""
    notes = relation.notes
    if not relation.same_names or not notes.linear or notes.uninterpreted or notes.marked:
        return False
    if any(len(_counts(relation, r)) and (not tied or _has_many_roles(relation, r)) for r in found.ranked):
        return False
    names = frozenset(name.split("[")[0] for name in notes.hints)
    return not any(usable(name, names, known, frozenset()) for name in names)


def tested(
    relation: Relation, reading: Reading, seed: int, clean: bool, plainly: bool, supporting: bool = False
) -> Tested:
    """The reading in general, then under what the relation may leave unsaid.

    Where a failure would be ``clean``, the special matrices and vectors that may save it are tried, too. Only whether
    it holds is looked at where that is all that is asked: ``supporting``.
    """
    left, right = settled(relation.left, reading), settled(relation.right, reading)
    square = frozenset(n for n in reading.kinds if _is_square(reading, n))
    base = points_of(relation, reading, left, right)
    covariances = base.spd
    only_support = plainly or supporting
    plain = tally(left, right, base, seed, until_apart=plainly, until_refused=supporting, patient=not only_support)
    if holds_throughout(plain):
        positive = needs_positive_determinants(square - covariances, left, right, base, seed)
        condition = "for positive determinants" if positive else _for_kind(plain)
        return Tested(True, False, condition, plain.agree, None)
    if plainly:
        return Tested(False, False, None, plain.agree, None)

    def holds(drawn: Drawn) -> bool:
        return holds_throughout(tally(left, right, drawn, seed, until_apart=True))

    saved, turned = None, _transposed(left, right)
    hopeless = fails_in_dimension_one(relation, tied=True)
    for names, said, drawn in () if hopeless else _conditions(relation, reading, base, square - covariances):
        if holds(drawn):
            needed = _needed(names, drawn, holds)
            definite = needs_definite(needed, left, right, drawn.with_spd(base.spd | needed), seed)
            kind = "symmetric and positive definite" if definite else "symmetric"
            condition = "; ".join([*said, *([f"{', '.join(sorted(needed))} {kind}"] if needed else [])])
            if len(needed) <= MOST_SYMMETRIC and not needed & turned:
                without = tally(left, right, base, seed) if supporting else plain
                return Tested(True, False, condition, without.agree + without.differ, None)
            saved = saved or f"for {condition}"
    if clean and saved is None and fails_throughout(plain):
        saved = saved_by(left, right, base, relation.notes, seed)
    return Tested(False, fails_throughout(plain) and saved is None, None, plain.agree, plain.first, saved)


def _transposed(*sides: Term) -> frozenset[str]:
    """The names that a transpose acts on, also as part of something; who writes one does not mean it to be idle."""
    bodies = (t.body for t in distinct(*sides) if isinstance(t, Transpose))
    return frozenset(t.key for t in distinct(*bodies) if isinstance(t, Name))


def _conditions(
    relation: Relation, reading: Reading, base: Drawn, others: frozenset[str]
) -> Iterator[tuple[frozenset[str], tuple[str, ...], Drawn]]:
    """What a relation may leave unsaid: that its matrices are symmetric, which dimension its n is."""
    both = base.with_spd(base.spd | others)
    none: frozenset[str] = frozenset()
    if others and not fails_in_dimension_one(relation):  # where every matrix is symmetric
        yield others, (), both
    for tied in _roles(relation, reading, base):
        said = tuple(f"{n} {OF_A_DIMENSION} {_of_dim(d)}" for n, d in tied.items())
        yield none, said, base.with_tied(tied)
        if others:
            yield others, said, both.with_tied(tied)


def _has_many_roles(relation: Relation, reading: Reading) -> bool:
    """Whether not all ways to take numbers for dimensions are tried."""
    dims = [d for d in free_dims(reading, relation.left, relation.right) if not d.startswith("#")]
    return perm(len(dims), len(_counts(relation, reading))) > MOST_ROLES


def _roles(relation: Relation, reading: Reading, base: Drawn) -> list[dict[str, str]]:
    """The ways in which the numbers that may be dimensions are some of those of a relation."""
    counts = _counts(relation, reading)
    dims = [d for d in base.dims if not d.startswith("#")]
    roles = islice(permutations(dims, len(counts)) if counts else (), MOST_ROLES)
    return [dict(zip(counts, role, strict=True)) for role in roles]


def tied_points(relation: Relation, reading: Reading, base: Drawn) -> Iterator[Drawn]:
    """The points with the numbers that may be dimensions taken for these, in each of the ways to do so."""
    return (base.with_tied(tied) for tied in _roles(relation, reading, base))


def _needed(names: frozenset[str], drawn: Drawn, holds: Callable[[Drawn], bool]) -> frozenset[str]:
    """The names that must be symmetric: none can be left out."""
    for name in sorted(names):
        if holds(drawn.with_spd(drawn.spd - {name})):
            names, drawn = names - {name}, drawn.with_spd(drawn.spd - {name})
    return names


def letter_of(notes: Notes, name: str) -> str:
    """The letter of a name; none for what is no name, as B(x) that only a mended side has."""
    hint = notes.hints.get(name)
    return "" if hint is None else hint.letter


def points_of(relation: Relation, reading: Reading, left: Term, right: Term) -> Drawn:
    """From what the points are drawn, covariances positive definite."""
    square = (n for n in reading.kinds if _is_square(reading, n))
    spd = frozenset(n for n in square if letter_of(relation.notes, n) in COVARIANCES)
    dims = free_dims(reading, left, right)
    named = {d[1:]: d for d in dims if d.startswith("#")}
    return Drawn(
        shapes={n: reading.shape(n) for n in reading.kinds},
        dims=dims,
        spd=spd,
        tied={n: d for n, d in named.items() if n in reading.kinds},
        counts=frozenset(relation.notes.counts),
        whole=frozenset(_counts(relation, reading)),
    )


def _counts(relation: Relation, reading: Reading) -> tuple[str, ...]:
    """The scalars that may be a dimension, and for which the relation does not say which."""
    dims = free_dims(reading, relation.left, relation.right)
    if not dims:
        return ()
    return tuple(
        n
        for n, kind in sorted(reading.kinds.items())
        if kind is Kind.SCALAR and letter_of(relation.notes, n) in COUNTS and f"#{n}" not in dims
        and n not in relation.notes.counts
    )  # fmt: skip


def _is_square(reading: Reading, name: str) -> bool:
    rows, columns = reading.shape(name)
    return reading.kinds[name] is Kind.MATRIX and rows == columns


def holds_throughout(t: Tally) -> bool:
    counted = t.agree if t.differ == 0 else t.agree - t.agree_mixed
    enough = counted >= LEAST_POINTS and t.high >= 3 and t.assignments >= min(3, t.possible)
    return enough and t.differ_positive == 0


def _for_kind(t: Tally) -> str | None:
    return "for positive values" if t.differ else None


def fails_throughout(t: Tally) -> bool:
    return t.high == 0 and t.differ_high >= 3


def _of_dim(dim: str) -> str:
    name, _, side = dim.rpartition(".")
    return f"{'rows' if side == 'r' else 'columns'} of {name}" if name else "rows"


def _where(relation: Relation, reading: Reading) -> tuple[str, ...]:
    spd = sorted(
        n for n in reading.kinds if _is_square(reading, n) and letter_of(relation.notes, n) in COVARIANCES
    )  # fmt: skip
    out = [_kinds(reading)]
    if spd:
        out.append(f"{', '.join(spd)} symmetric and positive definite")
    if relation.notes.uninterpreted:
        out.append(f"{len(relation.notes.uninterpreted)} {ANYTHING}")
    return tuple(out)


def _kinds(reading: Reading) -> str:
    groups: Mapping[Kind, list[str]] = {
        kind: sorted(n for n, k in reading.kinds.items() if k is kind and not n.startswith("⟨"))
        for kind in (Kind.MATRIX, Kind.COLUMN, Kind.ROW, Kind.SCALAR)
    }
    plural = {Kind.MATRIX: "matrices", Kind.COLUMN: "vectors", Kind.ROW: "row vectors", Kind.SCALAR: "numbers"}
    return "; ".join(
        f"{', '.join(names)} {kind.value if len(names) == 1 else plural[kind]}"
        for kind, names in groups.items()
        if names
    )  # fmt: skip
