"""Values end where their exercise, item or case ends; estimates of constants are no values; parts of vectors are."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.judgement import Judged, Kind
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("page.md", page.encode()), Options()).judged[-1]


def verdict(page: str) -> Verdict:
    return last(page).verdict


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("**Exercise 1.** ", "\n\n**Exercise 2.** "),
        ("Solution. ", "\n\nSolution. "),
        ("Trial 1: ", "\n\nTrial 2: "),
        ("1. ", "\n2. "),
        ("- ", "\n- "),
    ],
)
def test_a_value_ends_with_its_exercise_or_item(first: str, second: str) -> None:
    assert isinstance(verdict(f"{first}Let $n = 10$.{second}Now $2 n = 16$."), Undecided)
    assert isinstance(verdict(f"{first}Let $n = 10$. Now $2 n = 16$."), Refuted)


def test_a_value_of_a_case_ends_with_its_paragraph() -> None:
    assert isinstance(verdict("If $n = 10$ it is easy.\n\nThere $2 n = 16$."), Undecided)
    assert isinstance(verdict("Let $n = 10$ be given.\n\nThere $2 n = 16$."), Refuted)


def test_an_estimate_of_a_constant_is_no_value_of_it() -> None:
    page = "We throw darts and find $\\pi \\approx 3.21$.\n\nThe volume is $\\frac43 \\pi \\approx %s$."
    assert isinstance(verdict(page % "4.189"), Proved)
    assert isinstance(verdict(page % "4.28"), Refuted)


def test_components_of_a_numbered_vector_are_known() -> None:
    page = "The start is $x^{(0)} = [4, 7, 9]^\\top$. Then $3 + x^{(0)}_3 = %s$."
    assert isinstance(verdict(page % "12"), Proved)
    assert isinstance(verdict(page % "15"), Refuted)


def test_a_division_with_a_named_remainder_is_left_open() -> None:
    assert isinstance(verdict("We divide: $17 / 5 = 3$ with remainder 2."), Undecided)
    assert isinstance(verdict(r"We divide: $19 \div 6 = 3 \text{ remainder } 1$."), Undecided)
    assert isinstance(verdict(r"We divide: $19 \div 6 = 2 \text{ remainder } 1$."), Refuted)
    assert isinstance(verdict("We divide: $17 / 5 = 4$ with remainder 2."), Refuted)
    assert isinstance(verdict("We divide: $17 / 5 = 3$ in all."), Refuted)


def test_what_holds_of_complex_numbers_is_left_open() -> None:
    assert isinstance(verdict(r"$$ x = (1 + i)^2 + i = 3 i $$"), Undecided)
    assert isinstance(verdict(r"$$ x = (1 + i)^2 + i = 4 i $$"), Refuted)


def test_a_bar_may_be_a_conjugate_where_a_modulus_stands_beside_it() -> None:
    assert isinstance(verdict(r"$$ x = \frac12 |z|^2 = \frac12 z \overline{z} $$"), Undecided)
    assert isinstance(verdict(r"$$ x = \frac12 z^2 = \frac12 z \overline{z} $$"), Refuted)


def test_a_slash_may_take_one_factor_inside_a_chain_too() -> None:
    page = r"$$ S = \frac{1/3 (1 - r^p)}{2/3} = \frac{1 - r^p}{%s} $$"
    assert isinstance(verdict(page % "2"), Supported)
    assert isinstance(verdict(page % "3"), Refuted)


def test_a_unit_belongs_to_what_comes_after_it() -> None:
    page = "Here log is the natural logarithm. It is $-\\log 0.5 = %s$.\n\nIn bits that is one."
    assert isinstance(verdict(page % "0.693"), Proved)
    assert last(page % "0.693").rule is None
    assert isinstance(verdict(page % "0.71"), Refuted)


GIVEN = "The share is $$ \\hat p = \\frac{h}{N}. $$ Here $h = 6$ and $N = 10$. "


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (GIVEN + "So $\\hat p = 0.6$.", Proved),
        (GIVEN + "So $\\hat p = 0.7$.", Refuted),
        ("With $\\hat p = h/N$, $h = 6$ and $N = 10$, so $\\hat p = 0.7$.", Refuted),
    ],
)
def test_a_value_that_follows_from_the_page_is_a_claim(page: str, expected: type) -> None:
    assert last(page).kind is Kind.CLAIM
    assert isinstance(verdict(page), expected)


@pytest.mark.parametrize(
    "after",
    [
        "\n\n**Exercise 2.** Let $\\hat p = 0.7$.",
        "\n\n- In the next sample $\\hat p = 0.7$.",
        "If $\\hat p = 0.7$.",
        "It is $\\hat p = 0.7$ for $h = 7$.",
    ],
)
def test_a_value_of_another_case_is_given(after: str) -> None:
    judged = examine(read_document("page.md", (GIVEN + after).encode()), Options()).judged
    assert not any(isinstance(j.verdict, Refuted) for j in judged)


@pytest.mark.parametrize(("result", "expected"), [("0.417", Supported), ("0.418", Refuted)])
def test_a_rounded_number_is_no_freer_than_what_it_was_computed_from(result: str, expected: type) -> None:
    assert isinstance(verdict(f"The share is $3956/6003 = 0.659$. Then $-\\log 0.659 = {result}$."), expected)


@pytest.mark.parametrize(("result", "expected"), [("1.334", Supported), ("1.333", Supported), ("1.335", Refuted)])
def test_what_holds_with_the_printed_digits_is_no_error(result: str, expected: type) -> None:
    assert isinstance(verdict(f"The share is $2/3 = 0.667$. Then $0.667 + 0.667 = {result}$."), expected)


def test_a_decimal_that_nothing_computed_may_be_rounded() -> None:
    assert isinstance(verdict("The share is $0.659$. Then $-\\log 0.659 = 0.418$."), Supported)


def test_words_before_a_minus_may_be_what_something_is_taken_from() -> None:
    judged = examine(
        read_document("page.md", rb"$$ \text{Ann's Age} = \text{Bob's Age} - 4 = 10 - 4 $$"), Options()
    ).judged
    assert not any(isinstance(j.verdict, Refuted) for j in judged)
    assert isinstance(verdict(r"$$ - 4 = 10 - 4 $$"), Refuted)
