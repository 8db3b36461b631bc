"""Random mixtures: their blocks depend on each other, marginals are integrals, and they move with time."""

from __future__ import annotations

from flint import arb, fmpq

from numerics.smooth_laws import REACH, Mixture, hermite, random_field, trapezoid
from numerics.taylor import coordinate

LAW = Mixture("seed")


def at(x: fmpq, y: fmpq | None = None) -> arb:
    one = coordinate(1, 0, 0, 1)
    blocks = [("x", [one.constant(x)]), *([] if y is None else [("y", [one.constant(y)])])]
    return LAW.density(blocks, one).value


def test_a_marginal_is_the_integral_of_the_joint():
    x = fmpq(1, 3)
    whole = sum((at(x, y) * w for y, w in trapezoid(fmpq(-REACH), fmpq(REACH), 150)), arb(0))
    assert abs(whole - at(x)) < 1e-12
    assert abs(sum((at(y) * w for y, w in trapezoid(fmpq(-REACH), fmpq(REACH), 150)), arb(0)) - 1) < 1e-12


def test_blocks_depend_on_each_other():
    one = coordinate(1, 0, 0, 1)
    y = LAW.density([("y", [one.constant(1)])], one).value
    assert abs(at(fmpq(1, 3), fmpq(1)) - at(fmpq(1, 3)) * y) > 1e-4


def test_it_moves_with_time():
    time, x = coordinate(1, 1, 0, fmpq(1, 2)), coordinate(1, 1, 0, 1).constant(1)
    assert abs(Mixture("seed", time).density([("x", [x])], x.constant(1)).slope(0).value) > 1e-6
    assert LAW.density([("x", [x])], x.constant(1)).slope(0).value == 0


def test_hermite_averages_polynomials():
    assert abs(sum(w * x**4 for x, w in hermite(5)) - 3) < fmpq(1, 10**12)
    assert abs(sum(w * x**10 for x, w in hermite(5)) - 945) > 1  # one degree beyond


def test_a_field_has_slopes_of_every_low_order():
    x = coordinate(1, 3, 0, fmpq(1, 7))
    found = random_field("seed", [x], x.constant(1))
    for _ in range(3):
        found = found.slope(0)
        assert abs(found.value) > 1e-6
