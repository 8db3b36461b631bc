"""Sentences as data: what is bound in them, what is free, and how their parts are walked and changed."""

from fractions import Fraction

from claims.sentences import (
    Bound,
    Density,
    Expectation,
    Number,
    Occurs,
    Place,
    Probability,
    Product,
    Sum,
    Total,
    Value,
    free_names,
    occurrence,
    parts,
    with_parts,
)

X, Y = Value("x"), Value("y")
P_X_GIVEN_Y = Density("p", (Place("x", X),), (Place("y", Y),))


def test_an_expectation_binds_its_names_and_leaves_the_values_of_its_conditions_free():
    mean = Expectation("p", Sum((Value("X"), Value("Y"), Value("a"))), (Bound("X", "x"),), (Place("y", Y, "Y"),))
    assert free_names(mean) == {"a", "y"}


def test_an_integral_binds_its_variable_and_nothing_else():
    assert free_names(P_X_GIVEN_Y) == {"x", "y"}
    assert free_names(Total(P_X_GIVEN_Y, (Bound("x", "x"),), True)) == {"y"}


def test_a_probability_binds_the_events_in_it():
    event = Occurs("a")
    assert free_names(event) == {occurrence("a")}
    assert free_names(Probability("p", event, (Bound(occurrence("a"), "a"),))) == frozenset()


def test_every_part_is_walked_and_can_be_changed():
    product = Product((P_X_GIVEN_Y, Number(Fraction(2))))
    assert {type(p).__name__ for p in parts(product)} == {"Product", "Density", "Place", "Value", "Number"}
    doubled = with_parts(product, lambda p: Number(Fraction(4)) if p == Number(Fraction(2)) else p)
    assert doubled == Product((P_X_GIVEN_Y, Number(Fraction(4))))
