"""What a document says of a name elsewhere that may make a relation right: one letter for many functions, squares that
are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.checking.context import State, roots_of
from errata.checking.worked import DEFINED
from errata.reading.names import is_name, key, parameters
from errata.reading.relations import Pair, stated
from errata.reading.tree import Call, Sym, walk
from errata.reading.unparse import to_latex

MOST_MEANINGS = 2
"""Expressions of one function that a document gives, above which the last one may not be what is meant."""
_SQUARE = re.compile(
    r"(\\?(?:var)?[A-Za-z]+|[ϵεδ])\s*\^\s*\{?2\}?\s*(?:\\to|\\approx|\\rightarrow)\s*0(?!\.?\d)|"
    r"\b[Oo]\}?\s*\(\s*(\\?(?:var)?[A-Za-z]+|[ϵεδ])\s*\^\s*\{?2\}?\s*\)"
)
"""Words by which a text leaves out the square of a name."""
_ZERO = re.compile(r"\b(?:if|when|case|suppose)\b[^.]{0,120}?\$\s*([^$=<>]{1,20}?)\s*=\s*0\s*\$", re.I)
"""A name that is 0 in the case of which the text speaks."""

_PROJECTIONS = re.compile(
    r"\bproject(?:ions?|ors?)\b|\bidempotent|\bhat[- ]matri|\bresidual[- ]maker|\bannihilator", re.I
)
"""Words of matrices that are their own square."""
_IDEMPOTENT = re.compile(r"\bidempotent", re.I)
CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_THEIR_LETTERS = frozenset("PHMQΠ")


def of_many_meanings(state: State, where: Sequence[str]) -> str | None:
    """A function that was put in, to which the document gives one expression after the other: the letter of a loss."""
    for taken in where:
        name, defined, _ = taken.partition(DEFINED)
        if defined and len(_expressions(state, name)) > MOST_MEANINGS:
            return name
    return None


def _expressions(state: State, name: str) -> set[str]:
    """The first expressions that formulas give for a function at some arguments."""
    pairs = (chain.pairs()[0] for root in roots_of(state) for chain in stated(root))
    equations = (p for p in pairs if p.relation.sign in ("=", ":=", "≡") and isinstance(p.left, Call))
    named = (p for p in equations if isinstance(p.left, Call) and to_latex(p.left.head) == name)
    return {key(p.right) for p in named if parameters(p.left) is not None}


def left_out(pair: Pair, near: str) -> str | None:
    """A name of the relation whose square the text near it takes for zero: ε² = 0, up to O(ε²)."""
    found = {one or other for one, other in _SQUARE.findall(near)}
    names = {name.removeprefix("\\var").removeprefix("\\") for name in found}
    met = {n.latex.removeprefix("\\var").removeprefix("\\") or n.name for n in _symbols(pair)}
    met |= {n.name for n in _symbols(pair)}
    return min(names & met, default=None)


def zero_here(pair: Pair, prose: str) -> str | None:
    """A name of the relation that is 0 in the case of which the text before it speaks: "if $e > 0$, then $v_i = 0$"."""
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    return min(names & {re.sub(r"[\s{}]", "", name) for name in _ZERO.findall(prose)}, default=None)


def projected(pair: Pair, text: str) -> str | None:
    """A matrix of the relation that may be a projection, and its own square, in a text that speaks of them."""
    if _PROJECTIONS.search(text) is None:
        return None
    letters = CAPITALS if _IDEMPOTENT.search(text) is not None else _THEIR_LETTERS
    heads = {id(n.head) for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call)}
    return next((n.name for n in _symbols(pair) if n.name in letters and id(n) not in heads), None)


def _symbols(pair: Pair) -> Iterator[Sym]:
    return (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym))
