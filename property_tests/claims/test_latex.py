"""What claims look like in notes."""

from __future__ import annotations

import pytest
from sympy import E, Function, Matrix, Sum, Symbol, exp, log, symbols

from claims.domains import ClosedUnit, Integer, NonNegative, OpenUnit, Positive, Real, Variable
from claims.indicators import IsNonNegative, IsPositive, IsZero
from claims.latex import latex, values_of
from claims.laws import ChiSquared, Laplace
from claims.notation import (
    KL,
    Argmin,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    Indicator,
    MutualInformation,
    NamedLaw,
    Normal,
    Variance,
)
from derivations.catalogue import derivations
from errata.reading.parser import parse
from errata.reading.tree import Opaque, walk

x, y, m, s = symbols("x y m s", real=True)
i, n = symbols("i n", integer=True)
a = Function("a")
P, Q, GIVEN = NamedLaw("p"), NamedLaw("q"), NamedLaw("q_theta", x)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (KL(P, Q), r"\mathrm{KL}(p \,\|\, q)"),
        (KL(GIVEN, Normal(m, s**2)), r"\mathrm{KL}(q_{\theta}(\cdot \mid x) \,\|\, \mathcal{N}(m, s^{2}))"),
        (CrossEntropy(P, Q) - Entropy(P), "H(p, q) - H(p)"),
        (Density(GIVEN, y), r"q_{\theta}(y \mid x)"),
        (Density(Normal(m, s**2), x), r"\mathcal{N}(x; m, s^{2})"),
        (Density(Laplace(m, s), x), r"\mathrm{Laplace}(x; m, s)"),
        (Expectation(a(x), x, P), r"\mathbb{E}_{x \sim p}\left[a(x)\right]"),
        (Variance(x, x, ChiSquared(n)), r"\operatorname{Var}_{x \sim \chi^2(n)}\left[x\right]"),
        (Covariance(a(x), x, x, P), r"\operatorname{Cov}_{x \sim p}\left[a(x), x\right]"),
        (Argmin((x - m) ** 2, x), r"\arg\min_{x} \left\{\left(x - m\right)^{2}\right\}"),
        (MutualInformation(x, y, P), "I(x; y)"),
        (Sum(a(i), (i, 1, n)), r"\sum_{i=1}^{n} a_{i}"),
        (a(i) ** 2, "a_{i}^{2}"),
        (Indicator(x > m), r"\mathbb{1}[x > m]"),
        (IsZero(i - n), r"\mathbb{1}[i = n]"),
        (IsPositive(x - m), r"\mathbb{1}[x > m]"),
        (IsNonNegative(-m - s + x) ** 2, r"\mathbb{1}[x \ge m + s]^{2}"),
        (E * exp(x) ** 2, "e e^{2 x}"),
        (exp(x) * Symbol("e"), r"e \exp\left(x\right)"),
        (log(Symbol("eps_1")) - Symbol("rate"), r"\log{\left(\varepsilon_{1} \right)} - \mathrm{rate}"),
        (m - x, "m - x"),
        (x - m, "x - m"),
        (-x - m, "- m - x"),
        (Matrix([[x, y]]), r"\left[\begin{matrix}x & y\end{matrix}\right]"),
    ],
)
def test_as_notes_write_it(expression, shown):
    assert latex(expression) == shown


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        (Real(), "w_{1}"),
        (Positive(), "w_{1} > 0"),
        (NonNegative(), r"w_{1} \ge 0"),
        (OpenUnit(), r"w_{1} \in (0, 1)"),
        (ClosedUnit(), r"w_{1} \in [0, 1]"),
        (Integer(1), r"w_{1} \in \{1, \ldots\}"),
        (Integer(0, 3), r"w_{1} \in \{0, \ldots, 3\}"),
    ],
)
def test_a_letter_says_which_values_it_takes(domain, shown):
    assert values_of(Variable("w_1", domain)) == shown


def test_every_side_of_the_catalogue_is_read_without_a_remainder():
    sides = [latex(side) for d in derivations() for side in (d.claim.left, d.claim.right)]
    assert [side for side in sides if any(isinstance(n, Opaque) for n in walk(parse(side)))] == []
    assert not any(name in side for side in sides for name in ("IsZero", "NamedLaw", "Expectation", "operatorname{Is"))
