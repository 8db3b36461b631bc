"""Points at which sides agree because both are flat tell nothing, once they are apart elsewhere."""

import sympy as sp

from numerics.identity import apart_at_a_zero, apart_at_once, tallies

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


def test_values_put_in_for_names_tell_what_their_expressions_tell() -> None:
    y, z = sp.symbols("y z")
    put_in = {z: x * s + y}
    same = (z**2 / y, (x * s + y) ** 2 / y)
    other = (z**2 / y, (x * s - y) ** 2 / y)
    for left, right in (same, other):
        by_value = apart_at_once(left, right, [s, x, y], {}, 0, put_in)
        whole = apart_at_once(left.xreplace(put_in), right.xreplace(put_in), [s, x, y], {}, 0)
        assert by_value is whole
    assert apart_at_once(*other, [s, x, y], {}, 0, put_in) and not apart_at_once(*same, [s, x, y], {}, 0, put_in)


def test_an_expression_without_a_value_tells_nothing() -> None:
    z = sp.Symbol("z")
    assert not apart_at_once(z, 2 * z, [x], {}, 0, {z: sp.log(-sp.exp(x))})


def test_sides_are_apart_where_another_equation_holds_unless_they_follow_from_it() -> None:
    y = sp.Symbol("y")
    given = s * y - sp.exp(x)  # y = eˣ/s
    assert not apart_at_a_zero(s * y**2, y * sp.exp(x), given, y, [s, x], 0)
    assert apart_at_a_zero(s * y**2, 2 * y * sp.exp(x), given, y, [s, x], 0)
    assert apart_at_a_zero(s * y**2, y / sp.exp(x), given, y, [s, x], 0)


def test_without_a_zero_or_a_value_nothing_is_apart() -> None:
    y = sp.Symbol("y")
    assert not apart_at_a_zero(y, 2 * y, x - s, y, [s, x], 0)
    assert not apart_at_a_zero(sp.log(-sp.exp(x)), y, y - x, y, [x], 0)
