"""Densities are written out by the formulas that the laws have."""

from __future__ import annotations

import pytest
from scipy import stats

from claims.verdict import Supported
from errata.checking.algebra import judge_identity
from errata.checking.families.spelled import spelled_out
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Relation

LAWS = [
    (r"\mathcal{N}(\frac{3}{10}; \frac{17}{10}, \frac{26}{10})", stats.norm(1.7, 2.6**0.5).pdf(0.3)),
    (r"\mathrm{Gam}(\frac{3}{10}; \frac{17}{10}, \frac{26}{10})", stats.gamma(1.7, scale=1 / 2.6).pdf(0.3)),
    (r"\mathrm{Bet}(\frac{3}{10}; \frac{17}{10}, \frac{26}{10})", stats.beta(1.7, 2.6).pdf(0.3)),
    (r"\mathrm{Exp}(\frac{3}{10}; \frac{26}{10})", stats.expon(scale=1 / 2.6).pdf(0.3)),
    (r"\mathrm{Poiss}(2; \frac{26}{10})", stats.poisson(2.6).pmf(2)),
    (r"\mathrm{Bin}(2; 5, \frac{3}{10})", stats.binom(5, 0.3).pmf(2)),
]


@pytest.mark.parametrize(("latex", "value"), LAWS, ids=[latex[:14] for latex, _ in LAWS])
def test_the_formula_has_the_values_of_the_law(latex: str, value: float) -> None:
    from errata.reading.lowering import Convention, lower
    from errata.reading.scope import Scope

    spelled = spelled_out(parse(latex).statements[0])
    assert float(lower(spelled, Scope(), Convention()).expression) == pytest.approx(value, rel=1e-12)


def test_the_names_of_the_parameters_are_put_in() -> None:
    left = spelled_out(parse(r"\mathcal{N}(y; m, \tau^{-1}) \cdot \mathrm{Gam}(\tau; a, b)").statements[0])
    right = parse(
        r"\sqrt{\frac{\tau}{2\pi}} e^{-\frac{\tau}{2} (y - m)^2} \frac{b^a}{\Gamma(a)} \tau^{a-1} e^{-b \tau}"
    ).statements[0]
    found = judge_identity(Pair(left, Relation(0, 0, "=", "="), right, 0), {}, 0)
    assert isinstance(found.verdict, Supported)


@pytest.mark.parametrize("latex", [r"\Gamma(x; a, b)", r"f(x; a, b)", r"\mathcal{N}(m, v)", "x + y"])
def test_what_is_no_density_stays(latex: str) -> None:
    node = parse(latex).statements[0]
    assert spelled_out(node) is node
