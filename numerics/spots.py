"""From what exact random points of several dimensions are drawn, and the points: each one is drawn once.

Dimensions are small and distinct, one at least is drawn with every dimension above one, so that a lost transpose, a
swapped order or a constant of dimension one shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import permutations
from random import Random

from flint import arb_mat, fmpq, fmpq_mat

from claims.records import Record, field, replace
from numerics.matrices import ONE, Dim, Point, Term, size
from numerics.random_matrices import MANNERS, Manner, Structure, column, exists, matrix, number
from numerics.ranks import Sized, is_singular

ASSIGNMENTS = ((2, 3, 4, 5), (3, 2, 5, 4), (1, 2, 3, 4), (3, 1, 2, 1))
"""What the free dimensions are, in turn."""
FURTHER = tuple((*order, 4) for values in ((6, 3, 2), (5, 3, 2), (3, 2, 1)) for order in permutations(values))
"""What they are where too many points had no value, as where XᵀX is inverted and X is wide. In the first ones no number
is the sum of the others: a square X = (A B) leaves no residuals, for which anything holds."""
TURNS = len(ASSIGNMENTS) + len(FURTHER)
WANTED = 10
"""Points with a value beyond which no further dimensions are tried."""
MOST_WHOLE = 40
MOST_DRAWN = 8
"""Draws of a number that is to differ from those before."""
FAMILY = 6
"""Members of a family x_i."""
MOST_KNOWN = 150
"""Values of parts that are remembered of a point."""
MOST_KEPT = 4
"""Choices whose points are kept."""


class Drawn(Record):
    """From what the points are drawn: shapes, free dimensions, symmetric names, numbers that are a dimension."""

    shapes: Mapping[str, tuple[Dim, Dim]]
    dims: tuple[str, ...]
    spd: frozenset[str] = frozenset()
    tied: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    """Numbers of terms."""
    whole: frozenset[str] = frozenset()
    """Numbers that may be dimensions, of which it isn't known."""
    structure: Structure | None = None
    diagonal: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    """Names that no structure but the diagonal one touches."""

    def with_spd(self, names: frozenset[str]) -> Drawn:
        return replace(self, spd=names)

    def with_tied(self, tied: Mapping[str, str]) -> Drawn:
        return replace(self, tied={**self.tied, **tied})


class Spot(Record):
    """A point with the sizes of its dimensions, and what is known of it at each precision."""

    exact: Mapping[str, fmpq_mat]
    sizes: Mapping[str, int]
    points: dict[int, Point] = field(default_factory=dict)

    def at(self, bits: int) -> Point:
        """The point in balls of this precision, which must be in force, with what was evaluated there before."""
        found = self.points.get(bits)
        if found is None or found.known is None or len(found.known) > MOST_KNOWN:
            found = self.points[bits] = Point(_Balls(self.exact), self.sizes, known={})
        return found


class Spots(Record):
    """All points of a choice, each drawn when it is first asked for; one depends on no other."""

    drawn: Drawn
    seed: int
    spots: dict[tuple[int, Manner], Spot] = field(default_factory=dict)

    def spot(self, turn: int, manner: Manner) -> Spot:
        """The point in the dimensions of this turn, with numbers of this kind."""
        found = self.spots.get((turn, manner))
        if found is None:
            which = "" if (turn, manner) == (0, MANNERS[0]) else f" {turn} {manner.value}"
            random = Random(f"{self.seed} {sorted(self.drawn.shapes)} {self.drawn.structure}{which}")
            found = self.spots[turn, manner] = drawn_spot(self.drawn, turn, manner, random)
        return found

    def has_values(self, turn: int, *terms: Term) -> bool:
        """Whether, in the dimensions of this turn, its matrices can have their structure, and no term inverts what is
        singular at all points."""
        sizes, drawn = sizes_of(self.drawn.dims, turn), self.drawn
        if not all(
            exists(size(rows, sizes), size(columns, sizes), _structure_of(name, drawn))
            for name, (rows, columns) in drawn.shapes.items()
            if ONE not in (rows, columns)
        ):
            return False
        return not is_singular(terms, _sized(tuple(self.drawn.shapes.items()), self.drawn.dims, turn))


def spots_of(drawn: Drawn, seed: int) -> Spots:
    """The points of a choice; those of the last ones are kept, with what was evaluated at them."""
    shapes, tied = tuple(drawn.shapes.items()), tuple(sorted(drawn.tied.items()))
    rest = (drawn.dims, drawn.spd, drawn.counts, drawn.whole, drawn.structure, drawn.diagonal, drawn.firm)
    return _spots(shapes, tied, *rest, seed)


