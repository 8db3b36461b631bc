"""Relations in worlds: laws of probability hold in all kinds, planted mistakes fail, and empty ones say nothing."""

from fractions import Fraction

import pytest

from claims.sentences import (
    Apply,
    Bound,
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    MutualInformation,
    Number,
    Place,
    Power,
    Product,
    Quotient,
    Sentence,
    Sum,
    Total,
    Value,
)
from numerics.interpretations import agreement
from numerics.interpretations.agreement import says_something, tallies
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import DENSITIES, KINDS, TWO, UNIT, ZEROS

SIGNATURE = Signature({"p": ("x", "z"), "q": ("x", "z")}, {"x": "x", "z": "z"})
ZERO, ONE, MINUS = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(-1))
X, Z = Bound("x", "x"), Bound("z", "z")


def density(law: str, at: str, given: str = "") -> Density:
    return Density(law, *(tuple(Place(v, Value(v)) for v in side) for side in (at, given)))


def log(s: Sentence) -> Sentence:
    return Apply("log", s)


def integral(body: Sentence, *over: Bound) -> Sentence:
    return Total(body, over, True)


def minus(s: Sentence) -> Sentence:
    return Product((MINUS, s))


MEAN = Expectation("p", Value("x"), (X,))
MEAN_GIVEN = Expectation("p", Value("x"), (X,), (Place("z", Value("z"), "z"),))
SQUARE = Expectation("p", Power(Value("x"), Number(Fraction(2))), (X,))
ELBO = Expectation("q", log(Quotient(density("p", "xz"), density("q", "z", "x"))), (Z,), (Place("x", Value("x"), "x"),))
GAP = Divergence("KL", density("q", "z", "x"), density("p", "z", "x"), (Z,))
KL = Divergence("KL", density("p", "x"), density("q", "x"), (X,))

