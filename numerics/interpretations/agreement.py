"""Whether a relation between two sentences holds in random worlds of every kind.

A world counts only where both sides have a value there. The sides are apart where their balls don't meet at two
precisions; they agree where the balls meet. An equation that both sides satisfy by being the same constant is tried
again in loose worlds, where marginals and conditionals are unrelated numbers: if it is the same constant there too, it
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

from flint import arb, ctx, fmpq

from claims.records import Record
from claims.sentences import Extremum, Sentence
from numerics.balls import PRECISIONS
from numerics.interpretations.evaluation import exact, places, value
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import ABOVE_ZERO, ANY, KINDS, UNIT, Kind, Parameters, World
from numerics.undetermined import Undetermined

WORLDS = 2
"""Worlds of each kind."""
CORNER_WORLDS = 32
"""Worlds in which one outcome after the other is nearly sure."""
POINTS = 3
"""Choices of values for the free names of a relation in each world."""
RANGES = (ANY, ABOVE_ZERO, UNIT)


class Apart(Record):
    """A world, and values of the free names, where the relation fails at two precisions."""

    world: World
    names: Mapping[str, fmpq]
    left: str
    right: str


class Tally(Record):
    """What the worlds of one kind said."""

    kind: Kind
    agree: int
    differ: int
    undefined: int
    first: Apart | None
    values: frozenset[str]
    """Some values of both sides, to see whether they are the same everywhere."""


def tallies(
    left: Sentence,
    sign: str,
    right: Sentence,
    signature: Signature,
    seed: int,
    parameters: Parameters = ANY,
    kinds: Sequence[Kind] = KINDS,
    worlds: int = WORLDS,
    loose: bool = False,
) -> Iterator[Tally]:
    """The worlds of each kind in turn, as they are asked for."""
    asked = _Asked(left, sign, right, signature, f"{seed}", parameters, loose)
    known = _known(left, sign, right, signature.said, f"{seed}", parameters, loose)
    for kind in kinds:
        yield _tally(asked, kind, CORNER_WORLDS if kind.corners else worlds, known)


def says_something(left: Sentence, sign: str, right: Sentence, signature: Signature, seed: int) -> bool:
    """Whether a relation between constants fails, or its sides vary, where marginals and conditionals are unrelated."""
    found = list(tallies(left, sign, right, signature, seed, kinds=KINDS[:3], loose=True))
    return any(t.differ for t in found) or len(frozenset().union(*(t.values for t in found))) > 1


class _Asked(Record):
    """A relation, and what its worlds interpret."""

    left: Sentence
    sign: str
    right: Sentence
    signature: Signature
    seed: str
    parameters: Parameters
    loose: bool


class _Seen(Record):
    """What one world said: 1 where the relation holds at every point that has values, −1 where it fails at one, 0 where
    none has any."""

    found: int
    apart: Apart | None
    shown: tuple[str, ...]


@lru_cache(maxsize=64)
def _known(*asked: object) -> dict[tuple[Kind, int], _Seen]:
    """What the worlds of a question said so far, by their kind and number: one premise after the other takes the same
    worlds, and a relation is asked again with its lists written out."""
    return {}


def _tally(asked: _Asked, kind: Kind, worlds: int, known: dict[tuple[Kind, int], _Seen]) -> Tally:
    seen: list[_Seen] = []
    for number in range(worlds):
        if (kind, number) not in known:
            world = World(kind, asked.signature, f"{asked.seed} {number}", asked.parameters, number, asked.loose, exact)
            known[kind, number] = _in_world(asked.left, asked.sign, asked.right, world)
        seen.append(known[kind, number])
    agree, differ, undefined = (sum(one.found == sign for one in seen) for sign in (1, -1, 0))
    first = next((one.apart for one in seen if one.apart is not None), None)
    return Tally(kind, agree, differ, undefined, first, frozenset(text for one in seen for text in one.shown))


def _in_world(left: Sentence, sign: str, right: Sentence, world: World) -> _Seen:
    agreed, shown = 0, list[str]()
    for names in points(world):
        try:
            a, b = _sides(world, left, right, names, PRECISIONS[0])
            shown.append(" ".join(_shown(a, b, 12)))
            if _related(a, sign, b) is not False:
                agreed += 1
                continue
            a, b = _sides(world, left, right, names, PRECISIONS[1])
        except Undetermined:
            continue
        if _related(a, sign, b) is False:
            return _Seen(-1, Apart(world, names, *_shown(a, b)), tuple(shown))
    return _Seen(1 if agreed else 0, None, tuple(shown))


def _sides(world: World, left: Sentence, right: Sentence, names: Mapping[str, fmpq], bits: int) -> tuple[Any, Any]:
    before = ctx.prec
    ctx.prec = bits
    try:
        a, b = _side(world, left, names), _side(world, right, names)
    except (ZeroDivisionError, ValueError, OverflowError) as fault:
        raise Undetermined(str(fault)) from None
    finally:
        ctx.prec = before
    for x in (a, b):
        if isinstance(x, arb) and not x.is_finite():
            raise Undetermined("a value that is not finite")
    return a, b


def _side(world: World, sentence: Sentence, names: Mapping[str, fmpq]) -> Any:
    return places(world, sentence, names) if isinstance(sentence, Extremum) else value(world, sentence, names)


def _related(a: Any, sign: str, b: Any) -> bool | None:
    """Whether the relation holds; None where balls overlap, so that it can't be told from equality."""
    if isinstance(a, frozenset) or isinstance(b, frozenset):
        return bool(a == b)
    overlap = a == b if isinstance(a, fmpq) and isinstance(b, fmpq) else arb(a).overlaps(arb(b))
    if sign == "=":
        return bool(overlap)
    if overlap:
        return False if sign in ("<", ">") and isinstance(a, fmpq) and isinstance(b, fmpq) else None
    return bool(a < b) if sign in ("<", "≤") else bool(a > b)


def _shown(a: Any, b: Any, digits: int = 8) -> tuple[str, str]:
    return _text(a, digits), _text(b, digits)


def _text(x: Any, digits: int) -> str:
    if isinstance(x, frozenset):
        return "{" + ", ".join("(" + ", ".join(at) + ")" for at in sorted(x)) + "}"
    return str(x) if isinstance(x, fmpq) and len(str(x)) < 12 else str(arb(x).str(digits, radius=False))


def points(world: World) -> list[dict[str, fmpq]]:
    """Some choices of values for the free names: one value for each name, whatever its case."""
    names = sorted(world.signature.names)
    choices = list(product(*(world.support(world.signature.names[n]) for n in names)))
    if len(choices) > POINTS:
        choices = Random(f"{world.seed} points").sample(choices, POINTS)
    return [dict(zip(names, choice, strict=True)) for choice in choices]
