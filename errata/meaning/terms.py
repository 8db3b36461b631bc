"""The language that formulas are judged in: numbers, symbols, operations and one kind of binder.

A term says what is computed, not how it was written: a fraction is a product, a root a power, 𝐱ᵀ a transpose.
Binding is done by ``Bind`` alone, and ``substitute`` is the only substitution; it renames what it would capture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from claims.records import Record, replace


class Num(Record, frozen=True, cache_hash=True):
    """An exact number."""

    value: Fraction


class Const(Record, frozen=True, cache_hash=True):
    """A constant of mathematics: ``π``, ``e``, ``∞``, ``i``."""

    name: str


class Ref(Record, frozen=True, cache_hash=True):
    """A symbol, at its indices and applied to its arguments: x, x_i, f(x), p_θ(x | z).

    ``head`` is the letter with its font, accents and labels; ``arguments`` is None where it is not applied, and
    ``given`` holds what stands after a bar or a semicolon.
    """

    head: str
    indices: tuple[Term, ...] = ()
    arguments: tuple[Term, ...] | None = None
    given: tuple[Term, ...] = ()


class Op(Record, frozen=True, cache_hash=True):
    """An operation on terms; see ``errata.worlds.operations`` for those that have a value."""

    kind: str
    arguments: tuple[Term, ...]


class Bind(Record, frozen=True, cache_hash=True):
    """A binder over a body: a sum, a product, an integral, an extremum, an expectation, a derivative.

    ``variables`` are the names that it binds. ``domain`` tells where they range: a lower and an upper end, a set, a
    law, a condition; what it holds depends on ``kind`` and ``over``.
    """

    kind: str
    variables: tuple[str, ...]
    over: str
    domain: tuple[Term, ...]
    body: Term


Term = Num | Const | Ref | Op | Bind


def number(value: int | Fraction) -> Num:
    """An exact number as a term."""
    return Num(Fraction(value))


PARAMETERS = frozenset("θφϕψ")
"""Letters of the parameters of models."""
ZERO, ONE, TWO, MINUS_ONE, HALF = number(0), number(1), number(2), number(-1), Num(Fraction(1, 2))


def add(*terms: Term) -> Term:
    """A sum, sums within it joined."""
    flat: list[Term] = []
    for t in terms:
        flat += t.arguments if isinstance(t, Op) and t.kind == "add" else (t,)
    return flat[0] if len(flat) == 1 else Op("add", tuple(flat))


def mul(*terms: Term) -> Term:
    """A product in its order, products within it joined and numbers in front taken together."""
    flat: list[Term] = []
    for t in terms:
        flat += t.arguments if isinstance(t, Op) and t.kind == "mul" else (t,)
    value = Fraction(1)
    rest: list[Term] = []
    for t in flat:
        if isinstance(t, Num):
            value *= t.value
        else:
            rest.append(t)
    if value != 1 or not rest:
        rest = [Num(value), *rest]
    return rest[0] if len(rest) == 1 else Op("mul", tuple(rest))


def negative(term: Term) -> Term:
    """The term with the other sign."""
    return mul(MINUS_ONE, term)


def power(base: Term, exponent: Term) -> Term:
    """A power; those of plain numbers are worked out where they stay small."""
    if isinstance(exponent, Num):
        if exponent.value == 1:
            return base
        if isinstance(base, Num) and exponent.value.denominator == 1 and abs(exponent.value) <= 64 and base.value != 0:
            return Num(base.value ** int(exponent.value))
    return Op("pow", (base, exponent))


def inverse(term: Term) -> Term:
    """1/x, or the inverse of a matrix."""
    return power(term, MINUS_ONE)


def below(term: Term) -> tuple[Term, ...]:
    """The terms directly within a term, in order."""
    if isinstance(term, Op):
        return term.arguments
    if isinstance(term, Ref):
        if not term.given and term.arguments is None:
            return term.indices
        return (*term.indices, *(term.arguments or ()), *term.given)
    if isinstance(term, Bind):
        return (*term.domain, term.body)
    return ()


def with_below(term: Term, parts: tuple[Term, ...]) -> Term:
    """The term with others in the places of ``below``."""
    if isinstance(term, Ref):
        n, m = len(term.indices), len(term.arguments or ())
        arguments = None if term.arguments is None else parts[n : n + m]
        return replace(term, indices=parts[:n], arguments=arguments, given=parts[n + m :])
    if isinstance(term, Op):
        if term.kind == "add":
            return add(*parts)
        return mul(*parts) if term.kind == "mul" else Op(term.kind, parts)
    if isinstance(term, Bind):
        return replace(term, domain=parts[:-1], body=parts[-1])
    return term


def walk(term: Term) -> Iterator[Term]:
    """The term and all within it, each before what is within it."""
    open_terms = [term]
    while open_terms:
        at = open_terms.pop()
        yield at
        open_terms.extend(reversed(below(at)))


@lru_cache(maxsize=16384)
def size(term: Term) -> int:
    """How many symbols, numbers and operations a term has."""
    return sum(1 for _ in walk(term))


@lru_cache(maxsize=16384)
def heads(term: Term) -> frozenset[str]:
    """The heads of all symbols in a term, bound ones too."""
    return frozenset(
        h for t in walk(term) for h in (t.variables if isinstance(t, Bind) else (t.head,) if isinstance(t, Ref) else ())
    )


def mapped(term: Term, change: Callable[[Term], Term]) -> Term:
    """The term with a change made everywhere, from within to without."""
    parts = below(term)
    return change(with_below(term, tuple(mapped(p, change) for p in parts)) if parts else term)


@lru_cache(maxsize=16384)
def free_heads(term: Term, bound: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The heads of the symbols that nothing in the term binds, each once, in order."""
    return tuple(dict.fromkeys(_free(term, bound)))


