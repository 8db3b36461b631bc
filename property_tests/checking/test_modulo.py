"""Equations modulo a number: the modulus reaches the whole chain, and binds no name to its remainder."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def verdicts(text: str) -> list[type]:
    return [type(j.verdict) for j in examine(read_document("page.md", text.encode()), Options()).judged]


@pytest.mark.parametrize("modulus", [r"\pmod{5}", r"\pmod 5", r"\ (\bmod\ 5)", r"\ (\mathrm{mod}\ 5)"])
def test_it_reaches_every_link(modulus: str) -> None:
    assert verdicts(rf"$$7 + 6 = 3 = 8 {modulus}$$") == [Proved, Proved]
    assert verdicts(rf"$$7 + 6 = 4 = 9 {modulus}$$") == [Refuted, Proved]


def test_beside_a_congruence_an_equality_is_exact() -> None:
    assert verdicts(r"$$7 \cdot 8 = 56 \equiv 6 \pmod{10}$$") == [Proved, Proved]
    assert verdicts(r"$$7 \cdot 8 = 65 \equiv 5 \pmod{10}$$") == [Refuted, Proved]
    assert verdicts(r"$$7 \cdot 8 = 66 \equiv 6 \pmod{10}$$") == [Supported, Proved]  # meant as a congruence


def test_a_remainder_is_no_value() -> None:
    assert verdicts("We have $x \\equiv 2 \\pmod 4$. Then $$x + 1 = 7$$\n") == [NotAClaim, Undecided]
    assert verdicts("We have $x = 2$. Then $$x + 1 = 7$$\n") == [NotAClaim, Refuted]


def test_letters_are_left_open() -> None:
    assert verdicts(r"$$a + b \equiv c \pmod n$$") == [Undecided]
