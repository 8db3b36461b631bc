"""Every exercise: its own function passes, and each convention that it lists is told apart and named."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from numerics.conformance.catalogue import EXERCISES
from numerics.conformance.diagnosis import diagnoses
from numerics.conformance.inputs import inputs_of
from numerics.conformance.values import Seen, all_agree, ours
from numerics.specifications.catalogue import specification


def drawn(exercise) -> list[dict]:
    """Inputs of every size."""
    found: list[dict] = []
    how = settings(max_examples=25, deadline=None, database=None, phases=(Phase.generate,))
    with pytest.raises(NoSuchExample):
        find(inputs_of(exercise), found.append, settings=how, random=Random(0))
    return found


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_every_convention_is_told_apart_and_named_first(exercise):
    inputs = drawn(exercise)
    right = [ours(exercise, one) for one in inputs]
    assert all(all_agree(mine, mine, exercise.allowed) for mine in right)
    assert len(exercise.conventions) >= 1
    for convention in exercise.conventions:
        seen = [
            Seen(one, mine, ours(exercise, one, convention.function)) for one, mine in zip(inputs, right, strict=True)
        ]
        assert diagnoses(exercise, seen)[:1] == [convention.said]
    assert diagnoses(exercise, [Seen(one, mine, mine) for one, mine in zip(inputs, right, strict=True)]) == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_the_edges_have_values(exercise):
    for inputs in exercise.edges:
        assert set(inputs) == {a.name for a in exercise.arguments}
        found = ours(exercise, dict(inputs))
        assert all_agree(found, found, exercise.allowed)


DEFINED_HERE = {"policy_gradient"}
"""Models that no specification holds: their exercises compute from the definition."""


def test_every_exercise_belongs_to_a_specification_or_is_a_definition():
    models = {exercise.model for exercise in EXERCISES} - DEFINED_HERE
    assert {specification(model).name for model in models} == models
    assert len({e.name for e in EXERCISES}) == len(EXERCISES)


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.written], ids=lambda e: e.name)
def test_what_slips_are_sought_in_is_the_same_function(exercise):
    for one in drawn(exercise):
        right = ours(exercise, one)
        for formula in exercise.written:
            assert all_agree(right, ours(exercise, one, formula), exercise.allowed)
