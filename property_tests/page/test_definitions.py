"""What a page defines and declares, and what its words say of a symbol."""

from __future__ import annotations

from functools import partial

from errata.judging.core import all_names, first_name
from errata.meaning.elaborate import spelled
from errata.meaning.terms import Ref, add, number
from errata.page.definitions import declared, definitions, unfolded
from errata.page.surroundings import surroundings
from errata.reading.document import Document
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Lines

X, Y = Ref("x"), Ref("y")


def document(text: str) -> Document:
    return read_document("a.md", text.encode())


def root_of(page: Document, index: int) -> Lines:
    return parse(page.formulas[index].latex)


def test_a_definition_is_put_in_at_the_argument_that_stands_there() -> None:
    page = document("Let $g(x) = x + 1$. Then $g(y) = 2$.")
    known = definitions(page, 1, partial(root_of, page))
    assert unfolded(Ref("g", (), (Y,)), known) == add(Y, number(1))
    assert unfolded(Ref("g", (), (X, Y)), known) == Ref("g", (), (X, Y))


def test_a_name_with_two_expressions_is_left_out_and_so_is_one_of_another_section() -> None:
    page = document("$a = x + 1$ and $a = x + 2$ and $b = x + 1$.\n\n# Next\n\n$c = 1$")
    assert set(definitions(page, 1, partial(root_of, page))) == {"b"} | {"a"}
    assert set(definitions(page, 2, partial(root_of, page))) == set()
    assert not definitions(page, 3, partial(root_of, page))


def test_spaces_declare_sorts() -> None:
    page = document(r"$A \in \mathbb R^{m \times n}$, $q \in \mathbb{R}^d$ and $s \in \mathbb R$.")
    roots = [root_of(page, n) for n in range(len(page.formulas))]
    assert declared(roots) == {"A": "matrix m n", "q": "vector d", "s": "real"}


def test_words_beside_a_symbol_are_those_of_its_noun_phrase() -> None:
    page = document(
        "With process noise $Q$ and the covariance of the measurement noise $R$, where $H$ is the observation matrix."
        "\n\n$$K = 1$$"
    )
    around = surroundings(page, 3, partial(root_of, page), first_name, all_names)
    assert "process noise" in around.said["Q"] and "process" not in around.said["R"]
    assert "measurement noise" in around.said["R"]
    assert "observation matrix" in around.said["H"]
    assert {"Q", "R", "H"} <= around.mentioned


def test_a_definition_that_would_capture_a_bound_name_renames_it() -> None:
    page = document(r"Let $h(x) = \sum_{i=1}^n x i$. Then $h(i) = 2$.")
    known = definitions(page, 1, partial(root_of, page))
    put_in = unfolded(Ref("h", (), (Ref("i"),)), known)
    assert "i" in spelled(put_in) and "·" in spelled(put_in)
