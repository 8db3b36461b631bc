"""Taylor series in several coordinates against derivatives that are known, and what a truncated one can't tell."""

from __future__ import annotations

from flint import arb, fmpq

from numerics.taylor import Taylor, coordinate


def two() -> tuple[Taylor, Taylor]:
    return coordinate(2, 3, 0, fmpq(1, 2)), coordinate(2, 3, 1, fmpq(-2, 3))


def close(a: arb, b: arb) -> bool:
    return bool(abs(a - b) < 1e-12)


def test_slopes_of_a_product_with_an_exponential():
    x, y = two()
    found = (x * x * y).exponential()
    a, b = arb(fmpq(1, 2)), arb(fmpq(-2, 3))
    value = (a * a * b).exp()
    assert close(found.value, value)
    assert close(found.slope(0).value, 2 * a * b * value)
    assert close(found.slope(0).slope(1).value, (2 * a + 2 * a**3 * b) * value)
    assert not close(found.slope(0).slope(1).value, 2 * a * value)


def test_quotients_roots_and_powers_agree():
    x, y = two()
    root = (x + y * y).root()
    assert close((root * root).slope(1).slope(1).value, arb(2))
    quotient = x / (x + y * y)
    inverse = (x + y * y).power(x.constant(-1))
    assert close(quotient.slope(1).slope(1).slope(0).value, (x * inverse).slope(1).slope(1).slope(0).value)
    assert close(x.power(x.constant(fmpq(1, 2))).slope(0).value, 1 / (2 * arb(fmpq(1, 2)).sqrt()))


def test_the_order_is_an_end():
    x, _ = two()
    cube = x * x * x
    assert close(cube.slope(0).slope(0).slope(0).value, arb(6))
    fourth = cube * x
    assert not close(fourth.slope(0).slope(0).slope(0).slope(0).value, arb(24))  # beyond what is kept


def test_a_logarithm_of_a_negative_number_is_not_finite():
    assert not coordinate(1, 1, 0, -1).logarithm().value.is_finite()
