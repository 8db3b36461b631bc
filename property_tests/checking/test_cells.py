"""Cells under a formula whose value may be another one in each row."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GATE = "| $a$ | $b$ | $y = a @ b$ |\n|--|--|--|\n| 0 | 0 | 1 |\n| 1 | 1 | 1 |\n"
CLASSES = "Let $h = 1$.\n\n| class | $\\log h$ |\n|--|--|\n| trees | $\\approx 33$ |\n| lines | $\\approx 12$ |\n"
VALUES = "| $h$ | $\\log h$ |\n|--|--|\n| 1 | $\\approx 33$ |\n| 2 | $\\approx 0.69$ |\n"


def refuted(text: str) -> int:
    return sum(isinstance(j.verdict, Refuted) for j in examine(read_document("a.md", text), Options()).judged)


@pytest.mark.parametrize(("sign", "wrong"), [(r"\odot", 0), (r"\cdot", 1), (r"\times", 1)])
def test_a_circled_dot_of_bits_may_be_logical(sign: str, wrong: int) -> None:
    assert refuted(GATE.replace("@", sign)) == wrong


def test_a_name_without_a_column_may_differ_from_row_to_row() -> None:
    assert refuted(CLASSES) == 0


def test_a_name_with_a_column_has_the_value_of_its_row() -> None:
    assert refuted(VALUES) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (r"$1 \text{ nat} = \log_2 e \text{ bits}$", 0),
        (r"$1 \text{ nat} = \log_2 3 \text{ bits}$", 1),
        (r"$1 \text{ nat} = \log_2 e \approx 1.443 \text{ bits}$", 0),
        (r"$1 \text{ nat} = \log_2 e \approx 1.543 \text{ bits}$", 1),
        (r"$1 \text{ bit} = \ln 2 \text{ nats} = 0.693 \text{ nats}$", 0),
        (r"$1 \text{ bit} = 0.963 \text{ nats}$", 1),
        (r"$2 \text{ bits} = 2 \text{ bits} = 1.386 \text{ nats}$", 0),
        (r"$2 \text{ bits} = 2 \text{ nats}$", 1),
    ],
)
def test_sides_in_two_units_are_compared_in_one(text: str, wrong: int) -> None:
    assert refuted(text) == wrong
