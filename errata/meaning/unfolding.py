"""What symbols stand for, put in: f(y) for the body of f at y, by the one substitution that captures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from claims.records import Record
from errata.meaning.terms import (
    Bind,
    Op,
    Ref,
    Term,
    add,
    free_heads,
    mapped,
    negative,
    size,
    substitute,
    walk,
    with_below,
)
from errata.meaning.terms import below as parts_of

LARGEST = 400
"""Symbols and operations of a term that is still unfolded."""
DEEPEST = 8
"""How often what was put in is unfolded once more."""


class Ambiguous(Exception):
    """A symbol that stands for a body which can't be put in where it stands."""


class Schema(Record, frozen=True, cache_hash=True):
    """A symbol and what it stands for: ``symbol`` has its parameters as indices and arguments, f(x), z_j, p(y | x)."""

    symbol: Ref
    body: Term
    formula: int
    """The number of the formula that says so."""

    @property
    def parameters(self) -> frozenset[str]:
        """The names among its indices and arguments that the body speaks of, which others may be put in for."""
        return _parameters(self)


@lru_cache(maxsize=4096)
def _parameters(schema: Schema) -> frozenset[str]:
    names = {h for p in parts_of(schema.symbol) for h in free_heads(p)}
    return frozenset(names) & frozenset(free_heads(schema.body))


def unfolded(term: Term, schemas: Mapping[str, Sequence[Schema]]) -> Term:
    """The term with all bodies put in that fit. Raises Ambiguous."""
    for _ in range(DEEPEST):
        after = _once(term, schemas, frozenset())
        if after == term:
            return term
        term = after
        if size(term) > LARGEST:
            raise Ambiguous("what it stands for is too large")
    raise Ambiguous("what it stands for has no end")


def used_in(term: Term, schemas: Mapping[str, Sequence[Schema]]) -> tuple[Schema, ...]:
    """The schemas that the symbols of a term meet, those of their bodies too."""
    found: list[Schema] = []
    waiting = [term]
    while waiting and len(found) < LARGEST:
        for part in (p for p in walk(waiting.pop()) if isinstance(p, Ref)):
            for schema in schemas.get(part.head, ()):
                if schema not in found and matched(part, schema) is not None:
                    found.append(schema)
                    waiting.append(schema.body)
    return tuple(found)


def _once(term: Term, schemas: Mapping[str, Sequence[Schema]], bound: frozenset[str]) -> Term:
    if isinstance(term, Bind):
        inside = bound | set(term.variables)
        if term.kind in ("gradient", "derivative") and not term.variables:
            term = _with_its_variable(term, schemas)
        domain = tuple(d if term.over in ("law",) else _once(d, schemas, bound) for d in term.domain)
        return Bind(term.kind, term.variables, term.over, domain, _once(term.body, schemas, inside))
    if isinstance(term, Op) and term.kind == "derivative":
        # the variables of a derivative are names, and stay
        return Op(term.kind, (_once(term.arguments[0], schemas, bound), *term.arguments[1:]))
    parts = tuple(_once(p, schemas, bound) for p in parts_of(term))
    term = with_below(term, parts) if parts else term
    if not isinstance(term, Ref) or (term.head in bound and not term.indices and term.arguments is None):
        return term
    for schema in schemas.get(term.head, ()):
        values = matched(term, schema)
        if values is not None:
            body = _put_in(schema.body, values)
            return Op("entry", (body, *term.indices)) if is_entry(term, schema) else body
    return term


def _with_its_variable(term: Bind, schemas: Mapping[str, Sequence[Schema]]) -> Bind:
    """∇f(x) as the gradient of f(x) in x, where the body of f is about to be put in."""
    body = term.body
    if not isinstance(body, Ref) or body.head not in schemas:
        return term
    arguments = body.arguments or ()
    if len(arguments) != 1 or not isinstance(arguments[0], Ref) or parts_of(arguments[0]):
        raise Ambiguous("a gradient at a place that is no name")
    return Bind(term.kind, (arguments[0].head,), term.over, term.domain, body)


def is_entry(term: Ref, schema: Schema) -> bool:
    """Whether a symbol is an entry of what a schema says of the whole: p_i, after p = softmax(z)."""
    return bool(term.indices) and not schema.symbol.indices and schema.symbol.arguments is None


