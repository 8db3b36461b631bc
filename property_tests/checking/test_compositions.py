"""Compositions of invertible maps: what takes a point back takes the maps back in the other order."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdict(page: str) -> object:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (r"(g \circ f)^{-1} = f^{-1} \circ g^{-1}", r"(g \circ f)^{-1} = g^{-1} \circ f^{-1}"),
        (r"(g \circ f)^{-1}(x) = f^{-1}(g^{-1}(x))", r"(g \circ f)^{-1}(x) = g^{-1}(f^{-1}(x))"),
        (
            r"(f_K \circ f_{K-1} \circ f_1)^{-1} = f_1^{-1} \circ f_{K-1}^{-1} \circ f_K^{-1}",
            r"(f_K \circ f_{K-1} \circ f_1)^{-1} = f_K^{-1} \circ f_{K-1}^{-1} \circ f_1^{-1}",
        ),
    ],
)
def test_the_inverse_of_a_composition(claim: str, wrong: str) -> None:
    assert isinstance(verdict(f"We have ${claim}$."), Proved | Supported)
    found = verdict(f"We have ${wrong}$.")
    assert isinstance(found, Refuted)
    assert found.by.left != found.by.right
    assert found.by.witness[-1] == ("z", "1")


THERE = r"The maps give ${}$.{} Undoing them, ${}$."


@pytest.mark.parametrize(
    ("there", "back", "kind"),
    [
        (r"x = f_K \circ \dots \circ f_1(z_0)", r"z_0 = f_1^{-1} \circ \dots \circ f_K^{-1}(x)", Supported),
        (r"x = f_K \circ \dots \circ f_1(z_0)", r"z_0 = f_K^{-1} \circ \dots \circ f_1^{-1}(x)", Refuted),
        (r"x = f_1 \circ \dots \circ f_K(z_0)", r"z_0 = f_K^{-1} \circ \dots \circ f_1^{-1}(x)", Supported),
        (r"x = f_2(f_1(z))", r"z = f_1^{-1}(f_2^{-1}(x))", Supported),
        (r"x = f_2(f_1(z))", r"z = f_2^{-1}(f_1^{-1}(x))", Refuted),
        (r"x = g(h(z))", r"z = g^{-1}(h^{-1}(x))", Refuted),
        (r"x = f_2(f_1(z))", r"y = f_2^{-1}(f_1^{-1}(x))", NotAClaim),
        (r"x = f_2(f_1(z))", r"z = f_2^{-1}(f_3^{-1}(x))", NotAClaim),
    ],
)
def test_a_way_back_is_held_against_the_way_there(there: str, back: str, kind: type) -> None:
    found = verdict(THERE.format(there, "", back))
    assert isinstance(found, kind)
    if isinstance(found, Supported):
        assert found.holds_if == "given what line 1 says"


def test_two_ways_there_leave_it_open() -> None:
    page = THERE.format("x = f(g(z))", " In the other model $x = g(f(z))$.", r"z = f^{-1}(g^{-1}(x))")
    assert isinstance(verdict(page), NotAClaim | Undecided)


def test_what_undoes_itself_needs_an_inverse() -> None:
    found = verdict("Then $f^{-1}(f(x)) = x$.")
    assert isinstance(found, Supported)
    assert found.holds_if == "for invertible f"


@pytest.mark.parametrize(
    "claim",
    [
        r"f \circ g = g \circ f",
        r"h(x) = f^{-1}(g^{-1}(x))",
        r"h^{-1} = g^{-1} \circ f^{-1}",
        r"f(f(x)) = x",
        r"f^{-1}(x) = f(x)",
    ],
)
def test_what_may_be_said_of_some_maps_is_left_alone(claim: str) -> None:
    assert isinstance(verdict(f"Then ${claim}$."), NotAClaim | Undecided)


@pytest.mark.parametrize(
    ("words", "kind"), [("", NotAClaim), (" for these maps", Refuted), (" for maps, element-wise", NotAClaim)]
)
def test_letters_of_numbers_are_maps_where_the_text_says_so(words: str, kind: type) -> None:
    assert isinstance(verdict(f"With $x = a(b(z))$ we have{words} $z = a^{{-1}}(b^{{-1}}(x))$."), kind)


def test_a_product_of_entries_is_no_composition() -> None:
    for right in (r"A^{-1} \circ B^{-1}", r"B^{-1} \circ A^{-1}"):
        found = verdict(rf"For Hadamard products $(A \circ B)^{{-1}} = {right}$.")
        assert isinstance(found, NotAClaim | Undecided)
