"""Slopes carried through every operation, held against difference quotients; shapes that don't fit."""

from __future__ import annotations

import pytest
from flint import arb, ctx, fmpq

from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet, Misshapen
from numerics.undetermined import Undetermined

STEP = fmpq(1, 10**12)
ONE_ARGUMENT = (
    jets.exponential, jets.logarithm, jets.root, jets.size, jets.sine, jets.cosine, jets.sigmoid,
    jets.tangent_hyperbolic, jets.reciprocal, lambda a: jets.power(a, jets.constant(3)),
    lambda a: jets.power(a, a), lambda a: jets.power(a, jets.constant(fmpq(-1, 2))), lambda a: jets.times(a, a),
    lambda a: jets.total((a, jets.times(a, jets.exponential(a)), jets.constant(4))),
)  # fmt: skip


def at(value: fmpq) -> Jet:
    return Jet(arb(value), (arb(1),))


def numbers(*rows: tuple[int, ...]) -> Array:
    return jets.matrix([[jets.constant(n) for n in row] for row in rows])


def shown(a: Array) -> list[int]:
    return [int(j.value.unique_fmpz()) for j in a.items]


@pytest.mark.parametrize("function", ONE_ARGUMENT)
def test_the_slope_is_the_limit_of_difference_quotients(function):
    x = fmpq(7, 5)
    with ctx.workprec(200):
        (slope,) = function(at(x)).slopes
        quotient = (function(at(x + STEP)).value - function(at(x - STEP)).value) / arb(2 * STEP)
        assert abs(slope - quotient) < arb("1e-15")


def test_what_has_no_value_there_is_undetermined():
    for function in (jets.logarithm, jets.root):
        with pytest.raises(Undetermined):
            function(at(fmpq(-1)))
    for function in (jets.reciprocal, jets.size):
        with pytest.raises(Undetermined):
            function(at(fmpq(0)))


def test_matrices():
    a, b = numbers((1, 2), (3, 4)), numbers((0, 1), (5, 6))
    assert shown(jets.multiplied(a, b)) == [10, 13, 20, 27]
    assert shown(jets.transposed(a)) == [1, 3, 2, 4]
    assert shown(jets.entrywise(a, b)) == [0, 2, 15, 24]
    assert shown(jets.determinant(a)) == [-2]
    assert shown(jets.determinant(numbers((2, 0, 1), (1, 3, 0), (0, 1, 4)))) == [25]
    assert shown(jets.trace(a)) == [5]
    assert shown(jets.diagonal(numbers((7,), (8,)))) == [7, 0, 0, 8]
    assert shown(jets.multiplied(numbers((1, 2)), numbers((3,), (4,)))) == [11]


@pytest.mark.parametrize(
    "misshapen",
    [
        lambda: jets.multiplied(numbers((1, 2)), numbers((1, 2))),
        lambda: jets.added([numbers((1, 2)), numbers((1,), (2,))]),
        lambda: jets.entrywise(numbers((1, 2)), numbers((1,), (2,))),
        lambda: jets.transposed(jets.scalar(jets.constant(1))),
        lambda: jets.determinant(numbers((1, 2))),
        lambda: jets.trace(numbers((1, 2))),
        lambda: jets.diagonal(numbers((1, 2))),
    ],
)
def test_shapes_that_do_not_fit(misshapen):
    with pytest.raises(Misshapen):
        misshapen()


def test_gradients_and_jacobians_have_the_shape_of_their_coordinates():
    x = [Jet(arb(n + 2), tuple(arb(int(k == n)) for k in range(2))) for n in range(2)]
    product = jets.scalar(jets.times(*x))
    assert jets.gradient(product, (2, 1)).shape == (2, 1) and shown(jets.gradient(product, (2, 1))) == [3, 2]
    pair = jets.column([jets.times(x[0], x[0]), jets.times(*x)])
    assert shown(jets.gradient(pair, (2, 1))) == [4, 0, 3, 2]
    with pytest.raises(Misshapen):
        jets.gradient(jets.transposed(pair), (2, 1))
