"""P(A) over cases: the weighted mean of what is given, and nothing where a case is missing."""

from __future__ import annotations

import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.scope import Scope, Value
from errata.reading.total_probability import total_probability

chances = st.fractions(0, 1, max_denominator=50)


def call(latex: str):
    return parse(latex).statements[0]


def scope(values: dict[str, sp.Rational]) -> Scope:
    return Scope().bind(*(Value(key(call(n)), n, v, v, 1, True) for n, v in values.items()))


def given_cases(prior, of_case, of_other) -> dict[str, sp.Rational]:
    a, b, c = (sp.Rational(x.numerator, x.denominator) for x in (prior, of_case, of_other))
    return {"P(D)": a, r"P(\bar D)": 1 - a, "P(+ | D)": b, r"P(+ | \bar D)": c}


@given(chances, chances, chances)
def test_it_lies_between_the_chances_of_the_cases(prior, of_case, of_other) -> None:
    total = total_probability(call("P(+)"), scope(given_cases(prior, of_case, of_other)))
    assert total is not None and len(total.used) == 4
    value = sum(a.printed * b.printed for a, b in total.terms)
    assert min(of_case, of_other) <= value <= max(of_case, of_other)


@given(chances, chances, chances, st.sampled_from([r"P(\bar D)", r"P(+ | \bar D)"]))
def test_nothing_follows_where_a_case_is_missing(prior, of_case, of_other, missing) -> None:
    known = given_cases(prior, of_case, of_other)
    del known[missing]
    assert total_probability(call("P(+)"), scope(known)) is None


@given(chances, chances, chances)
def test_nothing_follows_where_the_cases_are_not_all(prior, of_case, of_other) -> None:
    known = given_cases(prior, of_case, of_other)
    known["P(D)"] += sp.Rational(1, 7)
    assert total_probability(call("P(+)"), scope(known)) is None


def test_a_conditional_probability_is_left_alone() -> None:
    known = given_cases(*(sp.Rational(1, 2),) * 3)
    assert total_probability(call("P(+ | D)"), scope(known)) is None
