"""Every property of every specification holds on drawn inputs, and rejects its planted mistake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.specifications.catalogue import FAMILIES, SPECIFICATIONS
from numerics.specifications.held import held_oracle, outcome_of

PROPERTIES = [pytest.param(s, p, id=f"{s.name}: {p.name}") for s in SPECIFICATIONS for p in s.properties]
ORACLES = [pytest.param(s, o, id=f"{s.name}: {o.package}") for s in SPECIFICATIONS for o in s.oracles]


@pytest.mark.parametrize(("found", "item"), PROPERTIES)
@given(seed=st.integers(0, 2**31 - 1))
@settings(max_examples=3, deadline=None, database=None)
def test_the_property_holds(found, item, seed):
    outcome = outcome_of(item, found.model, seed, "cpu")
    assert outcome.passed, outcome


@pytest.mark.parametrize(("found", "item"), PROPERTIES)
def test_the_planted_mistake_is_rejected(found, item):
    outcome = outcome_of(item, found.model.but(item.mutant.functions), 0, "cpu")
    assert not outcome.passed, outcome


@pytest.mark.parametrize(("found", "oracle"), ORACLES)
def test_the_oracle_agrees(found, oracle):
    told = held_oracle(found, oracle)
    assert told.outcome.passed, told


def test_names_are_unique_and_families_are_their_own():
    names = [s.name for s in SPECIFICATIONS]
    assert len(set(names)) == len(names)
    assert [s.name for family, page in FAMILIES.items() for s in page if s.family != family] == []


@pytest.mark.parametrize("found", SPECIFICATIONS, ids=lambda s: s.name)
def test_a_specification_says_what_it_is(found):
    assert found.systems and found.statement and found.source and found.properties and found.functions
    assert [p.name for p in found.properties if not p.mutant.slip] == []