TRUE = {
    "Bayes": (
        density("p", "x", "z"),
        Quotient(Product((density("p", "z", "x"), density("p", "x"))), density("p", "z")),
    ),
    "total": (density("p", "x"), integral(Product((density("p", "x", "z"), density("p", "z"))), Z)),
    "tower": (MEAN, Expectation("p", MEAN_GIVEN, (Z,))),
    "variance": (Covariance("p", Value("x"), Value("x"), (X,)), Sum((SQUARE, minus(Power(MEAN, Number(Fraction(2))))))),
    "evidence": (log(density("p", "x")), Sum((ELBO, GAP))),
    "chain": (Entropy("p", ("x", "z")), Sum((Entropy("p", ("z",)), Entropy("p", ("x",), ("z",))))),
    "information": (
        MutualInformation("p", ("x",), ("z",)),
        Sum((Entropy("p", ("x",)), minus(Entropy("p", ("x",), ("z",))))),
    ),
    "coding": (
        CrossEntropy(density("p", "x"), density("q", "x"), (X,)),
        Sum((CrossEntropy(density("p", "x"), density("p", "x"), (X,)), KL)),
    ),
}
WRONG = {
    "Bayes": Quotient(Product((density("p", "z", "x"), density("p", "z"))), density("p", "x")),
    "total": integral(Product((density("p", "x", "z"), density("p", "x"))), Z),
    "tower": Expectation("q", MEAN_GIVEN, (Z,)),
    "variance": Sum((SQUARE, Power(MEAN, Number(Fraction(2))))),
    "evidence": Sum((ELBO, minus(GAP))),
    "chain": Sum((Entropy("p", ("x",)), Entropy("p", ("x",), ("z",)))),
    "information": Sum((Entropy("p", ("z",)), minus(Entropy("p", ("x",), ("z",))))),
    "coding": Sum(
        (
            CrossEntropy(density("p", "x"), density("p", "x"), (X,)),
            Divergence("KL", density("q", "x"), density("p", "x"), (X,)),
        )
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_law_of_probability_holds_in_every_kind_of_world(name):
    left, right = TRUE[name]
    found = list(tallies(left, "=", right, SIGNATURE, 0))
    assert [t.kind.name for t in found if t.differ] == []
    assert sum(t.agree for t in found) >= 8
    assert len(frozenset().union(*(t.values for t in found))) > 8


@pytest.mark.parametrize("name", WRONG)
def test_a_planted_mistake_fails_in_every_kind_of_world(name):
    found = list(tallies(TRUE[name][0], "=", WRONG[name], SIGNATURE, 0))
    assert [t.kind.name for t in found if not t.differ and t.kind is not ZEROS] == []
    assert all(t.first is not None for t in found if t.differ)


def test_an_inequality_holds_where_it_holds_and_fails_where_it_is_turned_round():
    assert not any(t.differ for t in tallies(KL, "≥", ZERO, SIGNATURE, 0, worlds=5))
    assert all(t.differ for t in tallies(KL, "≤", ZERO, SIGNATURE, 0, kinds=KINDS[:4], worlds=5))
    assert not any(t.differ for t in tallies(ELBO, "≤", log(density("p", "x")), SIGNATURE, 0, worlds=5))


def test_what_holds_for_masses_fails_for_densities():
    small = (density("p", "x"), "≤", ONE, SIGNATURE, 0)
    assert not any(t.differ for t in tallies(*small, kinds=(TWO,), worlds=8))
    assert any(t.differ for t in tallies(*small, kinds=(DENSITIES,), worlds=8))
    entropy = (Entropy("p", ("x",)), "≥", ZERO, SIGNATURE, 0)
    assert any(t.differ for t in tallies(*entropy, kinds=(DENSITIES,), worlds=8))


def test_what_needs_every_outcome_to_be_possible_fails_where_some_are_not():
    weights = integral(Product((density("q", "x"), Quotient(density("p", "x"), density("q", "x")))), X)
    assert not any(t.differ for t in tallies(weights, "=", ONE, SIGNATURE, 0, kinds=KINDS[:5]))
    assert any(t.differ for t in tallies(weights, "=", ONE, SIGNATURE, 0, kinds=(ZEROS,), worlds=8))


def test_a_relation_between_constants_says_something_only_where_loose_numbers_break_it():
    assert says_something(log(integral(density("p", "x"), X)), "=", log(ONE), SIGNATURE, 0)
    itself = Divergence("KL", density("p", "x"), density("p", "x"), (X,))
    assert not says_something(itself, "=", ZERO, SIGNATURE, 0)


def test_zero_times_what_has_no_value_is_zero_and_all_else_without_a_value_is_not_counted():
    shannon = minus(integral(Product((density("p", "x"), log(density("p", "x")))), X))
    found = list(tallies(Entropy("p", ("x",)), "=", shannon, SIGNATURE, 0, kinds=(ZEROS,), worlds=8))
    assert (found[0].agree, found[0].differ) == (8, 0)
    nothing = list(tallies(log(ZERO), "=", ONE, SIGNATURE, 0))
    assert all((t.agree, t.differ) == (0, 0) for t in nothing)


@pytest.mark.parametrize("name", TRUE)
def test_a_relation_that_is_asked_again_looks_into_new_worlds_only(name, monkeypatch):
    sides = (TRUE[name][0], "=", WRONG[name])
    found = list(tallies(*sides, SIGNATURE, 7, kinds=KINDS[:3], worlds=2))
    other = list(tallies(*sides, SIGNATURE, 7, UNIT, kinds=KINDS[:3], worlds=2, loose=True))
    looked = []
    inside = agreement._in_world
    monkeypatch.setattr(agreement, "_in_world", lambda *asked: looked.append(asked[-1]) or inside(*asked))
    assert list(tallies(*sides, SIGNATURE, 7, kinds=KINDS[:3], worlds=2)) == found
    assert not looked
    more = list(tallies(*sides, SIGNATURE, 7, kinds=KINDS[:3], worlds=3))
    assert [world.number for world in looked] == [2, 2, 2]
    assert all(t.agree + t.differ + t.undefined == 3 for t in more)
    turned = Signature(SIGNATURE.laws, SIGNATURE.names, counted=frozenset({"x", "z"}))
    list(tallies(*sides, turned, 7, kinds=KINDS[:3], worlds=2))
    list(tallies(*sides, SIGNATURE, 8, kinds=KINDS[:3], worlds=2))
    list(tallies(*sides[::-1], SIGNATURE, 7, kinds=KINDS[:3], worlds=2))
    assert len(looked) == 3 + 3 * 6
    agreement._known.cache_clear()
    again = list(tallies(*sides, SIGNATURE, 7, UNIT, kinds=KINDS[:3], worlds=2, loose=True))
    assert [(t.agree, t.differ, t.values) for t in again] == [(t.agree, t.differ, t.values) for t in other]