@lru_cache(maxsize=MOST_KEPT)
def _spots(
    shapes: tuple[tuple[str, tuple[Dim, Dim]], ...],
    tied: tuple[tuple[str, str], ...],
    dims: tuple[str, ...],
    spd: frozenset[str],
    counts: frozenset[str],
    whole: frozenset[str],
    structure: Structure | None,
    diagonal: frozenset[str],
    firm: frozenset[str],
    seed: int,
) -> Spots:
    return Spots(Drawn(dict(shapes), dims, spd, dict(tied), counts, whole, structure, diagonal, firm), seed)


@lru_cache(maxsize=2 * TURNS)
def _sized(shapes: tuple[tuple[str, tuple[Dim, Dim]], ...], dims: tuple[str, ...], turn: int) -> Sized:
    """The dimensions of all names in a turn, with the forms of terms, which are the same whatever is symmetric."""
    return Sized(dict(shapes), sizes_of(dims, turn), {})


def sizes_of(dims: tuple[str, ...], turn: int) -> dict[str, int]:
    """What the free dimensions are in a turn."""
    values = (*ASSIGNMENTS, *FURTHER)[turn]
    return {d: values[i % len(values)] for i, d in enumerate(dims)}


def drawn_spot(drawn: Drawn, turn: int, manner: Manner, random: Random) -> Spot:
    """A point in the dimensions of a turn."""
    sizes = sizes_of(drawn.dims, turn)
    return Spot(_draw(drawn, sizes, manner, random), sizes)


class _Balls(dict[str, arb_mat]):
    """The balls of exact values, each made when it is first asked for: not every member of a family is."""

    def __init__(self, exact: Mapping[str, fmpq_mat]) -> None:
        self.exact = exact

    def __missing__(self, name: str) -> arb_mat:
        self[name] = value = arb_mat(self.exact[name])
        return value


def _draw(drawn: Drawn, sizes: Mapping[str, int], manner: Manner, random: Random) -> dict[str, fmpq_mat]:
    """An exact value for every name."""
    out: dict[str, fmpq_mat] = {}
    columns: list[fmpq_mat] = []
    numbers: set[tuple[int, int]] = set()
    for name, (rows, cols) in drawn.shapes.items():
        r, c = size(rows, sizes), size(cols, sizes)
        if name in drawn.tied:
            out[name] = fmpq_mat([[sizes[drawn.tied[name]]]])
        elif name in drawn.counts:
            out[name] = fmpq_mat([[random.randint(2, FAMILY)]])
        elif name in drawn.whole:
            out[name] = fmpq_mat([[random.randint(2, MOST_WHOLE)]])
        elif rows == cols == ONE:
            out |= _members(name, lambda: fmpq_mat([[_another(numbers, manner, random)]]))
        elif cols == ONE and name.count("[]") == 0:
            columns.append(column(r, columns, drawn.structure, random))
            out[name] = columns[-1]
        else:
            out |= _members(
                name, lambda r=r, c=c, name=name: matrix(r, c, name in drawn.spd, _structure_of(name, drawn), random)
            )
    return out


def _another(met: set[tuple[int, int]], manner: Manner, random: Random) -> fmpq:
    """A number other than those met so far, where that can be had: where x and m are equal, x − m hides a slip."""
    for _ in range(MOST_DRAWN):
        value = number(random, manner)
        if (int(value.p), int(value.q)) not in met:  # the hash of a fraction takes much longer
            break
    met.add((int(value.p), int(value.q)))
    return value


def _structure_of(name: str, drawn: Drawn) -> Structure | None:
    if drawn.structure is Structure.DIAGONAL:
        return drawn.structure if name in drawn.diagonal else None
    return None if name in drawn.firm else drawn.structure


def _members(name: str, draw: object) -> dict[str, fmpq_mat]:
    """One value, or one for each member of a family."""
    assert callable(draw)
    places = name.count("[]")
    base = name.split("[]")[0]
    if not places:
        return {name: draw()}
    numbers = [str(i) for i in range(1, FAMILY + 1)]
    indices = numbers if places == 1 else [f"{i},{j}" for i in numbers for j in numbers]
    return {f"{name}[{i}]": draw() for i in indices} if base else {}
