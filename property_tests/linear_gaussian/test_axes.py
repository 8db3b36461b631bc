"""The axis of probabilistic PCA: links, routes, planted slips, and torch's own losses over many directions."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational

from derivations.linear_gaussian.axes import (
    DERIVATIONS,
    ppca_axis_any_ge,
    ppca_axis_of_three_ge,
    ppca_determinant_any_step_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def side(derivation, which: str, **values) -> float:
    point = {name: value if isinstance(value, Integer) else Rational(float(value)) for name, value in values.items()}
    return float(worth(getattr(derivation.claim, which), point, derivation.claim.where).mid())


def normal(*shape: int, seed: int) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def loss(v: float, loading: torch.Tensor, sample: torch.Tensor) -> float:
    model = v * torch.eye(len(loading), dtype=torch.float64) + torch.outer(loading, loading)
    return float(torch.logdet(model) + torch.linalg.solve(model, sample).trace())


DRAWN = st.tuples(st.integers(2, 6), st.integers(0, 10**6))


@settings(max_examples=20, deadline=None)
@given(DRAWN)
def test_one_coordinate_after_another_comes_to_torchs_determinant(drawn):
    size, seed = drawn
    loading, value = normal(size, seed=seed), 0.0
    for n in range(1, size):
        so_far = float(loading[:n] @ loading[:n])
        value = side(ppca_determinant_any_step_eq, "right", v=0.5, n=Integer(n), g=so_far, w=loading[n])
    model = 0.5 * torch.eye(size, dtype=torch.float64) + torch.outer(loading, loading)
    assert value == pytest.approx(float(torch.linalg.det(model)), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(DRAWN)
def test_no_direction_has_a_lesser_loss_than_the_first_eigenvector(drawn):
    """Of full sample covariances, in two to six dimensions; both sides of the claim are torch's losses."""
    size, seed = drawn
    noise, v = normal(size, size + 2, seed=seed), 0.5
    sample = noise @ noise.T
    values, vectors = torch.linalg.eigh(sample)
    loading = normal(size, seed=seed + 1)
    g, top = float(loading @ loading), float(values[-1])
    least = max(float(values[0]), 1e-9)
    letters = {"v": v, "n": Integer(size - 1), "g": g, "T": sample.trace(), "l": least, "e": top - least}
    k = max(top - float(loading @ sample @ loading) / g, 0.0)
    anywhere, at_axis = side(ppca_axis_any_ge, "left", **letters, k=k), side(ppca_axis_any_ge, "right", **letters)
    assert anywhere == pytest.approx(loss(v, loading, sample), rel=1e-6)
    assert at_axis == pytest.approx(loss(v, vectors[:, -1] * g**0.5, sample), rel=1e-6)
    assert at_axis <= anywhere + 1e-9


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_in_three_dimensions_the_bound_is_met_along_the_first_eigenvector(seed):
    w, (v, least, e, f) = normal(3, seed=seed), normal(4, seed=seed + 1).abs().add(0.1)
    length = float(w @ w) ** 0.5
    letters = {"v": v, "l": least, "e": e, "f": f}
    free = side(ppca_axis_of_three_ge, "left", w_1=w[0], w_2=w[1], w_3=w[2], **letters)
    along = side(ppca_axis_of_three_ge, "left", w_1=length, w_2=0, w_3=0, **letters)
    bound = side(ppca_axis_of_three_ge, "right", w_1=w[0], w_2=w[1], w_3=w[2], **letters)
    assert along == pytest.approx(bound, rel=1e-6)
    assert free >= bound - 1e-9
