"""Compositions of invertible maps and their inverses: (g ∘ f)⁻¹ = f⁻¹ ∘ g⁻¹, z_0 = f_1⁻¹ ∘ … ∘ f_K⁻¹(x).

Two compositions are the same for all invertible maps where nothing but the same maps is left once those are taken out
that undo each other. What takes a point back is held against the formula that took it there. A composition is refuted
where its maps stand in the other order than they have to, which affine maps tell apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from claims.evidence import Agreement, Proof
from claims.records import Record, replace
from claims.verdict import NotAClaim, Tried, Undecided, decide
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.findings import refuted
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.reading.compositions import Composition, Map, composition, reduced, written_out
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Node

SIZES = tuple(range(2, 10))
"""How many maps a letter or dots may stand for."""
REACH = 40
"""Formulas on either side of a relation in which the way there may be given."""
MAPS = frozenset(["f", "g", "h", "F", "G", "T", r"\phi", r"\varphi", r"\psi", r"\Phi", r"\Psi", r"\sigma"])
"""Letters that stand for maps where they are applied one after the other."""
NEAR = 600
"""Characters on either side of a formula that may say what its letters are."""
_SAYS_MAPS = re.compile(r"\b(?:maps?|mappings?|functions?|compos\w*|transform\w*|biject\w*|flows?)\b", re.I)
_SAYS_ENTRIES = re.compile(r"\b(?:hadamard|element-?\s?wise|entry-?wise|component-?wise)\b", re.I)
ROUTE = "compositions"
WRONG_ORDER = "the inverse of a composition takes its maps back in the other order"
Words = tuple[tuple[Map, ...], ...]


class _Sides(Record):
    """Both sides of a relation as the maps that they apply to one point, for each size; ``line`` is where the document
    says what one of them rests on."""

    left: Words
    right: Words
    line: int | None = None


def judge_composition(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation between compositions; None where a relation is none, or nothing is settled."""
    if pair.relation.sign not in ("=", "≡") or not isinstance(judged.verdict, Undecided | NotAClaim):
        return None
    if "-1" not in at.formula.latex and "- 1" not in at.formula.latex:
        return None
    sides = _as_identity(pair) or next(_given_back(state, at, pair), None)
    if sides is None or not _are_maps(state, at, {one.letter for one in (*sides.left[0], *sides.right[0])}):
        return None
    if all(reduced(a) == reduced(b) for a, b in zip(sides.left, sides.right, strict=True)):
        return _holds(judged, sides)
    turned = all(reduced(a) == reduced(b[::-1]) for a, b in zip(sides.left, sides.right, strict=True))
    backwards = any(one.inverse for word in sides.right for one in word)
    if not turned or not backwards or at.chain.implies or at.chain.concluded or supposes(at):
        return None
    witness, left, right = _values(sides)
    beside = "" if sides.line is None else f"; line {sides.line} has the way there"
    message = f"{WRONG_ORDER}{beside}: with affine maps this gives {right} instead of {left}"
    return refuted(at, judged, pair, ROUTE, "E311", (witness, left, right), message)


def _are_maps(state: State, at: At, letters: set[str]) -> bool:
    """Whether letters stand for maps, by custom or by what the text says: a(b(z)) may be a product of numbers, and
    A ∘ B one of entries."""
    if letters <= MAPS:
        return True
    span, text = at.formula.span, state.document.text
    near = text[max(0, span.start - NEAR) : span.end + NEAR]
    return _SAYS_MAPS.search(near) is not None and _SAYS_ENTRIES.search(text) is None


def _holds(judged: Judged, sides: _Sides) -> Judged:
    """A relation that holds: proved where both sides are the same maps as they stand, and no dots are among them. Where
    maps undo each other they have to be invertible, which preimages of sets are not."""
    said = "the same maps are left once those that undo each other are taken out"
    pairs = list(zip(sides.left, sides.right, strict=True))
    conditions = [] if sides.line is None else [f"given what line {sides.line} says"]
    if any(a != b for a, b in pairs):
        letters = sorted({one.letter for a, b in pairs for one in (*a, *b)})
        conditions.append(f"for invertible {', '.join(letters)}")
    plain = len({*sides.left}) == len({*sides.right}) == 1
    by = Proof(ROUTE, (said,)) if plain else Agreement(ROUTE, len(SIZES), 20, f"{said}, for 2 to 9 maps")
    return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried("; ".join(conditions) or None, (by,))]))


