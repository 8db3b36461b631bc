"""Terms of linear algebra: what a relation of vectors and matrices is made of, with dimensions that have names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod
from operator import is_
from typing import Any

from flint import arb_mat, fmpq

from claims.records import Record, field

Dim = tuple[tuple[str, ...], ...]
"""A dimension as a sum of products of dimension names: () + () is 2, n·p + 1 is (("n", "p"), ())."""
ONE: Dim = ((),)


class Number(Record):
    value: fmpq

    def __hash__(self) -> int:
        """By its parts: a fraction of flint is hashed by way of Python's own, which takes ten times as long."""
        return hash((int(self.value.p), int(self.value.q)))


class Pi(Record, cache_hash=True):
    pass


class Zero(Record, cache_hash=True):
    """0 of whatever shape fits."""


class Name(Record, cache_hash=True):
    """A quantity; a member of a family where indices are given, each a bound letter or a whole number."""

    key: str
    indices: tuple[str, ...] = ()


class Index(Record, cache_hash=True):
    """The number that a summation index stands for."""

    key: str


class Identity(Record, cache_hash=True):
    dim: Dim


class Constant(Record, cache_hash=True):
    """A matrix of zeros or of ones."""

    value: int
    rows: Dim
    columns: Dim


class Sum(Record, cache_hash=True):
    """``signs[i]`` is 1 or −1."""

    signs: tuple[int, ...]
    items: tuple[Term, ...]


class Product(Record, cache_hash=True):
    items: tuple[Term, ...]


class Power(Record, cache_hash=True):
    base: Term
    exponent: Term


class Transpose(Record, cache_hash=True):
    body: Term


class Apply(Record, cache_hash=True):
    """A function of one argument by its name in ``FUNCTIONS``; "bars" is |·| as long as its meaning is open."""

    function: str
    body: Term


class Pairwise(Record, cache_hash=True):
    """⊙ (equal shapes) or ⊗ (Kronecker)."""

    sign: str
    left: Term
    right: Term


class Blocks(Record, cache_hash=True):
    rows: tuple[tuple[Term, ...], ...]


class Total(Record, cache_hash=True):
    """∑ over an index from 1 to a count."""

    index: str
    count: Term
    body: Term


Term = (
    Number | Pi | Zero | Name | Index | Identity | Constant | Sum | Product | Power | Transpose | Apply | Pairwise
    | Blocks | Total
)  # fmt: skip


class Point(Record):
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
