"""What has no real value is told from what merely can't be enclosed."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import fmpq

from numerics.balls import Undetermined, enclose
from numerics.valueless import valueless

x, n = sp.symbols("x n", real=True)
AT = {x: fmpq(1, 3), n: fmpq(4)}


@pytest.mark.parametrize(
    "expression",
    [
        sp.log(x - 1),
        2 + sp.sqrt(x - 1, evaluate=False),
        sp.Pow(x - 1, x),
        sp.gamma(1 - n),
        sp.factorial(-n),
        sp.Integral(sp.Pow(-x, sp.Rational(1, 2)) * sp.exp(x), (x, 0, 1)),
    ],
)
def test_what_has_no_value_is_named(expression: sp.Expr) -> None:
    assert valueless(expression, AT)
    with pytest.raises(Undetermined):
        enclose(expression, at=AT)


@pytest.mark.parametrize(
    "expression",
    [
        sp.log(x),
        sp.Pow(x - 1, 3),
        sp.Pow(x - 1, sp.Rational(1, 3), evaluate=False),
        sp.Pow(x - 1, n),
        sp.gamma(n + 1),
        sp.Piecewise((sp.log(x - 1), x > 1), (0, True)),
        sp.Abs(sp.log(x - 1, evaluate=False)),
        sp.Integral(sp.sqrt(x), (x, 0, 1)),
        sp.Symbol("unknown") + x,
        sp.log(x - sp.Rational(1, 3)),
    ],
)
def test_nothing_is_said_of_what_has_a_value_or_may_have_one(expression: sp.Expr) -> None:
    assert valueless(expression, AT) is None