@lru_cache(maxsize=16384)
def matched(term: Ref, schema: Schema) -> Mapping[str, Term] | None:
    """What the parameters of a schema are in a symbol; None where it doesn't stand for that."""
    symbol, parameters = schema.symbol, schema.parameters
    if term.head != symbol.head:
        return None
    if term.indices and term.arguments is None and symbol.arguments is None and not symbol.indices:
        return {}  # an entry of what it stands for
    if len(term.indices) != len(symbol.indices):
        return None
    if term.arguments is None and symbol.arguments is not None:
        return {} if not term.indices else None  # V, of which V(D, G) was said
    if (term.arguments is None) != (symbol.arguments is None):
        return None
    ours, theirs = parts_of(symbol), parts_of(term)
    if len(ours) != len(theirs) or len(term.given) != len(symbol.given):
        return None
    values: dict[str, Term] = {}
    if not all(_met(mine, other, parameters, values) for mine, other in zip(ours, theirs, strict=True)):
        return None
    return values


def _met(mine: Term, other: Term, parameters: frozenset[str], values: dict[str, Term]) -> bool:
    """Whether a part of a schema is met by a part of a symbol, for values of its parameters: t : t + n by 1 : 5."""
    if isinstance(mine, Ref) and mine.head in parameters and not parts_of(mine):
        return values.setdefault(mine.head, other) == other
    if mine == other and not set(free_heads(mine)) & parameters:
        return True
    if not isinstance(mine, Op) or not set(free_heads(mine)) & parameters:
        return False
    if mine.kind == "add":
        open_ = [a for a in mine.arguments if isinstance(a, Ref) and a.head in parameters and a.head not in values]
        if len(open_) != 1 or any(h not in values for h in free_heads(mine) if h != open_[0].head and h in parameters):
            return False
        rest = [substitute(a, values) for a in mine.arguments if a != open_[0]]
        values[open_[0].head] = add(other, *(negative(r) for r in rest))
        return True
    if not isinstance(other, Op) or mine.kind != other.kind or len(mine.arguments) != len(other.arguments):
        return False
    return all(_met(a, b, parameters, values) for a, b in zip(mine.arguments, other.arguments, strict=True))


def aliased(body: Term, values: Mapping[str, Term]) -> tuple[Term, Mapping[str, Term]]:
    """The body with names put in for its parameters, and what is left to be put in by its value. Raises Ambiguous."""
    names = {h: v for h, v in values.items() if isinstance(v, Ref) and v.arguments is None and not v.indices}
    others = set(free_heads(body)) - set(names)
    if any(v.head in others and v.head not in names for v in names.values() if isinstance(v, Ref)):
        return body, values
    return _put_in(body, dict(names)), {h: v for h, v in values.items() if h not in names}


def _put_in(body: Term, values: Mapping[str, Term]) -> Term:
    """The body with terms for its parameters. Raises Ambiguous where one stands with indices and is no name."""
    for part in walk(body):
        if isinstance(part, Ref) and part.head in values and (part.indices or part.arguments is not None):
            new = values[part.head]
            if not isinstance(new, Ref) or new.arguments is not None:
                raise Ambiguous(f"{part.head} has parts, and what is put in for it has none")
        if isinstance(part, Op) and part.kind == "derivative":
            moved = {a.head for a in part.arguments[1:] if isinstance(a, Ref)} & set(values)
            if any(not isinstance(values[h], Ref) for h in moved):
                raise Ambiguous("a derivative in a parameter")
        if isinstance(part, Bind) and part.kind in ("gradient", "derivative"):
            for name in set(part.variables) & set(values):
                if values[name] != Ref(name):
                    raise Ambiguous("a derivative in a parameter")
    return substitute(body, values)


def with_entries(term: Term, arrays: Mapping[str, int]) -> Term:
    """The term with z_i as an entry of z, for the names of arrays with so many axes."""
    return _with_entries(term, frozenset(arrays.items()))


@lru_cache(maxsize=16384)
def _with_entries(term: Term, arrays: frozenset[tuple[str, int]]) -> Term:
    def change(t: Term) -> Term:
        if isinstance(t, Ref) and t.arguments is None and (t.head, len(t.indices)) in arrays and t.indices:
            return Op("entry", (Ref(t.head), *t.indices))
        return t

    return mapped(term, change)
