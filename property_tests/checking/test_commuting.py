"""What holds for numbers is no identity of matrices where the order of their products matters."""

from __future__ import annotations

import pytest

from claims.evidence import Agreement
from claims.verdict import Proved, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

MATRICES = "Let $A$, $B$ and $C$ be square matrices. "
ORDERED = [
    r"A B = B A",
    r"(A + B)^2 = A^2 + 2 A B + B^2",
    r"A (B + C) = A B + C A",
    r"(A B)^2 = A^2 B^2",
    r"A B C = C B A",
]
FREE = [
    r"A (B + C) = A B + A C",
    r"(A + B)^2 = A^2 + A B + B A + B^2",
    r"2 A B - A B = A B",
    r"(A B)^2 = A B A B",
    r"A (B C) = (A B) C",
]


def verdict(text: str) -> Verdict:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1].verdict


def bold(latex: str) -> str:
    return "".join(rf"\mathbf{{{c}}}" if c.isupper() else c for c in latex)


@pytest.mark.parametrize("latex", ORDERED)
def test_an_order_that_matters_leaves_it_undecided(latex: str) -> None:
    assert isinstance(verdict(f"{MATRICES}Then ${latex}$."), Undecided)
    assert isinstance(verdict(f"Then ${bold(latex)}$."), Undecided)


@pytest.mark.parametrize("latex", [*FREE, r"A^{-1} (A + B) B^{-1} = A^{-1} + B^{-1}"])
def test_what_is_proved_for_numbers_is_tried_at_matrices(latex: str) -> None:
    found = verdict(f"{MATRICES}Then ${latex}$.")
    assert isinstance(found, Supported) and {e.route for e in found.by if isinstance(e, Agreement)} == {"matrices"}
    assert isinstance(verdict(f"Then ${latex}$."), Proved | Supported)


@pytest.mark.parametrize("latex", FREE)
def test_what_holds_in_any_order_holds(latex: str) -> None:
    assert isinstance(verdict(f"{MATRICES}Then ${latex}$."), Proved | Supported)
    assert isinstance(verdict(f"Then ${bold(latex)}$."), Proved | Supported)


@pytest.mark.parametrize("latex", [r"A B = B A", r"A B C = C B A", r"A \cdot B = B \cdot A"])
def test_what_says_nothing_but_an_order_is_not_about_numbers(latex: str) -> None:
    assert isinstance(verdict(f"Then ${latex}$."), Undecided)
    assert isinstance(verdict(f"Then ${latex.lower()}$."), Proved | Supported)


@pytest.mark.parametrize("latex", [*(o for o in ORDERED if o not in (r"A B = B A", r"A B C = C B A")), *FREE])
def test_capitals_are_numbers_where_nothing_says_otherwise(latex: str) -> None:
    assert isinstance(verdict(f"Then ${latex}$."), Proved | Supported)


@pytest.mark.parametrize("latex", ["N K = K N", r"A b = b A", r"\mathbf{A} b = b \mathbf{A}"])
def test_numbers_stand_on_any_side(latex: str) -> None:
    assert isinstance(verdict(f"The matrix has entries. ${latex}$."), Proved | Supported)


@pytest.mark.parametrize("latex", [r"(f * g)(t) = (g * f)(t)", r"S(i, j) = (K * I)(i, j)"])
def test_a_convolution_is_no_product(latex: str) -> None:
    assert isinstance(verdict(f"Let $S(i, j) = (I * K)(i, j)$. Then ${latex}$."), Undecided)


def test_a_product_in_brackets_is_one() -> None:
    assert isinstance(verdict("Then $(a * b)(c + d) = a b c + a b d$."), Proved | Supported)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"(I + A B)^{-1} A = A (I + B A)^{-1}", r"(I + A B)^{-1} A = A (I + A B)^{-1}"),
        (r"(A B)^{-1} = B^{-1} A^{-1}", r"(A B C)^{-1} = A^{-1} C^{-1} B^{-1}"),
    ],
)
def test_an_inverse_of_products_speaks_of_matrices(right: str, wrong: str) -> None:
    assert isinstance(verdict(f"We have ${right}$."), Supported)
    assert isinstance(verdict(f"We have ${wrong}$."), Undecided)


def test_exponentials_of_matrices_are_left_alone() -> None:
    assert isinstance(verdict(MATRICES + r"Then $e^{A + B} = e^A e^B$."), Undecided)
    assert isinstance(verdict(r"We have $e^{A + B} = e^A e^B$."), Supported | Proved)
