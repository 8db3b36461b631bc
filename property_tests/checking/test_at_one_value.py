"""A relation between functions is not settled by the value that their argument happens to have."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

RECTIFIER = r"Here is $g(z) = \max(0, z)$. It has no slope at $z = 0$. "


def verdict(text: str) -> Verdict:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize("body", [r"\max(0, z^2)", "|z|", r"\max(0, -z)", r"\max(0, z)"])
def test_one_value_proves_no_function(body: str) -> None:
    assert not isinstance(verdict(f"{RECTIFIER}Again $g(z) = {body}$."), Proved | Supported | Refuted)


def test_a_value_of_the_function_is_still_computed() -> None:
    assert isinstance(verdict(f"{RECTIFIER}Then $g(3) = 3$."), Proved)
    assert isinstance(verdict(f"{RECTIFIER}Then $g(3) = 4$."), Refuted)
    assert isinstance(verdict(f"{RECTIFIER}With $y = 2$, $g(y) = y + 0$, so that $y + g(y) = 4$."), Proved)


@pytest.mark.parametrize("text", ["When we need to solve $A x = b$", "The solution of the linear system $$A x = b$$"])
def test_what_is_to_be_solved_is_no_claim(text: str) -> None:
    judged = examine(read_document("page.md", f"{text} many write $x = A^{{-1}} b$.".encode()), Options()).judged
    assert isinstance(judged[0].verdict, NotAClaim)


def test_what_follows_from_solving_is_one() -> None:
    assert isinstance(verdict("Solving the equation we find $2 + 2 = 5$."), Refuted)


def test_an_equation_to_be_solved_claims_nothing_where_it_is_said_again() -> None:
    text = "We want to solve $A x = b$. So $x = A^{-1} b$. The equation $A x = b$ has one solution."
    judged = examine(read_document("page.md", text.encode()), Options()).judged
    assert isinstance(judged[-1].verdict, NotAClaim)
    other = text.replace("The equation $A x = b$", "Hence $A x = b$").replace("solve $A x = b$", "see how it goes")
    assert isinstance(examine(read_document("page.md", other.encode()), Options()).judged[-1].verdict, Supported)
