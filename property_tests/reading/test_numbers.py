"""Commas in printed numbers: between thousands, before decimals, and between the members of a list."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.lexer import tokenize
from errata.reading.numbers import has_decimal_comma, plain
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,200", "1200"),
        ("1{,}200{,}000.5", "1200000.5"),
        (r"10\,000", "10000"),
        (r"100,\!000", "100000"),
        (r"1{,}\!200{,}\!000", "1200000"),
        ("0,96", "0.96"),
        ("0,125", "0.125"),
        ("12{,}5", "12.5"),
        ("3.14", "3.14"),
        ("17", "17"),
        ("1e-6", "0.000001"),
        ("2.5e-3", "0.0025"),
        ("12e-1", "1.2"),
        ("4e-0", "4"),
    ],
)
def test_what_a_printed_number_is(text: str, meant: str) -> None:
    assert plain(text) == meant
    assert has_decimal_comma(text) == ("," in text and "." in meant and "." not in text)


@pytest.mark.parametrize(
    ("latex", "numbers"),
    [
        ("x = 0,96", ["0,96"]),
        ("x = 6. 25", ["6.25"]),
        ("x = 6. 2 y", ["6", "2"]),
        ("1. 2. 3", ["1", "2", "3"]),
        (r"x \approx 0,6", ["0,6"]),
        (r"x = 12{,}5", ["12{,}5"]),
        ("i = 0,1", ["0", "1"]),
        ("i = 1,2,3", ["1", "2", "3"]),
        ("N(0,1)", ["0", "1"]),
        ("(0,25)", ["0", "25"]),
        (r"x \approx 12,5,7", ["12", "5", "7"]),
        ("n = 1,200", ["1,200"]),
        (r"k \approx 1e-6", ["1e-6"]),
        ("2e^{-1} + 2e-x", ["2", "1", "2"]),
    ],
)
def test_where_a_number_ends(latex: str, numbers: list[str]) -> None:
    assert [t.text for t in tokenize(latex) if t.kind == "number"] == numbers


def verdicts(text: str) -> list[str]:
    return [type(j.verdict).__name__ for j in examine(read_document("page.md", text.encode()), Options()).judged]


def test_decimals_after_a_comma_are_judged() -> None:
    assert verdicts(r"We get $\frac{5}{13} \cdot 2 \approx 0,77$.") == ["Proved"]
    assert verdicts(r"We get $\frac{5}{13} \cdot 2 \approx 0,87$.") == ["Refuted"]
    assert "Refuted" not in verdicts(r"We get $\frac{5}{13} \cdot 2 = 0,8$.")  # or a list that begins with 0


def test_results_of_one_digit_after_a_sign_of_rounding_are_only_about_right() -> None:
    given = r"$S = g(3) \approx 1$ and $T = g(4) \approx 0.6$. "
    assert "Refuted" not in verdicts(given + r"$$I = S - \frac{7}{20} T \approx 0.73$$")
    assert "Refuted" in verdicts(given + r"$$I = S - \frac{7}{20} T \approx 1.73$$")


def test_groups_that_are_drawn_together_are_one_number_also_in_brackets() -> None:
    assert [t.text for t in tokenize(r"(99,\!999)") if t.kind == "number"] == [r"99,\!999"]
    judged = examine(
        read_document("a.md", r"$n = 99,\!999 = 10^5 - 1$ and $m = 99,\!999 = 10^4 - 1$"), Options()
    ).judged
    assert [j.rule is None for j in judged] == [True, True, True, False]
