"""Changes of variables: p_Y(y) = p_X(g(y)) |det J_g(y)|, log p(x) = log p_0(z_0) − ∑_i log |det ∂f_i/∂z_{i−1}|.

The maps are interpreted by random invertible ones and the law before them by a known one; the law after them comes from
a route without a Jacobian. Which way a map goes is what the formula or the document says; where neither does, a
relation is refuted only if it fails both ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from random import Random

from flint import ctx

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.bodies import Bodies, bodies_near
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.mapped import Mapped
from errata.checking.coordinates.roles import Roles, direction_in, numbers_in, roles_of
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.slips import Slip, slips
from errata.reading.lowering import LogBase
from errata.reading.relations import Pair
from errata.reading.tree import Big, Call, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.images import Image, affine_image, triangular_image
from numerics.undetermined import Undetermined

BITS = 200
NARROW = 1e-20
WORLDS = (affine_image, triangular_image)
POSITIVE = "where the determinants are positive"
NEGATIVE = "where the determinants are negative"
_CHANGE = re.compile(r"\b(?:change[- ]of[- ]variables?|jacobian|normali[sz]ing flows?|change of density)\b", re.I)
_SIGNS = {
    POSITIVE: re.compile(
        r"\b(?:(?:strictly|monoton\w*) increasing|increasing (?:function|map|transform\w*)|orientation[- ]preserving|"
        r"positive determinant)\b", re.I,
    ),
    NEGATIVE: re.compile(r"\b(?:(?:strictly|monoton\w*) decreasing|decreasing (?:function|map|transform\w*))\b", re.I),
}  # fmt: skip
"""What the text says where it is about maps of one sign."""
NEAR = 1500
"""Characters on either side of a formula that may say what kind of maps it is about."""
MOST_EDITS = 60
"""Slips of the right side that are tried."""
SOME = 5
"""Worlds of each kind and size."""


@dataclass
class Outcome:
    """What the worlds said when the maps go one way."""

    agree: Counter[bool] = field(default_factory=Counter)
    """Worlds in which the sides agree, by whether a map turns the orientation around; so for the others."""
    differ: Counter[bool] = field(default_factory=Counter)
    undefined: Counter[bool] = field(default_factory=Counter)
    """Worlds in which a side has no value: a logarithm of a negative determinant."""
    first: Witness | None = None

    @property
    def understood(self) -> bool:
        """Whether both sides were looked at in a world."""
        return bool(self.agree or self.differ or self.undefined)

    @property
    def holds(self) -> bool:
        return self.agree.total() >= 8 and not self.differ and not self.undefined

    @property
    def condition(self) -> str | None:
        """The sign of the determinants with which it holds, where it doesn't without; None where it holds for none."""
        for turned, said in ((False, POSITIVE), (True, NEGATIVE)):
            if self.agree[turned] >= 4 and not self.differ[turned] and not self.undefined[turned]:
                return said
        return None

    @property
    def fails(self) -> bool:
        return self.differ.total() >= 3 and self.condition is None


class Change(Record):
    """A relation between the densities before and after maps."""

    left: Node
    right: Node
    roles: Roles
    layered: bool
    """Whether several maps follow each other."""
    back: Mapping[str, bool] = {}
    """For each map whether it goes from what the left density is about to the other."""
    numbered: bool = False
    """Whether the document says that z_i = f_i(z_{i−1})."""
    alike: bool = False
    """Whether the point that f_i starts at has the number of the map: ∂f_i/∂z_i."""


