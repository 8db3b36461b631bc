"""When headings are about one subject."""

from __future__ import annotations

import pytest

from errata.reading.sections import continues, same_subject


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poisson · the law", "Poisson · moments"),
        ("Gamma: density", "Gamma: mean"),
        ("2.1 Beta — pdf", "2.2 Beta — mode"),
    ],
)
def test_aspects_of_a_subject_are_about_it(one: str, other: str) -> None:
    assert same_subject(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poisson · the law", "Gamma · moments"),
        ("Poisson", "Poisson"),
        ("Example: coins", "Example: dice"),
        ("Worked example: coins", "Worked example: dice"),
        ("Exercise 3 (coins)", "Exercise 4 (dice)"),
        ("Exercise (coins)", "Exercise (dice)"),
    ],
)
def test_other_titles_are_not(one: str, other: str) -> None:
    assert not same_subject(one, other)


@pytest.mark.parametrize(("before", "title"), [("Exercise 4", "Solution"), ("Topic", "cont'd"), ("The urn", "Answer")])
def test_a_solution_goes_on_with_what_it_solves(before: str, title: str) -> None:
    assert continues(before, title)


def test_a_second_solution_is_that_of_another_exercise() -> None:
    assert not continues("Solution to the first exercise", "Solution to the second exercise")
