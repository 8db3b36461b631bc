"""Points at which sides agree because both are flat tell nothing, once they are apart elsewhere."""

import sympy as sp

from numerics.identity import tallies

x, s = sp.symbols("x s")


def found(left: sp.Expr, right: sp.Expr) -> tuple[int, int]:
    told = tallies(left, right, [s, x], {}, 0)
    return sum(t.agree for t in told), sum(t.differ for t in told)


def test_a_function_that_levels_off_agrees_far_out_by_no_means() -> None:
    far = sp.erf(1000 * x / s)
    assert found(sp.Rational(1, 2) + far / 2, (1 + far) / 2) == (15, 0)
    agree, differ = found(1 + sp.erf(4 * x / s), 1 + sp.erf(5 * x / s))
    assert agree == 0 and differ > 0


def test_what_is_flat_in_earnest_still_agrees() -> None:
    agree, differ = found(sp.Max(x, 0) + sp.erf(0), x)
    assert agree > 0 and differ > 0
