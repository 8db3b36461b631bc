"""A number that the page has rounded stands, in what follows, for what it was rounded from."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GIVEN = "The two shares are $0.559 \\times 400 \\approx 224$ and $0.236 \\times 400 \\approx 94$."


def verdict(page: str) -> object:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize("step", ["-50 + 224 - 94 = 79.2", "-50 + 224 - 94 \\approx 79", "224 / 2 = 111.8"])
def test_the_digits_that_are_not_shown_are_counted(step: str) -> None:
    found = verdict(f"{GIVEN} Then ${step}$.")
    assert isinstance(found, Supported) and "digits that aren't shown" in str(found.holds_if)
    assert isinstance(verdict(f"Then ${step}$."), Refuted)


def test_what_holds_as_printed_needs_none() -> None:
    assert isinstance(verdict(f"{GIVEN} Then $-50 + 224 - 94 = 80$."), Proved)


@pytest.mark.parametrize(
    "page",
    [
        f"{GIVEN} Then $-50 + 224 - 94 = 78$.",  # true of neither
        f"# One\n\n{GIVEN}\n\n# Another\n\nThen $-50 + 224 - 94 = 79.2$.",  # another section's numbers
        "It is $0.559 \\times 400 \\approx 240$. Then $-50 + 240 - 94 = 79.6$.",  # that is no rounding
    ],
)
def test_a_wrong_value_stays_wrong(page: str) -> None:
    assert isinstance(verdict(page), Refuted)
