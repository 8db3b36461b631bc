"""Conditions that notes rarely repeat at a step: weights that sum to one, U⊤U = I.

A step that fails in general, and holds under one of them, is no mistake where the document speaks of weights of that
kind, or of orthogonal matrices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import sympy as sp

from claims.evidence import Agreement
from claims.records import Record, replace
from errata.checking.algebra import Lowered, lowered
from errata.reading.lowering import negative
from errata.reading.names import is_name, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Fence, Node, Script, walk
from errata.reading.vectors import Unlowered, added
from numerics.free_names import free_names
from numerics.identity import Tally, apart_at_once, tallies

TURNS = 2
LEAST = 8
_WEIGHTS = re.compile(
    r"\bone[- ]?hot\b|\bsum\w* to (?:one|1|unity|\$1\$)|\bsimplex\b|\bmixture (?:weight|proportion)s\b|"
    r"\\sum_(?:\{[^}]*\}|\w)(?:\^(?:\{[^}]*\}|\w))?\s*\\?\w+(?:_\{?\w+\}?)?\s*=\s*1\b",
    re.I,
)
_TWO_OUTCOMES = re.compile(r"\bbinomial\b|\bq\s*=\s*1\s*-\s*p\b|\bp\s*\+\s*q\s*=\s*1\b", re.I)
_ORTHOGONAL = re.compile(
    r"\b(?:orthonormal|orthogonal|unitary|rotation|svd|singular|eigen\w*|semi-orthogonal)\b|= ?(?:\\mathbf ?\{?)?I\b",
    re.I,
)


class Condition(Record):
    """A condition under which a step holds, and what showed it."""

    text: str
    by: Agreement
    said: bool
    """Whether the document speaks of such things."""
    general: bool
    """Whether it was tried in all that the step is about, not in dimension one only."""


def saving_condition(pair: Pair, text: str, seed: int) -> Condition | None:
    """A customary condition under which both sides agree at random points, however far a product may reach; None where
    there is none."""
    try:
        turns = [lowered(pair, turn) for turn in range(TURNS)]
        found = _saving(pair, turns, text, seed)
        if found is None and any(t.generic.products for t in turns):
            found = _saving(pair, [lowered(pair, turn, tight=True) for turn in range(TURNS)], text, seed)
    except Unlowered:
        return None
    return found


def _saving(pair: Pair, turns: list[Lowered], text: str, seed: int) -> Condition | None:
    for family in sorted(set.intersection(*(_families(t) for t in turns))):
        points = points_in_common([(t, _normalised(t, family)) for t in turns], seed)
        if points:
            by = Agreement("points", points, 30, f"{points} random points where the {family}_i sum to one")
            return Condition(f"the {family}_i sum to one", by, _WEIGHTS.search(text) is not None, True)
    complements = [(t, _complement(t)) for t in turns]
    if all(put_in for _, put_in in complements) and (points := points_in_common(complements, seed)):
        by = Agreement("points", points, 30, f"{points} random points where p + q is one")
        return Condition("p + q = 1", by, _TWO_OUTCOMES.search(text) is not None, True)
    names = frozenset(_beside_their_transposes(pair)) | _transposed_and_inverted(pair) | frozenset(_around(pair))
    letters = sorted({name.partition("_")[0] for name in names})
    for some in (*(frozenset(n for n in names if n.partition("_")[0] == letter) for letter in letters), names):
        points = points_in_common([(t, _ones(t, some)) for t in turns], seed) if some else 0
        if points:
            said = ", ".join(sorted(some))
            by = Agreement("points", points, 30, f"{points} random points in dimension one")
            return Condition(f"{said} orthogonal", by, _ORTHOGONAL.search(text) is not None, False)
    return None


def _families(found: Lowered) -> set[str]:
    """The letters of which several members stand in a step: y for y[1], …, y[q]."""
    bases = [s.name.partition("[")[0] for s in found.symbols if "[" in s.name]
    return {base for base in bases if bases.count(base) > 1}


def _normalised(found: Lowered, family: str) -> dict[sp.Symbol, sp.Expr]:
    """The last member of a family as what the others leave of one."""
    members = [s for s in found.symbols if s.name.startswith(f"{family}[")]
    return {members[-1]: added([sp.Integer(1), *map(negative, members[:-1])])}


def _complement(found: Lowered) -> dict[sp.Symbol, sp.Expr]:
    """q as the chance 1 − p of what p is not the chance of; nothing where a step has not both."""
    names = {s.name: s for s in found.symbols}
    return {names["q"]: added([sp.Integer(1), negative(names["p"])])} if {"p", "q"} <= names.keys() else {}


def _beside_their_transposes(pair: Pair) -> Iterator[str]:
    """The names that stand beside their own transposes: U⊤U, VV⊤."""
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        if isinstance(node, Factors):
            for first, second in zip(node.items, node.items[1:], strict=False):
                names = {name for part in (first, second) if (name := _bare(part)) is not None}
                if len(names) == 1 and (_is_transposed(first) is not _is_transposed(second)):
                    yield names.pop()


def _around(pair: Pair) -> Iterator[str]:
    """The names that stand around something with their transposes and are inverted with it: (V D V⊤)⁻¹."""
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        if (
            not isinstance(node, Script)
            or node.sup is None
            or key(node.sup) != "-1"
            or not isinstance(node.base, Fence)
        ):
            continue
        product = node.base.body
        if isinstance(product, Factors) and len(product.items) == 3 and not any(product.signs):
            first, _, last = product.items
            if _is_transposed(last) and not _is_transposed(first) and (name := _bare(first)) == _bare(last) and name:
                yield name


def _transposed_and_inverted(pair: Pair) -> frozenset[str]:
    """The names of which both a transpose and an inverse stand in a relation: V S V⊤ = V S V⁻¹."""
    scripts = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script) and is_name(n.base)]
    inverted = {key(n.base) for n in scripts if n.sup is not None and key(n.sup) == "-1"}
    return frozenset(key(n.base) for n in scripts if _is_transposed(n)) & inverted


def _is_transposed(node: Node) -> bool:
    return isinstance(node, Script) and node.sup is not None and is_transpose(node.sup)


def _bare(node: Node) -> str | None:
    name = replace(node, sup=None) if isinstance(node, Script) and _is_transposed(node) else node
    name = name.base if isinstance(name, Script) and name.sub is None and name.sup is None else name
    return key(name) if is_name(name) else None


def _ones(found: Lowered, names: frozenset[str]) -> dict[sp.Symbol, sp.Expr]:
    """One for each name and each member of it."""
    families = {name.partition("_")[0] for name in names if "_" in name}
    return {s: sp.Integer(1) for s in found.symbols if s.name in names or s.name.partition("[")[0] in families}


def points_in_common(turns: Sequence[tuple[Lowered, Mapping[sp.Symbol, sp.Expr]]], seed: int) -> int:
    """At how many points both sides agree with what is put in; 0 where they ever differ, or agree at few."""
    found: list[Tally] = []
    if any(_apart_by_value(of, put_in, seed) for of, put_in in turns):
        return 0
    for of, put_in in turns:
        left, right = (_with(side, put_in) for side in (of.left, of.right))
        symbols = sorted(free_names(left) | free_names(right) | {m for f in of.means.values() for m in f}, key=str)
        found += tallies(left, right, symbols, of.means, seed, until_apart=True)
        if any(t.differ for t in found):
            return 0
    agree = sum(t.agree for t in found)
    return agree if agree >= LEAST else 0


def _with(side: sp.Basic, put_in: Mapping[sp.Symbol, sp.Expr]) -> sp.Basic:
    """A side with something put in for names. A name may have another meaning in what binds names of its own, and to
    look out for that takes several times as long."""
    return side.subs(put_in) if side.has(*_BINDING) else side.xreplace(dict(put_in))


_BINDING = (sp.Integral, sp.Sum, sp.Product, sp.Derivative, sp.Limit, sp.Lambda, sp.Subs)


def _apart_by_value(of: Lowered, put_in: Mapping[sp.Symbol, sp.Expr], seed: int) -> bool:
    """Whether the sides are apart at a point, the values of what is put in put in, which is quickly seen; a mean of
    members one of which is put in has no value there."""
    if any(not put_in.keys().isdisjoint((bar, *members)) for bar, members in of.means.items()):
        return False
    symbols = [s for s in of.symbols if s not in put_in]
    return apart_at_once(of.left, of.right, symbols, of.means, seed, put_in)
