"""Named laws: exact parameters, one density each, and nothing computed."""

import pytest
import sympy as sp

from claims.domains import Integer, OpenUnit, Positive
from claims.laws import FAMILIES, Binomial, Family, Gamma, Written, density_of, domains_of, parameters_of, support_of
from claims.notation import Normal

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.__name__)
def test_a_family_knows_its_parameters_and_where_it_lives(family):
    law = family(*sp.symbols(" ".join(f"a{i}" for i in range(len(family.parameters))) + " ", seq=True))
    assert len(parameters_of(law)) == len(law.args)
    assert support_of(law).low != support_of(law).high
    assert density_of(law, x).free_symbols <= law.free_symbols | {x}
    assert str(law).startswith(family.shown + "(")


def test_the_parameters_are_exact_and_counted():
    with pytest.raises(TypeError, match="2 parameters"):
        Gamma(1)
    with pytest.raises(sp.SympifyError):
        Gamma("a", "b")
    assert Binomial(3, sp.Rational(1, 2)).args == (3, sp.Rational(1, 2))


def test_a_substitution_reaches_the_parameters():
    a, b = sp.symbols("a b")
    assert Gamma(a, b).xreplace({a: sp.Integer(2)}) == Gamma(2, b)
    assert isinstance(Gamma(a, b), Family)
    assert density_of(Normal(0, 1), sp.Integer(0)) == 1 / sp.sqrt(2 * sp.pi)


def test_a_written_law_knows_its_pieces_and_the_domains_of_its_parameters():
    a, n, p = sp.symbols("a n p", real=True)
    rising = sp.Tuple(sp.Lambda(x, a * x), sp.Integer(0), sp.Integer(1))
    falling = sp.Tuple(sp.Lambda(x, n * p * (2 - x)), sp.Integer(1), sp.Integer(2))
    one = Written(sp.Tuple(rising), sp.false, sp.Tuple(), sp.Tuple())
    both = Written(sp.Tuple(rising, falling), sp.false, sp.Tuple(n), sp.Tuple(p))
    assert density_of(one, sp.Integer(3)) == 3 * a and one.free_symbols == {a}
    assert (support_of(both).low, support_of(both).high) == (0, 2)
    assert {s: type(d) for s, d in domains_of(both)} == {n: Integer, p: OpenUnit, a: Positive}
    assert domains_of(Gamma(a, n)) == ((a, Positive()), (n, Positive()))
    assert str(one) == "the density a x on [0, 1]"
    with pytest.raises(TypeError, match="several pieces"):
        density_of(both, x)
    assert one.xreplace({a: sp.Integer(2)}) != one
