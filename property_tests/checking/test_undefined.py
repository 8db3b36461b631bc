"""Steps one side of which has no real value: refuted where a single slip took it away."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str) -> Judged:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1]


BINOMIAL = r"\frac{n!}{x! (n-x)!}"


@pytest.mark.parametrize(
    ("left", "right", "slip", "why"),
    [
        (r"\frac{\ln 2}{\lambda}", r"-\frac{\ln(1 - \frac{1}{2})}{\lambda}", ("(1 -", "(0 -"), "the logarithm of -0.5"),
        (
            r"\frac{\ln 2}{\lambda}",
            r"-\frac{\ln(1 - \frac{1}{2})}{\lambda}",
            (r"\frac{1}{2}", r"\frac{2}{2}"),
            "logarithm of 0",
        ),
        (BINOMIAL, r"\frac{\Gamma(n+1)}{\Gamma(x+1) \Gamma(n-x+1)}", ("(n+1)", "(-n+1)"), "the gamma function of -4"),
    ],
)
def test_a_side_without_a_value_is_refuted_where_a_slip_took_it(
    left: str, right: str, slip: tuple[str, str], why: str
) -> None:
    found = last(f"$${left} = {right.replace(*slip)}$$")
    assert isinstance(found.verdict, Refuted) and found.rule == "E311"
    assert why in (found.message or "") and found.verdict.repair is not None
    assert last(f"$${left} = {right}$$").rule is None


@pytest.mark.parametrize(
    "relation",
    [
        r"\sqrt{x - 1} = \sqrt{1 - x}",  # no slip makes an identity of two names alone
        r"\ln(p) = q \ln(-p)",
        r"f(x) = \sqrt{x - 1}",
        r"\sqrt{x^2} = x",
    ],
)
def test_a_side_without_a_value_may_be_meant_elsewhere(relation: str) -> None:
    assert last(f"$${relation}$$").rule is None


def test_an_equation_to_be_solved_is_let_pass() -> None:
    assert last(r"Setting to zero gives $$\frac{\ln 2}{\lambda} = -\frac{\ln(0 - \frac{1}{2})}{\lambda}$$").rule is None


def test_sides_that_never_have_a_value_both_are_apart() -> None:
    chain = r"$$ A = n \ln \frac{1-p}{1-q} = n \, (\ln (@) - \ln (1-q)) $$"
    assert last(chain.replace("@", "1-p")).rule is None
    found = last(chain.replace("@", "p-1"))
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert last(r"$$ \ln(p - q) = \ln(q - p) $$").rule is None


DENSITY = r"\frac{y^{a - 1} (1 - y)^{-a - 1} (1 - y)^{a + b}}{2}"


def test_points_out_of_the_domain_of_both_sides_say_nothing() -> None:
    relation = rf"z = \frac{{y^{{a - 1}} (1 - y)^{{b - 1}}}}{{2}} = {DENSITY}"
    assert last(f"$${relation}$$").rule is None
    for right, wrong in ((r"(1 - y)^{-a", r"(y - 1)^{-a"), (r"(1 - y)^{-a", r"(0 - y)^{-a")):
        found = last(f"$${relation.replace(right, wrong)}$$")
        assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
