"""Laws of few values that stand for others: the values and chances of a law with given moments.

A law of k values that has the first 2k − 1 moments of another one (its Gauss quadrature) gives every polynomial in one
variable up to that degree the same mean. Numbers are exact to 60 digits for the moments that are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from flint import fmpq
from mpmath import mp, mpf

from claims.records import Record

DIGITS = 60
SINGULAR = 1e-9
"""How small a determinant of moments is, beside that of one moment less, where the law has no more values."""
SCALE = 10**50


class FewValues(Record):
    """A law: its values, their chances, and the square roots of the chances, each accurate to 50 digits.

    Its first ``moments`` moments are those asked for; all of them where it is None.
    """

    values: tuple[fmpq, ...]
    chances: tuple[fmpq, ...]
    roots: tuple[fmpq, ...]
    moments: int | None


def with_moments(moments: Sequence[fmpq]) -> FewValues | None:
    """The law of as few values as have the moments E[X], E[X²], …, an odd number of them; None where it is constant.

    Where a law of fewer values has all of them, the moments are taken for those of that law.
    """
    with mp.workdps(DIGITS):
        known = [mpf(1), *(mpf(int(m.p)) / mpf(int(m.q)) for m in moments)]
        most = len(known) // 2
        count = next((k - 1 for k in range(2, most + 1) if _is_singular(known, k)), most)
        if count < 2:
            return None
        values = _nodes(known, count)
        if values is None:
            return None
        powers = mp.matrix([[v**row for v in values] for row in range(count)])
        chances = list(mp.lu_solve(powers, mp.matrix(known[:count])))
        if min(chances) <= 0:
            return None
        return _law(values, chances, None if count < most else 2 * count - 1)


def with_mean_and_variance(mean: fmpq, deviation: fmpq, count: int, random: Random) -> FewValues:
    """A random law of so many values with a mean and a standard deviation."""
    with mp.workdps(DIGITS):
        weights = [mpf(random.randint(2, 7)) for _ in range(count)]
        chances = [w / sum(weights) for w in weights]
        places = [mpf(n * 5 + random.randint(0, 3)) for n in range(count)]
        middle = sum(p * x for p, x in zip(chances, places, strict=True))
        spread = mp.sqrt(sum(p * (x - middle) ** 2 for p, x in zip(chances, places, strict=True)))
        start, scale = (mpf(int(q.p)) / mpf(int(q.q)) for q in (mean, deviation))
        return _law([start + scale * (x - middle) / spread for x in places], chances, 2)


def _law(values: Sequence[mpf], chances: Sequence[mpf], moments: int | None) -> FewValues:
    exact = [_rational(p) for p in chances[:-1]]
    last = 1 - sum(exact, fmpq(0))
    roots = [_rational(mp.sqrt(p)) for p in chances]
    return FewValues(tuple(map(_rational, values)), (*exact, last), tuple(roots), moments)


def _rational(x: mpf) -> fmpq:
    return fmpq(int(mp.nint(x * SCALE)), SCALE)


def _is_singular(known: Sequence[mpf], k: int) -> bool:
    """Whether the first moments are those of less than k values: their table, scaled to ones, adds no rank."""
    scaled = [[known[i + j] / mp.sqrt(known[2 * i] * known[2 * j]) for j in range(k)] for i in range(k)]
    less = mp.matrix([row[: k - 1] for row in scaled[: k - 1]])
    return bool(abs(mp.det(mp.matrix(scaled))) < SINGULAR * abs(mp.det(less)))


def _nodes(known: Sequence[mpf], count: int) -> list[mpf] | None:
    """The zeros of the polynomial that is orthogonal to all lower ones."""
    table = mp.matrix([[known[i + j] for j in range(count)] for i in range(count)])
    low = mp.lu_solve(table, mp.matrix([-known[count + i] for i in range(count)]))
    try:
        zeros = mp.polyroots([mpf(1), *reversed(list(low))], maxsteps=200, extraprec=200)
    except mp.NoConvergence:
        return None
    if any(abs(mp.im(z)) > mpf(10) ** -20 for z in zeros):
        return None
    return [mp.re(z) for z in zeros]
