"""A side is read by itself where nothing in it asks for the other one, and notes the same then."""

from __future__ import annotations

from dataclasses import fields

import pytest

from errata.reading.generic import Generic, counted_families, lower_generic
from errata.reading.parser import parse
from errata.reading.sides import is_simple, lower_side
from errata.reading.vectors import Unlowered

SIDES = [
    r"a x_1^2 + \log b - \hat{c}",
    r"\sum_{i=1}^n \sum_{j=1}^{n_i} (y_{ij} - \bar{y}_i)^2",
    r"\sum_{i=1}^n (\bar{y} - m)^2 + g(x) X^\top X",
    r"\prod_{k=1}^n p_k q",
    r"\int_0^1 x^a dx + \frac{d}{db} b^2",
    r"\lim_{x \to \infty} \frac{1}{x + c}",
]


@pytest.mark.parametrize("latex", SIDES)
@pytest.mark.parametrize("before", ["", r"\bar{y} + g(x) + x_1"])
def test_what_is_read_alone_is_what_is_read_in_its_place(latex, before):
    side = parse(latex)
    plain, remembered = (Generic({"n": 3}, counted=counted_families(side)) for _ in range(2))
    for _ in range(2):
        for generic in (plain, remembered):
            if before:
                lower_generic(parse(before), generic)
        assert lower_side(side, remembered) == lower_generic(side, plain)
        for one in fields(Generic):
            assert getattr(remembered, one.name) == getattr(plain, one.name), one.name
        assert [*remembered.symbols] == [*plain.symbols]


def test_other_sizes_and_signs_are_read_anew():
    side = parse(r"\sum_{i=1}^n x_i")
    assert lower_side(side, Generic({"n": 2})) != lower_side(side, Generic({"n": 3}))
    product = parse(r"\prod_{i=1}^n x_i y")
    assert lower_side(product, Generic({"n": 2})) != lower_side(product, Generic({"n": 2}, tight_products=True))


def test_a_definition_may_bring_in_what_a_side_has_not():
    side = parse(r"\sum_{i=1}^n c")
    told = Generic({"n": 2}, {"c": parse("x_i")})
    assert {s.name for s in lower_side(side, told).free_symbols} == {"x[1]", "x[2]"}
    assert {s.name for s in lower_side(side, Generic({"n": 2})).free_symbols} == {"c"}


@pytest.mark.parametrize(("latex", "simple"), [("a + b_1", True), (r"\int_0^1 x dx", False), (r"\frac{dy}{dx}", False)])
def test_integrals_and_derivatives_ask_for_the_other_side(latex, simple):
    assert is_simple(parse(latex)) is simple


def test_what_has_no_meaning_has_none_either_way():
    for _ in range(2):
        with pytest.raises(Unlowered):
            lower_side(parse(r"\nabla f"), Generic({}))