def judge_change(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a change of variables; None where a relation is none, or this says nothing."""
    told = _CHANGE.search(at.prose) is not None
    roles = roles_of(pair, told) if pair.relation.sign in ("=", "≡") else None
    if roles is None:
        return None
    layered = any(isinstance(n, Big) for n in walk(pair.right))
    readings = list(_readings(Change(pair.left, pair.right, roles, layered), state, at.index))
    found = [_looked_at(change, state.options.seed) for change in readings]
    found = [(c, o) for c, o in found if o.understood] or found
    held = next(((c, o) for c, o in found if o.holds), None)
    if held is not None:
        return _supported(judged, held[0], held[1], len(readings) > 1, None)
    partly = next(((c, o) for c, o in found if o.condition is not None), None)
    said = partly is not None and _SIGNS[partly[1].condition or ""].search(_around(state, at)) is not None
    given = _has_given_map(roles, bodies_near(roots_of(state), at.index))
    if partly is not None and (said or given or partly[1].first is None):
        return _supported(judged, partly[0], partly[1], len(readings) > 1, partly[1].condition)
    if given or at.chain.implies or at.chain.concluded or supposes(at) or at.base not in (None, LogBase.NATURAL):
        return None
    if partly is not None and len(readings) == 1 and partly[1].first is not None:
        return _told(at, judged, pair, partly[1].first, None, partly[1].condition)
    if not found or not all(o.fails for _, o in found) or found[0][1].first is None:
        return None
    slip = _mended([c for c, _ in found], state.options.seed)
    return _told(at, judged, pair, found[0][1].first, slip, None)


def _has_given_map(roles: Roles, bodies: Bodies) -> bool:
    """Whether the document says what a map is, so that what fails for maps in general may hold for this one."""
    return any(not isinstance(b.node, Sym | Script | Call) for name in roles.maps for b in bodies.get(name, ()))


def _told(at: At, judged: Judged, pair: Pair, witness: Witness, slip: Slip | None, holds_if: str | None) -> Judged:
    message = f"for the law of an image, the left side is {witness[1]}, the right side {witness[2]}"
    return refuted(at, judged, pair, "images", "E313", witness, message, slip, holds_if)


def _around(state: State, at: At) -> str:
    """The text before a formula and after it."""
    span = at.formula.span
    return state.document.text[max(0, span.start - NEAR) : span.end + NEAR]


def _readings(change: Change, state: State, place: int) -> Iterator[Change]:
    """The ways in which the maps may go."""
    numbered = numbers_in(change.roles, roots_of(state), place)
    fixed = {name: direction_in(name, change.roles, roots_of(state), place) for name in change.roles.maps}
    names = sorted(fixed)
    for ways in product(*((True, False) if fixed[n] is None else (bool(fixed[n]),) for n in names)):
        yield replace(change, back=dict(zip(names, ways, strict=True)), numbered=numbered)


def _worlds(change: Change, seed: int) -> Iterator[Image]:
    dims = (1, 2, 3) if change.roles.many else (1,)
    for n, dim, layers, make in product(
        range(SOME if change.roles.many else 3 * SOME), dims, (1, 2, 3) if change.layered else (1,), WORLDS
    ):
        yield make(Random(f"{seed} {n} {dim} {layers}"), dim, layers)


def _looked_at(change: Change, seed: int) -> tuple[Change, Outcome]:
    """A reading and what the worlds say of it; where it has no value in them, so that with the points numbered as the
    maps are, unless the document numbers them otherwise."""
    out = _tried(change, seed)
    if out.understood or change.numbered:
        return change, out
    alike = replace(change, alike=True)
    return alike, _tried(alike, seed)


def _tried(change: Change, seed: int, most: int | None = None) -> Outcome:
    out = Outcome()
    with ctx.workprec(BITS):
        for world in islice(_worlds(change, seed), most):
            values = Mapped(world, change.roles, change.back, change.numbered, change.alike)
            turned = values.turns_around()
            try:
                sides = _sides(change, values)
            except Undetermined:
                out.undefined[turned] += 1
                continue
            except (Unlowered, Misshapen, RecursionError):
                return Outcome()
            if sides is None:
                out.agree[turned] += 1
                continue
            out.differ[turned] += 1
            out.first = out.first or (world.told, *sides)
    return out


def _sides(change: Change, values: Mapped) -> tuple[str, str] | None:
    """Both sides where they differ; None where they agree. Raises Undetermined where a value is not known well."""
    left, right = (values.number(side, Bound()).value for side in (change.left, change.right))
    if not (left.rad() < NARROW and right.rad() < NARROW):
        raise Undetermined("the value could not be enclosed tightly")
    return None if left.overlaps(right) else (left.str(8, radius=False), right.str(8, radius=False))


def _supported(judged: Judged, change: Change, out: Outcome, open_: bool, condition: str | None) -> Judged:
    """The support, on condition that the maps go this way where nothing says so."""
    points = out.agree.total()
    by = Agreement("images", points, 20, f"{points} random invertible maps in dimensions up to 3")
    said = [] if condition is None else [condition]
    if open_:
        start = change.roles.start or "the other point"
        ways = {True: f"{change.roles.end} to {start}", False: f"{start} to {change.roles.end}"}
        said += [f"where {name} takes {ways[back]}" for name, back in sorted(change.back.items())]
    if change.alike:
        said.append(f"the point that {', '.join(change.roles.maps)} takes has the number of the map")
    where = (f"{', '.join(change.roles.maps)} invertible",) if change.roles.maps else ()
    return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried("; ".join(said) or None, (by,))]), where=where)


def _mended(readings: Sequence[Change], seed: int) -> Slip | None:
    """The first slip of the right side whose undoing makes the relation hold."""
    for slip in islice(slips(readings[0].right, readings[0].left), MOST_EDITS):
        for change in readings:
            edited = replace(change, right=slip.node)
            quick = _tried(edited, seed, 4)
            if quick.agree.total() and not quick.differ and _tried(edited, seed).holds:
                return slip
    return None
