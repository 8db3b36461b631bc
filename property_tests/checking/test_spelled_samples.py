"""A likelihood that is spelled out by its members is given, unless they came out in another way."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.judgement import Kind
from errata.checking.options import Options
from errata.reading.sources import read_document

TOLD = r"Three throws gave $U_1, U_2, U_3 = 1, 0, 1$."


def kind(relation: str, before: str = TOLD) -> Kind:
    page = f"{before} Under independence,\n\n$${relation}$$"
    return examine(read_document("page.md", page.encode()), Options()).judged[-1].kind


def test_the_chance_of_a_sample_is_given_by_its_members() -> None:
    assert kind(r"P(D \mid r) = P(U_1 = 1) \cdot P(U_2 = 0) \cdot P(U_3 = 1)") is Kind.GIVEN
    assert kind(r"P(D \mid r) = P(U_1 = 1) P(U_2 = 1)", "There were two throws.") is Kind.GIVEN


@pytest.mark.parametrize(
    "slip",
    [
        r"P(D \mid r) = P(U_1 = 1) \cdot P(U_2 = 1) \cdot P(U_3 = 1)",
        r"P(D \mid r) = P(U_1 = 1) \cdot P(U_1 = 0) \cdot P(U_3 = 1)",
        r"P(D \mid r) = P(U_1 = 1) + P(U_2 = 0) + P(U_3 = 1)",
        r"P(D \mid r) = P(U_1 = 1) \cdot Q(U_2 = 0) \cdot P(U_3 = 1)",
        r"P(E \mid r) = P(U_1 = 1) \cdot P(U_2 = 0) \cdot P(U_3 = 1)",
        r"P(D \mid r) = P(U_1 = 1) \cdot P(V_2 = 0) \cdot P(U_3 = 1)",
    ],
)
def test_a_slip_is_a_claim(slip: str) -> None:
    assert kind(slip) is Kind.CLAIM
