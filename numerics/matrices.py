"""Terms of linear algebra: what a relation of vectors and matrices is made of, with dimensions that have names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import prod
from operator import is_
from typing import Any

from flint import arb_mat, fmpq

from claims.hashed_once import HashedOnce

Dim = tuple[tuple[str, ...], ...]
"""A dimension as a sum of products of dimension names: () + () is 2, n·p + 1 is (("n", "p"), ())."""
ONE: Dim = ((),)


@dataclass(frozen=True, slots=True)
class Number(HashedOnce):
    value: fmpq

    def __hash__(self) -> int:
        """By its parts: a fraction of flint is hashed by way of Python's own, which takes ten times as long."""
        return hash((int(self.value.p), int(self.value.q)))


@dataclass(frozen=True, slots=True)
class Pi(HashedOnce):
    pass


@dataclass(frozen=True, slots=True)
class Zero(HashedOnce):
    """0 of whatever shape fits."""


@dataclass(frozen=True, slots=True)
class Name(HashedOnce):
    """A quantity; a member of a family where indices are given, each a bound letter or a whole number."""

    key: str
    indices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index(HashedOnce):
    """The number that a summation index stands for."""

    key: str


@dataclass(frozen=True, slots=True)
class Identity(HashedOnce):
    dim: Dim


@dataclass(frozen=True, slots=True)
class Constant(HashedOnce):
    """A matrix of zeros or of ones."""

    value: int
    rows: Dim
    columns: Dim


@dataclass(frozen=True, slots=True)
class Sum(HashedOnce):
    """``signs[i]`` is 1 or −1."""

    signs: tuple[int, ...]
    items: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Product(HashedOnce):
    items: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Power(HashedOnce):
    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True)
class Transpose(HashedOnce):
    body: Term


@dataclass(frozen=True, slots=True)
class Apply(HashedOnce):
    """A function of one argument by its name in ``FUNCTIONS``; "bars" is |·| as long as its meaning is open."""

    function: str
    body: Term


@dataclass(frozen=True, slots=True)
class Pairwise(HashedOnce):
    """⊙ (equal shapes) or ⊗ (Kronecker)."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Blocks(HashedOnce):
    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Total(HashedOnce):
    """∑ over an index from 1 to a count."""

    index: str
    count: Term
    body: Term


Term = (
    Number | Pi | Zero | Name | Index | Identity | Constant | Sum | Product | Power | Transpose | Apply | Pairwise
    | Blocks | Total
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A value for every name (a member of a family is ``key[1]``, ``key[2]`` …) and a size for every dimension."""

    values: Mapping[str, arb_mat]
    sizes: Mapping[str, int]
    indices: Mapping[str, int] = field(default_factory=dict)
    known: dict[Term, arb_mat] | None = None
    """The values of the parts met so far, where these are to be remembered: for one precision and no indices."""


def size(dim: Dim, sizes: Mapping[str, int]) -> int:
    """The number that a dimension is."""
    return sum(prod(sizes[name] for name in monomial) for monomial in dim)


_NOTHING: tuple[Term, ...] = ()
_BELOW: Mapping[type, Callable[[Any], tuple[Term, ...]]] = {
    Sum: lambda term: term.items,
    Product: lambda term: term.items,
    Power: lambda term: (term.base, term.exponent),
    Transpose: lambda term: (term.body,),
    Apply: lambda term: (term.body,),
    Pairwise: lambda term: (term.left, term.right),
    Blocks: lambda term: tuple(cell for row in term.rows for cell in row),
    Total: lambda term: (term.count, term.body),
}


def below(term: Term) -> tuple[Term, ...]:
    """The terms directly below, in order."""
    parts = _BELOW.get(term.__class__)
    return _NOTHING if parts is None else parts(term)


def subterms(term: Term) -> Iterator[Term]:
    """The term and all in it, in order."""
    stack = [term]
    while stack:
        t = stack.pop()
        yield t
        parts = _BELOW.get(t.__class__)
        if parts is not None:
            stack.extend(reversed(parts(t)))


def distinct(*terms: Term) -> Iterator[Term]:
    """The terms and all in them, in order; what stands in several places as one object is looked into once."""
    stack, met = [*reversed(terms)], set[int]()
    while stack:
        t = stack.pop()
        if id(t) not in met:
            met.add(id(t))
            yield t
            stack.extend(reversed(below(t)))


def with_shared_parts(*terms: Term) -> tuple[Term, ...]:
    """The same terms, in all of which equal parts are one object."""
    once: dict[Term, Term] = {}
    met: dict[int, Term] = {}
    return tuple(rebuilt(term, lambda t: once.setdefault(t, t), met) for term in terms)


def rebuilt(term: Term, leaf: Callable[[Term], Term], met: dict[int, Term] | None = None) -> Term:
    """The term with ``leaf`` applied to every part, the inner ones first; a part that it leaves alone stays itself.

    ``met`` holds what parts became before, by their identity, and takes in what those of this term become.
    """
    if met is not None and (found := met.get(id(term))) is not None:
        return found
    old = below(term)
    if not old:
        return leaf(term)
    new = tuple([rebuilt(t, leaf, met) for t in old])
    made = leaf(term if all(map(is_, new, old)) else _of(term, new))
    if met is not None:
        met[id(term)] = made
    return made


def _of(term: Term, parts: tuple[Term, ...]) -> Term:
    """The term with others below it."""
    match term:
        case Sum(signs=signs):
            return Sum(signs, parts)
        case Product():
            return Product(parts)
        case Power():
            return Power(*parts)
        case Transpose():
            return Transpose(*parts)
        case Apply(function=function):
            return Apply(function, *parts)
        case Pairwise(sign=sign):
            return Pairwise(sign, *parts)
        case Blocks(rows=rows):
            cells = iter(parts)
            return Blocks(tuple(tuple(next(cells) for _ in row) for row in rows))
        case Total(index=index):
            return Total(index, *parts)
        case _:
            return term