def _free(term: Term, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(term, Ref) and term.head not in bound:
        yield term.head
    inner = bound
    if isinstance(term, Bind):
        # A range is read outside of what it gives a range to; a law or a condition may speak of it.
        inner = bound | set(term.variables)
        for part in term.domain:
            yield from _free(part, inner if term.over in ("law", "condition") else bound)
        yield from _free(term.body, inner)
        return
    for part in below(term):
        yield from _free(part, inner)


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with terms in the place of free symbols; names that a binder would capture are renamed first.

    A symbol that is applied or indexed is replaced as a whole only where the new term is a symbol itself, which then
    takes over its indices and arguments.
    """
    if isinstance(term, Ref):
        parts = tuple(substitute(p, values) for p in below(term))
        same = with_below(term, parts)
        if term.head not in values:
            return same
        new = values[term.head]
        assert isinstance(same, Ref)
        if not same.indices and same.arguments is None:
            return new
        if isinstance(new, Ref) and new.arguments is None:
            return replace(same, head=new.head, indices=(*new.indices, *same.indices))
        return same
    if isinstance(term, Bind):
        inside = {k: v for k, v in values.items() if k not in term.variables}
        captured = {h for v in inside.values() for h in free_heads(v)} & set(term.variables)
        variables = term.variables
        body, domain = term.body, term.domain
        if captured:
            taken = {h for v in inside.values() for h in free_heads(v)} | set(free_heads(body)) | set(variables)
            fresh = {c: _fresh(c, taken) for c in sorted(captured)}
            renaming: dict[str, Term] = {c: Ref(f) for c, f in fresh.items()}
            variables = tuple(fresh.get(v, v) for v in variables)
            body = substitute(body, renaming)
            domain = tuple(substitute(d, renaming) for d in domain)
        outer = inside if term.over in ("law", "condition") else values
        return Bind(
            term.kind, variables, term.over, tuple(substitute(d, outer) for d in domain), substitute(body, inside)
        )
    return with_below(term, tuple(substitute(p, values) for p in below(term)))


def _fresh(name: str, taken: set[str]) -> str:
    return next(f for n in range(1, 1000) if (f := f"{name}·{n}") not in taken)
