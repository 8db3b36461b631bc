"""Each route to a score, an estimate or a posterior meets the closed form, and refutes one that is wrong."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.records import replace
from derivations.inferences import derived
from errata.reading.inferences import inferences, settled
from numerics.inferred import by_asking
from numerics.points import CALM
from numerics.sampling.route import FEW_WHOLE
from numerics.written import as_defined

TEXTS = [
    "posterior of Beta(a, b) after Bernoulli(p)", "posterior of Gamma(a, b) after Poisson(r)",
    "posterior of N(m, v) after N(z, 1)", "MLE of Binomial(n, p)", "MLE of Geometric(p)", "MLE of Normal(m, v)",
    "MLE of Pareto(l, a) in a", "score of Binomial(n, p)", "score of Gamma(a, b) in b", "score of Weibull(a, c) in c",
]  # fmt: skip


def routes_and_claim(text: str):
    one = inferences(text)[-1]
    ready, _ = settled(one)
    claim = derived(ready.asked, ready.where).claim
    return (as_defined((*CALM, *FEW_WHOLE), 4), by_asking(ready.asked, one.asked.law, one.where)), claim


@pytest.mark.parametrize("text", TEXTS)
def test_both_routes_agree_with_the_answer_and_refute_a_slip(text):
    routes, claim = routes_and_claim(text)
    for route in routes:
        assert isinstance(route.run(claim), Agreement), route.name
        for wrong in (claim.right * sp.Rational(21, 20), claim.right + sp.Rational(1, 50)):
            assert isinstance(route.run(replace(claim, right=wrong)), Counterexample), (route.name, wrong)


@pytest.mark.parametrize(
    ("text", "of", "to"),
    [
        ("MLE of Exponential(r)", "1/xbar", "xbar"),
        ("MLE of Normal(m, v)", "w", "w*60/59"),
        ("score of Exponential(r) in r", "1/r - x", "-1/r + x/r**2"),
        ("posterior of Gamma(a, b) after Exponential(r)", "b", "b + 1"),
    ],
)
def test_customary_mistakes_are_refuted(text, of, to):
    """The scale for the rate, n − 1 for n, and a parameter that did not move as it should."""
    routes, claim = routes_and_claim(text)
    flags = {s.name: s for s in claim.right.free_symbols | {s for s in claim.left.atoms(sp.Symbol)}}
    before, after = (sp.sympify(e, locals=flags) for e in (of, to))
    wrong = after if sp.simplify(claim.right - before) == 0 else claim.right.xreplace({before: after})
    assert wrong != claim.right
    for route in routes:
        assert isinstance(route.run(replace(claim, right=wrong)), Counterexample), route.name


def test_a_maximum_out_of_reach_is_no_evidence():
    one = inferences("MLE of Exponential(r)")[0]
    route = by_asking(one.asked, one.asked.law, one.where)
    claim = derived(one.asked, one.where).claim
    lost = replace(one.asked, law=one.asked.law.xreplace({one.asked.by: one.asked.by * 10**9}))
    assert isinstance(by_asking(lost, one.asked.law, one.where).run(claim), Inconclusive)
    assert route.value is None