def _as_identity(pair: Pair) -> _Sides | None:
    """The sides as compositions of the same point, or of none; None where one may only name the other."""
    left, right = _side(pair.left, pair.right), _side(pair.right, pair.left)
    if left is None or right is None or _names(left, right):
        return None
    points = [None if side.point is None else key(side.point) for side in (left, right)]
    ours, theirs = _words(left.maps), _words(right.maps)
    return None if points[0] != points[1] or ours is None or theirs is None else _Sides(ours, theirs)


def _side(node: Node, other: Node) -> Composition | None:
    """The composition that a side is; no map at all where it is the point that the other side is taken at."""
    beside = composition(other)
    if beside is not None and beside.point is not None and is_name(node) and key(beside.point) == key(node):
        return Composition((), node)
    return composition(node)


def _names(left: Composition, right: Composition) -> bool:
    """Whether the left side is one map that the right side may say what it is, or neither undoes anything."""
    first = left.maps[0] if len(left.maps) == 1 else None
    letters = {m.letter for m in right.maps if m is not None}
    inverse = any(m is not None and m.inverse for m in (*left.maps, *right.maps))
    return not inverse or (first is not None and first.letter not in letters)


def _words(maps: tuple[Map | None, ...]) -> Words | None:
    """The maps with dots written out for each size."""
    found = tuple(written_out(maps, size) for size in SIZES)
    return None if any(word is None for word in found) else tuple(word for word in found if word is not None)


def _given_back(state: State, at: At, pair: Pair) -> Iterator[_Sides]:
    """What takes a point back, after what took it there: nothing, on the left, where both are said of the same maps."""
    back = composition(pair.right)
    if not is_name(pair.left) or back is None or back.point is None or len(back.maps) < 2:
        return
    ours = _words(back.maps)
    if ours is None or not all(one.inverse for word in ours for one in word):
        return
    ways = {words: line for words, line in _ways(state, at, key(back.point), key(pair.left))}
    if len(ways) != 1:
        return
    ((there, line),) = ways.items()
    undone = tuple(tuple(one.undone for one in reversed(word)) for word in there)
    yield _Sides(undone, ours, line)


def _ways(state: State, at: At, end: str, start: str) -> Iterator[tuple[Words, int]]:
    """The compositions that take one point to another, in the formulas around, each with its line."""
    roots, formulas = roots_of(state), state.document.formulas
    for number in range(max(0, at.index - REACH), min(len(roots), at.index + REACH)):
        for chain in stated(roots[number]):
            for pair in chain.pairs():
                found = composition(pair.right) if pair.relation.sign == "=" and key(pair.left) == end else None
                if found is None or found.point is None or key(found.point) != start or len(found.maps) < 2:
                    continue
                words = _words(found.maps)
                if words is not None and not any(one.inverse for word in words for one in word):
                    yield words, state.document.place(formulas[number].span.start).line


def _values(sides: _Sides) -> tuple[tuple[tuple[str, str], ...], str, str]:
    """Affine maps, and what both sides make of one point."""
    left, right = sides.left[0], sides.right[0]
    names = sorted({(one.letter, one.index or "") for one in (*left, *right)})
    slopes = {name: (Fraction(n + 2), Fraction(2 * n + 1)) for n, name in enumerate(names)}
    shown = tuple(
        (f"{letter}_{index}" if index else letter, f"{slope} z + {shift}")
        for (letter, index), (slope, shift) in slopes.items()
    )
    return (*shown, ("z", "1")), str(_applied(left, slopes)), str(_applied(right, slopes))


def _applied(word: tuple[Map, ...], slopes: Mapping[tuple[str, str], tuple[Fraction, Fraction]]) -> Fraction:
    value = Fraction(1)
    for one in reversed(word):
        slope, shift = slopes[one.letter, one.index or ""]
        value = (value - shift) / slope if one.inverse else slope * value + shift
    return value
