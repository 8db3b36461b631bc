"""Points at which given equations hold, and whether two expressions agree there."""

import sympy as sp

from numerics.on_equations import POINTS, Points, points_where

x, y, z = sp.symbols("x y z", real=True)
ONE, ZERO = sp.Integer(1), sp.Integer(0)


def test_sides_agree_on_a_curve_where_their_difference_is_a_multiple_of_it():
    circle = (x**2 + y**2, ONE)
    assert points_where(((x + y) ** 2, 1 + 2 * x * y), [circle], 0) == Points(POINTS)
    assert points_where(((x + y) ** 2, 1 + 3 * x * y), [circle], 0) == Points()


def test_a_transcendental_equation_is_solved_too():
    assert points_where((x * sp.exp(x), ONE), [(sp.exp(-x), x)], 0).agree == POINTS
    assert points_where((x * sp.exp(x), x), [(sp.exp(-x), x)], 0).agree == 0


def test_two_equations_hold_at_once():
    given = [(x + y, z + 1), (z * x, ONE)]
    assert points_where((x * x + x * y, 1 + x), given, 0).agree == POINTS
    assert points_where((x * x + x * y, 2 + x), given, 0).agree == 0


def test_an_equation_without_real_points_tells_nothing():
    assert points_where((x, y), [(x**2 + y**2, -ONE)], 0) == Points()


def test_points_where_a_factor_vanishes_count_only_where_there_are_no_others():
    assert points_where((x**2, ZERO), [(x * y, x)], 0) == Points()
    found = points_where(((x + y) ** 2, x**2 + y**2), [(x * y, ZERO)], 0)
    assert found.agree and found.bare == found.agree


def test_values_beyond_all_bounds_are_let_be():
    assert points_where((x, y), [(sp.exp(sp.exp(sp.exp(x**2 + 5))), y)], 0) == Points()
