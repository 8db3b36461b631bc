"""Indices that tell nothing apart: the t of K_t = P_t Hᵀ, which is the same wherever it stands.

One whose variable stands in two forms, t and t − 1, tells things apart, and is kept everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import replace
from errata.meaning.terms import ONE, PARAMETERS, Bind, Num, Op, Ref, Term, below, heads, mapped, walk


def constant_indices(*sides: Term) -> dict[str, tuple[Term, ...]]:
    """The indices of each symbol that always has the same ones, and none that a binder gives a range to."""
    bound = {v for side in sides for t in walk(side) if isinstance(t, Bind) for v in t.variables}
    seen: dict[str, set[tuple[Term, ...]]] = {}
    for side in sides:
        for term in walk(side):
            if isinstance(term, Ref):
                seen.setdefault(term.head, set()).add(term.indices)
    return {
        head: next(iter(indices))
        for head, indices in seen.items()
        if len(indices) == 1 and not any(heads(i) & bound for i in next(iter(indices)))
    }


def idle_heads(*sides: Term) -> frozenset[str]:
    """The symbols whose indices tell nothing apart: no other index than theirs speaks of the same variables."""
    constant = constant_indices(*sides)
    spoken: dict[str, set[Term]] = {}
    for side in sides:
        for term in walk(side):
            if isinstance(term, Ref):
                for index in term.indices:
                    for variable in heads(index):
                        spoken.setdefault(variable, set()).add(index)
    return frozenset(
        head
        for head, indices in constant.items()
        if indices and all(len(spoken[variable]) == 1 for i in indices for variable in heads(i))
    )


def without_indices(term: Term, of: frozenset[str] | Mapping[str, object]) -> Term:
    """The term, the indices of some symbols taken away."""
    if not of:
        return term

    def change(t: Term) -> Term:
        return replace(t, indices=()) if isinstance(t, Ref) and t.head in of else t

    return mapped(term, change)


def without_parameters(*sides: Term) -> tuple[Term, ...]:
    """Terms that stand together, p_θ(x) as p(x): the parameters of a model taken away from a function that always has
    the same ones."""
    constant = constant_indices(*sides)
    applied = {t.head for side in sides for t in walk(side) if isinstance(t, Ref) and t.arguments is not None}
    models = frozenset(
        head
        for head, indices in constant.items()
        if head in applied and len(indices) == 1 and isinstance(indices[0], Ref) and indices[0].head in PARAMETERS
    )
    return tuple(without_indices(side, models) for side in sides)


def without_sets(*sides: Term) -> tuple[Term, ...]:
    """Terms that stand together, x ∈ 𝒳 left to the variable where the set has only a name; where its size |S| is spoken
    of as well and its members are indices, the sum over it runs from 1 to that size."""
    over_sets = [t for side in sides for t in walk(side) if isinstance(t, Bind) and t.over == "set"]
    if not over_sets:
        return sides
    named = {
        d.head
        for t in over_sets
        if len(t.domain) == len(t.variables) == 1 and _numbers(t)
        for d in t.domain
        if isinstance(d, Ref) and d.arguments is None
    }
    sized = {
        t.arguments[0]
        for side in sides
        for t in walk(side)
        if isinstance(t, Op) and t.kind == "abs" and isinstance(t.arguments[0], Ref) and t.arguments[0].head in named
    }

    def change(t: Term) -> Term:
        if isinstance(t, Op) and t.kind == "abs" and t.arguments[0] in sized:
            return _size_of(t.arguments[0])
        if not isinstance(t, Bind) or t.over != "set":
            return t
        (first, *others) = t.domain
        if first in sized:
            return replace(t, over="range", domain=(ONE, _size_of(first))) if not others and _numbers(t) else t
        is_named = all(isinstance(d, Ref) and d.arguments is None for d in t.domain)
        return replace(t, over="all", domain=()) if is_named else t

    return tuple(mapped(side, change) for side in sides)


def _numbers(bind: Bind) -> bool:
    """Whether the variable of a sum stands in indices alone."""
    refs = [t for t in walk(bind.body) if isinstance(t, Ref)]
    indices = {id(i) for t in refs for i in t.indices}
    own = [t for t in refs if t.head in bind.variables]
    return bool(own) and all(id(t) in indices for t in own)


def _size_of(which: Term) -> Ref:
    return Ref(f"#{which.head}") if isinstance(which, Ref) else Ref("#")


def with_labels(*sides: Term) -> tuple[Term, ...]:
    """Terms that stand together, indices that are mere labels made part of the names: p_r and p_g, Σ_aa and Σ_ab, y_2.

    A label is a number, or a letter that stands nowhere but alone in indices and that nothing binds.
    """
    bound = {v for side in sides for t in walk(side) if isinstance(t, Bind) for v in t.variables}
    labels: set[str] = set()
    others: set[str] = set()
    is_numbered = False
    for side in sides:
        for term in walk(side):
            if isinstance(term, Ref):
                for index in term.indices:
                    is_numbered |= isinstance(index, Num)
                    plain = isinstance(index, Ref) and not index.indices and index.arguments is None
                    (labels if plain else others).update(heads(index))
                for part in (*(term.arguments or ()), *term.given):
                    others |= _plain_heads(part)
            elif not isinstance(term, Bind):
                for part in below(term):
                    others |= _plain_heads(part)
    labels -= others | bound | PARAMETERS
    if not labels and not is_numbered:
        return sides

    def change(term: Term) -> Term:
        if not isinstance(term, Ref) or not term.indices:
            return term
        if all(isinstance(i, Num) or (isinstance(i, Ref) and i.head in labels) for i in term.indices):
            spelt = "".join(
                str(i.value) if isinstance(i, Num) else i.head for i in term.indices if isinstance(i, Num | Ref)
            )
            return replace(term, head=f"{term.head}_{spelt}", indices=())
        return term

    return tuple(mapped(side, change) for side in sides)


def _plain_heads(term: Term) -> frozenset[str]:
    """The head of a term that is a symbol alone."""
    return frozenset({term.head}) if isinstance(term, Ref) else frozenset()
