"""Moments of parts make those of the whole, far from zero too."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from numerics.sampling.moments import Moments, in_a_tree, merged, moments_of
from numerics.sampling.streams import Stream

cuts = st.lists(st.integers(1, 200), min_size=1, max_size=9)


@given(cuts, st.sampled_from([0.0, 1e4, -1e8]))
def test_parts_make_the_whole(sizes, far):
    values = far + Stream("moments").normals(0, sum(sizes))
    found = in_a_tree([moments_of(part) for part in values.split(sizes)])
    assert found.n == len(values)
    assert np.isclose(found.mean, values.numpy().mean(), rtol=1e-14)
    assert np.isclose(found.m2, ((values - values.mean()) ** 2).sum(), rtol=1e-9 + 1e-16 * abs(far))


def test_the_variance_survives_a_large_mean_where_a_difference_of_squares_loses_it():
    values = 1e8 + Stream("moments").normals(0, 10_000)
    found = in_a_tree([moments_of(part) for part in values.split(100)])
    lost = float((values**2).mean() - values.mean() ** 2)
    assert abs(found.variance - float(values.var())) < 1e-6
    assert abs(lost - float(values.var())) > 1e-2


def test_the_order_of_merging_is_seen_in_the_bits_so_the_tree_is_fixed():
    parts = [moments_of(1e4 + Stream("moments").normals(100 * i, 100)) for i in range(64)]
    one_by_one = Moments()
    for part in reversed(parts):
        one_by_one = merged(one_by_one, part)
    assert in_a_tree(parts) == in_a_tree(tuple(parts))
    assert in_a_tree(parts) != one_by_one


def test_nothing_has_no_moments():
    assert in_a_tree([]) == Moments()
    assert merged(Moments(), moments_of(torch.ones(2, dtype=torch.float64))) == Moments(2, 1.0, 0.0)
