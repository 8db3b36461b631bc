"""Each refuted statement: its witness breaks it, its condition saves it, and its derivations exist."""

from __future__ import annotations

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from claims.records import replace
from derivations.catalogue import derivations
from numerics.counterexamples.catalogue import BY_NAME, REFUTATIONS
from numerics.counterexamples.parabola import lowest
from numerics.counterexamples.refutation import holds, is_refuted, is_saved, surely_fails

NAMES = {derivation.claim.name for derivation in derivations()}


@pytest.mark.parametrize("case", REFUTATIONS, ids=lambda case: case.name)
def test_the_witness_refutes_and_the_condition_saves(case):
    assert is_refuted(case)
    assert is_saved(case)
    assert not is_refuted(replace(case, sides=case.saved)), "the condition must make a difference"
    assert not is_saved(replace(case, saved=case.sides))


def test_names_are_unique_and_derivations_exist():
    assert len(BY_NAME) == len(REFUTATIONS)
    assert {name for case in REFUTATIONS for name in case.derived} <= NAMES


def test_balls_that_overlap_refute_nothing():
    wide = arb(1, 1)
    for relation in ("=", "≤", "≥", "<", ">"):
        assert not surely_fails(relation, (wide, fmpq(1)))
        assert not holds(relation, (wide, fmpq(1)))


FRACTIONS = st.fractions(min_value=-9, max_value=9, max_denominator=99)


@given(FRACTIONS, FRACTIONS, st.sampled_from(("=", "≤", "≥", "<", ">")))
def test_exact_sides_always_decide_and_as_python_does(left, right, relation):
    sides = (fmpq(left.numerator, left.denominator), fmpq(right.numerator, right.denominator))
    true = {"=": left == right, "≤": left <= right, "≥": left >= right, "<": left < right, ">": left > right}[relation]
    assert holds(relation, sides) == true
    assert surely_fails(relation, sides) == (not true)


def test_half_to_the_thousand_in_this_computer():
    assert 0.5**1000 > 0.0 and 0.5**1074 > 0.0 and 0.5**1075 == 0.0


def test_one_draw_of_torch_is_an_exponential_race_not_a_scan():
    torch = pytest.importorskip("torch")
    masses = torch.tensor([0.1, 0.4, 0.3, 0.2])
    raced = scanned = 0
    for seed in range(100):
        drawn = int(torch.multinomial(masses, 1, generator=torch.Generator().manual_seed(seed)))
        times = torch.empty_like(masses).exponential_(1, generator=torch.Generator().manual_seed(seed))
        uniform = torch.rand((), generator=torch.Generator().manual_seed(seed))
        raced += drawn == int((masses / times).argmax())
        scanned += drawn == int((masses.cumsum(0) < uniform).sum())
    assert raced == 100
    assert scanned < 60


@given(FRACTIONS, st.fractions(min_value="1/9", max_value=9, max_denominator=9), FRACTIONS)
def test_the_lowest_point_of_a_parabola(at, bend, offset):
    place, factor, level = (fmpq(v.numerator, v.denominator) for v in (at, bend, offset))
    assert lowest(lambda x: factor * (x - place) ** 2 + level) == place


@pytest.mark.parametrize("shape", [lambda x: -(x**2), lambda x: x, lambda x: x**4], ids=["cap", "line", "quartic"])
def test_what_is_no_parabola_has_no_lowest_point_here(shape):
    with pytest.raises(ValueError, match="no parabola"):
        lowest(shape)
