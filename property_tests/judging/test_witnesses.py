"""Witnesses against known results: small values in the author's symbols, where these are numbers."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.judging.witnesses import plain_witness
from errata.meaning.terms import Op, Ref, add, inverse, mul, number, power
from errata.reading.sources import read_document
from errata.worlds.sorts import Sort

P, R = Ref("P"), Ref("R")
SORTS = {"P": Sort("unit"), "R": Sort("unit")}


def test_the_plainest_values_at_which_two_terms_differ_are_taken() -> None:
    harmonic = mul(number(2), P, R, inverse(add(P, R)))
    found = plain_witness(harmonic, mul(P, R, inverse(add(P, R))), SORTS)
    assert found is not None
    assert {str(v) for v in found.values.values()} == {"1/2", "1/4"}
    assert found.known == pytest.approx(1 / 3) and found.stated == pytest.approx(1 / 6)


def test_a_value_at_which_both_agree_is_no_witness() -> None:
    found = plain_witness(power(P, number(2)), mul(number(2), P), {"P": Sort("positive")})  # the same at 2
    assert found is None or found.known != pytest.approx(found.stated)
    assert plain_witness(P, mul(number(1), P), SORTS) is None


def test_there_is_none_where_the_symbols_are_no_numbers() -> None:
    matrix = {"P": Sort("spd", ("d",)), "R": Sort("spd", ("d",))}
    assert plain_witness(mul(P, R), mul(R, P), matrix) is None
    assert plain_witness(Op("log", (Ref("P", (Ref("i"),)),)), P, SORTS) is None


def test_a_page_shows_the_values_and_a_repair_that_can_be_pasted() -> None:
    page = "The F1 score of precision $P$ and recall $R$ is $F_1 = \\frac{P R}{P + R}$.\n"
    found = examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict
    assert isinstance(found, Refuted) and found.repair is not None
    assert dict(found.by.witness) == {"P": "1/2", "R": "1/4"}
    assert found.repair.latex == r"\frac{2 P R}{P + R}"
