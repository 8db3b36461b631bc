"""How derivatives are recognised."""

from __future__ import annotations

import pytest

from errata.checking.coordinates.slopes import applied_to, is_at_a_member, slope_of
from errata.reading.names import key
from errata.reading.parser import parse


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"\nabla_\theta L", ("L", r"\theta")),
        (r"\frac{\partial L}{\partial z_{i,k}}", ("L", "z_i,k")),
        (r"\frac{d}{dz} \sigma(z)", (r"\sigma(z)", "z")),
        (r"\frac{\partial}{\partial z_k} \log \sum_j e^{z_j}", (r"\log\sum_je^z_j", "z_k")),
        (r"\partial f / \partial x", ("f", "x")),
    ],
)
def test_a_derivative(latex, found):
    slope = slope_of(parse(latex).statements[0])
    assert slope is not None and (key(slope[0]), key(slope[1])) == found


@pytest.mark.parametrize(
    "latex",
    [r"\nabla L", r"\frac{a}{b}", r"\frac{\partial^2 L}{\partial x \partial y}", r"\frac{d}{dx} (x) y", "a / b"],
)
def test_anything_else(latex):
    assert slope_of(parse(latex).statements[0]) is None


def test_a_name_before_the_variable_in_brackets_is_a_function():
    call, other = (parse(rf"\phi({x})").statements[0] for x in ("z", "w"))
    z = parse("z").statements[0]
    assert applied_to(call, z) != call
    assert applied_to(other, z) is other


@pytest.mark.parametrize(
    ("latex", "variable", "found"),
    [("f(w_k, x_k)", "w", True), ("f(w, x_k)", "w", False), ("f(w_1, w_2)", "w", False), ("f(w_k, x_k)", "w_k", False)],
)
def test_a_slope_at_a_member_of_the_variable(latex, variable, found):
    assert is_at_a_member(parse(latex).statements[0], parse(variable).statements[0]) is found
