"""Laws of few values: they have the moments that were asked for, and those of few values are known as such."""

from __future__ import annotations

from random import Random

from flint import fmpq

from numerics.few_values import with_mean_and_variance, with_moments


def number(q):
    return int(q.p) / int(q.q)


def moment(law, k):
    return sum(number(p) * number(v) ** k for p, v in zip(law.chances, law.values, strict=True))


def test_moments_of_a_law_on_the_half_line_are_kept():
    factorials = [fmpq(f) for f in (1, 2, 6, 24, 120, 720, 5040)]
    law = with_moments(factorials)
    assert law is not None and law.moments == 7 and len(law.values) == 4
    assert all(abs(moment(law, k) - int(f.p)) < 1e-9 * int(f.p) for k, f in enumerate(factorials, 1))


def test_a_law_of_two_values_is_found():
    law = with_moments([fmpq(1, 3)] * 7)
    assert law is not None and law.moments is None and [round(number(v), 9) for v in law.values] == [0, 1]


def test_a_constant_has_no_spread():
    assert with_moments([fmpq(2) ** k for k in range(1, 8)]) is None


def test_means_and_variances_are_kept():
    law = with_mean_and_variance(fmpq(3), fmpq(1, 2), 3, Random(5))
    assert abs(moment(law, 1) - 3) < 1e-12 and abs(moment(law, 2) - 9.25) < 1e-12
    assert sum(law.chances, fmpq(0)) == 1
    assert all(abs(number(r) ** 2 - number(p)) < 1e-12 for r, p in zip(law.roots, law.chances, strict=True))
