"""Indices that tell nothing apart: the t of K_t = P_t Hᵀ, which is the same wherever its symbol stands."""

from __future__ import annotations

from claims.records import replace
from errata.meaning.terms import Bind, Ref, Term, mapped, walk


def without_idle_indices(*sides: Term) -> tuple[Term, ...]:
    """Terms that stand together, the indices taken away that each symbol has always and that nothing binds."""
    bound = {v for side in sides for t in walk(side) if isinstance(t, Bind) for v in t.variables}
    seen: dict[str, set[tuple[Term, ...]]] = {}
    for side in sides:
        for term in walk(side):
            if isinstance(term, Ref):
                seen.setdefault(term.head, set()).add(term.indices)
    idle = {
        head
        for head, indices in seen.items()
        if len(indices) == 1
        and not any(isinstance(r, Ref) and r.head in bound for i in next(iter(indices)) for r in walk(i))
    }

    def change(term: Term) -> Term:
        return replace(term, indices=()) if isinstance(term, Ref) and term.head in idle else term

    return tuple(mapped(side, change) for side in sides)
