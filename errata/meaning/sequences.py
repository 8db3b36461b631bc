"""A sequence of members in one notation: w_1, …, w_{i−1} and w_{1:i−1} are w_{<i}."""

from __future__ import annotations

from collections.abc import Sequence

from claims.records import replace
from errata.meaning.terms import MINUS_ONE, ONE, Op, Ref, Term, add

_ANY = Ref("·")


def up_to(end: Term) -> Op:
    """The index of all members from the first one up to an end: below t where the end is t − 1."""
    if isinstance(end, Op) and end.kind == "add" and end.arguments[-1] == MINUS_ONE:
        return Op("range<", (_ANY, add(*end.arguments[:-1])))
    return Op("range≤", (_ANY, end))


def joined(items: Sequence[Term]) -> tuple[Term, ...]:
    """The items of a list, those of a sequence that is written with dots as one: w_1, …, w_T, and w_1, w_2, …, w_T."""
    out: list[Term] = []
    rest = list(items)
    while rest:
        item = rest.pop(0)
        if isinstance(item, Op) and item.kind == "dots" and rest and (member := _from_first(out, rest[0])) is not None:
            del out[len(out) - member :]
            last = rest.pop(0)
            assert isinstance(last, Ref)
            out.append(replace(last, indices=(up_to(last.indices[0]),)))
        else:
            out.append(item)
    return tuple(out)


def _from_first(before: Sequence[Term], last: Term) -> int | None:
    """How many members of a sequence stand before its dots, from the first one on; None where they are none of it."""
    if not isinstance(last, Ref) or len(last.indices) != 1 or last.arguments is not None:
        return None
    for count in (1, 2, 3):
        members = [replace(last, indices=(add_ones(n),)) for n in range(count)]
        if list(before[-count:]) == members:
            return count
    return None


def add_ones(number: int) -> Term:
    """One more than a number."""
    return replace(ONE, value=ONE.value + number)
