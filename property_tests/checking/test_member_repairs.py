"""Relations between vectors and their members that are one slip away from holding in every size."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.member_repairs import refute_members
from property_tests.checking.test_expected import pair


@pytest.mark.parametrize(
    ("latex", "repaired"),
    [
        (r"z' z = \sum_{i=1}^n z_i", "z_i^2"),
        (r"y' y = \frac{1}{2} \sum_{i=1}^n y_i^2", "y_i^2"),
        (r"\|\theta\|_1 = \sum_{j=1}^d \theta_j", None),  # for positive members it is true
        (r"\| y - \mathbf{X} \theta \|^2 = \sum_{i=1}^n (y_i + \theta' \mathbf{x}_i)^2", r"y_i - \theta"),
        (r"y' y = \sum_{i=1}^n (y_i - \bar{y})^2 - n \bar{y}^2", r"+ n \bar{y}^2"),
        (r"L(\mathbf{u}) + c \|\mathbf{u}\|_2^2 = L(\mathbf{u}) - c \sum_{j=1}^d u_j^2", "+ c"),
        (r"L(\mathbf{u}) + c \|\mathbf{u}\|_2^2 = L(\mathbf{u})^2 + c \sum_{j=1}^d u_j^2", r"L(\mathbf{u}) + c"),
        (r"\frac{1}{v} \hat{r}' \hat{r} = \frac{2}{v} \sum_{i=1}^n \hat{r}_i^2", r"\frac{1}{v}"),
    ],
)
def test_a_slip_is_refuted_where_its_undoing_holds_in_every_size(latex: str, repaired: str | None) -> None:
    found = refute_members(pair(latex), 0)
    assert (found is None) is (repaired is None)
    if found is not None and repaired is not None:
        assert isinstance(found[0].verdict, Refuted) and repaired in found[1].repair.latex
        assert all("[]" not in name for name, _ in found[0].verdict.by.witness)


@pytest.mark.parametrize(
    "latex",
    [
        r"z' z = \sum_{i=1}^n z_i^2",
        r"y' y = \sum_{i=1}^n x_i^2",
        r"y' y = \sum_{i=1}^n f(y_i)",
        r"L(\mathbf{u}) + \|\mathbf{u}\|_2^2 = L(-\mathbf{u}) + \sum_{j=1}^d u_j^2",  # L may be even
        r"\hat{r}' \hat{r} = \sum_{i=1}^n (\hat{r}_i^2 - \hat{r}_i)",  # residuals may add up to 0
        r"y' \hat{f} = \sum_{i=1}^n \hat{f}_i^2",  # so it is where the fit is one by least squares
    ],
)
def test_what_holds_or_may_hold_is_let_pass(latex: str) -> None:
    assert refute_members(pair(latex), 0) is None
