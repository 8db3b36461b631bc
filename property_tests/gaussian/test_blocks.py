"""Blocks of normal vectors: links, routes, planted slips, and the induction run on full matrices of several sizes."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational

from derivations.gaussian.blocks import (
    DERIVATIONS,
    conditional_cov_any_step_eq,
    linear_map_any_step_eq,
    normal_density_any_step_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def stated(derivation, **values) -> float:
    point = {name: value if isinstance(value, Integer) else Rational(float(value)) for name, value in values.items()}
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def covariance(size: int, seed: int) -> torch.Tensor:
    noise = torch.randn(size, size + 1, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    return noise @ noise.T + torch.eye(size, dtype=torch.float64)


SIZES = st.tuples(st.integers(2, 5), st.integers(1, 3), st.integers(0, 10**6))


@settings(max_examples=15, deadline=None)
@given(SIZES)
def test_one_coordinate_after_another_comes_to_the_schur_complement(drawn):
    """The step, from the empty block on: after the last coordinate, S_yy − S_yA S_AA⁻¹ S_Ay of full matrices."""
    block, rest, seed = drawn
    whole = covariance(block + rest, seed)
    left = whole.clone()
    for k in range(block):
        done = whole[:, :k] @ torch.linalg.solve(whole[:k, :k], whole[:k, :]) if k else 0 * whole
        left = torch.tensor(
            [
                [
                    stated(
                        conditional_cov_any_step_eq,
                        **{"c": whole[i, j], "r": done[i, j], "w": done[i, k], "f": whole[i, k]},
                        **{"b": whole[k, j], "p": done[k, j], "s": whole[k, k] - done[k, k]},
                    )
                    for j in range(block + rest)
                ]
                for i in range(block + rest)
            ],
            dtype=torch.float64,
        )
    across = whole[block:, :block]
    schur = whole[block:, block:] - across @ torch.linalg.solve(whole[:block, :block], across.T)
    assert torch.allclose(left[block:, block:], schur, rtol=1e-9, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(SIZES)
def test_one_density_after_another_comes_to_torchs(drawn):
    size, _, seed = drawn
    whole = covariance(size, seed)
    x = torch.linspace(-1, 2, size, dtype=torch.float64)
    law = torch.distributions.MultivariateNormal(torch.zeros(size, dtype=torch.float64), whole)
    k = size - 1
    inverse = torch.linalg.inv(whole[:k, :k])
    value = stated(
        normal_density_any_step_eq,
        n=Integer(k),
        D=torch.linalg.det(whole[:k, :k]),
        g=x[:k] @ inverse @ x[:k],
        b=x[k],
        p=whole[k, :k] @ inverse @ x[:k],
        s=whole[k, k] - whole[k, :k] @ inverse @ whole[:k, k],
    )
    assert value == pytest.approx(float(law.log_prob(x)), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(SIZES)
def test_one_column_after_another_comes_to_the_covariance_of_the_map(drawn):
    """The last coordinate comes in; what came before is two rows of the map so far."""
    size, _, seed = drawn
    whole = covariance(size, seed)
    rows = torch.randn(2, size, dtype=torch.float64, generator=torch.Generator().manual_seed(seed + 1))
    forms = torch.eye(3, size, dtype=torch.float64)
    forms[:2], forms[2] = rows, 0
    forms[:2, -1], forms[2, -1] = 0, 1
    joint = forms @ whole @ forms.T + 1e-12 * torch.eye(3, dtype=torch.float64)
    factor = torch.linalg.cholesky(joint)
    entries = factor[torch.tril_indices(3, 3).unbind()]
    letters = {f"h_{i}": entry for i, entry in enumerate(entries, start=1)}
    value = stated(linear_map_any_step_eq, a=rows[0, -1], b=rows[1, -1], **letters)
    assert value == pytest.approx(float((rows @ whole @ rows.T)[0, 1]), rel=1e-6, abs=1e-6)
