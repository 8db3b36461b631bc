"""Worlds: their tables are laws, and each kind of world is strong enough to tell what the others can't."""

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from claims.sentences import Value
from numerics.interpretations.evaluation import exact
from numerics.interpretations.signature import Factor, Signature
from numerics.interpretations.worlds import (
    CENTRED,
    CORNERS,
    DENSITIES,
    KINDS,
    PLAIN,
    POSITIVE,
    SMALL,
    THREE,
    TWO,
    ZEROS,
    Kind,
    World,
)

SIGNATURE = Signature({"p": ("x", "y", "z"), "q": ("x", "y", "z")}, {"x": "x", "y": "y"})
SEEDS = [str(n) for n in range(12)]


def world(kind: Kind, seed: str = "0", signature: Signature = SIGNATURE) -> World:
    return World(kind, signature, seed, evaluate=exact)


@given(st.sampled_from(KINDS), st.sampled_from(SEEDS), st.sampled_from("pq"))
def test_a_table_is_a_law_and_its_conditionals_are_consistent(kind, seed, law):
    w = world(kind, seed)
    table = w.table(law)
    assert sum(table.masses.values(), fmpq(0)) == 1
    for (x, y), joint in table.marginal(("x", "y")).items():
        below = table.mass(("y",), (), (y,))
        assert table.mass(("x",), ("y",), (x, y)) * below == joint
        assert table.mass(("y",), ("x",), (y, x)) * table.mass(("x",), (), (x,)) == joint


def differ_everywhere(kind: Kind) -> list[str]:
    """What a kind of worlds could not tell apart: named, so that a weak kind is named by what it lacks."""
    worlds = [world(kind, seed) for seed in SEEDS]
    lacks = []
    if all(w.table("p").masses == w.table("q").masses for w in worlds):
        lacks.append("two laws")
    if all(independent(w) for w in worlds):
        lacks.append("dependence")
    if all(symmetric(w) for w in worlds):
        lacks.append("asymmetry")
    if all(uniform(w) for w in worlds):
        lacks.append("uneven laws")
    if len({tuple(w.table("p").masses.values()) for w in worlds}) < len(worlds) // 2:
        lacks.append("variety")
    return lacks


def independent(w: World) -> bool:
    table = w.table("p")
    return all(
        mass == table.mass(("x",), (), (x,)) * table.mass(("y",), (), (y,))
        for (x, y), mass in table.marginal(("x", "y")).items()
    )


def symmetric(w: World) -> bool:
    joint = w.table("p").marginal(("x", "y"))
    return all(joint.get((y, x), 0) == mass for (x, y), mass in joint.items())


def uniform(w: World) -> bool:
    return len(set(w.table("p").marginal(("x",)).values())) == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_each_kind_tells_laws_apart_and_has_dependence_asymmetry_and_variety(kind):
    assert differ_everywhere(kind) == []


def test_a_kind_that_is_too_weak_is_caught():
    even = Kind("even", 2, lambda random: 1)
    assert differ_everywhere(even) == ["two laws", "dependence", "asymmetry", "uneven laws", "variety"]


def test_where_variables_are_independent_their_joint_is_the_product_of_its_marginals():
    apart = Signature({"p": ("x", "y", "z")}, {}, independent=(("x",), ("y",)))
    assert all(independent(world(kind, seed, apart)) for kind in (TWO, THREE) for seed in SEEDS)
    given_z = Signature({"p": ("x", "y", "z")}, {}, independent=(("x",), ("y",)), given=("z",))
    assert not all(independent(world(TWO, seed, given_z)) for seed in SEEDS)
    table = world(TWO, "1", given_z).table("p")
    for (x, y, z), mass in table.masses.items():
        apart_given_z = table.mass(("x",), ("z",), (x, z)) * table.mass(("y",), ("z",), (y, z))
        assert mass == apart_given_z * table.mass(("z",), (), (z,))


def test_a_law_that_factorises_as_written_has_no_other_dependence():
    chain = (Factor(("z",)), Factor(("y",), ("z",)), Factor(("x",), ("y",)))
    table = world(THREE, "3", Signature({"p": ("x", "y", "z")}, {}, written={"p": chain})).table("p")
    for x, y, z in table.masses:
        assert table.mass(("x",), ("y", "z"), (x, y, z)) == table.mass(("x",), ("y",), (x, y))


def test_kinds_are_what_they_are_called():
    assert all(v > 0 for seed in SEEDS for v in world(POSITIVE, seed).support("x"))
    assert all(0 < v < 1 for seed in SEEDS for v in world(SMALL, seed).support("x"))
    assert any(mass == 0 for seed in SEEDS for mass in world(ZEROS, seed).table("p").masses.values())
    assert not any(mass == 0 for seed in SEEDS for mass in world(THREE, seed).table("p").masses.values())
    assert world(PLAIN).support("x") == (1, 2)
    for seed in SEEDS:
        w = world(CENTRED, seed)
        mean = sum((w.support("x")[i] * m for (i,), m in w.table("p").marginal(("x",)).items()), fmpq(0))
        assert mean == 0


def test_corners_go_through_the_outcomes_of_all_laws_in_turn():
    signature = Signature({"p": ("x",), "q": ("x",)}, {})
    sure = set()
    for number in range(4):
        w = World(CORNERS, signature, "0", number=number, evaluate=exact)
        sure.add(tuple(max(w.table(law).masses, key=w.table(law).masses.get) for law in "pq"))
    assert len(sure) == 4


def test_densities_exceed_one_and_integrate_to_less_than_the_count():
    totals = [sum(world(DENSITIES, seed).measure("x", i) for i in range(2)) for seed in SEEDS]
    assert any(t < fmpq(1, 2) for t in totals)
    assert any(t > 2 for t in totals)
    counted = Signature({"p": ("x",)}, {}, counted=frozenset({"x"}))
    assert all(world(DENSITIES, seed, counted).measure("x", 0) == 1 for seed in SEEDS)


def test_numbers_that_a_variable_must_have_are_not_all_that_it_has():
    w = world(TWO, "0", Signature({"p": ("x",)}, {}, required={"x": (Fraction(0), Fraction(1))}))
    assert {fmpq(0), fmpq(1)} < set(w.support("x"))


def test_a_variable_that_is_a_function_of_another_follows_it():
    signature = Signature({"p": ("x", "y")}, {"X": "x"}, maps={"y": Value("X")})
    w = world(TWO, "0", signature)
    assert w.support("y") == w.support("x")
    assert all(mass == 0 or x == y for (x, y), mass in w.table("p").masses.items())
