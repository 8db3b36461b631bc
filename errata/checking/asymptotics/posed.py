"""A statistic of a sample at laws of few values: what it is where the counts of the values are off by so much.

The count of a value of chance p among n members is n p + √n g for a normal g, so that a statistic is a function of a
few normal numbers, whose law far out is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from random import Random
from types import MappingProxyType

import sympy as sp
from flint import arb, fmpq

from claims.records import Record
from errata.checking.algebra import lowered
from errata.checking.asymptotics.samples import Sample
from errata.checking.asymptotics.statistics import ANY, CHANCE, COUNT, VALUE, Written
from errata.reading.families.terms import Laws, built
from errata.reading.generic import Generic
from errata.reading.names import is_name, key, unraised
from errata.reading.numbers import plain
from errata.reading.relations import Pair
from errata.reading.tree import Node, Num, Relation, Script
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.families.admissible import Univariate, is_admissible, point
from numerics.families.moments import raw_moment
from numerics.few_values import FewValues, with_mean_and_variance, with_moments

VALUES = 4
MOMENTS = 2 * VALUES - 1
OF_ANY_LAW = 3
"""Values of a law of which only mean and variance are known."""
BITS = 256

Place = Mapping[sp.Symbol, fmpq]
Told = tuple[tuple[str, str], ...]
"""The names of a law of a member, with their values."""
FREE: Place = MappingProxyType({})


class Posed(Record):
    """Both sides in free symbols, with the names that have values and how far the law of a member matters.

    ``degree`` is the highest power of a member that is averaged, None where a summand is no polynomial.
    """

    left: sp.Expr
    right: sp.Expr
    size: sp.Symbol
    law: Univariate | None
    known: frozenset[sp.Symbol]
    free: tuple[sp.Symbol, ...]
    degree: int | None
    sample: Sample


def posed(sample: Sample, size: str, left: Node, right: Node, sums: bool, choice: Mapping[str, int]) -> Posed:
    """Two expressions of a sample, S_n taken for its sum or not. Raises Unlowered."""
    law = None if sample.law is None else built(sample.law, Generic({}), Laws({}, choice=choice))
    count = VALUES if law is not None else OF_ANY_LAW
    n, known = sp.Symbol(size, real=True), _known(sample, law)
    written = Written(sample.letter, size, count, sums, frozenset(map(str, known)), sample.drawn_from)
    sides = _in_symbols(written.of(left), written.of(right))
    own = {s for s in _symbols(*sides) if str(s).startswith((VALUE, COUNT, CHANCE))}
    if n in known or not any(str(s).startswith(COUNT) for s in sides[0].free_symbols):
        raise Unlowered("no statistic of a sample whose law stays the same")
    free = tuple(sorted(_symbols(*sides) - own - {n}, key=str))
    return Posed(*sides, n, law, known, free, _degree(written.summands), sample)


def _in_symbols(left: Node, right: Node) -> tuple[sp.Expr, sp.Expr]:
    sides = lowered(Pair(left, Relation(0, 0, "=", "="), right, 0))
    met = sides.generic
    if met.matrices or met.interpreted or met.means or met.sizes or met.marked or met.member_means:
        raise Unlowered("the statistic has parts that are not known")
    if not isinstance(sides.left, sp.Expr) or not isinstance(sides.right, sp.Expr):
        raise Unlowered("a statistic that is no number")
    return sides.left, sides.right


def _symbols(*sides: sp.Expr) -> set[sp.Symbol]:
    return set().union(*(side.free_symbols for side in sides))


def _known(sample: Sample, law: Univariate | None) -> frozenset[sp.Symbol]:
    """The parameters of the law of a member, or the names of its mean and its standard deviation."""
    if law is not None:
        return frozenset(law.free_symbols)
    parts = (n for n in (sample.mean, sample.variance) if n is not None and not isinstance(n, Num))
    return frozenset(sp.Symbol(key(_root(n)), real=True) for n in parts)


def _root(node: Node) -> Node:
    """σ of σ²; any name itself."""
    return unraised(node) if isinstance(node, Script) and not is_name(node) else node


def _degree(summands: Sequence[Node]) -> int | None:
    """The highest power of a member in some functions of one; None where one of them is no polynomial."""
    place = sp.Symbol(ANY, real=True)
    degrees = [0]
    for summand in summands:
        e = _in_symbols(summand, Num(0, 0, "0"))[0]
        if not e.is_polynomial(place):
            return None
        degrees.append(int(sp.degree(e, place)) if e.has(place) else 0)
    return max(degrees)


def places(
    of: Posed, seed: int, most: int, fixed: Place = FREE
) -> Iterator[tuple[Place, FewValues, tuple[tuple[str, str], ...]]]:
    """Random laws of a member with values of the names, those in ``fixed`` given: each a point, the law of few values,
    and what is told of it."""
    random = Random(f"{seed} {of.sample.letter} {of.left}")
    for turn in range(most):
        named = _with_law(of, turn, random, fixed) if of.law is not None else _with_moments(of, turn, random, fixed)
        if named is None:
            continue
        at, few = named
        told = tuple((str(s), str(v)) for s, v in sorted(at.items(), key=lambda one: str(one[0])) if s in of.known)
        shown = tuple((name, value if len(value) < 20 else f"{float(sp.Rational(value)):.6g}") for name, value in told)
        others = {s: fmpq(random.randint(1, 90), 37) for s in of.free if s not in at}
        yield {**at, **others, **_chances(few)}, few, shown


def _with_law(of: Posed, turn: int, random: Random, fixed: Place) -> tuple[dict[sp.Symbol, fmpq], FewValues] | None:
    law = of.law
    assert law is not None
    at = point(sorted(law.free_symbols, key=str), [law], {}, frozenset(), frozenset(), (), turn, random)
    if at is None or not is_admissible(law, at := {**at, **fixed}):
        return None
    try:
        moments = [_middle(enclose(raw_moment(law, k), BITS, at=at)) for k in range(1, MOMENTS + 1)]
    except Undetermined:
        return None
    few = with_moments(moments)
    return None if few is None else (dict(at), few)


def _middle(ball: arb) -> fmpq:
    man, exp = ball.mid().man_exp()
    return fmpq(int(man)) * fmpq(2) ** int(exp)


def _with_moments(of: Posed, turn: int, random: Random, fixed: Place) -> tuple[dict[sp.Symbol, fmpq], FewValues]:
    """A random law with the mean and the variance that the text gives, or with random ones, the names taking these."""
    at: dict[sp.Symbol, fmpq] = {}
    mean, spread = fmpq(random.choice((-1, 1)) * random.randint(25, 90), 37), fmpq(2 * random.randint(20, 90) + 1, 74)
    mean = mean if turn % 2 else abs(mean) + 3 * spread  # of positive values, as log X needs
    if isinstance(of.sample.mean, Num):
        mean = _number(of.sample.mean)
    elif of.sample.mean is not None:
        name = sp.Symbol(key(_root(of.sample.mean)), real=True)
        mean = at[name] = fixed.get(name, mean)
    variance = of.sample.variance
    if isinstance(variance, Num):
        spread = _square_root(_number(variance))
    elif variance is not None:
        name, squared = sp.Symbol(key(_root(variance)), real=True), not is_name(variance)
        given = fixed.get(name)
        spread = spread if given is None else given if squared else _square_root(given)
        at[name] = spread if squared else spread**2
    return at, with_mean_and_variance(mean, spread, OF_ANY_LAW, random)


def _number(node: Num) -> fmpq:
    value = Fraction(plain(node.text))
    return fmpq(value.numerator, value.denominator)


def _square_root(value: fmpq) -> fmpq:
    return _middle(enclose(sp.sqrt(sp.Rational(int(value.p), int(value.q))), BITS))


def _chances(few: FewValues) -> Place:
    """The values of a law and their chances, by the names that statistics have for them; values it hasn't are 0."""
    missing = OF_ANY_LAW if few.moments == 2 else VALUES
    values, chances = (list(part) + [fmpq(0)] * (missing - len(part)) for part in (few.values, few.chances))
    named = {f"{VALUE}{j}": v for j, v in enumerate(values, 1)} | {f"{CHANCE}{j}": p for j, p in enumerate(chances, 1)}
    return {sp.Symbol(name, real=True): value for name, value in named.items()}


def with_counts(of: Posed, at: Place, few: FewValues, far: int, normal: Sequence[fmpq]) -> Place:
    """A point with a size, a square, and with the counts of the values where independent normal numbers are these."""
    root = fmpq(isqrt(far))
    drift = sum((r * z for r, z in zip(few.roots, normal, strict=True)), fmpq(0))
    off = [r * z - p * drift for r, z, p in zip(few.roots, normal, few.chances, strict=True)]
    counts = {f"{COUNT}{j}": p * far + root * g for j, (p, g) in enumerate(zip(few.chances, off, strict=True), 1)}
    spare = {f"{COUNT}{j}": fmpq(0) for j in range(len(few.values) + 1, VALUES + 1)}
    return {**at, of.size: fmpq(far), **{sp.Symbol(n, real=True): c for n, c in {**spare, **counts}.items()}}
