"""A mean under parameters that make no law has no value by any route, and one beside it has."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Claim
from claims.domains import Real, Variable, symbols_of
from claims.evidence import Inconclusive
from claims.laws import Bernoulli, Binomial, DiscreteUniform, Exponential, Laplace, Poisson, Uniform
from claims.notation import Expectation, Normal, Variance
from numerics.means import averaged
from numerics.points import CALM
from numerics.quadrature import estimated
from numerics.undetermined import Undetermined
from numerics.written import as_defined, worth

WHERE = (Variable("x", Real()), Variable("a", Real()))
x, a = symbols_of(WHERE)
NONE = [
    Bernoulli(3),
    Binomial(2, sp.Rational(3, 2)),
    Binomial(sp.Rational(1, 2), sp.Rational(1, 2)),
    Poisson(-1),
    Exponential(-1),
    Uniform(2, 1),
    DiscreteUniform(3, 1),
    Laplace(0, -1),
    Normal(0, -1),
]
LAWS = [Bernoulli(1), Binomial(2, sp.Rational(1, 2)), Exponential(1), Uniform(1, 2), Normal(0, 1)]


@pytest.mark.parametrize("law", NONE, ids=str)
@pytest.mark.parametrize("read", [lambda e: worth(e, {}, WHERE), averaged], ids=["by definition", "by bounds"])
def test_no_route_gives_a_number_under_what_is_no_law(read, law):
    with pytest.raises(Undetermined, match="is no law"):
        read(Expectation(x**2, x, law))
    assert not estimated(Expectation(x**2, x, law)).is_finite()


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_a_law_has_its_mean(law):
    assert worth(Expectation(x**2, x, law), {}, WHERE).is_finite()


def test_a_parameter_that_leaves_its_range_at_a_point_counts_there():
    mean = Expectation(x, x, Bernoulli(a))
    assert float(worth(mean, {"a": sp.Rational(1, 4)}, WHERE).mid()) == 0.25
    with pytest.raises(Undetermined, match="is no law"):
        worth(mean, {"a": sp.Integer(3)}, WHERE)


def test_the_variance_of_a_coin_whose_chance_is_three_is_inconclusive_and_no_agreement():
    claim = Claim("variance", Variance(x, x, Bernoulli(3)), sp.Integer(-6), (WHERE[0],))
    found = as_defined(CALM, 8).run(claim)
    assert isinstance(found, Inconclusive)
    assert "is no law" in found.why
