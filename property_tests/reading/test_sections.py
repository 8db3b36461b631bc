"""When headings are about one subject."""

from __future__ import annotations

import pytest

from errata.reading.sections import same_subject


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
