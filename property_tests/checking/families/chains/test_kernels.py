"""Normal laws of members of a chain, as a document writes them."""

from __future__ import annotations

import pytest

from errata.checking.families.chains.kernels import between_of, follows, is_first, kernel_of, laws_in
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.unparse import to_latex


def sides(latex: str):
    (chain,) = stated(parse(latex))
    return chain.chain.items[0], chain.chain.items[1]


def test_the_law_of_a_member_given_another_one():
    found = kernel_of(*sides(r"q(x_t | x_{t-1}) = \mathcal{N}(x_t; \sqrt{a_t} x_{t-1}, b_t I)"))
    assert found is not None
    assert (to_latex(found.slope), to_latex(found.spread)) == (r"\sqrt{a_t}", "b_t")
    assert follows(found.to, found.given)
    assert not is_first(found.given)


@pytest.mark.parametrize(
    "latex",
    [
        r"q(x_t | x_{t-1}) = \mathcal{N}(x_t; a_t x_{t-1} + c, b_t I)",
        r"q(x_t | x_{t-1}) = \mathcal{N}(y_t; a_t x_{t-1}, b_t I)",
        r"q(x_t | y_{t-1}) = \mathcal{N}(x_t; a_t y_{t-1}, b_t I)",
        r"q(x_t | x_{t-1}) = \mathcal{N}(x_t; a_t x_{t-1}, B_t)",
        r"q(x_t, x_{t-1}) = \mathcal{N}(a_t x_{t-1}, b_t I)",
        r"h(x_t | x_{t-1}) = \mathcal{N}(x_t; a_t x_{t-1}, b_t I)",
    ],
)
def test_what_is_none(latex):
    assert kernel_of(*sides(latex)) is None
    assert between_of(*sides(latex)) is None


def test_the_law_between_two_members():
    for given in ("x_t, x_0", "x_0, x_t"):
        left, right = sides(rf"q(x_{{t-1}} | {given}) = \mathcal{{N}}(x_{{t-1}}; m, v I)")
        found = between_of(left, right)
        assert found is not None
        assert (to_latex(found.last), to_latex(found.mean), to_latex(found.spread)) == ("x_t", "m", "v")
        assert kernel_of(left, right) is None
    assert between_of(*sides(r"q(x_t | x_{t-1}, x_0) = \mathcal{N}(x_t; m, v I)")) is None


def test_the_laws_of_a_document():
    roots = (parse("a = b"), parse(r"q(x_t | x_0) = \mathcal{N}(x_t; a_t x_0, b_t I)"))
    assert [number for _, number in laws_in(roots)] == [1]
