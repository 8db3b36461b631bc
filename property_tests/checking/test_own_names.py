"""Where each side has a letter that the other one lacks, nothing is tried; where it may be made of others, it is."""

from __future__ import annotations

import pytest

from errata.checking.own_names import each_has_its_own
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated


def pair(latex: str) -> Pair:
    (chain,) = stated(parse(latex, {}))
    (only,) = chain.pairs()
    return only


@pytest.mark.parametrize(
    "latex",
    [
        r"a b = a c",
        r"\frac{1}{2} \log s + t = t - \log(2 \pi u)",
        r"A^{-1} x_1 = B x_2",
        r"\sum_{i=1}^n x_i + a = n b",
        r"\hat{\beta}^\mathrm{T} X = \gamma^\mathrm{T} X",
    ],
)
def test_a_letter_on_each_side_that_the_other_one_lacks_is_seen(latex: str) -> None:
    assert each_has_its_own(pair(latex))


@pytest.mark.parametrize(
    "latex",
    [
        r"a (b + c) = a b + a c",
        r"a - a + b = b",
        r"\log x = -\frac{1}{2} \log(2 \pi x)",
        r"\sum_{i=1}^3 x_i = x_1 + x_2 + x_3",
        r"\sum_{i=1}^n x_i = \sum_{j=1}^n x_j",
        r"X^\mathrm{T} X = \sum_{i=1}^n x_i x_i^\mathrm{T}",
        r"\mathbf{w}^\mathrm{T} \mathbf{w} = \sum_i w_i^2",
        r"\frac{1}{n} \sum_{i=1}^n y_i = \bar{y}",
        r"\int_0^1 x^2 \, dx = \int_0^1 y^2 \, dy",
        r"\int_0^1 a \, dx = a \int_0^1 \, dy",
        r"\mathrm{tr}(I_n) = n",
        r"\mathrm{tr}(X (X^\mathrm{T} X)^{-1} X^\mathrm{T}) = p",
        r"e^{x} = \exp x",
    ],
)
def test_what_may_be_the_same_under_another_letter_is_tried(latex: str) -> None:
    assert not each_has_its_own(pair(latex))
