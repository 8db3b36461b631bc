"""Products of the masses of trials, and the laws of what is made of zeros and ones."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.families.trial_masses import Trials, product_of_trials
from errata.checking.judgement import Kind
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document

RIGHT = r"\prod_{i < j} r^{u_{ij}} (1 - r)^{1 - u_{ij}}"
SLIPS = [
    r"\prod_{i < j} r^{u_{ij}} (1 - r)^{u_{ij}}",
    r"\prod_{i < j} r^{1 - u_{ij}} (1 - r)^{u_{ij}}",
    r"\prod_{i < j} r^{u_{kl}} (1 - r)^{1 - u_{kl}}",
    r"\prod_{i < j} r^{u_{ij}} (1 + r)^{1 - u_{ij}}",
    r"\sum_{i < j} r^{u_{ij}} (1 - r)^{1 - u_{ij}}",
]


def test_a_product_of_trials_is_told() -> None:
    assert product_of_trials(parse(RIGHT).statements[0]) == Trials("r", "u")
    assert product_of_trials(parse(r"\prod_i (1 - r)^{1 - y_i} r^{y_i}").statements[0]) == Trials("r", "y")


@pytest.mark.parametrize("slip", SLIPS)
def test_another_product_is_none(slip: str) -> None:
    assert product_of_trials(parse(slip).statements[0]) is None


def kind(relation: str) -> Kind:
    return examine(read_document("page.md", f"There is\n\n$${relation}$$".encode()), Options()).judged[-1].kind


def test_the_law_of_a_matrix_is_given_by_its_entries() -> None:
    assert kind(rf"P(\mathbf{{U}}) = {RIGHT}") is Kind.GIVEN
    assert kind(rf"P(\mathbf{{V}}) = {RIGHT}") is Kind.CLAIM


@pytest.mark.parametrize("slip", SLIPS)
def test_what_is_no_law_gives_none(slip: str) -> None:
    assert kind(rf"P(\mathbf{{U}}) = {slip}") is Kind.CLAIM
