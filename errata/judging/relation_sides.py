"""The sides of a relation as they are held against known results, worked out once for all results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from claims.records import Record, replace
from errata.judging.assertion import Assertion
from errata.judging.matching import Use, uses
from errata.judging.result_forms import Indices, has_open_range, unwrapped
from errata.judging.result_shapes import shape_of
from errata.meaning.elaborate import spelled
from errata.meaning.indices import with_labels, without_parameters, without_sets
from errata.meaning.results.forms import TURNED
from errata.meaning.terms import HALF, TWO, Bind, Op, Ref, Term, heads, power, size, walk


class Sides(Record, frozen=True):
    """Two sides, and what is asked of them again and again."""

    left: Term
    right: Term
    named: Term
    """The left side without what is done to it, σ of σ²."""
    wrapped: str
    """What that is."""
    name: str | None
    """The symbol that it is, where the right side doesn't have it."""
    size: int
    size_of_both: int
    shape: Counter[str]
    uses: dict[str, Use]
    uses_of_both: dict[str, Use]
    is_open: bool
    is_changed: bool
    """Whether the indices stand otherwise than they were written."""


@lru_cache(maxsize=512)
def sides_of(left: Term, right: Term, indices: Indices) -> Sides:
    """The sides of a relation, their indices read in one way."""
    plain = without_sets(left, right)
    a, b = plain
    if indices is Indices.LABELS:
        a, b = with_labels(a, b)
    elif indices is Indices.PARAMETERS:
        a, b = without_parameters(a, b)
    named, wrapped = unwrapped(a)
    name = named.head if isinstance(named, Ref) and named.head not in heads(b) else None
    large = size(b)
    return Sides(
        a, b, named, wrapped, name, large, size(a) + large, shape_of(b), uses(b), uses(a, b), has_open_range(b),
        (a, b) != plain,
    )  # fmt: skip


class Turned(Record, frozen=True):
    """A relation as it stands, or as it may be turned for a form: the other way round, without a condition, squared."""

    left: Term
    sign: str
    right: Term
    of_a_square: bool = False
    """Whether it is for a form that explains a square alone."""
    of_a_property: bool = False
    """Whether it is for a form that explains no name."""


class Held:
    """A relation under one reading, with the ways in which it may be turned."""

    def __init__(self, reading: Assertion) -> None:
        self.reading = reading
        self.turned = () if _is_at_a_transpose(reading) else tuple(_turned(reading))

    def sides(self, turned: Turned, indices: Indices) -> Sides:
        """The sides of the relation, turned."""
        return sides_of(turned.left, turned.right, indices)

    def is_changed_by(self, indices: Indices) -> bool:
        """Whether another reading of the indices makes another relation of it."""
        return any(self.sides(t, indices).is_changed for t in self.turned)


def _is_at_a_transpose(reading: Assertion) -> bool:
    """Whether functions are taken at a symbol and at its transpose: s′ is another state there, and V(s′) not V(s)."""
    taken = [
        argument
        for side in (reading.left, reading.right)
        for term in walk(side)
        if isinstance(term, Ref)
        for argument in (*(term.arguments or ()), *term.given)
    ]
    turned = {a.arguments[0] for a in taken if isinstance(a, Op) and a.kind == "transpose"}
    return not turned.isdisjoint(taken)


def _turned(reading: Assertion) -> Iterator[Turned]:
    yield Turned(reading.left, reading.sign, reading.right)
    bare = _unconditioned(reading.left)
    if bare is not None:
        yield Turned(bare, reading.sign, reading.right)
    if isinstance(reading.left, Ref) and (square := _square_of_root(reading.right)) is not None:
        yield Turned(power(reading.left, TWO), reading.sign, square, of_a_square=True)
    yield Turned(reading.right, TURNED.get(reading.sign, reading.sign), reading.left, of_a_property=True)


def _square_of_root(term: Term) -> Term | None:
    """What a root is the root of."""
    is_root = isinstance(term, Op) and term.kind == "pow" and spelled(term.arguments[1]) == spelled(HALF)
    return term.arguments[0] if is_root and isinstance(term, Op) else None


def _unconditioned(left: Term) -> Term | None:
    """Var(β | X) without its condition, which notes put in and leave out."""
    if isinstance(left, Bind) and left.kind in ("E", "Var") and len(left.domain) > 1:
        return replace(left, domain=left.domain[:1])
    return None
