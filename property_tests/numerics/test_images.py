"""The law of an image by its route without a Jacobian, held against the change of variables and against its mass."""

from __future__ import annotations

from random import Random

import pytest
from flint import arb, ctx

from numerics import gradient_jets as jets
from numerics.images import affine_image, jacobian, linear_current, triangular_image

CLOSE = arb("1e-25")


@pytest.mark.parametrize("image", [affine_image, triangular_image])
@pytest.mark.parametrize("dim", [1, 2, 3])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_both_routes_to_the_law_of_an_image_agree(image, dim, layers):
    with ctx.workprec(200):
        world = image(Random(f"{dim} {layers}"), dim, layers)
        less = [
            jets.logarithm(jets.size(jets.determinant(jacobian(step, point)).items[0])).value
            for step, point in zip(world.forth, world.points, strict=False)
        ]
        assert (
            abs(world.before(world.points[0]).value - sum(less, arb(0)) - world.after(world.points[-1]).value) < CLOSE
        )
        assert world.dim == dim and len(world.points) == layers + 1


@pytest.mark.parametrize("image", [affine_image, triangular_image])
def test_maps_back_undo_the_maps_forth(image):
    with ctx.workprec(200):
        world = image(Random("back"), 3, 2)
        for point, after, back in zip(world.points[:-1], world.points[1:], world.back, strict=True):
            assert all(abs(a.value - b.value) < CLOSE for a, b in zip(back(after).items, point.items, strict=True))


def test_some_maps_turn_the_orientation_around():
    for image in (affine_image, triangular_image):
        worlds = [image(Random(f"turn {n}"), 1, 1) for n in range(12)]
        signs = {jacobian(w.forth[0], w.points[0]).items[0].value > 0 for w in worlds}
        assert signs == {True, False}


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_a_carried_value_grows_by_less_than_the_trace(dim):
    with ctx.workprec(200):
        current = linear_current(Random(f"current {dim}"), dim)
        assert abs(current.carried.value + jets.trace(current.slope).items[0].value) < CLOSE
        assert abs(current.resting.value - current.carried.value) > CLOSE
