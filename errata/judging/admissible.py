"""Under what conventions and in what cases a formula is a known result after all, though it is one slip away from it.

A slip is believed only where none of these makes the formula right: a logarithm to another base, the layout in which
samples are rows, numbers in the place of matrices, a sum whose range the result names, a value that the page gives to a
symbol of the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from errata.meaning.printing import latex_of
from errata.meaning.results.forms import Form
from errata.meaning.terms import (
    ONE,
    TWO,
    Bind,
    Num,
    Op,
    Ref,
    Term,
    below,
    free_heads,
    heads,
    inverse,
    mapped,
    mul,
    substitute,
    with_below,
)
from errata.meaning.terms import walk as walk_terms
from errata.worlds.sorts import IDENTITIES, Sort

ARRAYS = frozenset({"matrix", "square", "symmetric", "spd", "orthogonal", "vector", "onehot", "simplex", "identity"})
"""Kinds of symbols that are no single numbers."""
SQUARES = frozenset({"matrix", "square", "symmetric", "spd", "orthogonal", "vector"})
INVERTED = frozenset({"rate", "scale"})
"""Roles of parameters of which authors take the inverse in a law that has a shape, and write it alike."""
_LAYOUT = frozenset({"transpose", "tr", "det", "norm", "diag"})
"""Operations that only what has rows and columns undergoes."""
_VALUE = r"\$?(?P<value>\d+(?:\.\d+)?)(?![\d.*/^+\-a-z])"


def to_base_two(term: Term) -> Term:
    """The term with its logarithms to base two, which a page that names no base may mean."""
    return mapped(term, lambda t: mul(t, inverse(Op("log", (TWO,)))) if isinstance(t, Op) and t.kind == "log" else t)


def in_rows(term: Term, sorts: Mapping[str, Sort]) -> Term:
    """The term where all that stands in columns stands in rows: each array transposed, and the whole again."""

    def change(part: Term) -> Term:
        if isinstance(part, Op) and part.kind == "derivative":
            return Op("transpose", (part,))
        if isinstance(part, Ref):
            is_array = part.head in sorts and sorts[part.head].kind in SQUARES
            return Op("transpose", (part,)) if is_array else part
        return with_below(part, tuple(map(change, below(part))))

    return Op("transpose", (change(term),))


def stands_in_columns(text: str, matrices: Sequence[str], arrays: Sequence[str]) -> bool:
    """Whether a text has a matrix before an array that it is applied to, W x, and no array before a matrix, x W."""
    applied = [(_squeezed(m), _squeezed(a)) for m in matrices for a in arrays if a != m]
    return any(m + a in text for m, a in applied) and not any(a + m in text for m, a in applied)


def _squeezed(head: str) -> str:
    """A symbol as it stands in a text of small letters without blanks, braces and backslashes."""
    return re.sub(r"[\s{}\\]", "", latex_of(head).lower())


def has_layout(term: Term) -> bool:
    """Whether something is done in a term that is done to arrays alone."""
    return any(isinstance(t, Op) and t.kind in _LAYOUT for t in walk_terms(term))


def in_one_dimension(term: Term) -> Term:
    """The term where each array is a number."""

    def change(part: Term) -> Term:
        if isinstance(part, Ref) and part.head in IDENTITIES:
            return ONE
        if isinstance(part, Op) and part.kind in ("transpose", "tr", "diag"):
            return part.arguments[0]
        return Op("abs", part.arguments) if isinstance(part, Op) and part.kind == "det" else part

    return mapped(term, change)


def of_numbers(sorts: Mapping[str, Sort]) -> dict[str, Sort]:
    """The sorts of symbols of which each array is a number."""
    return {head: Sort("positive", (), s.random) if s.kind in ARRAYS else s for head, s in sorts.items()}


def is_number(head: str) -> bool:
    """Whether a letter is one of those that notes write numbers with: small, and in no font of its own."""
    return ":" not in head and head[:1].islower()


def with_ranges(term: Term, ranges: Iterator[Bind]) -> Iterator[Term]:
    """The term with each sum under a condition over one of the ranges: k ≠ i among 1 … 2N."""
    for given in ranges:

        def change(part: Term, given: Bind = given) -> Term:
            if not (isinstance(part, Bind) and part.over == "condition" and part.kind == given.kind == "sum"):
                return part
            if len(part.variables) != 1 or len(part.domain) != 1:
                return part
            return Bind(part.kind, part.variables, "range", given.domain, mul(Op("indicator", part.domain), part.body))

        yield mapped(term, change)


def ranges_of(term: Term) -> Iterator[Bind]:
    """The sums of a term that run from one end to another."""
    yield from (t for t in walk_terms(term) if isinstance(t, Bind) and t.over == "range" and len(t.domain) == 2)


def values_said(text: str, letters: Callable[[str], frozenset[str]], names: frozenset[str]) -> Mapping[str, Term]:
    """The values that a text gives to symbols, "γ = 1"; ``letters`` are those that notes write a symbol with."""
    found: dict[str, Term] = {}
    for name in sorted(names):
        for written in letters(name):
            said = re.search(rf"(?<![a-z0-9_^]){re.escape(_squeezed(written))}(?:=|to|rightarrow){_VALUE}", text)
            if said is not None:
                found[name] = Num(Fraction(said["value"]))
    return found


def at_values(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with the values of symbols put in."""
    return substitute(term, values)


def inverted_in(form: Form) -> Iterator[str]:
    """The parameters of a form that are as often given by their inverses: a rate for a scale, beside a shape."""
    if not any("shape" in roles for roles in form.roles.values()):
        return iter(())
    return (h for h, roles in form.roles.items() if INVERTED.intersection(roles) and h in free_heads(form.right))


def squared_in(term: Term) -> Iterator[str]:
    """The symbols that stand in a term as a square alone."""
    for head in free_heads(term):
        every = [t for t in walk_terms(term) if isinstance(t, Ref) and t.head == head]
        squares = [t for t in walk_terms(term) if isinstance(t, Op) and t.kind == "pow" and t.arguments[1] == TWO]
        if every and len(every) == sum(
            isinstance(s.arguments[0], Ref) and s.arguments[0].head == head for s in squares
        ):
            yield head


def left_out(form: Term, stated: Term) -> frozenset[str]:
    """The symbols of a form that a formula doesn't have."""
    return frozenset(free_heads(form)) - heads(stated)
